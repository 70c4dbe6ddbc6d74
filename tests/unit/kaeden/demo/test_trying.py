"""What Fjordby's teams try, how each test ended, who reads it, and what was learnt."""

from collections import Counter

import pytest

from kaeden.access.rules import Role
from kaeden.demo.scene import scene_of
from kaeden.demo.town import SEED
from kaeden.demo.trying import tried
from kaeden.learning.models import Lesson, Observation, TestCycle, TestOfChange
from kaeden.learning.queries import tests_of_change as reading
from kaeden.learning.rules.tests_of_change import (
    Audience,
    Decision,
    MeasureKind,
    Stage,
    is_undecided,
)
from kaeden.organisation.models import Unit
from tests.builders.fjordby import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


@pytest.fixture
def seen_by(told):
    """The names of the tests that a post reads, with how far each is."""
    voices = scene_of(told, SEED).voices
    return lambda key: {one.name: one for one in reading.seen_by(voices[key])}


def test_everything_in_the_file_is_told():
    from_tests = [one for one in tried().tests if one.lesson]
    counted = sum(len(of.counts) for one in tried().tests for of in one.counts)

    assert TestOfChange.objects.count() == len(tried().tests)
    assert Lesson.objects.count() == len(from_tests) + len(tried().lessons)
    assert Observation.objects.filter(taken_back_on=None).count() == counted


def test_tests_are_met_at_every_stage_with_every_decision_and_one_is_late():
    newest = [
        one.cycles.order_by("number").last() for one in TestOfChange.objects.all()
    ]
    stages = [
        reading.stage_of(begun_on=c.begun_on, decision=c.decision) for c in newest
    ]
    late = [
        cycle
        for cycle, stage in zip(newest, stages, strict=True)
        if is_undecided(cycle.ends_on, stage=stage, today=TODAY)
    ]

    assert set(stages) == set(Stage)
    assert len(late) == 1
    decided = TestCycle.objects.exclude(decision="").values_list("decision", flat=True)
    assert set(decided) == set(Decision)


def test_each_test_has_all_three_measures():
    assert all(one.measures.keys() == set(MeasureKind) for one in tried().tests)


def test_some_are_kept_by_the_team_and_some_are_shared_near_and_far():
    shared = Counter(TestOfChange.objects.values_list("audience", flat=True))

    assert shared.keys() >= {Audience.NOBODY, Audience.COLLEAGUES, Audience.CHAIN}


def test_what_a_team_has_not_shared_is_read_by_its_leader_and_not_by_the_chief(seen_by):
    protected = "Ro de første ti minutter"

    assert protected in seen_by("team-999001-udskoling")
    assert protected in seen_by("leder-nordskolen")
    assert protected not in seen_by("skolechef")
    assert protected not in seen_by("direktoer")


def test_one_test_is_joined_by_school_day_care_and_social_and_one_more_is_asked(
    seen_by,
):
    joint = seen_by("direktoer")["Det samme spørgsmål tre steder"]
    codes = [part.house_code for part in joint.joined]
    areas = Unit.objects.filter(code__in=codes, valid_to=None)

    assert (
        len({path.split("/")[2] for path in areas.values_list("path", flat=True)}) == 3
    )
    assert [part.who for part in joint.parts if not part.joined_on] == [
        "Leder, PPR Fjordby"
    ]


def test_the_committee_reads_no_test(seen_by):
    assert seen_by("boerne-og-ungeudvalget") == {}


def test_a_test_that_was_adapted_goes_on_with_another_change():
    changes = TestCycle.objects.filter(test__name="Samme bog fire gange")

    assert [one.decision for one in changes] == [Decision.ADAPT, ""]
    assert len({one.change for one in changes}) == 2


def test_lessons_come_from_tests_and_from_practices_and_say_when_they_hold():
    found = Lesson.objects.select_related("post")

    assert {one.test_id is None for one in found} == {True, False}
    assert {Role(one.post.role) for one in found} == {Role.TEAM, Role.LEADER}
    assert all(one.conditions for one in found)
