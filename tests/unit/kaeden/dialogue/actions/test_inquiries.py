from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions import inquiries, questions
from kaeden.dialogue.actions.inquiries import answer, send
from kaeden.dialogue.errors import NoSuchQuestion, OthersWereQuicker
from kaeden.dialogue.models import Inquiry, Question
from kaeden.dialogue.queries import waiting
from kaeden.dialogue.queries.inquiries import (
    get_for_me,
    on_question,
    open_at,
    those_who_can_be_asked,
)
from kaeden.dialogue.queries.questions import get_question
from kaeden.dialogue.queries.waiting import Kind, Side
from kaeden.dialogue.rules.inquiries import State
from kaeden.goals.models import Goal, Ownership
from kaeden.organisation.models import Post
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Refused
from tests.builders.dialogue import (
    a_question,
    a_team,
    an_adopted_goal,
    days_ago,
    holder_of,
    the_line,
)
from tests.builders.places import DAYCARE, NORDSKOLEN, SYDSKOLEN, TOWN, a_country

pytestmark = pytest.mark.django_db
WORDS = "Hvor mange ringer I til den første dag?"


@pytest.fixture(autouse=True)
def _goal(db):
    a_country()
    an_adopted_goal()


@pytest.fixture
def people():
    return the_line()


def sent(people, words=WORDS):
    leader, chief, _director = people
    question = Question.objects.first() or a_question()
    return send(question.pk, leader.post_id, words, by=chief)


def test_the_owner_sends_a_question_on_with_two_weeks_to_answer(people):
    leader, chief, _director = people

    made = sent(people, f"  {WORDS} ")

    assert (made.words, made.sender_id, made.to_id) == (
        *(WORDS, chief.post_id, leader.post_id),
    )
    assert made.answer_by == today() + timedelta(weeks=2)
    assert str(made) == f"{made.question_id}: {chief.post_id} → {leader.post_id}"


def test_the_answer_from_below_is_the_owners_to_use(people):
    leader, chief, _director = people
    question = sent(people).question_id

    answer(question, " Til alle. ", by=leader)

    (one,) = on_question(chief, question)
    assert (one.answer, one.answered_on, one.state) == (
        *("Til alle.", today(), State.ANSWERED),
    )
    assert not Question.objects.get().answer


def test_the_committee_sees_that_it_is_on_its_way_and_no_words(people):
    committee = holder_of(Role.COMMITTEE, TOWN)
    question = sent(people).question_id

    assert get_question(committee, question).is_sent_down
    assert on_question(committee, question) == []
    answer(question, "Til alle.", by=people[0])
    assert not get_question(committee, question).is_sent_down
    assert on_question(committee, question) == []


def test_those_between_and_beside_read_no_words_of_it(people):
    question = sent(people).question_id

    for other in (people[2], holder_of(Role.LEADER, SYDSKOLEN)):
        assert on_question(other, question) == []
        with pytest.raises(NoSuchQuestion):
            answer(question, "Nå", by=other)


def test_whoever_owns_the_goal_later_reads_the_answer(people):
    question = sent(people).question_id
    new_owner = holder_of(Role.CHIEF_DAYCARE, DAYCARE)
    goal = Goal.objects.get()
    Ownership.objects.all().end(today())
    Ownership.objects.create(goal=goal, post_id=new_owner.post_id, valid_from=today())

    assert len(on_question(new_owner, question)) == 1


def test_only_the_owner_sends_it_and_only_to_a_held_post_below_that_reads(people):
    leader, chief, director = people
    question = a_question().pk
    held = Post.objects.get(pk=leader.post_id)

    assert those_who_can_be_asked(chief) == [held]
    for other in (director, leader):
        with pytest.raises(Refused, match="owns the goal sends"):
            send(question, leader.post_id, WORDS, by=other)
    vacant = Post.objects.get(unit__path=SYDSKOLEN, role=Role.LEADER.value)
    for nobody in (vacant.pk, director.post_id, chief.post_id, 0):
        with pytest.raises(BadInput, match="below you"):
            send(question, nobody, WORDS, by=chief)


def test_a_post_below_that_reads_no_questions_is_not_asked(people):
    (team,) = a_team(NORDSKOLEN, 1)
    chief = people[1]
    assert team.post_id in {post.pk for post in those_who_can_be_asked(chief)}

    Post.objects.filter(pk=team.post_id).update(role=Role.ANALYST.value)

    assert team.post_id not in {post.pk for post in those_who_can_be_asked(chief)}


@pytest.mark.parametrize("days", [0, 366])
def test_a_day_that_is_not_within_a_year_is_refused(people, days):
    leader, chief, _director = people
    day = today() + timedelta(days=days)

    with pytest.raises(BadInput, match="Choose a day"):
        send(a_question().pk, leader.post_id, WORDS, by=chief, answer_by=day)


@pytest.mark.parametrize("words", [" ", "x" * 1001, "Barnet 010101-1234"])
def test_words_that_cannot_be_kept_are_refused_whole(people, words):
    question = sent(people).question_id

    with pytest.raises(BadInput):
        sent(people, words)
    with pytest.raises(BadInput):
        answer(question, words, by=people[0])
    assert not Inquiry.objects.get().answer


def test_a_post_is_asked_once_at_a_time(people):
    question = sent(people).question_id

    with pytest.raises(Refused, match="asked already"):
        sent(people, "Og hvem?")
    answer(question, "Alle.", by=people[0])
    assert sent(people, "Og hvem?")
    assert get_for_me(people[0], question).words == "Og hvem?"


def test_it_is_answered_once_and_not_when_the_question_is_closed(people):
    leader, chief, _director = people
    question = sent(people).question_id
    answer(question, "Alle.", by=leader)
    with pytest.raises(Refused, match="has answered"):
        answer(question, "Nogle.", by=leader)
    sent(people, "Og hvem?")
    questions.answer(question, "Sådan.", by=chief)

    with pytest.raises(Refused, match="closed meanwhile"):
        answer(question, "For sent.", by=leader)
    with pytest.raises(Refused, match="has been answered"):
        sent(people, "Mere?")


def test_who_comes_second_is_told(people, monkeypatch):
    leader = people[0]
    question = sent(people).question_id
    before = get_for_me(leader, question)
    answer(question, "Alle.", by=leader)
    monkeypatch.setattr(inquiries, "get_for_me", lambda _by, _question: before)

    with pytest.raises(OthersWereQuicker):
        answer(question, "Nogle.", by=leader)


def test_it_waits_at_one_pin_and_was_sent_by_another_until_the_question_is_closed(
    people,
):
    leader, chief, _director = people
    question = sent(people).question_id
    Inquiry.objects.update(asked_on=days_ago(20), answer_by=days_ago(6))

    (below,) = [one for one in waiting.mine(leader) if one.kind is Kind.INQUIRY]
    (above,) = [one for one in waiting.mine(chief) if one.kind is Kind.INQUIRY]
    assert (below.side, above.side) == (Side.FROM_ABOVE, Side.SENT_DOWN)
    assert (below.id, below.age, below.is_overdue) == (question, 20, True)
    assert open_at(leader)[0].is_overdue
    questions.answer(question, "Sådan.", by=chief)
    assert open_at(leader) == open_at(chief) == []


def test_each_verb_leaves_its_row(people):
    answer(sent(people).question_id, "Alle.", by=people[0])

    kinds = Event.objects.filter(about__startswith="dialogue.inquiry").order_by("pk")
    assert [one.kind for one in kinds] == ["question_sent_down", "answered_from_below"]


@pytest.mark.parametrize("wrong", [{"words": ""}, {"answer": "Ja"}])
def test_the_database_holds_it_whole(people, wrong):
    sent(people)

    with pytest.raises(IntegrityError), transaction.atomic():
        Inquiry.objects.update(**wrong)
