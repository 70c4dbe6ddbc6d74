"""Which goals concern a post, and whose words it is shown."""

from dataclasses import replace

import pytest

from kaeden.access.rules import Actor, Role
from kaeden.goals.indicator_parts import Sector
from kaeden.goals.said import Said
from kaeden.goals.way import Thread
from kaeden.presentation.desks.aims import aims
from tests.builders.fjordby import TODAY, the_town

pytestmark = pytest.mark.usefixtures("english")
CHAIN = the_town().chain
SCHOOLS = "dk/999/schools"
NORDSKOLEN = f"{SCHOOLS}/999001"
UPPER_YEARS = f"{NORDSKOLEN}/999001-uds"
LEADER = Actor(role=Role.LEADER, path=NORDSKOLEN, post_id=3)
TEAM = Actor(role=Role.TEAM, path=UPPER_YEARS, post_id=5)


def a_thread(**changes):
    facts = {
        "id": 1,
        "municipality": "999",
        "key": "in-school-every-day",
        "name": "I skole hver dag",
        "sentence": "Alle elever er i skole.",
        "unit": "999",
        "since": TODAY,
        "sectors": frozenset({Sector.SCHOOL}),
        "owner": "skolechef",
    }
    return Thread(**(facts | changes))


def said(words, path, post_id=9, post="Skolechef"):
    return Said(
        id=1,
        words=words,
        since=TODAY,
        post_id=post_id,
        post_key="skolechef",
        role=Role.CHIEF_SCHOOLS,
        post=post,
        unit_path=path,
    )


def shown(goal, key, actor, *words):
    return aims([goal], CHAIN, key, {goal.key: words}, actor=actor)


def test_a_leader_reads_its_own_words_and_need_not_write_them():
    own = said("Her ringer vi hjem.", NORDSKOLEN, post_id=3)

    aim = shown(a_thread(), "leder-nordskolen", LEADER, said("Alle.", SCHOOLS), own)[0]

    assert (aim.words, aim.by, aim.write_href) == ("Her ringer vi hjem.", "", "")
    assert aim.href == "/kommune/999/maal/in-school-every-day/"


def test_a_leader_without_words_reads_the_nearest_above_and_is_asked_for_its_own():
    aim = shown(a_thread(), "leder-nordskolen", LEADER, said("Alle.", SCHOOLS))[0]

    assert (aim.words, aim.by) == ("Alle.", "Said by Skolechef")
    assert aim.write_href == "/kommune/999/maal/in-school-every-day/hos-os/"


def test_a_team_reads_its_leaders_words_and_is_asked_for_none():
    leader = said("Her ringer vi hjem.", NORDSKOLEN, post="Skoleleder, Nordskolen")

    aim = shown(
        a_thread(), "team-999001-udskoling", TEAM, said("Alle.", SCHOOLS), leader
    )[0]

    assert aim.words == "Her ringer vi hjem."
    assert aim.write_href == ""


def test_words_said_below_are_not_what_a_goal_means_here():
    below = said("I udskolingen.", UPPER_YEARS)

    assert shown(a_thread(), "leder-nordskolen", LEADER, below)[0].words == ""


def test_a_goal_of_other_children_is_not_here():
    daycare = a_thread(sectors=frozenset({Sector.DAYCARE}), owner="dagtilbudschef")

    assert shown(daycare, "leder-nordskolen", LEADER) == ()
    assert shown(daycare, "team-999001-udskoling", TEAM) == ()


def test_a_goal_for_all_children_is_here_too():
    for_all = a_thread(sectors=frozenset())

    assert len(shown(for_all, "team-999001-udskoling", TEAM)) == 1


def test_a_post_that_is_not_in_the_chain_has_no_goals():
    assert shown(a_thread(), "borgmester", replace(LEADER, post_id=None)) == ()
