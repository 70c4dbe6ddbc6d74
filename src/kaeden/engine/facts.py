"""The fields of a result, taken from what was computed about many units at once."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from kaeden.engine import development, fair
from kaeden.engine.comparison import Comparison
from kaeden.engine.panel import FloatArray, Panel
from kaeden.shared.status import ValueStatus


def place(panel: Panel, row: int, column: int) -> dict[str, Any]:
    """Return what the source says of a unit in a period."""
    return {
        "indicator": panel.indicator.id,
        "level": panel.indicator.level.value,
        "code": panel.codes[row],
        "period": str(panel.periods[column]),
        "status": ValueStatus(panel.status[row, column]).value,
        "value": number(panel.value[row, column]),
    }


def computed(
    panel: Panel, level: str, code: str, value: float, n: float
) -> dict[str, Any]:
    """Return what a mean of units says, before anything is derived from it."""
    known = bool(np.isfinite(value))
    return {
        "indicator": panel.indicator.id,
        "level": level,
        "code": code,
        "period": str(panel.periods[-1]),
        "status": (ValueStatus.VALUE if known else ValueStatus.MISSING).value,
        "origin": "computed",
        "value": number(value),
        "n": number(n),
    }


def mean(
    value: FloatArray, variance: FloatArray, weight: FloatArray, within: np.ndarray
) -> tuple[float, float, float]:
    """Return the weighted mean of some units, its variance, and the children behind."""
    use = within & np.isfinite(value) & np.isfinite(weight)
    if not use.any():
        return np.nan, 1.0, np.nan
    share = weight[use] / weight[use].sum()
    spread = float((share**2 * variance[use]).sum())
    return float((share * value[use]).sum()), spread, float(weight[use].sum())


def estimates(fitted: fair.Fair | None) -> dict[int, dict[str, Any]]:
    """Return each used row's shrunk estimate, interval and reliability."""
    if fitted is None:
        return {}
    fit = fitted.fit
    low = fit.estimate - fair.Z95 * fit.standard_error
    high = fit.estimate + fair.Z95 * fit.standard_error
    return {
        int(row): {
            "estimate": float(fit.estimate[at]),
            "low": float(low[at]),
            "high": float(high[at]),
            "reliability": float(fit.reliability[at]),
        }
        for at, row in enumerate(fitted.used)
    }


def interval(
    place: Mapping[str, Any], variance: FloatArray | None, row: int
) -> dict[str, Any]:
    """Return how far a year's value may lie from what it would be without chance."""
    if variance is None or place["value"] is None:
        return {}
    half = fair.Z95 * float(np.sqrt(variance[row]))
    return {"low": place["value"] - half, "high": place["value"] + half}


def developed(moved: development.Development, row: int) -> dict[str, Any]:
    """Return how a unit has developed; preliminary where nothing can be said."""
    if moved.trends is None:
        return {"preliminary": True, "points": float(moved.years)}
    trend = moved.trends
    return {
        "slope": number(trend.slope[row]),
        "slope_se": number(trend.standard_error[row]),
        "points": float(trend.points[row]),
        "preliminary": bool(trend.preliminary[row]),
        "development_p": number(trend.p_value[row]),
        "direction": int(trend.direction[row]),
    }


def compared(beside: Comparison | None, row: int) -> dict[str, Any]:
    """Return how a unit stands beside those like it; nothing where too few do."""
    if beside is None or not np.isfinite(beside.p_value[row]):
        return {}
    return {
        "peers_mean": float(beside.peers_mean[row]),
        "peers": float(beside.peers[row]),
        "difference": float(beside.difference[row]),
        "swing": float(beside.swing[row]),
        "comparison_p": float(beside.p_value[row]),
        "compared": int(beside.compared[row]),
    }


def notes(fitted: fair.Fair | None) -> dict[str, Any]:
    """Return what the run tells of a fit, ready to be stored."""
    if fitted is None:
        return {}
    fit = fitted.fit
    return {
        "within_variance_from": fitted.origin,
        "within_variance": fit.within_variance,
        "variance_between_municipalities": fit.between_group_variance,
        "variance_between_institutions": fit.between_unit_variance,
        "units": len(fitted.used),
        "left_out": fitted.left_out,
        "converged": fit.convergence.converged,
        "steps": fit.convergence.steps,
        "certificate": fit.convergence.certificate,
        "warnings": list(fit.convergence.warnings),
    }


def number(value: float | np.floating[Any] | None) -> float | None:
    """Return a number as Python has it; None for NaN."""
    return None if value is None or not np.isfinite(value) else float(value)
