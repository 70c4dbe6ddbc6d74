"""Fit logistic models with random effects."""

import time
import warnings as python_warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import narwhals as nw
import numpy as np
from scipy.special import ndtr

from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._readers import lazy, reader_of
from kaeden_stats.multilevel._summed import Wanted, wanted
from kaeden_stats.multilevel._table import Table
from kaeden_stats.multilevel.binomial._arranged import Arranged, arranged
from kaeden_stats.multilevel.binomial._counted import Counted
from kaeden_stats.multilevel.binomial._counts import (
    Census,
    counted,
    patterns_of,
)
from kaeden_stats.multilevel.binomial._laplace import laplace
from kaeden_stats.multilevel.binomial._quadrature import quadrature
from kaeden_stats.multilevel.binomial._search import ENOUGH, Optimum, lowest
from kaeden_stats.multilevel.binomial._separation import check, start
from kaeden_stats.multilevel.binomial.result import BinomialFit, BinomialRun
from kaeden_stats.multilevel.result import RESIDUAL, ModelWarning
from kaeden_stats.multilevel.rows import check_levels, check_there

LOGISTIC = np.pi**2 / 3
"""Variance of the logistic distribution."""
FEW = 1 << 17
"""Patterns that are always counted and held: some 65 megabytes."""
MANY = 1 << 21
"""Patterns that are never held: a gigabyte."""
SHARE = 0.25
"""Share of patterns in the rows from which counting them saves little."""


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
    told: Callable[[int], None] | None = None,
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
    told : callable, optional
        Called with the number of rows read so far in all readings, now and then, where
        they are too many to be counted by the engine that holds them.

    Returns
    -------
    BinomialFit
        In logits.

    Raises
    ------
    InvalidInput
        If a column is not there, the outcome is no count of successes, a level, slope
        or number of points can't be used, or rows can be read only once or change
        between two readings.
    NotIdentified
        If no row is complete, the outcome is constant, a level has one group, all
        groups are of one trial or of one outcome, or terms separate the outcomes.

    Notes
    -----
    Rows with the same covariates in the same lowest group are counted together by
    whatever holds them, and the fit costs O(patterns). Where there are more than 131,072
    patterns, and one for every four rows or more (or 2,097,152 whatever the rows), they
    are not held: each step of the search is another reading of the rows in a stream, and
    memory is O(groups x terms x random terms²) and one batch. ``run.readings`` says how
    often they were read. Spark gives no rows in batches: it counts, and more patterns
    than that are refused. A row with a missing value in any column used is left out and counted.

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
    asked = wanted(outcome, terms, levels, weights=trials)
    model = _Model(
        fixed=fixed,
        slopes=slopes,
        uncorrelated=uncorrelated,
        points=adaptive_quadrature,
    )
    made = _passed(table, asked, model, told) or _counted(table, asked, model)
    made = replace(made, run=replace(made.run, seconds=time.perf_counter() - started))
    for words in made.run.warnings:
        python_warnings.warn(words, ModelWarning, stacklevel=2)
    return made


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Model:
    """What is said of a model beside its outcome and levels."""

    fixed: Sequence[str]
    slopes: Mapping[str, Sequence[str]]
    uncorrelated: Sequence[str]
    points: int

    def of_columns(self) -> dict[str, Any]:
        """Return what decides on its columns."""
        return {
            "fixed": self.fixed,
            "slopes": self.slopes,
            "uncorrelated": self.uncorrelated,
        }


def _counted(table: Any, asked: Wanted, model: _Model) -> BinomialFit:
    """Fit from counts of patterns."""
    counts = counted(table, asked)
    census = counts.census
    check(census, asked.outcome)
    ready = arranged(counts, **model.of_columns())
    ask = partial(quadrature, nodes=model.points) if model.points > 1 else laplace
    found = lowest(Counted(cells=ready.cells, ask=ask), start(ready))
    return _fit_of(census, ready, found, model.points, 0)


def _passed(
    table: Any, asked: Wanted, model: _Model, told: Callable[[int], None] | None
) -> BinomialFit | None:
    """Fit from readings of the rows; None where their patterns are better counted."""
    count, patterns = _size(table, asked)
    if patterns <= max(FEW, min(MANY, SHARE * count)):
        return None
    # The compiler takes longer to import than a fit from counts.
    from kaeden_stats.multilevel.binomial._passes import (  # noqa: PLC0415
        Passes,
        arranged_rows,
    )
    from kaeden_stats.multilevel.binomial._rows import Rows  # noqa: PLC0415

    rows = Rows(table, asked, told=told)
    looked = rows.look()
    if looked.patterns <= max(FEW, min(MANY, SHARE * looked.census.rows)):
        return None
    check(looked.census, asked.outcome)
    ready, design = arranged_rows(rows, looked, **model.of_columns())
    problem = Passes(rows, looked, ready, design, model.points)
    found = lowest(problem, problem.start())
    return _fit_of(looked.census, ready, found, model.points, rows.readings)


def _size(table: Any, asked: Wanted) -> tuple[int, int]:
    """Return how many rows there are, and at most how many patterns.

    A database or a cluster counts its patterns; all else is read to know.
    """
    try:
        rows = lazy(table)
    except TypeError:
        raise InvalidInput(
            f"A {type(table).__name__} is no table that can be read again, and a "
            "logistic model needs its rows more than once. Give a frame, a relation or "
            "the path of a Parquet file."
        ) from None
    check_there(rows.collect_schema().names(), asked)
    count = int(rows.select(nw.len().alias("n")).collect()["n"].to_list()[0])
    if count <= FEW or reader_of(table, asked.names) is not None:
        return count, count
    patterns = patterns_of(table, asked)
    if rows.implementation.is_ibis():
        return count, patterns
    if patterns > MANY:
        raise InvalidInput(
            f"The rows have {patterns:,} patterns of covariates by group, too many to "
            f"hold, and {rows.implementation.value} gives no rows in batches. Write "
            "them to Parquet, and give its path."
        )
    return count, 0


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
    census: Census, ready: Arranged, found: Optimum, points: int, readings: int
) -> BinomialFit:
    estimate = ready.back @ found.beta
    covariance = ready.back @ found.covariance @ ready.back.T
    error = np.sqrt(np.diag(covariance))
    names = census.levels
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
        log_likelihood=census.log_constant - found.deviance.value / 2,
        variance_shares=_shares(census, ready, variances),
        quadrature_points=points,
        run=_run_of(census, ready, found, points, readings),
        _census=census,
        _arranged=ready,
        _optimum=found,
    )


def _shares(
    census: Census, ready: Arranged, variances: Mapping[str, Any]
) -> dict[str, float]:
    """Return each level's share of the variance of an average trial, in logits."""
    moments = dict(zip(reversed(census.levels), ready.moments, strict=True))
    parts = {
        name: float(np.sum(variances[name] * moments[name])) for name in census.levels
    }
    parts[RESIDUAL] = LOGISTIC
    total = sum(parts.values())
    return {name: part / total for name, part in parts.items()}


def _run_of(
    census: Census, ready: Arranged, found: Optimum, points: int, readings: int
) -> BinomialRun:
    names = tuple(reversed(census.levels))
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
        rows=census.rows,
        trials=int(census.trials.sum()),
        patterns=census.patterns,
        distinct=census.distinct,
        readings=readings,
        groups={
            name: tier.groups for name, tier in zip(names, ready.tiers, strict=True)
        },
        left_out=census.left_out,
        dropped=ready.dropped,
        source=census.source,
        certificate=found.certificate,
        is_optimum=is_optimum,
        singular=singular,
        evaluations=found.evaluations,
        restarts=found.restarts,
        seconds=0.0,
        warnings=tuple(said),
    )
