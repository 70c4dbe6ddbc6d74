"""A concern from below: by when it is answered, who may do what with it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Role, Verdict

LONGEST = 1000
ANSWERED_WITHIN = timedelta(weeks=3)
"""How long the posts above have together, where the writer says nothing else."""
LATEST = timedelta(days=365)


class State(StrEnum):
    """Where a concern is."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What can be done with a concern that is written."""

    ANSWER = "answer"
    CARRY = "carry"
    WITHDRAW = "withdraw"


VERBS: Mapping[State, frozenset[Verb]] = {
    State.OPEN: frozenset(Verb),
    State.ANSWERED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
WHY_NOT: Mapping[State, str | Promise] = {
    State.ANSWERED: _("The concern has been answered."),
    State.WITHDRAWN: _("The concern has been taken back."),
}
FOR_WHOM: Mapping[Verb, str | Promise] = {
    Verb.ANSWER: _("The post that the concern waits for answers."),
    Verb.CARRY: _("The post that the concern waits for carries it further up."),
    Verb.WITHDRAW: _("Only the post that wrote the concern can take it back."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a concern is about: a goal, a result, or with neither nothing named.

    `goal` and `unit` are ids; a result is an indicator at a unit.
    """

    goal: int | None = None
    unit: int | None = None
    indicator: str = ""


def takes_concerns(role: str) -> bool:
    """Whether concerns end at such a post; a committee meets goals and results."""
    return role != Role.COMMITTEE.value


def state_of(*, answered_on: date | None, withdrawn_on: date | None) -> State:
    """Return where a concern is, from the days it was closed on."""
    if withdrawn_on is not None:
        return State.WITHDRAWN
    return State.OPEN if answered_on is None else State.ANSWERED


def may_act(verb: Verb, state: State, *, is_theirs: bool) -> Verdict:
    """Judge a verb; `is_theirs` says whether it is that post's to do."""
    if verb not in VERBS[state]:
        return Verdict(allowed=False, why_not=WHY_NOT[state])
    return YES if is_theirs else Verdict(allowed=False, why_not=FOR_WHOM[verb])


def is_a_fair_day(answer_by: date, *, written_on: date) -> bool:
    """Whether an answer can be asked for by a day: a later one, within a year."""
    return written_on < answer_by <= written_on + LATEST
