"""The pass where the rows stay where they are: a database or a cluster sums them. Private.

One grouped query, the same for Spark, PostgreSQL and whatever else Narwhals speaks to.
Large means are taken out before anything is multiplied, and put back exactly.
"""

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel._exact import moved
from kaeden_stats.multilevel._summed import Summed, Wanted
from kaeden_stats.multilevel._terms import Column, unfold
from kaeden_stats.multilevel.blocks import pairs_of, sorted_values

NEIGHBOURHOOD = 1000
"""Rows whose means are subtracted first, so that no large numbers are squared."""


def summed(rows: nw.LazyFrame[Any], wanted: Wanted) -> Summed:
    """Let whatever holds the rows sum the products of each group.

    Costs one query for each category's values, one for the first rows, one that counts
    what is incomplete, and one pass for the sums.
    """
    complete = _complete(rows, wanted)
    left_out = _left_out(rows, wanted)
    values = {name: _values(complete, name) for name in wanted.categories}
    columns = unfold(wanted.terms, values)
    centre = _centre(complete, columns, wanted)
    found = _sums(complete, columns, centre, wanted)
    if not len(found):
        raise NotIdentified(
            f"No row is complete. Left out: {left_out or 'none, the table is empty'}."
        )
    width = len(columns) + 1
    first, second = pairs_of(width)
    products = np.zeros((len(found), len(first)))
    for place, (i, j) in enumerate(zip(first, second, strict=True)):
        if (name := f"p{i}_{j}") in found.columns:
            products[:, place] = found[name].to_numpy()
    high, low = moved(products, np.zeros_like(products), -centre, (first, second))
    check_weights(float(found["least_weight"].to_numpy().min()), wanted)
    logs = found["log_weight"].to_numpy() if wanted.weights else np.zeros(1)
    return Summed(
        values=values,
        keys=tuple(
            _labels(found[f"g{place}"].to_list()) for place in range(len(wanted.groups))
        ),
        rows=found["rows"].to_numpy().astype(float),
        products=high,
        remainder=low,
        log_weight=float(logs.sum()),
        left_out=left_out,
        source=str(rows.implementation),
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
    floats = [
        nw.col(name).cast(nw.Float64).alias(f"number {name}") for name in wanted.numbers
    ]
    labels = [nw.col(name).alias(f"label {name}") for name in wanted.labels]
    return rows.filter(~lacks).select(*floats, *labels)


def _left_out(rows: nw.LazyFrame[Any], wanted: Wanted) -> dict[str, int]:
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


def _values(rows: nw.LazyFrame[Any], name: str) -> tuple[Any, ...]:
    held = rows.select(nw.col(f"label {name}").alias("value")).unique()
    return sorted_values(held.collect()["value"].to_list())


def _value(column: Column) -> nw.Expr:
    found: nw.Expr = nw.lit(1.0)
    for factor in column.factors:
        if factor.is_category:
            is_it = nw.col(f"label {factor.name}") == factor.value
            found = found * is_it.cast(nw.Float64)
        else:
            found = found * nw.col(f"number {factor.name}")
    return found


def _centre(
    rows: nw.LazyFrame[Any], columns: Sequence[Column], wanted: Wanted
) -> FloatArray:
    """Return what to subtract from each column; nothing from the 1 and the categories."""
    numbers = {
        place: _value(one)
        for place, one in enumerate(columns)
        if any(not factor.is_category for factor in one.factors)
    }
    numbers[len(columns)] = nw.col(f"number {wanted.outcome}")
    first = rows.head(NEIGHBOURHOOD).select(
        *(value.mean().alias(f"c{place}") for place, value in numbers.items())
    )
    means = first.collect().rows(named=True)[0]
    found = np.zeros(len(columns) + 1)
    for place in numbers:
        found[place] = float(means[f"c{place}"] or 0.0)
    return found


def _sums(
    rows: nw.LazyFrame[Any],
    columns: Sequence[Column],
    centre: FloatArray,
    wanted: Wanted,
) -> nw.DataFrame[Any]:
    values = [*(_value(one) for one in columns), nw.col(f"number {wanted.outcome}")]
    weight = (
        nw.lit(1.0) if wanted.weights is None else nw.col(f"number {wanted.weights}")
    )
    held = rows.select(
        *(
            nw.col(f"label {name}").alias(f"g{place}")
            for place, name in enumerate(wanted.groups)
        ),
        *((v - float(centre[i])).alias(f"c{i}") for i, v in enumerate(values)),
        weight.alias("w"),
    )
    pairs = [
        (i, j)
        for i, j in zip(*pairs_of(len(values)), strict=True)
        if not _never_both(columns, int(i), int(j))
    ]
    return (
        held.group_by(*(f"g{place}" for place in range(len(wanted.groups))))
        .agg(
            nw.len().alias("rows"),
            nw.col("w").min().alias("least_weight"),
            nw.col("w").log().sum().alias("log_weight"),
            *(
                (nw.col("w") * nw.col(f"c{i}") * nw.col(f"c{j}"))
                .sum()
                .alias(f"p{i}_{j}")
                for i, j in pairs
            ),
        )
        .collect()
    )


def _never_both(columns: Sequence[Column], i: int, j: int) -> bool:
    """Whether two columns, nothing subtracted, are other values of one category."""
    if j >= len(columns) or i == j:
        return False
    one, other = columns[i].factors, columns[j].factors
    if not all(factor.is_category for factor in (*one, *other)):
        return False
    held = {factor.name: factor.value for factor in one}
    return any(held.get(f.name, f.value) != f.value for f in other)


def _labels(values: list[Any]) -> NDArray[Any]:
    """Return whole numbers as such, and all other labels as text."""
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return np.array(values, dtype=np.int64)
    return np.array([str(value) for value in values])


def check_weights(least: float, wanted: Wanted) -> None:
    """Refuse weights that are no weights."""
    if least <= 0:
        raise InvalidInput(
            f"The weights in {wanted.weights} go down to {least:g}. A weight must be "
            "above 0; leave rows of no weight out of the table."
        )
