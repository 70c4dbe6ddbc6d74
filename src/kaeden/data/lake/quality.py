"""What came in: counts by status, numbers kept out, coverage, and odd units."""

from typing import Any

import duckdb

from kaeden.data.contracts import Contract
from kaeden.data.lake import children, sql
from kaeden.shared.status import ValueStatus

Report = dict[str, Any]
"""Plain JSON: it is stored with the import and shown as it is."""


def report(connection: duckdb.DuckDBPyConnection, contract: Contract) -> Report:
    """Describe the values (`observations`) and units (`units`) of one file."""
    found: Report = {
        "statuses": _by_status(connection),
        "measures": _by_measure(connection),
        "kept_out": _kept_out(connection),
    }
    if contract.children:
        found["children"] = children.counted(connection, contract)
        found["statuses"] = _by_cell(found["children"])
    if contract.register_units:
        found["coverage"] = _coverage(connection)
        found["units_by_type"] = _by_type(connection)
        found["names_used_twice"] = _names_used_twice(connection)
        found["units_without_municipality"] = _without_municipality(connection)
    return found


def _by_status(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    query = "SELECT status, count(*) FROM observations GROUP BY status"
    return dict.fromkeys(map(str, ValueStatus), 0) | dict(sql.rows(connection, query))


def _by_cell(counted: Report) -> dict[str, int]:
    """Return how many cells of children's columns hold something, and how many don't."""
    missing = sum(counted["missing"].values())
    cells = counted["rows"] * len(counted["missing"])
    return dict.fromkeys(map(str, ValueStatus), 0) | {
        str(ValueStatus.VALUE): cells - missing,
        str(ValueStatus.MISSING): missing,
    }


def _by_measure(connection: duckdb.DuckDBPyConnection) -> sql.Records:
    query = sql.select(
        *("measure", "breakdown"),
        *(f"count(*) FILTER (status = '{each}') AS {each}" for each in ValueStatus),
        source="observations",
        tail="GROUP BY ALL ORDER BY ALL",
    )
    return sql.records(connection, query)


def _kept_out(connection: duckdb.DuckDBPyConnection) -> sql.Records:
    return sql.records(
        connection,
        """SELECT measure, breakdown, reason, status, count(*) AS count
        FROM observations WHERE reason NOT IN ('', 'blank')
        GROUP BY ALL ORDER BY ALL""",
    )


def _coverage(connection: duckdb.DuckDBPyConnection) -> sql.Records:
    return sql.records(
        connection,
        """SELECT measure, type, count(*) AS units,
            count(*) FILTER (status IN ('value', 'zero')) AS with_number
        FROM observations JOIN units ON code = unit_code
        GROUP BY ALL ORDER BY ALL""",
    )


def _by_type(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    query = "SELECT type, count(*) FROM units GROUP BY type ORDER BY type"
    return dict(sql.rows(connection, query))


def _names_used_twice(connection: duckdb.DuckDBPyConnection) -> int:
    query = """SELECT name FROM units
        GROUP BY name, municipality_code HAVING count(*) > 1"""
    return len(sql.rows(connection, query))


def _without_municipality(connection: duckdb.DuckDBPyConnection) -> list[str]:
    query = "SELECT code FROM units WHERE municipality_code = '' ORDER BY code"
    return [code for (code,) in sql.rows(connection, query)]
