"""The variance between pupils, when only its share of the whole is published."""

import numpy as np
from numpy.typing import ArrayLike

from kaeden_stats._checks import FloatArray, labels, positive, same_shape, vector
from kaeden_stats.errors import InvalidInput, NotIdentified


def within_variance_from_shares(
    value: ArrayLike,
    n: ArrayLike,
    groups: ArrayLike | None = None,
    *,
    unit_share: float,
    group_share: float,
) -> float:
    r"""Find the variance between pupils from published shares and the spread of means.

    A pupil's result has total variance T, of which the share ρ_u = `unit_share` lies
    between units of a group and ρ_g = `group_share` between groups. The spread of the
    k unit means is then expected to be

    .. math::

        S^2 = T \, (\rho_u + \kappa \rho_g + (1 - \rho_u - \rho_g) \, m)

    with m the mean of 1/n, and κ the part of the variance between groups that shows
    among these units: 1 when each has its own group, 0 when all share one. Solving for
    T gives σ² = (1 - ρ_u - ρ_g) T, the variance within units.

    Parameters
    ----------
    value : (k,) float
        The published mean of each unit, in the outcome's own unit. No NaN.
    n : (k,) float
        Pupils behind each mean, at least 1.
    groups : (k,) str or int, optional
        Each unit's group. Without it every unit counts as a group of its own.
    unit_share : float
        Share of the total variation that lies between units (ρ_u), 0 to 1.
    group_share : float
        Share of the total variation that lies between groups (ρ_g), 0 to 1; together
        with `unit_share` below 1.

    Returns
    -------
    float
        σ², in the outcome's unit squared. Give it to `fit_area` as `within_variance`.

    Raises
    ------
    InvalidInput
        If lengths differ, a value is missing, or the shares are outside their range.
    NotIdentified
        If there are fewer than two units, or all values are equal.

    Notes
    -----
    A method of moments in O(k). It is wrong when the shares come from another measure,
    age group or decade than the values, and unsure when there are few units: the
    relative error is about sqrt(2/k), and larger when groups are few.

    References
    ----------
    .. [1] Searle, Casella & McCulloch (1992), *Variance Components*, ch. 3 (κ and m are
       the coefficients of expected mean squares).

    Examples
    --------
    4 % between schools, 1 % between municipalities: most of the spread of the means
    of small schools is chance.

    >>> round(
    ...     within_variance_from_shares(
    ...         [3.5, 3.7, 3.9], [20, 20, 20], unit_share=0.04, group_share=0.01
    ...     ),
    ...     3,
    ... )
    0.39
    """
    y, pupils = vector(value, "value"), positive(n, "n")
    same_shape(y, pupils, "value and n")
    if not (unit_share >= 0 and group_share >= 0 and unit_share + group_share < 1):
        raise InvalidInput(
            "unit_share and group_share must be 0 or more and together below 1, got "
            f"{unit_share!r} and {group_share!r}."
        )
    if len(y) < 2 or np.ptp(y) == 0:
        raise NotIdentified("The units do not differ: give two or more that do.")
    pupil_share = 1 - unit_share - group_share
    visible = 1.0 if groups is None else _part_between_groups(y, groups)
    per_total = unit_share + visible * group_share + pupil_share * np.mean(1 / pupils)
    return float(pupil_share * np.var(y, ddof=1) / per_total)


def _part_between_groups(y: FloatArray, groups: ArrayLike) -> float:
    """Return κ = (1 - Σ k_j²/k²) k/(k - 1)."""
    k = len(y)
    sizes = np.bincount(labels(groups, k, "groups")[1])
    return float((1 - (sizes**2).sum() / k**2) * k / (k - 1))
