"""Who has lifted themselves, and what they share of what they did."""

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import NOBODY, Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions.lifted import share, take_back
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import WhatWeDid
from kaeden.dialogue.queries import lifted as queries
from kaeden.dialogue.rules.lifted import LONGEST
from kaeden.publication.queries import get_figure
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.dialogue import holder_of
from tests.builders.figures import a_release, a_result
from tests.builders.places import (
    HAVBY,
    NEIGHBOUR_SCHOOL,
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
    unit_at,
)

pytestmark = pytest.mark.django_db
BETTER = {"slope": -0.3, "slope_se": 0.05, "points": 8.0, "preliminary": False}
PEERS = {("institution", "999001"): ("999002", "998001")}
WORDS = "Vi ringer hjem den første dag."


@pytest.fixture
def made(db):
    a_country()
    return a_release(
        a_result(**BETTER, direction=0),
        a_result("999002", **BETTER, direction=-1),
        a_result("998001", **BETTER, direction=-1),
        peers=PEERS,
    )


@pytest.fixture
def syd(made):
    return holder_of(Role.LEADER, SYDSKOLEN)


def the_figure(made, path=SYDSKOLEN):
    return get_figure(made.pk, unit_at(path), "school-absence")


def seen(made, actor, path=NORDSKOLEN):
    return queries.lifted_like(actor, unit_at(path), made.pk)


def test_those_like_a_unit_that_became_better_come_by_name(
    made, django_assert_num_queries
):
    reader, school = holder_of(Role.LEADER, NORDSKOLEN), unit_at(NORDSKOLEN)

    with django_assert_num_queries(4):
        found = queries.lifted_like(reader, school, made.pk)

    assert [one.figure.unit.name for one in found.others] == ["Havskolen", "Sydskolen"]
    assert (found.own, found.peers) == ((), 2)


@pytest.mark.parametrize(
    "facts",
    [
        {"direction": 1},
        {"direction": 0},
        {"direction": -1, "preliminary": True},
    ],
)
def test_what_is_worse_or_unsure_is_no_lift(made, facts):
    release = a_release(
        a_result("999001", **BETTER),
        a_result("999002", **(BETTER | facts)),
        peers=PEERS,
    )

    assert seen(release, NOBODY).others == ()


def test_what_is_no_longer_published_is_no_lift(made, monkeypatch):
    monkeypatch.setattr(queries, "published", dict)

    assert seen(made, NOBODY).others == ()


def test_a_leader_shares_what_was_done_with_the_municipalitys_leaders(made, syd):
    one = share(the_figure(made), f" {WORDS} ", by=syd)

    assert (one.words, one.shared_on, one.ended_on) == (WORDS, today(), None)
    assert str(one) == f"{one.unit_id} school-absence ({today()})"
    event = Event.objects.get(kind=Event.Kind.WHAT_WE_DID_SHARED)
    assert event.about == f"dialogue.whatwedid:{one.pk}"
    told = seen(made, syd, SYDSKOLEN).own[0].told
    assert (told.words, told.who) == (WORDS, "Institution leader, Sydskolen")


@pytest.mark.parametrize(
    ("role", "home", "reads"),
    [
        (Role.LEADER, NORDSKOLEN, True),
        (Role.CHIEF_SCHOOLS, SCHOOLS, True),
        (Role.DIRECTOR, TOWN, True),
        (Role.COMMITTEE, TOWN, False),
        (Role.LEADER, NEIGHBOUR_SCHOOL, False),
        (Role.DIRECTOR, f"dk/{HAVBY}", False),
    ],
)
def test_who_reads_what_was_done(made, syd, role, home, reads):
    share(the_figure(made), WORDS, by=syd)

    told = [
        one.told.words for one in seen(made, holder_of(role, home)).others if one.told
    ]

    assert told == ([WORDS] if reads else [])
    assert not any(one.told for one in seen(made, NOBODY).others)


@pytest.mark.parametrize(
    ("role", "home"),
    [(Role.LEADER, NORDSKOLEN), (Role.CHIEF_SCHOOLS, SCHOOLS), (Role.DIRECTOR, TOWN)],
)
def test_nobody_tells_it_for_others(made, role, home):
    by = holder_of(role, home)

    with pytest.raises(Forbidden):
        share(the_figure(made), WORDS, by=by)
    with pytest.raises(Forbidden):
        take_back(the_figure(made), by=by)


def test_what_has_not_become_better_has_nothing_to_tell(made):
    by = holder_of(Role.LEADER, NORDSKOLEN)

    with pytest.raises(Refused, match="has not become better"):
        share(the_figure(made, NORDSKOLEN), WORDS, by=by)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (" ", "Write some words"),
        ("x" * (LONGEST + 1), "601 characters"),
        ("Se 010110-1234", "CPR number"),
    ],
)
def test_words_that_can_not_be_kept_are_refused(made, syd, words, told):
    with pytest.raises(BadInput, match=told):
        share(the_figure(made), words, by=syd)


def test_what_is_written_anew_ends_the_old_and_keeps_it(made, syd):
    first = share(the_figure(made), WORDS, by=syd)

    share(the_figure(made), "Noget andet.", by=syd, after=first.pk)

    ended = WhatWeDid.objects.get(pk=first.pk)
    assert (ended.words, ended.ended_on) == (WORDS, today())
    assert seen(made, syd, SYDSKOLEN).own[0].told.words == "Noget andet."


def test_who_has_not_read_the_newest_words_is_told(made, syd, monkeypatch):
    figure = the_figure(made)
    share(figure, WORDS, by=syd)

    with pytest.raises(OthersWereQuicker, match="Read that first"):
        share(figure, "Noget andet.", by=syd)
    monkeypatch.setattr("kaeden.dialogue.actions.lifted.shared_now", lambda *_: None)
    with pytest.raises(OthersWereQuicker, match="Read that first"):
        share(figure, "Noget andet.", by=syd)

    assert WhatWeDid.objects.get().words == WORDS


def test_it_is_taken_back_once(made, syd, monkeypatch):
    figure = the_figure(made)
    one = share(figure, WORDS, by=syd)

    take_back(figure, by=syd)

    assert seen(made, syd, SYDSKOLEN).own[0].told is None
    with pytest.raises(Refused, match="Nothing is shared"):
        take_back(figure, by=syd)
    monkeypatch.setattr("kaeden.dialogue.actions.lifted.shared_now", lambda *_: one)
    with pytest.raises(OthersWereQuicker):
        take_back(figure, by=syd)
    assert Event.objects.filter(kind=Event.Kind.WHAT_WE_DID_TAKEN_BACK).count() == 1


def test_the_database_takes_one_sharing_at_a_time(made, syd):
    one = share(the_figure(made), WORDS, by=syd)
    facts = {"unit": one.unit, "indicator": one.indicator, "post": one.post}

    with pytest.raises(IntegrityError), transaction.atomic():
        WhatWeDid.objects.create(
            **facts, words="To", made_by=one.made_by, shared_on=today()
        )
