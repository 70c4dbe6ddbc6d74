"""The gap between two groups: how wide it is, and how sure."""

from dataclasses import dataclass
from math import inf, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike

from kaeden_stats._checks import FloatArray, positive, same_shape, vector
from kaeden_stats._contrasts import grouped, ratio_interval, reach, satterthwaite
from kaeden_stats.errors import InvalidInput

SECOND_LESS_FIRST = np.array([-1.0, 1.0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How far the second group lies above the first.

    Attributes
    ----------
    difference, low, high : float
        The second's mean or share less the first's, with its interval.
    standard_error : float
        Of the difference. Of shares it is the plain one; the interval is not made of it.
    ratio, ratio_low, ratio_high : float
        The second over the first. NaN where either is not above 0.
    df : float
        Degrees of freedom behind the interval; infinite for shares.
    level : float
        How often such an interval holds the true gap, 0 to 1.
    """

    difference: float
    standard_error: float
    low: float
    high: float
    ratio: float
    ratio_low: float
    ratio_high: float
    df: float
    level: float


def gap_between_means(
    mean: ArrayLike, variance: ArrayLike, n: ArrayLike, *, level: float = 0.95
) -> Gap:
    r"""Give the gap between the means of two groups whose rows are independent.

    With means ȳ, variances s² and sizes n of the groups (Welch, Satterthwaite):

    .. math::

        \bar y_2 - \bar y_1 \pm t_\nu \sqrt{s_1^2/n_1 + s_2^2/n_2}

    and for the ratio the interval of log(ȳ₂/ȳ₁), whose variance is Σ s²/(n ȳ²).

    Parameters
    ----------
    mean : (2,) float
        The first group's and the second's, in the outcome's unit.
    variance : (2,) float
        Between the rows of each group (divided by n − 1), above 0.
    n : (2,) float
        Rows of each group, 2 or more.
    level : float
        Between 0 and 1.

    Returns
    -------
    Gap

    Raises
    ------
    InvalidInput
        If there are not two groups, or a number is missing or out of range.

    Notes
    -----
    Wrong when rows come in classes or schools, or the same person stands in several
    rows: use `gap_in_clusters`. Fewer than ten rows and a skewed outcome: too narrow. O(1).

    References
    ----------
    .. [1] Welch (1947), *Biometrika* 34:28-35.
    .. [2] Golden numbers: R 4.2.2, t.test.

    Examples
    --------
    >>> said = gap_between_means([3.0, 4.0], [1.0, 1.0], [50, 50])
    >>> said.difference, round(said.low, 2), round(said.high, 2)
    (1.0, 0.6, 1.4)
    """
    y, s2, rows = _two(mean, "mean"), positive(variance, "variance"), _two(n, "n")
    same_shape(y, s2, "mean and variance")
    if (rows < 2).any():
        raise InvalidInput(f"n must be 2 or more in each group, got {rows.tolist()}.")
    parts = s2 / rows
    df = satterthwaite(parts, rows - 1)
    return _gap(y, float(parts.sum()), float((parts / y**2).sum()), df, level)


def gap_between_shares(events: ArrayLike, n: ArrayLike, *, level: float = 0.95) -> Gap:
    r"""Give the gap between the shares of two groups, by their score intervals.

    With Wilson's interval (l, u) of each share p (Newcombe's hybrid, his method 10):

    .. math::

        p_2 - p_1 - \sqrt{(p_2 - l_2)^2 + (u_1 - p_1)^2}, \quad
        p_2 - p_1 + \sqrt{(u_2 - p_2)^2 + (p_1 - l_1)^2}

    The ratio's interval is that of its logarithm, with variance Σ (1/events − 1/n).

    Parameters
    ----------
    events : (2,) float
        How many of each group, from 0 to n. Not whole where n is an effective size.
    n : (2,) float
        Rows of each group, above 0.
    level : float
        Between 0 and 1.

    Returns
    -------
    Gap
        In shares, -1 to 1.

    Raises
    ------
    InvalidInput
        If there are not two groups, or a number is missing or out of range.

    Notes
    -----
    Rows must be independent; where they come in clusters, divide events and n by the
    design effect (see `design_effect`). Without an event in a group the ratio is NaN. O(1).

    References
    ----------
    .. [1] Newcombe (1998), *Statistics in Medicine* 17:873-890, table II.
    .. [2] Katz and others (1978), *Biometrics* 34:469-474 (the ratio).

    Examples
    --------
    >>> said = gap_between_shares([48, 56], [80, 70])
    >>> round(said.difference, 4), round(said.low, 4), round(said.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    count, rows = _two(events, "events"), _two(n, "n")
    if not ((rows > 0) & (count >= 0) & (count <= rows)).all():
        raise InvalidInput(
            f"events must lie from 0 to n, got {count.tolist()} of {rows.tolist()}."
        )
    p, z = count / rows, reach(level, inf)
    low, high = _wilson(p, rows, z)
    difference = float(p[1] - p[0])
    below = sqrt((p[1] - low[1]) ** 2 + (high[0] - p[0]) ** 2)
    above = sqrt((high[1] - p[1]) ** 2 + (p[0] - low[0]) ** 2)
    of_log = float((1 / count - 1 / rows).sum()) if (count > 0).all() else nan
    ratio = ratio_interval(float(p[1]), float(p[0]), of_log, z)
    return Gap(
        difference=difference,
        standard_error=sqrt(float((p * (1 - p) / rows).sum())),
        low=difference - below,
        high=difference + above,
        ratio=ratio[0],
        ratio_low=ratio[1],
        ratio_high=ratio[2],
        df=inf,
        level=level,
    )


def gap_in_clusters(n: ArrayLike, total: ArrayLike, *, level: float = 0.95) -> Gap:
    r"""Give the gap between two groups whose rows come in clusters.

    Cluster j has n_jg rows of group g that add up to T_jg. With the groups' means m_g,

    .. math::

        u_j = \sum_g c_g \frac{T_{jg} - n_{jg} m_g}{n_{\cdot g}}, \quad
        V = \frac{J}{J-1} \sum_j u_j^2, \quad c = (-1, 1)

    and the interval has t with J − 1 degrees of freedom. What a cluster gives to both
    groups cancels, as it should.

    Parameters
    ----------
    n, total : (J, 2) float
        Rows of each group in each cluster, and the sum of their outcomes; 0 where there
        is none. Everything that hangs together must be in one cluster.
    level : float
        Between 0 and 1.

    Returns
    -------
    Gap

    Raises
    ------
    InvalidInput
        If the tables don't fit each other, or a number is missing or negative.
    NotIdentified
        If there are fewer than three clusters, or a group has no rows.

    Notes
    -----
    Somewhat too narrow with fewer than about ten clusters, more so where one of them is
    much larger than the others or a group is in few of them. O(J).

    References
    ----------
    .. [1] Cochran (1977), *Sampling Techniques*, 3rd ed., ch. 6 and 11 (ratio estimates).
    .. [2] Golden numbers: R 4.2.2, the sandwich of lm written out.

    Examples
    --------
    >>> said = gap_in_clusters(
    ...     [[10, 10], [20, 10], [10, 20]], [[30, 40], [58, 39], [32, 78]]
    ... )
    >>> round(said.difference, 3), said.df
    (0.925, 2.0)
    """
    found = grouped(n, total)
    if len(found.mean) != 2:
        raise InvalidInput(f"A gap is between two groups, got {len(found.mean)}.")
    of_ratio = SECOND_LESS_FIRST / np.where(found.mean == 0, nan, found.mean)
    return _gap(
        found.mean,
        found.variance(SECOND_LESS_FIRST),
        found.variance(of_ratio),
        float(len(found.share) - 1),
        level,
    )


def _gap(
    mean: FloatArray, variance: float, of_log: float, df: float, level: float
) -> Gap:
    difference, wide = float(mean[1] - mean[0]), reach(level, df)
    error = sqrt(variance)
    ratio = ratio_interval(float(mean[1]), float(mean[0]), of_log, wide)
    return Gap(
        difference=difference,
        standard_error=error,
        low=difference - wide * error,
        high=difference + wide * error,
        ratio=ratio[0],
        ratio_low=ratio[1],
        ratio_high=ratio[2],
        df=df,
        level=level,
    )


def _two(values: ArrayLike, name: str) -> FloatArray:
    array = vector(values, name)
    if len(array) != 2:
        raise InvalidInput(f"{name} must be of two groups, got {len(array)}.")
    return array


def _wilson(p: FloatArray, n: FloatArray, z: float) -> tuple[FloatArray, FloatArray]:
    """Return Wilson's score interval of each share."""
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return middle - half, middle + half
