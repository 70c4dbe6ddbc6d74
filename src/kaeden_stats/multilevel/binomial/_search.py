"""Find the lowest deviance over coefficients and covariances, and prove it. Private.

Coefficients and Cholesky factors are followed together, in a scale where each is about as
well known as the others: the information at the start makes it. Newton steps end the
search; their curvature also gives the standard errors. A factor of zero is stationary
whatever the data say, so the first-order conditions are checked on the covariances: where
a direction leads out of the edge the search goes on from there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.optimize import minimize

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel.binomial._laplace import Deviance, Found
from kaeden_stats.multilevel.binomial._tree import Tier

ENOUGH = 1e-6
"""Largest first-order violation that passes."""
RESTARTS = 8
POLISHES = 8
SETTLED = 1e-8
NEAR = 3e-5
"""A Newton step, in standard errors, after which the curvature is found anew."""

Place = tuple[FloatArray, tuple[FloatArray, ...]]
"""Coefficients, and the Cholesky factor of each level, lowest first."""


class Problem(Protocol):
    """What the search asks of whatever holds the counts or the rows."""

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The levels, lowest first."""

    def at(self, places: Sequence[Place], near: Found | None) -> Iterator[Deviance]:
        """Give the deviance at each place; `near` are effects not far from theirs."""

    def known(self, place: Place) -> tuple[FloatArray, Found]:
        """Return X'V⁻¹X with the weights at a place, (p, p), and the effects there."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Optimum:
    """Where the search ended.

    Attributes
    ----------
    factors : tuple of (q, q) float
        Cholesky factor of each level's covariance, lowest first.
    covariance : (p, p) float
        Of the coefficients, the covariances estimated beside them.
    certificate : float
        Largest violation of the first-order conditions: of a level as a share of its
        groups, of the coefficients in standard errors.
    """

    beta: FloatArray
    factors: tuple[FloatArray, ...]
    deviance: Deviance
    covariance: FloatArray
    certificate: float
    evaluations: int
    restarts: int
    singular: tuple[bool, ...]


class Search:
    """The deviance and its slope in the scale of the search; counts its work.

    A point is θ, the free elements of all factors times their scale, then γ with
    β = origin + back γ.
    """

    def __init__(self, problem: Problem, origin: FloatArray) -> None:
        self.problem, self.origin, self.evaluations = problem, origin, 0
        sizes = [np.full(len(t.free), np.sqrt(2 * t.groups)) for t in problem.tiers]
        self.scale = np.concatenate(sizes)
        self._last: tuple[FloatArray, Deviance] | None = None
        information, self.near = problem.known((origin, self.factors(self.first())))
        self.back = np.asarray(np.linalg.inv(np.linalg.cholesky(information)).T)

    def first(self) -> FloatArray:
        """Return where the search starts: spread out a little, uncorrelated."""
        pieces = [
            np.where(t.free[:, 0] == t.free[:, 1], 0.5, 0.0) for t in self.problem.tiers
        ]
        zeros = np.zeros(len(self.origin))
        return np.concatenate([np.concatenate(pieces) * self.scale, zeros])

    def factors(self, point: FloatArray) -> tuple[FloatArray, ...]:
        """Return the Cholesky factors of all levels."""
        return tuple(
            _factors(self.problem.tiers, point[: len(self.scale)] / self.scale)
        )

    def beta(self, point: FloatArray) -> FloatArray:
        """Return the coefficients."""
        return self.origin + self.back @ point[len(self.scale) :]

    def at(self, point: FloatArray) -> Deviance:
        """Return the deviance and its slopes, asked once; starts from the last effects."""
        if self._last is None or not np.array_equal(self._last[0], point):
            (found,) = self.about([point])
            self.near, self._last = found.mode, (point.copy(), found)
        return self._last[1]

    def about(self, points: Sequence[FloatArray]) -> Iterator[Deviance]:
        """Give the deviance at each of several points, from the last effects."""
        self.evaluations += len(points)
        places = [(self.beta(point), self.factors(point)) for point in points]
        return self.problem.at(places, self.near)

    def slope(self, point: FloatArray, here: Deviance) -> FloatArray:
        """Return the slope by the point."""
        parts = zip(self.problem.tiers, self.factors(point), here.by_sigma, strict=True)
        by_factor = [
            (2 * by_sigma @ factor)[tuple(tier.free.T)]
            for tier, factor, by_sigma in parts
        ]
        by_theta = np.concatenate(by_factor) / self.scale
        return np.concatenate([by_theta, self.back.T @ here.by_beta])

    def both(self, point: FloatArray) -> tuple[float, FloatArray]:
        """Return the deviance and its slope."""
        here = self.at(point)
        return here.value, self.slope(point, here)


def _factors(tiers: Sequence[Tier], theta: FloatArray) -> Iterator[FloatArray]:
    start = 0
    for tier in tiers:
        size, free = tier.design.shape[1], len(tier.free)
        factor = np.zeros((size, size))
        factor[tuple(tier.free.T)] = theta[start : start + free]
        start += free
        yield factor


def lowest(problem: Problem, origin: FloatArray) -> Optimum:
    """Search until the first-order conditions hold."""
    search = Search(problem, origin)
    point, curvature = _descend(search, search.first())
    here, restarts = search.at(point), 0
    while restarts < RESTARTS and _violation(search, point, here) > ENOUGH:
        again, bent = _descend(search, _step_out(search, point, here))
        there = search.at(again)
        restarts += 1
        if there.value > here.value + 1e-9:
            break
        point, curvature, here = again, bent, there
    factors = search.factors(point)
    return Optimum(
        beta=search.beta(point),
        factors=factors,
        deviance=here,
        covariance=_covariance(search, point, curvature),
        certificate=_violation(search, point, here),
        evaluations=search.evaluations,
        restarts=restarts,
        singular=tuple(_is_singular(factor) for factor in factors),
    )


def _descend(search: Search, point: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Follow the slope down, end with Newton steps; return the curvature there too."""
    found = minimize(
        search.both,
        point,
        jac=True,
        method="BFGS",
        options={"gtol": 1e-5, "hess_inv0": np.eye(len(point)) / 2},
    )
    return _polished(search, _snapped(search, found.x))


def _polished(search: Search, point: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Take Newton steps, with the curvature from differences of the exact slope."""
    (value, slope), curvature = search.both(point), _curvature(search, point)
    for _step in range(POLISHES):
        step = _shortened(search, point, _newton(curvature, slope), value)
        size, point = float(np.abs(step).max()), point + step
        if size > NEAR:
            point = _snapped(search, point)
            curvature = _curvature(search, point)
        value, slope = search.both(point)
        if size < SETTLED:
            break
    return point, curvature


def _shortened(
    search: Search, point: FloatArray, step: FloatArray, value: float
) -> FloatArray:
    """Return the step, or the part of it that does not lead up; at last none."""
    part = 1.0
    while search.at(point + part * step).value > value + 1e-11 * abs(value):
        part = part / 4 if part > 1e-2 else 0.0
    return part * step


def _newton(curvature: FloatArray, slope: FloatArray) -> FloatArray:
    """Return the step to where the slope ends, always downhill."""
    eigen, vectors = np.linalg.eigh(curvature)
    eigen = np.maximum(np.abs(eigen), 1e-8 * max(float(np.abs(eigen).max()), 1.0))
    return np.asarray(-vectors @ ((vectors.T @ slope) / eigen))


def _curvature(search: Search, point: FloatArray) -> FloatArray:
    steps = 1e-2 * np.eye(len(point))
    around = [point + sign * step for step in steps for sign in (1, -1)]
    slopes = np.array(
        [
            search.slope(one, there)
            for one, there in zip(around, search.about(around), strict=True)
        ]
    )
    curvature = (slopes[::2] - slopes[1::2]) / 2e-2
    return np.asarray((curvature + curvature.T) / 2)


def _snapped(search: Search, point: FloatArray) -> FloatArray:
    """Set factors' elements to zero that are all but zero, where the deviance lets it."""
    theta = np.abs(point[: len(search.scale)] / search.scale)
    value = search.at(point).value
    for place in np.flatnonzero((theta < 1e-3) & (theta > 0)):
        tried = point.copy()
        tried[place] = 0.0
        lower = search.at(tried).value
        if lower <= value + 1e-9:
            point, value = tried, lower
    return point


def _cone(
    search: Search, point: FloatArray, here: Deviance
) -> Iterator[tuple[Tier, FloatArray, FloatArray]]:
    """Give each level with its factor and the slope by what may move in Σ."""
    parts = zip(search.problem.tiers, search.factors(point), here.by_sigma, strict=True)
    for tier, factor, by_sigma in parts:
        yield (
            tier,
            factor,
            by_sigma if tier.is_whole else np.diag(np.diag(by_sigma)),
        )


def _violation(search: Search, point: FloatArray, here: Deviance) -> float:
    """Return the largest violation of the first-order conditions."""
    found = [float(np.abs(search.slope(point, here)[len(search.scale) :]).max()) / 2]
    for tier, factor, slope in _cone(search, point, here):
        found.append(-float(np.linalg.eigvalsh(slope).min()) / tier.groups)
        found.append(float(np.abs(slope @ factor).max()) / tier.groups)
    return max(found)


def _step_out(search: Search, point: FloatArray, here: Deviance) -> FloatArray:
    """Step along the steepest direction that leads out of a stationary point."""
    pieces = []
    for tier, factor, slope in _cone(search, point, here):
        sigma = factor @ factor.T + 1e-10 * np.eye(len(factor))
        eigen, vectors = np.linalg.eigh(slope)
        if eigen[0] < 0:
            sigma = sigma + 0.1 * np.outer(vectors[:, 0], vectors[:, 0])
        pieces.append(np.linalg.cholesky(sigma)[tuple(tier.free.T)])
    rest = point[len(search.scale) :]
    return np.concatenate([np.concatenate(pieces) * search.scale, rest])


def _covariance(search: Search, point: FloatArray, curvature: FloatArray) -> FloatArray:
    """Return the coefficients' covariance, from the curvature over all that may move.

    At the edge the deviance is even in the factor's column that is zero, so that column
    says nothing of the coefficients.
    """
    theta = point[: len(search.scale)]
    inside = [
        np.repeat(np.any(factor != 0, axis=0)[None, :], len(factor), axis=0)[
            tuple(tier.free.T)
        ]
        for tier, factor in zip(
            search.problem.tiers, search.factors(point), strict=True
        )
    ]
    moves = np.append(
        np.concatenate(inside), np.ones(len(point) - len(theta), dtype=bool)
    )
    inverse = np.linalg.inv(curvature[np.ix_(moves, moves)])
    own = inverse[-len(search.origin) :, -len(search.origin) :]
    return np.asarray(2 * search.back @ own @ search.back.T)


def _is_singular(factor: FloatArray) -> bool:
    values = np.linalg.svd(factor, compute_uv=False)
    return bool(values[-1] <= 1e-6 * max(values[0], 1.0))
