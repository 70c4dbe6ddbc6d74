"""Find the lowest deviance over the covariances of all levels, and prove it. Private.

The deviance is followed over the Cholesky factors, where every value is allowed. A factor
of zero is stationary there whatever the data say, so where the search ends the first-order
conditions are checked on the covariances themselves: the derivative by Σ has no negative
direction, and none at all within Σ. Where they fail the search goes on from a step along
the steepest direction.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._deviance import Profile
from kaeden_stats.multilevel._levels import Level
from kaeden_stats.multilevel._problems import Problem
from kaeden_stats.multilevel._ways import bends, ways_of

ENOUGH = 1e-6
"""Largest first-order violation, as a share of a level's groups, that passes."""
RESTARTS = 12
POLISHES = 12
SETTLED = 1e-9


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
    """

    factors: tuple[FloatArray, ...]
    profile: Profile
    certificate: float
    evaluations: int
    restarts: int
    singular: tuple[bool, ...]


class Search:
    """The deviance and its slope as functions of the free parameters; counts its work."""

    def __init__(self, problem: Problem, *, reml: bool) -> None:
        self.problem, self.reml, self.evaluations = problem, reml, 0
        self.sizes = problem.sizes()
        self._last: tuple[bytes, Profile] | None = None

    def factors(self, theta: FloatArray) -> tuple[FloatArray, ...]:
        """Return the Cholesky factors of all levels."""
        return tuple(_factors(self.problem.levels, theta))

    def at(self, theta: FloatArray) -> Profile:
        """Return the deviance with all that belongs to it."""
        here = theta.tobytes()
        if self._last is None or self._last[0] != here:
            self.evaluations += 1
            found = self.problem.profile(self.factors(theta), reml=self.reml)
            self._last = here, found
        return self._last[1]

    def slopes(self, here: Profile) -> tuple[FloatArray, ...]:
        """Return the derivative of the deviance by each level's covariance."""
        return self.problem.slopes(here, reml=self.reml)

    def both(self, theta: FloatArray) -> tuple[float, FloatArray]:
        """Return the deviance and its slope by the free parameters."""
        here = self.at(theta)
        parts = zip(
            self.problem.levels, self.factors(theta), self.slopes(here), strict=True
        )
        slope = [
            (2 * by_sigma @ factor)[tuple(level.free.T)]
            for level, factor, by_sigma in parts
        ]
        return here.deviance, np.concatenate(slope)

    def curvature(self, theta: FloatArray) -> FloatArray | None:
        """Return about how the slope moves, where the problem knows it."""
        here, factors = self.at(theta), self.factors(theta)
        ways = ways_of(self.problem.levels, factors)
        found = self.problem.curvature(here, ways, reml=self.reml)
        if found is None:
            return None
        return np.asarray(found + bends(self.problem.levels, self.slopes(here)))


def _factors(levels: tuple[Level, ...], theta: FloatArray) -> Iterator[FloatArray]:
    start = 0
    for level in levels:
        size, free = level.design.shape[1], len(level.free)
        factor = np.zeros((size, size))
        factor[tuple(level.free.T)] = theta[start : start + free]
        start += free
        yield factor


def lowest(problem: Problem, *, reml: bool) -> Optimum:
    """Search until the first-order conditions hold."""
    search = Search(problem, reml=reml)
    start = [
        np.where(one.free[:, 0] == one.free[:, 1], 0.5, 0.0) for one in problem.levels
    ]
    theta, restarts = _descend(search, np.concatenate(start)), 0
    here = search.at(theta)
    worst = violation(search, theta, here)
    while restarts < RESTARTS and worst > ENOUGH:
        again = _descend(search, _step_out(search, theta, here))
        there = search.at(again)
        restarts += 1
        if there.deviance > here.deviance + 1e-9:
            break
        theta, here = again, there
        worst = violation(search, theta, here)
    factors = search.factors(theta)
    return Optimum(
        factors=factors,
        profile=here,
        certificate=worst,
        evaluations=search.evaluations,
        restarts=restarts,
        singular=tuple(_is_singular(factor) for factor in factors),
    )


def _descend(search: Search, theta: FloatArray) -> FloatArray:
    """Follow the slope down, then polish, then set what is all but zero to zero."""
    options: Any = {"gtol": 1e-6 * search.problem.n}
    known = search.curvature(theta)
    if known is not None:
        inverse = np.linalg.inv(_convex(known))
        options["hess_inv0"] = (inverse + inverse.T) / 2
    found = minimize(search.both, theta, jac=True, method="BFGS", options=options)
    learned = None if known is None else np.linalg.inv(np.asarray(found.hess_inv))
    return _snapped(search, _polished(search, found.x, learned))


def _polished(
    search: Search, theta: FloatArray, curvature: FloatArray | None
) -> FloatArray:
    """Take Newton steps, with the curvature from differences where none is known.

    The curvature learns from each step, and is found anew if steps don't shrink tenfold.
    """
    value, slope = search.both(theta)
    before = np.inf
    if curvature is None:
        curvature = _curvature(search, theta)
    for _step in range(POLISHES):
        step = _newton(curvature, slope)
        size = float(np.abs(step).max())
        if size > 0.1 * before:
            curvature = _curvature(search, theta)
            step = _newton(curvature, slope)
        for shrink in (1.0, 0.5, 0.1, 0.01):
            new, new_slope = search.both(theta + shrink * step)
            if new <= value + 1e-12 * abs(value):
                break
        else:
            return theta
        curvature = _learned(curvature, shrink * step, new_slope - slope)
        theta, before = theta + shrink * step, float(np.abs(step).max())
        value, slope = new, new_slope
        if shrink * before < SETTLED:
            break
    return theta


def _learned(curvature: FloatArray, step: FloatArray, moved: FloatArray) -> FloatArray:
    """Return the nearest curvature of rank one more that explains the last step."""
    missed = moved - curvature @ step
    under = float(missed @ step)
    if abs(under) <= 1e-8 * float(np.linalg.norm(missed) * np.linalg.norm(step)):
        return curvature
    return np.asarray(curvature + np.outer(missed, missed) / under)


def _newton(curvature: FloatArray, slope: FloatArray) -> FloatArray:
    """Return the step to where the slope ends, always downhill."""
    return np.asarray(-np.linalg.solve(_convex(curvature), slope))


def _convex(curvature: FloatArray) -> FloatArray:
    """Return the curvature with that of all directions upward."""
    eigen, vectors = np.linalg.eigh(curvature)
    eigen = np.maximum(np.abs(eigen), 1e-8 * max(float(np.abs(eigen).max()), 1.0))
    return np.asarray((vectors * eigen) @ vectors.T)


def _curvature(search: Search, theta: FloatArray) -> FloatArray:
    rows = []
    for place in range(len(theta)):
        step = 1e-5 * max(abs(theta[place]), 0.1)
        ahead, behind = theta.copy(), theta.copy()
        ahead[place] += step
        behind[place] -= step
        rows.append((search.both(ahead)[1] - search.both(behind)[1]) / (2 * step))
    curvature = np.array(rows)
    return np.asarray((curvature + curvature.T) / 2)


def _snapped(search: Search, theta: FloatArray) -> FloatArray:
    """Set parameters to zero that are all but zero, where the deviance allows it."""
    for place in np.flatnonzero((np.abs(theta) < 1e-4) & (theta != 0)):
        tried = theta.copy()
        tried[place] = 0.0
        if search.at(tried).deviance <= search.at(theta).deviance + 1e-10:
            theta = tried
    return theta


def violation(search: Search, theta: FloatArray, here: Profile) -> float:
    """Return the largest violation of the first-order conditions at any level."""
    found: list[float] = []
    parts = zip(
        search.problem.levels,
        search.factors(theta),
        search.slopes(here),
        search.sizes,
        strict=True,
    )
    for level, factor, by_sigma, size in parts:
        slope = by_sigma if _is_whole(level) else np.diag(np.diag(by_sigma))
        standard = size[:, None] * slope * size / level.groups
        inside = np.abs(slope @ factor * size[:, None]).max() / level.groups
        found.append(max(-float(np.linalg.eigvalsh(standard).min()), float(inside)))
    return max(found)


def _is_whole(level: Level) -> bool:
    """Whether the effects of a level may correlate."""
    size = level.design.shape[1]
    return bool(len(level.free) == size * (size + 1) // 2)


def _step_out(search: Search, theta: FloatArray, here: Profile) -> FloatArray:
    """Step along the steepest direction that leads out of a stationary point."""
    pieces = []
    parts = zip(
        search.problem.levels,
        search.factors(theta),
        search.slopes(here),
        search.sizes,
        strict=True,
    )
    for level, factor, by_sigma, size in parts:
        sigma = factor @ factor.T + 1e-10 * np.diag(size**2)
        slope = by_sigma if _is_whole(level) else np.diag(np.diag(by_sigma))
        eigen, vectors = np.linalg.eigh(size[:, None] * slope * size)
        if eigen[0] < 0:
            way = size * vectors[:, 0]
            sigma = sigma + 0.1 * np.outer(way, way)
        pieces.append(np.linalg.cholesky(sigma)[tuple(level.free.T)])
    return np.concatenate(pieces)


def _is_singular(factor: FloatArray) -> bool:
    values = np.linalg.svd(factor, compute_uv=False)
    return bool(values[-1] <= 1e-6 * max(values[0], 1.0))
