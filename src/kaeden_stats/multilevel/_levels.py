"""Cross-products by group, arranged for the fit: levels from the lowest up. Private."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray

IntArray = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Level:
    """One level of nested groups.

    Attributes
    ----------
    parent : (k,) int
        For each group, the place of its group one level up, ascending; all 0 at the
        outermost level.
    design : (m, q) float
        What has a random effect here, as combinations of the products' columns: for
        column j itself, a 1 in row j.
    free : (r, 2) int
        Rows and columns of the lower triangle of the Cholesky factor that may differ
        from zero: all of it where effects are correlated, else the diagonal.
    """

    parent: IntArray
    design: FloatArray
    free: IntArray

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len(self.parent)

    @property
    def parents(self) -> int:
        """How many groups there are one level up; 1 at the outermost."""
        return int(self.parent[-1]) + 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Data:
    """What the likelihood needs of the rows.

    Attributes
    ----------
    levels : sequence of Level
        The lowest first.
    rows : (k, q, m) float
        E'A of each lowest group, E the design of the lowest level.
    sums : (k_1, m, m) float
        The products summed over the lowest groups of each group one level up.
    fixed : (p,) int
        The columns with a fixed effect.
    outcome : int
        The column of the outcome.
    n : float
        Rows behind the products.
    """

    levels: tuple[Level, ...]
    rows: FloatArray
    sums: FloatArray
    fixed: IntArray
    outcome: int
    n: float


def arrange(
    products: FloatArray,
    levels: Sequence[Level],
    *,
    fixed: IntArray,
    outcome: int,
    n: float,
) -> Data:
    """Arrange the products of the lowest groups, (k, m, m), for the fit."""
    lowest = levels[0]
    return Data(
        levels=tuple(levels),
        rows=picked(lowest, products),
        sums=sum_by(products, lowest),
        fixed=fixed,
        outcome=outcome,
        n=n,
    )


def picked(level: Level, products: FloatArray) -> FloatArray:
    """Return E'A of each group, (k, q, m), from its products."""
    return np.ascontiguousarray(
        np.tensordot(level.design.T, products, (1, 1)).swapaxes(0, 1)
    )


def sum_by(values: FloatArray, level: Level) -> FloatArray:
    """Sum over the groups of each parent; groups of one parent stand together."""
    starts = np.flatnonzero(np.diff(level.parent, prepend=-1))
    return np.add.reduceat(values, starts, axis=0)


def parts(level: Level) -> Iterator[tuple[int, slice]]:
    """Give each parent with the slice of its groups."""
    starts = np.flatnonzero(np.diff(level.parent, prepend=-1))
    ends = np.append(starts[1:], level.groups)
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        yield place, slice(int(start), int(end))
