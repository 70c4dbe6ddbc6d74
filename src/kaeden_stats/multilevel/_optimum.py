"""Find the lowest deviance over the covariances of all levels, and prove it. Private.

The search begins where two EM steps lead from wide covariances, and follows the deviance
over Σ = CLL'C', C the Cholesky factor there and L lower triangular, so that every value is
allowed and all parameters are of one size: a quasi-Newton search, then Newton steps. L of
zero is stationary whatever the data say, so where the search ends the first-order
conditions are checked on the covariances themselves: the derivative by Σ has no negative
direction, and none at all within Σ. Where they fail the search goes on from a step along
the steepest direction.
"""

from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._charts import Chart, Point, Search, is_whole
from kaeden_stats.multilevel._descent import followed, polished
from kaeden_stats.multilevel._deviance import Degenerate, Profile
from kaeden_stats.multilevel._levels import Level
from kaeden_stats.multilevel._problems import Factors, Problem

ENOUGH = 1e-6
"""Largest first-order violation, as a share of a level's groups, that passes."""
RESTARTS = 12
WIDE = 100.0
"""First covariances, against what the rows of an average group know of its effects."""
SMALL = 0.01
"""The other side from which the search begins, where a level has few groups."""
FEW = 50
ALL_BUT_NOTHING = 1e-9
"""Share of the outcome's variance left between rows at which a search has run away."""
EDGE = 1e-5
"""Variance in its natural size below which zero is tried."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Optimum:
    """Where the search ended.

    Attributes
    ----------
    factors : tuple of (q, q) float
        Cholesky factor of each level's relative covariance, lowest first.
    certificate : float
        Largest violation of the first-order conditions over all levels, as a share of
        the level's groups; at most `ENOUGH` at an optimum.
    singular : tuple of bool
        Whether each level's covariance has a direction of no variance.
    """

    factors: Factors
    profile: Profile
    certificate: float
    evaluations: int
    restarts: int
    singular: tuple[bool, ...]


def lowest(problem: Problem, *, reml: bool) -> Optimum:
    """Search until the first-order conditions hold, from two sides where groups are few.

    Raises
    ------
    Degenerate
        If the search runs to where no variance is left between rows.
    """
    search = Search(problem, reml=reml)
    here, restarts = _settled(search, _begin(search))
    if min(level.groups for level in search.levels) < FEW:
        other, more = _settled(search, _all_of(search, SMALL))
        restarts += more
        here = min(here, other, key=lambda point: point.deviance)
    worst = violation(search, here)
    if worst > ENOUGH and here.profile.residual_variance < ALL_BUT_NOTHING:
        raise Degenerate
    return Optimum(
        factors=here.factors,
        profile=here.profile,
        certificate=worst,
        evaluations=search.evaluations,
        restarts=restarts,
        singular=tuple(_is_singular(factor) for factor in here.factors),
    )


def _settled(search: Search, begin: Point) -> tuple[Point, int]:
    """Return where the conditions hold, and how often the search had to go on."""
    here = _descend(search, begin)
    for restart in range(RESTARTS):
        if violation(search, here) <= ENOUGH:
            return here, restart
        there = _descend(search, _step_out(search, here))
        if there.deviance > here.deviance + 1e-9:
            return here, restart + 1
        here = there
    return here, RESTARTS


def _all_of(search: Search, share: float) -> Point:
    """Return the point where each variance is a share of its natural size."""
    return search.at(tuple(np.diag(np.sqrt(share) * size) for size in search.sizes))


def _begin(search: Search) -> Point:
    """Return where two EM steps lead from wide covariances."""
    here = _all_of(search, WIDE)
    for _step in range(2):
        found = []
        for level, size, factor, slope in zip(
            search.levels, search.sizes, here.factors, here.slopes, strict=True
        ):
            sigma = factor @ factor.T
            found.append(_factor(sigma - sigma @ slope @ sigma / level.groups, size))
        here = search.at(tuple(found))
    return here


def _factor(sigma: FloatArray, size: FloatArray, least: float = EDGE) -> FloatArray:
    """Return the Cholesky factor of Σ, with no variance below `least` in natural size."""
    eigen, vectors = np.linalg.eigh(sigma / np.outer(size, size))
    root = vectors * np.sqrt(np.maximum(eigen, least))
    lower = np.linalg.qr(root.T)[1].T
    return np.asarray(size[:, None] * lower * np.where(np.diag(lower) < 0, -1.0, 1.0))


def _descend(search: Search, begin: Point) -> Point:
    """Follow the slope down, then try whether what is all but zero may be zero."""
    chart, theta = Chart.around(search, begin.factors)
    here = polished(chart, *followed(chart, theta))
    for place in range(len(search.levels)):
        here = _on_edge(search, here, place)
    return here


def _on_edge(search: Search, here: Point, place: int) -> Point:
    """Take away the directions of a level that have all but no variance, if one may."""
    factor, size = here.factors[place], search.sizes[place]
    shown = factor / size[:, None]
    if np.linalg.eigvalsh(shown @ shown.T)[0] > EDGE or not factor.any():
        return here
    less = _reduced(search.levels[place], factor, size)
    factors = (*here.factors[:place], less, *here.factors[place + 1 :])
    there = polished(*Chart.around(search, factors))
    return there if there.deviance <= here.deviance + 1e-9 else here


def _reduced(level: Level, factor: FloatArray, size: FloatArray) -> FloatArray:
    """Return a factor without the directions of all but no variance."""
    shown = factor / size[:, None]
    if not is_whole(level):
        return np.where(shown**2 > EDGE, factor, 0.0)
    eigen, vectors = np.linalg.eigh(shown @ shown.T)
    root = vectors * np.sqrt(np.where(eigen > EDGE, eigen, 0.0))
    lower = np.linalg.qr(root.T)[1].T
    lower[:, np.abs(lower).max(axis=0) < 1e-12 * np.sqrt(eigen[-1])] = 0.0
    return np.asarray(size[:, None] * lower)


def violation(search: Search, here: Point) -> float:
    """Return the largest violation of the first-order conditions at any level."""
    found: list[float] = []
    parts = zip(
        search.levels, _scales(search, here), here.slopes, here.factors, strict=True
    )
    for level, scale, slope, factor in parts:
        outside = -float(np.linalg.eigvalsh(scale.T @ slope @ scale).min())
        inside = float(np.abs(scale.T @ slope @ factor).max())
        found.append(max(outside, inside) / level.groups)
    return max(found)


def _scales(search: Search, here: Point) -> list[FloatArray]:
    """Return factors of each Σ plus its natural size: steps of one size everywhere."""
    return [
        np.asarray(np.linalg.cholesky(factor @ factor.T + np.diag(size**2)))
        for factor, size in zip(here.factors, search.sizes, strict=True)
    ]


def _step_out(search: Search, here: Point) -> Point:
    """Step along the steepest direction that leads out of a stationary point."""
    found = []
    parts = zip(
        search.sizes, _scales(search, here), here.factors, here.slopes, strict=True
    )
    for size, scale, factor, slope in parts:
        sigma = factor @ factor.T
        eigen, vectors = np.linalg.eigh(scale.T @ slope @ scale)
        if eigen[0] < 0:
            way = scale @ vectors[:, 0]
            sigma = sigma + 0.1 * np.outer(way, way)
        found.append(_factor(sigma, size))
    return search.at(tuple(found))


def _is_singular(factor: FloatArray) -> bool:
    return not np.diag(factor).all()
