"""Whether people who answer about the same thing agree."""

from dataclasses import dataclass
from math import sqrt
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kaeden_stats._checks import FloatArray, IntArray, labels, vector
from kaeden_stats.errors import InvalidInput, NotIdentified


@dataclass(frozen=True, slots=True, kw_only=True)
class NullDistribution:
    """How answers would fall if those who give them did not agree at all.

    Attributes
    ----------
    name : str
        What it is called; say it wherever an agreement is shown.
    shares : tuple of float
        The expected share of each answer, the lowest first; together 1.
    """

    name: str
    shares: tuple[float, ...]

    @property
    def variance(self) -> float:
        """The variance of an answer that falls so (σ²_E), in steps squared."""
        steps = np.arange(len(self.shares))
        mean = np.average(steps, weights=self.shares)
        return float(np.average((steps - mean) ** 2, weights=self.shares))

    @classmethod
    def uniform(cls, points: int) -> Self:
        """Return the null in which each of 2 or more answers is as likely.

        Its variance is (points² - 1)/12: 2 for five answers.

        Raises
        ------
        InvalidInput
            If there are fewer than two answers.
        """
        if points < 2:
            raise InvalidInput(f"points must be at least 2, got {points}.")
        return cls(name="uniform", shares=(1 / points,) * points)


SLIGHTLY_SKEWED = NullDistribution(
    name="slight skew", shares=(0.05, 0.15, 0.20, 0.35, 0.25)
)
"""Five answers that people without a common view tend upwards in: σ²_E = 1.34."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WithinGroupAgreement:
    """How far each of k groups agrees within itself.

    Attributes
    ----------
    groups : (k,) str or int
        The groups' labels, in rising order.
    n : (k,) int
        People in each.
    mean_variance : (k,) float
        Mean over the J items of the variance within the group, steps squared. NaN for
        a group of one.
    agreement : (k,) float
        r_WG(J), 0 (no more than by chance) to 1 (all say the same). NaN for one.
    null : NullDistribution
        What it is measured against.
    """

    groups: NDArray[Any]
    n: IntArray
    mean_variance: FloatArray
    agreement: FloatArray
    null: NullDistribution


def within_group_agreement(
    answers: ArrayLike, groups: ArrayLike, *, null: NullDistribution
) -> WithinGroupAgreement:
    r"""Measure how far people of the same group give the same answers.

    With s̄² the mean over J items of the variance of the answers within the group, and
    σ²_E the variance of answers that fall by chance (`null`):

    .. math::

        r_{WG(J)} = \frac{J (1 - \bar s^2 / \sigma_E^2)}
                         {J (1 - \bar s^2 / \sigma_E^2) + \bar s^2 / \sigma_E^2}

    With one item it is r_WG = 1 - s²/σ²_E. Where people differ more than by chance it
    is 0.

    Parameters
    ----------
    answers : (n, J) float
        One row for each person, one column for each item, all on the scale of `null`:
        whole steps. No NaN: who left an item out is left out.
    groups : (n,) str or int
        The group of each person.
    null : NullDistribution
        How answers fall when nobody agrees.

    Returns
    -------
    WithinGroupAgreement
        One entry for each group, by label.

    Raises
    ------
    InvalidInput
        If shapes do not belong together, an answer is missing, or answers lie farther
        apart than the scale is long.

    Notes
    -----
    It says what the null says: a uniform null calls more things agreement than a
    skewed one, so show both. It grows with J by its form, is unsteady in groups under
    ten, and says nothing of whether groups differ: see `intraclass_correlation`.
    O(nJ).

    References
    ----------
    .. [1] James, Demaree & Wolf (1984), *J. Appl. Psychol.* 69:85-98, eq. 1 and 6; the
       slight skew is theirs.
    .. [2] LeBreton & Senter (2008), *Organ. Res. Methods* 11:815-852, table 2 (σ²_E)
       and eq. 3-4; negative values become 0.
    .. [3] Golden numbers: R 4.2.2, package multilevel 2.7, rwg and rwg.j.

    Examples
    --------
    Three people, two items; two agree wholly, one is a step away in both.

    >>> said = within_group_agreement(
    ...     [[4, 5], [4, 5], [3, 4]], ["a", "a", "a"], null=NullDistribution.uniform(5)
    ... )
    >>> round(float(said.mean_variance[0]), 3), round(float(said.agreement[0]), 3)
    (0.333, 0.909)
    """
    scores = _matrix(answers)
    if np.ptp(scores) > len(null.shares) - 1:
        raise InvalidInput(
            f"answers lie {np.ptp(scores):g} steps apart, but the scale of "
            f"“{null.name}” is {len(null.shares) - 1} steps long."
        )
    names, at = labels(groups, len(scores), "groups")
    n = np.bincount(at)
    mean_variance = _variance_within(scores, at, n).mean(axis=1)
    chance = mean_variance / null.variance
    items = scores.shape[1]
    agreed = np.clip(1 - chance, 0, None) * items
    with np.errstate(invalid="ignore"):
        agreement = agreed / (agreed + chance)
    return WithinGroupAgreement(
        groups=names, n=n, mean_variance=mean_variance, agreement=agreement, null=null
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IntraclassCorrelation:
    """How much of what people answer hangs on the group they belong to.

    Attributes
    ----------
    single : float
        ICC(1), the share of the variance that lies between groups; may be below 0.
    standard_error : float
        Of `single`, for large k.
    mean : float
        ICC(2), how reliable a group's mean is, 0 to 1.
    between, within : float
        Mean squares between and within groups, the answers' unit squared.
    group_size : float
        The size that unequal groups count as (n₀).
    n, k : int
        People and groups.
    """

    single: float
    standard_error: float
    mean: float
    between: float
    within: float
    group_size: float
    n: int
    k: int


def intraclass_correlation(
    values: ArrayLike, groups: ArrayLike
) -> IntraclassCorrelation:
    r"""Say how far people of a group answer alike and unlike other groups.

    One-way random effects, person i of group j: y_ij = μ + u_j + e_ij. With mean squares
    between (MSB) and within (MSW) and group size n₀ = (n - Σ n_j²/n)/(k - 1):

    .. math::

        ICC(1) = \frac{MSB - MSW}{MSB + (n_0 - 1) MSW}, \quad
        ICC(2) = \frac{MSB - MSW}{MSB}

    Parameters
    ----------
    values : (n,) float
        One number for each person, such as the mean of their answers. No NaN.
    groups : (n,) str or int
        The group of each person.

    Returns
    -------
    IntraclassCorrelation

    Raises
    ------
    InvalidInput
        If lengths differ or a value is missing.
    NotIdentified
        If there are fewer than two groups, nobody shares a group, or all values are
        equal.

    Notes
    -----
    ICC(1) below 0 means that groups differ less than chance makes them; ICC(2) is then
    0. `standard_error` is Fisher's, for many groups of equal size; it is too small for
    few or very unequal ones. O(n).

    References
    ----------
    .. [1] Shrout & Fleiss (1979), *Psychol. Bull.* 86:420-428, ICC(1,1) and ICC(1,k).
    .. [2] McGraw & Wong (1996), *Psychol. Methods* 1:30-46, case 1.
    .. [3] Bliese (2000), in Klein & Kozlowski, *Multilevel Theory*, ch. 8 (the names
       ICC(1) and ICC(2) as here).
    .. [4] Searle, Casella & McCulloch (1992), *Variance Components*, ch. 3 (n₀).
    .. [5] Donner (1986), *Int. Stat. Rev.* 54:67-82 (the standard error).
    .. [6] Golden numbers: R 4.2.2, aov, and multilevel 2.7 where groups are of a size.

    Examples
    --------
    Two groups of two that differ by more than they do within.

    >>> said = intraclass_correlation([1.0, 2.0, 4.0, 5.0], ["a", "a", "b", "b"])
    >>> round(said.single, 3), round(said.mean, 3)
    (0.895, 0.944)
    """
    y = vector(values, "values")
    names, at = labels(groups, len(y), "groups")
    n_j = np.bincount(at)
    n, k = len(y), len(names)
    if k < 2 or n <= k:
        raise NotIdentified(
            f"{n} people in {k} groups: give two groups or more, and more people "
            "than groups."
        )
    centred = y - y.mean()
    means = np.bincount(at, weights=centred) / n_j
    between = float((n_j * means**2).sum() / (k - 1))
    within = float(((centred - means[at]) ** 2).sum() / (n - k))
    if between + within <= 0:
        raise NotIdentified("All answers are equal: nothing varies to be shared out.")
    size = float((n - (n_j**2).sum() / n) / (k - 1))
    single = (between - within) / (between + (size - 1) * within)
    spread = (1 - single) * (1 + (size - 1) * single)
    return IntraclassCorrelation(
        single=single,
        standard_error=spread * sqrt(2 / (size * (size - 1) * (k - 1))),
        mean=max(0.0, (between - within) / between) if between else 0.0,
        between=between,
        within=within,
        group_size=size,
        n=n,
        k=k,
    )


def _matrix(answers: ArrayLike) -> FloatArray:
    scores = np.asarray(answers, dtype=np.float64)
    if scores.ndim != 2 or not scores.size:
        raise InvalidInput(
            f"answers must have a row a person and a column an item, got {scores.shape}."
        )
    wrong = int(np.count_nonzero(~np.isfinite(scores)))
    if wrong:
        raise InvalidInput(
            f"answers has {wrong} missing or infinite values. Leave those people out."
        )
    return scores


def _variance_within(scores: FloatArray, at: IntArray, n: IntArray) -> FloatArray:
    """Return the variance of each item within each group, (k, J); NaN for one."""
    totals = np.zeros((len(n), scores.shape[1]))
    np.add.at(totals, at, scores)
    squares = np.zeros_like(totals)
    np.add.at(squares, at, (scores - (totals / n[:, None])[at]) ** 2)
    with np.errstate(invalid="ignore"):
        return np.asarray(squares / np.where(n > 1, n - 1, np.nan)[:, None])
