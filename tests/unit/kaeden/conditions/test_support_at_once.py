"""Two press at once on one need: one step is taken, and the other is told."""

from datetime import timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.conditions.actions import support
from kaeden.conditions.models import SupportNeed, SupportOffer
from kaeden.conditions.rules.support import Rating
from kaeden.shared.clock import today
from tests.builders.at_once import at_once
from tests.builders.dialogue import holder_of
from tests.builders.places import TOWN, a_country
from tests.builders.support import a_need, an_offer, analyst, chief, leader, met

pytestmark = pytest.mark.slow
SOON = today() + timedelta(days=7)


@pytest.fixture(autouse=True)
def _places(own_database):
    a_country()


def test_of_two_who_can_help_anybody_one_answers_and_the_other_is_told():
    first, other = analyst(), chief()
    an_offer(first)
    an_offer(other)
    made = a_need()

    def answer(by):
        return lambda: support.answer(made.pk, "Jeg kommer.", met_by=SOON, by=by)

    assert at_once(answer(first), answer(other)) == 1
    row = SupportNeed.objects.get()
    assert row.answered_by_id in {first.post_id, other.post_id}


def test_a_need_is_answered_or_taken_back_and_never_both():
    helper, asker = analyst(), leader()
    made = a_need(an_offer(helper))

    refused = at_once(
        lambda: support.fail(made.pk, "Ingen folk.", by=helper),
        lambda: support.withdraw(made.pk, by=asker),
    )

    assert refused == 1
    assert SupportNeed.objects.get().step in {"not_met", "withdrawn"}


def test_of_two_posts_above_that_answer_the_words_of_one_stand():
    director, above = holder_of(Role.DIRECTOR, TOWN), chief()
    made = a_need(an_offer(), ago=40)

    def decide(by, words):
        return lambda: support.decide(made.pk, words, by=by)

    assert at_once(decide(director, "D"), decide(above, "C")) == 1
    row = SupportNeed.objects.get()
    by = {"D": director.post_id, "C": above.post_id}
    assert row.decided_by_id == by[row.decision]


def test_who_presses_twice_at_once_has_rated_once_and_offered_once():
    helper, asker = analyst(), leader()
    made = met(a_need(an_offer(helper)))

    assert at_once(*[lambda: support.rate(made.pk, Rating.HELP, by=asker)] * 3) == 2
    assert at_once(*[lambda: support.offer("Nyt", "Alle", 3, by=helper)] * 3) == 2
    assert SupportOffer.objects.filter(what="Nyt").count() == 1
