"""One pass over rows gives what the table of units by periods gives."""

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.staggered import fit, fit_paths, paths, paths_of, rows
from tests.builders.staggered import counties, planted

NAMES = {"unit": "unit", "period": "year", "first": "first"}


def as_rows(value, first, *, start=2010, weights=None):
    """Return the rows of a table of units by periods, in no order."""
    unit, period = np.nonzero(np.isfinite(value))
    held = {
        "unit": unit + 1000,
        "year": period + start,
        "first": np.where(np.isfinite(first), first + start, 0)[unit].astype(int),
        "y": value[unit, period],
    }
    if weights is not None:
        held["w"] = weights[unit]
    order = np.random.default_rng(1).permutation(len(unit))
    return {name: column[order] for name, column in held.items()}


@pytest.fixture(scope="module")
def gaps():
    """Sixty units, some without an outcome in some years."""
    rng = np.random.default_rng(3)
    data = planted(rng, units=60, begin=25, effect=1.0)
    return data._replace(
        value=np.where(rng.random(data.value.shape) < 0.1, np.nan, data.value)
    )


@pytest.fixture(scope="module")
def expected(gaps):
    return fit_paths(paths_of(gaps.value, gaps.first))


def same(found, expected, tolerance=1e-12):
    for name in ("effect", "standard_error", "units", "compared"):
        np.testing.assert_allclose(
            getattr(found.group_time, name),
            getattr(expected.group_time, name),
            rtol=tolerance,
            atol=1e-14,
        )
    for average in ("by_group", "by_event", "by_period"):
        np.testing.assert_allclose(
            getattr(found, average).covariance,
            getattr(expected, average).covariance,
            rtol=tolerance,
            atol=1e-14,
        )
    assert found.simple == pytest.approx(expected.simple, rel=tolerance)
    assert found.simple_error == pytest.approx(expected.simple_error, rel=tolerance)


def parquet(held, folder):
    path = folder / "rows.parquet"
    pq.write_table(pa.table(held), path, row_group_size=50)
    return str(path)


HOLDERS = {
    "parquet": parquet,
    "polars": lambda held, _folder: pl.DataFrame(held),
    "lazy polars": lambda held, _folder: pl.DataFrame(held).lazy(),
    "pandas": lambda held, _folder: pd.DataFrame(held),
    "arrow": lambda held, _folder: pa.table(held),
    "duckdb": lambda held, _folder: duckdb.sql(
        "select * from held", connection=connection_with(held)
    ),
}


def connection_with(held):
    connection = duckdb.connect()
    connection.register("held", pa.table(held))
    return connection


@pytest.mark.parametrize("holder", HOLDERS)
def test_whatever_holds_the_rows_the_effects_are_the_same(
    gaps, expected, holder, tmp_path
):
    table = HOLDERS[holder](as_rows(gaps.value, gaps.first), tmp_path)

    same(fit(table, outcome="y", **NAMES), expected)


def test_where_rows_can_not_stream_a_query_makes_the_units(gaps, expected, monkeypatch):
    monkeypatch.setattr(rows, "reader_of", lambda _table, _names: None)
    held = as_rows(gaps.value, gaps.first)
    weighed = {**held, "w": np.where(held["unit"] % 2, 2.0, 1.0)}
    weights = np.where(np.arange(1000, 1060) % 2, 2.0, 1.0)

    same(fit(pl.DataFrame(held), outcome="y", **NAMES), expected)
    same(
        fit(pl.DataFrame(weighed), outcome="y", weights="w", **NAMES),
        fit_paths(paths_of(gaps.value, gaps.first, weights=weights)),
    )


@pytest.mark.parametrize("streams", [True, False])
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            lambda h: h | {"unit": np.repeat(h["unit"][:1], len(h["unit"]))},
            "there alre",
        ),
        (lambda h: h | {"first": np.arange(len(h["first"])) + 2011}, "another start"),
        (lambda h: h | {"w": np.arange(len(h["w"])) + 1.0}, "another weight"),
        (lambda h: h | {"w": np.zeros(len(h["w"]))}, "not above 0"),
        (lambda h: h | {"year": h["year"] * 100}, "At most 64"),
        (lambda h: {n: c for n, c in h.items() if n != "year"}, "no column year"),
    ],
    ids=["twice", "starts", "weights", "no weight", "far apart", "missing"],
)
def test_rows_that_contradict_each_other_are_refused(
    gaps, change, says, streams, monkeypatch
):
    if not streams:
        monkeypatch.setattr(rows, "reader_of", lambda _table, _names: None)
    held = change(as_rows(gaps.value, gaps.first, weights=np.ones(60)))

    with pytest.raises(InvalidInput, match=says):
        paths(pl.DataFrame(held), "y", weights="w", **NAMES)


@pytest.mark.parametrize("streams", [True, False])
def test_without_an_outcome_nothing_can_be_said(streams, monkeypatch):
    if not streams:
        monkeypatch.setattr(rows, "reader_of", lambda _table, _names: None)
    held = {"unit": [1], "year": [2010], "first": [0], "y": [None]}
    table = pl.DataFrame(held, schema_overrides={"y": pl.Float64})

    with pytest.raises(NotIdentified, match="No row has an outcome"):
        paths(table, "y", **NAMES)


def test_an_empty_table_says_nothing():
    table = pl.DataFrame(schema=dict.fromkeys(("unit", "year", "first"), pl.Int64))

    with pytest.raises(NotIdentified, match="No row has an outcome"):
        paths(table.with_columns(y=pl.lit(1.0)), "y", **NAMES)


def test_units_that_are_texts_and_starts_that_are_missing_are_taken(gaps, expected):
    held = as_rows(gaps.value, gaps.first)
    table = pl.DataFrame(held).with_columns(
        unit=pl.format("school {}", pl.col("unit")),
        first=pl.when(pl.col("first") > 0).then(pl.col("first")).cast(pl.Float64),
    )

    same(fit(table, outcome="y", **NAMES), expected)
    categories = table.with_columns(pl.col("unit").cast(pl.Categorical))
    same(fit(categories, outcome="y", **NAMES), expected)


def test_rows_without_an_outcome_count_for_nothing(gaps, expected):
    whole = gaps._replace(value=np.where(np.isnan(gaps.value), np.inf, gaps.value))
    held = as_rows(np.where(np.isinf(whole.value), 99.0, whole.value), gaps.first)
    held["y"] = np.where(held["y"] == 99.0, np.nan, held["y"])

    same(fit(pl.DataFrame(held), outcome="y", **NAMES), expected)


@pytest.mark.parametrize(
    ("column", "values", "says"),
    [
        ("unit", [None, 2], "unit has missing values"),
        ("unit", ["a", None], "unit has missing values"),
        ("year", [2010, None], "year|period has missing"),
        ("year", [2010.5, 2011.0], "whole numbers"),
        ("year", ["2010", "2011"], "whole numbers, not"),
        ("first", [0.5, 0.0], "whole numbers"),
        ("y", ["a", "b"], "must hold numbers"),
    ],
)
def test_columns_that_can_not_be_used_are_refused(column, values, says):
    held = {"unit": [1, 1], "year": [2010, 2011], "first": [0, 0], "y": [1.0, 2.0]}

    with pytest.raises(InvalidInput, match=says):
        paths(pl.DataFrame(held | {column: values}), "y", **NAMES)


def test_units_that_say_nothing_are_counted():
    value, first = np.arange(24.0).reshape(6, 4), np.array([2, np.inf, 0, 3, 2, np.inf])
    held = as_rows(value, first)
    silent = {"unit": [1], "year": [2010], "first": [0], "y": [np.nan]}
    table = pl.concat([pl.DataFrame(held), pl.DataFrame(silent)])

    found = paths(table, "y", **NAMES)

    assert found.left_out == {"no outcome": 1, "no period before it begins": 1}


def test_without_a_unit_before_its_start_nothing_can_be_said():
    held = as_rows(np.ones((3, 2)), np.zeros(3))

    with pytest.raises(NotIdentified, match="period before it begins"):
        paths(pl.DataFrame(held), "y", **NAMES)


def test_periods_may_come_in_any_order_and_one_may_be_nobodys(gaps):
    value = gaps.value.copy()
    value[:, 1] = np.nan
    held = as_rows(value, gaps.first)
    late_first = np.argsort(-held["year"], kind="stable")
    table = pl.DataFrame({name: column[late_first] for name, column in held.items()})

    found = paths(table, "y", **NAMES)

    assert found.periods.tolist() == [2010, *range(2012, 2018)]


def test_many_units_and_many_patterns_find_room():
    rng = np.random.default_rng(8)
    value = rng.normal(size=(70_000, 12)).round(6)
    value[rng.random(value.shape) < 0.3] = np.nan
    value[np.isnan(value).all(axis=1), 0] = 1.0
    first = rng.choice([4.0, 6.0, np.inf], 70_000)
    weights = rng.integers(1, 5, 70_000).astype(float)

    found = paths(
        pa.table(as_rows(value, first, weights=weights)), "y", weights="w", **NAMES
    )
    expected = paths_of(value, first, weights=weights)

    assert len(found.first) > 3000
    same(fit_paths(found), fit_paths(expected), tolerance=1e-9)


def test_large_levels_take_no_digits():
    value, first, periods = counties()
    near = fit_paths(paths_of(value, first, periods=periods))
    held = as_rows(np.round(value, 4) + 2.0**20, first - 2003, start=2003)

    found = fit(pl.DataFrame(held), outcome="y", **NAMES)

    np.testing.assert_allclose(
        found.group_time.effect, near.group_time.effect, atol=2e-4
    )
    exact = fit_paths(paths_of(np.round(value, 4), first, periods=periods))
    np.testing.assert_allclose(
        found.group_time.standard_error, exact.group_time.standard_error, rtol=1e-6
    )


def test_parts_of_two_places_add_up_to_both_together(gaps, expected):
    halves = [
        paths(
            pl.DataFrame(as_rows(gaps.value, gaps.first)).filter(
                pl.col("unit") % 2 == half
            ),
            "y",
            **NAMES,
        )
        for half in (0, 1)
    ]

    same(fit_paths(halves[0] + halves[1]), expected)


def test_parts_of_other_periods_are_refused(gaps):
    one = paths_of(gaps.value, gaps.first)
    other = paths_of(gaps.value[:, :6], gaps.first)

    with pytest.raises(InvalidInput, match="Cut both"):
        one + other
