"""What Fjordby's leaders say of the practices they use, and what chiefs decide of them."""

from collections import Counter
from datetime import date

import pytest

from kaeden.demo.practices import all_uses, uses
from kaeden.demo.practised import practised
from kaeden.engine.effects.values import Effect
from kaeden.learning.cards import catalogue
from kaeden.learning.models import Adoption, CompetenceNote, PracticeDecision
from kaeden.learning.queries.evidence import effect_of
from kaeden.learning.queries.lives import lives
from kaeden.learning.queries.practices import adoption_starts
from kaeden.learning.rules.practices import (
    MOST_AT_ONCE,
    Fidelity,
    PracticeChoice,
    are_too_many,
)
from kaeden.learning.rules.stages import Stage
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]
FIRST = 2018
PLANTED = pytest.mark.parametrize("one", practised(), ids=lambda one: one.practice)


def test_everything_in_the_files_is_told():
    planted = sum(len(one.adopted) for one in practised())

    assert Adoption.objects.count() == planted + len(uses().uses)
    assert PracticeDecision.objects.count() == len(uses().decisions)
    assert CompetenceNote.objects.count() == len(uses().competences)


@PLANTED
def test_each_place_uses_a_planted_practice_from_the_august_in_which_it_begins(one):
    codes = dict(
        Unit.objects.filter(path__startswith="dk/999").values_list("id", "code")
    )
    starts = adoption_starts(one.practice, get_municipality("999"))

    assert {codes[unit]: day for unit, day in starts.items()} == {
        code: date(FIRST + year, 8, 1) for code, year in one.adopted.items()
    }


@PLANTED
def test_a_planted_practice_says_on_its_card_what_it_moves(one):
    assert one.indicator in catalogue()[one.practice].indicators


@PLANTED
def test_what_is_said_of_a_planted_practice_is_said_by_those_who_use_it(one):
    said = uses().said[one.practice]

    assert said.keys() <= one.adopted.keys()


def test_who_uses_a_practice_says_it_themselves_and_in_time():
    told = Adoption.objects.select_related("unit", "post__unit")

    assert all(one.post.unit_id == one.unit_id for one in told)
    assert all(one.ended is None or one.why_ended for one in told)
    assert told.filter(ended__isnull=False).count() == 1


def test_practices_are_followed_in_full_in_part_a_little_and_nobody_knows_how():
    followed = Counter(Adoption.objects.values_list("fidelity", flat=True))

    assert set(followed) == set(Fidelity)
    assert (
        followed[Fidelity.FULL] > followed[Fidelity.PARTLY] > followed[Fidelity.LITTLE]
    )


def test_practices_are_met_at_every_stage():
    found = Counter(life.stage for life in lives(get_municipality("999")).values())

    assert set(found) == set(Stage)


def test_both_decisions_are_met_and_what_works_is_left_to_the_visitor():
    decided = dict(PracticeDecision.objects.values_list("practice", "choice"))

    assert set(decided.values()) == set(PracticeChoice)
    assert not decided.keys() & {one.practice for one in practised()}


def test_one_school_alone_does_too_much_at_once():
    running = Counter(line.at for line in all_uses() if line.ended is None)

    assert [at for at, count in running.items() if are_too_many(count)] == ["999013"]
    assert running["999013"] == MOST_AT_ONCE + 1


def test_competences_are_lacking_in_some_places_with_a_plan_and_without():
    lacking = [one for one in uses().competences if one.have < one.wanted]

    assert 0 < len(lacking) < len(uses().competences)
    assert {bool(one.plan) for one in lacking} == {True, False}
    assert all(bool(one.plan) == (one.ahead is not None) for one in lacking)


def weighed(practice, indicator):
    """The effect that Kæden has found in Fjordby."""
    return effect_of(practice, indicator, get_municipality("999")).found


def test_what_works_is_found_to_work():
    found = weighed("small-play-groups", "daycare-wellbeing")

    assert found.low > 0
    assert found.low < 0.3 < found.high


def test_what_does_nothing_is_found_to_have_moved_nothing():
    found = weighed("co-teaching", "wellbeing-calm")

    assert found.low < 0 < found.high


def test_what_works_in_one_context_differs_between_places():
    found = weighed("dialogic-reading", "daycare-language")
    kindergartens = {"G99905", "G99906", "G99911", "G99916", "G99920"}
    there = [one.effect for one in found.units if one.unit in kindergartens]
    others = [one.effect for one in found.units if one.unit not in kindergartens]

    assert len(there) == len(others) == 5
    assert sum(there) / 5 > sum(others) / 5 + 0.25


def test_of_what_too_few_use_no_effect_is_told():
    assert not isinstance(weighed("attendance-talks", "school-absence"), Effect)
