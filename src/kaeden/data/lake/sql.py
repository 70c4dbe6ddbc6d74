"""A locked DuckDB connection in memory, and the few words of SQL that all use."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa

from kaeden.data.contracts import Contract

Records = list[dict[str, Any]]

LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
}


@contextmanager
def a_table(table: pa.Table, name: str = "file") -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a connection that sees one table and nothing else."""
    with duckdb.connect(":memory:", config=LOCKED) as connection:
        connection.register(name, table)
        yield connection


def select(*columns: str, source: str = "file", tail: str = "") -> str:
    """Write a query of parts that `quoted`, `literal` and `listed` have made safe."""
    # Nothing from a file gets here: only names and words of our own contracts.
    return f"SELECT {', '.join(columns)} FROM {source} {tail}"  # noqa: S608


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    """Run a query to its end; an unread result would block the connection."""
    return connection.execute(query).fetchall()


def table(connection: duckdb.DuckDBPyConnection, query: str) -> pa.Table:
    """Run a query into a table."""
    return connection.sql(query).to_arrow_table()


def records(connection: duckdb.DuckDBPyConnection, query: str) -> Records:
    """Run a query into plain rows with names."""
    found: Records = table(connection, query).to_pylist()
    return found


def quoted(name: str) -> str:
    """Write a column's name."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Write a text."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """Write a list of texts for ``IN``; an empty list holds nothing."""
    return "(" + (", ".join(literal(text) for text in texts) or "NULL") + ")"


def number(column: str, contract: Contract) -> str:
    """Write a cell as a number, null where it isn't one."""
    cell = quoted(column)
    if contract.format.decimal == ",":
        cell = f"replace({cell}, ',', '.')"
    return f"try_cast({cell} AS DOUBLE)"
