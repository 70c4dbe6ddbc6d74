"""What members of a community agree on together, and each one's part in it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import Verdict
from kaeden.dialogue.rules.commitments import Step, may_step

FEWEST_MEMBERS = 3
"""With fewer, a rate would tell those outside of single persons."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of those that were due came true."""

    done: int
    due: int


def may_answer(to: Step, now: Step, *, is_withdrawn: bool) -> Verdict:
    """Judge a member's step with their own part in what was agreed on together."""
    if is_withdrawn and now is Step.PROPOSED:
        why = _("It has been taken back, so nobody is asked any more.")
        return Verdict(allowed=False, why_not=why)
    return may_step(to, now, is_proposer=False)


def rate_of(parts: Iterable[tuple[Step, date]], *, on: date) -> Rate:
    """Return how many parts were kept, of those whose day has passed or that are over.

    A part that a member declined was never due.
    """
    found = [
        step
        for step, due in parts
        if step in {Step.KEPT, Step.BROKEN} or (step is Step.ACCEPTED and due < on)
    ]
    return Rate(sum(step is Step.KEPT for step in found), len(found))
