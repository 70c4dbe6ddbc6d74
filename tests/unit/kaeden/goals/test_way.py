"""Whom a goal concerns, and where it stops on its way to the child."""

from dataclasses import replace
from datetime import date

import pytest

from kaeden.access.rules import Role
from kaeden.goals.indicator_parts import Sector
from kaeden.goals.way import Stop, Thread, concerned, sectors_of, stops
from kaeden.organisation.rules import Kind
from tests.builders.chains import a_chain, a_post, a_unit, with_post, with_unit, without
from tests.builders.goals import everybody_in_place

BEGAN, LATER = date(2026, 8, 1), date(2026, 9, 15)
SCHOOL, DAYCARE, SOCIAL = Sector.SCHOOL, Sector.DAYCARE, Sector.SOCIAL
CHAIN = everybody_in_place()
LEADERS = ("leder-999001", "leder-999002")


def a_thread(*taken_up, **facts):
    known = {
        "id": 1,
        "municipality": "999",
        "key": "en-ven",
        "name": "En ven",
        "sentence": "Alle børn har en ven.",
        "unit": "999",
        "since": BEGAN,
        "sectors": frozenset({SCHOOL}),
        "owner": "skolechef",
        "taken_up": dict.fromkeys(taken_up, LATER),
    }
    return Thread(**(known | facts))


def keys(thread, chain=CHAIN):
    return [post.key for post in concerned(thread, chain)]


# Sectors ------------------------------------------------------------------------------


def test_an_institution_gives_its_sector_to_what_is_in_it_and_above_it():
    found = sectors_of(CHAIN)

    assert found["999001-3a"] == found["schools"] == {SCHOOL}
    assert found["nord"] == found["daycare"] == {DAYCARE}
    assert found["999"] == {SCHOOL, DAYCARE}


def test_a_cluster_in_the_second_hierarchy_has_the_sector_of_its_institutions():
    district = replace(
        CHAIN, units=(*CHAIN.units, a_unit("vest", "Vest", Kind.CLUSTER, "999"))
    )

    found = sectors_of(with_unit(district, "999001", cluster="vest"))

    assert found["vest"] == {SCHOOL}


def test_an_area_without_institutions_has_the_sector_of_its_name():
    families = a_unit("families", "Familier", Kind.AREA, "999")

    found = sectors_of(replace(CHAIN, units=(*CHAIN.units, families)))

    assert found["families"] == {SOCIAL}


# Whom it concerns ---------------------------------------------------------------------


def test_a_goal_concerns_its_owner_and_those_below_where_its_children_are():
    assert keys(a_thread()) == ["skolechef", *LEADERS]


def test_a_goal_of_two_sectors_concerns_both_chiefs_and_all_below_them():
    both = a_thread(sectors=frozenset({SCHOOL, DAYCARE}))

    assert keys(both) == [
        *("skolechef", "dagtilbudschef", "leder-nord", *LEADERS, "leder-solstraalen")
    ]


def test_a_goal_that_names_no_sector_concerns_all():
    assert keys(a_thread(sectors=frozenset())) == [
        *("skolechef", "dagtilbudschef", "leder-nord", *LEADERS, "leder-solstraalen")
    ]


@pytest.mark.parametrize("owner", ["", "gone", "direktor", "udvalg"])
def test_without_an_owner_lower_down_it_begins_with_the_director(owner):
    found = keys(a_thread(owner=owner))

    top = ["udvalg", "direktor"] if owner == "udvalg" else ["direktor"]
    assert found == [*top, "skolechef", *LEADERS]


def test_an_areas_own_goal_stays_in_the_area():
    assert keys(a_thread(sectors=frozenset(), unit="daycare", owner="leder-nord")) == [
        *("leder-nord", "leder-solstraalen")
    ]


def test_a_goal_owned_outside_its_sectors_still_concerns_its_owner():
    assert keys(a_thread(owner="dagtilbudschef")) == [
        *("skolechef", "dagtilbudschef", *LEADERS)
    ]


# Where it stops -----------------------------------------------------------------------


def found(*taken_up, chain=CHAIN, **facts):
    return list(stops(a_thread(*taken_up, **facts), chain))


def test_a_goal_that_all_have_taken_up_stops_nowhere():
    assert found("skolechef", *LEADERS) == []


def test_a_goal_that_its_owner_has_not_taken_up_stops_there_and_nothing_else_is_said():
    begun = Stop(upper="", missing=("skolechef",), led=("skolechef",), since=BEGAN)

    assert found() == [begun]


def test_below_a_post_that_has_taken_it_up_the_silent_ones_are_counted_together():
    assert found("skolechef") == [
        Stop(upper="skolechef", missing=LEADERS, led=LEADERS, since=LATER)
    ]


def test_of_two_leaders_one_is_missing():
    assert found("skolechef", "leder-999002") == [
        Stop(upper="skolechef", missing=LEADERS[:1], led=LEADERS, since=LATER)
    ]


def test_two_chiefs_at_the_top_stop_it_each_for_their_own_part():
    both = found(sectors=frozenset({SCHOOL, DAYCARE}))

    assert [stop.missing for stop in both] == [("skolechef",), ("dagtilbudschef",)]


def test_it_goes_past_a_post_that_it_does_not_concern():
    staff = a_post("stab", Role.ANALYST, "schools", "skolechef", holder="Kim")
    chain = replace(CHAIN, posts=(*CHAIN.posts, staff))
    chain = with_post(chain, "leder-999001", reports_to="stab")

    assert set(found("skolechef", chain=chain)[0].missing) == set(LEADERS)


def test_a_vacant_post_stops_nothing_that_could_be_mended_here():
    vacant = with_post(CHAIN, "leder-999001", holder="")

    assert found("skolechef", "leder-999002", chain=vacant) == []
    assert found(chain=with_post(CHAIN, "skolechef", holder="")) == []


def test_a_circle_of_links_ends():
    chain = with_post(CHAIN, "skolechef", reports_to="leder-999001")

    assert found(*LEADERS, chain=chain) == [
        Stop(
            upper="leder-999001",
            missing=("skolechef",),
            led=("skolechef",),
            since=LATER,
        )
    ]


def test_a_chain_without_leaders_has_nowhere_to_stop():
    empty = without(a_chain(), *(post.key for post in a_chain().posts))

    assert list(stops(a_thread(), empty)) == []
