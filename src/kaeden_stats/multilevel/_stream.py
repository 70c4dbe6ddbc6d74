"""The pass where the rows come to us: record batches in, exact sums out. Private.

The rows of a group are added in the order they come, whatever the number of threads: each
thread has its own groups. Nothing is kept of a batch but its sums.
"""

import math
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel import _kernel
from kaeden_stats.multilevel._dictionaries import (
    Codes,
    Labels,
    Together,
    all_of,
    labels_of,
    numbers,
)
from kaeden_stats.multilevel._kernel import Plan
from kaeden_stats.multilevel._readers import ROWS, even
from kaeden_stats.multilevel._records import Layout, bundles_of, design_of, more, read
from kaeden_stats.multilevel._refined import Pair, refined
from kaeden_stats.multilevel._summed import Summed, Wanted
from kaeden_stats.multilevel.blocks import sorted_values

AHEAD = 1
"""Batches that may wait for a thread."""
MOST = 8
"""Threads beyond this wait for the reading."""
BUNDLE = 32
"""Values of a bundle of categories, at most."""
MANY = 4096
"""Groups beyond which bundles would take too much room."""
FEWEST = 256
"""Groups there is room for at first."""


def summed(
    batches: Iterable[pa.RecordBatch],
    wanted: Wanted,
    *,
    source: str = "Arrow",
    told: Callable[[int], None] | None = None,
    threads: int | None = None,
) -> Summed:
    """Sum the products of each group over batches of rows.

    Parameters
    ----------
    batches : iterable of pyarrow.RecordBatch
        Each with at least the wanted columns, all of the same types.
    wanted : Wanted
        What is summed.
    source : str
        What gives the rows.
    told : callable, optional
        Called with the number of rows read so far.
    threads : int, optional
        How many threads add; by default as many as there are processors.

    Returns
    -------
    Summed
        The same bits for any size of batches and any number of threads.

    Raises
    ------
    InvalidInput
        If a column holds no numbers or no labels, or a weight is not above 0.
    NotIdentified
        If no row is complete.
    """
    rows = _Rows(wanted)
    seen = 0
    with _shards(threads or os.cpu_count() or 1) as shards:
        for batch in even(batches, ROWS):
            seen += batch.num_rows
            rows.share(batch, shards)
            if told is not None:
                told(seen)
        for shard in shards:
            shard.finish()
        return rows.result(shards, source)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Batch:
    """Complete rows, ready to be added.

    Attributes
    ----------
    numbers : tuple of (b,) arrays
        The columns of numbers; kept here, for `columns` are only their addresses.
    codes : (categories, b) int
        The code of each category, or combination of several, that the design names.
    group : (b,) int
        The group of each row.
    groups : int
        How many groups are known by now.
    """

    numbers: tuple[FloatArray, ...]
    columns: NDArray[np.int64]
    codes: NDArray[np.int32]
    group: Codes
    groups: int
    layout: Layout
    plan: Plan


class _Shard:
    """The records of every so many-th group, and the thread that adds to them."""

    def __init__(self, pool: ThreadPoolExecutor, bits: int) -> None:
        self._pool = pool
        self._bits = bits
        self._waiting: deque[Future[None]] = deque()
        self._layout: Layout | None = None
        self._room = 0
        self._high, self._low = np.zeros(0), np.zeros(0)

    def add(self, batch: _Batch, order: Codes, weight: int) -> None:
        """Let the thread add rows; wait if it is far behind."""
        while len(self._waiting) > AHEAD:
            self._waiting.popleft().result()
        self._waiting.append(self._pool.submit(self._add, batch, order, weight))

    def finish(self) -> None:
        """Wait until all rows are added."""
        while self._waiting:
            self._waiting.popleft().result()

    def records(self, layout: Layout, groups: int) -> Future[Pair]:
        """Let the thread bring so many groups' records, high and low, to a layout."""
        return self._pool.submit(self._records, layout, groups)

    def _records(self, layout: Layout, groups: int) -> Pair:
        if self._layout is not None and self._room > groups:
            # What nobody came to fill is not brought along.
            self._room, size = groups, groups * self._layout.size
            self._high, self._low = self._high[:size], self._low[:size]
        self._fit(layout, groups)
        shape = self._room, layout.size
        return self._high.reshape(shape)[:groups], self._low.reshape(shape)[:groups]

    def _add(self, batch: _Batch, order: Codes, weight: int) -> None:
        self._fit(batch.layout, -(-batch.groups >> self._bits))
        _kernel.accumulate(
            self._high,
            self._low,
            order,
            batch.group,
            self._bits,
            batch.columns,
            weight,
            None if weight < 0 else _kernel.room(batch.plan),
            batch.codes,
            batch.plan,
        )

    def _fit(self, layout: Layout, groups: int) -> None:
        """Make room for more groups, and for more values of categories."""
        if self._layout is not layout:
            if self._layout is not None:
                self._move(self._layout, layout)
            self._layout = layout
        if groups > self._room:
            self._room = max(groups, 2 * self._room, FEWEST)
            size = self._room * layout.size
            self._high, self._low = (
                _longer(one, size) for one in (self._high, self._low)
            )

    def _move(self, older: Layout, newer: Layout) -> None:
        shape = self._room, older.size
        records = self._high.reshape(shape), self._low.reshape(shape)
        self._high, self._low = (one.ravel() for one in refined(records, older, newer))


def _longer(numbers: FloatArray, size: int) -> FloatArray:
    # Not resized in place: NumPy asks for large pages only for a new array.
    found = np.zeros(size)
    found[: len(numbers)] = numbers
    return found


@contextmanager
def _shards(threads: int) -> Iterator[list[_Shard]]:
    """Give shards, a power of two of them; their threads end with the block."""
    bits = min(threads, MOST).bit_length() - 1
    pools = [ThreadPoolExecutor(1, "sums") for _ in range(1 << bits)]
    try:
        yield [_Shard(pool, bits) for pool in pools]
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


class _Rows:
    """What is known of the rows so far: their labels, groups and what is left out."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._design = design_of(wanted)
        self._labels = {name: Labels(name) for name in wanted.labels}
        self._groups = Together(len(wanted.groups))
        self._combined = [Together(len(names)) for names in self._design.categories]
        self._left_out = np.zeros(len(wanted.numbers) + len(wanted.labels), np.int64)
        self._refused = self._added = 0
        self._layout: Layout | None = None
        self._plan: Plan | None = None
        self._weight = (
            -1 if wanted.weights is None else wanted.numbers.index(wanted.weights)
        )

    def share(self, batch: pa.RecordBatch, shards: list[_Shard]) -> None:
        """Hand the complete rows of a batch to the shards that have their groups."""
        held = tuple(numbers(batch[name], name) for name in self._wanted.numbers)
        columns = np.array([one.ctypes.data for one in held], dtype=np.int64)
        codes = {name: one.codes(batch[name]) for name, one in self._labels.items()}
        order = self._complete(columns, codes, batch.num_rows)
        group = self._groups.codes([codes[one] for one in self._wanted.groups], order)
        ready = self._ready(held, columns, codes, group, order)
        parted, starts = order, [0, len(order)]
        if len(shards) > 1:
            parted = np.empty_like(order)
            starts = _kernel.split(order, group, len(shards) - 1, parted).tolist()
        for place, shard in enumerate(shards):
            shard.add(ready, parted[starts[place] : starts[place + 1]], self._weight)

    def _complete(
        self, columns: NDArray[np.int64], codes: Mapping[str, Codes], rows: int
    ) -> Codes:
        order = all_of(rows)
        labels = np.array([codes[name] for name in self._wanted.labels])
        kept, refused = _kernel.screen(
            columns, self._weight, labels, order, self._left_out
        )
        self._refused += refused
        self._added += kept
        return order[:kept]

    def _ready(
        self,
        held: tuple[FloatArray, ...],
        columns: NDArray[np.int64],
        codes: Mapping[str, Codes],
        group: Codes,
        order: Codes,
    ) -> _Batch:
        together = [
            one.codes([codes[name] for name in names], order)
            for one, names in zip(self._combined, self._design.categories, strict=True)
        ]
        layout, plan = self._laid_out()
        return _Batch(
            numbers=held,
            columns=columns,
            codes=layout.codes(together, len(group)),
            group=group,
            groups=self._groups.count,
            layout=layout,
            plan=plan,
        )

    def _laid_out(self) -> tuple[Layout, Plan]:
        """Return a layout with room for all values known by now."""
        counts = [one.count for one in self._combined]
        limit = BUNDLE if self._groups.count <= MANY else 1
        old = self._layout
        if old is None:
            return self._lay_out([max(count, 1) for count in counts], limit)
        if any(a > b for a, b in zip(counts, old.room, strict=True)):
            return self._lay_out(more(counts, old.room), limit, old.bundles)
        if limit == 1 and not old.is_plain:
            return self._lay_out(old.room, limit, old.bundles)
        assert self._plan is not None
        return old, self._plan

    def _lay_out(
        self, room: Sequence[int], limit: int, before: Sequence[tuple[int, ...]] = ()
    ) -> tuple[Layout, Plan]:
        bundles = bundles_of(self._design, room, limit, before)
        layout = Layout(design=self._design, room=tuple(room), bundles=bundles)
        self._layout, self._plan = layout, layout.plan()
        return layout, self._plan

    def _plain(self) -> Layout:
        layout, _plan = self._laid_out()
        if not layout.is_plain:
            layout, _plan = self._lay_out(layout.room, 1, layout.bundles)
        return layout

    def result(self, shards: list[_Shard], source: str) -> Summed:
        """Return the sums of all rows."""
        left_out = self._left_out_by_name()
        self._check(left_out)
        layout = self._plain()
        group = np.arange(self._groups.count)
        parts = [group[place :: len(shards)] for place in range(len(shards))]
        pairs = zip(shards, parts, strict=True)
        coming = [shard.records(layout, len(part)) for shard, part in pairs]
        held = [one.result() for one in coming]
        values = self._values(layout, [high for high, _low in held])
        places = layout.places(values, self._codes())
        there = [np.flatnonzero(high[:, layout.rows] > 0) for high, _low in held]
        keys = self._keys(
            np.concatenate([part[s] for part, s in zip(parts, there, strict=True)])
        )
        order = np.lexsort(keys[::-1])
        where = np.argsort(order)
        shape = len(order), len(places)
        sums = np.empty(shape), np.empty(shape)
        rows = np.empty(len(order))
        logs: list[float] = []
        for (high, low), some in zip(held, there, strict=True):
            here, where = where[: len(some)], where[len(some) :]
            read((high, low), some, places, sums, here)
            rows[here] = high[some, layout.rows]
            logs.extend([*high[some, layout.logs], *low[some, layout.logs]])
        return Summed(
            values=values,
            keys=tuple(key[order] for key in keys),
            rows=rows,
            products=sums[0],
            remainder=sums[1],
            log_weight=math.fsum(logs),
            left_out=left_out,
            source=source,
        )

    def _left_out_by_name(self) -> dict[str, int]:
        found: dict[str, int] = {}
        names = (*self._wanted.numbers, *self._wanted.labels)
        for name, count in zip(names, self._left_out.tolist(), strict=True):
            if count:
                found[name] = found.get(name, 0) + count
        return found

    def _check(self, left_out: Mapping[str, int]) -> None:
        if self._refused:
            raise InvalidInput(
                f"{self._refused} rows have a weight in {self._wanted.weights} that is "
                "not above 0. Leave rows of no weight out of the table."
            )
        if not self._added:
            raise NotIdentified(
                f"No row is complete. Left out: {left_out or 'none, the table is empty'}."
            )

    def _values(
        self, layout: Layout, records: list[FloatArray]
    ) -> dict[str, tuple[Any, ...]]:
        """Return the values of each category that complete rows have."""
        found = {}
        for name in self._wanted.categories:
            place = self._design.categories.index((name,))
            known = self._labels[name].values
            slots = layout.slots[place] + layout.width * np.arange(len(known))
            weight = sum(high[:, slots].sum(axis=0) for high in records)
            kept = np.flatnonzero(weight)
            found[name] = sorted_values(known[one] for one in kept)
        return found

    def _codes(self) -> list[dict[tuple[Any, ...], int]]:
        """Return the number of each value of each of the design's categories."""
        found = []
        for names, together in zip(
            self._design.categories, self._combined, strict=True
        ):
            known = [self._labels[name].values for name in names]
            columns = [column.tolist() for column in together.columns()]
            found.append(
                {
                    tuple(of[one] for of, one in zip(known, row, strict=True)): code
                    for code, row in enumerate(zip(*columns, strict=True))
                }
            )
        return found

    def _keys(self, groups: NDArray[np.int64]) -> tuple[NDArray[Any], ...]:
        """Return the label of each group in each grouping column."""
        return tuple(
            labels_of(self._labels[name].values)[column[groups]]
            for name, column in zip(
                self._wanted.groups, self._groups.columns(), strict=True
            )
        )
