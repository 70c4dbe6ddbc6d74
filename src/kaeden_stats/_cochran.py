"""Cochran's Q: how far effects lie apart beside chance. Private."""

import numpy as np

from kaeden_stats._checks import FloatArray

HALVINGS = 200


def where_q_is(wanted: float, y: FloatArray, s2: FloatArray, x: FloatArray) -> float:
    """Return the τ² at which Q has fallen to `wanted`; 0 if it is below from the start."""
    if q_at(0.0, y, s2, x) <= wanted:
        return 0.0
    low, high = 0.0, float(s2.max())
    while q_at(high, y, s2, x) > wanted:
        high *= 2
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if q_at(middle, y, s2, x) > wanted else (low, middle)
    return (low + high) / 2


def q_at(tau2: float, y: FloatArray, s2: FloatArray, x: FloatArray) -> float:
    """Return Cochran's Q where τ² is added to the sampling variances."""
    w = 1 / (s2 + tau2)
    beta = np.linalg.solve(x.T @ (w[:, None] * x), x.T @ (w * y))
    return float(np.sum(w * (y - x @ beta) ** 2))


def typical_variance(sampling: FloatArray, design: FloatArray) -> float:
    """Return the sampling variance that I² holds τ² against (Higgins & Thompson 2002)."""
    k, p = design.shape
    w = 1 / sampling
    weighted = design * w[:, None]
    inner = np.linalg.inv(design.T @ weighted)
    return float((k - p) / (w.sum() - np.trace(inner @ (weighted.T @ weighted))))
