"""The pass over the rows: successes and trials of each covariate pattern by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.special import gammaln

from kaeden_stats._checks import FloatArray, IntArray
from kaeden_stats.errors import InvalidInput, NotIdentified

WIDEST = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which columns of the table are read, and as what."""

    outcome: str
    trials: str | None
    numeric: tuple[str, ...]
    categories: tuple[str, ...]
    levels: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """All columns that must hold a number."""
        trials = () if self.trials is None else (self.trials,)
        return tuple(dict.fromkeys((self.outcome, *trials, *self.numeric)))

    @property
    def labels(self) -> tuple[str, ...]:
        """All columns that must hold a label."""
        return tuple(dict.fromkeys((*self.levels, *self.categories)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Groups:
    """The groups of one level, in order.

    Attributes
    ----------
    parent : (k,) int
        The place of each one's group one level up; all 0 at the outermost level.
    labels : (k,) array
        What each is called within its parent.
    """

    parent: IntArray
    labels: NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counts:
    """All that a logistic model needs of its rows: P patterns, each in a lowest group.

    Attributes
    ----------
    which : (P,) int
        Which of the K distinct patterns each is.
    starts : (k,) int
        Where each lowest group begins.
    groups : tuple of Groups
        The outermost first.
    columns : mapping of str to (K,) float
        The covariates of the distinct patterns: numbers, or places in `values`.
    values : mapping of str to list
        The values of each category, sorted.
    log_constant : float
        Sum of log binomial coefficients over the rows; 0 where each row is one trial.
    """

    which: IntArray
    starts: IntArray
    successes: FloatArray
    trials: FloatArray
    rows: int
    levels: tuple[str, ...]
    groups: tuple[Groups, ...]
    columns: Mapping[str, FloatArray]
    values: Mapping[str, list[Any]]
    log_constant: float = 0.0
    left_out: Mapping[str, int] = field(default_factory=dict)
    source: str = ""

    @property
    def distinct(self) -> int:
        """How many distinct patterns there are in all groups together."""
        return int(self.which.max()) + 1


def counted(table: Any, wanted: Wanted) -> Counts:
    """Count successes and trials of each covariate pattern in each lowest group.

    Costs one grouped pass, and before it one that counts what is left out.

    Raises
    ------
    InvalidInput
        If a column is not there, or an outcome is no count of successes.
    NotIdentified
        If no row is complete.
    """
    rows = _lazy(table)
    _check_there(rows, wanted)
    left_out = _checked(rows, wanted)
    complete = _complete(rows, wanted)
    keys = (*wanted.levels, *wanted.categories, *wanted.numeric)
    short = [f"k{place}" for place in range(len(keys))]
    found = (
        complete.select(
            *(nw.col(name).alias(to) for name, to in zip(keys, short, strict=True)),
            nw.col(wanted.outcome).alias("s"),
            (nw.lit(1.0) if wanted.trials is None else nw.col(wanted.trials)).alias(
                "t"
            ),
        )
        .group_by(*short)
        .agg(nw.len().alias("n"), nw.col("s").sum(), nw.col("t").sum())
        .collect()
    )
    if not len(found):
        raise NotIdentified(
            f"No row is complete. Left out: {left_out or 'none, the table is empty'}."
        )
    return _counts(
        found.to_arrow(),
        wanted,
        log_constant=_log_constant(complete, wanted),
        left_out=left_out,
        source=str(rows.implementation),
    )


def _lazy(table: Any) -> nw.LazyFrame[Any]:
    if isinstance(table, str | Path):
        return nw.scan_parquet(str(table), backend=_engine("read Parquet"))
    frame: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(table)
    if isinstance(frame, nw.LazyFrame) or frame.implementation.is_polars():
        return frame.lazy()
    return frame.lazy(backend=_engine(f"sum over {frame.implementation}"))


def _engine(task: str) -> Literal["duckdb", "polars"]:
    """Return what is installed to work through rows without holding all of them."""
    for engine in ("duckdb", "polars"):
        if find_spec(engine):
            return engine
    raise InvalidInput(f"Nothing here can {task}. Install duckdb or polars.")


def _check_there(rows: nw.LazyFrame[Any], wanted: Wanted) -> None:
    there = set(rows.collect_schema().names())
    missing = [n for n in (*wanted.numbers, *wanted.labels) if n not in there]
    if missing:
        raise InvalidInput(
            f"The table has no column {', '.join(missing)}. It has "
            f"{', '.join(sorted(there)[:20])}."
        )


def _number(name: str) -> nw.Expr:
    return nw.col(name).cast(nw.Float64)


def _missing(wanted: Wanted) -> dict[str, nw.Expr]:
    """Return, by column, whether a row lacks it."""
    numbers = {
        name: nw.col(name).is_null() | ~_number(name).is_finite()
        for name in wanted.numbers
    }
    return numbers | {name: nw.col(name).is_null() for name in wanted.labels}


def _complete(rows: nw.LazyFrame[Any], wanted: Wanted) -> nw.LazyFrame[Any]:
    lacks = nw.any_horizontal(*_missing(wanted).values(), ignore_nulls=True)
    labels = [nw.col(name) for name in wanted.labels if name not in wanted.numbers]
    return rows.filter(~lacks).select(*map(_number, wanted.numbers), *labels)


def _wrong(wanted: Wanted) -> nw.Expr:
    """Return whether a row's outcome is no count of successes."""
    s = _number(wanted.outcome)
    if wanted.trials is None:
        return (s != 0.0) & (s != 1.0)
    t = _number(wanted.trials)
    return (s < 0.0) | (s > t) | (s != s.round(0)) | (t != t.round(0))


def _checked(rows: nw.LazyFrame[Any], wanted: Wanted) -> dict[str, int]:
    """Count rows left out, each at the first column it lacks; refuse wrong outcomes."""
    earlier: list[nw.Expr] = []
    flags: list[nw.Expr] = []
    names = []
    for place, (name, lacks) in enumerate(_missing(wanted).items()):
        here = lacks.fill_null(value=True)
        only = (
            here & ~nw.any_horizontal(*earlier, ignore_nulls=True) if earlier else here
        )
        flags.append(only.cast(nw.Int64).sum().alias(f"m{place}"))
        earlier.append(here)
        names.append(name)
    needed = names[: 1 if wanted.trials is None else 2]
    lacking = nw.any_horizontal(*earlier[: len(needed)], ignore_nulls=True)
    wrong = (~lacking & _wrong(wanted)).cast(nw.Int64).sum().alias("wrong")
    found = rows.select(*flags, wrong).collect().rows(named=True)[0]
    if found["wrong"]:
        raise InvalidInput(_words_of_wrong(int(found["wrong"]), wanted))
    counts = {name: found[f"m{place}"] for place, name in enumerate(names)}
    return {name: int(count) for name, count in counts.items() if count}


def _words_of_wrong(rows: int, wanted: Wanted) -> str:
    if wanted.trials is None:
        return (
            f"{wanted.outcome} is neither 0 nor 1 in {rows} rows. Give 0/1 or true/false, "
            "or counts of successes with the column of trials as trials=."
        )
    return (
        f"{wanted.outcome} is no number of successes among {wanted.trials} in {rows} "
        "rows. Both must be whole, and 0 ≤ successes ≤ trials."
    )


def _log_constant(complete: nw.LazyFrame[Any], wanted: Wanted) -> float:
    """Sum the logarithms of the rows' binomial coefficients."""
    if wanted.trials is None:
        return 0.0
    found = (
        complete.select(
            nw.col(wanted.outcome).alias("s"), nw.col(wanted.trials).alias("t")
        )
        .group_by("s", "t")
        .agg(nw.len().alias("n"))
        .collect()
    )
    s, t, n = (np.asarray(found[name].to_numpy(), dtype=float) for name in "stn")
    logs = gammaln(t + 1) - gammaln(s + 1) - gammaln(t - s + 1)
    return float(np.sort(n * logs).sum())


def _counts(
    found: pa.Table,
    wanted: Wanted,
    *,
    log_constant: float,
    left_out: Mapping[str, int],
    source: str,
) -> Counts:
    """Order the patterns: groups together, then patterns, by their values alone."""
    held = [_coded(found.column(f"k{p}")) for p in range(found.num_columns - 3)]
    depth, labels = len(wanted.levels), len(wanted.levels) + len(wanted.categories)
    group, groups = _nested(held[:depth])
    patterns = held[depth:]
    which, first = _combined(patterns, found.num_rows)
    order = np.argsort(group * (int(which.max()) + 1) + which)
    names = (*wanted.categories, *wanted.numeric)
    columns = {
        name: (codes if place < labels - depth else values[codes])[first].astype(float)
        for place, (name, (codes, values)) in enumerate(
            zip(names, patterns, strict=True)
        )
    }
    return Counts(
        which=which[order],
        starts=np.flatnonzero(np.diff(group[order], prepend=-1)),
        successes=_floats(found, "s")[order],
        trials=_floats(found, "t")[order],
        rows=int(_floats(found, "n").sum()),
        levels=wanted.levels,
        groups=groups,
        columns=columns,
        values={
            name: patterns[place][1].tolist()
            for place, name in enumerate(wanted.categories)
        },
        log_constant=log_constant,
        left_out=left_out,
        source=source,
    )


def _floats(found: pa.Table, name: str) -> FloatArray:
    return np.asarray(found.column(name).to_numpy(), dtype=float)


def _coded(column: pa.ChunkedArray) -> tuple[IntArray, NDArray[Any]]:
    """Return the place of each value among the distinct ones, and those, sorted."""
    if pa.types.is_dictionary(column.type):
        column = pc.cast(column, column.type.value_type)
    encoded = pa.chunked_array(column).combine_chunks().dictionary_encode()
    values = encoded.dictionary.to_pylist()
    order = sorted(range(len(values)), key=values.__getitem__)
    rank = np.empty(len(values), dtype=np.intp)
    rank[order] = np.arange(len(values))
    held = np.array([values[place] for place in order])
    return rank[encoded.indices.to_numpy()], held


def _combined(
    parts: Sequence[tuple[IntArray, NDArray[Any]]], rows: int
) -> tuple[IntArray, IntArray]:
    """Number the combinations of codes in order, and say where each is first seen."""
    key, size = np.zeros(rows, dtype=np.int64), 1
    for codes, values in parts:
        if size * len(values) > WIDEST:
            key = np.unique(key, return_inverse=True)[1]
            size = int(key.max()) + 1
        key = key * len(values) + codes
        size *= len(values)
    _distinct, first, which = np.unique(key, return_index=True, return_inverse=True)
    return which.astype(np.intp), first.astype(np.intp)


def _nested(
    levels: Sequence[tuple[IntArray, NDArray[Any]]],
) -> tuple[IntArray, tuple[Groups, ...]]:
    """Return each row's lowest group, and the groups of all levels."""
    group = np.zeros(len(levels[0][0]), dtype=np.intp)
    found = []
    for codes, values in levels:
        keys, group = np.unique(group * len(values) + codes, return_inverse=True)
        found.append(
            Groups(parent=keys // len(values), labels=values[keys % len(values)])
        )
    return group.astype(np.intp), tuple(found)
