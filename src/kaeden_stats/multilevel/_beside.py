"""A small table laid beside the rows, wherever they are, so that the two can be joined.

Private. The engines are known by what Narwhals says they are; none is imported.
"""

from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw
import pyarrow as pa
from numpy.typing import NDArray

from kaeden_stats.errors import InvalidInput

Rows = nw.LazyFrame[Any]
Columns = Mapping[str, NDArray[Any]]


def beside(rows: Rows, columns: Columns) -> Rows:
    """Return columns as a table that can be joined to the rows.

    Raises
    ------
    InvalidInput
        If the engine that holds the rows is not one of those known here.
    """
    lay = LAID.get(rows.implementation)
    if lay is None:
        raise InvalidInput(
            f"Units' effects can't be joined to rows in {rows.implementation.value}. Use "
            "DuckDB, Polars, Spark or Ibis, or a Parquet file."
        )
    laid: Rows = nw.from_native(lay(rows, columns)).lazy()
    return laid


def _duckdb(rows: Rows, columns: Columns) -> Any:
    units = pa.table(dict(columns))  # noqa: F841  # DuckDB finds it by its name
    return rows.to_native().query("rows_here", "SELECT * FROM units")


def _polars(_rows: Rows, columns: Columns) -> Any:
    return nw.from_dict(dict(columns), backend="polars").lazy().to_native()


def _spark(rows: Rows, columns: Columns) -> Any:
    values = zip(*(one.tolist() for one in columns.values()), strict=True)
    return rows.to_native().sparkSession.createDataFrame([*values], [*columns])


def _ibis(rows: Rows, columns: Columns) -> Any:
    ibis = rows.implementation.to_native_namespace()
    return ibis.memtable(pa.table(dict(columns)))


LAID: Mapping[nw.Implementation, Callable[[Rows, Columns], Any]] = {
    nw.Implementation.DUCKDB: _duckdb,
    nw.Implementation.POLARS: _polars,
    nw.Implementation.PYSPARK: _spark,
    nw.Implementation.IBIS: _ibis,
}
