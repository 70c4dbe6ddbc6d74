"""Rows of children, opened in the lake for the engine's models.

Only sums and means over many rows leave it, and the relation that a model's one pass
reads. Nothing here gives a row to look at.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb
from django.utils.translation import gettext as _
from pyarrow import dataset

from kaeden.data.contract_parts import CHILD, INSTITUTION, PERIOD, Range
from kaeden.data.lake import sql, storing
from kaeden.data.lake.children import TABLE
from kaeden.shared.errors import NotFound

YEAR = "year_begun"
"""The year that a period begins in, as a number: a column of every row."""
FILES = "files_of_children"
_WITH_YEAR = sql.select(
    "*", f"CAST(left({PERIOD}, 4) AS DOUBLE) AS {YEAR}", source=FILES
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows and columns of children a model reads.

    `numbers` and `words` are the background, `unit_means` the numbers whose mean in a
    child's unit is wanted too, `population` what a child must be to count: within a
    range, or one of some words.
    """

    outcome: str
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unit_means: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    weight: str | None = None
    periods: tuple[str, ...] = ()
    population: Mapping[str, Range | tuple[str, ...]] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that a row must have to be complete."""
        weight = () if self.weight is None else (self.weight,)
        names = (self.outcome, *weight, *self.numbers, *self.words, *self.levels)
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMean:
    """A unit's children with an outcome: how many, their mean, how far they lie apart."""

    code: str
    rows: int
    mean: float
    spread: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Averages:
    """The average child of the complete rows, and the mean of each unit.

    `numbers` holds each number's mean, `shares` how common each word is. The units'
    means are of all their children with an outcome, also where background is missing.
    """

    rows: int
    mean: float
    numbers: Mapping[str, float]
    shares: Mapping[str, Mapping[str, float]]
    units: tuple[UnitMean, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Children with an outcome in one period, unit, cluster and group.

    A `cluster` is the class that a child was last in at the unit, so that all the years
    of a child are in one. `group` is empty where a child is in none of those asked for.
    """

    period: str
    unit: str
    cluster: str
    group: str
    rows: int
    total: float
    squares: float


@contextmanager
def opened(source: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the rows of a source that count now, each file as it was written.

    Raises
    ------
    NotFound
        If no rows of the source are imported.
    LakeDamaged
        If a file isn't as it was written.
    """
    paths = [
        storing.whole(batch, storing.CHILDREN)
        for batch in storing.current()
        if batch.source == source and storing.CHILDREN in batch.files
    ]
    if not paths:
        raise NotFound(
            _("The lake has no rows of children from “%(source)s”. Import them first.")
            % {"source": source}
        )
    with duckdb.connect(":memory:", config=sql.LOCKED) as connection:
        connection.register(FILES, dataset.dataset([str(path) for path in paths]))
        connection.execute(f"CREATE VIEW {TABLE} AS {_WITH_YEAR}")
        yield connection


def periods(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Return the years that there are rows of, oldest first."""
    query = sql.select(f"DISTINCT {PERIOD}", source=TABLE, tail="ORDER BY 1")
    return tuple(text for (text,) in sql.rows(connection, query))


def averages(connection: duckdb.DuckDBPyConnection, wanted: Wanted) -> Averages:
    """Return the average child of the complete rows, and each unit's mean."""
    tail = f"WHERE {_counts(wanted)} AND {_known(wanted.columns)}"
    outcome = sql.quoted(wanted.outcome)
    means = (_mean(sql.quoted(name), wanted) for name in wanted.numbers)
    query = sql.select(
        "count(*)", _mean(outcome, wanted), *means, source=TABLE, tail=tail
    )
    ((rows, mean, *middle),) = sql.rows(connection, query)
    return Averages(
        rows=rows,
        mean=mean if rows else float("nan"),
        numbers=dict(zip(wanted.numbers, middle, strict=True)) if rows else {},
        shares={name: _shares(connection, name, tail) for name in wanted.words},
        units=unit_means(connection, wanted),
    )


def unit_means(
    connection: duckdb.DuckDBPyConnection, wanted: Wanted
) -> tuple[UnitMean, ...]:
    """Return the mean of each unit's children with an outcome, by code."""
    outcome = sql.quoted(wanted.outcome)
    needed = (wanted.outcome, *([wanted.weight] if wanted.weight else []))
    query = sql.select(
        *(INSTITUTION, "count(*)", _mean(outcome, wanted), f"stddev_samp({outcome})"),
        source=TABLE,
        tail=f"WHERE {_counts(wanted)} AND {_known(needed)}"
        f" GROUP BY {INSTITUTION} ORDER BY {INSTITUTION}",
    )
    return tuple(
        UnitMean(code=code, rows=count, mean=mean, spread=spread)
        for code, count, mean, spread in sql.rows(connection, query)
    )


def cells(
    connection: duckdb.DuckDBPyConnection,
    wanted: Wanted,
    groups: Mapping[str, tuple[str, Range | tuple[str, ...]]],
    *,
    within: str,
) -> tuple[Cell, ...]:
    """Return sums by group: each is of a column, within a range or one of some words."""
    cases = " ".join(
        f"WHEN {_holds(column, asked)} THEN {sql.literal(name)}"
        for name, (column, asked) in groups.items()
    )
    return _cells(connection, wanted, f"CASE {cases} ELSE '' END", within)


def ranked_cells(
    connection: duckdb.DuckDBPyConnection, wanted: Wanted, rank: str, *, within: str
) -> tuple[Cell, ...]:
    """Return sums by each whole number of a column; empty where it is missing."""
    whole = f"coalesce(cast(round({sql.quoted(rank)}) AS INTEGER)::VARCHAR, '')"
    return _cells(connection, wanted, whole, within)


def _cells(
    connection: duckdb.DuckDBPyConnection, wanted: Wanted, group: str, within: str
) -> tuple[Cell, ...]:
    outcome = sql.quoted(wanted.outcome)
    last = (
        f"arg_max({PERIOD} || ' ' || {sql.quoted(within)}, {PERIOD})"
        f" OVER (PARTITION BY {INSTITUTION}, {CHILD})"
    )
    kept = sql.select(
        *(PERIOD, INSTITUTION, f"{last} AS last_class", f"{group} AS own_group"),
        f"{outcome} AS outcome",
        source=TABLE,
        tail=f"WHERE {_counts(wanted)} AND {_known((wanted.outcome,))}",
    )
    query = sql.select(
        *(PERIOD, INSTITUTION, "last_class", "own_group", "count(*)", "sum(outcome)"),
        "sum(outcome * outcome)",
        source=f"({kept})",
        tail="GROUP BY ALL ORDER BY ALL",
    )
    return tuple(
        Cell(
            period=period,
            unit=unit,
            cluster=cluster or "",
            group=name,
            rows=count,
            total=total,
            squares=squares,
        )
        for period, unit, cluster, name, count, total, squares in sql.rows(
            connection, query
        )
    )


def centred(
    connection: duckdb.DuckDBPyConnection, wanted: Wanted, middle: Mapping[str, float]
) -> duckdb.DuckDBPyRelation:
    """Return the rows that count, each number as its distance from `middle`.

    So an effect of a unit is about the average child. Incomplete rows are there too:
    the pass counts them.
    """
    own = (
        f"{sql.quoted(name)} - {middle[name]!r} AS {sql.quoted(name)}"
        if name in middle
        else sql.quoted(name)
        for name in wanted.columns
    )
    units = (
        f"avg({sql.quoted(name)}) OVER (PARTITION BY {INSTITUTION}) - {middle[name]!r}"
        f" AS {sql.quoted(of_unit(name))}"
        for name in wanted.unit_means
    )
    query = sql.select(*own, *units, source=TABLE, tail=f"WHERE {_counts(wanted)}")
    return connection.sql(query)


def of_unit(name: str) -> str:
    """Return what the mean of a column in a child's unit is called."""
    return f"{name}_of_unit"


def _known(columns: Iterable[str]) -> str:
    return " AND ".join(f"{sql.quoted(name)} IS NOT NULL" for name in columns)


def _counts(wanted: Wanted) -> str:
    """Write which rows are meant: the years, and the children who count."""
    conditions = [f"{PERIOD} IN {sql.listed(wanted.periods)}"]
    conditions += [_holds(name, asked) for name, asked in wanted.population.items()]
    return " AND ".join(conditions)


def _holds(name: str, asked: Range | tuple[str, ...]) -> str:
    within = (
        f"BETWEEN {asked.min} AND {asked.max}"
        if isinstance(asked, Range)
        else f"IN {sql.listed(asked)}"
    )
    return f"{sql.quoted(name)} {within}"


def _mean(column: str, wanted: Wanted) -> str:
    weight = "1" if wanted.weight is None else sql.quoted(wanted.weight)
    return f"sum({weight} * {column}) / sum({weight})"


def _shares(
    connection: duckdb.DuckDBPyConnection, name: str, tail: str
) -> dict[str, float]:
    query = sql.select(
        sql.quoted(name),
        "count(*) / sum(count(*)) OVER ()",
        source=TABLE,
        tail=f"{tail} GROUP BY 1 ORDER BY 1",
    )
    return dict(sql.rows(connection, query))
