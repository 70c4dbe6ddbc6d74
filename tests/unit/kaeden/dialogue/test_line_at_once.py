"""Two people act on a concern at once: one is done, the other is told."""

import pytest

from kaeden.dialogue.actions import concerns, inquiries
from kaeden.dialogue.models import Concern, Inquiry, Passage
from tests.builders.dialogue import a_concern, a_question, an_adopted_goal, the_line
from tests.builders.places import a_country
from tests.unit.kaeden.dialogue.test_at_once import at_once

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _places(own_database):
    a_country()


def test_a_concern_is_answered_or_carried_and_never_both():
    leader, chief, _director = the_line()
    made = a_concern(leader)

    refused = at_once(
        lambda: concerns.answer(made.pk, "Sådan.", by=chief),
        lambda: concerns.carry(made.pk, "Op.", by=chief),
    )

    assert refused == 1
    is_answered = Concern.objects.get().answer == "Sådan."
    assert Passage.objects.count() == (1 if is_answered else 2)


def test_who_presses_twice_at_once_has_written_once():
    leader, _chief, _director = the_line()

    assert at_once(*[lambda: a_concern(leader)] * 3) == 2
    assert Concern.objects.count() == 1


def test_a_post_that_is_asked_twice_at_once_is_asked_once():
    leader, chief, _director = the_line()
    an_adopted_goal()
    question = a_question().pk

    def ask():
        inquiries.send(question, leader.post_id, "Hvem ringer I til?", by=chief)

    assert at_once(*[ask] * 2) == 1
    assert Inquiry.objects.count() == 1


def test_a_post_that_answers_twice_at_once_has_one_answer():
    leader, chief, _director = the_line()
    an_adopted_goal()
    question = a_question().pk
    inquiries.send(question, leader.post_id, "Hvem ringer I til?", by=chief)

    refused = at_once(
        lambda: inquiries.answer(question, "Alle.", by=leader),
        lambda: inquiries.answer(question, "Nogle.", by=leader),
    )

    assert refused == 1
    assert Inquiry.objects.get().answer in {"Alle.", "Nogle."}
