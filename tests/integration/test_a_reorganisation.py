"""Reorganised in the middle of a year: what was answers then, now and as then known."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from kaeden.access.rules import Role
from kaeden.chaincheck.queries import check
from kaeden.dialogue.queries import assessments
from kaeden.dialogue.queries.expectations import conditions_of
from kaeden.dialogue.rules.expectations import State, Way
from kaeden.organisation import charters, queries
from kaeden.organisation.history import lineage_of, post_history, unit_history
from kaeden.organisation.identity import identity_of
from kaeden.organisation.models import Link
from kaeden.organisation.rules import Degree, Task
from kaeden.organisation.snapshot import chain_of
from kaeden.publication.series import series_of
from kaeden.shared.clock import standing_at
from tests.builders.reorganised import (
    AFTER,
    BEFORE,
    CHANGED,
    HAVN,
    MEANWHILE,
    NORD,
    SYD,
    TOLD,
    noon,
    the_story,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """Tell it once; the module's transaction takes it back."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("da"):
        yield the_story()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_the_summer_after():
    with standing_at(noon(AFTER)), translation.override("en"):
        yield


def facts(chain):
    """What a chain says, but for who held what and since when."""
    return (
        {(u.code, u.name, u.kind, u.parent, u.cluster) for u in chain.units},
        {(p.key, p.role, p.unit, p.reports_to) for p in chain.posts},
        {p.key: p.charter for p in chain.posts},
        {c.key: (c.purpose, set(c.members)) for c in chain.communities},
    )


# The chain -----------------------------------------------------------------------------


def test_then_the_chain_is_as_it_was(story):
    assert facts(chain_of(story.town, BEFORE)) == facts(story.first)


def test_now_it_is_as_it_was_drawn(story):
    now = chain_of(story.town, AFTER)

    assert now.unit[NORD].name == "Fjordskolen"
    assert {SYD, HAVN, "nord"}.isdisjoint(now.unit)
    assert now.carried_on == {
        SYD: (NORD,),
        HAVN: ("havn-a", "havn-b"),
        "nord": ("daycare",),
    }
    assert now.unit["G99902"].parent == "schools"
    assert (now.unit["G99901"].parent, now.unit["G99901"].cluster) == (
        "daycare",
        "kyst",
    )
    assert now.unit["G99901"].name == "Solstrålen ved Havet"
    assert {"leder-nord", "leder-999002"}.isdisjoint(now.post)
    assert now.post["leder-solstraalen"].reports_to == "dagtilbudschef"
    assert now.post["leder-999003"].unit == "havn-a"


def test_a_charter_that_was_changed_is_kept(story):
    then, now = (
        chain_of(story.town, day).post["leder-999001"].charter
        for day in (BEFORE, AFTER)
    )

    assert then.degree(Task.DEVELOP) is Degree.HOLDS
    assert now.degree(Task.DEVELOP) is Degree.SHARES


def test_a_community_loses_the_leader_who_left(story):
    (then,) = chain_of(story.town, BEFORE).communities
    (now,) = chain_of(story.town, AFTER).communities

    assert "leder-999002" in then.members
    assert set(now.members) == {"leder-999001", "leder-999003"}


def test_before_anybody_was_told_nothing_had_changed(story):
    known = chain_of(story.town, MEANWHILE, known_at=noon(MEANWHILE))
    told = chain_of(story.town, MEANWHILE)

    assert facts(known) == facts(story.first)
    assert facts(told) == facts(chain_of(story.town, AFTER))
    assert facts(chain_of(story.town, MEANWHILE, known_at=noon(TOLD))) == facts(told)


def test_the_day_of_the_change_belongs_to_the_new(story):
    assert SYD not in chain_of(story.town, CHANGED).unit


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_the_chain_is_checked_as_of_each_day(story, day):
    report = check(day, "999")

    assert report.as_of == day
    assert {one.unit for one in report.breaks} <= set(report.chains["999"].unit)


# Units and posts -----------------------------------------------------------------------


def test_each_unit_tells_what_it_has_been(story):
    house = unit_history(story.unit("G99901"))
    moved = unit_history(story.unit("G99902"))

    assert [one.words for one in house.names] == [
        "Solstrålen ved Havet",
        "Børnehuset Solstrålen",
    ]
    assert moved.places[0].since == CHANGED
    assert [kin.name for kin, _on in unit_history(story.unit(SYD)).after] == [
        "Fjordskolen"
    ]


def test_a_closed_post_is_still_there_to_be_read(story):
    history = post_history(story.town, "leder-nord")

    assert history.ended == CHANGED
    assert len(history.charters) == len(history.holdings) == 1


# Series --------------------------------------------------------------------------------


def series(story, code, day):
    unit = story.unit(code)
    found = series_of(story.release.pk, unit, lineage_of(unit).at(day))
    return [(one.period, one.value, one.n) for one in found.figures], found


def test_a_merged_schools_series_answers_then_and_now(story):
    then, _ = series(story, NORD, BEFORE)
    now, found = series(story, NORD, AFTER)

    assert then == [("2022/23", 6.0, 100), ("2023/24", 6.0, 100)]
    assert now == [("2022/23", 7.5, 400), ("2023/24", 7.5, 400)]
    assert [(one.on, one.before) for one in found.changes] == [
        (CHANGED, ("Sydskolen",))
    ]


def test_an_ended_schools_own_series_stays(story):
    assert series(story, SYD, AFTER)[0] == [
        ("2022/23", 8.0, 300),
        ("2023/24", 8.0, 300),
    ]


@pytest.mark.parametrize("code", ["havn-a", "havn-b"])
def test_both_halves_of_a_split_school_show_what_they_have_in_common(story, code):
    now, found = series(story, code, AFTER)

    assert now == [("2022/23", 5.0, 200), ("2023/24", 5.0, 200)]
    assert {period for _name, period in found.common} == {"2022/23", "2023/24"}


# Agreements ----------------------------------------------------------------------------


def agreements(story, day):
    """How the chief's expectation of each leader stood on a day."""
    links = list(
        Link.objects.at(day)
        .filter(upper__key="skolechef")
        .select_related("upper__unit", "lower__unit")
    )
    states = conditions_of(links, day)
    return {link.lower.key: states[link.pk][Way.DOWN].state for link in links}


def test_what_two_posts_agreed_on_holds_as_long_as_both_are_there(story):
    then, now = agreements(story, BEFORE), agreements(story, AFTER)

    assert set(then.values()) == {State.CONFIRMED}
    assert now["leder-999001"] is State.CONFIRMED
    assert "leder-999002" not in now


def test_a_post_at_a_new_unit_has_to_be_agreed_with_anew(story):
    assert agreements(story, AFTER)["leder-999003"] is State.NONE


# Rights --------------------------------------------------------------------------------


def test_holders_go_along_with_their_posts(story):
    seats = {
        key: [(seat.path, seat.role) for seat in identity_of(user).seats]
        for key, user in story.users.items()
    }

    assert seats["leder-999001"] == [("dk/999/schools/999001", Role.LEADER)]
    assert seats["leder-999003"] == [("dk/999/schools/havn-a", Role.LEADER)]
    assert seats["leder-solstraalen"] == [("dk/999/daycare/G99901", Role.LEADER)]
    assert seats["leder-999002"] == seats["leder-nord"] == []


@pytest.mark.parametrize(
    ("key", "sees"),
    [
        ("leder-999001", True),
        ("skolechef", True),
        ("direktor", True),
        ("leder-999002", False),
        ("leder-999003", False),
        ("leder-nord", False),
        ("dagtilbudschef", False),
    ],
)
def test_what_was_written_of_a_merged_school_follows_its_lineage(story, key, sees):
    found = assessments.assessments_at(story.actor(key), story.unit(SYD))

    assert bool(found) is sees


@pytest.mark.parametrize(
    ("key", "reads"),
    [
        ("leder-999001", {"leder-999001", "leder-999002"}),
        ("leder-999003", {"leder-999003"}),
        ("skolechef", {"leder-999001", "leder-999002", "leder-999003"}),
        ("dagtilbudschef", {"leder-nord", "leder-solstraalen"}),
        ("leder-999002", set()),
    ],
)
def test_old_charters_are_read_along_the_lineage(story, key, reads):
    then = chain_of(story.town, BEFORE)

    found = charters.readable_posts(story.actor(key), story.town, then)

    leaders = {post.key for post in then.posts if "leder-" in post.key}
    assert found & leaders == reads


def test_rights_to_every_unit_that_was_lie_somewhere_today(story):
    rights = queries.rights_in(story.town)
    now = chain_of(story.town, AFTER)

    assert set(story.first.unit) <= set(rights)
    assert rights[HAVN] == ("dk/999/schools/havn-a", "dk/999/schools/havn-b")
    assert rights["nord"] == ("dk/999/daycare",)
    assert set(now.unit) <= set(rights)


# Pages ---------------------------------------------------------------------------------


@pytest.fixture
def client():
    made = Client()
    made.cookies["django_language"] = "en"
    return made


def test_the_address_of_an_ended_school_answers_and_leads_on(story, client):
    text = client.get(f"/institution/{SYD}/").text

    assert "The unit was closed on Feb. 1, 2025." in text
    assert "Carried on by Fjordskolen" in text


@pytest.mark.parametrize(
    "address",
    [
        *("kaede/", "enheder/", "enhed/999002/", "enhed/nord/", "enhed/G99902/"),
        *("stilling/leder-999002/", "stilling/leder-nord/", "stilling/skolechef/"),
    ],
)
def test_every_page_answers_then_and_now(story, client, address):
    for day in ("", f"?dato={BEFORE}"):
        answer = client.get(f"/kommune/999/{address}{day}")
        assert answer.status_code == 200
        assert ("As organised then" in answer.text) is bool(day)


def test_the_list_of_units_is_that_of_each_day(story, client):
    now = client.get("/kommune/999/enheder/").text
    then = client.get(f"/kommune/999/enheder/?dato={BEFORE}").text

    assert "Fjordskolen" in now
    assert "Havn B" in now
    assert "Sydskolen" not in now
    assert "Sydskolen" in then
    assert "Havneskolen" in then
