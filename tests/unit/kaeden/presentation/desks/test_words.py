"""Promises, questions and the pulse, as much as a desk has room for."""

from dataclasses import replace
from datetime import date

import pytest

from kaeden.access.rules import YES, Verdict
from kaeden.dialogue.queries.commitments import MyCommitments, Promised
from kaeden.dialogue.queries.pulse import Invitation
from kaeden.dialogue.queries.questions import AskedQuestion
from kaeden.dialogue.rules.commitments import NOTHING, Step
from kaeden.dialogue.rules.questions import State, Verb
from kaeden.presentation.desks.words import promises, pulse, questions
from tests.builders.fjordby import TODAY

pytestmark = pytest.mark.usefixtures("english")
NO = Verdict(allowed=False)
HELD = Promised(
    id=1,
    words="Jeg kommer torsdag.",
    due=TODAY,
    step=Step.ACCEPTED,
    is_mine=True,
    is_proposer=True,
    across="Skolechef",
    promiser="Skolechef",
    proposed_on=TODAY,
    accepted_on=TODAY,
    settled_on=None,
    settled_by="",
    reason="",
    is_overdue=False,
    follows=None,
    verdicts=dict.fromkeys(Step, NO),
    about=NOTHING,
    hangs_on=(),
)
ASKED = AskedQuestion(
    id=1,
    municipality="999",
    goal="in-school-every-day",
    sentence="Alle elever er i skole.",
    words="Hvor mange?",
    asked_by="Udvalget",
    asked_on=TODAY,
    answer_by=TODAY,
    state=State.OPEN,
    answer="",
    answered_by="",
    answered_on=None,
    owner="Skolechef",
    is_overdue=False,
    is_sent_down=False,
    age=0,
    verdicts=dict.fromkeys(Verb, YES),
)
INVITED = Invitation(round_id=1, holding_id=1, parts=(), time=None, has_answered=False)


def test_what_waits_for_an_answer_comes_first_then_what_is_due_first():
    late = replace(HELD, id=2, due=date(2027, 1, 1))
    to_me = replace(HELD, id=3, is_mine=False, due=date(2026, 12, 1))
    waits = replace(HELD, id=4, step=Step.PROPOSED, is_proposer=False)

    view = promises(MyCommitments(all=(HELD, late, to_me, waits)))

    assert [one.id for one in view.shown] == [4, 1, 3, 2]
    assert view.more == ""


def test_more_promises_than_there_is_room_for_are_counted():
    view = promises(MyCommitments(all=(HELD,) * 6))

    assert len(view.shown) == 4
    assert view.more == "and 2 more"


def test_the_first_questions_are_shown_and_the_others_counted():
    few, many = (questions([ASKED] * count, asks=True) for count in (1, 5))

    assert (len(few.shown), few.more) == (1, "")
    assert (len(many.shown), many.more) == (4, "and 1 more")


@pytest.mark.parametrize(
    ("asked", "is_asked", "href"),
    [
        (INVITED, True, "/puls/"),
        (replace(INVITED, has_answered=True), False, "/puls/resultat/"),
        (None, False, "/puls/resultat/"),
    ],
)
def test_the_pulse_is_asked_until_it_is_answered(asked, is_asked, href):
    view = pulse(asked)

    assert (view.is_asked, view.href) == (is_asked, href)


@pytest.mark.parametrize(
    ("shared", "visits", "said"),
    [
        (0, 0, []),
        (2, 0, ["2 shared commitments wait for your answer"]),
        (1, 1, ["1 shared commitment waits for your answer", "1 visit waits for you"]),
    ],
)
def test_what_waits_in_communities_is_counted(shared, visits, said):
    view = promises(MyCommitments(all=()), shared, visits)
    assert [one.text for one in view.together] == said
