"""Counts as the fit takes them: standardised columns, groups as a tree. Private."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kaeden_stats._checks import FloatArray, IntArray
from kaeden_stats.multilevel.binomial._tree import Tier

STRETCH = 1 << 16
"""Distinct patterns at a time, where a copy of all of them would be large."""


def squared(columns: FloatArray, weight: FloatArray) -> FloatArray:
    """Return X'WX, (p, p), of (K, p) columns."""
    found = np.zeros((columns.shape[1], columns.shape[1]))
    for start in range(0, len(weight), STRETCH):
        part = columns[start : start + STRETCH]
        found += (part.T * weight[start : start + STRETCH]) @ part
    return found


@dataclass(frozen=True, kw_only=True, eq=False)
class Cells:
    """P patterns in groups, of K distinct ones; groups stand together, in order.

    Attributes
    ----------
    which : (P,) int
        The distinct pattern of each.
    starts : (k,) int
        Where each lowest group begins.
    fixed : (K, p) float
        X of the distinct patterns; all columns but the first have mean 0, variance 1.
    slopes : (K, m - 1) float
        Z without its first column, which is 1.
    tiers : tuple of Tier
        The lowest first.
    """

    which: IntArray
    starts: IntArray
    successes: FloatArray
    trials: FloatArray
    fixed: FloatArray
    slopes: FloatArray
    tiers: tuple[Tier, ...]

    @cached_property
    def sizes(self) -> IntArray:
        """How many patterns each lowest group has."""
        return np.diff(self.starts, append=len(self.which))

    @cached_property
    def columns(self) -> tuple[FloatArray, ...]:
        """Z by pattern without its first column."""
        return tuple(column[self.which] for column in self.slopes.T)

    def spread_out(self, effect: FloatArray) -> FloatArray:
        """Return Zb by pattern, from b of the lowest groups, (k, m)."""
        found = np.repeat(effect[:, 0], self.sizes)
        for place, column in enumerate(self.columns, start=1):
            found += column * np.repeat(effect[:, place], self.sizes)
        return found

    def sums(self, values: FloatArray) -> FloatArray:
        """Return Z'v by lowest group, (k, m)."""
        parts = [values, *(values * column for column in self.columns)]
        return np.column_stack([np.add.reduceat(one, self.starts) for one in parts])

    def squares(self, weight: FloatArray) -> FloatArray:
        """Return Z'WZ by lowest group, (k, m, m)."""
        first = [weight, *(weight * column for column in self.columns)]
        size = len(first)
        found = np.empty((len(self.starts), size, size))
        found[:, :, 0] = found[:, 0, :] = self.sums(weight)
        for i in range(1, size):
            for j in range(i, size):
                products = first[i] * self.columns[j - 1]
                found[:, i, j] = found[:, j, i] = np.add.reduceat(products, self.starts)
        return found

    def quadratic(self, matrices: FloatArray) -> FloatArray:
        """Return z'Cz by pattern, from C of the lowest groups, (k, m, m)."""
        found = np.repeat(matrices[:, 0, 0], self.sizes)
        for i, column in enumerate(self.columns, start=1):
            row = 2 * np.repeat(matrices[:, 0, i], self.sizes)
            for j in range(1, i):
                cross = np.repeat(matrices[:, i, j], self.sizes)
                row += 2 * cross * self.columns[j - 1]
            found += column * (row + column * np.repeat(matrices[:, i, i], self.sizes))
        return found

    def by_column(self, values: FloatArray) -> FloatArray:
        """Return X'v, (p,)."""
        return self.by_distinct(values) @ self.fixed

    def by_distinct(self, values: FloatArray) -> FloatArray:
        """Return the sums of values over each distinct pattern, (K,)."""
        found = np.bincount(self.which, weights=values, minlength=len(self.fixed))
        return found.astype(float)

    def across(self, weight: FloatArray) -> FloatArray:
        """Return Z'WX by lowest group, (k, m, p)."""
        columns = [
            self.sums(weight * column[self.which])[:, :, None]
            for column in self.fixed.T
        ]
        return np.concatenate(columns, axis=2)
