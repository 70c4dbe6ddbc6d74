"""A question sent further down its goal's line, to a post that knows. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Verdict

ANSWERED_WITHIN = timedelta(weeks=2)
"""How long the post below has, where the sender says nothing else."""
LATEST = timedelta(days=365)


class State(StrEnum):
    """Where it is; it is overtaken when the question is closed without its answer."""

    OPEN = "open"
    ANSWERED = "answered"
    OVERTAKEN = "overtaken"


WHY_NOT: Mapping[State, str | Promise] = {
    State.ANSWERED: _("Your post has answered this."),
    State.OVERTAKEN: _("The question has been closed meanwhile."),
}


def state_of(*, answered_on: date | None, is_question_open: bool) -> State:
    """Return where it is, from its own answer and the question's."""
    if answered_on is not None:
        return State.ANSWERED
    return State.OPEN if is_question_open else State.OVERTAKEN


def may_answer(state: State) -> Verdict:
    """Judge whether the post that was asked may answer now."""
    if state is State.OPEN:
        return YES
    return Verdict(allowed=False, why_not=WHY_NOT[state])


def is_a_fair_day(answer_by: date, *, asked_on: date) -> bool:
    """Whether an answer can be asked for by a day: a later one, within a year."""
    return asked_on < answer_by <= asked_on + LATEST
