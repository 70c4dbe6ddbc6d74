"""Who has lifted themselves, through the browser's doors."""

import pytest
from django.utils import translation

from kaeden.access.rules import Role
from kaeden.dialogue.models import WhatWeDid
from kaeden.learning.actions.adoptions import end
from tests.builders.figures import a_release, a_result, a_town_result
from tests.builders.places import NORDSKOLEN, SCHOOLS, SYDSKOLEN, TOWN
from tests.builders.practices import TALKS, adopted, other_leader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
ABSENCE = "school-absence"
BETTER = {
    "slope": -0.3,
    "slope_se": 0.05,
    "points": 8.0,
    "preliminary": False,
    "direction": -1,
}
WORDS = "Vi ringer hjem den første dag."


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _lifted(fjordby):
    return a_release(
        a_result(),
        a_result("999002", **BETTER),
        a_town_result(),
        peers={("institution", "999001"): ("999002",)},
    )


def english(client):
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def syd(as_holder):
    return english(as_holder(Role.LEADER, SYDSKOLEN))


def test_anybody_sees_who_like_a_school_has_become_better(client, to):
    text = english(client).get(to("lifted", "999001")).text

    assert "1 of the 1 like Nordskolen has become better" in text
    assert "Sydskolen" in text
    assert "Better, hardly by chance" in text
    assert "Nobody is enough like" in english(client).get(to("lifted", "999")).text


def test_a_leader_tells_what_was_done_and_the_other_leaders_read_it(
    syd, as_holder, client, to
):
    tell = to("what_we_did", "999002", ABSENCE)
    assert tell in syd.get(to("desk")).text
    assert tell in syd.get(to("lifted", "999002")).text
    assert "What did we do?" in syd.get(tell).text

    answer = syd.post(
        to("share_what_we_did", "999002", ABSENCE), {"words": WORDS}, follow=True
    )

    assert WORDS in answer.text
    north = as_holder(Role.LEADER, NORDSKOLEN)
    assert WORDS in north.get(to("lifted", "999001")).text
    assert "Sydskolen" in north.get(to("desk")).text
    assert to("visit_unit", "999002") in north.get(to("lifted", "999001")).text
    assert to("visit_unit", "999002") not in syd.get(to("lifted", "999002")).text
    committee = as_holder(Role.COMMITTEE, TOWN)
    for stranger in (client, committee):
        assert WORDS not in stranger.get(to("lifted", "999001")).text


def test_two_in_a_post_who_tell_it_lose_no_words(syd, to):
    share = to("share_what_we_did", "999002", ABSENCE)
    syd.post(share, {"words": WORDS})

    answer = syd.post(share, {"words": "Noget andet."})

    assert answer.status_code == 409
    assert WORDS in answer.text
    assert "Noget andet." in answer.text
    pk = WhatWeDid.objects.get().pk
    assert syd.post(share, {"words": "Begge.", "after": pk}).status_code == 302


def test_it_is_shared_no_longer(syd, to):
    syd.post(to("share_what_we_did", "999002", ABSENCE), {"words": WORDS})

    answer = syd.post(to("take_back_what_we_did", "999002", ABSENCE), follow=True)

    assert "It is shared no longer." in answer.text
    assert WORDS not in answer.text


def test_no_words_come_back_with_what_is_missing(syd, to):
    answer = syd.post(to("share_what_we_did", "999002", ABSENCE), {"words": " "})

    assert answer.status_code == 400
    assert "Write some words." in answer.text


def test_what_has_not_become_better_has_no_form(as_holder, to):
    north = english(as_holder(Role.LEADER, NORDSKOLEN))

    text = north.get(to("what_we_did", "999001", ABSENCE)).text

    assert "has not become better by more than chance explains" in text
    assert to("share_what_we_did", "999001", ABSENCE) not in text
    shared = north.post(to("share_what_we_did", "999001", ABSENCE), {"words": WORDS})
    assert shared.status_code == 409


def test_nobody_tells_it_for_others(as_holder, client, to):
    tell = to("what_we_did", "999002", ABSENCE)

    assert client.get(tell).status_code == 302
    for role, path in ((Role.LEADER, NORDSKOLEN), (Role.CHIEF_SCHOOLS, SCHOOLS)):
        assert as_holder(role, path).get(tell).status_code == 403


def test_where_none_has_become_better_that_is_said(client, to):
    a_release(
        a_result(), a_result("999002"), peers={("institution", "999001"): ("999002",)}
    )

    text = english(client).get(to("lifted", "999001")).text

    assert "1 is like Nordskolen. It has not become better" in text


def test_a_leader_sees_which_practices_they_use_that_should_move_it(
    as_holder, client, to
):
    adopted(TALKS, by=other_leader())
    adopted("co-teaching", by=other_leader())
    north = english(as_holder(Role.LEADER, NORDSKOLEN))

    text = north.get(to("lifted", "999001")).text

    assert to("practice", TALKS) in text
    assert to("practice", "co-teaching") not in text
    assert "In use since" in text
    assert to("practice", TALKS) not in english(client).get(to("lifted", "999001")).text


def test_a_practice_that_is_used_no_longer_is_told_with_both_days(as_holder, to):
    end(adopted(TALKS, by=other_leader()).pk, by=other_leader())

    text = english(as_holder(Role.LEADER, NORDSKOLEN)).get(to("lifted", "999001")).text

    assert "Used from" in text
