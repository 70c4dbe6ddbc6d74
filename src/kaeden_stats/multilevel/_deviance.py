r"""The profiled deviance of a linear mixed model from its cross-products. Private.

Let A_g = W'W be the products of all columns W = [X, Z, y] in group g, and E the columns
with a random effect at its level, of relative covariance Σ. Integrating the effect out
leaves

.. math::

    A'_g = A_g - A_g E M_g E' A_g, \quad M_g = \Sigma (I + E'A_gE \Sigma)^{-1}

and adds log|I + E'A_gE Σ| to the deviance. The A' of the groups in one parent add up to
the parent's A, one level up. Of A_g only R_g = E'A_g is ever needed, for the E of the
group's own level and for those above: level by level R is what the levels below leave of
it, and W'V⁻¹W is what all R'MR leave of the sum of all products. Fixed effects, residual
sum of squares and log|X'V⁻¹X| are read from it.

The way up gives everything else. With B_g = I - E M_g R_g of the groups above,

.. math::

    Z'V^{-1}W = (I + R E \Sigma)^{-1} R B B \cdots

and the diagonal blocks of Z'V⁻¹Z follow with it; the slope of the deviance, unit effects
and degrees of freedom are sums of these. Costs O(groups · q · m²) and holds no (m, m)
matrix of any group.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log, pi
from typing import Protocol

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import NotIdentified
from kaeden_stats.multilevel._levels import Data, IntArray, Level, above, sum_by

ALONE = 200_000
"""Multiplications so few that a BLAS library does not share them among processors."""
NOTHING_LEFT = 1e-13
"""Share of the outcome's squares below which what is left of them is rounding alone."""


class Degenerate(NotIdentified):
    """Fixed effects and groups explain all, so no variance is left between rows."""

    def __init__(self) -> None:
        super().__init__(
            "No variance is left between rows: fixed effects and groups explain every "
            "row, so variances can't be told apart. Use fewer terms or levels."
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Elimination:
    """One level integrated out.

    Attributes
    ----------
    rows : (k, q, m) float
        R: E'A of each group when the levels below are out.
    square : (k, q, q) float
        E'AE of each group then.
    count : (k,) float
        How many groups each stands for.
    middle : (k, q, q) float
        M.
    keep : (k, q, q) float
        (I + E'AE Σ)⁻¹.
    """

    level: Level
    spread: "Spread"
    rows: FloatArray
    square: FloatArray
    count: FloatArray
    middle: FloatArray
    keep: FloatArray


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Held:
    """What one level's columns Z hold of the rest under V⁻¹.

    Attributes
    ----------
    across : (k, q, m) float
        Z'V⁻¹W of each group.
    among : (q, q) float
        Z'V⁻¹Z, its diagonal blocks added up over the groups.
    """

    across: FloatArray
    among: FloatArray


class HasColumns(Protocol):
    """Something that knows which columns are fixed and which is the outcome."""

    @property
    def fixed(self) -> IntArray:
        """The columns with a fixed effect."""

    @property
    def outcome(self) -> int:
        """The column of the outcome."""

    @property
    def total(self) -> FloatArray:
        """Products of all columns over all rows."""

    @property
    def n(self) -> float:
        """Rows behind the products."""


def profile(data: Data, factors: Sequence[FloatArray], *, reml: bool) -> Profile:
    """Return the deviance at the Cholesky factors of each level, lowest first."""
    out = eliminated(data, [spread_of(one) for one in factors])
    end = at_top(data, out.top, out.log_determinant, reml=reml)
    return replace(end, eliminations=out.eliminations)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spread:
    """A relative covariance Σ, (q, q), with its determinant."""

    sigma: FloatArray
    determinant: float


def spread_of(factor: FloatArray) -> Spread:
    """Return ΛΛ' with its determinant."""
    return Spread(sigma=factor @ factor.T, determinant=np.diag(factor).prod() ** 2)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Eliminated:
    """All levels integrated out: what is left, and log|V|.

    Attributes
    ----------
    top : (m, m) float
        W'V⁻¹W.
    """

    eliminations: tuple[Elimination, ...]
    top: FloatArray
    log_determinant: float


def eliminated(data: Data, spreads: Sequence[Spread]) -> Eliminated:
    """Integrate out level by level; covariances may be complex, for exact slopes."""
    rows, top, log_determinant = list(data.rows), data.total, 0.0
    found: list[Elimination] = []
    for place, (level, spread) in enumerate(zip(data.levels, spreads, strict=True)):
        own = rows[place]
        square, count = data.square, data.count
        if place:
            square, count = own @ level.design, np.ones(level.groups)
        middle, keep, logs = integrated(spread, square, count)
        weighted = small_product(middle, own)
        log_determinant += logs
        top = top - across_rows(flat(own), flat(weighted))
        for upper in range(place + 1, len(data.levels)):
            shared = (own @ data.levels[upper].design).swapaxes(1, 2)
            taken = small_product(shared, weighted)
            rows[upper] = rows[upper] - sum_by(taken, above(data.levels, place, upper))
        found.append(
            Elimination(
                level=level,
                spread=spread,
                rows=own,
                square=square,
                count=count,
                middle=middle,
                keep=keep,
            )
        )
    return Eliminated(
        eliminations=tuple(found), top=top, log_determinant=log_determinant
    )


def at_top(
    data: "HasColumns", top: FloatArray, log_determinant: float, *, reml: bool
) -> Profile:
    """Read fixed effects, residual variance and deviance from W'V⁻¹W."""
    fixed, y = data.fixed, data.outcome
    try:
        chol = cho_factor(top[np.ix_(fixed, fixed)], lower=True)
    except np.linalg.LinAlgError as error:
        raise Degenerate from error
    beta = cho_solve(chol, top[fixed, y])
    rss = float(top[y, y] - beta @ top[fixed, y])
    df = data.n - (len(fixed) if reml else 0)
    if not rss > NOTHING_LEFT * data.total[y, y]:
        raise Degenerate
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


def integrated(
    spread: Spread, square: FloatArray, count: FloatArray | float = 1.0
) -> tuple[FloatArray, FloatArray, float]:
    """Return M, (I + SΣ)⁻¹ and Σ log|I + SΣ| of groups with S = E'AE, (k, q, q).

    With two effects |I + SΣ| = 1 + tr(SΣ) + |S||Σ|, and the inverse is that of 2 × 2.

    Raises
    ------
    Degenerate
        If rounding has taken all that is left of a group.
    """
    sigma, eye = spread.sigma, np.eye(len(spread.sigma))
    if len(sigma) == 1:
        pivot = 1 + sigma * square
        keep = 1 / pivot
        return sigma * keep, keep, _logs(pivot, count)
    if len(sigma) == 2:
        turned = _adjugate(square)
        area = square[:, 0, 0] * square[:, 1, 1] - square[:, 0, 1] ** 2
        area = np.where(area.real > 0, area, 0.0)
        trace = np.einsum("gqr,qr->g", square, sigma)
        pivot = 1 + trace + area * spread.determinant
        middle = (sigma + spread.determinant * turned) / pivot[:, None, None]
        keep = (eye + _adjugate(sigma[None])[0] @ turned) / pivot[:, None, None]
        return middle, keep, _logs(pivot, count)
    pivot = eye + square @ sigma
    keep = np.asarray(np.linalg.inv(pivot))
    middle = sigma @ keep
    logs = _logs(np.linalg.det(pivot), count)
    return (middle + middle.swapaxes(1, 2)) / 2, keep, logs


def _logs(pivot: FloatArray, count: FloatArray | float) -> float:
    """Return the sum of the logarithms of what must be positive."""
    if not np.all(pivot.real > 0):
        raise Degenerate
    return (np.log(pivot).ravel() * count).sum()  # type: ignore[no-any-return]


def _adjugate(square: FloatArray) -> FloatArray:
    """Return the adjugates of symmetric (k, 2, 2) matrices."""
    found = -square
    found[:, 0, 0], found[:, 1, 1] = square[:, 1, 1], square[:, 0, 0]
    return found


def from_factor(factor: FloatArray, square: FloatArray) -> tuple[FloatArray, float]:
    """Return M and the sum of log-determinants from Λ; stable at any size of Λ."""
    pivot = np.eye(len(factor)) + factor.T @ square @ factor
    if len(factor) == 1:
        return factor**2 / pivot, float(np.log(pivot).sum())
    inverse = np.asarray(np.linalg.inv(pivot), dtype=float)
    return factor @ inverse @ factor.T, float(np.linalg.slogdet(pivot)[1].sum())


def flat(rows: FloatArray) -> FloatArray:
    """Return (k, q, m) as (k q, m)."""
    return rows.reshape(-1, rows.shape[2])


def across_rows(one: FloatArray, other: FloatArray) -> FloatArray:
    """Return one'·other, (m, s), of two tall matrices."""
    wide, breadth = one.shape[1], other.shape[1]
    some, whole = _piece(one, wide * breadth)
    pieces = one[:whole].reshape(-1, some, wide).swapaxes(1, 2)
    found = (pieces @ other[:whole].reshape(-1, some, breadth)).sum(axis=0)
    return np.asarray(found + one[whole:].T @ other[whole:])


def times(rows: FloatArray, square: FloatArray) -> FloatArray:
    """Return each row, (k, q, m), times a matrix, (m, s)."""
    tall = flat(rows)
    some, whole = _piece(tall, square.size)
    found = np.empty((len(tall), square.shape[1]), dtype=(rows[:0] @ square).dtype)
    pieces = tall[:whole].reshape(-1, some, tall.shape[1]) @ square
    found[:whole], found[whole:] = flat(pieces), tall[whole:] @ square
    return found.reshape(*rows.shape[:2], -1)


def _piece(tall: FloatArray, multiplications: int) -> tuple[int, int]:
    """Return how many rows one processor does at once, and how many fill such pieces.

    More processors would only wait for each other, and their number change last digits.
    """
    some = max(1, ALONE // multiplications)
    return some, len(tall) - len(tall) % some


def small_product(one: FloatArray, other: FloatArray) -> FloatArray:
    """Return (k, q, r) times (k, r, m) by groups; quicker than many small products."""
    found = one[:, :, :1] * other[:, :1]
    for place in range(1, one.shape[2]):
        found += one[:, :, place : place + 1] * other[:, place : place + 1]
    return found


def upwards(
    levels: Sequence[Level], at: Profile | Eliminated, place: int, start: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return start·B·B… of all levels above one, (k, q, m), and what they took.

    What they took is the sum of (start·B…·E) M (…)' over the levels, (k, q, q).
    """
    taken = np.zeros((*start.shape[:2], start.shape[1]), dtype=start.dtype)
    for upper in range(place + 1, len(levels)):
        done, groups = at.eliminations[upper], above(levels, place, upper)
        shared = start @ done.level.design
        moved = small_product(shared, done.middle[groups])
        taken += small_product(moved, shared.swapaxes(1, 2))
        start = start - small_product(moved, done.rows[groups])
    return start, taken


def held(data: Data, at: Profile | Eliminated, place: int) -> Held:
    """Return Z'V⁻¹W and Z'V⁻¹Z of one level."""
    done = at.eliminations[place]
    left = small_product(done.keep, done.rows)
    across, taken = upwards(data.levels, at, place, left)
    own = small_product(done.keep, done.square)
    among = np.tensordot(done.count, own, 1) - taken.sum(axis=0)
    return Held(across=across, among=(among + among.T) / 2)


def gradient(data: Data, at: Profile, *, reml: bool) -> tuple[FloatArray, ...]:
    """Return the derivative of the deviance by Σ of each level, lowest first."""
    by_top = slope_by_top(data, at, reml=reml)
    places = range(len(data.levels))
    return tuple(by_sigma(held(data, at, place), by_top) for place in places)


def by_sigma(here: Held, by_top: FloatArray) -> FloatArray:
    """Return the derivative by Σ of a level: tr(Z'V⁻¹Z) less that by W'V⁻¹W."""
    size = here.across.shape[1]
    found = here.among.copy()
    for row in range(size):
        for column in range(row + 1):
            one, other = here.across[:, row], here.across[:, column]
            found[row, column] -= np.sum(across_rows(one, other) * by_top)
            found[column, row] = found[row, column]
    return found


def slope_by_top(data: "HasColumns", at: Profile, *, reml: bool) -> FloatArray:
    """Return the derivative of the profiled deviance by W'V⁻¹W, (m, m)."""
    direction = direction_of(data, at)
    by_top = np.outer(direction, direction) / at.residual_variance
    if reml:
        by_top[np.ix_(data.fixed, data.fixed)] += at.covariance
    return np.asarray(by_top)


def direction_of(data: "HasColumns", at: Profile) -> FloatArray:
    """Return d, so that Wd is the outcome less the fixed effects."""
    direction = np.zeros(at.top.shape[0])
    direction[data.fixed], direction[data.outcome] = -at.beta, 1.0
    return direction
