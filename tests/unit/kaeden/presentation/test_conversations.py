"""What a conversation says of itself before anything is released, and afterwards."""

from datetime import timedelta

import pytest

from kaeden.access.rules import NOBODY, Role
from kaeden.dialogue.models import Preparation
from kaeden.dialogue.queries.conversations import get_whole, in_line_below, mine
from kaeden.dialogue.rules.links import End
from kaeden.organisation.models import Link
from kaeden.presentation.conversations import page, results_of, side, talk_line
from kaeden.reports.conversations import clipped
from kaeden.shared.clock import today
from kaeden.web.conversation_forms import SideForm
from kaeden.web.conversation_parts import results_to_choose
from tests.builders.dialogue import holder_of
from tests.builders.places import SYDSKOLEN, TOWN, a_country
from tests.builders.talks import at, confirmed, held, planned, two, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def line_of(actor):
    found = mine(actor)
    return talk_line((*found.open, *found.over)[0])


def test_each_end_is_told_its_next_act():
    chief, leader = two()
    made = planned(chief, leader)
    assert (line_of(chief).act, line_of(leader).act) == ("Read it", "Choose the focus")
    written(made.pk, leader)
    assert (line_of(chief).act, line_of(leader).act) == ("Write your side", "Read it")
    written(made.pk, chief)
    assert line_of(leader).act == "Prepare the conversation"


def test_when_the_day_has_come_both_are_asked_to_write():
    chief, leader = two()
    made = planned(chief, leader)

    with at(made.opens_on):
        assert line_of(leader).act == "Choose the focus"
        assert line_of(chief).act == "Write your side"


def test_without_a_release_there_is_no_result_to_choose():
    chief, leader = two()
    whole = get_whole(leader, planned(chief, leader).pk)

    assert results_to_choose(whole) == []
    assert "results" not in SideForm(end=End.LOWER, results=[]).fields


def test_a_result_that_is_shown_no_more_is_left_out():
    words = Preparation(results=["school-absence", "gone"], release_id=1)

    assert list(results_of(words, {1: []})) == []


def test_nothing_was_written_is_said_after_the_conversation():
    chief, leader = two()
    whole = get_whole(leader, held(chief, leader).pk)

    assert "before the conversation" in side(whole, End.UPPER, {}).note


def test_two_who_are_linked_no_more_are_not_waited_for():
    chief, leader = two()
    made = planned(chief, leader)
    Link.objects.filter(lower_id=leader.post_id).end(today())

    view = page(get_whole(leader, made.pk), {}, [], {}, "/")

    assert view.waits == ""
    assert not any(view.may.values())


def test_who_has_no_line_is_told_no_numbers():
    chief, leader = two()
    with at(today() - timedelta(days=3)):
        confirmed(chief, leader)

    assert in_line_below(NOBODY) is None
    assert in_line_below(holder_of(Role.LEADER, SYDSKOLEN)) is None
    found = in_line_below(holder_of(Role.DIRECTOR, TOWN))
    assert (found.planned, found.held) == (0, 1)


def test_what_is_too_long_for_a_line_is_cut_at_a_blank():
    assert clipped("Vi læser hver dag", 12) == "Vi læser …"
    assert clipped("Vi læser", 12) == "Vi læser"
