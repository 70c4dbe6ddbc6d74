"""The rows stay where they are: real PostgreSQL through Ibis, real Spark, real DuckDB."""

import warnings

import duckdb
import ibis
import polars as pl
import pytest
from scripts.postgres import server

from kaeden_stats import InvalidInput, NotIdentified, multilevel
from kaeden_stats.multilevel import _pushdown
from kaeden_stats.multilevel._summed import wanted
from tests.builders.pupils import pupils

MODEL = {
    "outcome": "score",
    "fixed": ["prior", "C(choice)", "C(choice):prior", "prior:prior"],
    "levels": ["authority", "school"],
    "weights": "weight",
}


@pytest.fixture(scope="module")
def rows():
    table = pl.DataFrame(pupils(300, shift=4096.0)).with_row_index("row")
    lacks = pl.col("row") % 50 == 7
    return table.with_columns(
        prior=pl.when(lacks).then(None).otherwise(pl.col("prior")),
        score=pl.when(pl.col("row") == 11)
        .then(float("nan"))
        .otherwise(pl.col("score")),
        weight=1.0 + pl.col("row") % 3,
    )


@pytest.fixture(scope="module")
def in_polars(rows):
    return fitted(rows.lazy())


def fitted(table, weights="weight"):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        return multilevel.fit(table, **MODEL | {"weights": weights})


def the_same(one, other):
    assert one.run.left_out == other.run.left_out == {"score": 1, "prior": 6}
    assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=1e-9)
    for column in ("estimate", "standard_error"):
        here, there = one.coefficients[column], other.coefficients[column]
        assert here == pytest.approx(there, rel=1e-8)


@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.parametrize("weights", ["weight", None])
def test_postgresql_sums_them(rows, weights):
    with server() as address:
        database = ibis.connect(address)
        try:
            database.create_table("pupils", rows.drop("row").to_arrow())
            found = fitted(database.table("pupils"), weights)
        finally:
            database.disconnect()

    assert found.run.source == "ibis"
    the_same(found, fitted(rows.lazy(), weights))


@pytest.mark.slow
@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.filterwarnings("default")
def test_spark_sums_them(rows, in_polars, spark, tmp_path):
    rows.write_parquet(tmp_path / "pupils.parquet")

    found = fitted(spark.read.parquet(str(tmp_path / "pupils.parquet")))

    assert found.run.source == "pyspark"
    the_same(found, in_polars)


def passed_of(table):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        return multilevel.fit_binomial(
            table, "passed", ["C(choice)", "early"], ["school"], trials="tries"
        )


@pytest.fixture(scope="module")
def tries(rows):
    return rows.drop("row").with_columns(
        early=pl.col("prior") > 4096.0,
        tries=pl.lit(3),
        passed=(pl.col("score").fill_nan(None) - 4094.5).clip(0, 3).round(0),
    )


def counted_alike(found, truth):
    assert found.run.left_out == truth.run.left_out == {"passed": 1, "early": 6}
    assert found.run.patterns == truth.run.patterns < found.run.rows
    assert found.log_likelihood == pytest.approx(truth.log_likelihood, abs=1e-9)
    for column in ("estimate", "standard_error"):
        here, there = (one.coefficients[column].tolist() for one in (found, truth))
        assert here == there


@pytest.mark.usefixtures("socket_enabled")
def test_postgresql_counts_those_who_passed(tries):
    with server() as address:
        database = ibis.connect(address)
        try:
            database.create_table("pupils", tries.to_arrow())
            found = passed_of(database.table("pupils"))
        finally:
            database.disconnect()

    counted_alike(found, passed_of(tries))


@pytest.mark.slow
@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.filterwarnings("default")
def test_spark_counts_those_who_passed(tries, spark, tmp_path):
    tries.write_parquet(tmp_path / "pupils.parquet")

    found = passed_of(spark.read.parquet(str(tmp_path / "pupils.parquet")))

    counted_alike(found, passed_of(tries.lazy()))


def test_duckdb_sums_them_too(rows):
    asked = wanted("score", ["prior"], ["school"])
    database = duckdb.connect()
    database.register("pupils", rows.to_arrow())

    found = [
        _pushdown.summed(_pushdown.nw.from_native(table).lazy(), asked)
        for table in (database.table("pupils"), rows)
    ]

    here, there = (
        dict(zip(*(one.keys[0].tolist(), one.products), strict=True)) for one in found
    )
    assert here.keys() == there.keys()
    for school, products in here.items():
        assert products == pytest.approx(there[school], rel=1e-13)


def test_no_complete_row_is_said(rows):
    empty = rows.with_columns(prior=pl.lit(None, dtype=pl.Float64)).lazy()

    with pytest.raises(NotIdentified, match=r"No row is complete. Left out: .*'prior'"):
        _pushdown.summed(
            _pushdown.nw.from_native(empty), wanted("score", ["prior"], ["school"])
        )


def test_a_weight_of_nothing_is_refused(rows):
    light = rows.with_columns(weight=pl.col("row") % 3).lazy()
    asked = wanted("score", [], ["school"], weights="weight")

    with pytest.raises(InvalidInput, match="A weight must be above 0"):
        _pushdown.summed(_pushdown.nw.from_native(light), asked)
