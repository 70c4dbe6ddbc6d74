"""Weighted lines through many units' values at once."""

import numpy as np
from numpy.typing import ArrayLike

from kaeden_stats._checks import FloatArray, same_shape, vector
from kaeden_stats.errors import InvalidInput


def table(
    years: ArrayLike, value: ArrayLike, scale: ArrayLike, name: str
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Check a table of k units by t years and what belongs to each of its values."""
    x = vector(years, "years")
    if len(np.unique(x)) < len(x):
        raise InvalidInput("years must all differ: one value per unit and year.")
    y, s = np.asarray(value, dtype=np.float64), np.asarray(scale, dtype=np.float64)
    same_shape(y, s, f"value and {name}")
    if y.ndim != 2 or y.shape[1] != len(x):
        raise InvalidInput(
            f"value must have one column for each of the {len(x)} years, "
            f"got shape {y.shape}."
        )
    if np.isinf(y).any():
        raise InvalidInput("value has infinite values. Use NaN for a year without one.")
    there = ~np.isnan(y)
    if not (np.isfinite(s[there]) & (s[there] > 0)).all():
        raise InvalidInput(f"{name} must be above 0 wherever there is a value.")
    return x, y, s


def slopes(
    x: FloatArray, y: FloatArray, weight: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Weighted slope of each row and Σw(x - x̄)²; NaN with fewer than two points."""
    enough = (weight > 0).sum(axis=1) >= 2
    total = np.where(enough, weight.sum(axis=1), np.nan)
    x_centred = x - (weight @ x / total)[:, None]
    y_centred = y - ((weight * y).sum(axis=1) / total)[:, None]
    precision = (weight * x_centred**2).sum(axis=1)
    return (weight * x_centred * y_centred).sum(axis=1) / precision, precision
