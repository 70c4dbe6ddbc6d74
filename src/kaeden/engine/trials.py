"""What a team's own counts say: a run of days with a centre and limits. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

import numpy as np

from kaeden_stats.control_charts import Chart, p_prime, xmr

FEWEST_POINTS = 5
"""From fewer points there is no centre and no limit."""


class Moved(StrEnum):
    """What counts from the start on say, beside those before it."""

    TOO_FEW = "too_few"
    INSIDE = "inside"
    HIGHER = "higher"
    LOWER = "lower"
    SWINGS = "swings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What was counted on a day: a number, or so many `of` so many."""

    day: date
    number: float
    of: int | None = None

    @property
    def value(self) -> float:
        """The number itself, or the share of all that there were."""
        return self.number / self.of if self.of else self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Counts in order of days, each with the centre and the limits that hold there.

    `baseline` is how many of them, from before the start, the limits are found from; 0
    where all are used. Without enough counts `centre` and `limits` are empty. Trial
    limits may still move.
    """

    counts: tuple[Count, ...]
    centre: tuple[float, ...] = ()
    limits: tuple[tuple[float, float], ...] = ()
    is_trial: bool = True
    baseline: int = 0
    moved: Moved = Moved.TOO_FEW


def trial(counts: Iterable[Count], *, begun_on: date | None) -> Trial:
    """Chart a team's counts: shares as p′, numbers as XmR.

    With at least five counts before the start, centre and limits are theirs, and later
    counts are held up to them; else they are those of all counts.
    """
    rows = tuple(sorted(counts, key=lambda one: one.day))
    if len(rows) < FEWEST_POINTS:
        return Trial(counts=rows)
    before = sum(begun_on is not None and one.day < begun_on for one in rows)
    baseline = before if before >= FEWEST_POINTS else 0
    chart = _chart(rows, baseline or None)
    lowest = np.maximum(chart.lower, 0.0)  # nobody counts below nothing
    limits = zip(lowest.tolist(), chart.upper.tolist(), strict=True)
    return Trial(
        counts=rows,
        centre=tuple(chart.centre.tolist()),
        limits=tuple(limits),
        is_trial=bool(chart.is_trial.any()),
        baseline=baseline,
        moved=_moved(chart, before),
    )


def _chart(rows: Sequence[Count], baseline: int | None) -> Chart:
    if all(one.of for one in rows):
        events, of = [one.number for one in rows], [one.of for one in rows]
        return p_prime(events, np.asarray(of, dtype=float), baseline=baseline)
    return xmr([one.value for one in rows], baseline=baseline)


def _moved(chart: Chart, before: int) -> Moved:
    """Return what the counts from the start on say, by those that are not ordinary."""
    if before == chart.value.size:
        return Moved.TOO_FEW
    strange = (chart.outside | chart.in_long_run)[before:]
    above = (chart.value > chart.centre)[before:][strange]
    if not strange.any():
        return Moved.INSIDE
    if above.all() or not above.any():
        return Moved.HIGHER if above.all() else Moved.LOWER
    return Moved.SWINGS


def by_week(counts: Iterable[Count]) -> tuple[Count, ...]:
    """Return the counts of several units together, a week each.

    Shares are added up; of numbers it is the mean. A week bears the day it begins.
    """
    rows = sorted(counts, key=_monday)
    return tuple(
        _together(monday, list(week)) for monday, week in groupby(rows, key=_monday)
    )


def _monday(one: Count) -> date:
    return one.day - timedelta(days=one.day.weekday())


def _together(monday: date, rows: Sequence[Count]) -> Count:
    total = sum(one.number for one in rows)
    of = sum(one.of or 0 for one in rows)
    if of:
        return Count(day=monday, number=total, of=of)
    return Count(day=monday, number=total / len(rows))
