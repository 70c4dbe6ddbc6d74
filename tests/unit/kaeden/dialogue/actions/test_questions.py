from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import NOBODY, Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions import questions
from kaeden.dialogue.actions.questions import answer, ask, withdraw
from kaeden.dialogue.errors import NoSuchQuestion, OthersWereQuicker
from kaeden.dialogue.models import Question
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.models import Ownership
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.dialogue import (
    GOAL,
    a_question,
    an_adopted_goal,
    holder_of,
)
from tests.builders.places import (
    DAYCARE,
    HAVBY,
    NORDSKOLEN,
    SCHOOLS,
    TOWN,
    a_country,
    unit_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def goal(db):
    a_country()
    return an_adopted_goal()


@pytest.fixture
def chief():
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def committee():
    return holder_of(Role.COMMITTEE, TOWN)


def test_a_question_goes_to_the_owner_with_four_weeks_to_answer(goal, committee):
    made = a_question("  Hvad gør I?  ")

    assert (made.goal, made.words, made.asked_by_id) == (
        *(goal, "Hvad gør I?", committee.post_id),
    )
    assert made.answer_by == today() + timedelta(weeks=4)
    assert str(made).endswith(f"{today()} – {made.answer_by}")


def test_the_answer_stands_on_the_question(chief):
    made = a_question()

    answer(made.pk, " Vi ringer hjem den første dag. ", by=chief)

    made.refresh_from_db()
    assert (made.answer, made.answered_on) == (
        *("Vi ringer hjem den første dag.", today()),
    )
    assert (made.answered_by_id, made.written_by_id) == (chief.post_id, chief.user_id)


def test_only_a_committee_asks_and_only_its_own_municipality(chief):
    director = holder_of(Role.DIRECTOR, TOWN)
    neighbour = holder_of(Role.COMMITTEE, f"dk/{HAVBY}")

    for other in (NOBODY, chief, director, neighbour):
        with pytest.raises(Forbidden):
            ask(unit_at(TOWN), GOAL, "Hvorfor?", by=other)
    assert not Question.objects.exists()


def test_a_question_needs_a_goal_that_somebody_owns(committee):
    with pytest.raises(NoSuchGoal):
        ask(unit_at(TOWN), "be-best", "Hvorfor?", by=committee)
    Ownership.objects.all().end(today())
    with pytest.raises(Refused, match="Nobody owns"):
        a_question()


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_a_day_that_is_not_within_a_year_is_refused(days):
    with pytest.raises(BadInput, match="Choose a day"):
        a_question(answer_by=today() + timedelta(days=days))


def test_the_same_is_not_asked_twice_while_it_waits(chief):
    made = a_question()

    with pytest.raises(Refused, match="asked already"):
        a_question()
    answer(made.pk, "Sådan.", by=chief)
    assert a_question()


def test_only_the_owner_answers(chief, committee):
    made = a_question()
    inside = [
        *(committee, holder_of(Role.DIRECTOR, TOWN)),
        holder_of(Role.LEADER, NORDSKOLEN),
    ]

    for other in inside:
        with pytest.raises(Refused, match="post that owns the goal"):
            answer(made.pk, "Mit svar", by=other)
    for other in (NOBODY, holder_of(Role.CHIEF_DAYCARE, DAYCARE)):
        with pytest.raises(NoSuchQuestion):
            answer(made.pk, "Mit svar", by=other)


def test_a_question_is_answered_once(chief):
    made = a_question()
    answer(made.pk, "Sådan.", by=chief)

    with pytest.raises(Refused, match="has been answered"):
        answer(made.pk, "Eller sådan.", by=chief)


def test_two_who_answer_in_the_same_moment_are_told_apart(chief, monkeypatch):
    made = a_question()
    seen = questions.get_question(chief, made.pk)
    answer(made.pk, "Sådan.", by=chief)
    monkeypatch.setattr(questions, "get_question", lambda _by, _pk: seen)

    with pytest.raises(OthersWereQuicker):
        answer(made.pk, "Eller sådan.", by=chief)
    assert Question.objects.get().answer == "Sådan."


def test_who_asked_takes_it_back_before_it_is_answered(chief, committee):
    made = a_question()

    with pytest.raises(Refused, match="post that asked"):
        withdraw(made.pk, by=chief)
    withdraw(made.pk, by=committee)

    made.refresh_from_db()
    assert made.withdrawn_on == today()
    with pytest.raises(Refused, match="taken back"):
        answer(made.pk, "Sådan.", by=chief)


def test_every_verb_leaves_its_trace(chief, committee):
    answer(a_question().pk, "Sådan.", by=chief)
    withdraw(a_question("Og?").pk, by=committee)

    kinds = Event.objects.filter(kind__startswith="question").order_by("pk")
    assert [one.kind for one in kinds] == [
        *("question_asked", "question_answered", "question_asked"),
        "question_withdrawn",
    ]


@pytest.mark.parametrize(
    "change", [{"words": ""}, {"answer": "Halvt"}, {"answered_on": today()}]
)
def test_the_database_itself_refuses_half_a_thing(change):
    a_question()

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.update(**change)


def test_the_database_itself_keeps_an_answer_from_being_taken_back(chief):
    answer(a_question().pk, "Sådan.", by=chief)

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.update(withdrawn_on=today())
