"""Presence: what a leader plans and notes, and what of it may be told. Pure.

What is noted is the leader's own. Upwards there are only counts of a whole level in a
month that is over, so wide at the ends that nobody who knows of themselves can tell of
anybody else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Role, Verdict

MOST_IN_A_MONTH = 60
MONTHS = 12
"""How many months one sees of oneself, and the shares are told of."""
FEWEST_LEADERS = 5
"""A level with fewer leaders than these is not told of."""
AT_THE_ENDS = 2
"""So few or so many may all be meant together: "at most 2", "at least 10 of 12"."""


class PresenceKind(StrEnum):
    """In what way a leader is close to the professional work."""

    VISIT = "visit"
    OBSERVATION = "observation"
    FEEDBACK = "feedback"


PRESENCE_NAMES: Mapping[PresenceKind, str | Promise] = {
    PresenceKind.VISIT: _("Visit"),
    PresenceKind.OBSERVATION: _("Observation"),
    PresenceKind.FEEDBACK: _("Feedback"),
}
PRESENCE_HINTS: Mapping[PresenceKind, str | Promise] = {
    PresenceKind.VISIT: _("You were there when it happened"),
    PresenceKind.OBSERVATION: _("You looked for something that you had agreed on"),
    PresenceKind.FEEDBACK: _("You talked about it afterwards"),
}


class LeaderLevel(StrEnum):
    """The levels that shares are told of: those above the institutions together."""

    TOP = "top"
    LEADERS = "leaders"
    DEPARTMENTS = "departments"


LEADER_LEVELS: Mapping[Role, LeaderLevel] = {
    Role.DIRECTOR: LeaderLevel.TOP,
    Role.CHIEF_SCHOOLS: LeaderLevel.TOP,
    Role.CHIEF_DAYCARE: LeaderLevel.TOP,
    Role.CHIEF_FAMILIES: LeaderLevel.TOP,
    Role.AREA_LEADER: LeaderLevel.TOP,
    Role.LEADER: LeaderLevel.LEADERS,
    Role.DEPARTMENT_LEADER: LeaderLevel.DEPARTMENTS,
}
LEADER_LEVEL_NAMES: Mapping[LeaderLevel, str | Promise] = {
    LeaderLevel.TOP: _("Director, chiefs and area leaders"),
    LeaderLevel.LEADERS: _("Institution leaders"),
    LeaderLevel.DEPARTMENTS: _("Department leaders"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of a level's leaders followed their own plan, as it may be read.

    `end` is -1 for "at most `count`", 1 for "at least `count`", 0 for just so many.
    """

    count: int
    leaders: int
    end: int


def shown_share(count: int, leaders: int) -> Share | None:
    """Return a count of leaders as it may be read; None where they are too few.

    >>> shown_share(1, 9), shown_share(6, 9).count
    (Share(count=2, leaders=9, end=-1), 6)
    """
    if leaders < FEWEST_LEADERS:
        return None
    if count <= AT_THE_ENDS:
        return Share(count=AT_THE_ENDS, leaders=leaders, end=-1)
    if count >= leaders - AT_THE_ENDS:
        return Share(count=leaders - AT_THE_ENDS, leaders=leaders, end=1)
    return Share(count=count, leaders=leaders, end=0)


def follows(planned: int, noted: int) -> bool:
    """Whether somebody has followed a plan of their own; no plan is not followed."""
    return 0 < planned <= noted


def may_take_back(noted_on: date, *, on: date) -> Verdict:
    """Judge whether a note may be taken back: the same day, afterwards it stays."""
    if noted_on == on:
        return YES
    return Verdict(
        allowed=False,
        why_not=_("It can be corrected the same day. After that it stays."),
    )


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def months_before(day: date, count: int = MONTHS) -> Iterator[date]:
    """Give the months before a day's own, as their first days, the oldest first.

    >>> [str(one) for one in months_before(date(2026, 2, 3), 3)]
    ['2025-11-01', '2025-12-01', '2026-01-01']
    """
    for back in range(count, 0, -1):
        yield month_after(month_of(day), -back)


def month_after(month: date, count: int = 1) -> date:
    """Return the month that is so many months after another.

    >>> month_after(date(2026, 11, 1), 2)
    datetime.date(2027, 1, 1)
    """
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)
