import pytest

from kaeden.engine.signals import By, State, state_of
from kaeden.goals.indicators import Direction
from tests.builders.figures import a_result

DEVELOPMENT, COMPARISON = By.DEVELOPMENT, By.COMPARISON
HIGHER, LOWER, NEITHER = Direction


def state(*found, better=HIGHER, **facts):
    return state_of(a_result(**facts), found=set(found), better=better)


@pytest.mark.parametrize(
    ("better", "rising", "falling"),
    [
        (HIGHER, State.IMPROVED, State.WORSENED),
        (LOWER, State.WORSENED, State.IMPROVED),
        (NEITHER, State.MOVED, State.MOVED),
    ],
)
def test_a_development_beyond_chance_is_better_or_worse(better, rising, falling):
    assert state(DEVELOPMENT, better=better, direction=1) is rising
    assert state(DEVELOPMENT, better=better, direction=-1) is falling


@pytest.mark.parametrize(
    ("better", "above", "below"),
    [
        (HIGHER, State.BETTER, State.WORSE),
        (LOWER, State.WORSE, State.BETTER),
        (NEITHER, State.DIFFERS, State.DIFFERS),
    ],
)
def test_a_comparison_beyond_chance_is_better_or_worse(better, above, below):
    assert state(COMPARISON, better=better, difference=0.2) is above
    assert state(COMPARISON, better=better, difference=-0.2) is below


def test_a_units_own_development_goes_before_how_it_stands_beside_others():
    both = {"direction": 1, "difference": -2.0}

    assert state(DEVELOPMENT, COMPARISON, **both) is State.IMPROVED
    assert state(COMPARISON, **both) is State.WORSE


def test_what_chance_explains_is_inside_chance():
    assert state(development_p=0.3) is State.INSIDE_CHANCE
    assert state(comparison_p=0.3) is State.INSIDE_CHANCE
    assert state(comparison_p=0.3, reliability=0.5) is State.INSIDE_CHANCE


def test_what_no_test_could_have_found_is_too_uncertain():
    assert state(comparison_p=0.3, reliability=0.49) is State.TOO_UNCERTAIN
    assert state(preliminary=True) is State.TOO_UNCERTAIN


def test_a_development_that_could_be_seen_is_enough_for_few_children():
    few = {"comparison_p": 0.3, "reliability": 0.1}

    assert state(development_p=0.3, **few) is State.INSIDE_CHANCE


def test_few_children_do_not_hide_what_is_beyond_chance_all_the_same():
    told = state(COMPARISON, difference=3.0, comparison_p=1e-9, reliability=0.2)

    assert told is State.BETTER


def test_without_a_number_or_anything_to_be_held_against_nothing_is_said():
    assert state(value=None, preliminary=True) is State.UNTESTED
    assert state() is State.UNTESTED


def test_a_state_knows_the_test_that_it_stands_out_by():
    told = {one: one.by for one in State}

    assert [one for one, test in told.items() if test is DEVELOPMENT] == [
        *(State.IMPROVED, State.WORSENED, State.MOVED),
    ]
    assert [one for one, test in told.items() if test is COMPARISON] == [
        *(State.BETTER, State.WORSE, State.DIFFERS),
    ]
    assert State.INSIDE_CHANCE.by is None
