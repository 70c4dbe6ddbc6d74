r"""The deviance where groups are crossed: no factor lies within another. Private.

The factor with the most groups is integrated out as in nested models, group by group. What
is left of the others is one matrix over all their groups, dense but no larger than they
are; it is integrated out as a single group of its own. The way down is the same too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg.lapack import dpotrf, dpotri
from scipy.sparse import block_diag, csr_array

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._deviance import Profile, at_top, from_factor
from kaeden_stats.multilevel._effects import LevelEffects
from kaeden_stats.multilevel._levels import IntArray, Level


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CrossedData:
    """What the likelihood needs of the rows.

    Attributes
    ----------
    levels : tuple of Level
        The factors, the one with the most groups first.
    rows : (k, q, m) float
        E'A of each group of the first factor.
    across : (k q, N) sparse
        Products of the first factor's effects with all others'.
    among : (N, N) float
        Products of the others' effects with each other.
    others : (N, m) float
        E'A of all groups of the other factors.
    total : (m, m) float
        Products of all columns over all rows.
    """

    levels: tuple[Level, ...]
    rows: FloatArray
    across: csr_array
    among: FloatArray
    others: FloatArray
    total: FloatArray
    fixed: IntArray
    outcome: int
    n: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CrossedProfile(Profile):
    """A profile with what the crossed factors leave behind.

    Attributes
    ----------
    middle : (k, q, q) float
        M of each group of the first factor.
    left : (N, N) float
        What is left of `among` when the first factor is out.
    inverse : (N, N) float
        M of all others together.
    solved : (N, N) float
        (I + Λ'·left·Λ)⁻¹.
    cross : (N, m) float
        What is left of `others` when the first factor is out.
    """

    middle: FloatArray
    left: FloatArray
    inverse: FloatArray
    solved: FloatArray
    cross: FloatArray
    factors: tuple[FloatArray, ...]


def arrange_crossed(
    products: FloatArray,
    codes: IntArray,
    levels: Sequence[Level],
    *,
    fixed: IntArray,
    outcome: int,
    n: float,
) -> CrossedData:
    """Arrange the products of the cells, (c, m, m), whose groups are `codes`, (c, f).

    `levels` and the columns of `codes` have the factor with the most groups first.
    """
    first, *others = levels
    rows = _by_group(products, codes[:, 0], first)
    starts = np.cumsum([0, *(one.groups * one.design.shape[1] for one in others)])
    size = int(starts[-1])
    among, wide = np.zeros((size, size)), np.zeros((size, products.shape[1]))
    across: list[tuple[IntArray, IntArray, FloatArray]] = []
    for place, one in enumerate(others):
        at = _places(codes[:, place + 1], one, int(starts[place]))
        wide[starts[place] : starts[place + 1]] = _by_group(
            products, codes[:, place + 1], one
        ).reshape(-1, products.shape[1])
        across.append(
            _entries(products, first, one, _places(codes[:, 0], first, 0), at)
        )
        for later in range(len(others)):
            other = others[later]
            there = _places(codes[:, later + 1], other, int(starts[later]))
            entries = _entries(products, one, other, at, there)
            np.add.at(among, (entries[0], entries[1]), entries[2])
    shape = (first.groups * first.design.shape[1], size)
    joined = [np.concatenate(parts) for parts in zip(*across, strict=True)]
    return CrossedData(
        levels=tuple(levels),
        rows=rows,
        across=csr_array((joined[2], (joined[0], joined[1])), shape=shape),
        among=among,
        others=wide,
        total=products.sum(axis=0),
        fixed=fixed,
        outcome=outcome,
        n=n,
    )


def _by_group(products: FloatArray, codes: IntArray, level: Level) -> FloatArray:
    picked = np.einsum("mq,cmn->cqn", level.design, products, optimize=True)
    found = np.zeros((level.groups, *picked.shape[1:]))
    np.add.at(found, codes, picked)
    return found


def _places(codes: IntArray, level: Level, start: int) -> IntArray:
    """Return where each cell's effects stand among all, (c, q)."""
    size = level.design.shape[1]
    return np.asarray(start + codes[:, None] * size + np.arange(size), dtype=np.intp)


def _entries(
    products: FloatArray, one: Level, other: Level, at: IntArray, there: IntArray
) -> tuple[IntArray, IntArray, FloatArray]:
    values = np.einsum(
        "mq,cmn,nr->cqr", one.design, products, other.design, optimize=True
    )
    rows = np.broadcast_to(at[:, :, None], values.shape)
    columns = np.broadcast_to(there[:, None, :], values.shape)
    return rows.ravel(), columns.ravel(), values.ravel()


def profile_crossed(
    data: CrossedData, factors: tuple[FloatArray, ...], *, reml: bool
) -> CrossedProfile:
    """Return the deviance at the Cholesky factors, that of the first factor first."""
    first, *others = data.levels
    square = data.rows @ first.design
    middle, log_determinant = from_factor(factors[0], square)
    flat = data.rows.reshape(-1, data.rows.shape[2])
    weights = _sparse(middle)
    weighted = weights @ data.across
    left = data.among - (data.across.T @ weighted).toarray()
    cross = data.others - weighted.T @ flat
    whole = data.total - flat.T @ (weights @ flat)
    scale = _widened(others, factors[1:])
    pivot = np.eye(len(left)) + scale.T @ left @ scale
    solved, logs = _inverse(pivot)
    log_determinant += logs
    inverse = np.asarray(scale @ solved @ scale.T)
    top = whole - cross.T @ inverse @ cross
    end = at_top(data, top, log_determinant, reml=reml)
    return CrossedProfile(
        deviance=end.deviance,
        top=top,
        beta=end.beta,
        residual_variance=end.residual_variance,
        covariance=end.covariance,
        eliminations=(),
        middle=middle,
        left=left,
        inverse=inverse,
        solved=solved,
        cross=cross,
        factors=factors,
    )


def _inverse(pivot: FloatArray) -> tuple[FloatArray, float]:
    """Invert a positive definite matrix; return its log-determinant too."""
    chol, _info = dpotrf(pivot, lower=1, clean=1)
    logs = 2 * float(np.log(np.diag(chol)).sum())
    half, _info = dpotri(chol, lower=1)
    return half + np.tril(half, -1).T, logs


def _sparse(blocks: FloatArray) -> csr_array:
    """Return (k, q, q) blocks as one sparse block-diagonal matrix."""
    groups, size, _size = blocks.shape
    place = np.arange(groups * size).reshape(groups, size)
    rows = np.broadcast_to(place[:, :, None], blocks.shape)
    columns = np.broadcast_to(place[:, None, :], blocks.shape)
    return csr_array((blocks.ravel(), (rows.ravel(), columns.ravel())))


def _widened(levels: Sequence[Level], factors: Sequence[FloatArray]) -> csr_array:
    """Return Λ of all groups of some factors."""
    return csr_array(
        block_diag(
            [
                _sparse(np.broadcast_to(factor, (level.groups, *factor.shape)))
                for level, factor in zip(levels, factors, strict=True)
            ]
        )
    )


def gradient_crossed(
    data: CrossedData, at: CrossedProfile, *, reml: bool
) -> tuple[FloatArray, ...]:
    """Return the derivative of the deviance by Σ of each factor, the first first."""
    by_top = _by_top(data, at, reml=reml)
    pulled = at.inverse @ at.cross
    by_among = pulled @ by_top @ pulled.T + at.inverse
    by_cross = -pulled @ by_top
    found = [_by_first(data, at, by_among, by_cross, by_top)]
    moved = at.cross - at.left @ pulled
    start = 0
    for level, factor in zip(data.levels[1:], at.factors[1:], strict=True):
        end = start + level.groups * level.design.shape[1]
        here = slice(start, end)
        slope = _kept(at, factor, here) - moved[here] @ by_top @ moved[here].T
        found.append(_diagonal(slope, level.groups).sum(axis=0))
        start = end
    return tuple((one + one.T) / 2 for one in found)


def _kept(at: CrossedProfile, factor: FloatArray, here: slice) -> FloatArray:
    """Return what is left of `left` for one factor when all are out.

    Λ'(left - left·M·left)Λ = I - (I + Λ'·left·Λ)⁻¹, where Λ can be inverted.
    """
    values = np.linalg.svd(factor, compute_uv=False)
    if values[-1] < 1e-6 * max(values[0], 1.0):
        left = at.left[here]
        return np.asarray(at.left[here, here] - left @ at.inverse @ left.T)
    size = here.stop - here.start
    inside = np.eye(size) - at.solved[here, here]
    if len(factor) == 1:
        return np.asarray(inside / factor[0, 0] ** 2)
    back = _sparse(
        np.broadcast_to(np.linalg.inv(factor), (size // len(factor), *factor.shape))
    )
    return np.asarray(back.T @ inside @ back)


def _diagonal(matrix: FloatArray, groups: int) -> FloatArray:
    """Return the diagonal blocks of a matrix, (groups, q, q)."""
    size = len(matrix) // groups
    return np.asarray(
        np.einsum("gqgr->gqr", matrix.reshape(groups, size, groups, size))
    )


def _by_top(data: CrossedData, at: CrossedProfile, *, reml: bool) -> FloatArray:
    direction = np.zeros(at.top.shape[0])
    direction[data.fixed], direction[data.outcome] = -at.beta, 1.0
    by_top = np.outer(direction, direction) / at.residual_variance
    if reml:
        by_top[np.ix_(data.fixed, data.fixed)] += at.covariance
    return by_top


def _by_first(
    data: CrossedData,
    at: CrossedProfile,
    by_among: FloatArray,
    by_cross: FloatArray,
    by_top: FloatArray,
) -> FloatArray:
    """Return the derivative by the first factor's Σ."""
    first = data.levels[0]
    size = first.design.shape[1]
    square = data.rows @ first.design
    keep = np.eye(size) - square @ at.middle
    rows = (keep @ data.rows).reshape(-1, data.rows.shape[2])
    across = _sparse(keep) @ data.across
    own = rows.reshape(data.rows.shape) @ first.design
    found = np.empty((size, size))
    for q in range(size):
        for r in range(size):
            one, other = across[q::size], across[r::size]
            among = float(((one.T @ other).multiply(by_among)).sum())
            cross = float((rows[q::size] * (other @ by_cross)).sum())
            cross += float((rows[r::size] * (one @ by_cross)).sum())
            top = float(((rows[q::size] @ by_top) * rows[r::size]).sum())
            found[q, r] = own[:, q, r].sum() - among - cross - top
    return found


def effects_crossed(data: CrossedData, at: CrossedProfile) -> tuple[LevelEffects, ...]:
    """Return the effects of each factor, the first first."""
    direction = np.zeros(at.top.shape[0])
    direction[data.fixed], direction[data.outcome] = -at.beta, 1.0
    others = at.inverse @ (at.cross @ direction)
    first = data.levels[0]
    size = first.design.shape[1]
    flat = data.rows.reshape(-1, data.rows.shape[2])
    held = (flat @ direction - data.across @ others).reshape(-1, size)
    weights = _sparse(at.middle) @ data.across
    spread = (weights @ at.inverse).reshape(-1, size, at.inverse.shape[0])
    dense = weights.toarray().reshape(spread.shape)
    covariance = at.middle + np.einsum("gqn,grn->gqr", spread, dense, optimize=True)
    found = [
        LevelEffects(
            effect=np.einsum("gqr,gr->gq", at.middle, held),
            covariance=at.residual_variance * covariance,
        )
    ]
    start = 0
    for level in data.levels[1:]:
        width = level.design.shape[1]
        end = start + level.groups * width
        blocks = _diagonal(at.inverse[start:end, start:end], level.groups)
        found.append(
            LevelEffects(
                effect=others[start:end].reshape(-1, width),
                covariance=at.residual_variance * blocks,
            )
        )
        start = end
    return tuple(found)
