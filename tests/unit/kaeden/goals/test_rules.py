import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kaeden.goals.rules import TargetState, judge_target

MET, NOT_MET = TargetState.MET, TargetState.NOT_MET
UNCERTAIN, NO_TARGET = TargetState.UNCERTAIN, TargetState.NO_TARGET
NO_FIGURE = TargetState.NO_FIGURE
numbers = st.floats(-1e6, 1e6, allow_nan=False)


@pytest.mark.parametrize(
    ("low", "high", "target", "at_most", "state"),
    [
        (6.0, 7.0, 8.0, True, MET),
        (6.0, 8.0, 8.0, True, MET),
        (8.0, 9.0, 8.0, True, UNCERTAIN),
        (7.0, 9.0, 8.0, True, UNCERTAIN),
        (8.1, 9.0, 8.0, True, NOT_MET),
        (6.0, 7.0, 5.0, False, MET),
        (5.0, 7.0, 5.0, False, MET),
        (4.0, 5.0, 5.0, False, UNCERTAIN),
        (4.0, 6.0, 5.0, False, UNCERTAIN),
        (4.0, 4.9, 5.0, False, NOT_MET),
        (8.0, 8.0, 8.0, True, MET),
        (8.0, 8.0, 8.0, False, MET),
        (8.1, 8.1, 8.0, True, NOT_MET),
        (6.0, 7.0, None, True, NO_TARGET),
        (None, None, None, False, NO_TARGET),
        (None, 7.0, 5.0, False, NO_FIGURE),
        (6.0, None, 5.0, True, NO_FIGURE),
        (0.0, 0.0, 0.0, True, MET),
    ],
)
def test_an_interval_is_held_against_a_target(low, high, target, at_most, state):
    assert judge_target(low=low, high=high, target=target, at_most=at_most) is state


@given(numbers, numbers, numbers)
def test_at_least_is_at_most_in_a_mirror(one, other, target):
    low, high = sorted((one, other))

    assert judge_target(
        low=low, high=high, target=target, at_most=True
    ) is judge_target(low=-high, high=-low, target=-target, at_most=False)


@given(numbers, numbers, numbers, st.booleans())
def test_a_narrower_interval_never_turns_a_verdict(one, other, target, at_most):
    low, high = sorted((one, other))
    middle = (low + high) / 2
    whole = judge_target(low=low, high=high, target=target, at_most=at_most)

    inside = judge_target(low=middle, high=middle, target=target, at_most=at_most)

    assert whole in {inside, UNCERTAIN}


@given(numbers, numbers, numbers, st.booleans())
def test_a_gentler_target_never_makes_it_worse(value, target, easier, at_most):
    assume(easier >= 0)
    gentler = target + easier if at_most else target - easier
    place = {"low": value, "high": value, "at_most": at_most}

    if judge_target(target=target, **place) is MET:
        assert judge_target(target=gentler, **place) is MET


@given(numbers, numbers, st.booleans())
def test_a_number_without_uncertainty_is_met_or_not(value, target, at_most):
    state = judge_target(low=value, high=value, target=target, at_most=at_most)

    assert state in {MET, NOT_MET}
