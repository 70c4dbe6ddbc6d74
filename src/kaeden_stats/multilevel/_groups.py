"""The groups of one grouping column, from the blocks. Private."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._levels import IntArray
from kaeden_stats.multilevel.blocks import CrossProducts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Groups:
    """The g groups of a level or factor.

    Attributes
    ----------
    code : (k,) int
        The group of each of the k blocks; ascending for nested levels.
    labels : mapping of str to (g,) arrays
        The groups' labels, and those of the levels they lie in, outermost first.
    rows : (g,) float
        Rows of each group.
    """

    code: IntArray
    labels: Mapping[str, NDArray[Any]]
    rows: FloatArray

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self.rows)


def groups_of(blocks: CrossProducts, name: str) -> Groups:
    """Return the groups of one grouping column.

    Raises
    ------
    InvalidInput
        If the blocks have no such column.
    """
    if name not in blocks.groups:
        raise InvalidInput(
            f"There is no level {name!r}. There are {', '.join(blocks.groups)}."
        )
    if name in blocks.crossed:
        key = blocks.keys[blocks.groups.index(name)]
        labels, code = np.unique(key, return_inverse=True)
        return Groups(
            code=code,
            labels={name: labels},
            rows=np.bincount(code, weights=blocks.rows).astype(float),
        )
    depth = blocks.levels.index(name) + 1
    keys = blocks.keys[:depth]
    first = np.ones(len(blocks.rows), dtype=bool)
    first[1:] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    starts = np.flatnonzero(first)
    return Groups(
        code=np.cumsum(first) - 1,
        labels={
            level: key[starts] for level, key in zip(blocks.levels, keys, strict=False)
        },
        rows=np.add.reduceat(blocks.rows, starts),
    )
