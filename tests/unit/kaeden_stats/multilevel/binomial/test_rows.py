"""Fits from rows that are read again: what they agree with, say and refuse."""

import datetime as dt
import warnings

import duckdb
import ibis
import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from scripts.postgres import server

from kaeden_stats import InvalidInput, NotIdentified, multilevel
from kaeden_stats.multilevel._summed import wanted
from kaeden_stats.multilevel.binomial import _passes, model
from kaeden_stats.multilevel.binomial._passes import arranged_rows
from kaeden_stats.multilevel.binomial._rows import Rows
from tests.builders.measured import measured
from tests.builders.passes import passes

FIXED = ["C(choice)", "prior", "hours"]
ASKED = wanted("passed", FIXED, ["area", "school"])


def fit(table, fixed=FIXED, levels=("area", "school"), **how):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        return multilevel.fit_binomial(table, "passed", fixed, levels, **how)


@pytest.fixture
def streamed(monkeypatch):
    """Read again, however few the rows."""
    monkeypatch.setattr(model, "FEW", 0)


def the_same(one, other):
    error = one.coefficients["standard_error"]
    here, there = (each.coefficients["estimate"] for each in (one, other))
    assert np.abs((here - there) / error).max() < 1e-10
    assert error == pytest.approx(other.coefficients["standard_error"], rel=1e-8)
    assert one.log_likelihood == pytest.approx(other.log_likelihood, rel=1e-12)
    for level, variance in one.variances.items():
        assert variance == pytest.approx(other.variances[level], rel=1e-9, abs=1e-11)
        ours, theirs = one.effects(level), other.effects(level)
        assert list(ours["unit"]) == list(theirs["unit"])
        assert ours["n"].tolist() == theirs["n"].tolist()
        for name in ("effect", "standard_error", "reliability"):
            assert ours[name] == pytest.approx(theirs[name], rel=1e-8, abs=1e-10)


@pytest.mark.parametrize(
    ("columns", "how"),
    [
        ({}, {}),
        ({}, {"slopes": {"school": ["prior"]}}),
        ({}, {"slopes": {"school": ["prior"]}, "uncorrelated": ["school"]}),
        ({}, {"levels": ["school"], "adaptive_quadrature": 5}),
        ({}, {"fixed": ["prior", "prior:hours", "C(choice):prior"]}),
        ({"prior": pl.col("prior") * 1e-3 + 1e6}, {}),
        (
            {"trials": pl.col("passed") + pl.int_range(pl.len()) % 3},
            {"trials": "trials"},
        ),
        ({"hours": pl.col("prior") * 2 - 1}, {}),
        ({"school": pl.int_range(pl.len()) % 24}, {"levels": ["school"]}),
        (
            {"hours": pl.when(pl.col("hours") > 3).then("hours"), "school": "school"},
            {},
        ),
        (
            {
                "school": pl.lit(dt.date(2026, 1, 1))
                + pl.duration(days=pl.col("school"))
            },
            {},
        ),
    ],
)
def test_rows_that_are_read_again_are_fitted_as_their_counts(columns, how, monkeypatch):
    table = measured().with_columns(**columns)
    counts = fit(table, **how)
    monkeypatch.setattr(model, "FEW", 0)
    rows = fit(table, **how)

    the_same(counts, rows)
    assert (counts.run.readings, rows.run.readings > 10) == (0, True)
    for name in ("left_out", "dropped", "groups", "singular", "rows", "trials"):
        assert getattr(counts.run, name) == getattr(rows.run, name)


@pytest.mark.parametrize(
    "kind", ["duckdb", "polars", "lazy", "pandas", "arrow", "path"]
)
def test_whatever_streams_the_rows_gives_the_same_fit(kind, tmp_path, streamed):
    rows = measured(300)
    rows.write_parquet(tmp_path / "rows.parquet")
    arrow = rows.to_arrow()
    table = {
        "duckdb": lambda: duckdb.from_arrow(arrow),
        "polars": lambda: rows,
        "lazy": rows.lazy,
        "pandas": rows.to_pandas,
        "arrow": lambda: arrow,
        "path": lambda: tmp_path / "rows.parquet",
    }[kind]()

    the_same(fit(rows.reverse()), fit(table))


def test_it_is_told_how_many_rows_were_read(streamed):
    heard = []

    found = fit(measured(300), told=heard.append)

    assert heard == sorted(heard)
    assert heard[-1] == 300 * found.run.readings


def test_a_reading_can_be_interrupted(streamed):
    def stop(rows):
        if rows > 3000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit(measured(300), told=stop)


@pytest.mark.parametrize(
    ("few", "many", "table", "is_read_again"),
    [
        (100, 1 << 21, passes(2000), False),
        (2000, 1 << 21, measured(2000), False),
        (1000, 1 << 21, measured(2000), True),
        (10, 50, passes(2000).with_columns(hours="prior"), True),
    ],
)
def test_patterns_are_held_where_they_are_few_or_far_fewer_than_rows(
    few, many, table, is_read_again, monkeypatch
):
    monkeypatch.setattr(model, "FEW", few)
    monkeypatch.setattr(model, "MANY", many)

    found = fit(table, ["C(choice)", "prior"], ["school"])

    assert (found.run.readings > 0) is is_read_again


@pytest.mark.usefixtures("socket_enabled")
def test_postgresql_is_read_again_by_batches(monkeypatch):
    table = measured(300).with_columns(
        hours=pl.when(pl.int_range(pl.len()) != 7).then("hours")
    )
    held = fit(table)
    monkeypatch.setattr(model, "FEW", 200)
    with server() as address:
        database = ibis.connect(address)
        try:
            database.create_table("pupils", table.to_arrow())
            found = fit(database.table("pupils"))
            few = fit(database.table("pupils"), ["C(choice)"])
        finally:
            database.disconnect()

    the_same(held, found)
    assert found.run.source == "ibis"
    assert found.run.left_out == {"hours": 1}
    assert (found.run.readings > 0, few.run.readings) == (True, 0)


def test_what_gives_no_batches_counts_and_refuses_what_is_too_much_to_hold(
    monkeypatch,
):
    table = measured(300)
    monkeypatch.setattr(model, "FEW", 200)
    monkeypatch.setattr(model, "reader_of", lambda _table, _columns: None)

    assert fit(table).run.readings == 0
    monkeypatch.setattr(model, "MANY", 299)
    with pytest.raises(InvalidInput, match=r"have 300 patterns .* and polars gives no"):
        fit(table)


@pytest.mark.slow
@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.filterwarnings("default")
def test_spark_gives_no_batches(spark, monkeypatch, tmp_path):
    table = measured(300)
    table.write_parquet(tmp_path / "pupils.parquet")
    rows = spark.read.parquet(str(tmp_path / "pupils.parquet"))
    monkeypatch.setattr(model, "FEW", 200)

    the_same(fit(rows), fit(table))
    monkeypatch.setattr(model, "MANY", 299)
    with pytest.raises(InvalidInput, match=r"and pyspark gives no rows in batches"):
        fit(rows)


def test_a_table_that_can_be_read_only_once_is_refused():
    with pytest.raises(InvalidInput, match="RecordBatchReader is no table that can be"):
        fit(measured(50).to_arrow().to_reader())


def changed(tmp_path, how):
    """Return rows that are not what they were when they were first read."""
    path = tmp_path / "rows.parquet"
    table = measured(300)
    table.write_parquet(path)
    rows = Rows(path, ASKED)
    looked = rows.look()
    _made, design = arranged_rows(rows, looked, fixed=FIXED, slopes={}, uncorrelated=())
    table.with_columns(**how).write_parquet(path)
    return rows, design


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"school": pl.col("school") + 7}, "gave groups that the first had not"),
        ({"passed": 1}, r"gave 300 complete rows with 300 successes, not 300 with"),
        ({"prior": pl.lit(None, float)}, "gave 0 complete rows with 0 successes"),
    ],
)
def test_rows_that_change_between_two_readings_are_refused(how, words, tmp_path):
    rows, _design = changed(tmp_path, how)

    with pytest.raises(InvalidInput, match=f"A second reading {words}.*stays as it is"):
        list(rows.batches())


def test_a_category_that_the_first_reading_had_not_is_refused(tmp_path):
    rows, design = changed(tmp_path, {"choice": pl.lit("drama")})

    with pytest.raises(InvalidInput, match="gave values of choice that the first"):
        [design.of(batch) for batch in rows.batches()]


def test_a_batch_without_trials_says_nothing_of_the_scales(monkeypatch, streamed):
    monkeypatch.setattr("kaeden_stats.multilevel.binomial._rows.ROWS", 50)
    at = pl.int_range(pl.len())
    table = measured(300).with_columns(
        n=pl.when(at < 100).then(0).otherwise(2),
        passed=pl.when(at < 100).then(0).otherwise("passed"),
    )

    found = fit(table, ["prior"], ["school"], trials="n")

    the_same(found, fit(table[100:], ["prior"], ["school"], trials="n"))
    assert found.run.trials == 400


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"passed": 2}, "passed is neither 0 nor 1 in 300 rows"),
        ({"prior": pl.lit("high")}, "prior holds .*, not numbers"),
    ],
)
def test_columns_that_are_not_what_they_must_be_are_refused(columns, words, streamed):
    with pytest.raises(InvalidInput, match=words):
        fit(measured(300).with_columns(**columns))


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"prior": pl.lit(None, float)}, r"No row is complete\. .*{'prior': 300}"),
        ({"passed": 1}, "a success in every trial"),
        ({"area": 1}, "area has only one group"),
        ({"passed": (pl.col("prior") > 0).cast(int)}, "^prior separates the outcomes"),
    ],
)
def test_rows_that_say_nothing_are_refused(columns, words, streamed):
    with pytest.raises(NotIdentified, match=words):
        fit(measured(300).with_columns(**columns))


def test_a_start_that_steps_too_far_is_taken_back(streamed):
    rows = pl.DataFrame(
        {
            "school": [1, 1, 1, 2, 2, 2],
            "days": [0, 1, 20, 0, 1, 20],
            "passed": [440, 6, 5, 460, 4, 5],
            "pupils": [500, 5000, 5000, 500, 5000, 5000],
        }
    )

    found = fit(rows, ["days"], ["school"], trials="pupils")

    assert found.run.is_optimum


def test_the_start_is_where_the_likelihood_without_effects_is_highest():
    table = measured(300)
    rows = Rows(table, ASKED)
    looked = rows.look()
    made, design = arranged_rows(rows, looked, fixed=FIXED, slopes={}, uncorrelated=())
    problem = _passes.Passes(rows, looked, made, design, 1)
    x = np.vstack([design.of(batch) for batch in rows.batches()])
    x = x[:, [0, *range(1, x.shape[1])]]
    y = table["passed"].to_numpy()

    share = 1 / (1 + np.exp(-x @ problem.start()))

    assert np.abs(x.T @ (y - share)).max() < 0.05


def test_batches_of_any_size_are_cut_alike(streamed):
    table = measured(300)
    pieces = pa.Table.from_batches(table.to_arrow().to_batches(max_chunksize=7))

    the_same(fit(table), fit(pieces))
