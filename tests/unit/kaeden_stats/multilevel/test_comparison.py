"""Comparing two models of the same rows."""

from dataclasses import replace

import polars as pl
import pytest
from scipy.stats import chi2

from kaeden_stats import multilevel
from kaeden_stats.errors import InvalidInput
from tests.builders.mixed_fits import fit_of, pupils

SLOPE = {"levels": ["school"], "slopes": {"school": ["prior"]}}


def fit(rows=None, **said):
    said = {"fixed": ["prior"], "levels": ["school"], "reml": False} | said
    return fit_of(pupils() if rows is None else rows, **said)


def test_a_variance_at_its_edge_is_half_as_surprising():
    found = multilevel.compare(fit(), fit(levels=["authority", "school"]))

    assert found.on_edge
    assert found.p_value == pytest.approx(chi2.sf(found.statistic, 1) / 2)
    assert "0 and 1 degrees" in found.reference


def test_a_slope_brings_its_covariance_to_the_mixture():
    found = multilevel.compare(fit(), fit(**SLOPE))

    mixed = (chi2.sf(found.statistic, 1) + chi2.sf(found.statistic, 2)) / 2
    assert found.p_value == pytest.approx(mixed)


def test_two_variances_at_once_give_a_bound():
    found = multilevel.compare(
        fit(), fit(**SLOPE | {"levels": ["authority", "school"]})
    )

    assert found.p_value == pytest.approx(chi2.sf(found.statistic, 3))
    assert "a bound from above: 2 variances" in found.reference


def test_a_model_beside_itself_is_no_surprise():
    found = multilevel.compare(fit(), fit())

    assert (found.statistic, found.df, found.p_value) == (0, 0, 1)


def test_a_level_without_variance_is_no_surprise():
    chance = {"outcome": "weight"}
    found = multilevel.compare(
        fit(**chance), fit(**chance, levels=["authority", "school"])
    )

    assert found.statistic == pytest.approx(0, abs=1e-6)
    assert found.p_value >= 0.5


REFUSED = {
    "One model is fitted by REML and the other by ML": ({}, {"reml": True}),
    "REML likelihoods with different fixed effects can't be compared \\(girl\\)": (
        {"reml": True},
        {"reml": True, "fixed": ["prior", "girl"]},
    ),
    "lacks girl of the smaller one": ({"fixed": ["prior", "girl"]}, {}),
    "lacks 1 at school of the smaller one": ({}, {"levels": ["authority"]}),
    "lacks 1 with prior at school": (SLOPE, SLOPE | {"uncorrelated": ["school"]}),
    "other weights: weight and None": ({"weights": "weight"}, {}),
    "other outcome: score and prior": (
        {"fixed": []},
        {"fixed": [], "outcome": "prior"},
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_compared_is_refused(why):
    smaller, larger = (fit(**said) for said in REFUSED[why])

    with pytest.raises(InvalidInput, match=why):
        multilevel.compare(smaller, larger)


def test_models_of_fewer_rows_are_refused():
    with pytest.raises(InvalidInput, match="rows and the other"):
        multilevel.compare(fit(), fit(pupils().head(500)))


def test_models_of_as_many_other_rows_are_refused():
    with pytest.raises(InvalidInput, match="not the same ones"):
        multilevel.compare(fit(pupils().head(500)), fit(pupils().tail(500)))


def test_labels_that_repeat_between_levels_are_refused():
    rows = pupils().with_columns(school=pl.col("former"))

    with pytest.raises(InvalidInput, match="its labels repeat"):
        multilevel.compare(fit(rows), fit(rows, levels=["authority", "school"]))


def test_a_larger_model_that_fits_worse_is_refused():
    smaller, larger = fit(), fit(fixed=["prior", "girl"])
    worse = replace(larger, log_likelihood=smaller.log_likelihood - 1)

    with pytest.raises(InvalidInput, match="not at the optimum"):
        multilevel.compare(smaller, worse)
