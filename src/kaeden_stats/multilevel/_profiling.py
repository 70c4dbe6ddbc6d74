r"""The lowest deviance where one quantity is held, and where it has risen enough. Private.

With relative factors Λ at hand the deviance at any residual variance σ² follows from the
profiled one at σ̂²: with r = σ²/σ̂² and the degrees of freedom ν,

.. math::

    D(\Lambda, \sigma^2) = D(\Lambda) + \nu\,(\log r + 1/r - 1)

and at any value c of a contrast of the fixed effects the residual sum of squares grows by
(c - ĉ)²/(its relative variance). So every profile is a search over a few numbers, with
the exact slope by Σ and the small map from the numbers to Σ taken by differences.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import exp, inf, isfinite, log, sqrt

import numpy as np
from scipy.optimize import brentq

from kaeden_stats._checks import BoolArray, FloatArray
from kaeden_stats.multilevel._deviance import Degenerate, Profile
from kaeden_stats.multilevel._optimum import Optimum
from kaeden_stats.multilevel._problems import Factors, Problem

LEVEL = 1e-7
"""How much lower a Newton step must promise to go; less counts as lowest."""
DOUBT = 1e-6
NOISE = 1e-13
"""How exactly the deviance is known, as a share of it."""
LONGEST = 1.0
"""The longest step of a free number; they are of the size of 1."""
DESCENTS = 100
HALVINGS = 30
STEP = 1e-6
NEAR_ZERO = 1e-2
NUDGE = 0.3
EXPANSIONS = 60
FARTHEST = 1e8
"""A rise of the deviance beyond which nothing is told apart."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """A point of the deviance: relative factors, and what is not at its own best.

    Attributes
    ----------
    log_variance : float or None
        Logarithm of the residual variance in the scale of the fit; None for the best.
    fine : float
        What to add to the deviance where one number more than needed is free; 0 where
        that number is as it should be, and so at the lowest deviance.
    """

    factors: Factors
    log_variance: float | None = None
    fine: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Held:
    """A quantity that a profile holds.

    Attributes
    ----------
    estimate : float
        Its value where the deviance is lowest; NaN where the data say nothing of it.
    low, high : float
        What it cannot pass.
    step : float
        A first step that is neither tiny nor large.
    start : (d,) float
        The free numbers where the deviance is lowest.
    place : callable
        From free numbers and a value of the quantity to the point they stand for.
    lengths : (d,) bool
        Which of them are sizes, so that the deviance may seem lowest where they are zero.
    contrast : (p,) float or None
        If the quantity is a combination of the fixed effects, which one.
    shift : float
        What to add to its values for the table's unit.
    """

    name: str
    estimate: float
    low: float
    high: float
    step: float
    start: FloatArray
    lengths: BoolArray
    place: Callable[[FloatArray, float], Place]
    contrast: FloatArray | None = None
    shift: float = 0.0


class Valley:
    """The bottom of the deviance along the values of one quantity; keeps warm."""

    def __init__(
        self, problem: Problem, optimum: Optimum, held: Held, *, reml: bool
    ) -> None:
        self.problem, self.held, self.reml = problem, held, reml
        self.bottom = optimum.profile.deviance
        at = optimum.profile
        self.df = problem.n - (len(at.beta) if reml else 0)
        self.free = held.start
        self.curvature: FloatArray | None = None
        self.first: FloatArray
        self.evaluations = 0

    def root(self, value: float) -> float:
        """Return the root of the rise of the deviance, with the sign of the distance."""
        rise = self.lowest(value) - self.bottom
        rise = min(max(rise, 0.0), FARTHEST) if isfinite(rise) else FARTHEST
        return float(np.sign(value - self.held.estimate) * sqrt(rise))

    def lowest(self, value: float) -> float:
        """Return the lowest deviance where the quantity has a value."""
        found = [self._descended(self.free, value, self.curvature)]
        small = self.held.lengths & (np.abs(self.free) < NEAR_ZERO)
        if small.any():  # from zero a factor may never leave it
            found.append(self._descended(self.free + NUDGE * small, value, None))
        low, self.free, self.curvature = min(found, key=lambda one: one[0])
        return low

    def _descended(
        self, start: FloatArray, value: float, curvature: FloatArray | None
    ) -> tuple[float, FloatArray, FloatArray]:
        """Follow the slope down; return the lowest deviance, where, and its curvature.

        Newton's steps, with the curvature bent from step to step and from value to value;
        it is found anew where it says that the bottom is near and the first one doubts it.
        """
        free, (low, slope) = start, self.both(start, value)
        is_new = curvature is None
        if curvature is None:
            curvature = self.first = self._curvature(free, slope, value)
        for _ in range(DESCENTS):
            step = downhill(curvature, slope)
            if -step @ slope < LEVEL:
                doubt = -downhill(self.first, slope) @ slope
                if is_new or doubt < DOUBT:
                    break
                curvature, is_new = self._curvature(free, slope, value), True
                continue
            step, new, new_slope = self._tried(free, value, step, (low, slope))
            if new > low + NOISE * abs(low):
                break
            curvature, is_new = bent(curvature, step, new_slope - slope), False
            free, low, slope = free + step, new, new_slope
        return low, free, curvature

    def _tried(
        self,
        free: FloatArray,
        value: float,
        step: FloatArray,
        here: tuple[float, FloatArray],
    ) -> tuple[FloatArray, float, FloatArray]:
        """Take a step, shorter until the deviance falls."""
        low, slope = here
        for _ in range(HALVINGS):
            new, new_slope = self.both(free + step, value)
            if new <= low + 1e-4 * float(step @ slope) + NOISE * abs(low):
                break
            step = step / 2
        return step, new, new_slope

    def _curvature(
        self, free: FloatArray, slope: FloatArray, value: float
    ) -> FloatArray:
        """Return the second derivatives by differences of the slope."""
        rows = []
        for number in range(len(free)):
            move = np.zeros(len(free))
            move[number] = 1e-4 * max(abs(free[number]), 0.1)
            rows.append((self.both(free + move, value)[1] - slope) / move[number])
        return upright(np.array(rows))

    def both(self, free: FloatArray, value: float) -> tuple[float, FloatArray]:
        """Return the deviance and its slope by the free numbers."""
        self.evaluations += 1
        place = self.held.place(free, value)
        try:
            at = self.problem.profile(place.factors, reml=self.reml)
        except Degenerate:
            return inf, np.zeros(len(free))
        at, by_log = self._read(at, place, value)
        slopes = self.problem.slopes(at, reml=self.reml)
        slope = np.empty(len(free))
        for number in range(len(free)):
            move = np.zeros(len(free))
            move[number] = STEP * max(abs(free[number]), 1.0)
            ahead = self.held.place(free + move, value)
            behind = self.held.place(free - move, value)
            slope[number] = _rise(slopes, by_log, ahead, behind) / (2 * move[number])
        return at.deviance + place.fine, slope

    def _read(self, at: Profile, place: Place, value: float) -> tuple[Profile, float]:
        """Return the profile at what is held, and the slope by log σ²."""
        if self.held.contrast is not None:
            return _at_contrast(at, self.held.contrast, value, self.df), 0.0
        if place.log_variance is None:
            return at, 0.0
        ratio = exp(place.log_variance) / at.residual_variance
        held = replace(
            at,
            deviance=at.deviance + self.df * (log(ratio) + 1 / ratio - 1),
            residual_variance=at.residual_variance * ratio,
        )
        return held, self.df * (1 - 1 / ratio)


def downhill(curvature: FloatArray, slope: FloatArray) -> FloatArray:
    """Return the step to where the slope ends, but never a long one."""
    step = -np.linalg.solve(curvature, slope)
    return np.asarray(step * min(1.0, LONGEST / (np.abs(step).max() + 1e-300)))


def upright(curvature: FloatArray) -> FloatArray:
    """Return a curvature that bends up in every direction."""
    eigen, vectors = np.linalg.eigh((curvature + curvature.T) / 2)
    eigen = np.maximum(np.abs(eigen), 1e-8 * max(float(np.abs(eigen).max()), 1.0))
    return np.asarray(vectors * eigen @ vectors.T)


def bent(curvature: FloatArray, step: FloatArray, change: FloatArray) -> FloatArray:
    """Return the curvature that also explains the last change of slope (BFGS)."""
    along = float(step @ change)
    if along <= 1e-12 * float(np.linalg.norm(step) * np.linalg.norm(change)):
        return curvature
    pulled = curvature @ step
    return np.asarray(
        curvature
        + np.outer(change, change) / along
        - np.outer(pulled, pulled) / float(step @ pulled)
    )


def _at_contrast(at: Profile, contrast: FloatArray, value: float, df: float) -> Profile:
    """Return the profile where a combination of the fixed effects has a value."""
    way = at.covariance @ contrast
    away = (value - contrast @ at.beta) / (contrast @ way)
    squares = float(at.residual_variance * df + away**2 * (contrast @ way))
    return replace(
        at,
        deviance=at.deviance + df * log(squares / df / at.residual_variance),
        residual_variance=squares / df,
        beta=at.beta + away * way,
    )


def _rise(slopes: Factors, by_log: float, ahead: Place, behind: Place) -> float:
    """Return how far the deviance rises between two near points, to first order."""
    found = ahead.fine - behind.fine
    for slope, one, other in zip(slopes, ahead.factors, behind.factors, strict=True):
        found += float(np.sum(slope * (one @ one.T - other @ other.T)))
    if ahead.log_variance is not None and behind.log_variance is not None:
        found += by_log * (ahead.log_variance - behind.log_variance)
    return found


def ends(valley: Valley, reach: float) -> tuple[float, float]:
    """Return where the signed root passes -reach and reach, or the limits if it doesn't."""
    held = valley.held
    if np.isnan(held.estimate):
        return held.low, held.high
    return _end(valley, -reach), _end(valley, reach)


def _end(valley: Valley, reach: float) -> float:
    """Return where the signed root passes `reach` on its side of the estimate."""
    held, way = valley.held, float(np.sign(reach))
    limit = held.high if way > 0 else held.low
    valley.free, valley.curvature = held.start, None
    inner, outer = (held.estimate, 0.0), held.estimate
    step = held.step
    for _ in range(EXPANSIONS):
        if inner[0] == limit:
            return limit
        outer = inner[0] + way * step
        if way * (outer - limit) >= 0:
            outer = limit
        root = valley.root(outer)
        if way * (root - reach) >= 0:
            break
        step = _next_step(held.estimate, (outer, root), reach)
        inner = (outer, root)
    else:  # the deviance hardly rises: the data set no bound
        return limit
    known = {inner[0]: inner[1] - reach, outer: root - reach}

    def distance(value: float) -> float:
        return known[value] if value in known else valley.root(value) - reach

    return float(brentq(distance, inner[0], outer, xtol=1e-6 * held.step, rtol=1e-9))


def _next_step(estimate: float, last: tuple[float, float], reach: float) -> float:
    """Return how far on the root should pass, if it goes on as so far; a bit more."""
    value, root = last
    away = abs(value - estimate)
    whole = away * abs(reach / root) if root else inf
    return min(1.05 * max(whole - away, 0.05 * away), 4 * away)
