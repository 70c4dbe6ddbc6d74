"""What all control charts share: phases, limits from the series' own steps, and rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

import numpy as np

from kaeden_stats._checks import BoolArray, FloatArray, IntArray
from kaeden_stats._runs import runs
from kaeden_stats.errors import InvalidInput

STEP = 1.128
"""Mean distance between two normal values, in standard deviations (d2 of two)."""
LARGEST_STEP = 3.267
"""Steps longer than so many mean steps are not the series' ordinary ones (D4 of two)."""
REACH = 3.0
FIRM_POINTS = 12
"""Limits from fewer points are trial limits (NHS England, Making Data Count)."""
EQUAL = 1e-12
"""Relative distance within which a point counts as lying on a line."""


class Rule(StrEnum):
    """What of a series' swings is not ordinary."""

    OUTSIDE = "outside"
    LONG_RUN = "long run"
    FEW_CROSSINGS = "few crossings"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chart:
    """One series, or k of them with a first axis of k before each array but `phase`.

    Attributes
    ----------
    value : (t,) float
        In the outcome's unit, for shares and rates as such; NaN without a point.
    centre, lower, upper : (t,) float
        Centre and limits; the same within a phase, but for the limits of shares and
        rates. NaN where a phase has no points, limits also where no two stand side by
        side.
    sigma : (t,) float
        A third of the distance from centre to limit, before it was cut at the bounds.
    phase : (t,) int
        Number of the phase that each point lies in, from 0.
    points : (p,) int
        Points that each phase's limits were found from.
    dispersion : (p,) float
        Laney's φ (σ_z), 1 in a plain chart; of XmR the standard deviation itself.
    is_trial : (t,) bool
        The limits come from fewer than twelve points and may still move.
    outside : (t,) bool
        The point lies beyond a limit.
    in_long_run : (t,) bool
        The point is part of a longer run on one side of the centre than chance gives.
    seldom_crosses : (t,) bool
        Its phase crosses the centre more seldom than chance gives.
    longest_run, longest_run_expected : (p,) int
        Points of each phase's longest run, and the longest that chance gives.
    crossings, crossings_expected : (p,) int
        How often each phase crosses its centre, and the fewest that chance gives.
    """

    value: FloatArray
    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    sigma: FloatArray
    phase: IntArray
    points: IntArray
    dispersion: FloatArray
    is_trial: BoolArray
    outside: BoolArray
    in_long_run: BoolArray
    seldom_crosses: BoolArray
    longest_run: IntArray
    longest_run_expected: IntArray
    crossings: IntArray
    crossings_expected: IntArray

    def of(self, row: int) -> "Chart":
        """Return the chart of one of k series."""
        if self.value.ndim == 1:
            raise InvalidInput("The chart has one series: there is none to pick.")
        own = {
            one.name: getattr(self, one.name)[row]
            for one in fields(self)
            if one.name != "phase"
        }
        return replace(self, **own)

    @property
    def rules(self) -> tuple[tuple[Rule, ...], ...]:
        """The rules that each point breaks, of a chart of one series."""
        if self.value.ndim != 1:
            raise InvalidInput(
                f"The chart has {len(self.value)} series: "
                "pick one with `of`, or read `outside` and the others whole."
            )
        broken = {
            Rule.OUTSIDE: self.outside,
            Rule.LONG_RUN: self.in_long_run,
            Rule.FEW_CROSSINGS: self.seldom_crosses,
        }
        return tuple(
            tuple(rule for rule, flags in broken.items() if flags[point])
            for point in range(len(self.value))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What tells the charts apart: the standard deviation that chance alone gives."""

    by_chance: Callable[[FloatArray, FloatArray], FloatArray]
    lowest: float = -np.inf
    highest: float = np.inf


def chart(
    value: FloatArray,
    weight: FloatArray,
    kind: Kind,
    *,
    changes: Sequence[int],
    baseline: int | None,
    plain: bool = False,
) -> Chart:
    t = value.shape[-1]
    starts = _starts(t, changes)
    limits_from = np.arange(t) < _baseline(t, changes, baseline)
    y, w = np.atleast_2d(value), np.atleast_2d(weight)
    phases = [
        _phase(y[:, a:b], w[:, a:b], limits_from[a:b], kind, plain=plain, number=number)
        for number, (a, b) in enumerate(zip(starts, [*starts[1:], t], strict=True))
    ]
    whole = Chart(
        **{
            one.name: np.concatenate([getattr(p, one.name) for p in phases], axis=-1)
            for one in fields(Chart)
        }
    )
    return whole if value.ndim == 2 else whole.of(0)


def _starts(t: int, changes: Sequence[int]) -> list[int]:
    starts = [0, *changes]
    rising = all(a < b for a, b in zip(starts, [*starts[1:], t], strict=True))
    if not rising:
        raise InvalidInput(
            f"changes must rise from 1 to {t - 1} at most, the columns where a phase "
            f"begins, got {list(changes)}."
        )
    return starts


def _baseline(t: int, changes: Sequence[int], baseline: int | None) -> int:
    if baseline is None:
        return t
    if changes:
        raise InvalidInput("Give changes or a baseline: a phase has limits of its own.")
    if not 2 <= baseline <= t:
        raise InvalidInput(f"baseline must be 2 to {t} points, got {baseline!r}.")
    return baseline


def _phase(
    y: FloatArray,
    weight: FloatArray,
    limits_from: BoolArray,
    kind: Kind,
    *,
    plain: bool,
    number: int,
) -> Chart:
    """Chart the (k, c) points of one phase."""
    used = ~np.isnan(y) & limits_from
    centre = _mean(y, np.where(used, weight, 0.0))[:, None]
    by_chance = kind.by_chance(centre, weight)
    dispersion = np.ones(len(y)) if plain else _dispersion(y - centre, by_chance, used)
    sigma = dispersion[:, None] * by_chance
    points = used.sum(axis=1)
    nearly = EQUAL * np.fmax(np.abs(y), np.abs(centre))
    away = np.where(np.abs(y - centre) <= nearly, 0.0, y - centre)
    course = runs(np.sign(np.nan_to_num(away)).astype(np.int8))
    return Chart(
        value=y,
        centre=np.broadcast_to(centre, y.shape),
        lower=np.maximum(centre - REACH * sigma, kind.lowest),
        upper=np.minimum(centre + REACH * sigma, kind.highest),
        sigma=sigma,
        phase=np.full(y.shape[1], number),
        points=points[:, None],
        dispersion=dispersion[:, None],
        is_trial=np.broadcast_to((points < FIRM_POINTS)[:, None], y.shape),
        outside=np.abs(away) > REACH * sigma + nearly,
        in_long_run=course.in_long_run,
        seldom_crosses=np.broadcast_to(
            (course.crossings < course.fewest_expected)[:, None], y.shape
        ),
        longest_run=course.longest[:, None],
        longest_run_expected=course.longest_expected[:, None],
        crossings=course.crossings[:, None],
        crossings_expected=course.fewest_expected[:, None],
    )


def _dispersion(away: FloatArray, by_chance: FloatArray, used: BoolArray) -> FloatArray:
    """Return the mean step in what chance alone gives, long steps left out (Nelson)."""
    z = np.divide(away, by_chance, out=np.zeros_like(away), where=by_chance > 0)
    step = np.abs(np.diff(z, axis=1))
    side_by_side = used[:, 1:] & used[:, :-1]
    longest = LARGEST_STEP * _mean(step, side_by_side)
    return _mean(step, side_by_side & (step <= longest[:, None])) / STEP


def _mean(values: FloatArray, weight: FloatArray | BoolArray) -> FloatArray:
    """Return the weighted mean of each row; NaN where nothing has a weight."""
    total = weight.sum(axis=1)
    summed = np.where(weight > 0, values * weight, 0.0).sum(axis=1)
    mean: FloatArray = np.full(len(values), np.nan)
    np.divide(summed, total, out=mean, where=total > 0)
    return mean
