"""The pass over the rows: whatever holds them sums the products, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import narwhals as nw
import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel._terms import Column, coded, names_in, unfold
from kaeden_stats.multilevel.blocks import CrossProducts, ordered

NEIGHBOURHOOD = 1000
"""Rows whose means are subtracted first, so that no large numbers are squared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which columns of the table are read, and as what."""

    outcome: str
    numeric: tuple[str, ...]
    categories: tuple[str, ...]
    levels: tuple[str, ...]
    weights: str | None

    @property
    def numbers(self) -> tuple[str, ...]:
        """All columns that must hold a number."""
        weights = () if self.weights is None else (self.weights,)
        return tuple(dict.fromkeys((self.outcome, *self.numeric, *weights)))

    @property
    def labels(self) -> tuple[str, ...]:
        """All columns that must hold a label."""
        return tuple(dict.fromkeys((*self.levels, *self.categories)))


def crossproducts(  # noqa: PLR0913  # the model is said in one call
    table: Any,
    *,
    outcome: str,
    fixed: Sequence[str],
    levels: Sequence[str],
    slopes: Mapping[str, Sequence[str]] | None = None,
    is_crossed: bool = False,
    weights: str | None = None,
    values: Mapping[str, Sequence[Any]] | None = None,
    centre: Mapping[str, float] | None = None,
) -> CrossProducts:
    """Sum the products of a model's columns over the rows of each lowest group.

    Parameters
    ----------
    table : frame, relation or path
        Anything that Narwhals reads, lazily or not, or the path of a Parquet file.
    outcome : str
        The column that the model explains.
    fixed : sequence of str
        Terms with a fixed effect besides the intercept: names, ``C(name)`` for
        categories, ``a:b`` for products.
    levels : sequence of str
        Grouping columns, outermost first; a group is known by all of them together.
    slopes : mapping of str to sequence of str, optional
        Terms with a random effect at a level besides the intercept.
    is_crossed : bool
        Whether the levels are factors of which none lies within another.
    weights : str, optional
        Column of weights above 0; the residual variance of a row is σ²/w.
    values : mapping, optional
        The values of each category, the reference first; by default those in the
        table, sorted. Give them where parts of the rows are summed apart.
    centre : mapping, optional
        What to subtract from each column, by its name; by default the means of the
        first thousand rows. Give it where parts of the rows are summed apart.

    Returns
    -------
    CrossProducts
        Blocks for `fit_crossproducts`.

    Raises
    ------
    InvalidInput
        If a column is not there, or a level or term can't be used.
    NotIdentified
        If no row is complete.

    Notes
    -----
    A row with a missing value, or a number that is not finite, in any column used is
    left out and counted. One pass over the rows for the sums; before it the first rows
    are read, and each category once for its values.
    """
    terms = [*fixed, *(t for one in (slopes or {}).values() for t in one)]
    numeric, categories = names_in(terms)
    wanted = Wanted(
        outcome=outcome,
        numeric=tuple(numeric),
        categories=tuple(categories),
        levels=tuple(levels),
        weights=weights,
    )
    rows = _lazy(table)
    _check_there(rows, wanted)
    complete = _complete(rows, wanted)
    known = {name: list(one) for name, one in (values or {}).items()}
    for name in categories:
        known.setdefault(name, _values_of(complete, name))
    kept = coded(terms, known)
    columns = [one for one in unfold(terms, known) if one.name in kept]
    middle = _centre(complete, wanted, columns, centre)
    found = _summed(complete, wanted, columns, middle, _left_out(rows, wanted))
    return replace(found, is_crossed=is_crossed)


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
    if not wanted.levels:
        raise InvalidInput(
            "levels is empty. Name at least one grouping column, outermost first."
        )


def _missing(wanted: Wanted) -> dict[str, nw.Expr]:
    """Return, by column, whether a row lacks it."""
    numbers = {
        name: nw.col(name).is_null() | ~nw.col(name).cast(nw.Float64).is_finite()
        for name in wanted.numbers
    }
    return numbers | {name: nw.col(name).is_null() for name in wanted.labels}


def _complete(rows: nw.LazyFrame[Any], wanted: Wanted) -> nw.LazyFrame[Any]:
    lacks = nw.any_horizontal(*_missing(wanted).values(), ignore_nulls=True)
    floats = [nw.col(name).cast(nw.Float64) for name in wanted.numbers]
    labels = [nw.col(name) for name in wanted.labels]
    return rows.filter(~lacks).select(*floats, *labels)


def _left_out(rows: nw.LazyFrame[Any], wanted: Wanted) -> dict[str, int]:
    """Count the rows left out, each at the first column that it lacks."""
    earlier: list[nw.Expr] = []
    flags: list[nw.Expr] = []
    for name, lacks in _missing(wanted).items():
        here = lacks.fill_null(value=True)
        only = (
            here & ~nw.any_horizontal(*earlier, ignore_nulls=True) if earlier else here
        )
        flags.append(only.cast(nw.Int64).sum().alias(name))
        earlier.append(here)
    counts = rows.select(*flags).collect().rows(named=True)[0]
    return {name: int(count) for name, count in counts.items() if count}


def _values_of(rows: nw.LazyFrame[Any], name: str) -> list[Any]:
    return sorted(rows.select(nw.col(name)).unique().collect()[name].to_list())


def _value(column: Column) -> nw.Expr:
    """Return a column's value in a row, before anything is subtracted."""
    found: nw.Expr = nw.lit(1.0)
    for factor in column.factors:
        part = nw.col(factor.name)
        part = (part == factor.value).cast(nw.Float64) if factor.is_category else part
        found = found * part
    return found


def _centre(
    rows: nw.LazyFrame[Any],
    wanted: Wanted,
    columns: Sequence[Column],
    given: Mapping[str, float] | None,
) -> dict[str, float]:
    """Return what to subtract from each column; nothing from dummies and the 1."""
    numeric = {
        one.name: _value(one)
        for one in columns
        if any(not factor.is_category for factor in one.factors)
    }
    numeric[wanted.outcome] = nw.col(wanted.outcome)
    if given is not None:
        return {name: float(given.get(name, 0.0)) for name in numeric}
    first = rows.head(NEIGHBOURHOOD).select(
        *(value.mean().alias(name) for name, value in numeric.items())
    )
    means = first.collect().rows(named=True)[0]
    return {name: float(mean or 0.0) for name, mean in means.items()}


def _summed(
    rows: nw.LazyFrame[Any],
    wanted: Wanted,
    columns: Sequence[Column],
    centre: Mapping[str, float],
    left_out: Mapping[str, int],
) -> CrossProducts:
    names = (*(one.name for one in columns), wanted.outcome)
    values = [*(_value(one) for one in columns), nw.col(wanted.outcome)]
    shift = np.array([centre.get(name, 0.0) for name in names])
    weight = nw.lit(1.0) if wanted.weights is None else nw.col(wanted.weights)
    short = [f"c{place}" for place in range(len(names))]
    held = rows.select(
        *(nw.col(level).alias(f"g{i}") for i, level in enumerate(wanted.levels)),
        *(
            (v - float(s)).alias(c)
            for v, s, c in zip(values, shift, short, strict=True)
        ),
        weight.alias("w"),
    )
    upper = [(i, j) for i in range(len(names)) for j in range(i, len(names))]
    sums = (
        held.group_by(*(f"g{i}" for i in range(len(wanted.levels))))
        .agg(
            nw.len().alias("rows"),
            nw.col("w").log().sum().alias("log_weight"),
            *(
                (nw.col("w") * nw.col(short[i]) * nw.col(short[j]))
                .sum()
                .alias(f"p{i}_{j}")
                for i, j in upper
            ),
        )
        .collect()
    )
    if not len(sums):
        raise NotIdentified(
            f"No row is complete. Left out: {dict(left_out) or 'none, the table is empty'}."
        )
    return _blocks(sums, wanted, names, shift, left_out)


def _blocks(
    sums: nw.DataFrame[Any],
    wanted: Wanted,
    names: tuple[str, ...],
    shift: FloatArray,
    left_out: Mapping[str, int],
) -> CrossProducts:
    upper = [(i, j) for i in range(len(names)) for j in range(i, len(names))]
    keys = np.empty((len(sums), len(wanted.levels)), dtype=object)
    for place in range(len(wanted.levels)):
        keys[:, place] = sums[f"g{place}"].to_list()
    products = np.empty((len(sums), len(names), len(names)))
    for i, j in upper:
        products[:, i, j] = products[:, j, i] = sums[f"p{i}_{j}"].to_numpy()
    order, _place = ordered(keys)
    return CrossProducts(
        columns=names,
        levels=wanted.levels,
        keys=keys[order],
        rows=sums["rows"].to_numpy().astype(float)[order],
        products=products[order],
        centre=shift,
        log_weight=float(sums["log_weight"].to_numpy().sum())
        if wanted.weights
        else 0.0,
        left_out=dict(left_out),
        source=str(sums.implementation),
    )
