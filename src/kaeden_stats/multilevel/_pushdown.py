"""The pass where the rows stay where they are: a database or a cluster sums them. Private.

One grouped query, the same for Spark, PostgreSQL and whatever else Narwhals speaks to.
A number far from zero is summed about a constant near its mean, also where it is a factor
of a product; what that took is put back exactly, so that the sums are those of the table.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import prod
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel._straight import Step, places_of, take_out
from kaeden_stats.multilevel._summed import Summed, Wanted
from kaeden_stats.multilevel._terms import Column, unfold
from kaeden_stats.multilevel.blocks import pairs_of, sorted_values, within

TEXTS = (nw.String, nw.Categorical, nw.Enum)
NEIGHBOURHOOD = 1000
"""Rows whose means are subtracted first, so that no large numbers are squared."""
ONE_OF_ROW = nw.col("one")
"""1 in each row, as a double for sure: a written 1.0 is a decimal to PostgreSQL."""


def summed(rows: nw.LazyFrame[Any], wanted: Wanted) -> Summed:
    """Let whatever holds the rows sum the products of each group.

    Costs one query for each category's values, one for the first rows, one that counts
    what is incomplete, and one pass for the sums.
    """
    rows = as_numbers(rows, wanted)
    held = complete(rows, wanted)
    lacking = left_out(rows, wanted)
    values = {name: _values(held, name) for name in wanted.categories}
    columns = _with_margins(unfold(wanted.terms, values))
    centre = _centre(held, wanted)
    found = _sums(held, columns, centre, wanted)
    if not len(found):
        raise NotIdentified(
            f"No row is complete. Left out: {lacking or 'none, the table is empty'}."
        )
    check_weights(float(found["least_weight"].to_numpy().min()), wanted)
    products = _products(found, len(columns) + 1)
    sums = products, np.zeros_like(products)
    steps = _steps_back(columns, centre, wanted)
    take_out(sums, steps, places_of(len(columns) + 1))
    asked = [*(one.name for one in unfold(wanted.terms, values)), wanted.outcome]
    chosen = within(asked, [*(one.name for one in columns), wanted.outcome])
    logs = found["log_weight"].to_numpy() if wanted.weights else np.zeros(1)
    return Summed(
        values=values,
        keys=tuple(
            _labels(found[f"g{place}"].to_list()) for place in range(len(wanted.groups))
        ),
        rows=found["rows"].to_numpy().astype(float),
        products=sums[0][:, chosen],
        remainder=sums[1][:, chosen],
        log_weight=float(logs.sum()),
        left_out=lacking,
        source=str(rows.implementation),
    )


def as_numbers(rows: nw.LazyFrame[Any], wanted: Wanted) -> nw.LazyFrame[Any]:
    """Return rows with 1 for true and 0 for false, which not every database casts.

    Raises
    ------
    InvalidInput
        If a column that must hold numbers holds text.
    """
    kinds = rows.collect_schema()
    texts = [name for name in wanted.numbers if kinds[name] in TEXTS]
    if texts:
        raise InvalidInput(
            f"{', '.join(texts)} holds text, and is used as a number. Write C(name) for "
            "categories; an outcome must be a number."
        )
    truths = [
        name
        for name in wanted.numbers
        if kinds[name] == nw.Boolean and name not in wanted.labels
    ]
    return rows.with_columns(nw.col(name).cast(nw.Int32) for name in truths)


def _missing(wanted: Wanted) -> dict[str, nw.Expr]:
    """Return, by column, whether a row lacks it."""
    numbers = {
        name: nw.col(name).is_null() | ~nw.col(name).cast(nw.Float64).is_finite()
        for name in wanted.numbers
    }
    return numbers | {name: nw.col(name).is_null() for name in wanted.labels}


def complete(rows: nw.LazyFrame[Any], wanted: Wanted) -> nw.LazyFrame[Any]:
    """Keep the rows that lack nothing; what is read as a number is called so."""
    lacks = nw.any_horizontal(*_missing(wanted).values(), ignore_nulls=True)
    floats = [
        nw.col(name).cast(nw.Float64).alias(f"number {name}") for name in wanted.numbers
    ]
    labels = [nw.col(name).alias(f"label {name}") for name in wanted.labels]
    one = (nw.col(wanted.outcome).cast(nw.Float64) * 0.0 + 1.0).alias("one")
    return rows.filter(~lacks).select(*floats, *labels, one)


def left_out(rows: nw.LazyFrame[Any], wanted: Wanted) -> dict[str, int]:
    """Count the rows that lack something, each at the first column it lacks."""
    earlier: list[nw.Expr] = []
    flags: list[nw.Expr] = []
    for name, lacks in _missing(wanted).items():
        here = lacks.fill_null(value=True)
        only = (
            here & ~nw.any_horizontal(*earlier, ignore_nulls=True) if earlier else here
        )
        flags.append(
            nw.when(only).then(nw.lit(1)).otherwise(nw.lit(0)).sum().alias(name)
        )
        earlier.append(here)
    counts = rows.select(*flags).collect().rows(named=True)[0]
    return {name: int(count) for name, count in counts.items() if count}


def _values(rows: nw.LazyFrame[Any], name: str) -> tuple[Any, ...]:
    held = rows.select(nw.col(f"label {name}").alias("value")).unique()
    return sorted_values(held.collect()["value"].to_list())


def _with_margins(columns: Sequence[Column]) -> list[Column]:
    """Return columns after the products that numbers leave behind when centred."""
    found: dict[str, Column] = {}
    for column in columns:
        for fewer in (*_margins(column), column):
            found.setdefault(fewer.name, fewer)
    return sorted(found.values(), key=_numbers_in)


def _margins(column: Column) -> list[Column]:
    """Return a column without each non-empty choice of its numbers."""
    numbers = [i for i, one in enumerate(column.factors) if not one.is_category]
    return [
        Column(tuple(one for i, one in enumerate(column.factors) if i not in left))
        for size in range(len(numbers), 0, -1)
        for left in combinations(numbers, size)
    ]


def _numbers_in(column: Column) -> int:
    return sum(not factor.is_category for factor in column.factors)


def _steps_back(
    columns: Sequence[Column], centre: Mapping[str, float], wanted: Wanted
) -> list[Step]:
    """Return what makes products of centred numbers products of the table's own."""
    at = {one.name: place for place, one in enumerate(columns)}
    steps = [
        Step(
            column=at[one.name],
            other=at[margin.name],
            share=_share(one, margin, centre),
        )
        for one in columns
        for margin in _margins(one)
    ]
    last = len(columns)
    return [*steps, Step(column=last, other=0, share=-centre[wanted.outcome])]


def _share(column: Column, margin: Column, centre: Mapping[str, float]) -> float:
    """Return what of a margin, itself of the table's numbers, is to be taken out.

    x·z = (x - a)(z - b) + a·z + b·x - a·b: the sign turns with each number.
    """
    left = list(column.factors)
    for factor in margin.factors:
        left.remove(factor)
    return prod((-centre[factor.name] for factor in left), start=1.0)


def _value(column: Column, centre: Mapping[str, float]) -> nw.Expr:
    """Return a column's value in a row, its numbers centred."""
    found: nw.Expr = ONE_OF_ROW
    for factor in column.factors:
        if factor.is_category:
            is_it = nw.col(f"label {factor.name}") == factor.value
            found = found * nw.when(is_it).then(ONE_OF_ROW).otherwise(ONE_OF_ROW * 0.0)
        else:
            found = found * (nw.col(f"number {factor.name}") - centre[factor.name])
    return found


def _centre(rows: nw.LazyFrame[Any], wanted: Wanted) -> dict[str, float]:
    """Return the mean of each number over the first rows."""
    names = dict.fromkeys((*wanted.numeric, wanted.outcome))
    first = rows.head(NEIGHBOURHOOD).select(
        *(nw.col(f"number {name}").mean().alias(name) for name in names)
    )
    means = first.collect().rows(named=True)[0]
    return {name: float(means[name] or 0.0) for name in names}


def _sums(
    rows: nw.LazyFrame[Any],
    columns: Sequence[Column],
    centre: Mapping[str, float],
    wanted: Wanted,
) -> nw.DataFrame[Any]:
    outcome = nw.col(f"number {wanted.outcome}") - centre[wanted.outcome]
    values = [*(_value(one, centre) for one in columns), outcome]
    weight = (
        ONE_OF_ROW if wanted.weights is None else nw.col(f"number {wanted.weights}")
    )
    held = rows.select(
        *(
            nw.col(f"label {name}").alias(f"g{i}")
            for i, name in enumerate(wanted.groups)
        ),
        *(value.alias(f"c{place}") for place, value in enumerate(values)),
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


def _products(found: nw.DataFrame[Any], width: int) -> FloatArray:
    first, second = pairs_of(width)
    products = np.zeros((len(found), len(first)))
    for place, (i, j) in enumerate(zip(first, second, strict=True)):
        if (name := f"p{i}_{j}") in found.columns:
            products[:, place] = found[name].to_numpy()
    return products


def _never_both(columns: Sequence[Column], i: int, j: int) -> bool:
    """Whether two columns are of different values of one category."""
    if j >= len(columns):
        return False
    held = {one.name: one.value for one in columns[i].factors if one.is_category}
    others = (one for one in columns[j].factors if one.is_category)
    return any(held.get(one.name, one.value) != one.value for one in others)


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
