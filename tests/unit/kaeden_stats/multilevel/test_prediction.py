"""What a fit expects of rows, worked out where the rows are."""

import duckdb
import ibis
import narwhals as nw
import numpy as np
import polars as pl
import pytest
from scripts.postgres import server

from kaeden_stats import multilevel
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel import _beside, _readers
from tests.builders.mixed_fits import fit_of, fitted, pupils, rows_of
from tests.plain.mixed_dense import dense

MODELS = ("three", "three_slope", "crossed", "days_uncorrelated", "weighted")


def numbered(name):
    return rows_of(name).with_row_index("row")


def in_order(found):
    return nw.from_native(found).lazy().collect().to_polars().sort("row")


@pytest.mark.parametrize("name", MODELS)
def test_each_row_gets_what_all_matrices_say(name):
    fit, rows = fitted(name), rows_of(name)
    plain = dense(fit, rows)
    found = in_order(multilevel.predict(fit, numbered(name)))

    fixed = plain.X @ plain.beta
    units = sum(plain.Z[level] @ plain.effects(level) for level in fit.levels)
    assert found["fixed_part"].to_numpy() == pytest.approx(fixed, rel=1e-8)
    assert found["predicted"].to_numpy() == pytest.approx(fixed + units, rel=1e-8)


def test_arrow_pandas_and_duckdb_say_the_same():
    rows, fit = numbered("three_slope"), fitted("three_slope")
    wanted = in_order(multilevel.predict(fit, rows))["predicted"].to_numpy()
    database = duckdb.connect()
    database.register("pupils", rows.to_arrow())

    for table in (rows.to_arrow(), rows.to_pandas(), database.table("pupils")):
        found = in_order(multilevel.predict(fit, table))["predicted"].to_numpy()
        assert found == pytest.approx(wanted, rel=1e-13)


def test_rows_are_written_whole_beside_what_was_left_half(tmp_path):
    rows, fit = numbered("three"), fitted("three")
    rows.write_parquet(tmp_path / "pupils.parquet")
    (tmp_path / "said.parquet.part").write_bytes(b"half")

    said = multilevel.predict(
        fit, tmp_path / "pupils.parquet", into=tmp_path / "said.parquet"
    )
    assert pl.read_parquet(said).columns == [*rows.columns, "fixed_part", "predicted"]
    assert {one.name for one in tmp_path.iterdir()} == {
        "pupils.parquet",
        "said.parquet",
    }


def test_new_units_get_the_fixed_part_and_what_is_unknown_gets_nothing():
    fit = fitted("three")
    rows = pl.DataFrame(
        {
            "row": range(5),
            "authority": ["K0", "K0", "K9", "K0", "K0"],
            "school": ["K0 S01", "new", None, "K0 S01", "K0 S01"],
            "prior": [1.0, 1.0, 1.0, None, 1.0],
            "girl": [0.0, 0.0, 0.0, 0.0, float("nan")],
            "edu": ["long", "long", "long", "long", "long"],
        }
    )
    more = rows.head(1).with_columns(row=pl.lit(5, pl.Int64), edu=pl.lit("unheard of"))
    found = in_order(multilevel.predict(fit, pl.concat([rows, more])))

    slope = dict(zip(*(fit.coefficients[c] for c in ("term", "estimate")), strict=True))
    fixed = slope["1"] + slope["prior"]
    town, school = (fit.effects(c)["effect"][0] for c in ("authority", "school"))
    assert found["fixed_part"].head(3).to_list() == pytest.approx([fixed] * 3)
    expected = [fixed + town + school, fixed + town, fixed]
    assert found["predicted"].head(3).to_list() == pytest.approx(expected)
    assert found["predicted"].tail(3).to_list() == [None, None, None]


@pytest.mark.parametrize(
    "label",
    [
        pl.col("code"),
        pl.col("code").cast(pl.String),
        pl.col("code") > 5,
        pl.lit("2024-01-01").str.to_date() + pl.duration(days=pl.col("code")),
        pl.col("code").cast(pl.String).cast(pl.Categorical),
    ],
)
def test_labels_of_any_kind_find_their_unit(label):
    rows = pupils().with_row_index("row")
    code = pl.col("former").str.slice(1).cast(pl.Int64).alias("code")
    rows = rows.with_columns(code).with_columns(label.alias("former"))
    fit = fit_of(rows, fixed=["prior"], levels=["former"])
    found = in_order(multilevel.predict(fit, rows))

    units = found.with_columns(away=pl.col("predicted") - pl.col("fixed_part"))
    away = units.group_by("code").agg(pl.col("away").first()).sort("code")["away"]
    assert set(away.round(9)) == set(fit.effects("former")["effect"].round(9))


def test_whole_numbers_as_text_are_the_same_units():
    rows = pupils().with_row_index("row")
    rows = rows.with_columns(former=pl.col("former").str.slice(1).cast(pl.Int64))
    fit = fit_of(rows, fixed=["prior"], levels=["former"])
    as_text = rows.with_columns(pl.col("former").cast(pl.String))

    one, other = (in_order(multilevel.predict(fit, table)) for table in (rows, as_text))
    assert one["predicted"].to_list() == other["predicted"].to_list()


@pytest.mark.slow
@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.filterwarnings("default")
def test_postgresql_says_the_same(tmp_path):
    rows, fit = numbered("three_slope"), fitted("three_slope")
    rows = rows.with_columns(pl.col("row").cast(pl.Int64))
    rows.write_parquet(tmp_path / "pupils.parquet")
    wanted = in_order(multilevel.predict(fit, rows))["predicted"].to_numpy()
    sums = multilevel.residuals(fit, rows)
    with server() as address:
        database = ibis.connect(address)
        try:
            database.create_table("pupils", rows.to_arrow())
            table = database.table("pupils")
            found = in_order(multilevel.predict(fit, table))["predicted"].to_numpy()
            same = multilevel.residuals(fit, table)
        finally:
            database.disconnect()

    assert found == pytest.approx(wanted, rel=1e-12)
    assert same.kurtosis == pytest.approx(sums.kurtosis)
    assert same.quantiles["observed"] == pytest.approx(sums.quantiles["observed"])


@pytest.mark.slow
@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.filterwarnings("default")
def test_spark_says_and_writes_the_same(spark, tmp_path):
    rows, fit = numbered("three_slope"), fitted("three_slope")
    rows.write_parquet(tmp_path / "pupils.parquet")
    (tmp_path / "said.part").mkdir()
    table = spark.read.parquet(str(tmp_path / "pupils.parquet"))

    said = multilevel.predict(fit, table, into=tmp_path / "said")
    found = pl.read_parquet(f"{said}/*.parquet").sort("row")
    wanted = in_order(multilevel.predict(fit, rows))["predicted"].to_numpy()
    assert found["predicted"].to_numpy() == pytest.approx(wanted, rel=1e-12)
    assert multilevel.residuals(fit, table).kurtosis == pytest.approx(
        multilevel.residuals(fit, rows).kurtosis
    )


def test_a_missing_column_is_named():
    with pytest.raises(InvalidInput, match="no column edu, which the model uses"):
        multilevel.predict(fitted("three"), pupils().drop("edu"))


def test_a_column_of_that_name_is_not_written_over():
    rows = pupils().with_columns(predicted=pl.lit(1.0))

    with pytest.raises(InvalidInput, match="has a column predicted already"):
        multilevel.predict(fitted("three"), rows)


def test_an_engine_that_is_not_known_is_named(monkeypatch):
    monkeypatch.setattr(_beside, "LAID", {})

    with pytest.raises(InvalidInput, match="rows in polars"):
        multilevel.predict(fitted("three"), pupils())


def test_rows_in_memory_need_an_engine(monkeypatch):
    monkeypatch.setattr(_readers, "find_spec", lambda _name: None)

    with pytest.raises(InvalidInput, match="Install duckdb or polars"):
        multilevel.predict(fitted("three"), pupils().to_arrow())


def test_polars_reads_files_where_there_is_no_duckdb(monkeypatch, tmp_path):
    monkeypatch.setattr(_readers, "find_spec", lambda name: name == "polars")
    pupils().write_parquet(tmp_path / "pupils.parquet")

    found = multilevel.predict(fitted("three"), tmp_path / "pupils.parquet")
    assert isinstance(found, pl.LazyFrame)
    assert np.isfinite(found.collect()["predicted"].to_numpy()).all()
