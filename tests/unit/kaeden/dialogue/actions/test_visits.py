"""Visits: asked for, planned, held, and what one takes home."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions import visits
from kaeden.dialogue.errors import NoSuchVisit, OthersWereQuicker
from kaeden.dialogue.models import Visit
from kaeden.dialogue.queries.visits import (
    get_host,
    get_visit,
    held_of_planned,
    hosts_in,
    in_community,
    unanswered,
    visits_of,
)
from kaeden.dialogue.rules.shared import Rate
from kaeden.dialogue.rules.visits import Side, VisitStep
from kaeden.organisation.errors import NoSuchCommunity
from kaeden.organisation.models import Post
from kaeden.shared.clock import now, standing_at, today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.dialogue import a_team, holder_of
from tests.builders.places import (
    NEIGHBOUR_SCHOOL,
    NORDSKOLEN,
    SOLSTRAALEN,
    SYDSKOLEN,
    TOWN,
    a_country,
    post_at,
    unit_at,
)
from tests.builders.together import a_community, a_visit, leader_at

pytestmark = pytest.mark.django_db
SOON = timedelta(days=10)


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def north():
    return leader_at(NORDSKOLEN)


@pytest.fixture
def south():
    return leader_at(SYDSKOLEN)


@pytest.fixture
def asked(north, south):
    return a_visit(north, SYDSKOLEN)


def test_a_visit_is_asked_for_planned_held_and_told_of(asked, north, south):
    assert get_visit(south, asked.pk).waits_for_me
    visits.plan(asked.pk, day=today() + SOON, by=south)
    visits.plan(asked.pk, day=today() + SOON * 2, by=north)
    with standing_at(now() + SOON * 2):
        assert get_visit(north, asked.pk).waits_for_me
        visits.hold(asked.pk, "Vi begynder timen med ti minutters læsning.", by=north)

    seen = get_visit(south, asked.pk)
    assert (seen.step, seen.side) == (VisitStep.HELD, Side.HOST)
    assert seen.lesson == "Vi begynder timen med ti minutters læsning."
    kinds = list(Event.objects.values_list("kind", flat=True))
    assert kinds[-4:] == [
        *("visit_asked", "visit_planned", "visit_planned", "visit_held")
    ]
    assert str(asked) == f"{north.post_id} → {south.post_id} (asked)"


def test_what_waits_for_ones_answer_is_counted(asked, north, south):
    assert (unanswered(north), unanswered(south)) == (0, 1)
    visits.plan(asked.pk, day=today(), by=south)
    assert (unanswered(north), unanswered(south)) == (1, 0)


def test_it_is_declined_or_called_off(north, south):
    first = a_visit(north, SYDSKOLEN)
    visits.decline(first.pk, by=south)
    second = a_visit(north, SYDSKOLEN)
    visits.call_off(second.pk, by=north)
    third = a_visit(north, SYDSKOLEN)
    visits.plan(third.pk, day=today(), by=south)
    visits.call_off(third.pk, by=south)

    assert {one.step for one in visits_of(north)} == {
        VisitStep.DECLINED,
        VisitStep.CALLED_OFF,
    }


def test_of_two_posts_one_visit_is_open_at_a_time(asked, north):
    with pytest.raises(Refused, match="already"):
        a_visit(north, SYDSKOLEN)


def test_others_are_told_of_no_visit(asked):
    other = holder_of(Role.DIRECTOR, TOWN)

    assert visits_of(other) == []
    for verb in (visits.decline, visits.call_off):
        with pytest.raises(NoSuchVisit):
            verb(asked.pk, by=other)
    with pytest.raises(NoSuchVisit):
        visits.plan(asked.pk, day=today(), by=other)


def test_each_step_is_refused_to_who_has_not_got_it(asked, north, south):
    with pytest.raises(Refused):
        visits.plan(asked.pk, day=today(), by=north)
    with pytest.raises(Refused):
        visits.decline(asked.pk, by=north)
    visits.plan(asked.pk, day=today() + SOON, by=south)
    with pytest.raises(Refused, match="day has not come"):
        visits.hold(asked.pk, "Godt", by=north)


def test_words_and_days_that_cannot_be_are_refused(asked, north, south):
    for days in (-1, 500):
        with pytest.raises(BadInput):
            visits.plan(asked.pk, day=today() + timedelta(days=days), by=south)
    visits.plan(asked.pk, day=today(), by=south)
    for lesson in ("", "x" * 301, "CPR 010101-1234"):
        with pytest.raises(BadInput):
            visits.hold(asked.pk, lesson, by=north)
    leader_at(SOLSTRAALEN)
    with pytest.raises(BadInput):
        visits.ask_for_visit(unit_at(SOLSTRAALEN), " ", by=north)


def test_leaders_of_ones_own_municipality_can_be_visited_in_every_sector(north):
    sun = leader_at(SOLSTRAALEN)
    assert get_host(north, sun.post_id).name.endswith("Solstrålen")
    leader_at(NEIGHBOUR_SCHOOL)
    not_there = [
        north.post_id,
        post_at(NEIGHBOUR_SCHOOL, Role.LEADER).pk,
        post_at(SYDSKOLEN, Role.LEADER).pk,  # nobody holds it
        post_at(TOWN, Role.COMMITTEE).pk,
        0,
    ]
    for pk in not_there:
        with pytest.raises(NoSuchVisit):
            get_host(north, pk)


def test_a_unit_without_a_leading_post_has_nobody_to_visit(north):
    Post.objects.filter(unit=unit_at(SYDSKOLEN)).end(today())
    with pytest.raises(NoSuchVisit):
        a_visit(north, SYDSKOLEN)


def test_a_post_can_be_asked_as_well_as_a_unit(north, south):
    made = visits.ask_for_visit(
        Post.objects.get(pk=south.post_id), "Jeres morgen", by=north
    )
    assert made.host_id == south.post_id


def test_a_team_visits_nobody(south):
    (one,) = a_team(NORDSKOLEN, 1)
    with pytest.raises(Forbidden):
        a_visit(one, SYDSKOLEN)


def test_a_visit_in_a_community_is_read_by_its_members(north, south):
    community = a_community()
    sun = leader_at(SOLSTRAALEN)
    made = a_visit(north, SYDSKOLEN, community=community)
    assert in_community(sun, community) == []

    visits.plan(made.pk, day=today(), by=south)
    assert held_of_planned(community, 3) == Rate(0, 0)
    visits.hold(made.pk, "De læser højt.", by=north)

    (seen,) = in_community(sun, community)
    assert (seen.lesson, seen.side, seen.verdicts) == ("De læser højt.", None, {})
    assert held_of_planned(community, 3) == Rate(1, 1)
    assert held_of_planned(community, 2) is None


def test_a_visit_belongs_to_no_community_that_not_both_are_in(north, south):
    community = a_community(NORDSKOLEN, SOLSTRAALEN)
    with pytest.raises(NoSuchCommunity):
        a_visit(north, SYDSKOLEN, community=community)


def test_hosts_are_those_with_whom_no_visit_is_open(asked, north, south):
    sun = leader_at(SOLSTRAALEN)
    posts = [north.post_id, south.post_id, sun.post_id]
    assert hosts_in(north, posts) == {sun.post_id}


def test_who_was_quicker_wins_and_the_other_is_told(asked, north, south, monkeypatch):
    read = get_visit(south, asked.pk)
    visits.call_off(asked.pk, by=north)
    monkeypatch.setattr(visits, "get_visit", lambda *_: read)
    with pytest.raises(OthersWereQuicker):
        visits.decline(asked.pk, by=south)


def test_the_database_holds_a_visit_together(asked, north):
    for broken in (
        {"why": ""},
        {"step": "planned"},
        {"step": "held", "day": today()},
        {"lesson": "Godt"},
        {"host_id": north.post_id},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Visit.objects.filter(pk=asked.pk).update(**broken)


def test_reading_visits_costs_one_query(asked, north, django_assert_num_queries):
    with django_assert_num_queries(1):
        visits_of(north)
