"""What a logistic fit says, warns of and refuses."""

import warnings

import numpy as np
import polars as pl
import pytest

from kaeden_stats import InvalidInput, NotIdentified, multilevel
from tests.builders.passes import passes

FIXED = ["C(choice)", "prior"]
NESTED = {"fixed": FIXED, "levels": ["authority", "school"]}


@pytest.fixture(scope="module")
def nested():
    return multilevel.fit_binomial(
        passes(1500, authorities=8), "passed", **NESTED, slopes={"school": ["prior"]}
    )


def test_coefficients_have_their_z_and_p(nested):
    table = nested.coefficients

    assert list(table["term"]) == ["1", "C(choice)[music]", "C(choice)[sport]", "prior"]
    assert table["z"] == pytest.approx(table["estimate"] / table["standard_error"])
    assert ((table["p"] < 0.05) == (np.abs(table["z"]) > 1.959964)).all()
    assert np.sqrt(np.diag(nested.coefficient_covariance)) == pytest.approx(
        table["standard_error"]
    )


def test_the_run_says_how_far_the_rows_were_compressed(nested):
    run = nested.run

    assert (run.rows, run.trials, run.distinct) == (1500, 1500, 15)
    assert run.patterns < 15 * 40
    assert run.groups == {"school": 40, "authority": 8}
    assert run.method == "multilevel.binomial@1 Laplace"
    assert run.is_optimum
    assert run.certificate < 1e-8
    assert not run.warnings


def test_shares_of_the_latent_variance_add_up_beside_the_logistic_one(nested):
    shares = nested.variance_shares

    assert list(shares) == ["authority", "school", "residual"]
    assert sum(shares.values()) == pytest.approx(1)
    authority = nested.variances["authority"][0, 0]
    assert shares["authority"] / shares["residual"] == pytest.approx(
        authority / (np.pi**2 / 3)
    )


def test_effects_name_their_units_and_the_levels_they_lie_in(nested):
    table = nested.effects("school")

    assert list(table)[:3] == ["unit", "authority", "term"]
    assert table["unit"][:4].tolist() == ["S0", "S0", "S1", "S1"]
    assert table["term"][:2].tolist() == ["1", "prior"]
    assert table["n"][::2].sum() == 1500
    assert ((table["reliability"] > 0) & (table["reliability"] < 1)).all()
    assert nested.effects("authority")["n"].sum() == 1500
    assert nested.levels == ("authority", "school")


def test_a_level_that_is_not_there_has_no_effects(nested):
    with pytest.raises(InvalidInput, match="There is no level 'class'"):
        nested.effects("class")


def test_a_variance_of_zero_is_said():
    rows = passes(600, sd=0, slope=0, seed=1).with_columns(
        drawn=pl.int_range(pl.len()) % 15
    )

    with pytest.warns(multilevel.ModelWarning, match="drawn lies on the edge"):
        found = multilevel.fit_binomial(rows, "passed", ["prior"], ["drawn"])

    assert found.variances["drawn"][0, 0] == 0
    assert found.run.singular == ("drawn",)
    assert np.isfinite(found.coefficients["standard_error"]).all()
    assert set(found.effects("drawn")["effect"]) == {0.0}


def test_columns_that_others_determine_are_dropped_and_named():
    rows = passes().with_columns(double=2 * pl.col("prior") + 1, same=pl.lit(3.0))

    with pytest.warns(multilevel.ModelWarning, match="determine them: double, same"):
        found = multilevel.fit_binomial(
            rows, "passed", ["prior", "double", "same"], ["school"]
        )

    assert found.run.dropped == ("double", "same")


def test_a_search_that_stops_short_says_so(monkeypatch):
    monkeypatch.setattr("kaeden_stats.multilevel.binomial.model.ENOUGH", -1.0)

    with pytest.warns(multilevel.ModelWarning, match="conditions do not hold"):
        found = multilevel.fit_binomial(passes(), "passed", levels=["school"])

    assert not found.run.is_optimum


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ({"levels": []}, "There is no grouping column"),
        ({"levels": ["school", "school"]}, "named twice"),
        ({"levels": ["school"], "slopes": {"class": ["prior"]}}, "class is not among"),
        ({"levels": ["school"], "uncorrelated": ["class"]}, "class is not among"),
        ({"levels": ["school"], "adaptive_quadrature": 0}, "must be 1 or more, got 0"),
        (
            {"levels": ["authority", "school"], "adaptive_quadrature": 9},
            "one level with a random intercept only",
        ),
        (
            {"levels": ["school"], "slopes": {"school": ["prior"]}}
            | {"adaptive_quadrature": 9},
            "one level with a random intercept only",
        ),
    ],
)
def test_a_model_that_cannot_be_is_refused(model, words):
    with pytest.raises(InvalidInput, match=words):
        multilevel.fit_binomial(passes(), "passed", **model)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"passed": 1}, "a success in every trial"),
        ({"passed": 0}, "a failure in every trial"),
        ({"school": 1}, "school has only one group"),
        ({"school": pl.int_range(pl.len())}, "No group of school has more than one"),
        ({"passed": (pl.col("school") == "S1").cast(int)}, "only successes or only"),
    ],
)
def test_rows_that_say_nothing_of_a_variance_are_refused(columns, words):
    rows = passes().with_columns(**columns)

    with pytest.raises(NotIdentified, match=words):
        multilevel.fit_binomial(rows, "passed", levels=["school"])


def test_a_term_that_separates_the_outcomes_is_named():
    rows = passes().with_columns(
        passed=pl.when(pl.col("choice") == "music").then(1).otherwise("passed")
    )

    with pytest.raises(NotIdentified, match=r"^C\(choice\)\[music\] separates"):
        multilevel.fit_binomial(rows, "passed", FIXED, ["school"])


def test_terms_that_separate_everything_are_named():
    rows = passes().with_columns(passed=(pl.col("prior") > 0).cast(int))

    with pytest.raises(NotIdentified, match="prior separates the outcomes"):
        multilevel.fit_binomial(rows, "passed", ["prior"], ["school"])


def test_large_logits_that_separate_nothing_are_fitted():
    rows = pl.DataFrame(
        {
            "school": [1, 1, 2, 2],
            "late": [0, 1, 0, 1],
            "passed": [40, 1_000_000, 70, 999_999],
            "pupils": [100, 1_000_000, 100, 1_000_000],
        }
    )

    found = multilevel.fit_binomial(
        rows, "passed", ["late"], ["school"], trials="pupils"
    )

    assert found.run.is_optimum
    assert found.coefficients["estimate"][1] > 12


def test_a_start_that_steps_too_far_is_taken_back():
    rows = pl.DataFrame(
        {
            "school": [1, 1, 1, 2, 2, 2],
            "days": [0, 1, 20, 0, 1, 20],
            "passed": [440, 6, 5, 460, 4, 5],
            "pupils": [500, 5000, 5000, 500, 5000, 5000],
        }
    )

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        found = multilevel.fit_binomial(
            rows, "passed", ["days"], ["school"], trials="pupils"
        )

    assert found.run.is_optimum
