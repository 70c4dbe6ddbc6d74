"""Student's t for whole degrees of freedom, where its distribution is a finite sum."""

from math import atan, cos, pi, sin, sqrt, tan

import numpy as np
from scipy.special import stdtr

from kaeden_stats._checks import FloatArray, share

HALVINGS = 60
"""Enough to halve a right angle down to the last bit of a float."""


def held_within(t: float, df: int) -> float:
    """Return the share of the distribution that lies within ±t.

    Abramowitz & Stegun (1964), *Handbook of Mathematical Functions*, 26.7.3-4.
    """
    return _held(atan(t / sqrt(df)), df)


def two_sided_p(t: FloatArray, df: int) -> FloatArray:
    """Return the chance of lying at least |t| from 0, either side; NaN stays NaN."""
    p: FloatArray = 2 * stdtr(df, -np.abs(t))
    return p


def reach(level: float, df: int) -> float:
    """Return how many standard errors hold the share `level`, both sides of 0."""
    wanted = share(level, "level")
    low, high = 0.0, pi / 2
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _held(middle, df) < wanted else (low, middle)
    return tan((low + high) / 2) * sqrt(df)


def _held(angle: float, df: int) -> float:
    first = df % 2
    term, total = cos(angle) if first else 1.0, 0.0
    for power in range(first, df - 1, 2):
        total += term
        term *= cos(angle) ** 2 * (power + 1) / (power + 2)
    return (angle + sin(angle) * total) * 2 / pi if first else sin(angle) * total
