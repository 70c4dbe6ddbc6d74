"""How much goes with social rank, from the lowest to the highest of all."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, nan, sqrt
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from kaeden_stats._checks import FloatArray, positive, same_shape, vector
from kaeden_stats._contrasts import grouped, ratio_interval, reach
from kaeden_stats.errors import InvalidInput, NotIdentified

Variance: TypeAlias = Callable[[FloatArray], float]
FEWEST_RANKS = 3
"""Two groups are a gap; a slope through them is that gap in other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlopeIndex:
    """The slope index of inequality, and the relative one.

    Attributes
    ----------
    slope, standard_error, low, high : float
        What the highest of all would have above the lowest, along the line.
    ratio, ratio_low, ratio_high : float
        The highest over the lowest. NaN where either end is not above 0.
    bottom, top : float
        The two ends of the line.
    df : float
        Degrees of freedom behind the intervals; infinite for known standard errors.
    ranks : int
        Groups that the line goes through.
    level : float
    """

    slope: float
    standard_error: float
    low: float
    high: float
    ratio: float
    ratio_low: float
    ratio_high: float
    bottom: float
    top: float
    df: float
    ranks: int
    level: float


def slope_index(
    size: ArrayLike,
    value: ArrayLike,
    standard_error: ArrayLike,
    *,
    level: float = 0.95,
) -> SlopeIndex:
    r"""Give the slope index of groups in social order, lowest first.

    Group g holds the share a_g of all and has rank x_g at the middle of its own part of
    them (its ridit). The line is weighted by a:

    .. math::

        x_g = \sum_{h<g} a_h + a_g/2, \quad
        \mathrm{SII} = \frac{\sum a_g (x_g - 1/2)\, y_g}{\sum a_g (x_g - 1/2)^2}, \quad
        \mathrm{RII} = \frac{\bar y + \mathrm{SII}/2}{\bar y - \mathrm{SII}/2}

    Both are weighted sums of the values, so their variance follows from the values' own.

    Parameters
    ----------
    size : (g,) float
        How many each group holds, lowest first; above 0.
    value : (g,) float
        In the outcome's unit.
    standard_error : (g,) float
        Of each value, 0 or more; independent of each other.
    level : float
        Between 0 and 1.

    Returns
    -------
    SlopeIndex

    Raises
    ------
    InvalidInput
        If lengths differ, or a number is missing or out of range.
    NotIdentified
        If there are fewer than three groups.

    Notes
    -----
    Wrong where the values don't follow a line by rank; the interval says nothing of that.
    Where groups' sizes are themselves a small sample it is too narrow. O(g).

    References
    ----------
    .. [1] Low & Low (2004), *Journal of Public Health* 26:388-395.
    .. [2] Golden numbers: the example of PHEindicatormethods' phe_sii, worked by R's lm,
       and its interval by 400,000 draws.

    Examples
    --------
    >>> said = slope_index([100, 100, 100], [3.0, 3.2, 3.4], [0.05, 0.05, 0.05])
    >>> round(said.slope, 3), round(said.ratio, 3)
    (0.6, 1.207)
    """
    y, error = vector(value, "value"), vector(standard_error, "standard_error")
    line = _line(positive(size, "size"))
    same_shape(y, line.share, "size and value")
    same_shape(y, error, "value and standard_error")
    if (error < 0).any():
        raise InvalidInput(f"standard_error must be 0 or more, got {error.min():g}.")
    return _index(line, y, lambda weight: float(weight**2 @ error**2), inf, level)


def slope_index_in_clusters(
    n: ArrayLike, total: ArrayLike, *, level: float = 0.95
) -> SlopeIndex:
    r"""Give the slope index of rows that come in clusters, as `gap_in_clusters` does.

    The groups are the columns, lowest first. With the weights c of `slope_index`,

    .. math::

        V = \frac{J}{J-1} \sum_j \Big(\sum_g c_g \frac{T_{jg} - n_{jg} m_g}{n_{\cdot g}}\Big)^2

    Parameters
    ----------
    n, total : (J, G) float
        Rows of each group in each cluster, and the sum of their outcomes; 0 where there
        is none.
    level : float
        Between 0 and 1.

    Returns
    -------
    SlopeIndex

    Raises
    ------
    InvalidInput
        If the tables don't fit each other, or a number is missing or negative.
    NotIdentified
        If there are fewer than three clusters or groups, or a group has no rows.

    Notes
    -----
    As `gap_in_clusters`: somewhat too narrow with fewer than about ten clusters. O(J G).

    References
    ----------
    .. [1] As `slope_index`.

    Examples
    --------
    >>> rows = [[10, 10, 10]] * 3
    >>> said = slope_index_in_clusters(rows, [[30, 32, 34], [29, 32, 35], [31, 32, 33]])
    >>> round(said.slope, 3), said.df
    (0.6, 2.0)
    """
    found = grouped(n, total)
    df = float(len(found.share) - 1)
    return _index(_line(found.n), found.mean, found.variance, df, level)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Line:
    """What the values are multiplied by to give the mean and the slope."""

    share: FloatArray
    slope: FloatArray


def _line(size: FloatArray) -> _Line:
    if len(size) < FEWEST_RANKS:
        raise NotIdentified(
            f"{len(size)} groups are no order to draw a line along: "
            f"give {FEWEST_RANKS} or more."
        )
    share = size / size.sum()
    rank = np.cumsum(share) - share / 2 - 0.5
    return _Line(share=share, slope=share * rank / float(share @ rank**2))


def _index(
    line: _Line, y: FloatArray, variance: Variance, df: float, level: float
) -> SlopeIndex:
    slope, wide = float(line.slope @ y), reach(level, df)
    low_end, high_end = line.share - line.slope / 2, line.share + line.slope / 2
    bottom, top = float(low_end @ y), float(high_end @ y)
    error = sqrt(variance(line.slope))
    is_ratio = bottom > 0 and top > 0
    of_log = variance(high_end / top - low_end / bottom) if is_ratio else nan
    ratio = ratio_interval(top, bottom, of_log, wide)
    return SlopeIndex(
        slope=slope,
        standard_error=error,
        low=slope - wide * error,
        high=slope + wide * error,
        ratio=ratio[0],
        ratio_low=ratio[1],
        ratio_high=ratio[2],
        bottom=bottom,
        top=top,
        df=df,
        ranks=len(y),
        level=level,
    )
