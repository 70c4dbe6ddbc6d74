"""The pass over the rows: the sums of products that a model needs, once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel import _pushdown
from kaeden_stats.multilevel._readers import lazy, reader_of
from kaeden_stats.multilevel._summed import Summed, Wanted, wanted
from kaeden_stats.multilevel.blocks import CrossProducts, blocks_of


def crossproducts(  # noqa: PLR0913  # the model is said in one call
    table: Any,
    outcome: str,
    fixed: Sequence[str] = (),
    levels: Sequence[str] = (),
    *,
    crossed: Sequence[str] = (),
    slopes: Mapping[str, Sequence[str]] | None = None,
    weights: str | None = None,
    told: Callable[[int], None] | None = None,
) -> CrossProducts:
    """Sum the products of a model's columns over the rows of each group.

    Parameters
    ----------
    table : frame, relation or path
        Anything that Narwhals reads, lazily or not, anything that gives an Arrow
        stream, or the path of a Parquet file, of a folder of them or a pattern. A
        database or a cluster sums the rows where they are; all else streams past.
    outcome : str
        The column that the model explains.
    fixed : sequence of str
        Terms with a fixed effect besides the intercept: names, ``C(name)`` for
        categories, ``a:b`` for products.
    levels : sequence of str
        Grouping columns nested in each other, outermost first; a group is known by its
        own label and those of the levels it lies in.
    crossed : sequence of str
        Grouping columns of which none lies within another.
    slopes : mapping of str to sequence of str, optional
        Terms with a random effect at a grouping column besides the intercept.
    weights : str, optional
        Column of weights above 0; the residual variance of a row is σ²/w.
    told : callable, optional
        Called with the number of rows read so far, now and then.

    Returns
    -------
    CrossProducts
        Blocks for `fit_crossproducts`.

    Raises
    ------
    InvalidInput
        If a column is not there, or a level, term or weight can't be used.
    NotIdentified
        If no row is complete.

    Notes
    -----
    A row with a missing value, or a number that is not finite, in any column used is
    left out and counted.
    """
    slopes = slopes or {}
    check_levels((*levels, *crossed), slopes)
    terms = [*fixed, *(term for some in slopes.values() for term in some)]
    asked = wanted(outcome, terms, (*levels, *crossed), weights=weights)
    return blocks_of(
        _summed(table, asked, told),
        asked,
        fixed=fixed,
        slopes=slopes,
        levels=levels,
        crossed=crossed,
    )


def check_levels(
    groups: Sequence[str],
    slopes: Mapping[str, Sequence[str]],
    uncorrelated: Sequence[str] = (),
) -> None:
    """Refuse slopes at what is no grouping column."""
    strange = [name for name in (*slopes, *uncorrelated) if name not in groups]
    if strange:
        raise InvalidInput(
            f"{', '.join(strange)} is not among the levels {', '.join(groups)}."
        )


def _summed(table: Any, asked: Wanted, told: Callable[[int], None] | None) -> Summed:
    """Let the rows stream past us where they can, else be summed where they are."""
    reader = reader_of(table, asked.names)
    if reader is None:
        rows = lazy(table)
        check_there(rows.collect_schema().names(), asked)
        return _pushdown.summed(rows, asked)
    check_there(reader.names, asked)
    # The compiler takes longer to import than all else here, and a fit needs none.
    from kaeden_stats.multilevel import _stream  # noqa: PLC0415

    return _stream.summed(reader.batches, asked, source=reader.source, told=told)


def check_there(names: Sequence[str], asked: Wanted) -> None:
    """Refuse a table that lacks a column."""
    missing = [name for name in asked.names if name not in names]
    if missing:
        raise InvalidInput(
            f"The table has no column {', '.join(missing)}. It has "
            f"{', '.join(sorted(names)[:20])}."
        )
