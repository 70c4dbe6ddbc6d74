import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaeden.engine.signals import State
from kaeden.publication.rules import (
    EXTRA_DECIMALS,
    MINIMUM_GROUP,
    NUMBERS,
    Limits,
    is_hidden,
    protect,
    reliability_class,
)
from kaeden.shared.status import ValueStatus

REAL = (
    *("value", "estimate", "low", "high", "peers_mean", "difference", "swing"),
    *("group_mean", "centre", "lower", "upper"),
)
SLOPES = ("slope", "slope_half")
WHOLE = ("n", "peers", "points")

number = st.none() | st.floats(-1000, 1000, allow_nan=False)
count = st.none() | st.floats(0, 60) | st.integers(0, 60)
limits = st.builds(Limits, minimum_group=st.integers(0, 20), decimals=st.integers(0, 3))
figures = st.fixed_dictionaries(
    dict.fromkeys((*REAL, *SLOPES), number)
    | dict.fromkeys(WHOLE, count)
    | {
        "compared": st.sampled_from([None, -1, 0, 1]),
        "direction": st.sampled_from([None, -1, 0, 1]),
        "preliminary": st.sampled_from([None, True, False]),
        "status": st.sampled_from([status.value for status in ValueStatus]),
        "origin": st.sampled_from(["published", "computed"]),
        "reliability": st.sampled_from(["", "low", "medium", "high"]),
        "signal": st.sampled_from(["", "comparison", "development"]),
        "state": st.sampled_from(["", *(state.value for state in State)]),
        "limits": st.sampled_from(["", "trial", "firm"]),
        "broken": st.sampled_from(["", "outside", "outside,long run"]),
    }
)


def a_group(n, **changes):
    return dict.fromkeys(NUMBERS) | {
        "n": n,
        "value": 7.46,
        "status": "value",
        "origin": "published",
        "reliability": "high",
        "signal": "comparison",
        "state": "worse_than_alike",
        **changes,
    }


def decimals_of(value):
    return max(0, -Decimal(repr(value)).normalize().as_tuple().exponent)


@given(figures, limits)
def test_nothing_that_fewer_than_five_children_are_behind_keeps_any_number(
    figure, limits
):
    figure["n"] = None if figure["n"] is None else figure["n"] % MINIMUM_GROUP
    if figure["n"] is None:
        return

    shown = protect(figure, limits)

    assert [name for name in NUMBERS if shown[name] is not None] == []
    assert (shown["reliability"], shown["signal"]) == ("", "")
    assert (shown["limits"], shown["broken"]) == ("", "")
    assert shown["state"] == ("untested" if figure["state"] else "")
    assert not ValueStatus(shown["status"]).has_number


@given(figures, limits, st.integers(0, MINIMUM_GROUP - 1))
def test_few_children_at_a_place_hide_what_counts_something_else(
    figure, limits, children
):
    figure["n"] = None

    shown = protect(figure, limits, children=children)

    assert [name for name in NUMBERS if shown[name] is not None] == []


@given(figures, limits)
def test_a_group_is_hidden_whole_or_shown_whole(figure, limits):
    shown = protect(figure, limits)

    empty = {name for name in NUMBERS if shown[name] is None}
    if is_hidden(figure["n"], limits):
        assert empty == set(NUMBERS)
    else:
        assert empty == {name for name in NUMBERS if figure[name] is None}
        assert shown["status"] == figure["status"]


@given(figures, limits)
def test_no_number_has_more_digits_than_its_indicator_allows(figure, limits):
    shown = protect(figure, limits)

    finer = limits.decimals + EXTRA_DECIMALS
    own = limits.decimals if figure["origin"] == "published" else finer
    allowed = dict.fromkeys(REAL, finer) | dict.fromkeys(SLOPES, finer + 1)
    allowed |= {"value": own} | dict.fromkeys(WHOLE, 0)
    for name, most in allowed.items():
        if shown[name] is not None:
            assert decimals_of(shown[name]) <= most, name


@given(figures, limits)
def test_rounding_never_claims_a_narrower_interval(figure, limits):
    shown = protect(figure, limits)
    slack = 1e-6

    for name in ("low", "lower"):
        if shown[name] is not None:
            assert shown[name] <= figure[name] + slack
            assert shown[name] > figure[name] - 10**-limits.decimals
    for name in ("high", "upper", "swing", "slope_half"):
        if shown[name] is not None:
            assert shown[name] >= figure[name] - slack
            assert shown[name] < figure[name] + 10**-limits.decimals


@given(figures, limits)
def test_what_is_protected_stays_as_it_is_when_protected_again(figure, limits):
    once = protect(figure, limits)

    assert protect(once, limits) == once


@given(figures, limits)
def test_no_number_is_less_than_nothing_by_its_sign_alone(figure, limits):
    shown = protect(figure, limits)

    for name in (*REAL, *SLOPES):
        if shown[name] == 0:
            assert math.copysign(1, shown[name]) == 1, name


@given(figures, limits)
def test_the_figure_that_is_protected_is_left_as_it_was(figure, limits):
    before = dict(figure)

    protect(figure, limits)

    assert figure == before


@pytest.mark.parametrize(
    ("n", "asked_for", "hidden"),
    [
        (0, 5, True),
        (4, 5, True),
        (4.9, 5, True),
        (5, 5, False),
        (4, 0, True),
        (9, 10, True),
        (10, 10, False),
        (None, 10, False),
    ],
)
def test_the_limit_is_five_and_an_indicator_can_only_raise_it(n, asked_for, hidden):
    assert is_hidden(n, Limits(minimum_group=asked_for, decimals=1)) is hidden


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("value", "hidden"),
        ("zero", "hidden"),
        ("hidden", "hidden"),
        ("missing", "missing"),
        ("not_applicable", "not_applicable"),
    ],
)
def test_a_small_group_says_why_there_is_no_number(before, after):
    limits = Limits(minimum_group=5, decimals=1)

    assert protect(a_group(3, status=before), limits)["status"] == after


@pytest.mark.parametrize(("origin", "shown"), [("published", 7.5), ("computed", 7.46)])
def test_a_mean_of_several_units_may_show_one_decimal_more(origin, shown):
    limits = Limits(minimum_group=5, decimals=1)

    assert protect(a_group(40, origin=origin), limits)["value"] == shown


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (None, ""),
        (1.0, "high"),
        (0.8, "high"),
        (0.79, "medium"),
        (0.5, "medium"),
        (0.49, "low"),
        (0.0, "low"),
    ],
)
def test_a_reliability_is_told_in_three_classes(share, words):
    assert reliability_class(share) == words
