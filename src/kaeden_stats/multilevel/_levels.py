"""Cross-products by group, arranged for the fit: levels from the lowest up. Private."""

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Data:
    """What the likelihood needs of the rows.

    Attributes
    ----------
    levels : tuple of Level
        The lowest first.
    rows : tuple of (k, q, m) float
        E'A of each group of each level, E the design of the level.
    total : (m, m) float
        Products of all columns over all rows.
    fixed : (p,) int
        The columns with a fixed effect.
    outcome : int
        The column of the outcome.
    n : float
        Rows behind the products.
    """

    levels: tuple[Level, ...]
    rows: tuple[FloatArray, ...]
    total: FloatArray
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
    rows = [picked(levels[0], products)]
    for place in range(1, len(levels)):
        groups = above(levels, 0, place)
        rows.append(sum_by(picked(levels[place], products), groups))
    return Data(
        levels=tuple(levels),
        rows=tuple(rows),
        total=products.sum(axis=0),
        fixed=fixed,
        outcome=outcome,
        n=n,
    )


def picked(level: Level, products: FloatArray) -> FloatArray:
    """Return E'A of each group, (k, q, m), from its products."""
    groups, wide, _wide = products.shape
    found = np.zeros((groups, level.design.shape[1], wide))
    for row, effect in np.argwhere(level.design):
        found[:, effect] += level.design[row, effect] * products[:, row]
    return found


def above(levels: Sequence[Level], lower: int, upper: int) -> IntArray:
    """Return the place of each lower group's own group at an upper level."""
    groups = levels[lower].parent
    for level in levels[lower + 1 : upper]:
        groups = level.parent[groups]
    return groups


def sum_by(values: FloatArray, groups: IntArray) -> FloatArray:
    """Sum over those of each group, which stand together, in the groups' order."""
    starts = np.flatnonzero(np.diff(groups, prepend=-1))
    return np.add.reduceat(values, starts, axis=0)
