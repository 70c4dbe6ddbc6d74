"""Find the lowest deviance over the covariances of all levels, and prove it. Private.

The deviance is followed over the Cholesky factors, where every value is allowed. A factor
of zero is stationary there whatever the data say, so where the search ends the first-order
conditions are checked on the covariances themselves: the derivative by Σ has no negative
direction, and none at all within Σ. Where they fail the search goes on from a step along
the steepest direction.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._deviance import Elimination, Profile, gradient, profile
from kaeden_stats.multilevel._levels import Data, Level

ENOUGH = 1e-6
"""Largest first-order violation, as a share of a level's groups, that passes."""
RESTARTS = 12
POLISHES = 12


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

    def __init__(self, data: Data, *, reml: bool) -> None:
        self.data, self.reml, self.evaluations = data, reml, 0

    def factors(self, theta: FloatArray) -> tuple[FloatArray, ...]:
        """Return the Cholesky factors of all levels."""
        return tuple(_factors(self.data.levels, theta))

    def at(self, theta: FloatArray) -> Profile:
        """Return the deviance with all that belongs to it."""
        self.evaluations += 1
        return profile(self.data, self.factors(theta), reml=self.reml)

    def both(self, theta: FloatArray) -> tuple[float, FloatArray]:
        """Return the deviance and its slope."""
        here = self.at(theta)
        return here.deviance, self.slope(here)

    def slope(self, here: Profile) -> FloatArray:
        """Return the derivative of the deviance by the free parameters."""
        by_sigma = gradient(self.data, here, reml=self.reml)
        return np.concatenate(
            [
                (2 * slope @ done.factor)[tuple(done.level.free.T)]
                for slope, done in zip(by_sigma, here.eliminations, strict=True)
            ]
        )


def _factors(levels: tuple[Level, ...], theta: FloatArray) -> Iterator[FloatArray]:
    start = 0
    for level in levels:
        size, free = level.design.shape[1], len(level.free)
        factor = np.zeros((size, size))
        factor[tuple(level.free.T)] = theta[start : start + free]
        start += free
        yield factor


def lowest(data: Data, start: FloatArray, *, reml: bool) -> Optimum:
    """Search from a start until the first-order conditions hold."""
    search = Search(data, reml=reml)
    theta, restarts = _descend(search, start), 0
    here = search.at(theta)
    worst = violations(search, here)
    while restarts < RESTARTS and worst[0] > ENOUGH:
        moved = _step_out(search, theta, here)
        again = _descend(search, moved)
        there = search.at(again)
        restarts += 1
        if there.deviance > here.deviance + 1e-9:
            break
        theta, here = again, there
        worst = violations(search, here)
    return Optimum(
        factors=search.factors(theta),
        profile=here,
        certificate=worst[0],
        evaluations=search.evaluations,
        restarts=restarts,
        singular=tuple(_is_singular(done.factor) for done in here.eliminations),
    )


def _descend(search: Search, theta: FloatArray) -> FloatArray:
    """Follow the slope down, then polish, then set what is all but zero to zero."""
    found = minimize(
        search.both, theta, jac=True, method="BFGS", options={"gtol": 1e-4}
    )
    return _snapped(search, _polished(search, found.x))


def _polished(search: Search, theta: FloatArray) -> FloatArray:
    """Take Newton steps, with the curvature from differences of the exact slope."""
    value, slope = search.both(theta)
    for _step in range(POLISHES):
        curvature = _curvature(search, theta)
        eigen, vectors = np.linalg.eigh(curvature)
        eigen = np.maximum(np.abs(eigen), 1e-8 * max(np.abs(eigen).max(), 1.0))
        step = -vectors @ ((vectors.T @ slope) / eigen)
        for shrink in (1.0, 0.5, 0.1, 0.01):
            new, new_slope = search.both(theta + shrink * step)
            if new <= value + 1e-12 * abs(value):
                break
        else:
            return theta
        theta = theta + shrink * step
        settled = np.abs(shrink * step).max() < 1e-10
        value, slope = new, new_slope
        if settled:
            break
    return theta


def _curvature(search: Search, theta: FloatArray) -> FloatArray:
    rows = []
    for place in range(len(theta)):
        step = 1e-5 * max(abs(theta[place]), 0.1)
        ahead, behind = theta.copy(), theta.copy()
        ahead[place] += step
        behind[place] -= step
        rows.append((search.both(ahead)[1] - search.both(behind)[1]) / (2 * step))
    curvature = np.array(rows)
    return (curvature + curvature.T) / 2


def _snapped(search: Search, theta: FloatArray) -> FloatArray:
    """Set parameters to zero that are all but zero, where the deviance allows it."""
    for place in np.flatnonzero((np.abs(theta) < 1e-4) & (theta != 0)):
        tried = theta.copy()
        tried[place] = 0.0
        if search.at(tried).deviance <= search.at(theta).deviance + 1e-10:
            theta = tried
    return theta


def violations(search: Search, here: Profile) -> tuple[float, list[float]]:
    """Return the largest first-order violation, and each level's."""
    found: list[float] = []
    slopes = gradient(search.data, here, reml=search.reml)
    for slope, done in zip(slopes, here.eliminations, strict=True):
        free = np.zeros(slope.shape, dtype=bool)
        free[tuple(done.level.free.T)] = True
        if not free[np.tril_indices(len(slope))].all():
            slope = np.diag(np.diag(slope))
        scale = scales(done)
        standard = scale[:, None] * slope * scale / done.level.groups
        inside = np.abs(slope @ done.factor * scale[:, None]).max()
        downhill = -float(np.linalg.eigvalsh(standard).min())
        found.append(max(downhill, float(inside) / done.level.groups))
    return max(found), found


def scales(done: Elimination) -> FloatArray:
    """Return a natural size of each effect, so that slopes by it compare."""
    square = done.rows @ done.level.design
    mean = np.einsum("gqq->q", square) / len(square)
    return 1 / np.sqrt(np.where(mean > 0, mean, 1.0))


def _step_out(search: Search, theta: FloatArray, here: Profile) -> FloatArray:
    """Step along the steepest direction that leads out of a stationary point."""
    slopes = gradient(search.data, here, reml=search.reml)
    pieces = []
    for slope, done in zip(slopes, here.eliminations, strict=True):
        sigma = done.factor @ done.factor.T
        eigen, vectors = np.linalg.eigh(slope)
        if eigen[0] < 0:
            size = 0.1 * scales(done).max() ** 2
            sigma = sigma + size * np.outer(vectors[:, 0], vectors[:, 0])
        sigma = sigma + 1e-10 * np.eye(len(sigma))
        pieces.append(np.linalg.cholesky(sigma)[tuple(done.level.free.T)])
    assert len(theta) == sum(len(piece) for piece in pieces)
    return np.concatenate(pieces)


def _is_singular(factor: FloatArray) -> bool:
    values = np.linalg.svd(factor, compute_uv=False)
    return bool(values[-1] <= 1e-6 * max(values[0], 1.0))
