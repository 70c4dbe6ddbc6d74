"""Which of two models the data speak for: likelihood ratio, AIC and BIC."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log

import numpy as np
from scipy.special import chdtrc

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._exact import total
from kaeden_stats.multilevel.blocks import CrossProducts, within
from kaeden_stats.multilevel.result import Fit

ENOUGH = 1e-6
"""How much lower than a smaller model's a larger one's log-likelihood may seem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A smaller model beside a larger one that holds it.

    Attributes
    ----------
    statistic : float
        Twice the difference of the log-likelihoods.
    df : int
        Parameters that only the larger model has.
    p_value : float
        How often the statistic would be as large if the smaller model held.
    reference : str
        The distribution that the p-value is from, and when it is only a bound.
    on_edge : bool
        Whether a variance is tested at zero, the edge of what it can be.
    parameters : (int, int)
        Fixed effects, variances, covariances and residual variance of each model.
    aic, bic : (float, float)
        Of the smaller and the larger model, as lme4 counts: n of the BIC is the rows.
    """

    statistic: float
    df: int
    p_value: float
    reference: str
    on_edge: bool
    parameters: tuple[int, int]
    aic: tuple[float, float]
    bic: tuple[float, float]


def compare(smaller: Fit, larger: Fit) -> Comparison:
    r"""Compare two models of the same rows of which one holds the other.

    Parameters
    ----------
    smaller, larger : Fit
        Both by ML; both by REML only if their fixed effects are the same. Every term of
        the smaller must be in the larger.

    Returns
    -------
    Comparison

    Raises
    ------
    InvalidInput
        If the models are of other rows, outcomes or weights, were not fitted alike, are
        REML fits with different fixed effects, or are not nested in each other.

    Notes
    -----
    Twice the difference of log-likelihoods is χ² with as many degrees of freedom as the
    larger model has parameters more, if the smaller holds and groups are many. A variance
    can't be below zero, so where one is tested at zero the difference is zero in half of
    all samples, and the reference is an even mixture: for a level with an intercept alone
    χ²₀ and χ²₁; for one more random effect with its q covariances χ²_q and χ²_{q+1}; with
    f fixed effects beside it, f more in both. For two or more variances at once no simple
    mixture holds, and plain χ² makes p too large: it is then a bound. With few groups at
    a level all of these are rough; fixed effects are better tested by
    `degrees_of_freedom`.

    References
    ----------
    .. [1] Self & Liang (1987), *Journal of the American Statistical Association* 82:605;
       Stram & Lee (1994), *Biometrics* 50:1171 (the mixtures).
    .. [2] Golden numbers: lme4's ``anova(refit = FALSE)``.
    """
    _refuse_other_rows(smaller.blocks, larger.blocks)
    _refuse_other_methods(smaller, larger)
    _refuse_unnested(smaller, larger)
    models = (smaller, larger)
    counts = tuple(_parameters(one) for one in models)
    statistic = 2 * (larger.log_likelihood - smaller.log_likelihood)
    if statistic < -ENOUGH:
        raise InvalidInput(
            f"The larger model's log-likelihood is {-statistic / 2:.2g} below the "
            "smaller's, so its fit is not at the optimum. Look at its run."
        )
    statistic, df = max(statistic, 0.0), counts[1] - counts[0]
    variances = _variances(larger) - _variances(smaller)
    p_value, reference = _against(statistic, df, variances, larger)
    deviances = [-2 * one.log_likelihood for one in models]
    n = smaller.run.rows
    return Comparison(
        statistic=statistic,
        df=df,
        p_value=p_value,
        reference=reference,
        on_edge=variances > 0,
        parameters=(counts[0], counts[1]),
        aic=(deviances[0] + 2 * counts[0], deviances[1] + 2 * counts[1]),
        bic=(deviances[0] + log(n) * counts[0], deviances[1] + log(n) * counts[1]),
    )


def _against(
    statistic: float, df: int, variances: int, larger: Fit
) -> tuple[float, str]:
    """Return the p-value and what it is from."""
    plain = float(chdtrc(df, max(statistic, 0.0))) if df else 1.0
    if variances == 0:
        return plain, f"chi-squared with {df} degrees of freedom"
    if variances > 1:
        return plain, (
            f"chi-squared with {df} degrees of freedom, a bound from above: "
            f"{variances} variances are tested at zero"
        )
    below = (
        float(chdtrc(df - 1, max(statistic, 0.0))) if df > 1 else float(statistic <= 0)
    )
    return (plain + below) / 2, (
        f"an even mixture of chi-squared with {df - 1} and {df} degrees of freedom: "
        "a variance is tested at zero"
    )


def _parameters(fit: Fit) -> int:
    free = sum(len(level.free) for level in fit._scaled.problem.levels)
    return len(fit.coefficients["term"]) + free + 1


def _variances(fit: Fit) -> int:
    return sum(len(terms) for terms in fit.effect_terms.values())


def _covariances(fit: Fit) -> set[tuple[str, str, str]]:
    """Return which effects of which level may vary together; with itself, a variance."""
    return set(_pairs(fit))


def _pairs(fit: Fit) -> Iterator[tuple[str, str, str]]:
    levels = zip(fit._scaled.parts, fit._scaled.problem.levels, strict=True)
    for part, level in levels:
        for row, column in level.free:
            yield (part.name, *sorted((part.terms[row], part.terms[column])))


def _refuse_other_methods(smaller: Fit, larger: Fit) -> None:
    if smaller.reml is not larger.reml:
        raise InvalidInput(
            "One model is fitted by REML and the other by ML. Fit both with reml=False."
        )
    ours, theirs = (set(one.coefficients["term"].tolist()) for one in (smaller, larger))
    if smaller.reml and ours != theirs:
        raise InvalidInput(
            "REML likelihoods with different fixed effects can't be compared "
            f"({', '.join(sorted(ours ^ theirs))}). Fit both with reml=False."
        )


def _refuse_unnested(smaller: Fit, larger: Fit) -> None:
    fixed = set(smaller.coefficients["term"].tolist())
    strange = sorted(fixed - set(larger.coefficients["term"].tolist()))
    random = _covariances(smaller) - _covariances(larger)
    strange += [
        f"{one} at {level}" if one == other else f"{one} with {other} at {level}"
        for level, one, other in sorted(random)
    ]
    if strange:
        raise InvalidInput(
            f"The larger model lacks {', '.join(strange)} of the smaller one. Compare "
            "models of which one holds all terms of the other."
        )
    for name in smaller.levels:
        if smaller.run.groups[name] != larger.run.groups[name]:
            raise InvalidInput(
                f"{name} has {smaller.run.groups[name]} groups in one model and "
                f"{larger.run.groups[name]} in the other: its labels repeat between the "
                "levels around it. Give it labels of its own."
            )


def _refuse_other_rows(ours: CrossProducts, theirs: CrossProducts) -> None:
    for what in ("outcome", "weights"):
        one, other = getattr(ours, what), getattr(theirs, what)
        if one != other:
            raise InvalidInput(
                f"The models have other {what}: {one} and {other}. Fit both alike."
            )
    if ours.n != theirs.n:
        raise InvalidInput(
            f"One model has {ours.n} rows and the other {theirs.n}: they lack values in "
            "other columns. Fit both on the rows that have all columns of both."
        )
    if not np.allclose(_outcome_sums(ours), _outcome_sums(theirs), rtol=1e-13):
        raise InvalidInput(
            "The models have as many rows, but not the same ones: their outcomes add up "
            "differently. Fit both on the rows that have all columns of both."
        )


def _outcome_sums(blocks: CrossProducts) -> FloatArray:
    """Return the sums of w, wy and wy² over all rows; exact, whatever the groups."""
    chosen = within(("1", blocks.outcome), blocks.columns)
    high, _missed = total(blocks.products[:, chosen], blocks.remainder[:, chosen])
    return high
