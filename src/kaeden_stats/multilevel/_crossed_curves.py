r"""Second derivatives where groups are crossed. Private.

With v the effects of all factors that a change D of a covariance pulls along, all second
derivatives but those of log|V| are forms v'Z'V⁻¹Zv: products with the blocks at hand. Those
of log|V| are sums of squares of the elements of

.. math::

    H = Z'V^{-1}Z, \quad H_{11} = O - G M G', \quad H_{1o} = G (I - M L), \quad
    H_{oo} = L (I - M L)

where O are the first factor's own blocks and G what it shares with the others, so that of
H₁₁, which can be large, only Σ G_g'·D·G_g is ever made.

References
----------
Gilmour, Thompson & Cullis (1995), Biometrics 51:1440 (the average of observed and expected
information, where the traces cancel).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._crossed import (
    CrossedProfile,
    direction_of,
    lower_of,
    pulled_by,
    whole_of,
)
from kaeden_stats.multilevel._crossing import CrossedData
from kaeden_stats.multilevel._pairs import take_away


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pull:
    """Effects of all factors, r sets of them side by side.

    Attributes
    ----------
    first : (k, q, r) float
        Those of the first factor.
    others : (N, r) float
        Those of all others.
    """

    first: FloatArray
    others: FloatArray


def average_information(
    data: CrossedData,
    at: CrossedProfile,
    ways: Sequence[FloatArray],
    *,
    reml: bool,
) -> FloatArray:
    """Return about how the slope of the deviance moves along some ways, (r, r).

    `ways` holds for each factor the changes of its relative covariance, (·, q, q).
    """
    direction = direction_of(data, at)
    held = [one.rows @ direction for one in at.left]
    pulls = [
        np.einsum("gq,iqr->gri", one, way) for one, way in zip(held, ways, strict=True)
    ]
    along = _side_by_side(pulls)
    slope = _slopes(held, pulls)
    df = data.n - (len(data.fixed) if reml else 0)
    variance = at.residual_variance
    fixed = _across(data, at, along)
    inner = forms(data, at, along) - fixed.T @ at.covariance @ fixed
    return np.asarray(inner / variance - np.outer(slope, slope) / (variance**2 * df))


def _side_by_side(pulls: Sequence[FloatArray]) -> Pull:
    """Return each factor's own pulls, which leave the other factors alone."""
    counts = [one.shape[2] for one in pulls]
    starts = np.cumsum([0, *counts])
    sizes = [one.shape[0] * one.shape[1] for one in pulls[1:]]
    edges = np.cumsum([0, *sizes])
    first = np.zeros((*pulls[0].shape[:2], starts[-1]))
    others = np.zeros((edges[-1], starts[-1]))
    first[:, :, : starts[1]] = pulls[0]
    for place, one in enumerate(pulls[1:]):
        here = slice(starts[place + 1], starts[place + 2])
        others[edges[place] : edges[place + 1], here] = one.reshape(-1, one.shape[2])
    return Pull(first=first, others=others)


def _slopes(held: Sequence[FloatArray], pulls: Sequence[FloatArray]) -> FloatArray:
    """Return y'PV_iPy of each pull."""
    parts = [
        np.einsum("gq,gqi->i", one, pull) for one, pull in zip(held, pulls, strict=True)
    ]
    return np.concatenate(parts)


def _across(data: CrossedData, at: CrossedProfile, along: Pull) -> FloatArray:
    """Return X'V⁻¹Z times each pull, (p, r)."""
    first, *others = (one.rows[:, :, data.fixed] for one in at.left)
    found = np.tensordot(first, along.first, ((0, 1), (0, 1)))
    tall = np.concatenate([one.reshape(-1, one.shape[2]) for one in others])
    return np.asarray(found + tall.T @ along.others)


def forms(data: CrossedData, at: CrossedProfile, along: Pull) -> FloatArray:
    """Return v'·Z'V⁻¹Z·v of all pairs of pulls, (r, r)."""
    square = data.rows @ data.levels[0].design
    first = square @ along.first + data.over(along.others)
    others = data.back(along.first) + data.among @ along.others
    moved = pulled_by(at, others - data.back(at.middle @ first))
    own = at.middle @ (first - data.over(moved))
    inside = np.tensordot(along.first, first, ((0, 1), (0, 1)))
    inside -= np.tensordot(first, own, ((0, 1), (0, 1)))
    found = inside + along.others.T @ others - others.T @ moved
    return np.asarray((found + found.T) / 2)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curves:
    """How W'V⁻¹W and log|V| move along r changes of the relative covariances.

    Attributes
    ----------
    first : (r, m, m) float
        Derivatives of W'V⁻¹W.
    second : (r, r, m, m) float
        Its second derivatives.
    logs : (r,) float
        Derivatives of log|V|.
    traces : (r, r) float
        tr(V⁻¹V_iV⁻¹V_j): minus its second derivatives.
    """

    first: FloatArray
    second: FloatArray
    logs: FloatArray
    traces: FloatArray


def curves(data: CrossedData, at: CrossedProfile, ways: Sequence[FloatArray]) -> Curves:
    """Return the curves along some ways, as in `average_information`."""
    wide, count = len(at.top), sum(len(one) for one in ways)
    pulls = [
        np.einsum("gqm,iqr->grim", one.rows, way).reshape(*one.rows.shape[:2], -1)
        for one, way in zip(at.left, ways, strict=True)
    ]
    mixed = forms(data, at, _side_by_side(pulls)).reshape(count, wide, count, wide)
    mixed = mixed.transpose(0, 2, 1, 3)
    first, logs = [], []
    for one, way in zip(at.left, ways, strict=True):
        moved = np.tensordot(one.rows, one.rows, (0, 0)).transpose(0, 2, 1, 3)
        first.append(-np.tensordot(way, moved, 2))
        logs.append(np.tensordot(way, one.own, 2))
    return Curves(
        first=np.concatenate(first),
        second=mixed + mixed.transpose(0, 1, 3, 2),
        logs=np.concatenate(logs),
        traces=_traces(data, at, ways),
    )


def _traces(
    data: CrossedData, at: CrossedProfile, ways: Sequence[FloatArray]
) -> FloatArray:
    whole = Whole.of(data, at)
    starts = np.cumsum([0, *(len(one) for one in ways)])
    first, *others = [slice(a, b) for a, b in pairwise(starts)]
    found = np.zeros((starts[-1], starts[-1]))
    shared = [whole.shared(way) for way in ways[0]]
    found[first, first] = _among_first(data, at, ways[0], whole, shared)
    for place, here in enumerate(others):
        across = _with_first(data, whole, place, ways[place + 1], shared)
        found[first, here], found[here, first] = across, across.T
        for later, there in enumerate(others):
            block = whole.left[data.slices[place], data.slices[later]]
            found[here, there] = _squares(block, ways[place + 1], ways[later + 1])
    return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Whole:
    """The matrices of the others' effects, (N, N), in full.

    Attributes
    ----------
    inverse : (N, N) float
        M.
    keep : (N, N) float
        I - M·L.
    left : (N, N) float
        H of the others.
    entries : (t, q) float
        Those of G.
    """

    data: CrossedData
    inverse: FloatArray
    keep: FloatArray
    left: FloatArray
    entries: FloatArray

    @classmethod
    def of(cls, data: CrossedData, at: CrossedProfile) -> "Whole":
        """Return the matrices at a profile."""
        rest = whole_of(lower_of(data, at.middle, data.among, data.values))
        inverse = np.asarray(at.others.scale @ whole_of(at.solved))
        inverse = np.asarray(at.others.scale @ inverse.T)
        keep = np.eye(len(rest)) - inverse @ rest
        square = data.rows @ data.levels[0].design
        own = np.eye(square.shape[1]) - square @ at.middle
        spread = own[np.repeat(np.arange(len(own)), np.diff(data.across[0].indptr))]
        return cls(
            data=data,
            inverse=inverse,
            keep=keep,
            left=rest @ keep,
            entries=np.einsum("tqr,tr->tq", spread, data.values),
        )

    def shared(self, way: FloatArray) -> FloatArray:
        """Return Σ G_g'·D·G_g, (N, N)."""
        found = np.zeros_like(self.left)
        start, place = self.data.across[0].indptr, self.data.across[0].indices
        take_away(start, place, -self.entries @ way, self.entries, found)
        return whole_of(found)


def _among_first(
    data: CrossedData,
    at: CrossedProfile,
    ways: FloatArray,
    whole: Whole,
    shared: Sequence[FloatArray],
) -> FloatArray:
    """Return the traces among the changes of the first factor."""
    square = data.rows @ data.levels[0].design
    keep = np.eye(square.shape[1]) - square @ at.middle
    own = keep @ square
    taken = keep @ at.seen @ keep.transpose(0, 2, 1)
    moved = np.einsum("iab,gbc->giac", ways, own)
    lost = np.einsum("iab,gbc->giac", ways, taken)
    found = np.einsum("giac,gjca->ij", moved, moved - lost)
    found -= np.einsum("giac,gjca->ij", lost, moved)
    pulled = [whole.inverse @ one for one in shared]
    found += np.array([[np.vdot(one.T, other) for other in pulled] for one in pulled])
    return np.asarray(found)


def _with_first(
    data: CrossedData,
    whole: Whole,
    place: int,
    ways: FloatArray,
    shared: Sequence[FloatArray],
) -> FloatArray:
    """Return the traces of the first factor's changes with another's."""
    keep, size = whole.keep[:, data.slices[place]], ways.shape[1]
    tall = keep.reshape(len(keep), -1, size)
    found = []
    for one in shared:
        moved = (one @ keep).reshape(tall.shape)
        blocks = np.tensordot(tall, moved, ((0, 1), (0, 1)))
        found.append(np.tensordot(ways, blocks, 2))
    return np.array(found)


def _squares(block: FloatArray, ways: FloatArray, others: FloatArray) -> FloatArray:
    """Return tr(D·H·D'·H') of all pairs of changes of two factors."""
    size, breadth = ways.shape[1], others.shape[1]
    parts = block.reshape(len(block) // size, size, -1, breadth)
    pairs = np.tensordot(parts, parts, ((0, 2), (0, 2)))
    return np.asarray(np.einsum("iac,abcd,jbd->ij", ways, pairs, others))
