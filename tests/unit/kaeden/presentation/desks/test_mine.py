"""What is expected of a post, and its room for decisions."""

import pytest

from kaeden.access.rules import Role
from kaeden.dialogue.queries.expectations import MyExpectations, mine
from kaeden.dialogue.rules.expectations import Way
from kaeden.presentation.desks.mine import expected, room
from tests.builders.dialogue import agreed, an_expectation, holder_of
from tests.builders.fjordby import the_town
from tests.builders.places import NORDSKOLEN, SCHOOLS, SYDSKOLEN, a_country

pytestmark = pytest.mark.usefixtures("english")
CHAIN = the_town().chain


def test_the_room_names_what_is_ones_own_and_whom_to_ask_about_the_rest():
    mine_to_decide = room(CHAIN, "leder-nordskolen")

    assert mine_to_decide.decision_room.startswith("Hold og skemaer")
    first = mine_to_decide.not_mine[0]
    assert (first.note, first.href) == (
        "Skolechef",
        "/kommune/999/stilling/skolechef/",
    )
    assert mine_to_decide.href == "/kommune/999/stilling/leder-nordskolen/"


@pytest.mark.parametrize("key", ["leder-engskolen", "borgmester", ""])
def test_without_a_charter_there_is_no_room_to_show(key):
    assert room(CHAIN, key) is None


def test_a_post_without_links_is_expected_nothing_of():
    view = expected(MyExpectations(up=None, down=()))

    assert (view.up, view.waits, view.waiting) == (None, "", ())


@pytest.mark.django_db
def test_the_first_that_wait_are_shown_and_all_are_counted():
    a_country()
    chief = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)
    for school in (NORDSKOLEN, SYDSKOLEN):
        agreed(chief, holder_of(Role.LEADER, school))
        an_expectation(chief, holder_of(Role.LEADER, school), Way.UP)

    view = expected(mine(chief), most=1)

    assert len(view.waiting) == 1
    assert view.waits == "2 expectations wait for you."
    assert view.up.is_vacant
