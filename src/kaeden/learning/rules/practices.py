"""Practices: how well they are followed, and who takes which step. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Verdict

LONGEST_TITLE = 120
LONGEST = 1200
LONGEST_REASON = 500
LONGEST_KEY = 60
LONGEST_PART = 200


class Fidelity(StrEnum):
    """How far a unit follows a practice as it is described."""

    FULL = "full"
    PARTLY = "partly"
    LITTLE = "little"
    UNKNOWN = "unknown"


FIDELITY_NAMES: Mapping[Fidelity, str | Promise] = {
    Fidelity.FULL: _("We do all of it"),
    Fidelity.PARTLY: _("We do most of it"),
    Fidelity.LITTLE: _("We do a little of it"),
    Fidelity.UNKNOWN: _("We do not know yet"),
}


class ReviewStep(StrEnum):
    """Where a practice that a leader has written is on its way to others."""

    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class PracticeChoice(StrEnum):
    """What its owner in the municipality has decided of a practice."""

    SPREAD = "spread"
    STOP = "stop"


CHOICE_NAMES: Mapping[PracticeChoice, str | Promise] = {
    PracticeChoice.SPREAD: _("Spread it"),
    PracticeChoice.STOP: _("Stop it"),
}

NEXT: Mapping[ReviewStep, frozenset[ReviewStep]] = {
    ReviewStep.SENT: frozenset(ReviewStep),
    ReviewStep.RETURNED: frozenset({ReviewStep.SENT, ReviewStep.WITHDRAWN}),
    ReviewStep.ACCEPTED: frozenset(),
    ReviewStep.WITHDRAWN: frozenset(),
}
"""The whole truth about a written practice's way; it may be sent again meanwhile."""

REVIEWERS = frozenset({ReviewStep.ACCEPTED, ReviewStep.RETURNED})
"""The steps that a post above takes; the others are the writer's."""

WHY_NOT: Mapping[ReviewStep, str | Promise] = {
    ReviewStep.SENT: _("The practice waits for a review."),
    ReviewStep.ACCEPTED: _("The practice is accepted, and stands for all."),
    ReviewStep.RETURNED: _("The practice is returned. Its writer sends it again."),
    ReviewStep.WITHDRAWN: _("The practice is taken back."),
}


def may_step(to: ReviewStep, now: ReviewStep, *, is_writer: bool) -> Verdict:
    """Judge a step by the map `NEXT`, and by whose it is; nobody reviews their own."""
    if to not in NEXT[now]:
        return Verdict(allowed=False, why_not=WHY_NOT[now])
    if to in REVIEWERS and is_writer:
        return Verdict(allowed=False, why_not=_("A post above yours reviews it."))
    if to not in REVIEWERS and not is_writer:
        return Verdict(
            allowed=False, why_not=_("Only the post that wrote it does that.")
        )
    return YES


MOST_AT_ONCE = 4
"""How many practices and tests a unit can run at once and still do each of them well.

Nobody has measured the number. It is a rule of thumb, and stands here alone.
"""


def are_too_many(practices: int, tests: int = 0) -> bool:
    """Whether a unit runs too many practices and tests at once.

    >>> are_too_many(3, 1), are_too_many(3, 2)
    (False, True)
    """
    return practices + tests > MOST_AT_ONCE


EARLIEST = date(2000, 1, 1)
"""Nobody remembers to the day what they began before."""


def may_start_on(day: date, *, on: date, free_from: date | None) -> Verdict:
    """Judge the day on which a unit says that it began: past, and not in use then.

    `free_from` is the day on which its last use of the practice ended.
    """
    if not EARLIEST <= day <= on:
        return Verdict(
            allowed=False, why_not=_("Choose a day from 1 January 2000 to today.")
        )
    if free_from is not None and day < free_from:
        return Verdict(
            allowed=False, why_not=_("You used the practice on that day already.")
        )
    return YES
