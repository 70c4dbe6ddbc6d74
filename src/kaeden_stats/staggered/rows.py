"""One pass over rows of units in periods, whoever holds them."""

from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray, IntArray
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel._readers import lazy, reader_of
from kaeden_stats.staggered import _kernel as kernel
from kaeden_stats.staggered.design import Base, Comparison
from kaeden_stats.staggered.effects import StaggeredEffects, fit_paths
from kaeden_stats.staggered.paths import (
    NEVER,
    NO_OUTCOME,
    NO_PERIOD_BEFORE,
    Paths,
    paths_of,
)

MOST_PERIODS = 64
FIRST_ROOM = 1 << 16


def fit(  # noqa: PLR0913  # the design is said in one call
    table: Any,
    *,
    outcome: str,
    unit: str,
    period: str,
    first: str,
    weights: str | None = None,
    comparison: Comparison = "not yet",
    base: Base = "varying",
    anticipation: int = 0,
) -> StaggeredEffects:
    """Estimate effects from rows: `paths`, then `fit_paths`.

    Parameters
    ----------
    table, outcome, unit, period, first, weights
        As in `paths`.
    comparison, base, anticipation
        As in `fit_paths`.

    Returns
    -------
    StaggeredEffects

    Raises
    ------
    InvalidInput
        If a column is not there or can't be used.
    NotIdentified
        If no group can be compared.
    """
    summed = paths(
        *(table, outcome), unit=unit, period=period, first=first, weights=weights
    )
    return fit_paths(
        summed, comparison=comparison, base=base, anticipation=anticipation
    )


def paths(
    table: Any,
    outcome: str,
    *,
    unit: str,
    period: str,
    first: str,
    weights: str | None = None,
) -> Paths:
    """Sum the paths of units that begin together, in one pass over the rows.

    Parameters
    ----------
    table : frame, relation or path
        As in `multilevel.crossproducts`: what gives its rows streams past, and a
        database or a cluster makes units of them first.
    outcome : str
        A row without one counts for nothing.
    unit : str
        Column of whole numbers or text.
    period : str
        Column of whole numbers that follow each other, such as years; at most 64.
    first : str
        Column of each unit's first period with treatment; 0 or missing for never.
    weights : str, optional
        Column of weights above 0, the same in all rows of a unit.

    Returns
    -------
    Paths

    Raises
    ------
    InvalidInput
        If a column is not there, a unit has a period twice, or two starts or weights.
    NotIdentified
        If no unit has an outcome and a period before it begins.
    """
    names = [unit, period, first, outcome, *([weights] if weights else [])]
    reader = reader_of(table, names)
    if reader is None:
        return _made_where_they_are(table, names)
    _check_there(reader.names, names)
    held = _Held(weights is not None)
    for batch in reader.batches:
        held.put([batch.column(name) for name in names])
    return held.paths()


def _check_there(there: tuple[str, ...] | list[str], names: list[str]) -> None:
    if missing := [name for name in names if name not in there]:
        raise InvalidInput(
            f"The table has no column {', '.join(missing)}. It has "
            f"{', '.join(sorted(there)[:20])}."
        )


def _made_where_they_are(table: Any, names: list[str]) -> Paths:
    """Let a database make a row of each unit, and sum those here (2 queries)."""
    rows = lazy(table)
    _check_there(rows.collect_schema().names(), names)
    unit, period, first, outcome, *weights = names
    asked = rows.filter(~nw.col(outcome).is_null())
    found = asked.select(nw.col(period)).unique().collect()[period].to_list()
    periods = sorted(int(one) for one in found)
    if not periods:
        raise NotIdentified("No row has an outcome.")
    _check_span(periods[0], periods[-1])
    of_unit = asked.group_by(unit).agg(
        nw.len().alias("rows"),
        nw.col(first).min().alias("start"),
        nw.col(first).max().alias("last_start"),
        *(nw.col(one).min().alias("weight") for one in weights),
        *(nw.col(one).max().alias("last_weight") for one in weights),
        *(
            nw.when(nw.col(period) == one)
            .then(nw.col(outcome))
            .sum()
            .alias(f"y{place}")
            for place, one in enumerate(periods)
        ),
        *(
            nw.when(nw.col(period) == one).then(nw.lit(1)).sum().alias(f"n{place}")
            for place, one in enumerate(periods)
        ),
    )
    return _of_units(of_unit.collect(), periods, has_weights=bool(weights))


def _of_units(
    held: nw.DataFrame[Any], periods: list[int], *, has_weights: bool
) -> Paths:
    def table(kind: str) -> FloatArray:
        columns = [
            held[f"{kind}{place}"].cast(nw.Float64).fill_null(0.0).to_numpy()
            for place in range(len(periods))
        ]
        return np.column_stack(columns)

    count = table("n")
    start = held["start"].cast(nw.Float64).fill_null(0.0).to_numpy()
    last = held["last_start"].cast(nw.Float64).fill_null(0.0).to_numpy()
    faults = np.zeros(4, dtype=np.int64)
    faults[kernel.TWICE] = int((count > 1).sum())
    faults[kernel.OTHER_START] = int((start != last).sum())
    weights = held["weight"].cast(nw.Float64).to_numpy() if has_weights else None
    if weights is not None:
        faults[kernel.NO_WEIGHT] = int((~(weights > 0)).sum())
        top = held["last_weight"].cast(nw.Float64).to_numpy()
        faults[kernel.OTHER_WEIGHT] = int((top != weights).sum())
    _check_faults(faults)
    return paths_of(
        np.where(count > 0, table("y"), np.nan),
        np.where(start == 0, NEVER, start),
        periods=periods,
        weights=weights,
    )


def _check_span(earliest: int, latest: int) -> None:
    if latest - earliest >= MOST_PERIODS:
        raise InvalidInput(
            f"The periods go from {earliest} to {latest}. At most {MOST_PERIODS} whole "
            "numbers that follow each other can be used: number them so."
        )


SAYS: dict[int, str] = {
    kernel.TWICE: "rows are of a unit and a period that was there already",
    kernel.OTHER_START: "rows have another start than their unit",
    kernel.OTHER_WEIGHT: "rows have another weight than their unit",
    kernel.NO_WEIGHT: "weights are not above 0",
}


def _check_faults(faults: IntArray | NDArray[np.int64]) -> None:
    for place, says in SAYS.items():
        if count := int(faults[place]):
            raise InvalidInput(f"{count} {says}. Mend them, or leave the units out.")


@dataclass(slots=True)
class _Held:
    """The table of units by periods while rows stream into it."""

    has_weights: bool
    earliest: int = 0
    width: int = 0
    count: int = 0
    keys: NDArray[np.int64] = field(
        default_factory=lambda: np.zeros(2 * FIRST_ROOM, dtype=np.int64)
    )
    places: NDArray[np.int64] = field(
        default_factory=lambda: np.full(2 * FIRST_ROOM, -1, dtype=np.int64)
    )
    value: FloatArray = field(default_factory=lambda: np.empty((FIRST_ROOM, 0)))
    first: NDArray[np.int64] = field(
        default_factory=lambda: np.empty(FIRST_ROOM, dtype=np.int64)
    )
    weight: FloatArray = field(default_factory=lambda: np.empty(0))
    last: NDArray[np.int64] = field(
        default_factory=lambda: np.array([0, -1], dtype=np.int64)
    )
    faults: NDArray[np.int64] = field(
        default_factory=lambda: np.zeros(len(SAYS), dtype=np.int64)
    )
    names: dict[Any, int] = field(default_factory=dict)

    def put(self, columns: list[pa.Array]) -> None:
        """Put a batch into the table, and make room for what it may bring."""
        units = self._units(columns[0])
        periods = _whole(columns[1], "period", missing=None)
        if not len(periods):
            return
        self._make_room(len(units), int(periods.min()), int(periods.max()))
        self.count = kernel.put(
            units,
            periods,
            _whole(columns[2], "first", missing=0),
            _number(columns[3], "outcome"),
            _number(columns[4], "weights") if self.has_weights else np.empty(0),
            *(self.earliest, self.keys, self.places, self.count, self.value),
            *(self.first, self.weight, self.last, self.faults),
        )

    def _units(self, column: pa.Array) -> NDArray[np.int64]:
        """Return units as whole numbers; texts are numbered as they come."""
        if pa.types.is_integer(column.type):
            return _whole(column, "unit", missing=None)
        if column.null_count:
            raise InvalidInput("unit has missing values. Leave those rows out.")
        coded = (
            column
            if pa.types.is_dictionary(column.type)
            else column.dictionary_encode()
        )
        known = [
            self.names.setdefault(name, len(self.names))
            for name in coded.dictionary.to_pylist()
        ]
        return np.asarray(np.array(known, dtype=np.int64)[coded.indices.to_numpy()])

    def _make_room(self, rows: int, earliest: int, latest: int) -> None:
        if not self.width:
            self.earliest = earliest
            self.weight = np.empty(len(self.first) if self.has_weights else 0)
        low = min(self.earliest, earliest)
        high = max(self.earliest + self.width - 1, latest) if self.width else latest
        _check_span(low, high)
        if (low, high - low + 1) != (self.earliest, self.width):
            wide = np.empty((len(self.first), high - low + 1))
            wide[: self.count] = np.nan
            at = self.earliest - low
            wide[: self.count, at : at + self.width] = self.value[: self.count]
            self.earliest, self.width, self.value = low, high - low + 1, wide
        if self.count + rows > len(self.first):
            self._lengthen(self.count + rows)

    def _lengthen(self, needed: int) -> None:
        room = max(needed, len(self.first) * 3 // 2)
        value = np.empty((room, self.width))
        value[: self.count] = self.value[: self.count]
        self.value = value
        self.first = np.resize(self.first, room)
        if self.has_weights:
            self.weight = np.resize(self.weight, room)
        if len(self.keys) < 2 * room:
            length = 1 << (2 * room - 1).bit_length()
            keys = np.zeros(length, dtype=np.int64)
            places = np.full(length, -1, dtype=np.int64)
            kernel.rehash(self.keys, self.places, keys, places)
            self.keys, self.places = keys, places

    def paths(self) -> Paths:
        """Sum the table into cohorts."""
        _check_faults(self.faults)
        there = np.arange(self.earliest, self.earliest + self.width, dtype=float)
        value, first = self.value[: self.count], self.first[: self.count]
        weight = self.weight[: self.count]
        cohort = np.empty(self.count, dtype=np.int64)
        starts, patterns = _cohorts(value, first, cohort)
        k, t = len(starts), self.width
        units, sums = np.zeros(k), np.zeros((k, 2 + 2 * t))
        products = np.zeros((k, t, t))
        kernel.add(value, weight, cohort, units, sums, products)
        bits = patterns[:, None] >> np.arange(t, dtype=np.uint64)
        seen = (bits & np.uint64(1)).astype(bool)
        return _tidy(there, starts.astype(float), seen, units, sums, products)


def _cohorts(
    value: FloatArray, first: NDArray[np.int64], cohort: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Number the cohorts, with more room each time that there is too little."""
    room = 1 << 10
    while True:
        starts = np.empty(room, dtype=np.int64)
        patterns = np.empty(room, dtype=np.uint64)
        found = np.full(2 * room, -1, dtype=np.int64)
        count = kernel.assign(value, first, starts, patterns, cohort, found)
        if count >= 0:
            return starts[:count], patterns[:count]
        room *= 8


def _tidy(  # the sums as they were made
    periods: FloatArray,
    first: FloatArray,
    seen: NDArray[np.bool_],
    units: FloatArray,
    sums: FloatArray,
    products: FloatArray,
) -> Paths:
    """Leave out periods that nobody has, and units that say nothing."""
    used = seen.any(axis=0)
    if not used.any():
        raise NotIdentified("No row has an outcome.")
    t, when = len(periods), periods[used]
    start = np.where((first == 0) | (first > when[-1]), NEVER, first)
    empty = ~seen.any(axis=1)
    early = ~empty & (start <= when[0])
    kept = ~(empty | early)
    if not kept.any():
        raise NotIdentified("No unit has an outcome and a period before it begins.")
    reasons = {NO_OUTCOME: units[empty].sum(), NO_PERIOD_BEFORE: units[early].sum()}
    whole = products + np.triu(products, 1).transpose(0, 2, 1)
    return Paths(
        periods=when,
        first=start[kept],
        seen=seen[kept][:, used],
        units=units[kept],
        weight=sums[kept, 0],
        total=sums[kept, 2 : 2 + t][:, used],
        weight_squares=sums[kept, 1],
        total_squares=sums[kept, 2 + t :][:, used],
        products=whole[kept][:, used][:, :, used],
        left_out={why: int(count) for why, count in reasons.items() if count},
    )


def _whole(column: pa.Array, name: str, *, missing: int | None) -> NDArray[np.int64]:
    """Return a column of whole numbers, with a number for what is missing if there is one."""
    if column.null_count and missing is None:
        raise InvalidInput(f"{name} has missing values. Leave those rows out.")
    held = column.fill_null(missing) if column.null_count else column
    found = _plain(held)
    if found.dtype.kind == "f":
        rounded = np.where(np.isfinite(found), found, missing or 0).astype(np.int64)
        differs = np.isfinite(found) & (rounded != found)
        if differs.any() or (missing is None and not np.isfinite(found).all()):
            raise InvalidInput(f"{name} must hold whole numbers.")
        return rounded
    if found.dtype.kind not in "iu":
        raise InvalidInput(f"{name} must hold whole numbers, not {column.type}.")
    return found.astype(np.int64, copy=False)


def _number(column: pa.Array, name: str) -> FloatArray:
    """Return a column of numbers; NaN where it is missing or not finite."""
    found = _plain(column)
    if found.dtype.kind not in "fiub":
        raise InvalidInput(f"{name} must hold numbers, not {column.type}.")
    return np.asarray(found, dtype=float)


def _plain(column: pa.Array) -> NDArray[Any]:
    return np.asarray(column.to_numpy(zero_copy_only=False))
