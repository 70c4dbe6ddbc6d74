"""Records in a layout with more room, or with smaller bundles of categories. Private.

What is kept for several categories at once is summed over those that leave the bundle.
"""

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._compiled import compiled
from kaeden_stats.multilevel._exact import two_sum
from kaeden_stats.multilevel._records import Layout, Places

Pair = tuple[FloatArray, FloatArray]
_two_sum = compiled(two_sum)
AT_ONCE = 128
"""Records worked on at once, so that what is made on the way is small."""


def refined(records: Pair, older: Layout, newer: Layout) -> Pair:
    """Return (k, size) records of an older layout in a newer one."""
    shape = len(records[0]), newer.size
    found = np.zeros(shape), np.zeros(shape)
    for start in range(0, shape[0], AT_ONCE):
        high, low = (one[start : start + AT_ONCE] for one in records)
        new = found[0][start : start + AT_ONCE], found[1][start : start + AT_ONCE]
        _refine((high, low), new, older, newer)
    return found


def _refine(records: Pair, found: Pair, older: Layout, newer: Layout) -> None:
    """Write records of an older layout into empty ones of a newer."""
    here, there = _lanes(older, newer)
    pairs = np.triu_indices(older.lanes)
    ends = [older.rows, older.logs], [newer.rows, newer.logs]
    products = tuple(
        layout.products(lanes[pairs[0]], lanes[pairs[1]])
        for layout, lanes in ((older, here), (newer, there))
    )
    for old, new in zip(records, found, strict=True):
        new[:, products[1]] = old[:, products[0]]
        new[:, ends[1]] = old[:, ends[0]]
    for place, bundle in enumerate(newer.bundles):
        start = newer.slots[place]
        to = start + _codes(older, newer, bundle)[:, None] * newer.width + there
        _put(found, to, _slots(records, older, bundle, here))
    for (i, j), start in newer.cells.items():
        both = newer.bundles[i], newer.bundles[j]
        to = start + np.add.outer(
            _codes(older, newer, both[0]) * newer.values[j],
            _codes(older, newer, both[1]),
        )
        _put(found, to, _cells(records, older, *both))


def _put(found: Pair, to: Places, sums: Pair) -> None:
    for new, one in zip(found, sums, strict=True):
        new[:, to.ravel()] = one.reshape(len(one), -1)


def _lanes(older: Layout, newer: Layout) -> tuple[Places, Places]:
    """Return the lanes of each number, in both layouts."""
    found = [
        (np.arange(span) + here, np.arange(span) + there)
        for here, there, span in zip(
            older.first_lanes, newer.first_lanes, older.spans, strict=True
        )
    ]
    return (
        np.concatenate([here for here, _there in found]),
        np.concatenate([there for _here, there in found]),
    )


def _codes(older: Layout, newer: Layout, bundle: tuple[int, ...]) -> Places:
    """Return the newer code of each value that the older layout has room for."""
    grid = np.indices([older.room[k] for k in bundle]).reshape(len(bundle), -1)
    codes = np.ravel_multi_index(tuple(grid), tuple(newer.room[k] for k in bundle))
    return np.asarray(codes, dtype=np.int64)


def _slots(
    records: Pair, older: Layout, bundle: tuple[int, ...], lanes: Places
) -> Pair:
    """Return the sums of x for each value of some categories of one bundle."""
    home = _home(older, bundle)
    held = older.bundles[home]
    start, count = older.slots[home], older.values[home]
    shape = (len(records[0]), *(older.room[k] for k in held), older.width)
    part = slice(start, start + count * older.width)
    high, low = (one[:, part].reshape(shape)[..., lanes] for one in records)
    return _summed((high, low), [k in bundle for k in held])


def _cells(
    records: Pair, older: Layout, one: tuple[int, ...], other: tuple[int, ...]
) -> Pair:
    """Return the rows of each pair of values of two sets of categories."""
    first, second = _home(older, one), _home(older, other)
    if first == second:
        return _slots(records, older, (*one, *other), np.zeros(1, dtype=np.int64))
    held = (*older.bundles[first], *older.bundles[second])
    start = older.cells[first, second]
    part = slice(start, start + older.values[first] * older.values[second])
    shape = (len(records[0]), *(older.room[k] for k in held))
    high, low = (one[:, part].reshape(shape) for one in records)
    return _summed((high, low), [k in (*one, *other) for k in held])


def _home(older: Layout, bundle: tuple[int, ...]) -> int:
    return next(at for at, one in enumerate(older.bundles) if bundle[0] in one)


def _summed(table: Pair, kept: list[bool]) -> Pair:
    """Sum tables (k, …) over the axes that are not kept."""
    gone = [axis + 1 for axis, is_kept in enumerate(kept) if not is_kept]
    if not gone:
        return table
    high, low = (np.moveaxis(one, gone, range(len(gone))) for one in table)
    shape = high.shape[len(gone) :]
    return _total(high.reshape(-1, *shape), low.reshape(-1, *shape))


def _total(high: FloatArray, low: FloatArray) -> Pair:
    """Sum pairs over the first axis, to a third double.

    What is rounded there is below the last bit of the second: so it does not show in
    which order the values of a category came.
    """
    found, beside, rest = (np.zeros(high[0].size) for _ in range(3))
    one, other = (
        np.ascontiguousarray(part).reshape(len(part), -1) for part in (high, low)
    )
    _add_up(one, other, found, beside, rest)
    shape = high.shape[1:]
    return found.reshape(shape), (beside + rest).reshape(shape)


@compiled
def _add_up(  # pragma: no cover  # runs in compiled code
    high: FloatArray,
    low: FloatArray,
    found: FloatArray,
    beside: FloatArray,
    rest: FloatArray,
) -> None:
    """Add up pairs to three doubles each, and bring the first two of them together."""
    for value in range(high.shape[0]):
        for i in range(high.shape[1]):
            found[i], missed = _two_sum(found[i], high[value, i])
            beside[i], lost = _two_sum(beside[i], missed)
            beside[i], more = _two_sum(beside[i], low[value, i])
            rest[i] = (rest[i] + lost) + more
    for i in range(found.size):
        beside[i], rest[i] = _two_sum(beside[i], rest[i])
        found[i], beside[i] = _two_sum(found[i], beside[i])
