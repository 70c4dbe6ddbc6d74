"""What a unit's released figures have done since a day, and whether chance can do it.

It tells what came after, never what it came from. Pure.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import hypot

from kaeden.publication.queries import ReleasedFigure
from kaeden.shared.periods import Period

FEWEST_LATER = 3
"""With fewer figures after the day, what they say is preliminary."""


class Moved(StrEnum):
    """What can be said of the way from one figure to a later one."""

    WITHIN_CHANCE = "within_chance"
    BEYOND_CHANCE = "beyond_chance"
    UNKNOWN = "unknown"
    MADE_ANEW = "made_anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """The last figure from before a day, and those that came later.

    A later figure may be of a period that had begun: `is_mixed` says so of the newest.
    """

    before: ReleasedFigure | None
    later: tuple[ReleasedFigure, ...]
    moved: Moved
    is_mixed: bool

    @property
    def newest(self) -> ReleasedFigure | None:
        """The newest of the later figures."""
        return self.later[-1] if self.later else None

    @property
    def is_preliminary(self) -> bool:
        """Whether there are too few later figures to rest on."""
        return len(self.later) < FEWEST_LATER


def since(
    series: Sequence[ReleasedFigure], day: date, *, breaks: Collection[str] = ()
) -> Since:
    """Return what a series, oldest first, has done since a day.

    `breaks` are the periods from which on figures are made in another way.
    """
    numbers = [one for one in series if one.value is not None]
    earlier = [one for one in numbers if Period.parse(one.period).ends <= day]
    later = tuple(one for one in numbers if Period.parse(one.period).ends > day)
    before = earlier[-1] if earlier else None
    newest = later[-1] if later else None
    return Since(
        before=before,
        later=later,
        moved=moved_between(before, newest, breaks=breaks),
        is_mixed=newest is not None and Period.parse(newest.period).begins < day,
    )


def moved_between(
    before: ReleasedFigure | None,
    newest: ReleasedFigure | None,
    *,
    breaks: Collection[str] = (),
) -> Moved:
    """Return what can be said of the way from one figure to a later one."""
    if before is None or newest is None:
        return Moved.UNKNOWN
    first, last = Period.parse(before.period), Period.parse(newest.period)
    if any(first < Period.parse(one) <= last for one in breaks):
        return Moved.MADE_ANEW
    half = _half(before), _half(newest)
    if None in half or before.value is None or newest.value is None:
        return Moved.UNKNOWN
    swing = hypot(*(one for one in half if one is not None))
    within = abs(newest.value - before.value) <= swing
    return Moved.WITHIN_CHANCE if within else Moved.BEYOND_CHANCE


def _half(figure: ReleasedFigure) -> float | None:
    """Return how far a figure's interval reaches to either side."""
    if figure.low is None or figure.high is None:
        return None
    return (figure.high - figure.low) / 2
