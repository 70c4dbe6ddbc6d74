"""A politician's question on a goal: by when it is answered, who may do what. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Verdict

LONGEST = 1000
ANSWERED_WITHIN = timedelta(weeks=4)
"""How long the owner has, where the one who asks says nothing else."""
LATEST = timedelta(days=365)


class State(StrEnum):
    """Where a question is."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What can be done with a question that is asked."""

    ANSWER = "answer"
    WITHDRAW = "withdraw"
    SEND_DOWN = "send_down"


VERBS: Mapping[State, frozenset[Verb]] = {
    State.OPEN: frozenset(Verb),
    State.ANSWERED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
WHY_NOT: Mapping[State, str | Promise] = {
    State.ANSWERED: _("The question has been answered."),
    State.WITHDRAWN: _("The question has been taken back."),
}
FOR_WHOM: Mapping[Verb, str | Promise] = {
    Verb.ANSWER: _("The post that owns the goal answers."),
    Verb.WITHDRAW: _("Only the post that asked can take the question back."),
    Verb.SEND_DOWN: _("The post that owns the goal sends the question further down."),
}


def state_of(*, answered_on: date | None, withdrawn_on: date | None) -> State:
    """Return where a question is, from the days it was closed on."""
    if withdrawn_on is not None:
        return State.WITHDRAWN
    return State.OPEN if answered_on is None else State.ANSWERED


def may_act(verb: Verb, state: State, *, is_theirs: bool) -> Verdict:
    """Judge a verb; `is_theirs` says whether it is that post's to do."""
    if verb not in VERBS[state]:
        return Verdict(allowed=False, why_not=WHY_NOT[state])
    return YES if is_theirs else Verdict(allowed=False, why_not=FOR_WHOM[verb])


def is_a_fair_day(answer_by: date, *, asked_on: date) -> bool:
    """Whether an answer can be asked for by a day: a later one, within a year."""
    return asked_on < answer_by <= asked_on + LATEST
