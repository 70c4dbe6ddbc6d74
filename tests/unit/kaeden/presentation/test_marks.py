import itertools

import pytest

from kaeden.goals.indicators import Direction
from kaeden.presentation.charts.marks import Tone
from kaeden.presentation.marks import comparison, development, marks_of, target
from tests.builders.figures import a_figure, a_town, an_indicator
from tests.builders.goals import a_goal

pytestmark = pytest.mark.usefixtures("english")
GAP = "\N{NO-BREAK SPACE}"
ABSENCE = an_indicator()
SIDES = {-1: Direction.LOWER, 1: Direction.HIGHER}


def directed(direction):
    return an_indicator(direction=direction)


def moved(direction=1, **facts):
    known = {"slope": 0.52, "slope_half": 0.2, "points": 6, "preliminary": False}
    return a_figure(**(known | {"direction": direction} | facts))


def beside(side=1, **facts):
    known = {"difference": 1.23, "swing": 0.5, "peers": 20}
    return a_figure(**(known | {"compared": side} | facts))


@pytest.mark.parametrize(
    ("direction", "side"), list(itertools.product(Direction, SIDES))
)
def test_better_is_green_worse_is_red_and_no_judgement_is_neither(direction, side):
    wanted = Tone.GOOD if SIDES[side] is direction else Tone.BAD
    wanted = wanted if direction.judges else Tone.DIFFERS

    assert development(directed(direction), moved(side)).tone is wanted
    assert comparison(directed(direction), beside(side)).tone is wanted


def test_nothing_certain_is_neither_good_nor_bad():
    assert development(ABSENCE, moved(0)).tone is Tone.NEUTRAL
    assert comparison(ABSENCE, beside(0)).tone is Tone.NEUTRAL


@pytest.mark.parametrize(
    "lacking", [{"slope": None}, {"slope_half": None}, {"preliminary": True}]
)
def test_without_a_settled_trend_it_is_too_early(lacking):
    mark = development(ABSENCE, moved(**lacking))

    assert mark.tone is Tone.NEUTRAL
    assert "five without a break are needed" in mark.basis


def test_a_development_tells_its_years_its_change_and_its_uncertainty():
    assert development(ABSENCE, moved()).basis == (
        f"6 school years · +0.52{GAP}percentage points a year "
        f"(±{GAP}0.20{GAP}percentage points)"
    )


@pytest.mark.parametrize("lacking", ["compared", "difference", "swing"])
def test_without_a_comparison_it_is_said_that_there_is_none(lacking):
    mark = comparison(ABSENCE, beside(**{lacking: None}))

    assert (mark.finding, mark.tone) == ("Not compared", Tone.NEUTRAL)


def test_a_comparison_tells_its_peers_its_difference_and_the_usual_swing():
    assert comparison(ABSENCE, beside()).basis == (
        f"+1.2{GAP}percentage points from the mean of 20 like it. "
        f"They usually differ by ±{GAP}0.5{GAP}percentage points."
    )


@pytest.mark.parametrize("side", [-1, 0, 1])
def test_a_municipality_is_held_beside_municipalities(side):
    mark = comparison(ABSENCE, beside(side, unit=a_town()))

    assert "municipalities like it" in mark.finding


def test_a_target_is_told_with_its_year():
    mark = target(ABSENCE, a_figure(value=5.0), a_goal(value=6.0))

    assert mark.basis == "at most 6.0% by 2027/28"
    at_least = target(ABSENCE, a_figure(), a_goal(value=6.0, at_most=False))
    assert at_least.basis == "at least 6.0% by 2027/28"


def test_a_goal_without_a_number_is_told_from_no_goal():
    adopted = target(ABSENCE, a_figure(), a_goal())
    proposed = target(ABSENCE, a_figure(), a_goal(adopted_on=None))

    assert adopted.basis == "the goal is adopted without a number"
    assert proposed.basis == target(ABSENCE, a_figure(), None).basis


def test_a_goals_number_counts_for_its_own_indicator_only():
    other = an_indicator("high-absence")

    assert target(other, a_figure(value=1.0), a_goal(value=6.0)).finding == "No target"


def test_the_interval_is_held_against_the_target_and_not_the_point():
    figure = a_figure(value=5.5, low=4.0, high=7.0)

    assert target(ABSENCE, figure, a_goal(value=6.0)).tone is Tone.UNSURE


def test_there_are_always_three_marks_with_a_finding_a_basis_and_a_sign():
    for mark in marks_of(ABSENCE, a_figure(), a_goal()):
        assert all((mark.label, mark.finding, mark.basis, mark.sign))


def test_a_municipality_that_no_other_is_beside_says_so():
    mark = comparison(ABSENCE, a_figure(unit=a_town(), peers=None))

    assert mark.basis == "no other municipality is beside it"
