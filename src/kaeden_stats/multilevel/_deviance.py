r"""The profiled deviance of a linear mixed model from its cross-products. Private.

Let A_g = W'W be the products of all columns W = [X, Z, y] in group g, and E the columns
with a random effect at its level, of relative covariance Σ = ΛΛ'. Integrating the effect
out leaves

.. math::

    A'_g = A_g - A_g E M_g E' A_g, \quad
    M_g = \Lambda (I + \Lambda' E'A_gE \Lambda)^{-1} \Lambda'

and adds log|I + Λ'E'A_gEΛ| to the deviance. The A' of the groups in one parent add up to
the parent's A, one level up. What is left at the top is W'V⁻¹W: fixed effects, residual
sum of squares and log|X'V⁻¹X| are read from it. The gradient runs the same way down:
with Ā the derivative by the parent's sum and B_g = I - E M_g E'A_g,

.. math::

    \bar A_g = B_g \bar A B_g' + E M_g E', \quad
    \frac{\partial D}{\partial\Sigma} = \sum_g E'A'_gE - E'A'_g \bar A A'_gE
"""

from dataclasses import dataclass
from math import log, pi

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._levels import Data, Level, parts, sum_by


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Elimination:
    """One level integrated out.

    Attributes
    ----------
    rows : (k, q, m) float
        E'A_g.
    middle : (k, q, q) float
        M_g.
    left : (k, q, m) float
        E'A'_g.
    """

    level: Level
    factor: FloatArray
    rows: FloatArray
    middle: FloatArray
    left: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Profile:
    """The deviance at one set of covariances, and what was found on the way.

    Attributes
    ----------
    deviance : float
        −2 log-likelihood, or −2 log restricted likelihood.
    top : (m, m) float
        W'V⁻¹W, with V relative to the residual variance.
    beta : (p,) float
        Fixed effects.
    """

    deviance: float
    top: FloatArray
    beta: FloatArray
    residual_variance: float
    covariance: FloatArray
    eliminations: tuple[Elimination, ...]


def profile(data: Data, factors: tuple[FloatArray, ...], *, reml: bool) -> Profile:
    """Return the deviance at the Cholesky factors of each level, lowest first."""
    rows, sums, log_determinant = data.rows, data.sums, 0.0
    eliminations: list[Elimination] = []
    for level, factor in zip(data.levels, factors, strict=True):
        if eliminations:
            rows = np.ascontiguousarray(whole[:, level.columns, :])
            sums = sum_by(whole, level)
        done, logs, taken = eliminate(level, factor, rows)
        eliminations.append(done)
        log_determinant += logs
        whole = sums - taken
    top = whole[0]
    fixed, y = data.fixed, data.outcome
    chol = cho_factor(top[np.ix_(fixed, fixed)], lower=True)
    beta = cho_solve(chol, top[fixed, y])
    rss = float(top[y, y] - beta @ top[fixed, y])
    df = data.n - (len(fixed) if reml else 0)
    deviance = log_determinant + df * (1 + log(2 * pi * rss / df))
    if reml:
        deviance += 2 * float(np.log(np.diag(chol[0])).sum())
    return Profile(
        deviance=deviance,
        top=top,
        beta=beta,
        residual_variance=rss / df,
        covariance=cho_solve(chol, np.eye(len(fixed))),
        eliminations=tuple(eliminations),
    )


def eliminate(
    level: Level, factor: FloatArray, rows: FloatArray
) -> tuple[Elimination, float, FloatArray]:
    """Integrate one level out; return it, its log-determinant, and what it takes away."""
    square = rows[:, :, level.columns]
    pivot = np.eye(len(factor)) + factor.T @ square @ factor
    inverse, log_determinant = inverted(pivot)
    middle = factor @ inverse @ factor.T
    weighted = middle @ rows
    done = Elimination(
        level=level,
        factor=factor,
        rows=rows,
        middle=middle,
        left=rows - square @ weighted,
    )
    return done, log_determinant, products_by(level, rows, weighted)


def inverted(pivot: FloatArray) -> tuple[FloatArray, float]:
    """Invert (k, q, q) positive definite matrices; return the sum of log-determinants."""
    size = pivot.shape[1]
    if size == 1:
        return 1 / pivot, float(np.log(pivot).sum())
    if size == 2:
        a, b, c = pivot[:, 0, 0], pivot[:, 0, 1], pivot[:, 1, 1]
        determinant = a * c - b * b
        inverse = np.empty_like(pivot)
        inverse[:, 0, 0], inverse[:, 1, 1] = c / determinant, a / determinant
        inverse[:, 0, 1] = inverse[:, 1, 0] = -b / determinant
        return inverse, float(np.log(determinant).sum())
    sign_and_log = np.linalg.slogdet(pivot)
    return np.linalg.inv(pivot), float(sign_and_log[1].sum())


def products_by(level: Level, one: FloatArray, other: FloatArray) -> FloatArray:
    """Return Σ one'·other over the groups of each parent, (parents, m, m)."""
    wide = one.shape[2]
    found = np.empty((level.parents, wide, wide))
    for place, part in parts(level):
        found[place] = one[part].reshape(-1, wide).T @ other[part].reshape(-1, wide)
    return found


def gradient(data: Data, at: Profile, *, reml: bool) -> tuple[FloatArray, ...]:
    """Return the derivative of the deviance by Σ of each level, lowest first."""
    size = at.top.shape[0]
    direction = np.zeros(size)
    direction[data.fixed], direction[data.outcome] = -at.beta, 1.0
    by_sum = np.outer(direction, direction) / at.residual_variance
    if reml:
        by_sum[np.ix_(data.fixed, data.fixed)] += at.covariance
    above = by_sum[None]
    found: list[FloatArray] = []
    for done in reversed(at.eliminations):
        found.append(_by_covariance(done, above))
        if done is not at.eliminations[0]:
            above = _by_products(done, above)
    return tuple(reversed(found))


def _by_covariance(done: Elimination, above: FloatArray) -> FloatArray:
    level, left = done.level, done.left
    size, wide = left.shape[1], left.shape[2]
    total = left[:, :, level.columns].sum(axis=0)
    for place, part in parts(level):
        block = left[part]
        moved = (block.reshape(-1, wide) @ above[place]).reshape(block.shape)
        total = total - np.einsum("gqm,grm->qr", moved, block, optimize=True)
    assert total.shape == (size, size)
    return (total + total.T) / 2


def _by_products(done: Elimination, above: FloatArray) -> FloatArray:
    """Return Ā of each group, (k, m, m)."""
    level = done.level
    wide, columns = done.rows.shape[2], level.columns
    keep = np.broadcast_to(np.eye(wide), (level.groups, wide, wide)).copy()
    keep[:, columns, :] -= done.middle @ done.rows
    found = keep @ above[level.parent] @ keep.transpose(0, 2, 1)
    rows, cols = np.ix_(columns, columns)
    found[:, rows, cols] += done.middle
    return found
