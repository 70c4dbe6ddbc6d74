"""How much a model explains, and how reliable its units' results are."""

from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._table import Table
from kaeden_stats.multilevel.result import RESIDUAL, Fit


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedVariance:
    """Shares of the outcome's variance, 0 to 1.

    Attributes
    ----------
    marginal : float
        Explained by the fixed effects.
    conditional : float
        Explained by the fixed effects and the units together.
    fixed_variance : float
        Variance of the fixed part over the rows, in the outcome's unit squared.
    """

    marginal: float
    conditional: float
    fixed_variance: float


def explained_variance(fit: Fit) -> ExplainedVariance:
    r"""Give marginal and conditional R².

    .. math::

        R^2_m = \frac{\sigma^2_f}{\sigma^2_f + \sum_l \sigma^2_l + \sigma^2}, \quad
        R^2_c = \frac{\sigma^2_f + \sum_l \sigma^2_l}
                     {\sigma^2_f + \sum_l \sigma^2_l + \sigma^2}

    with σ²_f the variance of the fixed part Xβ over the rows (n - 1 in the denominator),
    and σ²_l that of level l's effects on an average row, tr(Σ_l Z'Z)/n.

    Parameters
    ----------
    fit : Fit
        By REML or ML.

    Returns
    -------
    ExplainedVariance

    Notes
    -----
    R² says how far apart rows are that differ in what the model knows, not whether the
    model is right. With weights, means over rows are weighted. O(groups): the variance of
    Xβ comes from the products.

    References
    ----------
    .. [1] Nakagawa & Schielzeth (2013), *Methods in Ecology and Evolution* 4:133.
    .. [2] Johnson (2014), *Methods in Ecology and Evolution* 5:944 (random slopes).
    .. [3] Golden numbers: those formulas on lme4's fits in R.
    """
    fixed = fixed_variance(fit)
    units = 1 / fit.variance_shares[RESIDUAL] - 1
    random = units * fit.residual_variance
    whole = fixed + random + fit.residual_variance
    return ExplainedVariance(
        marginal=fixed / whole,
        conditional=(fixed + random) / whole,
        fixed_variance=fixed,
    )


def fixed_variance(fit: Fit) -> float:
    """Return the variance of Xβ over the rows, in the outcome's unit squared."""
    whole, n = whole_products(fit), fit.run.rows
    data, beta = fit._scaled.problem.data, fit._optimum.profile.beta
    fixed = whole[np.ix_(data.fixed, data.fixed)]
    around = fixed - np.outer(fixed[0], fixed[0]) / fixed[0, 0]
    spread = float(beta @ around @ beta / fixed[0, 0])
    return spread * n / (n - 1) * fit._scaled.size**2


def whole_products(fit: Fit) -> FloatArray:
    """Return the products of all columns over all rows, in the scale of the fit."""
    problem = fit._scaled.problem
    none = tuple(
        np.zeros((one.design.shape[1], one.design.shape[1])) for one in problem.levels
    )
    return problem.profile(none, reml=False).top


def reliability(fit: Fit) -> Table:
    r"""Give how reliable the units' results are at each level.

    The reliability of a unit's effect is the share of its raw distance that is kept,
    1 - (conditional variance)/(variance between units); for an intercept in a model of
    one level that is λ_j = τ²/(τ² + σ²/n_j), the reliability of the unit's mean.

    Parameters
    ----------
    fit : Fit
        By REML or ML.

    Returns
    -------
    Table
        level, term, units, median, low and high (the first and last tenth of the units),
        and share_above: how many of the units, 0 to 1, have 0.7 or more, a usual demand
        on what is said of single units. One row for each level and random term.

    Notes
    -----
    Fixed effects are taken as known. Where the median is below 0.5, most of what tells
    units apart is chance: show the level's variance, not its units.

    References
    ----------
    .. [1] Raudenbush & Bryk (2002), *Hierarchical Linear Models*, 2nd ed., ch. 3.
    """
    rows = []
    for level in fit.levels:
        found = fit.effects(level)
        for term in fit.effect_terms[level]:
            own = found["reliability"][found["term"] == term]
            low, median, high = np.quantile(own, [0.1, 0.5, 0.9])
            above = float(np.mean(own >= USUAL_DEMAND))
            rows.append((level, term, len(own), median, low, high, above))
    names = ("level", "term", "units", "median", "low", "high", "share_above")
    return Table(dict(zip(names, zip(*rows, strict=True), strict=True)))


USUAL_DEMAND = 0.7
