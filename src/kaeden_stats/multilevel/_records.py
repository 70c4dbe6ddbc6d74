"""Where the streamed pass keeps which sum. Private.

Each group has one record. With x = (1, numbers, outcome) of a row and one code for each
category, it holds

- the products x_i·x_j, one vector for each distance j - i (cyclic),
- for each value of each bundle of categories a slot: the sum of x over its rows,
- for each pair of bundles a table of cells: the rows with each pair of values,
- how many rows there are, and the sum of the logarithms of their weights.

So a dummy is never multiplied. A number times a category is a number for each value.
Categories of few values are bundled: a row then adds to one slot instead of several, and
what each category has alone is summed at the end (`_refined`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._exact import two_sum
from kaeden_stats.multilevel._kernel import Plan
from kaeden_stats.multilevel._summed import Wanted
from kaeden_stats.multilevel._terms import Factor, parse, unfold

Places = NDArray[np.int64]
Codes = NDArray[np.int32]
VECTOR = 4
"""Vectors are of whole fours."""
AT_ONCE = 256
"""Records read at once."""


class Kind(NamedTuple):
    """What a term multiplies: numbers, and categories."""

    numbers: tuple[str, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What a model's columns are made of, whatever values its categories have.

    Attributes
    ----------
    wanted : Wanted
        What was asked for.
    numbers : tuple of Kind
        The kinds with a number, and the 1 before and the outcome after them.
    categories : tuple of tuple of str
        The categories, and the combinations of several that terms use as one.
    dummies : int
        How many of them have columns of their own: the first ones.
    """

    wanted: Wanted
    numbers: tuple[Kind, ...]
    categories: tuple[tuple[str, ...], ...]
    dummies: int


def design_of(wanted: Wanted) -> Design:
    """Return what the columns of a model are made of."""
    kinds = list(dict.fromkeys(_kind(parse(term)) for term in wanted.terms))
    single = [(name,) for name in wanted.categories]
    dummies = [
        kind.categories for kind in kinds if kind.categories and not kind.numbers
    ]
    several = [kind.categories for kind in kinds if kind.categories]
    return Design(
        wanted=wanted,
        numbers=(
            Kind((), ()),
            *(kind for kind in kinds if kind.numbers),
            Kind((wanted.outcome,), ()),
        ),
        categories=tuple(dict.fromkeys((*dummies, *single, *several))),
        dummies=len(dummies),
    )


def _kind(factors: Sequence[Factor]) -> Kind:
    return Kind(
        tuple(one.name for one in factors if not one.is_category),
        tuple(one.name for one in factors if one.is_category),
    )


def bundles_of(
    design: Design,
    room: Sequence[int],
    limit: int,
    before: Sequence[tuple[int, ...]] = (),
) -> tuple[tuple[int, ...], ...]:
    """Return which categories are kept together, at most so many values of each bundle.

    Those that were apart `before` stay apart.
    """
    alone = [(k,) for k in range(design.dummies, len(design.categories))]
    found: list[tuple[int, ...]] = []
    for bundle in before or [tuple(range(design.dummies)), *alone]:
        held: tuple[int, ...] = ()
        for k in bundle:
            if held and prod(room[i] for i in (*held, k)) > limit:
                found.append(held)
                held = ()
            held = (*held, k)
        found.extend([held] if held else [])
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """The places of a record's sums, with room for so many values of each category.

    Attributes
    ----------
    room : tuple of int
        Values of each of the design's categories that there is room for.
    bundles : tuple of tuple of int
        The categories that are kept together, in order.
    values : tuple of int
        Values of each bundle.
    first_lanes : (numbers,) int
        Where in x each kind begins.
    lanes, width : int
        Length of x, and of the vector that holds it.
    slots : (bundles,) int
        Where the slots of each bundle begin.
    cells : mapping of (int, int) to int
        Where the table of two bundles begins.
    rows, logs, size : int
        Where the rows and the logarithms are; length of a record.
    """

    design: Design
    room: tuple[int, ...]
    bundles: tuple[tuple[int, ...], ...]
    values: tuple[int, ...] = field(init=False)
    first_lanes: tuple[int, ...] = field(init=False)
    spans: tuple[int, ...] = field(init=False)
    lanes: int = field(init=False)
    width: int = field(init=False)
    slots: tuple[int, ...] = field(init=False)
    cells: Mapping[tuple[int, int], int] = field(init=False)
    rows: int = field(init=False)
    logs: int = field(init=False)
    size: int = field(init=False)

    def __post_init__(self) -> None:
        """Lay one thing after the other."""
        values = [prod(self.room[k] for k in bundle) for bundle in self.bundles]
        spans = [self.room[k] if k >= 0 else 1 for k in self.within]
        lanes = sum(spans)
        width = _whole(lanes)
        at = (lanes // 2 + 1) * width
        slots, cells = [], {}
        for count in values:
            slots.append(at)
            at += count * width
        dummies = [k for k, b in enumerate(self.bundles) if b[0] < self.design.dummies]
        for i, j in combinations(dummies, 2):
            cells[i, j] = at
            at += values[i] * values[j]
        for name, found in (
            ("values", tuple(values)),
            ("spans", tuple(spans)),
            ("first_lanes", tuple(np.cumsum([0, *spans[:-1]]).tolist())),
            ("lanes", lanes),
            ("width", width),
            ("slots", tuple(slots)),
            ("cells", cells),
            ("rows", at),
            ("logs", at + 1),
            ("size", _whole(at + 2)),
        ):
            object.__setattr__(self, name, found)

    @property
    def is_plain(self) -> bool:
        """Whether each category is kept for itself."""
        return all(len(bundle) == 1 for bundle in self.bundles)

    def codes(self, categories: Sequence[Codes], rows: int) -> Codes:
        """Return what the compiled loop needs of the categories' codes, (…, b).

        First the code of each bundle, then those of categories that numbers lie within.
        """
        found: list[Codes] = []
        for bundle in self.bundles:
            code = categories[bundle[0]]
            for k in bundle[1:]:
                code = code * np.int32(self.room[k]) + categories[k]
            found.append(code)
        found.extend(categories[k] for k in self._mixed)
        return np.array(found, dtype=np.int32).reshape(-1, rows)

    @property
    def _mixed(self) -> list[int]:
        return sorted({k for k in self.within if k >= 0})

    @property
    def within(self) -> tuple[int, ...]:
        """The category that each kind of number is multiplied with; -1 for none."""
        known = self.design.categories
        return tuple(
            known.index(kind.categories) if kind.categories else -1
            for kind in self.design.numbers
        )

    def plan(self) -> Plan:
        """Return the same in arrays, for the compiled loop."""
        numbers = self.design.wanted.numbers
        parts = [
            [numbers.index(name) for name in kind.numbers]
            for kind in self.design.numbers[1:]
        ]
        mixed = {k: len(self.bundles) + at for at, k in enumerate(self._mixed)}
        return Plan(
            lanes=self.lanes,
            width=self.width,
            size=self.size,
            part_starts=np.cumsum([0, *map(len, parts)]),
            parts=np.array([one for some in parts for one in some]),
            first_lanes=np.array(self.first_lanes[1:]),
            spans=np.array(self.spans[1:]),
            within=np.array([mixed.get(k, -1) for k in self.within[1:]]),
            slots=np.array(self.slots, dtype=np.int64),
            cells=np.array(list(self.cells.values()), dtype=np.int64),
            cell_rows=np.array([i for i, _j in self.cells], dtype=np.int64),
            cell_columns=np.array([j for _i, j in self.cells], dtype=np.int64),
            values=np.array(self.values, dtype=np.int64),
            rows=self.rows,
            logs=self.logs,
        )

    def products(self, one: Places, other: Places) -> Places:
        """Return where the products of two numbers are."""
        low, high = np.minimum(one, other), np.maximum(one, other)
        apart = high - low
        turned = apart > self.lanes // 2
        distance = np.where(turned, self.lanes - apart, apart)
        return distance * self.width + np.where(turned, high, low)

    def places(
        self,
        values: Mapping[str, Sequence[Any]],
        codes: Sequence[Mapping[tuple[Any, ...], int]],
    ) -> Places:
        """Return where the product of each two of the model's columns is; -1 if nowhere.

        The layout must be plain. `values` holds the values of each category, `codes` the
        number of each (combined) value of each of the design's categories.
        """
        design = self.design
        lanes, dummies, numbered = [], [], []
        for column in unfold(design.wanted.terms, values):
            kind = _kind(column.factors)
            value = tuple(one.value for one in column.factors if one.is_category)
            place = design.categories.index(kind.categories) if value else -1
            code = codes[place].get(value, -1) if value else 0
            is_dummy = bool(value) and not kind.numbers
            start = 0 if is_dummy else self.first_lanes[design.numbers.index(kind)]
            lanes.append(0 if is_dummy else start + code)
            dummies.append(place if is_dummy else -1)
            numbered.append(code)
        lanes.append(self.first_lanes[-1])
        dummies.append(-1)
        numbered.append(0)
        return self._pairs(np.array(lanes), np.array(dummies), np.array(numbered))

    def _pairs(self, lanes: Places, dummies: Places, codes: Places) -> Places:
        """Return the place of each product in the upper triangle, row by row."""
        first, second = np.triu_indices(len(lanes))
        swap = (dummies[first] >= 0) & (
            (dummies[second] < 0) | (dummies[second] < dummies[first])
        )
        first, second = np.where(swap, second, first), np.where(swap, first, second)
        i, j = dummies[first], dummies[second]
        found = self.products(lanes[first], lanes[second])
        slots = np.array([*self.slots, 0])
        in_slot = (i < 0) & (j >= 0) | (i >= 0) & (i == j)
        slot = slots[j] + codes[second] * self.width + lanes[first]
        found = np.where(in_slot, slot, found)
        for (row, column), start in self.cells.items():
            cell = start + codes[first] * self.room[column] + codes[second]
            found = np.where((i == row) & (j == column), cell, found)
        nowhere = (codes[first] < 0) | (codes[second] < 0)
        other = (i >= 0) & (i == j) & (codes[first] != codes[second])
        return np.where(nowhere | other, -1, found)


def read(
    records: tuple[FloatArray, FloatArray],
    rows: Places,
    places: Places,
    to: tuple[FloatArray, FloatArray],
    where: Places,
) -> None:
    """Write sums of some records as pairs, the first part of each the nearest double.

    `records` are the high and the low parts; row `rows[i]` goes to row `where[i]`.
    """
    for start in range(0, len(rows), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        at = rows[part, None], places
        for held, found in zip(
            to, two_sum(records[0][at], records[1][at]), strict=True
        ):
            found[:, places < 0] = 0.0
            held[where[part]] = found


def more(counts: Sequence[int], room: Sequence[int]) -> list[int]:
    """Return room for more values: twice the old where that is full."""
    return [
        max(count, 2 * old) if count > old else old
        for count, old in zip(counts, room, strict=True)
    ]


def _whole(count: int) -> int:
    return -(-count // VECTOR) * VECTOR
