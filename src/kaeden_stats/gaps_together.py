"""Many gaps together: how uncertain they are, and whether they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from kaeden_stats._checks import positive, same_shape, vector
from kaeden_stats._contrasts import reach, satterthwaite
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.gaps import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignEffect:
    """How many times more uncertain gaps are than if their rows were independent.

    Attributes
    ----------
    factor : float
        1 or more: it is never taken to make anything surer.
    df : float
        Degrees of freedom behind it.
    """

    factor: float
    df: float


def design_effect(
    clustered: ArrayLike, plain: ArrayLike, clusters: ArrayLike
) -> DesignEffect:
    r"""Judge from many units how much clusters matter, for units with few of them.

    With each unit's variance by its own J_i clusters, V_i, and as if rows were
    independent, W_i:

    .. math::

        \hat\phi = \max\left(1, \frac{\sum_i (J_i - 1) V_i / W_i}{\sum_i (J_i - 1)}\right)

    Parameters
    ----------
    clustered, plain : (k,) float
        Variance of each unit's gap both ways; `plain` above 0.
    clusters : (k,) float
        Clusters of each unit, 2 or more.

    Returns
    -------
    DesignEffect
        A unit's variance is then ``factor * plain``.

    Raises
    ------
    InvalidInput
        If lengths differ or a number is out of range.
    NotIdentified
        If there is no unit.

    Notes
    -----
    One factor for all: wrong where one unit's classes differ much more than others'. O(k).

    References
    ----------
    .. [1] Kish (1965), *Survey Sampling*, ch. 8.

    Examples
    --------
    >>> design_effect([0.03, 0.01], [0.01, 0.01], [4, 4])
    DesignEffect(factor=2.0, df=6.0)
    """
    v, w = vector(clustered, "clustered"), positive(plain, "plain")
    count = vector(clusters, "clusters")
    same_shape(v, w, "clustered and plain")
    same_shape(v, count, "clustered and clusters")
    if not len(v):
        raise NotIdentified("No unit has two clusters, so nothing says what they mean.")
    if (v < 0).any() or (count < 2).any():
        raise InvalidInput("clustered must be 0 or more, and clusters 2 or more.")
    df = count - 1
    factor = float((df * v / w).sum() / df.sum())
    return DesignEffect(factor=max(factor, 1.0), df=float(df.sum()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """How far the second of two gaps lies from the first.

    Attributes
    ----------
    difference, standard_error, low, high : float
        The second gap less the first, in the outcome's unit.
    differ : bool
        The interval leaves out 0: only then may one say that the gaps differ.
    level : float
    """

    difference: float
    standard_error: float
    low: float
    high: float
    differ: bool
    level: float


def gaps_apart(first: Gap, second: Gap) -> Apart:
    r"""Hold two gaps beside each other: what is tested is the difference between them.

    That one gap's interval leaves out 0 and the other's holds it says nothing of whether
    they differ. With standard errors s and degrees of freedom ν:

    .. math::

        d_2 - d_1 \pm t_\nu \sqrt{s_1^2 + s_2^2}, \quad
        \nu = (s_1^2 + s_2^2)^2 / (s_1^4/\nu_1 + s_2^4/\nu_2)

    Parameters
    ----------
    first, second : Gap
        Of different rows, and of one level.

    Returns
    -------
    Apart

    Raises
    ------
    InvalidInput
        If their levels differ.

    Notes
    -----
    Too wide where both are of the same children. Many pairs make many tests. O(1).

    References
    ----------
    .. [1] Gelman & Stern (2006), *The American Statistician* 60:328-331.

    Examples
    --------
    >>> from kaeden_stats import gap_between_means
    >>> one = gap_between_means([3.0, 3.5], [1.0, 1.0], [40, 40])
    >>> other = gap_between_means([3.0, 3.3], [1.0, 1.0], [40, 40])
    >>> one.low > 0 > other.low, gaps_apart(one, other).differ
    (True, False)
    """
    if first.level != second.level:
        raise InvalidInput(
            f"The gaps must have one level, got {first.level} and {second.level}."
        )
    parts = np.array([first.standard_error, second.standard_error]) ** 2
    df = satterthwaite(parts, np.array([first.df, second.df]))
    difference, error = second.difference - first.difference, sqrt(float(parts.sum()))
    half = reach(first.level, df) * error
    return Apart(
        difference=difference,
        standard_error=error,
        low=difference - half,
        high=difference + half,
        differ=abs(difference) > half,
        level=first.level,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledGap:
    """The gap of many units or years, and whether theirs are one and the same.

    Attributes
    ----------
    difference, standard_error, low, high : float
        The weighted mean of the gaps.
    chi_square, p_value : float
        Test that all have the same gap, with one degree of freedom less than gaps.
    gaps : int
    level : float
    """

    difference: float
    standard_error: float
    low: float
    high: float
    chi_square: float
    p_value: float
    gaps: int
    level: float


def pooled_gap(
    gaps: Sequence[Gap], *, weight: ArrayLike | None = None, level: float = 0.95
) -> PooledGap:
    r"""Pool the gaps of units or years, and ask whether they differ at all.

    With weights w and standard errors s; the test always weighs by 1/s² (Cochran's Q):

    .. math::

        \bar d = \sum w d / \sum w, \quad s_{\bar d}^2 = \sum w^2 s^2 / (\sum w)^2, \quad
        Q = \sum (d - \bar d_{1/s^2})^2 / s^2

    Parameters
    ----------
    gaps : sequence of Gap
        Of different rows. Standard errors above 0.
    weight : (k,) float, optional
        Above 0: numbers of children say what is so for the typical child. Without, 1/s²:
        the surest mean, if all have the same gap.
    level : float
        Between 0 and 1.

    Returns
    -------
    PooledGap

    Raises
    ------
    InvalidInput
        If weights don't fit, or a standard error is not above 0.
    NotIdentified
        If there are fewer than two gaps.

    Notes
    -----
    The interval is the normal one, and the test takes standard errors as known: with
    little behind them it finds differences too often. The interval says nothing of a
    next unit. O(k).

    References
    ----------
    .. [1] Cochran (1954), *Biometrics* 10:101-129.
    .. [2] Golden numbers: R 4.2.2, the formulas and pchisq.

    Examples
    --------
    >>> from kaeden_stats import gap_between_means
    >>> one = gap_between_means([3.0, 3.5], [1.0, 1.0], [40, 40])
    >>> other = gap_between_means([3.0, 3.3], [1.0, 1.0], [40, 40])
    >>> pooled = pooled_gap([one, other])
    >>> round(pooled.difference, 2), pooled.p_value > 0.05
    (0.4, True)
    """
    if len(gaps) < 2:
        raise NotIdentified(f"{len(gaps)} gaps can't be pooled: give two or more.")
    d = np.array([one.difference for one in gaps])
    s2 = positive([one.standard_error**2 for one in gaps], "standard_error²")
    w = 1 / s2 if weight is None else positive(weight, "weight")
    same_shape(d, w, "gaps and weight")
    mean = float(np.average(d, weights=w))
    error = sqrt(float((w**2 * s2).sum())) / float(w.sum())
    half = reach(level, inf) * error
    chi_square = float(((d - np.average(d, weights=1 / s2)) ** 2 / s2).sum())
    return PooledGap(
        difference=mean,
        standard_error=error,
        low=mean - half,
        high=mean + half,
        chi_square=chi_square,
        p_value=float(chdtrc(len(d) - 1, chi_square)),
        gaps=len(d),
        level=level,
    )
