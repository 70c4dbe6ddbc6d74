"""Fit linear mixed models from the blocks."""

import time
import warnings as python_warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel._optimum import ENOUGH, Optimum, lowest
from kaeden_stats.multilevel._scaled import Scaled, scaled
from kaeden_stats.multilevel._table import Table
from kaeden_stats.multilevel._terms import ONE, parse
from kaeden_stats.multilevel.blocks import CrossProducts
from kaeden_stats.multilevel.result import RESIDUAL, Fit, ModelWarning, Run
from kaeden_stats.multilevel.rows import crossproducts


def fit(  # noqa: PLR0913  # the model is said in one call
    table: Any,
    outcome: str,
    fixed: Sequence[str] = (),
    levels: Sequence[str] = (),
    *,
    crossed: Sequence[str] = (),
    slopes: Mapping[str, Sequence[str]] | None = None,
    uncorrelated: Sequence[str] = (),
    weights: str | None = None,
    reml: bool = True,
) -> Fit:
    """Fit a linear mixed model in one pass over the rows of a table.

    Groups are nested in each other (`levels`, outermost first) or none lies within
    another (`crossed`). See `crossproducts` for the table and the terms, and
    `fit_crossproducts` for the model and what is returned.

    Raises
    ------
    InvalidInput
        If neither levels nor crossed factors are given, or both are.
    """
    if bool(levels) is bool(crossed):
        raise InvalidInput(
            "Give either levels, outermost first, or crossed factors: grouping columns "
            "that are nested in each other, or that are not."
        )
    slopes = slopes or {}
    _check_levels(levels or crossed, slopes, uncorrelated)
    blocks = crossproducts(
        table,
        outcome=outcome,
        fixed=fixed,
        levels=levels or crossed,
        is_crossed=bool(crossed),
        slopes=slopes,
        weights=weights,
    )
    return fit_crossproducts(
        blocks, fixed=fixed, slopes=slopes, uncorrelated=uncorrelated, reml=reml
    )


def fit_crossproducts(
    blocks: CrossProducts,
    *,
    fixed: Sequence[str] | None = None,
    slopes: Mapping[str, Sequence[str]] | None = None,
    uncorrelated: Sequence[str] = (),
    reml: bool = True,
) -> Fit:
    r"""Fit a linear mixed model from the cross-products of its columns.

    .. math::

        y = X\beta + \sum_l Z_l u_l + e, \quad
        u_l \sim N(0, \sigma^2\Lambda_l\Lambda_l'), \quad e \sim N(0, \sigma^2 W^{-1})

    Parameters
    ----------
    blocks : CrossProducts
        From `crossproducts`, or several of them added up.
    fixed : sequence of str, optional
        Terms with a fixed effect; by default all columns of the blocks.
    slopes, uncorrelated : optional
        Random slopes at each level, correlated with the intercept and each other
        except at the levels in `uncorrelated`.
    reml : bool
        Restricted likelihood, which is comparable only between models with the same
        fixed effects; else maximum likelihood.

    Returns
    -------
    Fit
        In the unit of the outcome.

    Raises
    ------
    InvalidInput
        If a term is not among the blocks' columns, or a level has only one group.
    NotIdentified
        If there are no more rows than fixed effects.

    Notes
    -----
    Costs O(groups), whatever the rows. Standard errors take the variances as known;
    `degrees_of_freedom` mends that where groups are few.

    References
    ----------
    .. [1] Bates, Mächler, Bolker & Walker (2015), *Journal of Statistical Software*
       67:1 (the profiled deviance). Golden numbers: R's lme4, lmerTest and pbkrtest.
    .. [2] Luo et al. (2022), *Nature Communications* 13:1678, and Limpoco, Faes & Hens
       (2024), arXiv 2407.20796: mixed models from summaries without loss.
    """
    slopes = slopes or {}
    started = time.perf_counter()
    _check_levels(blocks.levels, slopes, uncorrelated)
    wanted = _columns(blocks, blocks.columns[1:-1] if fixed is None else fixed)
    ready = scaled(
        blocks,
        fixed=[ONE, *wanted],
        slopes={name: _columns(blocks, terms) for name, terms in slopes.items()},
        uncorrelated=uncorrelated,
    )
    if blocks.n <= len(ready.terms):
        raise NotIdentified(
            f"{blocks.n} complete rows can't tell {len(ready.terms)} fixed effects apart. "
            "Use fewer terms, or more rows."
        )
    found = lowest(ready.problem, reml=reml)
    made = _fit_of(
        blocks, ready, found, reml=reml, seconds=time.perf_counter() - started
    )
    for words in made.run.warnings:
        python_warnings.warn(words, ModelWarning, stacklevel=2)
    return made


def _check_levels(
    levels: Sequence[str], slopes: Mapping[str, Sequence[str]], alone: Sequence[str]
) -> None:
    strange = [name for name in (*slopes, *alone) if name not in levels]
    if strange:
        raise InvalidInput(
            f"{', '.join(strange)} is not among the levels {', '.join(levels)}."
        )
    if len(set(levels)) < len(levels):
        raise InvalidInput("A level is named twice. Name each grouping column once.")


def _columns(blocks: CrossProducts, terms: Sequence[str]) -> list[str]:
    """Return the blocks' columns that terms unfold into."""
    found: dict[str, None] = {}
    for term in terms:
        own = [name for name in blocks.columns[:-1] if _belongs(name, term)]
        if not own:
            raise InvalidInput(
                f"The blocks have no column for {term!r}. They have "
                f"{', '.join(blocks.columns[:-1])}."
            )
        found.update(dict.fromkeys(own))
    return list(found)


def _belongs(name: str, term: str) -> bool:
    """Whether a column is one of those that a term unfolds into."""
    if name == term:
        return True
    parts, factors = name.split(":"), parse(term)
    return len(parts) == len(factors) and all(
        part.startswith(f"C({one.name})[") if one.is_category else part == one.name
        for part, one in zip(parts, factors, strict=True)
    )


def _fit_of(
    blocks: CrossProducts, ready: Scaled, found: Optimum, *, reml: bool, seconds: float
) -> Fit:
    at, scale = found.profile, ready.size
    covariance = at.residual_variance * ready.back @ at.covariance @ ready.back.T
    estimate = ready.back @ at.beta
    estimate[0] += ready.shift
    names = ready.levels
    residual = at.residual_variance * scale**2
    variances = {
        name: at.residual_variance * back @ factor @ factor.T @ back.T
        for name, back, factor in zip(
            names, ready.effect_back, found.factors, strict=True
        )
    }
    constant = ready.constant_reml if reml else ready.constant_ml
    return Fit(
        coefficients=Table(
            {
                "term": ready.terms,
                "estimate": estimate,
                "standard_error": np.sqrt(np.diag(covariance)),
            }
        ),
        coefficient_covariance=covariance,
        variances={name: variances[name] for name in blocks.levels},
        effect_terms=dict(zip(names, ready.effect_terms, strict=True)),
        residual_variance=residual,
        log_likelihood=-(at.deviance + constant) / 2,
        variance_shares=_shares(blocks, ready, variances, residual),
        reml=reml,
        run=_run_of(blocks, ready, found, reml=reml, seconds=seconds),
        blocks=blocks,
        _scaled=ready,
        _optimum=found,
    )


def _shares(
    blocks: CrossProducts,
    ready: Scaled,
    variances: Mapping[str, FloatArray],
    residual: float,
) -> dict[str, float]:
    """Return each level's share of the variance of an average row."""
    moments = dict(zip(ready.levels, ready.moments, strict=True))
    parts = {
        name: float(np.sum(variances[name] * moments[name])) for name in blocks.levels
    }
    parts[RESIDUAL] = residual
    total = sum(parts.values())
    return {name: part / total for name, part in parts.items()}


def _run_of(
    blocks: CrossProducts, ready: Scaled, found: Optimum, *, reml: bool, seconds: float
) -> Run:
    names = ready.levels
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
    return Run(
        method="multilevel@1 REML" if reml else "multilevel@1 ML",
        rows=blocks.n,
        groups={
            name: level.groups
            for name, level in zip(names, ready.problem.levels, strict=True)
        },
        left_out=blocks.left_out,
        dropped=ready.dropped,
        source=blocks.source,
        certificate=found.certificate,
        is_optimum=is_optimum,
        singular=singular,
        evaluations=found.evaluations,
        restarts=found.restarts,
        seconds=seconds,
        warnings=tuple(said),
    )
