r"""Degrees of freedom of fixed effects: Satterthwaite and Kenward–Roger. Private.

Both need how the information X'V⁻¹X and log|V| move with the variance parameters ψ: the
free elements of each level's covariance, and the residual variance. First derivatives are
exact; second ones are differences of them. With C = X'V⁻¹X, Φ = C⁻¹, P_i = ∂C/∂ψ_i,

.. math::

    Q_{ij} + Q_{ji} = \frac{\partial^2 C}{\partial\psi_i\partial\psi_j}, \quad
    tr(V^{-1}V_iV^{-1}V_j) = -\frac{\partial^2 \log|V|}{\partial\psi_i\partial\psi_j}

because V is linear in ψ.

References
----------
Kenward & Roger (1997), Biometrics 53:983; Giesbrecht & Burns (1985), Biometrics 41:477.
"""

from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._deviance import (
    Profile,
    by_covariances,
    from_covariance,
    profile,
    top_by_covariances,
)
from kaeden_stats.multilevel._levels import Data

STEP = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moves:
    """How information and log-determinant move with the variance parameters.

    Attributes
    ----------
    psi : (r,) float
        The parameters: covariance elements of the lowest level first, last σ².
    information : (p, p) float
        C.
    first : (r, p, p) float
        P_i.
    second : (r, r, p, p) float
        (Q_ij + Q_ji) / 2.
    traces : (r, r) float
        tr(V⁻¹V_iV⁻¹V_j).
    """

    psi: FloatArray
    information: FloatArray
    first: FloatArray
    second: FloatArray
    traces: FloatArray


def moves(data: Data, at: Profile) -> Moves:
    """Return how everything moves around the optimum."""
    psi = parameters(at)
    information, first, _logs = _first(data, psi)
    scale = np.maximum(np.abs(psi), 1e-3 * psi[-1])
    second, traces = [], []
    for place in range(len(psi)):
        step = np.zeros(len(psi))
        step[place] = STEP * scale[place]
        ahead, behind = _first(data, psi + step), _first(data, psi - step)
        second.append((ahead[1] - behind[1]) / (2 * step[place]))
        traces.append(-(ahead[2] - behind[2]) / (2 * step[place]))
    mixed, squares = np.array(second), np.array(traces)
    return Moves(
        psi=psi,
        information=information,
        first=first,
        second=(mixed + mixed.transpose(1, 0, 2, 3)) / 4,
        traces=(squares + squares.T) / 2,
    )


def parameters(at: Profile) -> FloatArray:
    """Return the variance parameters at a profile."""
    sigmas = [
        at.residual_variance * (done.factor @ done.factor.T)[tuple(done.level.free.T)]
        for done in at.eliminations
    ]
    return np.append(np.concatenate(sigmas), at.residual_variance)


def _at(data: Data, psi: FloatArray) -> Profile:
    """Return the profile at variance parameters, which may be just outside."""
    sigmas, start = [], 0
    for level in data.levels:
        size = level.design.shape[1]
        sigma = np.zeros((size, size))
        for row, column in level.free:
            sigma[row, column] = sigma[column, row] = psi[start] / psi[-1]
            start += 1
        sigmas.append(sigma)
    return profile(data, tuple(sigmas), reml=True, integrate=from_covariance)


def _first(data: Data, psi: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return C, its derivatives and those of log|V| by ψ, all exact."""
    residual, fixed = psi[-1], data.fixed
    at = _at(data, psi)
    top = at.top[np.ix_(fixed, fixed)] / residual
    moved = np.concatenate(top_by_covariances(at))[:, fixed][:, :, fixed]
    moved = moved / residual**2
    logs = _by_elements(at, np.zeros_like(at.top)) / residual
    own = -(top + np.tensordot(psi[:-1], moved, axes=1)) / residual
    own_log = (data.n - float(psi[:-1] @ logs)) / residual
    return top, np.concatenate([moved, own[None]]), np.append(logs, own_log)


def _by_elements(at: Profile, by_top: FloatArray) -> FloatArray:
    """Return the derivative by each free element of each relative covariance."""
    slopes = by_covariances(at, by_top, by_log_determinant=1.0)
    return np.concatenate(
        [
            _halves(slope, done.level.free)
            for slope, done in zip(slopes, at.eliminations, strict=True)
        ]
    )


def deviance_hessian(data: Data, at: Profile, *, reml: bool) -> FloatArray:
    """Return the second derivatives of the deviance by ψ, (r, r)."""
    psi = parameters(at)
    scale = np.maximum(np.abs(psi), 1e-3 * psi[-1])
    rows = []
    for place in range(len(psi)):
        step = np.zeros(len(psi))
        step[place] = STEP * scale[place]
        ahead = _slope(data, psi + step, reml=reml)
        rows.append((ahead - _slope(data, psi - step, reml=reml)) / (2 * step[place]))
    found = np.array(rows)
    return np.asarray((found + found.T) / 2)


def _slope(data: Data, psi: FloatArray, *, reml: bool) -> FloatArray:
    """Return the derivative of the deviance by ψ, the residual variance not profiled."""
    at, residual = _at(data, psi), psi[-1]
    direction = np.zeros(at.top.shape[0])
    direction[data.fixed], direction[data.outcome] = -at.beta, 1.0
    by_top = np.outer(direction, direction) / residual
    if reml:
        by_top[np.ix_(data.fixed, data.fixed)] += at.covariance
    own = _by_elements(at, by_top) / residual
    df = data.n - (len(data.fixed) if reml else 0)
    rss = float(direction @ at.top @ direction) / residual
    return np.append(own, (df - rss - float(psi[:-1] @ own)) / residual)


def _halves(by: FloatArray, free: np.ndarray) -> FloatArray:
    """Return the derivative by each free element, which stands in both halves."""
    twice = np.where(free[:, 0] == free[:, 1], 1.0, 2.0)
    return np.asarray(by[tuple(free.T)] * twice)


def kenward_roger(found: Moves, contrast: FloatArray) -> tuple[float, float]:
    """Return the adjusted standard error and degrees of freedom of one contrast."""
    phi = np.asarray(np.linalg.inv(found.information), dtype=float)
    first, second = found.first, found.second
    count = len(first)
    inside = np.einsum("iab,bc,jcd->ijad", first, phi, first)
    weight = np.asarray(np.linalg.inv(_information(found, phi)), dtype=float)
    middle = np.einsum("ij,ijab->ab", weight, second - inside)
    adjusted = phi + 2 * phi @ middle @ phi
    plain = float(contrast @ phi @ contrast)
    theta = np.outer(contrast, contrast) / plain
    traces = np.array([np.trace(theta @ phi @ one @ phi) for one in first])
    a1 = float(traces @ weight @ traces)
    pairs = np.array(
        [
            [
                np.trace(theta @ phi @ first[i] @ phi @ theta @ phi @ first[j] @ phi)
                for j in range(count)
            ]
            for i in range(count)
        ]
    )
    a2 = float((weight * pairs).sum())
    error = float(np.sqrt(contrast @ adjusted @ contrast))
    return error, _df_of_one(a1, a2)


def _information(found: Moves, phi: FloatArray) -> FloatArray:
    """Return the expected information of ψ under REML."""
    first = found.first
    crossed = np.einsum("ab,ijba->ij", phi, found.second)
    inside = np.einsum("ab,ibc,cd,jda->ij", phi, first, phi, first)
    return np.asarray((found.traces - 2 * crossed + inside) / 2)


def _df_of_one(a1: float, a2: float) -> float:
    """Return Kenward and Roger's degrees of freedom for one contrast."""
    b = (a1 + 6 * a2) / 2
    g = (2 * a1 - 5 * a2) / (3 * a2)
    under = 3 + 2 * (1 - g)
    c1, c2, c3 = g / under, (1 - g) / under, (3 - g) / under
    expected = 1 / (1 - a2)
    variance = 2 * (1 + c1 * b) / ((1 - c2 * b) ** 2 * (1 - c3 * b))
    rho = variance / (2 * expected**2)
    return float(4 + 3 / (rho - 1))


def satterthwaite(found: Moves, hessian: FloatArray, contrast: FloatArray) -> float:
    """Return Satterthwaite's degrees of freedom of one contrast.

    `hessian` is that of the deviance by ψ, (r, r).
    """
    phi = np.linalg.inv(found.information)
    weights = phi @ contrast
    slope = -np.einsum("a,iab,b->i", weights, found.first, weights)
    spread = 2 * np.linalg.pinv(hessian)
    return float(2 * (contrast @ phi @ contrast) ** 2 / (slope @ spread @ slope))
