"""Whether rows look as the model says, from sums."""

import numpy as np
import polars as pl
import pytest
from scipy import stats

from kaeden_stats import multilevel
from kaeden_stats.errors import InvalidInput, NotIdentified
from tests.builders.mixed_fits import fit_of, fitted, pupils, rows_of
from tests.plain.mixed_dense import dense


def plain_residuals(name):
    """Return standardised residuals of all rows."""
    fit, rows = fitted(name), rows_of(name)
    plain = dense(fit, rows)
    units = sum(plain.Z[level] @ plain.effects(level) for level in fit.levels)
    away = plain.y - plain.X @ plain.beta - units
    weight = rows[fit.blocks.weights].to_numpy() if fit.blocks.weights else 1.0
    return away * np.sqrt(weight / fit.residual_variance)


@pytest.mark.parametrize("name", ["three", "three_slope", "crossed", "weighted"])
def test_sums_say_what_the_rows_say(name):
    z, sigma = plain_residuals(name), fitted(name).residual_variance ** 0.5
    found = multilevel.residuals(fitted(name), rows_of(name))

    assert (found.rows, found.left_out) == (len(z), 0)
    assert found.mean == pytest.approx(z.mean() * sigma, abs=1e-9)
    assert found.deviation == pytest.approx(z.std() * sigma)
    assert found.skewness == pytest.approx(stats.skew(z), abs=1e-8)
    assert found.kurtosis == pytest.approx(stats.kurtosis(z, fisher=False))
    assert found.beyond_three == np.sum(np.abs(z) > 3)


def test_quantiles_are_good_to_a_bin():
    z = plain_residuals("three")
    found = multilevel.residuals(fitted("three"), pupils()).quantiles

    middle = (found["probability"] > 0.04) & (found["probability"] < 0.96)
    truth = np.quantile(z, found["probability"])
    assert np.abs(found["observed"] - truth)[middle].max() < 0.05
    assert found["normal"] == pytest.approx(stats.norm.ppf(found["probability"]))


def test_tenths_by_what_is_expected_hold_all_rows():
    fit = fitted("three")
    found = multilevel.residuals(fit, pupils()).by_fitted

    assert found["n"].sum() == len(pupils())
    assert found["n"].min() > 0.6 * len(pupils()) / 10
    assert (np.diff(found["fitted"]) > 0).all()
    whole = np.sum(found["mean"] * found["n"])
    assert whole == pytest.approx(plain_residuals("three").sum(), abs=1e-6)


def test_rows_without_a_residual_are_counted():
    rows = pupils().with_columns(
        score=pl.when(pl.col("former") == "B03").then(None).otherwise(pl.col("score")),
        edu=pl.when(pl.col("former") == "B04").then(None).otherwise(pl.col("edu")),
    )
    missing = rows["former"].is_in(["B03", "B04"]).sum()

    assert multilevel.residuals(fitted("three"), rows).left_out == missing


def test_a_model_without_any_explanation_has_one_expectation():
    fit = fit_of(pupils(), "weight", levels=["school"])
    found = multilevel.residuals(fit, pupils())

    assert fit.run.singular == ("school",)
    assert found.by_fitted["n"].tolist() == [len(pupils())]


def test_no_rows_have_no_residuals():
    with pytest.raises(NotIdentified, match="No row is complete"):
        multilevel.residuals(fitted("three"), pupils().with_columns(prior=None))


def test_residuals_need_the_outcome():
    with pytest.raises(InvalidInput, match="no column weight, which residuals need"):
        multilevel.residuals(fitted("weighted"), pupils().drop("weight"))


def test_the_spread_within_units_is_that_of_their_rows():
    fit = fitted("three")
    found = multilevel.spread_within(fit, "school")

    rows = pupils().with_columns(
        away=dense(fit, pupils()).X @ fit.coefficients["estimate"]
    )
    rows = rows.with_columns(away=pl.col("score") - pl.col("away"))
    plain = rows.group_by("school").agg(
        pl.len(), pl.col("score").std(), pl.col("away").std()
    )
    plain = plain.sort("school")
    assert found["unit"].tolist() == plain["school"].to_list()
    assert found["n"].tolist() == plain["len"].to_list()
    deviations = plain["score"].to_numpy()
    assert found["deviation"] == pytest.approx(deviations, nan_ok=True)
    assert found["residual_deviation"] == pytest.approx(
        plain["away"].to_numpy(), nan_ok=True
    )


def test_a_unit_of_one_row_has_no_spread():
    rows = (
        pupils()
        .with_row_index("row")
        .filter((pl.col("school") != "K0 S01") | (pl.col("row") == 0))
    )
    fit = fit_of(rows, fixed=["prior"], levels=["school"])
    found = multilevel.spread_within(fit, "school")

    assert np.isnan(found["deviation"][0])
    assert np.isfinite(found["deviation"][1:]).all()
    with pytest.raises(InvalidInput, match="no level 'class'"):
        multilevel.spread_within(fit, "class")
