"""Lowest groups that are alike, turned into fewer. Private.

Two groups of one parent with the same E'AE may be turned into each other: their effects,
and what their rows leave, have the same distribution after any rotation of the groups. So
of k such groups with R_g = E'A_g, q × m, all sums that the deviance, its slope and degrees
of freedom are made of need only a triangle T with T'T = R'R, R the k × q m matrix of their
R_g: no more than q m groups, each standing for k / (q m). With an intercept alone E'AE is
the number of rows, so where groups are small and many, they are few.
"""

from dataclasses import replace

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._levels import Data, IntArray

WORTH = 2
"""How many times fewer groups are worth turning them."""
TALL = 16
"""How many times its width a matrix is long that is made a triangle at once: small enough
to stay near the processor."""


def turned(data: Data) -> Data:
    """Return data with the same sums over the lowest groups, from fewer if they are alike."""
    level, rows = data.levels[0], data.rows[0]
    width = rows.shape[1] * rows.shape[2]
    if len(rows) < WORTH * width:
        return data
    order, starts = _alike(data)
    together = np.diff(starts, append=len(rows))
    few = np.minimum(together, width)
    if few.sum() * WORTH > len(rows):
        return data
    place = np.arange(len(rows)) - np.repeat(starts, together)
    kept = order[place < width]
    found, ends = rows[kept], np.cumsum(few)
    for kind in np.flatnonzero(together > width):
        those = rows[order[starts[kind] : starts[kind] + together[kind]]]
        part = slice(ends[kind] - width, ends[kind])
        found[part] = _triangle(those.reshape(-1, width)).reshape(found[part].shape)
    lowest = replace(level, parent=level.parent[kept])
    return replace(
        data,
        levels=(lowest, *data.levels[1:]),
        rows=(found, *data.rows[1:]),
        square=data.square[kept],
        count=np.repeat(together / few, few),
    )


def _alike(data: Data) -> tuple[IntArray, IntArray]:
    """Return the lowest groups so ordered that those alike stand together, and where."""
    parent, square = data.levels[0].parent, data.square
    kinds = np.column_stack([parent, square.reshape(len(parent), -1)])
    order = np.lexsort(kinds.T[::-1])
    kinds = kinds[order]
    is_new = np.append(True, np.any(kinds[1:] != kinds[:-1], axis=1))
    return order, np.flatnonzero(is_new)


def _triangle(tall: FloatArray) -> FloatArray:
    """Return T, (w, w), with T'T = R'R of a matrix R, (k, w), k > w."""
    width = tall.shape[1]
    some = TALL * width
    while len(tall) >= 2 * some:
        whole = len(tall) - len(tall) % some
        pieces = np.linalg.qr(tall[:whole].reshape(-1, some, width), mode="r")
        tall = np.concatenate([*np.asarray(pieces), tall[whole:]])
    return np.asarray(np.linalg.qr(tall, mode="r"))
