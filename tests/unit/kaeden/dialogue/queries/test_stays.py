import pytest

from kaeden.access.rules import Role
from kaeden.dialogue.actions import concerns, inquiries, questions
from kaeden.dialogue.models import Concern, Inquiry, Passage, Question
from kaeden.dialogue.queries.stays import stays_in
from kaeden.goals.models import Ownership
from kaeden.shared.clock import today
from tests.builders.dialogue import (
    a_concern,
    a_question,
    an_adopted_goal,
    days_ago,
    holder_of,
    the_line,
)
from tests.builders.places import TOWN, a_country, unit_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _goal(db):
    a_country()
    an_adopted_goal()


@pytest.fixture
def people():
    return the_line()


def told(actor):
    return {
        one.level.value: (one.waiting, one.overdue, one.quarters[-1].count)
        for one in stays_in(actor, unit_at(TOWN))
    }


def test_a_concern_stays_with_each_post_it_passes(people):
    leader, chief, director = people
    made = a_concern(leader)
    concerns.carry(made.pk, "Op.", by=chief)
    Concern.objects.update(written_on=days_ago(30), answer_by=days_ago(2))
    Passage.objects.filter(number=1).update(sent_on=days_ago(30))

    assert told(director) == {"director": (1, 1, 0), "chief": (0, 0, 1)}
    (at_director, at_chief) = stays_in(director, unit_at(TOWN))
    assert (at_director.days, at_chief.quarters[-1].days) == (0, 30)
    concerns.answer(made.pk, "Ned.", by=director)
    assert told(director) == {"director": (0, 0, 1), "chief": (0, 0, 1)}


def test_questions_stay_with_the_owner_and_below(people):
    leader, chief, director = people
    made = a_question()
    inquiries.send(made.pk, leader.post_id, "Hvem?", by=chief)

    assert told(director) == {"chief": (1, 0, 0), "leader": (1, 0, 0)}
    inquiries.answer(made.pk, "Alle.", by=leader)
    questions.answer(made.pk, "Sådan.", by=chief)
    assert told(director) == {"chief": (0, 0, 1), "leader": (0, 0, 1)}


def test_what_was_taken_back_or_overtaken_or_is_nobodys_is_not_counted(people):
    leader, chief, director = people
    concerns.withdraw(a_concern(leader).pk, by=leader)
    made = a_question()
    inquiries.send(made.pk, leader.post_id, "Hvem?", by=chief)
    questions.withdraw(made.pk, by=holder_of(Role.COMMITTEE, TOWN))
    a_question("Hvorfor?")
    Ownership.objects.all().end(today())

    assert Inquiry.objects.count() == 1
    assert Question.objects.count() == 2
    assert told(director) == {}


def test_only_those_who_see_the_whole_line_are_told(people, django_assert_num_queries):
    leader, chief, director = people
    a_concern(leader)
    town = unit_at(TOWN)

    with django_assert_num_queries(0):
        assert stays_in(chief, town) == stays_in(leader, town) == []
    with django_assert_num_queries(6):
        assert stays_in(director, town)


def test_a_post_outside_the_levels_has_no_stays(people):
    leader, chief, director = people
    a_concern(leader)
    Passage.objects.first().to.__class__.objects.filter(pk=chief.post_id).update(
        role=Role.ANALYST.value
    )
    inquiries_of = a_question()
    Inquiry.objects.create(
        question=inquiries_of,
        sender_id=director.post_id,
        to_id=chief.post_id,
        words="Hvem?",
        made_by_id=director.user_id,
        asked_on=today(),
        answer_by=today(),
    )

    assert told(director) == {}
