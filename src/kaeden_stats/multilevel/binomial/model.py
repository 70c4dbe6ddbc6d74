"""Fit logistic models with random effects."""

import time
import warnings as python_warnings
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from scipy.special import ndtr

from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._summed import wanted
from kaeden_stats.multilevel._table import Table
from kaeden_stats.multilevel.binomial._arranged import Arranged, arranged
from kaeden_stats.multilevel.binomial._counts import Counts, counted
from kaeden_stats.multilevel.binomial._laplace import laplace
from kaeden_stats.multilevel.binomial._quadrature import quadrature
from kaeden_stats.multilevel.binomial._search import ENOUGH, Optimum, lowest
from kaeden_stats.multilevel.binomial._separation import check, start
from kaeden_stats.multilevel.binomial.result import BinomialFit, BinomialRun
from kaeden_stats.multilevel.result import RESIDUAL, ModelWarning
from kaeden_stats.multilevel.rows import check_levels

LOGISTIC = np.pi**2 / 3
"""Variance of the logistic distribution."""


def fit_binomial(  # noqa: PLR0913  # the model is said in one call
    table: Any,
    outcome: str,
    fixed: Sequence[str] = (),
    levels: Sequence[str] = (),
    *,
    slopes: Mapping[str, Sequence[str]] | None = None,
    uncorrelated: Sequence[str] = (),
    trials: str | None = None,
    adaptive_quadrature: int = 1,
) -> BinomialFit:
    r"""Fit a logistic model with random effects to the rows of a table.

    .. math::

        s_i \sim \mathrm{Bin}(t_i, \mu_i), \quad
        \log\frac{\mu_i}{1 - \mu_i} = x_i'\beta + \sum_l z_{il}'b_{l}, \quad
        b_{l} \sim N(0, \Sigma_l)

    Parameters
    ----------
    table : frame, relation or path
        Anything that Narwhals reads, lazily or not, or the path of a Parquet file.
    outcome : str
        0 or 1, true or false; with `trials`, how many of them succeeded (s).
    fixed : sequence of str
        Terms with a fixed effect besides the intercept: names, ``C(name)`` for
        categories, ``a:b`` for products.
    levels : sequence of str
        Grouping columns, outermost first; a group is known by all of them together.
    slopes : mapping of str to sequence of str, optional
        Terms with a random effect at a level besides the intercept.
    uncorrelated : sequence of str
        Levels whose random effects do not correlate.
    trials : str, optional
        Column of trials (t), whole numbers; by default each row is one.
    adaptive_quadrature : int
        Points of adaptive Gauss-Hermite quadrature, for one level with a random
        intercept only; 1 is the Laplace approximation.

    Returns
    -------
    BinomialFit
        In logits.

    Raises
    ------
    InvalidInput
        If a column is not there, the outcome is no count of successes, or a level,
        slope or number of points can't be used.
    NotIdentified
        If no row is complete, the outcome is constant, a level has one group, all
        groups are of one trial or of one outcome, or terms separate the outcomes.

    Notes
    -----
    Rows with the same covariates in the same lowest group are counted together by
    whatever holds them, so the fit costs O(patterns); ``run.patterns`` says how many.
    Continuous covariates leave as many patterns as rows, held as columns: about 500
    bytes for each with three of them. A row with a missing value in any column used is
    left out and counted.

    The Laplace approximation draws variances towards 0 where groups have few trials
    and differ much; compare with `adaptive_quadrature` of 9 or 25.

    References
    ----------
    .. [1] Breslow & Clayton (1993), *Journal of the American Statistical Association*
       88:9; Pinheiro & Chao (2006), *Journal of Computational and Graphical Statistics*
       15:58. Golden numbers: ``glmer`` of R's lme4.
    """
    started = time.perf_counter()
    slopes = slopes or {}
    _check_model(levels, slopes, uncorrelated, adaptive_quadrature)
    terms = [*fixed, *(term for one in slopes.values() for term in one)]
    counts = counted(table, wanted(outcome, terms, levels, weights=trials))
    check(counts, outcome)
    ready = arranged(counts, fixed=fixed, slopes=slopes, uncorrelated=uncorrelated)
    ask = (
        partial(quadrature, nodes=adaptive_quadrature)
        if adaptive_quadrature > 1
        else laplace
    )
    found = lowest(ready.cells, ask, start(ready))
    made = _fit_of(
        counts, ready, found, adaptive_quadrature, time.perf_counter() - started
    )
    for words in made.run.warnings:
        python_warnings.warn(words, ModelWarning, stacklevel=2)
    return made


def _check_model(
    levels: Sequence[str],
    slopes: Mapping[str, Sequence[str]],
    uncorrelated: Sequence[str],
    points: int,
) -> None:
    check_levels(levels, slopes, uncorrelated)
    if points < 1:
        raise InvalidInput(f"adaptive_quadrature must be 1 or more, got {points}.")
    if points > 1 and (len(levels) > 1 or any(slopes.values())):
        raise InvalidInput(
            "Adaptive quadrature is for one level with a random intercept only. Use "
            "adaptive_quadrature=1, the Laplace approximation."
        )


def _fit_of(
    counts: Counts, ready: Arranged, found: Optimum, points: int, seconds: float
) -> BinomialFit:
    estimate = ready.back @ found.beta
    covariance = ready.back @ found.covariance @ ready.back.T
    error = np.sqrt(np.diag(covariance))
    names = counts.levels
    variances = {
        name: back @ factor @ factor.T @ back.T
        for name, back, factor in zip(
            reversed(names), ready.effect_back, found.factors, strict=True
        )
    }
    effect_terms = dict(zip(reversed(names), ready.effect_terms, strict=True))
    return BinomialFit(
        coefficients=Table(
            {
                "term": ready.terms,
                "estimate": estimate,
                "standard_error": error,
                "z": estimate / error,
                "p": 2 * ndtr(-np.abs(estimate / error)),
            }
        ),
        coefficient_covariance=covariance,
        variances={name: variances[name] for name in names},
        effect_terms={name: effect_terms[name] for name in names},
        log_likelihood=counts.log_constant - found.deviance.value / 2,
        variance_shares=_shares(counts, ready, variances),
        quadrature_points=points,
        run=_run_of(counts, ready, found, points, seconds),
        _counts=counts,
        _arranged=ready,
        _optimum=found,
    )


def _shares(
    counts: Counts, ready: Arranged, variances: Mapping[str, Any]
) -> dict[str, float]:
    """Return each level's share of the variance of an average trial, in logits."""
    moments = dict(zip(reversed(counts.levels), ready.moments, strict=True))
    parts = {
        name: float(np.sum(variances[name] * moments[name])) for name in counts.levels
    }
    parts[RESIDUAL] = LOGISTIC
    total = sum(parts.values())
    return {name: part / total for name, part in parts.items()}


def _run_of(
    counts: Counts, ready: Arranged, found: Optimum, points: int, seconds: float
) -> BinomialRun:
    names = tuple(reversed(counts.levels))
    singular = tuple(n for n, edge in zip(names, found.singular, strict=True) if edge)
    is_optimum = found.certificate <= ENOUGH
    said = []
    if ready.dropped:
        said.append(
            f"Dropped because the other terms determine them: {', '.join(ready.dropped)}."
        )
    if singular:
        said.append(
            f"The covariance of {', '.join(singular)} lies on the edge: a variance of "
            "zero or a correlation of one fits best."
        )
    if not is_optimum:
        said.append(
            "The first-order conditions do not hold where the search ended "
            f"({found.certificate:.1e}). Don't use the fit; simplify the model."
        )
    approximation = f"AGQ {points}" if points > 1 else "Laplace"
    return BinomialRun(
        method=f"multilevel.binomial@1 {approximation}",
        rows=counts.rows,
        trials=int(counts.trials.sum()),
        patterns=len(counts.which),
        distinct=counts.distinct,
        groups={
            name: tier.groups
            for name, tier in zip(names, ready.cells.tiers, strict=True)
        },
        left_out=counts.left_out,
        dropped=ready.dropped,
        source=counts.source,
        certificate=found.certificate,
        is_optimum=is_optimum,
        singular=singular,
        evaluations=found.evaluations,
        restarts=found.restarts,
        seconds=seconds,
        warnings=tuple(said),
    )
