"""A target on a gap is held against the whole interval of how wide the gap is."""

from dataclasses import replace

import pytest

from kaeden.goals.indicators import catalogue
from kaeden.goals.rules import Group, TargetKind, TargetState
from kaeden.presentation import gap_targets, targets
from kaeden.presentation.charts.marks import Tone
from tests.builders.models import a_gap, a_hidden_gap, a_town_gap
from tests.unit.kaeden.presentation.test_goals import TOWN, a_target

INDICATOR = catalogue()["wellbeing-general"]


def a_wish(**changes):
    pair = Group.BOYS, Group.GIRLS
    facts = {"kind": TargetKind.GAP, "pair": pair, "indicator": INDICATOR.id}
    return a_target(**(facts | {"value": 0.3} | changes))


def in_town(**changes):
    found = a_town_gap(**changes)
    return replace(found, unit=replace(found.unit, id=TOWN.pk))


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [
        (0.1, 0.3, TargetState.MET),
        (-0.3, -0.1, TargetState.MET),
        (0.4, 0.6, TargetState.NOT_MET),
        (-0.6, -0.4, TargetState.NOT_MET),
        (0.1, 0.5, TargetState.UNCERTAIN),
        (-0.1, 0.5, TargetState.UNCERTAIN),
        (-0.2, 0.2, TargetState.MET),
        (-0.9, 0.9, TargetState.UNCERTAIN),
    ],
)
def test_a_gap_either_way_is_held_against_the_widest_that_is_wanted(low, high, state):
    assert gap_targets.judged(a_wish(), in_town(low=low, high=high)) is state


def test_without_a_gap_nothing_is_judged():
    assert gap_targets.judged(a_wish(), None) is TargetState.NO_FIGURE
    assert gap_targets.marks(a_wish(), None, INDICATOR) == ()
    assert gap_targets.marks(a_wish(), in_town(), None) == ()


@pytest.mark.parametrize(
    "other",
    [
        {"first": "other_language", "second": "danish_at_home"},
        {"indicator": "exam-mark"},
        {"is_latest": False},
        {"difference": None},
    ],
)
def test_only_the_newest_gap_of_the_same_pair_and_place_counts(other):
    assert gap_targets.gap_of(a_wish(), [in_town(**other)]) is None
    assert gap_targets.gap_of(a_wish(), [in_town()]) == in_town()
    assert gap_targets.gap_of(a_wish(), [a_gap(), a_hidden_gap()]) is None


def test_a_target_on_a_gap_has_three_marks_each_with_a_sentence():
    development, target, comparison = gap_targets.marks(a_wish(), in_town(), INDICATOR)

    assert "kan ikke siges endnu" in development.finding
    assert target.finding == "For tæt på til at sige"
    assert target.basis.startswith("Piger ligger")
    assert "Ingen anden kommune" in comparison.finding
    assert comparison.tone is Tone.NEUTRAL


@pytest.mark.parametrize(
    ("direction", "tone"), [(1, Tone.BAD), (-1, Tone.GOOD), (0, Tone.NEUTRAL)]
)
def test_a_gap_that_closes_is_good_and_one_that_grows_is_not(direction, tone):
    found = in_town(points=5, preliminary=False, direction=direction)

    assert gap_targets.marks(a_wish(), found, INDICATOR)[0].tone is tone


def test_a_target_s_page_shows_the_marks_and_the_way_to_the_gap():
    view = targets.build(a_wish(), [], [in_town(low=0.1, high=0.2)])

    assert view.standing.finding == "Forskellen er så lille, som den skal være"
    assert len(view.marks) == 3
    assert view.for_whom.endswith("/forskelle/wellbeing-general/for-hvem/")
    assert targets.build(a_wish(), []).for_whom == ""


def test_a_gap_of_another_pair_leaves_the_target_without_a_figure():
    wish = a_wish(pair=(Group.OTHER_ORIGIN, Group.DANISH_ORIGIN))
    view = targets.build(wish, [], [in_town()])

    assert view.standing.finding == "Der er ingen tal for grupperne endnu"
    assert view.marks == ()
