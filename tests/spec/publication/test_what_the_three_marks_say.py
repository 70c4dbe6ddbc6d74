"""What the three marks say, and what they do not say.

Development: has it changed, beyond chance? Target: is it where the goal wants it?
Comparison: is it outside what units like it usually differ by? None of them is a rank.
"""

import pytest
from django.utils import translation

from kaeden.presentation.marks import marks_of
from tests.builders.figures import a_figure, an_indicator
from tests.builders.goals import a_goal

ABSENCE = an_indicator()  # lower is better
MARK = an_indicator("exam-mark")  # higher is better
STAFFING = an_indicator("pupils-per-teacher")  # neither way is better


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def told(place, indicator, goal=None, **figure):
    marks = marks_of(indicator, a_figure(indicator=indicator.id, **figure), goal)
    return marks[place].finding


def moved(direction, *, preliminary=False):
    slope = {"slope": 0.5 * direction or 0.1, "slope_half": 0.2, "points": 6}
    return slope | {"preliminary": preliminary, "direction": direction}


def test_development():
    table = [
        (ABSENCE, moved(-1), "Better, hardly by chance"),
        (ABSENCE, moved(1), "Worse, hardly by chance"),
        (MARK, moved(1), "Better, hardly by chance"),
        (MARK, moved(-1), "Worse, hardly by chance"),
        (STAFFING, moved(1), "Rising, hardly by chance"),
        (STAFFING, moved(-1), "Falling, hardly by chance"),
        (ABSENCE, moved(0), "No certain change"),
        (ABSENCE, moved(1, preliminary=True), "Too early to say"),
        (ABSENCE, {}, "Too early to say"),
    ]

    for indicator, figure, finding in table:
        assert told(0, indicator, **figure) == finding


def test_target():
    at_most, at_least = a_goal(value=6.0), a_goal(value=6.0, at_most=False)
    table = [
        (at_most, {"low": 5.0, "high": 5.9}, "The target is met"),
        (at_most, {"low": 6.1, "high": 7.0}, "The target is not met yet"),
        (at_most, {"low": 5.5, "high": 6.5}, "Too close to say"),
        (at_least, {"low": 6.1, "high": 7.0}, "The target is met"),
        (at_least, {"low": 5.0, "high": 5.9}, "The target is not met yet"),
        (at_most, {"value": 6.0}, "The target is met"),
        (at_most, {"value": 6.1}, "The target is not met yet"),
        (a_goal(), {"value": 6.0}, "No target"),
        (None, {"value": 6.0}, "No target"),
    ]

    for goal, figure, finding in table:
        assert told(1, ABSENCE, goal, **figure) == finding


def beside(side):
    return {"compared": side, "difference": 1.0 * side, "swing": 0.5, "peers": 20}


def test_comparison():
    table = [
        (ABSENCE, beside(1), "Higher than institutions like it"),
        (ABSENCE, beside(0), "As institutions like it"),
        (ABSENCE, beside(-1), "Lower than institutions like it"),
        (ABSENCE, {}, "Not compared"),
    ]

    for indicator, figure, finding in table:
        assert told(2, indicator, **figure) == finding


def test_a_figure_without_a_number_is_not_marked():
    for status in ("hidden", "missing", "not_applicable"):
        assert marks_of(ABSENCE, a_figure(value=None, status=status)) is None


def test_the_ministrys_own_verdict_is_not_marked_over_again():
    assert (
        marks_of(an_indicator("socioeconomic-reference"), a_figure(value=1.0)) is None
    )
