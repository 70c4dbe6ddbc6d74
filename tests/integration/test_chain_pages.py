"""The chain and its breaks, opened by those who may see much and by those who may not."""

import re

import pytest

from kaeden.access.rules import Role
from kaeden.goals.models import Goal, Meaning, Ownership
from tests.builders.places import (
    DAYCARE,
    LOADED,
    NORDSKOLEN,
    SCHOOLS,
    TOWN,
    post_at,
    unit_at,
)

pytestmark = pytest.mark.django_db
CHAIN, BREAKS = "/kommune/999/kaede/", "/kommune/999/brud/"
GOAL = "in-school-every-day"


@pytest.fixture
def goal(fjordby):
    """A goal that the chief of schools has taken up, and Nordskolen has not."""
    found = Goal.objects.create(
        municipality=unit_at(TOWN), unit=unit_at(TOWN), key=GOAL, valid_from=LOADED
    )
    chief = post_at(SCHOOLS, Role.CHIEF_SCHOOLS)
    Ownership.objects.create(goal=found, post=chief, valid_from=LOADED)
    Meaning.objects.create(goal=found, post=chief, words="Vi ses.", valid_from=LOADED)
    return found


def listed(answer):
    """The goals, posts and breaks of the picture, and of the list."""
    picture = re.search(r'<svg class="kd-picture.*?</svg>', answer.text, re.DOTALL)
    _before, listing = answer.text.split("kd-chain-list")
    return [
        {
            what: set(re.findall(f'data-{what}="([^"]+)"', part))
            for what in ("goal", "post", "break")
        }
        for part in (picture[0], listing)
    ]


def test_anybody_sees_posts_vacancy_and_adopted_goals(client, goal):
    answer = client.get(CHAIN)

    assert answer.status_code == 200
    assert "I skole hver dag" in answer.text
    assert "alle ledige" in answer.text
    picture, listing = listed(answer)
    assert picture == listing


def test_the_list_and_the_picture_have_the_same_goals_posts_and_breaks(goal, as_holder):
    answer = as_holder("director", TOWN).get(CHAIN)

    picture, listing = listed(answer)
    assert picture == listing
    assert picture["goal"] >= {"I skole hver dag"}
    assert picture["break"]


def test_who_has_taken_a_goal_up_is_seen_in_the_line_and_not_beside_it(goal, as_holder):
    stops = "stopper ved"
    as_holder("leader", NORDSKOLEN)

    assert stops in as_holder("chief_schools", SCHOOLS).get(BREAKS).text
    assert stops not in as_holder("chief_daycare", DAYCARE).get(BREAKS).text


def test_a_visitor_reads_of_no_goal_that_stops(goal, client, as_holder):
    as_holder("leader", NORDSKOLEN)

    assert "stopper ved" not in client.get(BREAKS).text
    assert "Ledige stillinger" in client.get(BREAKS).text


def test_one_sees_the_breaks_that_ones_own_post_owns(goal, as_holder):
    leader = as_holder("leader", NORDSKOLEN)
    mine = leader.get(BREAKS, {"hvis": "mine"})

    assert "Du ejer 2 brud." in mine.text
    assert "Skriv, hvad målet betyder hos jer" in mine.text


def test_the_chain_is_shown_as_organised_on_another_day(client, fjordby):
    then = client.get(CHAIN, {"dato": LOADED.isoformat()})

    assert "Som organiseret dengang" in then.text
    assert f"{BREAKS}?dato={LOADED.isoformat()}" in then.text


@pytest.mark.parametrize("address", [CHAIN, BREAKS])
@pytest.mark.parametrize(
    ("day", "status"), [("i-morgen", 400), ("2999-01-01", 400), ("1999-01-01", 404)]
)
def test_a_day_that_cannot_be_shown_is_said_to_be_so(
    client, fjordby, address, day, status
):
    answer = client.get(address, {"dato": day})

    assert answer.status_code == status
    assert "<h1>" in answer.text
