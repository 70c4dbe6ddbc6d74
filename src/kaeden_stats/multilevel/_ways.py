"""How relative covariances move with the elements of their Cholesky factors. Private."""

from collections.abc import Sequence

import numpy as np
from scipy.linalg import block_diag

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._levels import Level


def ways_of(levels: Sequence[Level], factors: Sequence[FloatArray]) -> list[FloatArray]:
    """Return for each level the change of ΛΛ' with each free element of Λ, (·, q, q)."""
    found = []
    for level, factor in zip(levels, factors, strict=True):
        moved = np.zeros((len(level.free), *factor.shape))
        moved[np.arange(len(moved)), level.free[:, 0]] = factor.T[level.free[:, 1]]
        found.append(moved + moved.swapaxes(1, 2))
    return found


def bends(levels: Sequence[Level], slopes: Sequence[FloatArray]) -> FloatArray:
    """Return the curvature that comes from that of ΛΛ': 2·tr(slope·dΛ·dΛ')."""
    found = []
    for level, slope in zip(levels, slopes, strict=True):
        rows, columns = level.free.T
        same = columns[:, None] == columns
        found.append(2 * np.where(same, slope[np.ix_(rows, rows)], 0.0))
    return np.asarray(block_diag(*found))
