"""What a pulse says: means, agreement within and between links, gaps, a direction.

Nothing here is fit to be shown as it stands: whoever asks holds it to the limits of
`publication.rules` first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from kaeden_stats import (
    SLIGHTLY_SKEWED,
    NotIdentified,
    NullDistribution,
    intraclass_correlation,
    leave_one_out_trend,
    mean_with_interval,
    within_group_agreement,
)

Row: TypeAlias = Sequence[int]
"""One person's answers, in the order of the instrument's statements."""

SMALLEST_VARIANCE = 1e-6
"""Where all say the same, a mean is still not known without any doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A mean with its 95 % interval, in the answers' unit."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """The mean over links of the agreement within each, by either null, 0 to 1.

    A median would be one link's own figure where links are few.
    """

    uniform: float
    slight_skew: float
    links: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """How much hangs on the link, ICC(1), and how sure a link's mean is, ICC(2)."""

    single: float
    standard_error: float
    mean: float
    links: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """Which way a series goes: 1, -1 or 0; preliminary below five points."""

    sign: int
    preliminary: bool


def spread_of(values: Iterable[float]) -> Spread | None:
    """Return the mean of two values or more with its interval, else None."""
    found = list(values)
    if len(found) < 2:
        return None
    said = mean_with_interval(found)
    return Spread(mean=said.mean, low=said.low, high=said.high, n=said.n)


def scores(rows: Iterable[Row]) -> list[float]:
    """Return the mean of each person's answers."""
    return [float(np.mean(row)) for row in rows]


def gap_in_link(led: Sequence[Row], own: Row) -> Spread | None:
    """Return how much higher those who are led see it than who leads them."""
    (leader,) = scores([own])
    return spread_of(score - leader for score in scores(led))


def gap_of_level(
    led: Mapping[str, Sequence[Row]], own: Mapping[str, Row]
) -> Spread | None:
    """Return the gap over all links of a level, each link counted once.

    `led` are the answers of those who are led and `own` the leader's, by the link.
    """
    both = led.keys() & own.keys()
    gaps = [np.mean(scores(led[one])) - scores([own[one]])[0] for one in sorted(both)]
    return spread_of(float(gap) for gap in gaps)


def within(
    led: Mapping[str, Sequence[Row]], *, points: int, fewest: int
) -> Within | None:
    """Return the agreement within the links that have `fewest` answers or more."""
    large = {one: rows for one, rows in led.items() if len(rows) >= fewest}
    if not large:
        return None
    rows = [row for one in large.values() for row in one]
    names = [name for name, one in large.items() for _row in one]
    uniform = NullDistribution.uniform(points)
    means = [
        float(np.mean(within_group_agreement(rows, names, null=null).agreement))
        for null in (uniform, SLIGHTLY_SKEWED)
    ]
    return Within(uniform=means[0], slight_skew=means[1], links=len(large))


def between(led: Mapping[str, Sequence[Row]]) -> Between | None:
    """Return how much of the answers hangs on the link; None where nothing can tell."""
    values = [score for rows in led.values() for score in scores(rows)]
    names = [name for name, rows in led.items() for _row in rows]
    try:
        said = intraclass_correlation(values, names)
    except NotIdentified:
        return None
    return Between(
        single=said.single,
        standard_error=said.standard_error,
        mean=said.mean,
        links=said.k,
    )


def direction(points: Sequence[tuple[float, Sequence[float]]]) -> Direction:
    """Say which way the mean of some values goes over time, if it can be said.

    Each point is a time in years and the values of that time. A direction is claimed
    as for any result: five points, and none of them alone makes it.
    """
    known = [(time, values) for time, values in points if len(values) > 1]
    if len(known) < 2:
        return Direction(sign=0, preliminary=True)
    variances = [
        max(float(np.var(values, ddof=1)) / len(values), SMALLEST_VARIANCE)
        for _time, values in known
    ]
    said = leave_one_out_trend(
        [time for time, _values in known],
        [float(np.mean(values)) for _time, values in known],
        variances,
    )
    return Direction(sign=said.direction, preliminary=said.preliminary)
