"""Sums over the pairs of columns that meet in a group, compiled. Private.

A group's row of the products with all other factors is nearly empty: `place[start[g] :
start[g + 1]]` are the columns that it has, ascending, and `values` what stands there for
each of the group's q effects. Of a symmetric matrix over the columns only the lower
triangle is read and written.
"""

from collections.abc import Callable

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._compiled import compiled_when_called
from kaeden_stats.multilevel._levels import IntArray


def _take_away(
    start: IntArray,
    place: IntArray,
    weighted: FloatArray,
    values: FloatArray,
    matrix: FloatArray,
) -> None:
    for group in range(len(start) - 1):
        for i in range(start[group], start[group + 1]):
            row = place[i]
            for j in range(start[group], i + 1):
                found = 0.0
                for q in range(values.shape[1]):
                    found += weighted[i, q] * values[j, q]
                matrix[row, place[j]] -= found


def _seen_by(
    start: IntArray,
    place: IntArray,
    values: FloatArray,
    matrix: FloatArray,
    found: FloatArray,
) -> None:
    size = values.shape[1]
    for group in range(len(start) - 1):
        for i in range(start[group], start[group + 1]):
            row = place[i]
            for q in range(size):
                before = 0.0
                for j in range(start[group], i):
                    before += matrix[row, place[j]] * values[j, q]
                own = matrix[row, row] * values[i, q]
                for r in range(size):
                    found[group, q, r] += values[i, r] * (before + own)
                    found[group, r, q] += values[i, r] * before


take_away: Callable[..., None] = compiled_when_called(_take_away)
"""Take Σ weighted_g'·values_g away from a matrix (N, N)."""
seen_by: Callable[..., None] = compiled_when_called(_seen_by)
"""Add values_g·matrix·values_g' of each group to `found`, (k, q, q)."""
