"""Rows that are read again and again, a batch at a time. Private.

Nothing is kept of a row but what its group and its categories are called.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray, IntArray
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel import _kernel
from kaeden_stats.multilevel._dictionaries import (
    Codes,
    Labels,
    Together,
    all_of,
    numbers,
)
from kaeden_stats.multilevel._readers import ROWS, Reader, even, reader_of
from kaeden_stats.multilevel._summed import Wanted
from kaeden_stats.multilevel.binomial._arranged import Values
from kaeden_stats.multilevel.binomial._counts import (
    Census,
    log_coefficients,
    nested,
    words_of_wrong,
)
from kaeden_stats.multilevel.binomial._sketch import Sketch, keys_of
from kaeden_stats.multilevel.blocks import sorted_values


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Batch:
    """Complete rows.

    Attributes
    ----------
    numbers, categories : mapping of str to (b,) array
        Covariates: numbers, and for categories the numbers of their values.
    trials : (2, b) float
        Successes and trials.
    group : (b,) int
        The lowest group of each row, numbered as they appear.
    """

    numbers: Mapping[str, FloatArray]
    categories: Mapping[str, Codes]
    trials: FloatArray
    group: Codes

    @property
    def columns(self) -> list[NDArray[Any]]:
        """What makes a pattern by lowest group."""
        return [self.group, *self.categories.values(), *self.numbers.values()]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Looked:
    """What the first reading has seen.

    Attributes
    ----------
    patterns : int
        About how many covariate patterns by lowest group there are.
    place : (k,) int
        The place in order of each group, as they are numbered.
    values : mapping of str to list
        The values of each category, sorted.
    rank : mapping of str to array
        The place in `values` of each number of a category's value; -1 for others.
    """

    census: Census
    patterns: int
    place: IntArray
    values: Values
    rank: Mapping[str, IntArray]


class Rows:
    """A table that can be read again, and how often it was."""

    def __init__(
        self,
        table: Any,
        asked: Wanted,
        *,
        told: Callable[[int], None] | None = None,
    ) -> None:
        self.asked, self.readings = asked, 0
        self._table, self._told, self._read = table, told, 0
        self._labels = {name: Labels(name) for name in asked.labels}
        self._groups = Together(len(asked.groups))
        self._left_out = np.zeros(len(asked.numbers) + len(asked.labels), np.int64)
        self._seen: tuple[float, ...] = ()

    def batches(self) -> Iterator[Batch]:
        """Read the rows once more.

        Raises
        ------
        InvalidInput
            If they are not those of the first reading.
        """
        known, seen = self._groups.count, np.zeros(3)
        for batch in even(self._open().batches, ROWS):
            found = self._complete(batch)
            seen += (len(found.group), *found.trials.sum(axis=1))
            if self._seen and self._groups.count > known:
                raise InvalidInput(words_of_changed("groups that the first had not"))
            yield found
            self._read += batch.num_rows
            if self._told is not None:
                self._told(self._read)
        self.readings += 1
        self._seen = self._seen or tuple(seen)
        if not np.allclose(seen, self._seen, rtol=1e-9, atol=0):
            raise InvalidInput(
                words_of_changed(
                    f"{seen[0]:.0f} complete rows with {seen[1]:.0f} successes, not "
                    f"{self._seen[0]:.0f} with {self._seen[1]:.0f}"
                )
            )

    def _open(self) -> Reader:
        reader = reader_of(self._table, self.asked.names)
        return reader or _from_database(self._table, self.asked.names)

    def _complete(self, batch: pa.RecordBatch) -> Batch:
        asked = self.asked
        held = [numbers(batch[name], name) for name in asked.numbers]
        codes = {name: one.codes(batch[name]) for name, one in self._labels.items()}
        order = all_of(batch.num_rows)
        lacking = np.zeros_like(self._left_out)
        kept, _refused = _kernel.screen(
            np.array([one.ctypes.data for one in held], dtype=np.int64),
            -1,
            np.array([codes[name] for name in asked.labels]),
            order,
            lacking,
        )
        if not self.readings:
            self._left_out += lacking
        order = order[:kept]
        group = self._groups.codes([codes[name] for name in asked.groups], order)
        there = dict(zip(asked.numbers, (one[order] for one in held), strict=True))
        successes = there[asked.outcome]
        ones = np.ones(kept)
        return Batch(
            numbers={name: there[name] for name in asked.numeric},
            categories={name: codes[name][order] for name in asked.categories},
            trials=np.array([successes, there.get(asked.weights or "", ones)]),
            group=group[order],
        )

    def look(self) -> Looked:
        """Read the rows for the first time: their groups, values and patterns.

        Raises
        ------
        InvalidInput
            If an outcome is no count of successes, or a column is not what it must be.
        NotIdentified
            If no row is complete.
        """
        sketch, tally = Sketch(), _Tally(self.asked)
        source = self._open().source
        for batch in self.batches():
            tally.add(batch)
            sketch.add(keys_of(batch.columns, len(batch.group)))
        lacking = self._lacking()
        if not tally.rows:
            raise NotIdentified(
                f"No row is complete. Left out: {lacking or 'none, the table is empty'}."
            )
        if tally.wrong:
            raise InvalidInput(words_of_wrong(tally.wrong, self.asked))
        place, groups = self._nested()
        values, rank = self._values(tally.used)
        back = np.argsort(place)
        census = Census(
            levels=self.asked.groups,
            groups=groups,
            successes=tally.trials[0][back],
            trials=tally.trials[1][back],
            rows=tally.rows,
            patterns=tally.rows,
            distinct=tally.rows,
            log_constant=tally.log_constant,
            left_out=lacking,
            source=source,
        )
        return Looked(
            census=census, patterns=sketch.count, place=place, values=values, rank=rank
        )

    def _lacking(self) -> dict[str, int]:
        found: dict[str, int] = {}
        names = (*self.asked.numbers, *self.asked.labels)
        for name, count in zip(names, self._left_out.tolist(), strict=True):
            if count:
                found[name] = found.get(name, 0) + count
        return found

    def _nested(self) -> tuple[IntArray, tuple[Any, ...]]:
        """Return each group's place in order, and the groups of all levels."""
        levels = []
        columns = self._groups.columns()
        for name, codes in zip(self.asked.groups, columns, strict=True):
            known = self._labels[name].values
            values = list(sorted_values(known))
            levels.append((np.array(values), _ranks(known, values)[codes]))
        return nested(levels)

    def _values(
        self, used: Mapping[str, IntArray]
    ) -> tuple[dict[str, list[Any]], dict[str, IntArray]]:
        values: dict[str, list[Any]] = {}
        rank: dict[str, IntArray] = {}
        for name in self.asked.categories:
            known = self._labels[name].values
            values[name] = list(sorted_values(known[one] for one in used[name]))
            rank[name] = _ranks(known, values[name])
        return values, rank


def _from_database(table: Any, columns: Sequence[str]) -> Reader:
    """Return what streams columns of an Ibis table."""
    frame = nw.from_native(table)
    names = tuple(frame.collect_schema().names())
    held = nw.to_native(frame.select(*columns))
    return Reader(
        names=names,
        batches=iter(held.to_pyarrow_batches(chunk_size=ROWS)),
        source=str(frame.implementation.value),
    )


def words_of_changed(what: str) -> str:
    return (
        f"A second reading gave {what}. Where there are too many patterns to count, rows "
        "are read again for each step: give a table that stays as it is, such as a "
        "Parquet file."
    )


def _ranks(known: list[Any], values: list[Any]) -> IntArray:
    at = {value: place for place, value in enumerate(values)}
    return np.array([at.get(value, -1) for value in known], dtype=np.intp)


class _Tally:
    """Rows, trials of each group and values of each category, as they come."""

    def __init__(self, asked: Wanted) -> None:
        self._asked = asked
        self.rows = self.wrong = self.groups = 0
        self.log_constant = 0.0
        self._trials: FloatArray = np.zeros((2, 0))
        self.used: dict[str, IntArray] = dict.fromkeys(
            asked.categories, np.empty(0, dtype=np.intp)
        )

    @property
    def trials(self) -> FloatArray:
        """Successes and trials of each group, (2, k)."""
        return self._trials[:, : self.groups]

    def add(self, batch: Batch) -> None:
        """See further rows."""
        s, t = batch.trials
        self.rows += len(s)
        self.wrong += int(_is_wrong(s, t).sum())
        if self._asked.weights is not None:
            self.log_constant += float(log_coefficients(s, t).sum())
        self.groups = max(self.groups, int(batch.group.max(initial=-1)) + 1)
        room = self._trials.shape[1]
        if self.groups > room:
            more = max(self.groups - room, room)
            self._trials = np.pad(self._trials, ((0, 0), (0, more)))
        for sums, one in zip(self._trials, batch.trials, strict=True):
            np.add.at(sums, batch.group, one)
        for name, codes in batch.categories.items():
            self.used[name] = np.union1d(self.used[name], codes)


def _is_wrong(s: FloatArray, t: FloatArray) -> NDArray[np.bool_]:
    wrong = (s < 0) | (s > t) | (s != np.round(s)) | (t != np.round(t))
    return np.asarray(wrong)
