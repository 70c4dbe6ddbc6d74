"""Find the highest point of the area model's likelihood, and prove it."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np

from kaeden_stats._area_likelihood import (
    AreaData,
    Profile,
    information,
    profile,
    score,
)
from kaeden_stats._checks import BoolArray, FloatArray

TOLERANCE = 1e-8
MAX_STEPS = 100
CLIMBS = 3
FEW_UNITS = 100  # below this several peaks do occur, and climbs cost next to nothing
GROUP_STARTS = (0.003, 0.1)
UNIT_STARTS = (0.003, 0.1, 0.6)
WITHIN_STARTS = (0.01, 0.1, 0.5, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Optimum:
    """Where one climb ended, and how far from a summit that is."""

    theta: FloatArray
    profile: Profile
    steps: int
    certificate: float
    peaks: int = 1

    @property
    def height(self) -> float:
        """The log-likelihood here."""
        return self.profile.log_likelihood


def highest(data: AreaData, *, grouped: bool) -> Optimum:
    """Climb from the best few starts; from all if units are few or no climb arrives."""
    allowed = np.array([grouped] + [True] * len(data.basis))
    starts = list(_starts_from_the_best(data, allowed))
    first = CLIMBS if len(data.value) > FEW_UNITS else len(starts)
    ends = [_climb(data, start, allowed) for start in starts[:first]]
    if not any(end.certificate <= TOLERANCE for end in ends):
        ends += [_climb(data, start, allowed) for start in starts[first:]]
    best = max(ends, key=lambda end: (end.certificate <= TOLERANCE, end.height))
    certified = [end for end in ends if end.certificate <= TOLERANCE]
    lower = sum(end.height < best.height - 1e-6 for end in certified)
    return Optimum(
        theta=best.theta,
        profile=best.profile,
        steps=sum(end.steps for end in ends),
        certificate=best.certificate,
        peaks=1 + bool(lower),
    )


def _starts_from_the_best(data: AreaData, allowed: BoolArray) -> Iterator[FloatArray]:
    """Yield a coarse grid of variances, the likeliest first; 1 is all there is."""
    groups = GROUP_STARTS if allowed[0] else (0.0,)
    per_axis: list[tuple[float, ...]] = [groups, UNIT_STARTS]
    per_axis += [WITHIN_STARTS] * (len(data.basis) - 1)
    grid = [np.array(point) for point in itertools.product(*per_axis)]
    tried = ((profile(data, point), point) for point in grid)
    ranked = sorted(
        ((at.log_likelihood, place) for place, (at, _) in enumerate(tried) if at),
        reverse=True,
    )
    return (grid[place] for _, place in ranked)


def _climb(data: AreaData, start: FloatArray, allowed: BoolArray) -> Optimum:
    """Walk uphill by Newton steps, by scoring where the surface is not yet a hill."""
    theta = start
    here = profile(data, theta)
    assert here is not None, "starts have positive variances"
    steps, certificate = 0, np.inf
    while certificate > TOLERANCE and steps < MAX_STEPS:
        steps += 1
        slope = score(data, here)
        expected, observed = information(data, here)
        certificate = _distance_to_summit(theta, slope, expected, allowed)
        if certificate > TOLERANCE:
            step = _step(theta, slope, (expected, observed), allowed)
            theta, here = _uphill(data, (theta, here), step, gain=float(slope @ step))
    return Optimum(theta=theta, profile=here, steps=steps, certificate=certificate)


def _distance_to_summit(
    theta: FloatArray, slope: FloatArray, expected: FloatArray, allowed: BoolArray
) -> float:
    """Score-test size of what is left to climb, in standard errors of the variances.

    At a boundary (a variance of 0) only a slope *into* the allowed region counts.
    """
    open_ = allowed & ((theta > 0) | (slope > 0))
    if not open_.any():
        return 0.0
    left = slope[open_]
    test = float(left @ _solve(expected[np.ix_(open_, open_)], left))
    return sqrt(max(test, 0.0))


def _step(
    theta: FloatArray,
    slope: FloatArray,
    curvatures: tuple[FloatArray, FloatArray],
    allowed: BoolArray,
) -> FloatArray:
    """Return the step uphill that does not point out of the allowed region."""
    expected, observed = curvatures
    open_ = allowed & ((theta > 0) | (slope > 0))
    while True:
        block = np.ix_(open_, open_)
        hill = _is_hill(observed[block], expected[block])
        curvature = observed[block] if hill else expected[block]
        step = np.zeros_like(theta)
        step[open_] = _solve(curvature, slope[open_])
        outward = (theta <= 0) & (step < 0)
        if not outward.any():
            return step
        open_ &= ~outward


def _is_hill(observed: FloatArray, expected: FloatArray) -> bool:
    """Say whether Newton's step can be trusted: curved downwards in all directions."""
    scale = np.sqrt(np.diag(expected))
    return bool(np.linalg.eigvalsh(observed / np.outer(scale, scale)).min() > 1e-3)


def _solve(matrix: FloatArray, right: FloatArray) -> FloatArray:
    """Solve in the scale of correlations, with a ridge too small to notice."""
    scale = np.sqrt(np.diag(matrix))
    correlation = matrix / np.outer(scale, scale) + 1e-13 * np.eye(len(scale))
    solved: FloatArray = np.linalg.solve(correlation, right / scale) / scale
    return solved


def _uphill(
    data: AreaData,
    here: tuple[FloatArray, Profile],
    step: FloatArray,
    *,
    gain: float,
) -> tuple[FloatArray, Profile]:
    """Halve the step until the likelihood rises; take it whole when all but there."""
    theta, now = here
    all_but_there = gain < 1e-9 * (1 + abs(now.log_likelihood))
    for halving in range(40):
        ahead = np.maximum(theta + step / 2**halving, 0)
        then = profile(data, ahead)
        if then and (all_but_there or then.log_likelihood > now.log_likelihood):
            return ahead, then
    return here
