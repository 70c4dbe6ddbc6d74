"""Covariances of all levels as a few parameters of one size. Private.

Σ = CLL'C', with C the Cholesky factor of some covariances near and L lower triangular, so
that every value of L's elements is allowed and a step of one means the same for each.
"""

from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._deviance import Profile
from kaeden_stats.multilevel._levels import Level
from kaeden_stats.multilevel._problems import Factors, Problem
from kaeden_stats.multilevel._ways import bends, ways_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Point:
    """Some covariances, with the deviance and its derivative by each of them."""

    factors: Factors
    profile: Profile
    slopes: Factors

    @property
    def deviance(self) -> float:
        """The deviance."""
        return self.profile.deviance


class Search:
    """The deviance of a problem; counts how often it is worked out."""

    def __init__(self, problem: Problem, *, reml: bool) -> None:
        self.problem, self.reml, self.evaluations = problem, reml, 0
        self.levels, self.sizes = problem.levels, problem.sizes()
        self._last: Point | None = None

    def at(self, factors: Factors) -> Point:
        """Return the point at some Cholesky factors; the last one is remembered."""
        last = self._last
        if last is not None and all(map(np.array_equal, last.factors, factors)):
            return last
        self.evaluations += 1
        profile = self.problem.profile(factors, reml=self.reml)
        slopes = self.problem.slopes(profile, reml=self.reml)
        kept = tuple(map(_allowed, self.levels, slopes))
        self._last = Point(factors=factors, profile=profile, slopes=kept)
        return self._last


def is_whole(level: Level) -> bool:
    """Whether the effects of a level may correlate."""
    size = level.design.shape[1]
    return bool(len(level.free) == size * (size + 1) // 2)


def _allowed(level: Level, slope: FloatArray) -> FloatArray:
    """Return what a slope by Σ is where only some elements of Σ may move."""
    return slope if is_whole(level) else np.diag(np.diag(slope))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chart:
    """The parameters around some covariances: the free elements of L in Σ = CLL'C'."""

    search: Search
    bases: Factors

    @classmethod
    def around(cls, search: Search, factors: Factors) -> tuple["Chart", FloatArray]:
        """Return a chart in which all parameters are of one size, and where we are."""
        bases = tuple(
            factor + np.diag(np.where(np.diag(factor) == 0, size, 0.0))
            for factor, size in zip(factors, search.sizes, strict=True)
        )
        parts = zip(search.levels, bases, factors, strict=True)
        theta = [
            np.linalg.solve(base, factor)[tuple(level.free.T)]
            for level, base, factor in parts
        ]
        return cls(search=search, bases=bases), np.concatenate(theta)

    def at(self, theta: FloatArray) -> tuple[Point, FloatArray]:
        """Return the point at some parameters, and the slope of the deviance by them."""
        factors, start = [], 0
        for level, base in zip(self.search.levels, self.bases, strict=True):
            lower = np.zeros_like(base)
            count = len(level.free)
            lower[tuple(level.free.T)] = theta[start : start + count]
            factors.append(base @ lower)
            start += count
        here = self.search.at(tuple(factors))
        slope = [
            (2 * base.T @ by_sigma @ factor)[tuple(level.free.T)]
            for level, base, by_sigma, factor in zip(
                self.search.levels, self.bases, here.slopes, factors, strict=True
            )
        ]
        return here, np.concatenate(slope)

    def curvature(self, here: Point) -> FloatArray:
        """Return about how the slope moves with the parameters.

        Where the problem does not know it, each parameter's is four times its groups:
        that of many rows, at the optimum. Of what Σ itself bends only the upward part
        counts, so that a step from next to nothing is not a leap.
        """
        search, bases = self.search, self.bases
        lowers = [
            np.asarray(np.linalg.solve(base, factor), dtype=float)
            for base, factor in zip(bases, here.factors, strict=True)
        ]
        ways = [
            base @ way @ base.T
            for base, way in zip(bases, ways_of(search.levels, lowers), strict=True)
        ]
        found = search.problem.curvature(here.profile, ways, reml=search.reml)
        if found is None:
            groups = [np.full(len(one.free), one.groups) for one in search.levels]
            return np.diag(4.0 * np.concatenate(groups))
        turned = [
            base.T @ slope @ base
            for base, slope in zip(bases, here.slopes, strict=True)
        ]
        eigen, vectors = np.linalg.eigh(bends(search.levels, turned))
        return np.asarray(found + (vectors * np.maximum(eigen, 0.0)) @ vectors.T)
