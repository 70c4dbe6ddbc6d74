"""Labels into numbers, in the order they appear while rows stream past. Private."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel import _kernel

Codes = NDArray[np.int32]
LEAST = 64
"""Places of an empty table; always a power of two, and never more than half are taken."""


class Numbering:
    """Whole numbers, numbered from 0 in the order they appear."""

    def __init__(self) -> None:
        self._table = np.full(2 * LEAST, -1, dtype=np.int64)
        self._known = np.empty(LEAST // 2, dtype=np.int64)
        self.count = 0

    @property
    def values(self) -> NDArray[np.int64]:
        """What each number stands for."""
        return self._known[: self.count]

    def codes(self, values: NDArray[np.int64], order: Codes) -> Codes:
        """Return the numbers of the rows in `order`, and -1 for all others."""
        found = np.full(len(values), -1, dtype=np.int32)
        done = self._find(values, order, 0, found)
        while done < len(order):
            self._grow()
            done = self._find(values, order, done, found)
        return found

    def _find(
        self, values: NDArray[np.int64], order: Codes, done: int, found: Codes
    ) -> int:
        shift = np.uint64(66 - len(self._table).bit_length())
        done, self.count = _kernel.find(
            values, order, done, self._table, shift, self._known, self.count, found
        )
        return int(done)

    def _grow(self) -> None:
        values = self.values.copy()
        self._table = np.full(2 * len(self._table), -1, dtype=np.int64)
        self._known = np.empty(2 * len(self._known), dtype=np.int64)
        self.count = 0
        self._find(values, all_of(len(values)), 0, np.empty(len(values), np.int32))


class Together:
    """Several columns' numbers as one, numbered in the order they appear."""

    def __init__(self, columns: int) -> None:
        self._steps = [Numbering() for _ in range(columns - 1)]
        self._alone = 0

    @property
    def count(self) -> int:
        """How many combinations there are."""
        return self._steps[-1].count if self._steps else self._alone

    def codes(self, columns: Sequence[Codes], order: Codes) -> Codes:
        """Return the combinations' numbers of the rows in `order`."""
        found = columns[0]
        if not self._steps:
            self._alone = max(self._alone, int(found.max(initial=-1)) + 1)
        for step, column in zip(self._steps, columns[1:], strict=True):
            found = step.codes((found.astype(np.int64) << 32) | column, order)
        return found

    def columns(self) -> list[NDArray[np.int64]]:
        """Return each column's number in every combination."""
        last = np.arange(self.count)
        found = []
        for step in reversed(self._steps):
            key = step.values[last]
            last = key >> 32
            found.append(key & 0xFFFFFFFF)
        return [last, *reversed(found)]


class Labels:
    """The labels of one column, numbered in the order they appear."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._whole = Numbering()
        self._others: dict[Any, int] = {}
        self._dictionary: pa.Array | None = None
        self._table = np.empty(0, dtype=np.int32)

    @property
    def values(self) -> list[Any]:
        """What each number stands for."""
        return list(self._others) or self._whole.values.tolist()

    def codes(self, column: pa.Array) -> Codes:
        """Return each row's number; -1 where there is no label.

        Raises
        ------
        InvalidInput
            If the column is of a type whose values are no labels.
        """
        is_whole = pa.types.is_integer(column.type) and column.type != pa.uint64()
        if is_whole and not self._others:
            return self._whole.codes(*_whole(column))
        if not pa.types.is_dictionary(column.type):
            column = _encoded(column, self._name)
        if self._dictionary is None or not column.dictionary.equals(self._dictionary):
            self._dictionary = column.dictionary
            self._table = self._numbers(column.dictionary)
        indices = column.indices
        if not indices.null_count:
            return self._table[_held(indices)]  # type: ignore[no-any-return]
        found: Codes = self._table[_held(pc.fill_null(indices, 0))]
        found[_is(indices.is_null())] = -1
        return found

    def _numbers(self, dictionary: pa.Array) -> Codes:
        if not self._others:
            self._others = {one: code for code, one in enumerate(self.values)}
        found = [
            -1 if _is_none(value) else self._others.setdefault(value, len(self._others))
            for value in _shown(dictionary, self._name).to_pylist()
        ]
        return np.array(found or [-1], dtype=np.int32)


def numbers(column: pa.Array, name: str) -> NDArray[np.float64]:
    """Return a column as doubles side by side; NaN where there is none.

    Raises
    ------
    InvalidInput
        If the column holds no numbers.
    """
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pa.types.is_boolean(kind):
        column = column.cast(pa.uint8())
    elif pa.types.is_decimal(kind):
        return _decimals(column)
    elif not any(is_it(kind) for is_it in NUMERIC):
        raise InvalidInput(
            f"{name} holds {kind}, not numbers. Write C({name}) for a category, or turn "
            "it into numbers."
        )
    if kind != pa.float64():
        column = column.cast(pa.float64(), safe=False)
    if column.null_count:
        column = pc.fill_null(column, math.nan)
    return _held(column)


NUMERIC = (pa.types.is_integer, pa.types.is_floating, pa.types.is_null)
"""Types whose values are numbers, beside booleans and decimals."""
LARGE = 2**63
"""Whole numbers from here on are no int64."""
SURE = 15
"""Decimals of so many digits are whole numbers of a double."""


def _decimals(column: pa.Array) -> NDArray[np.float64]:
    """Return decimals as the nearest doubles: whole numbers, divided once."""
    kind = column.type
    if kind.precision > SURE or not 0 <= kind.scale <= SURE:
        values = [math.nan if one is None else float(one) for one in column.to_pylist()]
        return np.array(values, dtype=np.float64)
    wide = column.cast(pa.decimal128(kind.precision, kind.scale))
    whole = np.frombuffer(wide.buffers()[1], dtype=np.int64)
    whole = whole[2 * wide.offset : 2 * (wide.offset + len(wide)) : 2]
    found: NDArray[np.float64] = whole / 10.0**kind.scale
    if column.null_count:
        found[_is(column.is_null())] = math.nan
    return found


def all_of(rows: int) -> Codes:
    """Return the places of all rows."""
    return np.arange(rows, dtype=np.int32)


def labels_of(values: Sequence[Any]) -> NDArray[Any]:
    """Return whole numbers as such, and all other labels as text."""
    if all(type(value) is int and abs(value) < LARGE for value in values):
        return np.array(values, dtype=np.int64)
    return np.array([str(value) for value in values])


def _held(column: pa.Array) -> NDArray[Any]:
    # Not `to_numpy`, which imports pandas wherever it is installed.
    return np.from_dlpack(column)


def _is(column: pa.Array) -> NDArray[np.bool_]:
    return _held(column.cast(pa.uint8())).view(np.bool_)


def _whole(column: pa.Array) -> tuple[NDArray[np.int64], Codes]:
    """Return whole numbers, and the places of the rows that have one."""
    there = all_of(len(column))
    if column.null_count:
        there = there[_is(column.is_valid())]
        column = pc.fill_null(column, 0)
    return _held(column).astype(np.int64, copy=False), there


def _encoded(column: pa.Array, name: str) -> pa.DictionaryArray:
    if pa.types.is_nested(column.type):
        raise InvalidInput(
            f"{name} holds {column.type}; its values can't be labels. Use text, whole "
            "numbers or dates."
        )
    if pa.types.is_string_view(column.type):
        column = column.cast(pa.string())
    return column.dictionary_encode()


def _shown(dictionary: pa.Array, name: str) -> pa.Array:
    """Return moments in microseconds, the finest that Python has."""
    kind = dictionary.type
    if not (pa.types.is_timestamp(kind) and kind.unit == "ns"):
        return dictionary
    try:
        return dictionary.cast(pa.timestamp("us", kind.tz))
    except pa.ArrowInvalid:
        raise InvalidInput(
            f"{name} holds moments finer than a microsecond; they can't be labels. "
            "Round them."
        ) from None


def _is_none(value: object) -> bool:
    return value is None or (isinstance(value, float) and not math.isfinite(value))
