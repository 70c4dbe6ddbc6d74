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

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import log, pi
from typing import Protocol

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._levels import (
    Data,
    IntArray,
    Level,
    parts,
    picked,
    sum_by,
)


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
    eliminations: tuple[Elimination, ...] = ()


class HasColumns(Protocol):
    """Something that knows which columns are fixed and which is the outcome."""

    @property
    def fixed(self) -> IntArray:
        """The columns with a fixed effect."""

    @property
    def outcome(self) -> int:
        """The column of the outcome."""

    @property
    def n(self) -> float:
        """Rows behind the products."""


def profile(
    data: Data,
    factors: tuple[FloatArray, ...],
    *,
    reml: bool,
    integrate: Callable[[FloatArray, FloatArray], tuple[FloatArray, float]]
    | None = None,
) -> Profile:
    """Return the deviance at the Cholesky factors of each level, lowest first.

    `integrate` gives M and the log-determinants from a factor and E'A_gE.
    """
    integrate = integrate or from_factor
    rows, sums, log_determinant = data.rows, data.sums, 0.0
    eliminations: list[Elimination] = []
    for place, (level, factor) in enumerate(zip(data.levels, factors, strict=True)):
        done, logs, taken = eliminate(level, factor, rows, integrate)
        eliminations.append(done)
        log_determinant += logs
        sums = sums - taken
        if place + 1 < len(data.levels):
            above = data.levels[place + 1]
            rows, sums = picked(above, sums), sum_by(sums, above)
    end = at_top(data, sums[0], log_determinant, reml=reml)
    return replace(end, eliminations=tuple(eliminations))


def at_top(
    data: "HasColumns", top: FloatArray, log_determinant: float, *, reml: bool
) -> Profile:
    """Read fixed effects, residual variance and deviance from W'V⁻¹W."""
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
    )


def eliminate(
    level: Level,
    factor: FloatArray,
    rows: FloatArray,
    integrate: Callable[[FloatArray, FloatArray], tuple[FloatArray, float]],
) -> tuple[Elimination, float, FloatArray]:
    """Integrate one level out; return it, its log-determinant, and what it takes away."""
    square = rows @ level.design
    middle, log_determinant = integrate(factor, square)
    weighted = middle @ rows
    done = Elimination(
        level=level,
        factor=factor,
        rows=rows,
        middle=middle,
        left=rows - square @ weighted,
    )
    return done, log_determinant, products_by(level, rows, weighted)


def from_factor(factor: FloatArray, square: FloatArray) -> tuple[FloatArray, float]:
    """Return M and the sum of log-determinants from Λ; stable at any size of Λ."""
    pivot = np.eye(len(factor)) + factor.T @ square @ factor
    inverse, log_determinant = inverted(pivot)
    return factor @ inverse @ factor.T, log_determinant


def from_covariance(sigma: FloatArray, square: FloatArray) -> tuple[FloatArray, float]:
    """Return M and the sum of log-determinants from Σ, which may be just outside."""
    pivot = np.eye(len(sigma)) + sigma @ square
    middle = np.linalg.solve(pivot, np.broadcast_to(sigma, pivot.shape))
    logs = np.linalg.slogdet(pivot)[1]
    return (middle + middle.transpose(0, 2, 1)) / 2, float(logs.sum())


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
    return np.asarray(np.linalg.inv(pivot), dtype=float), float(sign_and_log[1].sum())


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
    by_top = np.outer(direction, direction) / at.residual_variance
    if reml:
        by_top[np.ix_(data.fixed, data.fixed)] += at.covariance
    return by_covariances(at, by_top, by_log_determinant=1.0)


def by_covariances(
    at: Profile, by_top: FloatArray, *, by_log_determinant: float
) -> tuple[FloatArray, ...]:
    """Return the derivative by Σ of each level of any function of the top and log|V|.

    `by_top` is its derivative by the top, (m, m) and symmetric.
    """
    above = by_top[None]
    found: list[FloatArray] = []
    for done in reversed(at.eliminations):
        found.append(_by_covariance(done, above, by_log_determinant))
        if done is not at.eliminations[0]:
            above = spread_down(done, above, by_log_determinant)
    return tuple(reversed(found))


def _by_covariance(
    done: Elimination, above: FloatArray, by_log_determinant: float
) -> FloatArray:
    level, left = done.level, done.left
    wide = left.shape[2]
    total = by_log_determinant * left.sum(axis=0) @ level.design
    for place, part in parts(level):
        block = left[part]
        moved = (block.reshape(-1, wide) @ above[place]).reshape(block.shape)
        total = total - np.einsum("gqm,grm->qr", moved, block, optimize=True)
    return np.asarray((total + total.T) / 2)


def keepers(done: Elimination) -> FloatArray:
    """Return B of each group, (k, m, m)."""
    wide = done.rows.shape[2]
    return np.asarray(np.eye(wide) - done.level.design @ (done.middle @ done.rows))


def spread_down(
    done: Elimination, above: FloatArray, by_log_determinant: float
) -> FloatArray:
    """Return B·Ā·B' + E·M·E' of each group from Ā of its parent, (k, m, m)."""
    keep = keepers(done)
    found = keep @ above[done.level.parent] @ keep.transpose(0, 2, 1)
    design = done.level.design
    return np.asarray(found + by_log_determinant * (design @ done.middle @ design.T))


def top_by_covariances(at: Profile) -> list[FloatArray]:
    """Return the derivative of the top by each free element of Σ, lowest level first.

    Each is (r, m, m), with r the free elements of the level, both halves at once.
    """
    found: list[FloatArray] = []
    for place, done in enumerate(at.eliminations):
        moved = [_moved(done, element) for element in done.level.free]
        for upper in at.eliminations[place + 1 :]:
            keep = keepers(upper)
            back = keep.transpose(0, 2, 1)
            moved = [sum_by(back @ one @ keep, upper.level) for one in moved]
        found.append(np.concatenate(moved))
    return found


def _moved(done: Elimination, element: np.ndarray) -> FloatArray:
    """Return how the parents' sums move with one element of Σ, (parents, m, m)."""
    row, column = element
    one, other = done.left[:, [row], :], done.left[:, [column], :]
    moved = -products_by(done.level, one, other)
    return moved if row == column else moved + moved.transpose(0, 2, 1)
