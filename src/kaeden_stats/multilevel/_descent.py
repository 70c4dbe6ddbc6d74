"""Follow the slope of the deviance down, and take the last steps exactly. Private."""

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._charts import Chart, Point
from kaeden_stats.multilevel._deviance import Degenerate

ROUGH = 1e-6
"""Decrease in sight, as a share of the groups, at which Newton steps take over."""
STEPS = 200
POLISHES = 40
SETTLED = 1e-24
"""Decrease in sight, as a share of the groups, at which nothing is left to do."""
NOISE = 1e-13
"""Share of the deviance that rounding may add or take."""


def followed(chart: Chart, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Follow the slope down by quasi-Newton steps until little is in sight.

    Returns where that is, and the curvature there: what the problem knows of it, or what
    the steps have told.
    """
    here, slope = chart.at(theta)
    curvature = _upward(chart.curvature(here))
    enough = ROUGH * max(one.groups for one in chart.search.levels)
    for _step in range(STEPS):
        step = _newton(curvature, slope, most=2.0 * max(1.0, np.abs(theta).max()))
        if -(slope @ step) < enough:
            break
        share, there, slope_there = _downhill(chart, theta, step, here, slope)
        if share == 0.0:
            break
        if chart.search.problem.knows_curvature:
            curvature = _upward(chart.curvature(there))
        else:
            curvature = _told(curvature, share * step, slope_there - slope)
        theta, here, slope = theta + share * step, there, slope_there
    return theta, curvature


def _told(curvature: FloatArray, moved: FloatArray, turned: FloatArray) -> FloatArray:
    """Return the curvature with what a step told of it (BFGS)."""
    if not moved @ turned > 0:
        return curvature
    seen = curvature @ moved
    return np.asarray(
        curvature
        + np.outer(turned, turned) / (moved @ turned)
        - np.outer(seen, seen) / (moved @ seen)
    )


def _downhill(
    chart: Chart, theta: FloatArray, step: FloatArray, here: Point, slope: FloatArray
) -> tuple[float, Point, FloatArray]:
    """Return the first share of a step that lowers the deviance, and what is there."""
    share = 1.0
    while share > 1e-6:
        found = _tried(chart, theta + share * step)
        if found is not None:
            there, slope_there = found
            if there.deviance <= here.deviance + 1e-4 * share * (slope @ step):
                return share, there, slope_there
        share /= 4
    return 0.0, here, slope


def _tried(chart: Chart, theta: FloatArray) -> tuple[Point, FloatArray] | None:
    """Return the point at some parameters and the slope, unless it is too far out."""
    try:
        return chart.at(theta)
    except Degenerate:
        return None


def polished(
    chart: Chart, theta: FloatArray, curvature: FloatArray | None = None
) -> Point:
    """Take Newton steps, with a curvature that learns from them.

    A step counts if the deviance falls, or, where that no longer tells, if less is in
    sight after it. Where steps don't shrink tenfold, or twofold if the problem knows its
    curvature and an evaluation costs more, the curvature is found anew from
    differences of the exact slope; where they still don't count they are damped
    (Levenberg & Marquardt).
    """
    here, slope = chart.at(theta)
    enough = SETTLED * min(one.groups for one in chart.search.levels)
    patience = 0.25 if chart.search.problem.knows_curvature else 0.01
    is_new, damping = curvature is None, 0.0
    left = _sight(chart.curvature(here) if curvature is None else curvature, slope)
    if curvature is None and left > enough:
        curvature = _curvature(chart, theta)
    for _step in range(POLISHES):
        if curvature is None or left < enough or damping > 1:
            break
        step = _newton(curvature, slope, damping)
        sight = -float(slope @ step)
        found = _tried(chart, theta + step)
        left = np.inf if found is None else _sight(curvature, found[1], damping)
        if found is not None and (left < 0.25 * sight or _fell(here, found[0])):
            curvature = _learned(curvature, step, found[1] - slope)
            theta, (here, slope) = theta + step, found
            damping, is_new = damping / 10 if damping > 1e-8 else 0.0, False
            if left < patience * sight:
                continue
        elif is_new:
            damping = max(10 * damping, 1e-6)
            continue
        curvature, is_new = _curvature(chart, theta), True
    return here


def _sight(curvature: FloatArray, slope: FloatArray, damping: float = 0.0) -> float:
    """Return twice the decrease that a Newton step promises."""
    return -float(slope @ _newton(curvature, slope, damping))


def _fell(here: Point, there: Point) -> bool:
    """Whether the deviance is lower there, beyond what rounding does."""
    return here.deviance - there.deviance > NOISE * (1 + abs(here.deviance))


def _learned(curvature: FloatArray, step: FloatArray, turned: FloatArray) -> FloatArray:
    """Return the nearest curvature of rank one more that explains the last step."""
    missed = turned - curvature @ step
    under = float(missed @ step)
    if abs(under) <= 1e-8 * float(np.linalg.norm(missed) * np.linalg.norm(step)):
        return curvature
    return np.asarray(curvature + np.outer(missed, missed) / under)


def _newton(
    curvature: FloatArray, slope: FloatArray, damping: float = 0.0, most: float = 2.0
) -> FloatArray:
    """Return the step to where the slope ends, always downhill and never long."""
    step = -np.linalg.solve(_upward(curvature, damping), slope)
    return np.asarray(step * min(1.0, most / float(np.abs(step).max() + 1e-300)))


def _upward(curvature: FloatArray, damping: float = 0.0) -> FloatArray:
    """Return the curvature with that of all directions upward, and some more."""
    eigen, vectors = np.linalg.eigh(curvature)
    most = float(np.abs(eigen).max()) + 1e-300
    eigen = np.maximum(np.abs(eigen), 1e-12 * most) + damping * most
    return np.asarray((vectors * eigen) @ vectors.T)


def _curvature(chart: Chart, theta: FloatArray) -> FloatArray:
    rows = []
    for place in range(len(theta)):
        step = np.zeros_like(theta)
        step[place] = 1e-5 * max(abs(theta[place]), 1e-2)
        ahead, behind = chart.at(theta + step)[1], chart.at(theta - step)[1]
        rows.append((ahead - behind) / (2 * step[place]))
    curvature = np.array(rows)
    return np.asarray((curvature + curvature.T) / 2)
