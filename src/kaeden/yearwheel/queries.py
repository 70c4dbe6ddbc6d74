"""Gather the stops of a year; each docstring ends with what it costs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from kaeden.access.rules import Actor
from kaeden.dialogue import cycles as dialogue
from kaeden.goals import cycles as goals
from kaeden.learning import cycles as learning
from kaeden.organisation.models import Unit
from kaeden.publication import cycles as publication
from kaeden.shared.clock import today
from kaeden.shared.cycles import Cycle, Stop
from kaeden.shared.periods import Period
from kaeden.yearwheel.catalogue import CycleLine, cycles

Reporter: TypeAlias = Callable[[Actor, Unit, Period], Iterator[Stop]]
REPORTERS: tuple[Reporter, ...] = (
    goals.stops,
    publication.stops,
    dialogue.stops,
    learning.stops,
)
"""Each station's room `cycles`, along the thread."""

AUGUST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    """A school year with all its stops, the earliest first.

    `undated` are cycles whose day Kæden does not know.
    """

    year: Period
    stops: tuple[Stop, ...]
    undated: tuple[CycleLine, ...]

    def next_of_mine(self, on: date) -> tuple[Stop, ...]:
        """What comes next for one's own post from a day on."""
        own = (one for one in self.stops if one.is_mine and not one.is_done)
        return tuple(one for one in own if one.day >= on)


def year_of(day: date) -> Period:
    """Return the school year of a day.

    >>> str(year_of(date(2026, 11, 24)))
    '2026/27'
    """
    return Period(start=day.year - (day.month < AUGUST), is_school_year=True)


def wheel(actor: Actor, town: Unit, year: Period | None = None) -> Wheel:
    """Return a school year as one's post sees it (20 queries)."""
    shown = year or year_of(today())
    found = [stop for report in REPORTERS for stop in report(actor, town, shown)]
    known = cycles()
    found += (stop for line in known.values() for stop in _fixed(line, shown))
    told = {one.cycle for one in found}
    return Wheel(
        year=shown,
        stops=tuple(sorted(found, key=lambda one: (one.day, one.cycle, one.words))),
        undated=tuple(
            line for line in known.values() if line.id not in told and _is_undated(line)
        ),
    )


def _fixed(line: CycleLine, year: Period) -> Iterator[Stop]:
    """Give the stop of a cycle that comes in the same month of every school year."""
    if line.month is None or (line.since or year.start) > year.start:
        return
    turned = line.month < AUGUST
    yield Stop(cycle=line.id, day=date(year.start + turned, line.month, 1), words="")


def _is_undated(line: CycleLine) -> bool:
    return line.id in UNDATED


UNDATED = frozenset({Cycle.WELLBEING, Cycle.SUPERVISION, Cycle.CURRICULUM})
"""Cycles that come back, and whose days no station knows."""
