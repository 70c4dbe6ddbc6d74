"""What was decided at a meeting: by when, whose, and what became of it. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Verdict

LONGEST = 500
LATEST = timedelta(days=2 * 365)


class Fate(StrEnum):
    """Where a decision is."""

    OPEN = "open"
    DONE = "done"
    STRUCK = "struck"


NEXT: Mapping[Fate, frozenset[Fate]] = {
    Fate.OPEN: frozenset({Fate.OPEN, Fate.DONE, Fate.STRUCK}),
    Fate.DONE: frozenset(),
    Fate.STRUCK: frozenset(),
}
"""The whole truth about it; carried on, it stays open with another day.

It is struck only while the minutes are being written.
"""

WHY_NOT: Mapping[Fate, str | Promise] = {
    Fate.DONE: _("It has been done."),
    Fate.STRUCK: _("It has been taken out of the minutes."),
}


def may_become(to: Fate, now: Fate) -> Verdict:
    """Judge a step by the map `NEXT`."""
    return YES if to in NEXT[now] else Verdict(allowed=False, why_not=WHY_NOT[now])


def may_settle(to: Fate, now: Fate, *, is_owners: bool) -> Verdict:
    """Judge a step that the post which owns the decision takes."""
    if not is_owners:
        return Verdict(
            allowed=False, why_not=_("The post that owns the decision does that.")
        )
    return may_become(to, now)


def is_a_fair_day(due: date, *, after: date) -> bool:
    """Whether something can be decided for a day: that one or later, within two years."""
    return after <= due <= after + LATEST
