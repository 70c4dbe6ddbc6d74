r"""Kenward and Roger's degrees of freedom and standard errors. Private.

They need how the information C = X'V⁻¹X moves with the variance parameters ψ, the free
elements of each level's covariance and the residual variance. With Φ = C⁻¹, P_i = ∂C/∂ψ_i,

.. math::

    Q_{ij} + Q_{ji} = \frac{\partial^2 C}{\partial\psi_i\partial\psi_j}, \quad
    tr(V^{-1}V_iV^{-1}V_j) = -\frac{\partial^2 \log|V|}{\partial\psi_i\partial\psi_j}

because V is linear in ψ. First derivatives are sums of Z'V⁻¹X; second ones are the
imaginary parts of the first at ψ + ih, exact for a tiny h, also at a variance of zero.

References
----------
Kenward & Roger (1997), Biometrics 53:983; Squire & Trapp (1998), SIAM Review 40:110 (derivatives by a complex step).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._deviance import Spread, across_rows, eliminated, held
from kaeden_stats.multilevel._levels import Data, Level

STEP = 1e-30
ALIKE = 1e-10
"""Smallest eigenvalue of the standardised information of variances that are told apart."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moves:
    """How information and log-determinant move with the variance parameters.

    Attributes
    ----------
    information : (p, p) float
        C.
    first : (r, p, p) float
        P_i; covariance elements of the lowest level first, last σ².
    second : (r, r, p, p) float
        (Q_ij + Q_ji) / 2.
    traces : (r, r) float
        tr(V⁻¹V_iV⁻¹V_j).
    """

    information: FloatArray
    first: FloatArray
    second: FloatArray
    traces: FloatArray


def moves(data: Data, factors: Sequence[FloatArray], residual: float) -> Moves:
    """Return how everything moves around a fit."""
    psi = np.append(
        np.concatenate(
            [
                residual * (factor @ factor.T)[tuple(level.free.T)]
                for factor, level in zip(factors, data.levels, strict=True)
            ]
        ),
        residual,
    )
    information, first, _logs = _first(data, psi)
    ahead = [_first(data, psi + step) for step in 1j * STEP * np.eye(len(psi))]
    return Moves(
        information=information,
        first=first,
        second=np.array([one[1].imag for one in ahead]) / (2 * STEP),
        traces=-np.array([one[2].imag for one in ahead]) / STEP,
    )


def _first(data: Data, psi: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return C, its derivatives and those of log|V| by ψ."""
    residual, fixed = psi[-1], data.fixed
    out = eliminated(data, _spreads(data.levels, psi))
    information = out.top[np.ix_(fixed, fixed)] / residual
    moved: list[FloatArray] = []
    logs: list[FloatArray] = []
    for place, level in enumerate(data.levels):
        here = held(data, out, place)
        across = here.across[:, :, fixed] / residual
        for row, column in level.free:
            product = across_rows(across[:, row], across[:, column])
            moved.append(-(product if row == column else product + product.T))
            logs.append(here.among[row, column] * (1 if row == column else 2))
    by_psi, by_log = np.array(moved), np.array(logs) / residual
    own = -(information + np.tensordot(psi[:-1], by_psi, axes=1)) / residual
    own_log = (data.n - psi[:-1] @ by_log) / residual
    return information, np.concatenate([by_psi, own[None]]), np.append(by_log, own_log)


def _spreads(levels: Sequence[Level], psi: FloatArray) -> list[Spread]:
    """Return the relative covariances that variance parameters stand for."""
    found, start = [], 0
    for level in levels:
        size = level.design.shape[1]
        sigma = np.zeros((size, size), dtype=psi.dtype)
        for row, column in level.free:
            sigma[row, column] = sigma[column, row] = psi[start] / psi[-1]
            start += 1
        found.append(Spread(sigma=sigma, determinant=_determinant(sigma)))
    return found


def _determinant(sigma: FloatArray) -> float:
    """Return the determinant of a covariance of at most two effects, else 0: unused."""
    if len(sigma) == 2:
        return sigma[0, 0] * sigma[1, 1] - sigma[0, 1] ** 2  # type: ignore[no-any-return]
    return 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Adjusted:
    """What Kenward and Roger need of a fit, for any contrasts.

    Attributes
    ----------
    plain : (p, p) float
        Φ.
    adjusted : (p, p) float
        Φ_A, larger: it knows that the variances were estimated.
    moved : (r, p, p) float
        Φ P_i Φ.
    weight : (r, r) float
        Covariance of the variance parameters.
    """

    plain: FloatArray
    adjusted: FloatArray
    moved: FloatArray
    weight: FloatArray


def adjusted(found: Moves) -> Adjusted:
    """Return the adjusted covariance of the fixed effects."""
    phi = np.asarray(np.linalg.inv(found.information), dtype=float)
    half = found.first @ phi
    inside = half[:, None] @ found.first[None]
    crossed = np.einsum("ab,ijba->ij", phi, found.second)
    pairs = np.einsum("iab,jba->ij", half, half)
    weight = 2 * _inverse(found.traces - 2 * crossed + pairs)
    middle = np.einsum("ij,ijab->ab", weight, found.second - inside)
    return Adjusted(
        plain=phi,
        adjusted=phi + 2 * phi @ ((middle + middle.T) / 2) @ phi,
        moved=phi @ half,
        weight=weight,
    )


def _inverse(information: FloatArray) -> FloatArray:
    """Invert the information of the variance parameters, if it tells them apart."""
    size = np.sqrt(np.diag(information))
    scale = np.outer(size, size)
    if np.linalg.eigvalsh(information / scale)[0] < ALIKE:
        raise np.linalg.LinAlgError
    return np.asarray(np.linalg.inv(information / scale) / scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freedom:
    """How an F statistic is read.

    Attributes
    ----------
    df : float
        Denominator degrees of freedom.
    scale : float
        What the plain Wald F is multiplied by.
    """

    df: float
    scale: float = 1.0


def kenward_roger(found: Adjusted, contrast: FloatArray) -> Freedom:
    """Return the freedom of the joint test that contrasts, (l, p), are all zero."""
    count = len(contrast)
    inside = np.linalg.inv(contrast @ found.plain @ contrast.T)
    moved = inside @ (contrast @ found.moved @ contrast.T)
    traces = np.einsum("iaa->i", moved)
    a1 = float(traces @ found.weight @ traces)
    a2 = float(np.einsum("ij,iab,jba->", found.weight, moved, moved))
    b = (a1 + 6 * a2) / (2 * count)
    g = ((count + 1) * a1 - (count + 4) * a2) / ((count + 2) * a2)
    under = 3 * count + 2 * (1 - g)
    c1, c2, c3 = g / under, (count - g) / under, (count + 2 - g) / under
    kept = 1 - a2 / count
    rho = (kept / (1 - c2 * b)) ** 2 * (1 + c1 * b) / (1 - c3 * b) / count
    df = 4 + (count + 2) / (count * rho - 1)
    return Freedom(df=float(df), scale=float(df * kept / (df - 2)))
