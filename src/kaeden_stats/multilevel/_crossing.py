"""Cross-products by cell, arranged for the fit of crossed factors. Private."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import coo_array, csr_array

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._levels import IntArray, Level


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CrossedData:
    """What the likelihood needs of the rows.

    Attributes
    ----------
    levels : tuple of Level
        The factors, first the one that is integrated out group by group.
    rows : (k, q, m) float
        E'A of each group of the first factor.
    across : tuple of (k, N) sparse
        Products of each of the first factor's q effects with all others' effects; all
        have the same entries, t in number.
    values : (t, q) float
        Those entries.
    spans : tuple of (b, r) int
        For each other factor, of r effects, where its entries stand among the t.
    among : (N, N) sparse
        Products of the others' effects with each other.
    others : (N, m) float
        E'A of all groups of the other factors.
    total : (m, m) float
        Products of all columns over all rows.
    """

    levels: tuple[Level, ...]
    rows: FloatArray
    across: tuple[csr_array, ...]
    values: FloatArray
    spans: tuple[IntArray, ...]
    among: csr_array
    others: FloatArray
    total: FloatArray
    fixed: IntArray
    outcome: int
    n: float

    @property
    def slices(self) -> tuple[slice, ...]:
        """Where each other factor's effects stand among the N."""
        ends = np.cumsum([0, *_widths(self.levels[1:])]).tolist()
        return tuple(slice(a, b) for a, b in pairwise(ends))

    def over(self, inner: FloatArray) -> FloatArray:
        """Return X·inner, (k, q, ·), X the products of the first with the others."""
        return np.stack([one @ inner for one in self.across], axis=1)

    def back(self, inner: FloatArray) -> FloatArray:
        """Return X'·inner, (N, ·), from (k, q, ·)."""
        found = np.zeros((self.among.shape[0], inner.shape[2]))
        for place, one in enumerate(self.across):
            found += one.T @ inner[:, place]
        return found


def _widths(levels: Sequence[Level]) -> list[int]:
    return [one.groups * one.design.shape[1] for one in levels]


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

    `levels` and the columns of `codes` have the factor first that is integrated out
    group by group.

    Raises
    ------
    InvalidInput
        If the effects of all other factors are too many for one matrix in memory.
    """
    first, *others = levels
    starts = np.cumsum([0, *_widths(others)])
    _check_memory(int(starts[-1]))
    cells = [_picked(one, products) for one in levels]
    places = [
        _places(codes[:, at + 1], one, int(starts[at])) for at, one in enumerate(others)
    ]
    across = _across(first, cells[0], codes[:, 0], others, places, int(starts[-1]))
    pattern = across[0].indices
    return CrossedData(
        levels=tuple(levels),
        rows=_by_group(cells[0], codes[:, 0], first),
        across=across,
        values=np.column_stack([one.data for one in across]),
        spans=tuple(
            np.flatnonzero(
                (pattern >= starts[at]) & (pattern < starts[at + 1])
            ).reshape(-1, one.design.shape[1])
            for at, one in enumerate(others)
        ),
        among=_among(others, cells[1:], places, int(starts[-1])),
        others=np.concatenate(
            [
                _by_group(cells[at + 1], codes[:, at + 1], one).reshape(
                    -1, products.shape[1]
                )
                for at, one in enumerate(others)
            ]
        ),
        total=products.sum(axis=0),
        fixed=fixed,
        outcome=outcome,
        n=n,
    )


def _check_memory(size: int) -> None:
    """Refuse a matrix of all but the first factor that memory can't hold."""
    needed = 8 * size**2
    if needed > memory():
        raise InvalidInput(
            f"Beside the largest factor the others have {size:,} effects together, and "
            f"the matrix of those takes {needed / 2**30:,.0f} GB of memory, more than "
            "there is. Leave a factor or a slope out."
        )


def memory() -> int:
    """Return the machine's memory in bytes; plenty where it does not say."""
    if not hasattr(os, "sysconf"):
        return 2**40
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def _picked(level: Level, products: FloatArray) -> FloatArray:
    """Return E'A of each cell, (c, q, m)."""
    found = np.tensordot(level.design.T, products, (1, 1)).swapaxes(0, 1)
    return np.ascontiguousarray(found)


def _by_group(cells: FloatArray, codes: IntArray, level: Level) -> FloatArray:
    """Sum over the cells of each group, (k, q, m)."""
    count = len(codes)
    member = csr_array(
        (np.ones(count), (codes, np.arange(count))), shape=(level.groups, count)
    )
    found = member @ cells.reshape(count, -1)
    return np.asarray(found).reshape(level.groups, *cells.shape[1:])


def _places(codes: IntArray, level: Level, start: int) -> IntArray:
    """Return where each cell's effects stand among all, (c, r)."""
    size = level.design.shape[1]
    return np.asarray(start + codes[:, None] * size + np.arange(size), dtype=np.intp)


def _across(
    first: Level,
    cells: FloatArray,
    codes: IntArray,
    others: Sequence[Level],
    places: Sequence[IntArray],
    size: int,
) -> tuple[csr_array, ...]:
    values = [cells @ one.design for one in others]
    columns = np.concatenate([at.ravel() for at in places])
    rows = np.concatenate([np.repeat(codes, at.shape[1]) for at in places])
    found = []
    for effect in range(cells.shape[1]):
        entries = np.concatenate([one[:, effect].ravel() for one in values])
        made = coo_array((entries, (rows, columns)), shape=(first.groups, size)).tocsr()
        made.sum_duplicates()
        found.append(made)
    return tuple(found)


def _among(
    levels: Sequence[Level],
    cells: Sequence[FloatArray],
    places: Sequence[IntArray],
    size: int,
) -> csr_array:
    parts = []
    for held, at in zip(cells, places, strict=True):
        for level, there in zip(levels, places, strict=True):
            values = held @ level.design
            rows = np.broadcast_to(at[:, :, None], values.shape)
            columns = np.broadcast_to(there[:, None, :], values.shape)
            parts.append((rows.ravel(), columns.ravel(), values.ravel()))
    rows, columns, entries = (np.concatenate(part) for part in zip(*parts, strict=True))
    return csr_array(coo_array((entries, (rows, columns)), shape=(size, size)).tocsr())
