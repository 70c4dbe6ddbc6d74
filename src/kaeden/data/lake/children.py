"""Rows of children, from a checked file into the lake.

A child is a number in the lake: the file's pseudonyms are not kept.
"""

from typing import Any

import duckdb
import pyarrow as pa

from kaeden.data.contract_parts import CHILD, INSTITUTION, PERIOD
from kaeden.data.contracts import Contract
from kaeden.data.lake import sql
from kaeden.data.lake.observing import period_of

TABLE = "children"


def table(connection: duckdb.DuckDBPyConnection, contract: Contract) -> pa.Table | None:
    """Return a checked file's rows of children, if it holds any.

    Every child gets a number in place of its pseudonym. A blank is a missing value.
    """
    children = contract.children
    if children is None:
        return None
    group = children.group
    query = sql.select(
        f"{sql.quoted(contract.unit.column)} AS {INSTITUTION}",
        f"{period_of(connection, contract)} AS {PERIOD}",
        *(
            [f"{sql.quoted(group.column)} AS {sql.quoted(group.level)}"]
            if group
            else []
        ),
        f"dense_rank() OVER (ORDER BY {sql.quoted(children.child)}) AS {CHILD}",
        *(
            f"{_cell(contract, one.column)} AS {sql.quoted(one.name)}"
            for one in children.columns
        ),
        tail=f"ORDER BY {PERIOD}, {INSTITUTION}, {CHILD}",
    )
    return sql.table(connection, query)


def _cell(contract: Contract, column: str) -> str:
    if contract.columns[column].is_number:
        return sql.number(column, contract)
    return f"nullif({sql.quoted(column)}, '')"


def counted(
    connection: duckdb.DuckDBPyConnection, contract: Contract
) -> dict[str, Any]:
    """Count what the rows of `children` hold, for the quality report; no values."""
    assert contract.children
    names = [one.name for one in contract.children.columns]
    missing = [f"count(*) FILTER ({sql.quoted(name)} IS NULL)" for name in names]
    whole = [
        f"count(DISTINCT {CHILD})",
        f"count(DISTINCT {INSTITUTION})",
        "count(*)",
        *missing,
    ]
    ((children, units, rows, *lacking),) = sql.rows(
        connection, sql.select(*whole, source=TABLE)
    )
    years = sql.select(
        PERIOD, "count(*)", source=TABLE, tail="GROUP BY ALL ORDER BY ALL"
    )
    moved = sql.select(
        CHILD,
        source=TABLE,
        tail=f"GROUP BY {CHILD} HAVING count(DISTINCT {INSTITUTION}) > 1",
    )
    return {
        "children": children,
        "units": units,
        "rows": rows,
        "years": dict(sql.rows(connection, years)),
        "missing": dict(zip(names, lacking, strict=True)),
        "moved": len(sql.rows(connection, moved)),
    }
