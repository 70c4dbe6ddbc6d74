"""Weighted sums of group means, and how sure they are when rows come in clusters."""

from dataclasses import dataclass
from math import exp, floor, inf, log, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike

from kaeden_stats._checks import FloatArray
from kaeden_stats._normal import reach as normal_reach
from kaeden_stats._student import reach as student_reach
from kaeden_stats.errors import InvalidInput, NotIdentified

FEWEST_CLUSTERS = 3
"""With two, an interval is so wide that it says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grouped:
    """Rows by group: how many, their mean, and what each cluster adds to its error.

    `share` is (J, G): what cluster j's rows add to the error of the mean of group g.
    """

    n: FloatArray
    mean: FloatArray
    share: FloatArray

    def variance(self, weight: FloatArray) -> float:
        """Return the variance of Σ weight · mean, with J/(J−1) for so few clusters."""
        clusters = len(self.share)
        return float((self.share @ weight) @ (self.share @ weight)) * (
            clusters / (clusters - 1)
        )


def grouped(n: ArrayLike, total: ArrayLike) -> Grouped:
    """Return the groups of a (J, G) table of counts and one of sums, one row a cluster."""
    counts, sums = np.asarray(n, dtype=float), np.asarray(total, dtype=float)
    if counts.ndim != 2 or counts.shape != sums.shape or counts.shape[1] < 2:
        raise InvalidInput(
            "n and total must be tables of one shape, a row for each cluster and a "
            f"column for each group, got {counts.shape} and {sums.shape}."
        )
    if not (np.isfinite(counts).all() and np.isfinite(sums).all()):
        raise InvalidInput("n and total must be numbers: put 0 where there is no row.")
    if (counts < 0).any() or (sums[counts == 0] != 0).any():
        raise InvalidInput("n must be 0 or more, and total 0 where n is 0.")
    if len(counts) < FEWEST_CLUSTERS:
        raise NotIdentified(
            f"{len(counts)} clusters can't say how sure a mean is: "
            f"give {FEWEST_CLUSTERS} or more."
        )
    rows = counts.sum(axis=0)
    if (rows == 0).any():
        raise NotIdentified("A group has no rows in any cluster, so it has no mean.")
    mean = sums.sum(axis=0) / rows
    return Grouped(n=rows, mean=mean, share=(sums - counts * mean) / rows)


def reach(level: float, df: float) -> float:
    """Return how many standard errors an interval is to either side.

    Degrees of freedom that are not whole are rounded down: never too narrow.
    """
    if df == inf:
        return normal_reach(level)
    return student_reach(level, max(floor(df), 1))


def ratio_interval(
    top: float, bottom: float, variance: float, wide: float
) -> tuple[float, float, float]:
    """Return a ratio with the interval of its logarithm, whose variance is given.

    NaN where either is not above 0: such a ratio means nothing.
    """
    if top <= 0 or bottom <= 0:
        return nan, nan, nan
    middle, half = log(top / bottom), wide * sqrt(variance)
    return exp(middle), exp(middle - half), exp(middle + half)


def satterthwaite(variance: FloatArray, df: FloatArray) -> float:
    """Return the degrees of freedom of a sum of independent variances."""
    doubt = float((variance**2 / df).sum())
    return float(variance.sum()) ** 2 / doubt if doubt > 0 else inf
