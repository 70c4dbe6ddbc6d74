"""What a fit expects of each row, as columns that the rows' own engine works out. Private."""

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import and_

import narwhals as nw
import numpy as np
from narwhals.typing import IntoDType
from numpy.typing import NDArray

from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._beside import Rows, beside
from kaeden_stats.multilevel._scaled import Part
from kaeden_stats.multilevel._terms import Column, Factor, unfold
from kaeden_stats.multilevel.result import Fit

FIXED_PART, PREDICTED = "fixed_part", "predicted"


def with_expected(fit: Fit, rows: Rows) -> Rows:
    """Return the rows with two more columns: the fixed part, and with units' effects.

    Raises
    ------
    InvalidInput
        If the rows lack a column, or have one of these names already.
    """
    schema = rows.collect_schema()
    columns = {one.name: one for one in unfold(fit.blocks.terms, fit.blocks.values)}
    _check_columns(fit, columns, schema)
    names = list(schema)
    effects: list[nw.Expr] = []
    for place, part in enumerate(fit._scaled.parts):
        rows, own = _joined(fit, part, place, rows, schema)
        effects += [
            own_effect * _value(columns[term])
            for own_effect, term in zip(own, part.terms, strict=True)
        ]
    fixed = _fixed_part(fit, columns)
    known = _known(fit, columns)
    whole = reduce(lambda one, other: one + other, effects, fixed)
    return rows.select(
        *names,
        nw.when(known).then(fixed).alias(FIXED_PART),
        nw.when(known).then(whole).alias(PREDICTED),
    )


def _check_columns(
    fit: Fit, columns: Mapping[str, Column], schema: Mapping[str, IntoDType]
) -> None:
    used = {one.name: None for one in _factors(fit, columns)}
    missing = [name for name in (*used, *fit.levels) if name not in schema]
    if missing:
        raise InvalidInput(
            f"The table has no column {', '.join(missing)}, which the model uses."
        )
    taken = [name for name in (FIXED_PART, PREDICTED) if name in schema]
    if taken:
        raise InvalidInput(
            f"The table has a column {', '.join(taken)} already. Rename it first."
        )


def _factors(fit: Fit, columns: Mapping[str, Column]) -> Iterator[Factor]:
    """Give the columns of the table that the model's terms are made of."""
    terms = (fit._scaled.terms, *(part.terms for part in fit._scaled.parts))
    for name in dict.fromkeys(name for some in terms for name in some):
        yield from columns[name].factors


def _value(column: Column) -> nw.Expr:
    """Return a column's value in a row; of the 1, simply 1."""
    found: nw.Expr = nw.lit(1.0)
    for factor in column.factors:
        if factor.is_category:
            is_it = nw.col(factor.name) == factor.value
            found = found * nw.when(is_it).then(nw.lit(1.0)).otherwise(nw.lit(0.0))
        else:
            found = found * nw.col(factor.name).cast(nw.Float64)
    return found


def _fixed_part(fit: Fit, columns: Mapping[str, Column]) -> nw.Expr:
    estimates = fit.coefficients["estimate"].tolist()
    found: nw.Expr = nw.lit(0.0)
    for name, estimate in zip(fit._scaled.terms, estimates, strict=True):
        found = found + _value(columns[name]) * estimate
    return found


def _known(fit: Fit, columns: Mapping[str, Column]) -> nw.Expr:
    """Return whether a row has all that the model uses, in values it has met."""
    checks: dict[str, nw.Expr] = {}
    for factor in _factors(fit, columns):
        held = nw.col(factor.name)
        if factor.is_category:
            met = held.is_in(list(fit.blocks.values[factor.name]))
            checks[factor.name] = ~held.is_null() & met
        else:
            checks[factor.name] = ~held.is_null() & held.cast(nw.Float64).is_finite()
    return reduce(and_, checks.values(), nw.lit(1) == nw.lit(1))


def _joined(
    fit: Fit, part: Part, place: int, rows: Rows, schema: Mapping[str, IntoDType]
) -> tuple[Rows, list[nw.Expr]]:
    """Join a level's effects to the rows; return them with what is joined.

    A unit that the model has not met has none.
    """
    values = fit.effects(part.name)["effect"].reshape(-1, len(part.terms))
    effects = [f"effect {place} {term}" for term in range(len(part.terms))]
    table: dict[str, NDArray[np.generic]] = {}
    keys: dict[str, nw.Expr] = {}
    for depth, (level, labels) in enumerate(part.groups.labels.items()):
        name = f"key {place} {depth}"
        whole = labels.dtype.kind == "i" and schema[level].is_integer()
        held = nw.col(level)
        keys[name] = held.cast(nw.Int64) if whole else _text(held, schema[level])
        table[f"{name} of unit"] = labels if whole else labels.astype(str)
    table |= dict(zip(effects, values.T, strict=True))
    found = rows.with_columns(*(key.alias(name) for name, key in keys.items())).join(
        beside(rows, table),
        left_on=list(keys),
        right_on=[f"{name} of unit" for name in keys],
        how="left",
    )
    return found, [nw.col(name).fill_null(0.0) for name in effects]


def _text(held: nw.Expr, kind: IntoDType) -> nw.Expr:
    """Return a label as the text that the blocks hold."""
    if kind == nw.Boolean:
        return nw.when(held).then(nw.lit("True")).otherwise(nw.lit("False"))
    return held if kind == nw.String else held.cast(nw.String)
