r"""Satterthwaite's degrees of freedom of fixed effects. Private.

The variance of a contrast l, v = l'Φl, is a function of the variance parameters
(Λ, σ²) with gradient g; with H the Hessian of the deviance by them, the estimated v has
variance g'(2H⁻¹)g, and the freedom is that of a χ² with this mean and variance:

.. math::

    \nu = 2 v^2 / g'(2H^{-1})g

In the elements of Λ a variance of zero has a slope of zero and so adds nothing. H is the
imaginary part of the slope at a complex step, exact (Squire & Trapp 1998).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._deviance import (
    Eliminated,
    across_rows,
    by_sigma,
    eliminated,
    held,
    spread_of,
    times,
)
from kaeden_stats.multilevel._freedom import STEP, Freedom
from kaeden_stats.multilevel._levels import Data

FLAT = 1e-10
"""Share of the largest curvature below which a direction says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Uncertain:
    """What Satterthwaite's method needs of a fit, for any contrasts.

    Attributes
    ----------
    plain : (p, p) float
        Φ.
    moved : (r, p, p) float
        Derivatives of Φ by Λ's free elements, the lowest level first, and σ².
    spread : (r, r) float
        2H⁻¹, over the directions in which the deviance curves upwards.
    """

    plain: FloatArray
    moved: FloatArray
    spread: FloatArray


def uncertain(
    data: Data, factors: Sequence[FloatArray], residual: float, *, reml: bool
) -> Uncertain:
    """Return how the covariance of the fixed effects moves, and how far it may."""
    here = np.concatenate([_free(data, factors), [residual]])
    ahead = [
        _slope(data, here + step, reml=reml).imag / STEP
        for step in 1j * STEP * np.eye(len(here))
    ]
    out = eliminated(data, [spread_of(one) for one in factors])
    phi = np.asarray(
        np.linalg.inv(out.top[np.ix_(data.fixed, data.fixed)]), dtype=float
    )
    return Uncertain(
        plain=residual * phi,
        moved=np.array([*(residual * _moved(data, out, factors, phi)), phi]),
        spread=spread_by(np.array(ahead)),
    )


def spread_by(hessian: FloatArray) -> FloatArray:
    """Return 2H⁻¹ over the directions in which the deviance curves upwards."""
    eigen, vectors = np.linalg.eigh((hessian + hessian.T) / 2)
    curved = eigen > FLAT * eigen.max()
    kept = vectors[:, curved]
    return np.asarray(2 * (kept / eigen[curved]) @ kept.T)


def _free(data: Data, factors: Sequence[FloatArray]) -> FloatArray:
    pairs = zip(factors, data.levels, strict=True)
    return np.concatenate([one[tuple(level.free.T)] for one, level in pairs])


def _moved(
    data: Data, out: Eliminated, factors: Sequence[FloatArray], phi: FloatArray
) -> FloatArray:
    """Return the derivatives of (X'V⁻¹X)⁻¹, V relative to σ², by Λ's free elements."""
    found = []
    for place, (level, factor) in enumerate(zip(data.levels, factors, strict=True)):
        across = times(held(data, out, place).across[:, :, data.fixed], phi)
        spread = np.einsum("gqp,qr->grp", across, factor)
        for row, column in level.free:
            product = across_rows(across[:, row], spread[:, column])
            found.append(product + product.T)
    return np.array(found)


def _slope(data: Data, at: FloatArray, *, reml: bool) -> FloatArray:
    """Return the derivative of the deviance by Λ's free elements and σ²."""
    factors, residual, fixed = _factors(data, at), at[-1], data.fixed
    out = eliminated(data, [spread_of(one) for one in factors])
    covariance = np.linalg.inv(out.top[np.ix_(fixed, fixed)])
    direction = np.zeros(len(out.top), dtype=at.dtype)
    direction[fixed] = -covariance @ out.top[fixed, data.outcome]
    direction[data.outcome] = 1.0
    by_top = np.outer(direction, direction) / residual
    if reml:
        by_top[np.ix_(fixed, fixed)] += covariance
    found = []
    for place, (level, factor) in enumerate(zip(data.levels, factors, strict=True)):
        slope = by_sigma(held(data, out, place), by_top)
        found.append((2 * slope @ factor)[tuple(level.free.T)])
    df = data.n - (len(fixed) if reml else 0)
    rss = direction @ out.top @ direction / residual
    return np.append(np.concatenate(found), (df - rss) / residual)


def _factors(data: Data, at: FloatArray) -> list[FloatArray]:
    found, start = [], 0
    for level in data.levels:
        size, count = level.design.shape[1], len(level.free)
        factor = np.zeros((size, size), dtype=at.dtype)
        factor[tuple(level.free.T)] = at[start : start + count]
        found.append(factor)
        start += count
    return found


def satterthwaite(found: Uncertain, contrast: FloatArray) -> Freedom:
    """Return the freedom of the joint test that contrasts, (l, p), are all zero.

    The contrasts are times until their estimates are uncorrelated; each then has its
    own freedom, and F that of a sum of squared t.
    """
    _eigen, vectors = np.linalg.eigh(contrast @ found.plain @ contrast.T)
    each = np.array([_of_one(found, one) for one in vectors.T @ contrast])
    count = len(each)
    if np.ptp(each) < 1e-8:
        return Freedom(df=float(each.mean()))
    if each.min() <= 2:
        return Freedom(df=2.0)
    expected = float((each / (each - 2)).sum())
    return Freedom(df=2 * expected / (expected - count))


def _of_one(found: Uncertain, contrast: FloatArray) -> float:
    variance = contrast @ found.plain @ contrast
    slope = contrast @ found.moved @ contrast
    return float(2 * variance**2 / (slope @ found.spread @ slope))
