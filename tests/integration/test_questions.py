"""The pages on which a committee asks about a goal, and its owner answers."""

from datetime import timedelta

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.dialogue.models import Question
from kaeden.goals.models import Ownership
from kaeden.shared.clock import today
from tests.builders.dialogue import GOAL, a_question, an_adopted_goal, holder_of
from tests.builders.places import DAYCARE, FJORDBY, NORDSKOLEN, SCHOOLS, TOWN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
HERE = (FJORDBY, GOAL)
FORM = {
    "words": "Hvad gør I ved fraværet?",
    "answer_by": (today() + timedelta(weeks=4)).isoformat(),
}


@pytest.fixture(autouse=True)
def _goal(fjordby):
    an_adopted_goal()


@pytest.fixture
def committee(fjordby):
    return holder_of(Role.COMMITTEE, TOWN)


@pytest.fixture
def chief(fjordby):
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_a_question_is_asked_and_its_answer_returns_to_the_same_place(
    committee, chief, to
):
    page, owner = signed_in(committee), signed_in(chief)

    form = page.get(to("new_question", *HERE)).text
    asked = page.post(to("ask_question", *HERE), FORM, follow=True)
    made = Question.objects.get()
    waiting = owner.get(to("questions")).text
    owner.post(to("answer_question", made.pk), {"words": "Vi ringer hjem."})

    assert FORM["answer_by"] in form
    assert "Dit spørgsmål er stillet." in asked.text
    assert FORM["words"] in waiting
    for place in (to("question", made.pk), to("questions"), to("goal", *HERE)):
        assert "Vi ringer hjem." in page.get(place).text


def test_a_goals_page_shows_its_questions_to_its_line_alone(committee, chief, to):
    made = a_question()

    for who in (committee, chief, holder_of(Role.LEADER, NORDSKOLEN)):
        shown = signed_in(who).get(to("goal", *HERE)).text
        assert made.words in shown
        assert (to("new_question", *HERE) in shown) is (who is committee)
    beside = signed_in(holder_of(Role.CHIEF_DAYCARE, DAYCARE))
    for reader in (Client(), beside):
        assert made.words not in reader.get(to("goal", *HERE)).text


@pytest.mark.parametrize(
    "change", [{"words": " "}, {"answer_by": ""}, {"answer_by": "2020-01-01"}]
)
def test_a_question_that_cannot_be_asked_comes_back_with_the_reason(
    committee, to, change
):
    answer = signed_in(committee).post(to("ask_question", *HERE), FORM | change)

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert not Question.objects.exists()


def test_an_empty_answer_comes_back_with_the_reason(chief, to):
    made = a_question()

    answer = signed_in(chief).post(to("answer_question", made.pk), {"words": ""})

    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)


def test_who_asked_takes_it_back_on_the_page(committee, to):
    made = a_question()
    page = signed_in(committee)

    assert "Træk spørgsmålet tilbage" in page.get(to("question", made.pk)).text
    done = page.post(to("withdraw_question", made.pk), follow=True)

    assert "Spørgsmålet er trukket tilbage." in done.text


def test_a_goal_that_nobody_owns_takes_no_question(committee, to):
    Ownership.objects.all().end(today())
    page = signed_in(committee)

    assert "Ingen ejer målet" in page.get(to("new_question", *HERE)).text
    assert page.post(to("ask_question", *HERE), FORM).status_code == 409


def test_only_a_committee_is_shown_the_form(chief, to):
    page = signed_in(chief)

    assert page.get(to("new_question", *HERE)).status_code == 403
    assert page.post(to("ask_question", *HERE), FORM).status_code == 403


def test_beside_the_line_there_is_no_such_question(to):
    made = a_question()
    beside = signed_in(holder_of(Role.CHIEF_DAYCARE, DAYCARE))

    assert beside.get(to("question", made.pk)).status_code == 404
    for name in ("answer_question", "withdraw_question"):
        assert beside.post(to(name, made.pk), {"words": "Mit"}).status_code == 404


def test_another_post_in_the_line_does_not_answer(committee, to):
    made = a_question()

    answer = signed_in(committee).post(to("answer_question", made.pk), {"words": "Nå"})

    assert answer.status_code == 409
    assert "Det er stillingen, der ejer målet, som svarer." in answer.text


# Sent further down --------------------------------------------------------------------

ASKED = {
    "ned-words": "Hvem ringer I til?",
    "ned-answer_by": (today() + timedelta(weeks=2)).isoformat(),
}


def test_the_owner_sends_it_down_and_the_answer_from_below_comes_back(
    committee, chief, to
):
    made = a_question()
    leader = holder_of(Role.LEADER, NORDSKOLEN)
    owner, below, politician = (signed_in(one) for one in (chief, leader, committee))

    form = owner.get(to("question", made.pk)).text
    sent = ASKED | {"ned-to": leader.post_id}
    done = owner.post(to("send_question", made.pk), sent, follow=True)
    on_its_way = politician.get(to("questions")).text
    asked = below.get(to("question", made.pk)).text
    waits = below.get(to("up_and_down")).text
    below.post(to("answer_inquiry", made.pk), {"nedefra-words": "Til alle hjem."})

    assert "Send det videre til en nedenunder, der ved det" in form
    assert "Svaret kommer her." in done.text
    assert "På vej: sendt videre ned i kæden." in on_its_way
    assert ASKED["ned-words"] not in on_its_way
    for page in (asked, waits):
        assert ASKED["ned-words"] in page
    known = owner.get(to("question", made.pk)).text
    assert "Til alle hjem.</textarea>" in known
    assert "Til alle hjem." not in politician.get(to("question", made.pk)).text
    owner.post(to("answer_question", made.pk), {"words": "Vi ringer til alle."})
    assert "Vi ringer til alle." in politician.get(to("question", made.pk)).text


def test_what_cannot_be_sent_down_comes_back_with_the_reason(chief, to):
    made = a_question()
    leader = holder_of(Role.LEADER, NORDSKOLEN)
    page, sent = signed_in(chief), ASKED | {"ned-to": leader.post_id}

    for change in (
        {"ned-to": ""},
        {"ned-to": "0"},
        {"ned-words": " "},
        {"ned-answer_by": "2020-01-01"},
        {"ned-answer_by": ""},
    ):
        answer = page.post(to("send_question", made.pk), sent | change)
        assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)


def test_an_empty_answer_from_below_comes_back_and_a_late_one_is_told(chief, to):
    made = a_question()
    leader = holder_of(Role.LEADER, NORDSKOLEN)
    below = signed_in(leader)
    sent = ASKED | {"ned-to": leader.post_id}
    signed_in(chief).post(to("send_question", made.pk), sent)

    empty = below.post(to("answer_inquiry", made.pk), {})
    signed_in(chief).post(to("answer_question", made.pk), {"words": "Sådan."})
    late = below.post(to("answer_inquiry", made.pk), {"nedefra-words": "Alle."})

    assert (empty.status_code, 'role="alert"' in empty.text) == (400, True)
    assert late.status_code == 409
    assert "lukket imens" in below.get(to("question", made.pk)).text


def test_nobody_else_sends_it_down_or_answers_from_below(committee, to):
    made = a_question()
    leader = holder_of(Role.LEADER, NORDSKOLEN)
    sent = ASKED | {"ned-to": leader.post_id}

    assert signed_in(committee).post(to("send_question", made.pk), sent).status_code
    beside = signed_in(holder_of(Role.CHIEF_DAYCARE, DAYCARE))
    for name in ("send_question", "answer_inquiry"):
        assert beside.post(to(name, made.pk), sent).status_code in {400, 404}
    other = signed_in(leader).post(
        to("answer_inquiry", made.pk), {"nedefra-words": "Nå"}
    )
    assert other.status_code == 404
