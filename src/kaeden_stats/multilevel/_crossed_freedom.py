"""What degrees of freedom need where groups are crossed. Private.

V is linear in the variance parameters, and everything in it of a degree: what does not
change with the covariances of the factors follows from what does (Euler's theorem).
"""

from collections.abc import Sequence

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._crossed import (
    CrossedProfile,
    direction_of,
    gradient_crossed,
)
from kaeden_stats.multilevel._crossed_curves import Curves, curves
from kaeden_stats.multilevel._crossing import CrossedData
from kaeden_stats.multilevel._freedom import Moves
from kaeden_stats.multilevel._levels import Level
from kaeden_stats.multilevel._satterthwaite import Uncertain, spread_by
from kaeden_stats.multilevel._ways import bends, ways_of


def moves_crossed(
    data: CrossedData, at: CrossedProfile, factors: Sequence[FloatArray]
) -> Moves:
    """Return how information and log-determinant move around a fit, exactly."""
    residual = at.residual_variance
    found = curves(data, at, [_basis(level) for level in data.levels])
    psi = residual * np.concatenate(
        [
            (factor @ factor.T)[tuple(level.free.T)]
            for factor, level in zip(factors, data.levels, strict=True)
        ]
    )
    information = _of_fixed(data, at.top) / residual
    first = _of_fixed(data, found.first) / residual**2
    second = _of_fixed(data, found.second) / residual**3
    logs, curved = found.logs / residual, -found.traces / residual**2
    own = -(information + np.tensordot(psi, first, 1)) / residual
    own_log = (data.n - psi @ logs) / residual
    first, logs = np.concatenate([first, own[None]]), np.append(logs, own_log)
    return Moves(
        information=information,
        first=first,
        second=_with_residual(second, -2 * first, psi, residual) / 2,
        traces=-_with_residual(curved, -logs, psi, residual),
    )


def _of_fixed(data: CrossedData, matrices: FloatArray) -> FloatArray:
    """Return the rows and columns of the fixed effects, (…, p, p)."""
    return np.asarray(matrices[..., data.fixed[:, None], data.fixed])


def _with_residual(
    second: FloatArray, slopes: FloatArray, psi: FloatArray, residual: float
) -> FloatArray:
    """Return second derivatives with those by σ² beside those by the covariances.

    `slopes` are the first derivatives times their degree.
    """
    across = (slopes[:-1] - np.tensordot(psi, second, 1)) / residual
    own = (slopes[-1] - np.tensordot(psi, across, 1)) / residual
    found = np.concatenate([second, across[:, None]], axis=1)
    last = np.concatenate([across, own[None]])
    return np.concatenate([found, last[None]])


def _basis(level: Level) -> FloatArray:
    """Return a change of each free element of a covariance, both halves at once."""
    size = level.design.shape[1]
    found = np.zeros((len(level.free), size, size))
    for one, (row, column) in zip(found, level.free, strict=True):
        one[row, column] = one[column, row] = 1.0
    return found


def uncertain_crossed(
    data: CrossedData,
    at: CrossedProfile,
    factors: Sequence[FloatArray],
    *,
    reml: bool,
) -> Uncertain:
    """Return how the covariance of the fixed effects moves, and how far it may."""
    residual, phi = at.residual_variance, at.covariance
    found = curves(data, at, ways_of(data.levels, factors))
    moved = _of_fixed(data, found.first)
    hessian = _hessian(data, at, found, reml=reml)
    count = len(hessian) - 1
    hessian[:count, :count] += bends(data.levels, gradient_crossed(data, at, reml=reml))
    return Uncertain(
        plain=residual * phi,
        moved=np.array([*(-residual * phi @ moved @ phi), phi]),
        spread=spread_by(hessian),
    )


def _hessian(
    data: CrossedData, at: CrossedProfile, found: Curves, *, reml: bool
) -> FloatArray:
    """Return the second derivatives of the deviance by the ways and σ²."""
    fixed, residual, phi = data.fixed, at.residual_variance, at.covariance
    direction = direction_of(data, at)
    pulled = found.first @ direction
    slope, across = pulled @ direction, pulled[:, fixed]
    curved = (found.second @ direction) @ direction - 2 * across @ phi @ across.T
    inner = curved / residual - found.traces
    if reml:
        first = phi @ _of_fixed(data, found.first)
        second = _of_fixed(data, found.second)
        inner += np.tensordot(second, phi, 2) - np.einsum("iab,jba->ij", first, first)
    df = data.n - (len(fixed) if reml else 0)
    return np.block(
        [
            [inner, -slope[:, None] / residual**2],
            [-slope[None] / residual**2, np.array([[df / residual**2]])],
        ]
    )
