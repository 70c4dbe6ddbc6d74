"""Who can say what of a result, who says it first, what a queue holds. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Role, Verdict

LONGEST_QUEUE = 7
LEADER_FIRST = timedelta(days=14)
"""How long an institution's leader has a released result alone."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody writes of a result: one of the four, one sentence, the next step."""

    judgement: str
    sentence: str
    next_step: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Whether those above an institution's leader may assess a result yet.

    `day` is when they may in any case, if the leader has not written before.
    """

    is_open: bool
    day: date

    @property
    def verdict(self) -> Verdict:
        """Return it as a verdict on who wants to write above the leader."""
        if self.is_open:
            return YES
        words = gettext(
            "It opens when the leader has written, on %(day)s at the latest."
        )
        return Verdict(allowed=False, why_not=words % {"day": date_format(self.day)})


def opening(*, released: date, on: date, is_led: bool, has_written: bool) -> Opening:
    """Return whether those above may assess a result on a day.

    The leader comes first, and has two weeks from the release. Where nobody leads, as
    at a vacant post or of a municipality's own figures, nobody is waited for.
    """
    day = released + LEADER_FIRST
    return Opening(is_open=has_written or not is_led or on >= day, day=day)
