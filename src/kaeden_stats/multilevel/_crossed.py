r"""The deviance where groups are crossed: no factor lies within another. Private.

One factor is integrated out group by group, as in nested models. What is left of all
others is one matrix L over their effects, dense but no larger than they are; they are
integrated out together. With X_g what group g shares with the others' effects,

.. math::

    L = Z'Z - \sum_g X_g' M_g X_g, \quad
    S = (I + \Lambda' L \Lambda)^{-1}, \quad M = \Lambda S \Lambda'

The slopes need only R, the rows of W'V⁻¹Z, and the diagonal blocks of Z'V⁻¹Z, which come
from S where columns meet in a group, and from its own diagonal blocks:
Λ'(L - L·M·L)Λ = I - S.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg.blas import dsymm
from scipy.linalg.lapack import dpotrf, dpotri
from scipy.sparse import csr_array

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._crossing import CrossedData
from kaeden_stats.multilevel._deviance import (
    Degenerate,
    Profile,
    at_top,
    from_factor,
)
from kaeden_stats.multilevel._effects import LevelEffects
from kaeden_stats.multilevel._levels import Level
from kaeden_stats.multilevel._pairs import seen_by, take_away

EDGE = 1e-6
"""Nothing is divided by a factor with a singular value smaller than this."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Left:
    """What is left of one factor when all are integrated out.

    Attributes
    ----------
    rows : (k, q, m) float
        Z'V⁻¹W of each group.
    own : (q, q) float
        The diagonal blocks of Z'V⁻¹Z, summed.
    """

    rows: FloatArray
    own: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Others:
    """The relative covariance Σ = ΛΛ' of all factors but the first.

    Attributes
    ----------
    factors : tuple of (r, r) float
        Λ of one group of each factor.
    scale : (N, N) sparse
        Λ of all groups.
    """

    levels: tuple[Level, ...]
    factors: tuple[FloatArray, ...]
    scale: csr_array

    @classmethod
    def of(
        cls,
        levels: Sequence[Level],
        factors: Sequence[FloatArray],
    ) -> "Others":
        """Return the covariance of all groups from that of one group."""
        return cls(
            levels=tuple(levels),
            factors=tuple(factors),
            scale=_scale(levels, factors),
        )


def _scale(levels: Sequence[Level], factors: Sequence[FloatArray]) -> csr_array:
    """Return the factors of all groups as one block-diagonal matrix."""
    entries, columns, widths, start = [], [], [], 0
    for level, factor in zip(levels, factors, strict=True):
        size = len(factor)
        at = start + np.arange(level.groups * size)
        entries.append(np.tile(factor.ravel(), level.groups))
        columns.append(np.repeat(at.reshape(-1, size), size, axis=0).ravel())
        widths.append(np.full(len(at), size))
        start += len(at)
    ends = np.cumsum([0, *np.concatenate(widths)])
    parts = (np.concatenate(entries), np.concatenate(columns), ends)
    return csr_array(parts, shape=(start, start))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CrossedProfile(Profile):
    """A profile with what the crossed factors leave behind.

    Attributes
    ----------
    middle : (k, q, q) float
        M of each group of the first factor.
    solved : (N, N) float
        S, the lower triangle only.
    seen : (k, q, q) float
        X_g·M·X_g' of each group of the first factor, M that of the others.
    pulled : (N, m) float
        M of the others, times what is left of their rows.
    left : tuple of Left
        What is left of each factor.
    """

    middle: FloatArray
    others: Others
    solved: FloatArray
    seen: FloatArray
    pulled: FloatArray
    left: tuple[Left, ...]


def profile_crossed(
    data: CrossedData, factors: tuple[FloatArray, ...], *, reml: bool
) -> CrossedProfile:
    """Return the deviance at the Cholesky factors, that of the first factor first."""
    square = data.rows @ data.levels[0].design
    others = Others.of(data.levels[1:], factors[1:])
    return _profile(data, from_factor(factors[0], square), others, reml=reml)


def _profile(
    data: CrossedData, first: tuple[FloatArray, float], others: Others, *, reml: bool
) -> CrossedProfile:
    middle, log_determinant = first
    weighted = middle @ data.rows
    cross = data.others - data.back(weighted)
    whole = data.total - np.tensordot(data.rows, weighted, ((0, 1), (0, 1)))
    wide = _wide(data, others)
    among = others.scale.T @ data.among @ others.scale
    solved, logs = _inverse(lower_of(data, middle, among, wide))
    pulled = _pulled(others, solved, cross)
    top = whole - cross.T @ pulled
    end = at_top(data, (top + top.T) / 2, log_determinant + logs, reml=reml)
    seen = np.zeros_like(middle)
    seen_by(data.across[0].indptr, data.across[0].indices, wide, solved, seen)
    return CrossedProfile(
        deviance=end.deviance,
        top=end.top,
        beta=end.beta,
        residual_variance=end.residual_variance,
        covariance=end.covariance,
        middle=middle,
        others=others,
        solved=solved,
        seen=seen,
        pulled=pulled,
        left=(
            _left_of_first(data, middle, seen, pulled),
            *_left_of_others(data, middle, others, solved, cross, pulled),
        ),
    )


def pulled_by(at: CrossedProfile, right: FloatArray) -> FloatArray:
    """Return M of all factors but the first, times something, (N, ·)."""
    return _pulled(at.others, at.solved, right)


def _pulled(others: Others, solved: FloatArray, right: FloatArray) -> FloatArray:
    return np.asarray(others.scale @ _times(solved, others.scale.T @ right))


def _wide(data: CrossedData, others: Others) -> FloatArray:
    """Return the entries of X·Λ, (t, q)."""
    found = np.empty_like(data.values)
    for span, factor in zip(data.spans, others.factors, strict=True):
        found[span] = np.tensordot(data.values[span], factor, (1, 0)).swapaxes(1, 2)
    return found


def lower_of(
    data: CrossedData, middle: FloatArray, among: csr_array, entries: FloatArray
) -> FloatArray:
    """Return among - Σ X_g'·M_g·X_g from the entries of X, the lower triangle only."""
    start, place = data.across[0].indptr, data.across[0].indices
    found = np.zeros(among.shape)
    held = among.tocoo()
    found[held.row, held.col] = held.data
    own = middle[np.repeat(np.arange(len(middle)), np.diff(start))]
    take_away(start, place, np.einsum("tqr,tr->tq", own, entries), entries, found)
    return found


def _inverse(pivot: FloatArray) -> tuple[FloatArray, float]:
    """Invert I + the lower triangle of a symmetric matrix, in its own place.

    Returns the lower triangle of the inverse, and the logarithm of the determinant.
    LAPACK reads columns: our lower triangle is its upper one.
    """
    pivot[np.diag_indices(len(pivot))] += 1.0
    chol, failed = dpotrf(pivot.T, lower=0, clean=0, overwrite_a=1)
    if failed:
        raise Degenerate
    logs = 2 * float(np.log(np.diag(chol)).sum())
    inverse, _failed = dpotri(chol, lower=0, overwrite_c=1)
    return inverse.T, logs


def whole_of(lower: FloatArray) -> FloatArray:
    """Return a symmetric matrix from its lower triangle."""
    below = np.tril(lower, -1)
    return np.asarray(below + below.T + np.diag(np.diag(lower)))


def _times(solved: FloatArray, right: FloatArray) -> FloatArray:
    """Return the product with a symmetric matrix of which the lower triangle is held."""
    return np.asarray(dsymm(1.0, solved.T, right, lower=0))


def _left_of_first(
    data: CrossedData, middle: FloatArray, seen: FloatArray, pulled: FloatArray
) -> Left:
    square = data.rows @ data.levels[0].design
    keep = np.eye(square.shape[1]) - square @ middle
    own = keep @ (square - seen @ keep.transpose(0, 2, 1))
    return Left(rows=keep @ (data.rows - data.over(pulled)), own=own.sum(axis=0))


def _left_of_others(
    data: CrossedData,
    middle: FloatArray,
    others: Others,
    solved: FloatArray,
    cross: FloatArray,
    pulled: FloatArray,
) -> Iterator[Left]:
    rows = cross - data.among @ pulled + data.back(middle @ data.over(pulled))
    parts = zip(others.levels, others.factors, data.slices, strict=True)
    for level, factor, here in parts:
        size = len(factor)
        if np.linalg.svd(factor, compute_uv=False)[-1] < EDGE:
            own = _own_at_edge(data, middle, others, solved, here, size)
        else:
            inside = level.groups * np.eye(size)
            inside -= _diagonal(solved, here, size).sum(axis=0)
            back = np.linalg.inv(factor)
            own = back.T @ inside @ back
        yield Left(rows=rows[here].reshape(-1, size, rows.shape[1]), own=own)


def _diagonal(lower: FloatArray, here: slice, size: int) -> FloatArray:
    """Return the diagonal blocks of a part of a symmetric matrix, (groups, q, q)."""
    at = np.arange(here.start, here.stop).reshape(-1, size)
    rows, columns = at[:, :, None], at[:, None, :]
    return lower[np.maximum(rows, columns), np.minimum(rows, columns)]


def _own_at_edge(
    data: CrossedData,
    middle: FloatArray,
    others: Others,
    solved: FloatArray,
    here: slice,
    size: int,
) -> FloatArray:
    """Return the summed diagonal blocks of L - L·M·L of a factor, without dividing."""
    lower = whole_of(lower_of(data, middle, data.among, data.values))[:, here]
    moved = np.asarray(others.scale.T @ lower)
    again = _times(solved, moved)
    own = _diagonal(lower[here], slice(0, here.stop - here.start), size).sum(axis=0)
    for q in range(size):
        for r in range(size):
            own[q, r] -= np.vdot(moved[:, q::size], again[:, r::size])
    return np.asarray(own)


def gradient_crossed(
    data: CrossedData, at: CrossedProfile, *, reml: bool
) -> tuple[FloatArray, ...]:
    """Return the derivative of the deviance by Σ of each factor, the first first."""
    direction = direction_of(data, at)
    by_top = np.outer(direction, direction) / at.residual_variance
    if reml:
        by_top[np.ix_(data.fixed, data.fixed)] += at.covariance
    found = []
    for one in at.left:
        slope = one.own - np.tensordot(one.rows @ by_top, one.rows, ((0, 2), (0, 2)))
        found.append((slope + slope.T) / 2)
    return tuple(found)


def direction_of(data: CrossedData, at: Profile) -> FloatArray:
    """Return what takes the columns to the residual."""
    direction = np.zeros(at.top.shape[0])
    direction[data.fixed], direction[data.outcome] = -at.beta, 1.0
    return direction


def effects_crossed(data: CrossedData, at: CrossedProfile) -> tuple[LevelEffects, ...]:
    """Return the effects of each factor, the first first."""
    direction = direction_of(data, at)[:, None]
    others = at.pulled @ direction
    held = data.rows @ direction - data.over(others)
    found = [
        LevelEffects(
            effect=(at.middle @ held)[:, :, 0],
            covariance=at.residual_variance
            * (at.middle + at.middle @ at.seen @ at.middle),
        )
    ]
    for factor, here in zip(at.others.factors, data.slices, strict=True):
        blocks = factor @ _diagonal(at.solved, here, len(factor)) @ factor.T
        found.append(
            LevelEffects(
                effect=others[here].reshape(-1, len(factor)),
                covariance=at.residual_variance * blocks,
            )
        )
    return tuple(found)
