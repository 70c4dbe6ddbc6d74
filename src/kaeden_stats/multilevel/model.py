"""Fit linear mixed models from the blocks."""

import time
import warnings as python_warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel._optimum import ENOUGH, Optimum, lowest
from kaeden_stats.multilevel._scaled import Scaled, scaled
from kaeden_stats.multilevel._table import Table
from kaeden_stats.multilevel._terms import ONE, coded, parse
from kaeden_stats.multilevel.blocks import CrossProducts
from kaeden_stats.multilevel.result import RESIDUAL, Fit, ModelWarning, Run
from kaeden_stats.multilevel.rows import check_levels, crossproducts


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
    told: Callable[[int], None] | None = None,
) -> Fit:
    """Fit a linear mixed model in one pass over the rows of a table.

    See `crossproducts` for the table, the terms and `told`, and `fit_crossproducts` for
    the model, what is returned and what is refused.
    """
    slopes = slopes or {}
    check_levels((*levels, *crossed), slopes, uncorrelated)
    blocks = crossproducts(
        table,
        outcome,
        fixed,
        levels,
        crossed=crossed,
        slopes=slopes,
        weights=weights,
        told=told,
    )
    return fit_crossproducts(blocks, uncorrelated=uncorrelated, reml=reml)


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
        Terms with a fixed effect; by default those the blocks were made for.
    slopes : mapping of str to sequence of str, optional
        Terms with a random effect at a level; by default those the blocks were made for.
    uncorrelated : sequence of str
        Levels whose random effects are uncorrelated; elsewhere they correlate freely.
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
        If a term is not among those of the blocks, a level has only one group, or
        crossed factors have more effects together than memory holds.
    NotIdentified
        If there are no more rows than fixed effects, or two crossed factors put the rows
        into the same groups.

    Notes
    -----
    Costs O(groups), whatever the rows; with crossed factors each step inverts one matrix
    over the effects of all factors but the largest, which must fit into memory. Standard
    errors take the variances as known; `degrees_of_freedom` mends that where groups are few.

    References
    ----------
    .. [1] Bates, Mächler, Bolker & Walker (2015), *Journal of Statistical Software*
       67:1 (the profiled deviance). Golden numbers: R's lme4, lmerTest and pbkrtest.
    .. [2] Luo et al. (2022), *Nature Communications* 13:1678, and Limpoco, Faes & Hens
       (2024), arXiv 2407.20796: mixed models from summaries without loss.
    """
    started = time.perf_counter()
    fixed = blocks.fixed if fixed is None else tuple(fixed)
    slopes = blocks.slopes if slopes is None else slopes
    check_levels(blocks.groups, slopes, uncorrelated)
    _check_terms(blocks, [*fixed, *(t for some in slopes.values() for t in some)])
    ready = scaled(
        blocks,
        fixed=coded(fixed, blocks.values),
        slopes={name: coded(some, blocks.values) for name, some in slopes.items()},
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


def _check_terms(blocks: CrossProducts, terms: Sequence[str]) -> None:
    known = {parse(term) for term in (ONE, *blocks.terms)}
    strange = [term for term in terms if parse(term) not in known]
    if strange:
        raise InvalidInput(
            f"The blocks have no columns for {', '.join(strange)}. They have those of "
            f"{', '.join(blocks.terms) or 'no term'}. Name the terms when you make them."
        )


def _fit_of(
    blocks: CrossProducts, ready: Scaled, found: Optimum, *, reml: bool, seconds: float
) -> Fit:
    at, scale = found.profile, ready.size
    covariance = at.residual_variance * ready.back @ at.covariance @ ready.back.T
    estimate = ready.back @ at.beta
    estimate[0] += ready.shift
    residual = at.residual_variance * scale**2
    variances = {
        part.name: residual * part.back @ factor @ factor.T @ part.back.T
        for part, factor in zip(ready.parts, found.factors, strict=True)
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
        variances={name: variances[name] for name in blocks.groups},
        effect_terms={part.name: part.terms for part in ready.parts},
        residual_variance=residual,
        log_likelihood=-(at.deviance + constant) / 2,
        variance_shares=_shares(ready, variances, residual),
        reml=reml,
        run=_run_of(blocks, ready, found, reml=reml, seconds=seconds),
        blocks=blocks,
        _scaled=ready,
        _optimum=found,
    )


def _shares(
    ready: Scaled, variances: Mapping[str, FloatArray], residual: float
) -> dict[str, float]:
    """Return each level's share of the variance of an average row."""
    moments = {part.name: part.moments for part in ready.parts}
    parts = {
        name: float(np.sum(one * moments[name])) for name, one in variances.items()
    }
    parts[RESIDUAL] = residual
    total = sum(parts.values())
    return {name: part / total for name, part in parts.items()}


def _run_of(
    blocks: CrossProducts, ready: Scaled, found: Optimum, *, reml: bool, seconds: float
) -> Run:
    edges = _edges(ready, found)
    is_optimum = found.certificate <= ENOUGH
    said = []
    if ready.dropped:
        said.append(
            f"Dropped because the other terms determine them: {', '.join(ready.dropped)}."
        )
    said += [
        f"The covariance of {name} lies on the edge: {words} fits best."
        for name, words in edges.items()
    ]
    if not is_optimum:
        said.append(
            "The first-order conditions do not hold where the search ended "
            f"({found.certificate:.1e}). Don't use the fit; simplify the model."
        )
    return Run(
        method="multilevel@1 REML" if reml else "multilevel@1 ML",
        rows=blocks.n,
        groups={part.name: part.groups.count for part in ready.parts},
        left_out=blocks.left_out,
        dropped=ready.dropped,
        source=blocks.source,
        certificate=found.certificate,
        is_optimum=is_optimum,
        singular=tuple(edges),
        evaluations=found.evaluations,
        restarts=found.restarts,
        seconds=seconds,
        warnings=tuple(said),
    )


def _edges(ready: Scaled, found: Optimum) -> dict[str, str]:
    """Return the levels whose covariance lies on the edge, with which edge it is."""
    words: dict[str, str] = {}
    parts = zip(ready.parts, found.factors, found.singular, strict=True)
    for part, factor, is_singular in parts:
        if is_singular:
            none = not np.any(part.back @ factor, axis=1).all()
            words[part.name] = "a variance of zero" if none else "a correlation of one"
    return words
