"""Ask, answer and take back questions on goals: each verb once, for every door."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import Question
from kaeden.dialogue.queries.questions import get_question
from kaeden.dialogue.rules.questions import (
    ANSWERED_WITHIN,
    LATEST,
    LONGEST,
    Verb,
    is_a_fair_day,
)
from kaeden.goals.queries import get_adopted, get_goal
from kaeden.organisation.models import Unit
from kaeden.shared.clock import today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.written import whole


@transaction.atomic
def ask(
    municipality: Unit,
    key: str,
    words: str,
    *,
    by: Actor,
    answer_by: date | None = None,
) -> Question:
    """Put a question on a goal: to the post that owns it, within four weeks or by a day.

    Raises
    ------
    Forbidden
        If `by`'s post does not put questions on this municipality's goals.
    NoSuchGoal
        If there is no such goal.
    Refused
        If nobody owns the goal, or the same is asked already and not yet answered.
    BadInput
        If the words can't be kept, or the day is not within a year.
    """
    require(may(by, Permission.ASK_QUESTION, at=municipality.path))
    goal = get_adopted(municipality, key)
    if get_goal(municipality, key).owner is None:
        raise Refused(_("Nobody owns the goal, so nobody can answer."))
    text = whole(words, longest=LONGEST)
    day = answer_by or today() + ANSWERED_WITHIN
    if not is_a_fair_day(day, asked_on=today()):
        raise BadInput(
            _("Choose a day after today and %(days)d days ahead at the most.")
            % {"days": LATEST.days}
        )
    wait_for_turn(f"question {goal.pk}")
    again = Question.objects.filter(goal=goal, words=text, asked_by_id=by.post_id)
    if again.filter(answered_on=None, withdrawn_on=None).exists():
        raise Refused(_("This has been asked already and waits for its answer."))
    assert by.user_id is not None, "who asks holds a post"
    assert by.post_id is not None, "who asks holds a post"
    made = Question.objects.create(
        goal=goal,
        asked_by_id=by.post_id,
        made_by_id=by.user_id,
        words=text,
        asked_on=today(),
        answer_by=day,
    )
    record(Event.Kind.QUESTION_ASKED, by=by, about=made)
    return made


@transaction.atomic
def answer(pk: int, words: str, *, by: Actor) -> None:
    """Answer a question, for the post that owns the goal today.

    Raises
    ------
    NoSuchQuestion
        If `by`'s post stands outside the goal's line.
    Refused
        If another post owns the goal, or the question is closed.
    BadInput
        If the words can't be kept.
    OthersWereQuicker
        If somebody closed it just now.
    """
    require(get_question(by, pk).verdicts[Verb.ANSWER], otherwise=Refused)
    text = whole(words, longest=LONGEST)
    _close(
        pk,
        answer=text,
        answered_on=today(),
        answered_by_id=by.post_id,
        written_by_id=by.user_id,
    )
    record(Event.Kind.QUESTION_ANSWERED, by=by, about=Question(pk=pk))


@transaction.atomic
def withdraw(pk: int, *, by: Actor) -> None:
    """Take back a question that one's post has asked, before it is answered.

    Raises
    ------
    NoSuchQuestion
        If `by`'s post stands outside the goal's line.
    Refused
        If another post asked, or the question is closed.
    OthersWereQuicker
        If somebody closed it just now.
    """
    require(get_question(by, pk).verdicts[Verb.WITHDRAW], otherwise=Refused)
    _close(pk, withdrawn_on=today())
    record(Event.Kind.QUESTION_WITHDRAWN, by=by, about=Question(pk=pk))


def _close(pk: int, **facts: object) -> None:
    """Close an open question, if nobody was quicker (1 query)."""
    still_open = Question.objects.filter(
        pk=pk, answered_on__isnull=True, withdrawn_on__isnull=True
    )
    if not still_open.update(**facts):
        raise OthersWereQuicker(
            _("Somebody has closed the question. Read it again first.")
        )
