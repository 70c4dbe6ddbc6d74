"""For how long things wait at each level of the chain: counts and days, no words. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from kaeden.dialogue.rules.pulse import quarter_of
from kaeden.goals.rules import LeadershipLevel

ENOUGH = 5
"""Answers in a quarter before its middle is held against another's."""
QUARTERS = 4
"""How many quarters are told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Something that came to a post of a level; `left` is empty while it waits there."""

    level: LeadershipLevel
    came: date
    due: date
    left: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """How many things were sent on or answered in a quarter, and after how long."""

    name: str
    count: int
    days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelStays:
    """What waits at a level now, and how long what has left it was there.

    `change` is in days from the quarter before to the newest; None where either has
    too few.
    """

    level: LeadershipLevel
    waiting: int
    overdue: int
    days: float | None
    quarters: tuple[Quarter, ...]
    change: float | None


def by_level(stays: Iterable[Stay], *, on: date) -> list[LevelStays]:
    """Return the levels at which something waits or has waited, uppermost first."""
    found: dict[LeadershipLevel, list[Stay]] = {}
    for one in stays:
        found.setdefault(one.level, []).append(one)
    return [_level(one, found[one], on) for one in LeadershipLevel if one in found]


def quarters_until(day: date) -> tuple[str, ...]:
    """Return the names of the newest quarters, the one of the day last.

    >>> quarters_until(date(2026, 5, 1))
    ('2025-3', '2025-4', '2026-1', '2026-2')
    """
    number = day.year * 4 + (day.month - 1) // 3
    newest = range(number - QUARTERS + 1, number + 1)
    return tuple(f"{one // 4}-{one % 4 + 1}" for one in newest)


def _level(level: LeadershipLevel, stays: Sequence[Stay], on: date) -> LevelStays:
    waiting = [one for one in stays if one.left is None]
    quarters = tuple(_quarter(name, stays) for name in quarters_until(on))
    return LevelStays(
        level=level,
        waiting=len(waiting),
        overdue=sum(one.due < on for one in waiting),
        days=_middle((on - one.came).days for one in waiting),
        quarters=quarters,
        change=_change(quarters),
    )


def _quarter(name: str, stays: Iterable[Stay]) -> Quarter:
    days = [
        (one.left - one.came).days
        for one in stays
        if one.left is not None and quarter_of(one.left) == name
    ]
    return Quarter(name=name, count=len(days), days=_middle(days))


def _middle(days: Iterable[int]) -> float | None:
    known = list(days)
    return median(known) if known else None


def _change(quarters: Sequence[Quarter]) -> float | None:
    before, newest = quarters[-2:]
    if min(before.count, newest.count) < ENOUGH:
        return None
    assert before.days is not None, "what was counted has a middle"
    assert newest.days is not None, "what was counted has a middle"
    return newest.days - before.days
