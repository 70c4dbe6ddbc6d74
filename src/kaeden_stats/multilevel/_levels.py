"""Cross-products by group, arranged for the fit: levels from the lowest up. Private."""

from collections.abc import Callable, Sequence
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
    square : (k, q, q) float
        E'AE of each lowest group.
    count : (k,) float
        How many lowest groups it stands for: one, but where they are turned (`_turned`).
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
    square: FloatArray
    count: FloatArray
    total: FloatArray
    fixed: IntArray
    outcome: int
    n: float


def arrange(
    rows_of: Callable[[Sequence[int]], FloatArray],
    total: FloatArray,
    levels: Sequence[Level],
    *,
    fixed: IntArray,
    outcome: int,
    n: float,
) -> Data:
    """Arrange the products of the lowest groups for the fit.

    `rows_of` gives those of some columns with all, (k, ·, m); `total` has all columns
    over all rows, (m, m).
    """
    used = np.flatnonzero(np.any([one.design.any(axis=1) for one in levels], axis=0))
    held = rows_of(used.tolist())
    rows = [picked(levels[0].design[used], held)]
    for place in range(1, len(levels)):
        own = picked(levels[place].design[used], held)
        rows.append(sum_by(own, above(levels, 0, place)))
    return Data(
        levels=tuple(levels),
        rows=tuple(rows),
        square=rows[0] @ levels[0].design,
        count=np.ones(levels[0].groups),
        total=total,
        fixed=fixed,
        outcome=outcome,
        n=n,
    )


def picked(design: FloatArray, rows: FloatArray) -> FloatArray:
    """Return E'A of each group, (k, q, m), from the rows of A that E touches."""
    found = np.zeros((len(rows), design.shape[1], rows.shape[2]))
    for row, effect in np.argwhere(design):
        found[:, effect] += design[row, effect] * rows[:, row]
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
