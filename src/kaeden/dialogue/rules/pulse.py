"""Who answers the pulse about what, and what of it may be shown. Pure; no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil, floor

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import Role
from kaeden.organisation.rules import LEVELS
from kaeden.publication.rules import MINIMUM_GROUP

POINTS = 5
"""Answers to each statement: 1, strongly disagree, to 5, strongly agree."""
TENTHS = 10
"""A share of time is given in tenths, 0 to 10."""
FEWEST_LINKS = 3
"""Fewer links than this behind a figure would show a single one."""
FEWEST_FOR_DIGITS = 20
"""From here a measure of agreement is shown as a number too, not only in a word."""


class Side(StrEnum):
    """From where somebody answers about a link."""

    UPPER = "upper"
    LOWER = "lower"
    TEAM = "team"


LED = (Side.LOWER, Side.TEAM)
"""The sides of those who are led."""


class TimeLevel(StrEnum):
    """The levels that shares of time are told of.

    Those above the institutions are so few in a municipality that only together they
    can be told of.
    """

    TOP = "top"
    LEADERS = "leaders"
    DEPARTMENTS = "departments"


TIME_LEVELS: Mapping[Role, TimeLevel] = {
    Role.DIRECTOR: TimeLevel.TOP,
    Role.CHIEF_SCHOOLS: TimeLevel.TOP,
    Role.CHIEF_DAYCARE: TimeLevel.TOP,
    Role.CHIEF_FAMILIES: TimeLevel.TOP,
    Role.AREA_LEADER: TimeLevel.TOP,
    Role.LEADER: TimeLevel.LEADERS,
    Role.DEPARTMENT_LEADER: TimeLevel.DEPARTMENTS,
}
"""Who is asked for their share of time: those who lead, and not the politicians."""

TIME_LEVEL_NAMES: Mapping[TimeLevel, str | Promise] = {
    TimeLevel.TOP: _("Director, chiefs and area leaders"),
    TimeLevel.LEADERS: _("Institution leaders"),
    TimeLevel.DEPARTMENTS: _("Department leaders"),
}

IN_THE_CHAIN = tuple(role for level in LEVELS for role in level)
"""The roles that stand in the chain's levels, and so are asked."""

AT_THE_UPPER_END = tuple(role for level in LEVELS[:-1] for role in level)
"""The roles whose links down are asked about: all but the team."""


def level_of(role: Role) -> int:
    """Return the level of a role in the chain, 0 for the committee."""
    return next(at for at, roles in enumerate(LEVELS) if role in roles)


def side_of_the_led(role: Role) -> Side:
    """Return the side from which a post answers about its link up."""
    return Side.TEAM if role is Role.TEAM else Side.LOWER


def quarter_of(day: date) -> str:
    """Return the quarter of a day, such as ``2026-4``.

    >>> quarter_of(date(2026, 11, 24))
    '2026-4'
    """
    return f"{day.year}-{(day.month + 2) // 3}"


def time_of(quarter: str) -> float:
    """Return a quarter as a point in time, in years.

    >>> time_of("2026-4")
    2026.75
    """
    year, number = quarter.split("-")
    return int(year) + (int(number) - 1) / 4


def is_shown(n: int) -> bool:
    """Whether so many answers may be told of together."""
    return n >= MINIMUM_GROUP


def part_is_shown(part: int, whole: int) -> bool:
    """Whether a part may be shown to somebody who sees the whole as well.

    What is left when the part is taken out is known to them too: it must be empty, or
    large enough itself.
    """
    rest = whole - part
    return is_shown(part) and (rest == 0 or is_shown(rest))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Where answers run from and to, and how near an end a mean of them is told.

    A mean nearer an end than `lowest` or `highest` tells that nearly all said the
    same. `blur` is added to each half of an interval, so that nobody reads from its
    width that all did.
    """

    start: float
    stop: float
    lowest: float
    highest: float
    decimals: int
    blur: float


AGREE = Scale(start=1, stop=POINTS, lowest=1.2, highest=4.8, decimals=1, blur=0.05)
PERCENT = Scale(start=0, stop=100, lowest=5, highest=95, decimals=0, blur=0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A mean as it may be read: rounded, its interval rounded outwards.

    `end` is -1 or 1 where the mean lies beyond what is told, 0 elsewhere; then it has
    no interval, which would tell what the end hides.
    """

    mean: float
    low: float | None
    high: float | None
    end: int = 0


def shown_mean(scale: Scale, mean: float, low: float, high: float) -> Shown:
    """Return a mean of answers on a scale as it may be read."""
    if mean < scale.lowest:
        return Shown(mean=scale.lowest, low=None, high=None, end=-1)
    if mean > scale.highest:
        return Shown(mean=scale.highest, low=None, high=None, end=1)
    down, up = _outwards(scale, low, high)
    return Shown(
        mean=round(mean, scale.decimals),
        low=max(down, scale.start),
        high=min(up, scale.stop),
    )


def shown_difference(scale: Scale, mean: float, low: float, high: float) -> Shown:
    """Return a difference between two means on a scale as it may be read."""
    down, up = _outwards(scale, low, high)
    return Shown(mean=round(mean, scale.decimals) + 0.0, low=down, high=up)


def _outwards(scale: Scale, low: float, high: float) -> tuple[float, float]:
    """Return the ends of an interval, blurred and rounded away from its middle."""
    step = 10**scale.decimals
    down, up = (low - scale.blur) * step, (high + scale.blur) * step
    return floor(round(down, 6)) / step, ceil(round(up, 6)) / step


class Strength(StrEnum):
    """How far people agree, in a word (LeBreton & Senter 2008)."""

    NONE = "none"
    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"
    VERY_STRONG = "very_strong"


BANDS = (
    (0.30, Strength.NONE),
    (0.50, Strength.WEAK),
    (0.70, Strength.MODERATE),
    (0.90, Strength.STRONG),
)


def strength_of(agreement: float) -> Strength:
    """Return the word for an agreement within a group, 0 to 1."""
    below = (word for bound, word in BANDS if agreement <= bound)
    return next(below, Strength.VERY_STRONG)
