"""Has it changed? A weighted trend over the last five years that have no break."""

from dataclasses import dataclass

import numpy as np

from kaeden.engine.panel import FloatArray, Panel
from kaeden_stats import PooledNoise, Trends, pooled_noise, trends

FEWEST_YEARS = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Development:
    """The trend of each unit, and the variance of one year's value.

    Attributes
    ----------
    variance : (k,) float or None
        Variance from year to year around a unit's own line, pooled over all units
        and shared out by size; None where too few years follow the last break.
    """

    trends: Trends | None
    variance: FloatArray | None
    years: int


def assess(panel: Panel) -> Development:
    """Return the development of every unit since the last break in the series."""
    first = _first_column(panel)
    years = np.array([period.start for period in panel.periods[first:]], dtype=float)
    value = panel.value[:, first:]
    if not panel.indicator.series or len(years) < FEWEST_YEARS:
        return Development(trends=None, variance=None, years=len(years))
    known = np.isfinite(panel.n)
    usual = float(np.median(panel.n[known])) if known.any() else 1.0
    size = np.where(known, panel.n, usual)
    n = np.repeat(size[:, None], len(years), axis=1)
    noise: PooledNoise = pooled_noise(years, value, n)
    variance = noise.variance / n
    return Development(
        trends=trends(years, value, variance),
        variance=variance[:, -1],
        years=len(years),
    )


def assess_few(panel: Panel) -> Development:
    """Return the development of a handful of units, since the last break.

    As `assess`, but the noise is judged from so few figures that it is itself in doubt:
    it is taken so much larger that a claim is as certain as it says, and never smaller
    than what rounding alone adds.
    """
    first = _first_column(panel)
    years = np.array([period.start for period in panel.periods[first:]], dtype=float)
    value = panel.value[:, first:]
    counted = np.isfinite(value).sum(axis=1)
    if max(counted, default=0) < FEWEST_YEARS:
        return Development(trends=None, variance=None, years=len(years))
    size = np.where(panel.n >= 1, panel.n, 1.0)
    n = np.repeat(size[:, None], len(years), axis=1)
    noise = pooled_noise(years, value, n)
    variance = np.maximum(noise.cautious() / n, panel.rounding_variance)
    return Development(
        trends=trends(years, value, variance),
        variance=variance[:, -1],
        years=int(max(counted)),
    )


def _first_column(panel: Panel) -> int:
    """Return the first period after the last break that lies within the series."""
    return max(panel.breaks, default=0)
