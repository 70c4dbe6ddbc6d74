"""What a chief can say of a result, and what a queue holds. Pure; no database."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Role, Verdict

LONGEST_QUEUE = 7


class Judgement(StrEnum):
    """The four verdicts."""

    CHANCE = "chance"
    IMPROVEMENT = "improvement"
    CHALLENGE = "challenge"
    TOO_UNCERTAIN = "too_uncertain"


JUDGEMENT_NAMES: dict[str, str | Promise] = {
    Judgement.CHANCE.value: _("Chance variation"),
    Judgement.IMPROVEMENT.value: _("Real improvement"),
    Judgement.CHALLENGE.value: _("Real challenge"),
    Judgement.TOO_UNCERTAIN.value: _("Too uncertain to say"),
}


class AgendaStep(StrEnum):
    """Where an agenda item is on its way."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"


NEXT: dict[AgendaStep, frozenset[AgendaStep]] = {
    AgendaStep.PROPOSED: frozenset({AgendaStep.ACCEPTED, AgendaStep.DECLINED}),
    AgendaStep.ACCEPTED: frozenset(),
    AgendaStep.DECLINED: frozenset(),
}


def may_move(*, now: AgendaStep, to: AgendaStep) -> Verdict:
    """Judge a step by the map `NEXT`, which is the whole truth about it."""
    if to in NEXT[now]:
        return YES
    return Verdict(
        allowed=False, why_not=_("The item has been decided and can't be changed.")
    )


SECTORS: dict[Role, str] = {
    Role.CHIEF_SCHOOLS: "school",
    Role.CHIEF_DAYCARE: "daycare",
    Role.CHIEF_FAMILIES: "social",
}
"""The sector whose municipal figures a chief assesses."""
