"""Rows from whoever holds them: the same sums, bit by bit."""

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kaeden_stats import InvalidInput, multilevel
from kaeden_stats.multilevel import _readers
from tests.builders.streamed import many_pupils

MODEL = {
    "outcome": "score",
    "fixed": ["prior", "C(choice)", "C(sex)"],
    "levels": ["authority", "school"],
    "weights": "weight",
}


class Stream:
    """Something of which is known only that it gives an Arrow stream."""

    def __init__(self, table):
        self.table = table

    def __arrow_c_stream__(self, requested_schema=None):
        return self.table.__arrow_c_stream__(requested_schema)


def parquet_in(folder):
    def written(table):
        pq.write_table(table, folder / "pupils.parquet", row_group_size=100)
        return folder / "pupils.parquet"

    return written


def folder_in(folder):
    def written(table):
        for start in range(0, table.num_rows, 150):
            (folder / "year").mkdir(exist_ok=True)
            file = folder / "year" / f"{start:04}.parquet"
            pq.write_table(table.slice(start, 150), file)
        return str(folder)

    return written


def pattern_in(folder):
    return lambda table: f"{folder_in(folder)(table)}/*/*.parquet"


HELD = {
    "pyarrow": lambda table: table,
    "Arrow": lambda table: table.to_reader(70),
    "a stream": Stream,
    "pandas": lambda table: table.to_pandas(),
    "pandas in pieces": lambda table: pd.concat(
        [table.slice(0, 130).to_pandas(), table.slice(130).to_pandas()]
    ),
    "categories of pandas": lambda table: table.to_pandas().astype(
        {"choice": "category"}
    ),
    "polars": pl.from_arrow,
    "lazy polars": lambda table: pl.from_arrow(table).lazy(),
    "categories of polars": lambda table: pl.from_arrow(table).cast(
        {"choice": pl.Categorical}
    ),
    "duckdb": duckdb.from_arrow,
    "narwhals": nw.from_native,
}


@pytest.fixture(scope="module")
def table():
    held = pa.Table.from_pylist(many_pupils(400))
    return held.append_column("unused", pa.nulls(400))


@pytest.fixture(scope="module")
def plain(table):
    return multilevel.crossproducts(table, **MODEL)


def bits(blocks):
    return blocks.products.tobytes(), blocks.remainder.tobytes(), blocks.log_weight


@pytest.mark.parametrize("sizes", [[1] * 30, [30], [7, 0, 13, 10], [25, 5]])
def test_batches_are_made_even(sizes):
    rows = pa.RecordBatch.from_pydict({"row": list(range(30))})
    starts = [sum(sizes[:k]) for k in range(len(sizes))]
    batches = [rows.slice(*one) for one in zip(starts, sizes, strict=True)]

    found = list(_readers.even(batches, 12))

    assert [batch.num_rows for batch in found] == [12, 12, 6]
    assert [row for batch in found for row in batch["row"].to_pylist()] == [*range(30)]


@pytest.mark.parametrize("held", HELD.values(), ids=HELD)
def test_whoever_holds_the_rows_gives_the_same_bits(table, plain, held, monkeypatch):
    monkeypatch.setattr(_readers, "ROWS", 90)

    found = multilevel.crossproducts(held(table), **MODEL)

    assert bits(found) == bits(plain)
    assert found.values == plain.values
    assert [key.tolist() for key in found.keys] == [key.tolist() for key in plain.keys]


@pytest.mark.parametrize("files", [parquet_in, folder_in, pattern_in])
def test_parquet_files_are_read_by_a_path(table, plain, files, tmp_path):
    found = multilevel.crossproducts(files(tmp_path)(table), **MODEL)

    assert found.source == "Parquet"
    assert bits(found) == bits(plain)


@pytest.mark.filterwarnings("ignore::kaeden_stats.multilevel.ModelWarning")
@pytest.mark.parametrize("read", [multilevel.crossproducts, multilevel.fit])
def test_progress_is_told_in_rows(table, read):
    told = []

    read(table, **MODEL, told=told.append)

    assert told == [400]


def test_only_wanted_columns_are_read(table, tmp_path):
    reader = _readers.reader_of(parquet_in(tmp_path)(table), ["score", "choice"])

    schema = next(reader.batches).schema
    assert schema.names == ["score", "choice"]
    assert pa.types.is_dictionary(schema.field("choice").type)
    assert "unused" in reader.names


def test_a_path_to_nothing_is_said(tmp_path):
    with pytest.raises(InvalidInput, match="There is no Parquet file at"):
        multilevel.crossproducts(str(tmp_path / "gone.parquet"), **MODEL)


@pytest.mark.parametrize("what", [7, [1, 2]])
def test_what_is_no_table_is_refused(what):
    with pytest.raises(InvalidInput, match="is no table that can be read"):
        multilevel.crossproducts(what, **MODEL)


@pytest.mark.parametrize("held", [lambda table: table, pd.DataFrame, Stream])
def test_a_column_that_is_not_there_is_named(held):
    table = pa.table({"score": [1.0], "school": [1]})
    there = held(table.to_pydict()) if held is pd.DataFrame else held(table)

    with pytest.raises(InvalidInput, match=r"no column prior. It has school, score"):
        multilevel.crossproducts(
            there, outcome="score", fixed=["prior"], levels=["school"]
        )
