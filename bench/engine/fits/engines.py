"""The same pass wherever the rows lie, as JSON: ``engines ENGINE ROWS.parquet ROUNDS``."""

import json
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.engine.contest import PATIENCE, spread
from bench.engine.model import blocks_of
from bench.timing import seconds
from kaeden_stats import multilevel


@contextmanager
def _parquet(path: Path) -> Iterator[Any]:
    yield path


@contextmanager
def _duckdb(path: Path) -> Iterator[Any]:
    import duckdb

    yield duckdb.sql(f"select * from '{path}'")


@contextmanager
def _polars(path: Path) -> Iterator[Any]:
    import polars as pl

    yield pl.scan_parquet(path)


@contextmanager
def _arrow(path: Path) -> Iterator[Any]:
    import pyarrow.parquet as pq

    yield pq.read_table(path)


@contextmanager
def _pandas(path: Path) -> Iterator[Any]:
    import pandas as pd

    yield pd.read_parquet(path)


@contextmanager
def _pyspark(path: Path) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config(
        "spark.ui.enabled", "false"
    )
    made = session.getOrCreate()
    yield made.read.parquet(str(path))
    made.stop()


@contextmanager
def _postgresql(path: Path) -> Iterator[Any]:
    import ibis
    import psycopg
    from scripts.postgres import server

    with server() as address:
        with psycopg.connect(address) as line:
            _load(line, path)
        yield ibis.connect(address).table("pupils")


def _load(line: Any, path: Path) -> None:
    """Copy the rows into a table of their own."""
    import io

    import pyarrow.parquet as pq
    from pyarrow import csv

    kinds = {"double": "double precision", "string": "text"}
    source = pq.ParquetFile(path)
    columns = ", ".join(
        f"{one.name} {kinds.get(str(one.type), 'integer')}"
        for one in source.schema_arrow
    )
    line.execute(f"create table pupils ({columns})")
    with line.cursor().copy("copy pupils from stdin (format csv)") as copy:
        for batch in source.iter_batches():
            held = io.BytesIO()
            csv.write_csv(batch, held, csv.WriteOptions(include_header=False))
            copy.write(held.getvalue())
    line.execute("analyze pupils")


ENGINES = {
    "Parquet": _parquet,
    "DuckDB": _duckdb,
    "Polars": _polars,
    "Arrow": _arrow,
    "pandas": _pandas,
    "PySpark": _pyspark,
    "PostgreSQL": _postgresql,
}


def main(engine: str, path: str, rounds: str) -> None:
    """Print the seconds of the pass, after a first one, and −2 log-likelihood."""
    warnings.simplefilter("ignore")
    if engine == "PySpark" and not shutil.which("java"):
        raise SystemExit(
            "Java is not installed: apt-get install openjdk-17-jre-headless"
        )
    with ENGINES[engine](Path(path)) as table:
        times = [seconds(lambda: blocks_of(table, "intercepts"))]
        while len(times) <= int(rounds) and times[0] < PATIENCE:
            times.append(seconds(lambda: blocks_of(table, "intercepts")))
        made = multilevel.fit_crossproducts(blocks_of(table, "intercepts"))
    warm = times[1:] or times
    said = {
        "pass": spread(warm),
        "rounds": len(warm),
        "deviance": -2 * made.log_likelihood,
    }
    sys.stdout.write(f"\n{json.dumps(said)}\n")


main(*sys.argv[1:])
