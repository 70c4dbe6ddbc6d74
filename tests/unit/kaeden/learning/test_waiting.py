"""Tests at a standstill: breaks of what is shared, reminders and stops of one's own."""

from datetime import timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.chaincheck.queries import check, known_to
from kaeden.learning import due_tests as room
from kaeden.learning.actions import observations
from kaeden.learning.actions import tests_of_change as actions
from kaeden.learning.actions.tests_of_change import Counting
from kaeden.learning.cycles import stops
from kaeden.learning.models import TestCycle, TestOfChange
from kaeden.learning.rules.tests_of_change import Audience, Decision, MeasureKind
from kaeden.organisation.models import Post
from kaeden.shared.breaks import BreakKind
from kaeden.shared.clock import today
from kaeden.shared.cycles import Cycle
from kaeden.shared.due import DueKind
from kaeden.shared.periods import Period
from tests.builders.dialogue import a_team, holder_of
from tests.builders.places import (
    FJORDBY,
    HAVBY,
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
    unit_at,
)
from tests.builders.tests_of_change import a_running_test, a_test, counted

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OURS = {BreakKind.TEST_UNDECIDED, BreakKind.TEST_QUIET}


@pytest.fixture
def team(db):
    a_country()
    return a_team(NORDSKOLEN, 1)[0]


def found(day=None, town=FJORDBY):
    report = check(day or today(), town)
    return [one for one in report.breaks if one.kind in OURS]


def a_late_test(team):
    made = a_running_test(team, since=10)
    TestCycle.objects.update(ends_on=today() - DAY)
    return made


def test_a_shared_test_past_its_end_is_a_break_of_who_leads_it(team):
    made = a_late_test(team)
    actions.share(made.pk, Audience.CHAIN, by=team)

    (one,) = found()
    key = Post.objects.get(pk=team.post_id).key
    assert (one.kind, one.owner, one.since) == (BreakKind.TEST_UNDECIDED, key, today())
    assert one.sentence.startswith("“Vi ringer hjem” ended on")
    assert one.path == f"/afproevninger/{made.pk}/"
    assert found(town=HAVBY) == []


def test_a_shared_test_where_nothing_is_counted_is_a_break(team):
    made = a_running_test(team, since=22)
    actions.share(made.pk, Audience.CHAIN, by=team)

    (one,) = found()
    assert (one.kind, one.since) == (BreakKind.TEST_QUIET, today())
    counted(made, (7, 23), by=team)
    assert found() == []


@pytest.mark.parametrize("audience", [None, Audience.HOUSE, Audience.COLLEAGUES])
def test_what_the_chain_does_not_read_is_in_no_break(team, audience):
    made = a_late_test(team)
    if audience:
        actions.share(made.pk, audience, by=team)

    assert found() == []
    chief = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)
    known = known_to(chief, unit_at(TOWN), today())
    assert not {one.kind for one in known.report.breaks} & OURS


def test_it_was_no_break_before_it_was_shared_nor_when_it_is_decided(team):
    made = a_late_test(team)
    actions.share(made.pk, Audience.CHAIN, by=team)
    TestOfChange.objects.update(shared_on=today() - DAY)
    TestCycle.objects.update(ends_on=today() - 3 * DAY)

    assert found(today() - 2 * DAY) == []
    assert len(found(today() - DAY)) == len(found()) == 1
    actions.decide(made.pk, Decision.ABANDON, "Nej.", by=team)
    assert found() == []


def test_a_post_that_is_no_more_owns_no_break(team):
    made = a_late_test(team)
    actions.share(made.pk, Audience.CHAIN, by=team)
    Post.objects.filter(pk=team.post_id).end(today())

    assert found() == []


def waits(post):
    return [one.kind for one in room.due(today()) if one.post_id == post.post_id]


def test_the_weeks_email_tells_those_who_take_part_and_nobody_else(team):
    leader = holder_of(Role.LEADER, NORDSKOLEN)
    quiet = a_running_test(team, since=30)
    assert waits(team) == [DueKind.TEST_TO_COUNT]
    assert waits(leader) == []

    counted(quiet, (7, 23), by=team)
    assert waits(team) == []
    TestCycle.objects.update(ends_on=today() - DAY)
    assert waits(team) == [DueKind.TEST_TO_DECIDE]


def test_who_is_asked_to_take_part_is_told_until_they_answer(team):
    other = holder_of(Role.LEADER, SYDSKOLEN)
    made = a_test(team)
    observations.ask_to_join(made.pk, other.post_id, by=team)
    assert waits(other) == [DueKind.TEST_TO_JOIN]

    observations.join(made.pk, by=other)
    assert waits(other) == []


def test_a_test_by_indicators_alone_has_nothing_to_count(team):
    absence = Counting(better="lower", indicator="school-absence")
    a_running_test(team, since=30, measures=dict.fromkeys(MeasureKind, absence))

    assert waits(team) == []


def test_the_ends_of_ones_own_tests_are_stops_in_the_year(team):
    made = a_running_test(team)
    year = Period.parse("2026/27")
    TestCycle.objects.update(ends_on=year.begins + 400 * DAY)
    assert list(stops(team, unit_at(TOWN), year)) == []

    TestCycle.objects.update(ends_on=year.begins + 300 * DAY)
    (one,) = stops(team, unit_at(TOWN), year)
    assert (one.cycle, one.is_done, one.is_mine) == (Cycle.TRIAL, False, True)
    assert one.path == f"/afproevninger/{made.pk}/"
    assert list(stops(holder_of(Role.LEADER, NORDSKOLEN), unit_at(TOWN), year)) == []
