"""The pass over the rows: successes and trials of each covariate pattern by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from kaeden_stats._checks import FloatArray, IntArray
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel._pushdown import as_numbers, complete, left_out
from kaeden_stats.multilevel._readers import lazy
from kaeden_stats.multilevel._summed import Wanted
from kaeden_stats.multilevel.blocks import sorted_values
from kaeden_stats.multilevel.rows import check_there

WIDEST = 2**62
"""The largest number of combinations that one whole number counts."""


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
class Census:
    """Who there is to compare, however the rows are worked through.

    Attributes
    ----------
    groups : tuple of Groups
        The outermost first.
    successes, trials : (k,) float
        Of each lowest group.
    patterns, distinct : int
        See `BinomialRun`.
    log_constant : float
        Sum of log binomial coefficients over the rows; 0 where each row is one trial.
    """

    levels: tuple[str, ...]
    groups: tuple[Groups, ...]
    successes: FloatArray
    trials: FloatArray
    rows: int
    patterns: int
    distinct: int
    log_constant: float
    left_out: Mapping[str, int]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counts:
    """All that a logistic model needs of its rows: P patterns, each in a lowest group.

    Attributes
    ----------
    which : (P,) int
        Which of the K distinct patterns each is; where most are distinct, each is one.
    starts : (k,) int
        Where each lowest group begins.
    groups : tuple of Groups
        The outermost first.
    columns : mapping of str to (K,) array
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
    columns: Mapping[str, NDArray[Any]]
    values: Mapping[str, list[Any]]
    log_constant: float = 0.0
    left_out: Mapping[str, int] = field(default_factory=dict)
    source: str = ""

    @property
    def distinct(self) -> int:
        """How many distinct patterns there are in all groups together."""
        return int(self.which.max()) + 1

    @property
    def census(self) -> Census:
        """Who there is to compare."""
        return Census(
            levels=self.levels,
            groups=self.groups,
            successes=np.add.reduceat(self.successes, self.starts),
            trials=np.add.reduceat(self.trials, self.starts),
            rows=self.rows,
            patterns=len(self.which),
            distinct=self.distinct,
            log_constant=self.log_constant,
            left_out=self.left_out,
            source=self.source,
        )


def counted(table: Any, asked: Wanted) -> Counts:
    """Count successes and trials of each covariate pattern in each lowest group.

    The column of trials is asked for as weights. Costs one grouped pass, and before it
    one that counts what is left out.

    Raises
    ------
    InvalidInput
        If a column is not there, or an outcome is no count of successes.
    NotIdentified
        If no row is complete.
    """
    rows = lazy(table)
    check_there(rows.collect_schema().names(), asked)
    rows = as_numbers(rows, asked)
    held, lacking = complete(rows, asked), left_out(rows, asked)
    found = _grouped(held, asked)
    if not len(found):
        raise NotIdentified(
            f"No row is complete. Left out: {lacking or 'none, the table is empty'}."
        )
    wrong = int(np.asarray(found["wrong"].to_numpy()).sum())
    if wrong:
        raise InvalidInput(words_of_wrong(wrong, asked))
    return _counts(
        found.drop("wrong").to_arrow(),
        asked,
        log_constant=_log_constant(held, asked),
        left_out=lacking,
        source=str(rows.implementation),
    )


def patterns_of(table: Any, asked: Wanted) -> int:
    """Let whatever holds the rows say how many patterns by lowest group there are."""
    held = complete(as_numbers(lazy(table), asked), asked)
    found = held.select(*_keys(asked)).unique().select(nw.len().alias("n")).collect()
    return int(found["n"].to_list()[0])


def _keys(asked: Wanted) -> list[str]:
    """Return what makes a pattern by lowest group, groups first, as `complete` says."""
    return [
        *(f"label {name}" for name in (*asked.groups, *asked.categories)),
        *(f"number {name}" for name in asked.numeric),
    ]


def _grouped(held: nw.LazyFrame[Any], asked: Wanted) -> nw.DataFrame[Any]:
    """Return the patterns in their groups: k0, k1 …, successes, trials and rows."""
    keys = _keys(asked)
    short = [f"k{place}" for place in range(len(keys))]
    s, t = nw.col("s"), nw.col("t")
    wrong = (s < 0.0) | (s > t) | (s != s.round(0)) | (t != t.round(0))
    return (
        held.select(
            *(nw.col(name).alias(to) for name, to in zip(keys, short, strict=True)),
            *_outcome(asked),
        )
        .with_columns(
            nw.when(wrong).then(nw.lit(1)).otherwise(nw.lit(0)).alias("wrong")
        )
        .group_by(*short)
        .agg(nw.len().alias("n"), s.sum(), t.sum(), nw.col("wrong").sum())
        .collect()
    )


def _outcome(asked: Wanted) -> tuple[nw.Expr, nw.Expr]:
    """Return a row's successes and trials."""
    trials = "one" if asked.weights is None else f"number {asked.weights}"
    return nw.col(f"number {asked.outcome}").alias("s"), nw.col(trials).alias("t")


def words_of_wrong(rows: int, asked: Wanted) -> str:
    if asked.weights is None:
        return (
            f"{asked.outcome} is neither 0 nor 1 in {rows} rows. Give 0/1 or true/false, "
            "or counts of successes with the column of trials as trials=."
        )
    return (
        f"{asked.outcome} is no number of successes among {asked.weights} in {rows} "
        "rows. Both must be whole, and 0 ≤ successes ≤ trials."
    )


def _log_constant(held: nw.LazyFrame[Any], asked: Wanted) -> float:
    """Sum the logarithms of the rows' binomial coefficients."""
    if asked.weights is None:
        return 0.0
    pairs = held.select(*_outcome(asked)).group_by("s", "t").agg(nw.len().alias("n"))
    found = pairs.collect()
    s, t, n = (np.asarray(found[name].to_numpy(), dtype=float) for name in "stn")
    return float(np.sort(n * log_coefficients(s, t)).sum())


def log_coefficients(s: FloatArray, t: FloatArray) -> FloatArray:
    """Return the logarithms of binomial coefficients."""
    return np.asarray(gammaln(t + 1) - gammaln(s + 1) - gammaln(t - s + 1))


def _counts(
    found: Any,
    asked: Wanted,
    *,
    log_constant: float,
    left_out: Mapping[str, int],
    source: str,
) -> Counts:
    """Order the patterns: groups together, then patterns, by their values alone."""
    depth, labels = len(asked.groups), len(asked.groups) + len(asked.categories)
    held = [_labels(found.column(f"k{place}")) for place in range(labels)]
    held += [
        np.unique(_floats(found, f"k{place}"), return_inverse=True)
        for place in range(labels, labels + len(asked.numeric))
    ]
    group, groups = nested(held[:depth])
    which, first = _combined(held[depth:], found.num_rows)
    order = np.argsort(group * len(first) + which)
    which = which[order]
    if len(first) > found.num_rows / 2:
        which, first = np.arange(found.num_rows), order
    names = (*asked.categories, *asked.numeric)
    columns = {
        name: (codes if name in asked.categories else values[codes])[first]
        for name, (values, codes) in zip(names, held[depth:], strict=True)
    }
    return Counts(
        which=which,
        starts=np.flatnonzero(np.diff(group[order], prepend=-1)),
        successes=_floats(found, "s")[order],
        trials=_floats(found, "t")[order],
        rows=int(_floats(found, "n").sum()),
        levels=asked.groups,
        groups=groups,
        columns=columns,
        values={
            name: held[depth + place][0].tolist()
            for place, name in enumerate(asked.categories)
        },
        log_constant=log_constant,
        left_out=left_out,
        source=source,
    )


def _floats(found: Any, name: str) -> FloatArray:
    return np.asarray(found.column(name).to_numpy(), dtype=float)


def _labels(column: Any) -> tuple[NDArray[Any], IntArray]:
    """Return an Arrow column's values, sorted, and the place of each row's among them."""
    if str(column.type).startswith("dictionary"):
        column = column.cast(column.type.value_type)
    encoded = column.combine_chunks().dictionary_encode()
    values = encoded.dictionary.to_pylist()
    held = sorted_values(values)
    at = {value: place for place, value in enumerate(held)}
    rank = np.array([at[value] for value in values], dtype=np.intp)
    return np.array(held), rank[encoded.indices.to_numpy()]


def _combined(
    parts: Sequence[tuple[NDArray[Any], IntArray]], rows: int
) -> tuple[IntArray, IntArray]:
    """Number the combinations of codes in order, and say where each is first seen."""
    key, size = np.zeros(rows, dtype=np.int64), 1
    for values, codes in parts:
        if size * len(values) > WIDEST:
            key = np.unique(key, return_inverse=True)[1]
            size = int(key.max()) + 1
        key = key * len(values) + codes
        size *= len(values)
    first, which = np.unique(key, return_index=True, return_inverse=True)[1:]
    return which.astype(np.intp), first.astype(np.intp)


def nested(
    levels: Sequence[tuple[NDArray[Any], IntArray]],
) -> tuple[IntArray, tuple[Groups, ...]]:
    """Return each row's lowest group, and the groups of all levels."""
    group = np.zeros(len(levels[0][1]), dtype=np.intp)
    found = []
    for values, codes in levels:
        keys, group = np.unique(group * len(values) + codes, return_inverse=True)
        found.append(
            Groups(parent=keys // len(values), labels=values[keys % len(values)])
        )
    return group.astype(np.intp), tuple(found)
