"""Two write in a conversation at once: nobody's words are lost, the second is told."""

from datetime import timedelta

import pytest

from kaeden.dialogue.actions import burdens, conversations
from kaeden.dialogue.models import (
    Agreed,
    Burden,
    Commitment,
    Conclusion,
    Conversation,
    Preparation,
)
from kaeden.dialogue.queries.conversations import get_whole
from kaeden.dialogue.rules.conversations import Step
from kaeden.dialogue.rules.links import End
from kaeden.shared.clock import today
from tests.builders.dialogue import up_from
from tests.builders.places import a_country
from tests.builders.talks import concluded, held, planned, two, written
from tests.unit.kaeden.dialogue.test_at_once import at_once

pytestmark = pytest.mark.slow
SOON = today() + timedelta(days=20)


@pytest.fixture(autouse=True)
def _places(own_database):
    a_country()


def test_both_sides_write_at_once_and_both_are_kept():
    chief, leader = two()
    made = planned(chief, leader)
    written(made.pk, leader)

    refused = at_once(
        lambda: written(made.pk, leader, "Lederens", after=1),
        lambda: written(made.pk, chief, "Chefens"),
    )

    whole = get_whole(chief, made.pk)
    assert refused == 0
    assert whole.newest(End.LOWER).focus == ["Lederens"]
    assert whole.newest(End.UPPER).focus == ["Chefens"]


def test_of_two_who_write_the_same_side_one_is_told():
    chief, leader = two()
    made = planned(chief, leader)

    refused = at_once(*[lambda: written(made.pk, leader)] * 3)

    assert (refused, Preparation.objects.count()) == (2, 1)


def test_of_two_who_plan_one_is_told():
    chief, leader = two()
    link = up_from(leader).id

    refused = at_once(*[lambda: conversations.plan(link, SOON, by=chief)] * 2)

    assert (refused, Conversation.objects.count()) == (1, 1)


def test_of_two_who_write_what_they_agree_on_one_is_told():
    chief, leader = two()
    made = held(chief, leader)

    def write(by, words):
        return lambda: conversations.conclude(
            made.pk, words, open_parts=(), after=0, by=by
        )

    assert at_once(write(chief, "Chefens"), write(leader, "Lederens")) == 1
    assert Conclusion.objects.count() == 1


def test_both_confirm_at_once():
    chief, leader = two()
    made = concluded(chief, leader)

    refused = at_once(
        *(
            lambda by=by: conversations.confirm(made.pk, number=1, by=by)
            for by in (chief, leader)
        )
    )

    assert (refused, Agreed.objects.count()) == (0, 2)
    assert get_whole(chief, made.pk).talk.now.step is Step.CONFIRMED


def test_nobody_confirms_words_that_change_at_the_same_moment():
    chief, leader = two()
    made = concluded(chief, leader)

    at_once(
        lambda: conversations.confirm(made.pk, number=1, by=leader),
        lambda: conversations.conclude(
            made.pk, "Andet.", open_parts=(), after=1, by=chief
        ),
    )

    assert get_whole(chief, made.pk).talk.now.step is Step.HELD


def test_there_are_never_more_than_three_commitments():
    chief, leader = two()
    made = held(chief, leader)

    def promise(number):
        words = f"Nummer {number}"
        return lambda: conversations.promise(made.pk, words, due=SOON, by=chief)

    assert at_once(*(promise(number) for number in range(5))) == 2
    assert Commitment.objects.count() == 3


def test_of_two_who_write_what_weighs_one_is_told():
    chief, leader = two()
    made = held(chief, leader)

    refused = at_once(
        *(
            lambda by=by: burdens.write(made.pk, "Tungt", after=0, by=by)
            for by in (chief, leader)
        )
    )

    assert (refused, Burden.objects.count()) == (1, 1)
