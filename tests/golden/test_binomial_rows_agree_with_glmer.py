"""Logistic mixed models from rows that are read again, against lme4's glmer.

Three numbers of each pupil leave as many patterns as rows. See README.md for how the
files were made, and the test from counts for how far glmer's numbers go.
"""

import csv
import json
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from kaeden_stats import multilevel
from kaeden_stats.multilevel.binomial import model

HERE = Path(__file__).parent
NUMBERS = ["prior", "hours", "income"]
MODELS = {
    "measured": {"fixed": [*NUMBERS, "girl"], "levels": ["area", "school"]},
    "measured_slope": {
        "fixed": NUMBERS,
        "levels": ["place"],
        "slopes": {"place": ["prior"]},
    },
    "measured_agq9": {"fixed": NUMBERS, "levels": ["place"], "adaptive_quadrature": 9},
}
THEIRS = {"place": "area:school", "school": "area:school"}


@cache
def golden(name):
    return json.loads((HERE / "binomial_measured.json").read_text())["models"][name]


@cache
def table():
    text = {"area", "school"}
    with (HERE / "binomial_measured.csv").open() as file:
        rows = list(csv.DictReader(file))
    columns = {
        column: [row[column] if column in text else float(row[column]) for row in rows]
        for column in rows[0]
    }
    return pl.DataFrame(columns).with_columns(
        place=pl.concat_str("area", "school", separator=":"),
        income=pl.col("income") / 1e5,
    )


@cache
def fitted(name):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "FEW", 0)
        return multilevel.fit_binomial(table(), "passed", **MODELS[name])


@pytest.mark.parametrize("name", MODELS)
def test_the_rows_are_read_again_and_nothing_is_compressed(name):
    run = fitted(name).run

    assert run.readings > 10
    assert run.patterns == run.rows == len(table())
    assert run.is_optimum


@pytest.mark.parametrize("name", MODELS)
def test_the_deviance_is_theirs_or_lower(name):
    difference = -2 * fitted(name).log_likelihood - golden(name)["minus2loglik"]

    assert -1e-6 < difference < 1e-7


@pytest.mark.parametrize("name", MODELS)
def test_coefficients_and_their_errors(name):
    ours, theirs = fitted(name).coefficients, golden(name)
    terms = ["(Intercept)" if term == "1" else term for term in ours["term"]]
    errors = np.array([theirs["standard_error"][term] for term in terms])
    estimates = np.array([theirs["fixed"][term] for term in terms])

    assert np.abs((ours["estimate"] - estimates) / errors).max() < 1e-5
    assert ours["standard_error"] == pytest.approx(errors, rel=1e-4)


@pytest.mark.parametrize("name", MODELS)
def test_variances_and_the_first_units(name):
    for level, variance in fitted(name).variances.items():
        theirs = golden(name)["effects"][THEIRS.get(level, level)]
        ours = fitted(name).effects(level).rows()
        effects = [
            row["effect"] for row in ours if unit_of(row, level) in theirs["unit"]
        ]

        assert variance == pytest.approx(
            np.array(golden(name)["variances"][THEIRS.get(level, level)]), rel=2e-5
        )
        assert effects == pytest.approx(np.array(theirs["effect"]).ravel(), abs=2e-6)


def unit_of(row, level):
    return f"{row['area']}:{row['unit']}" if level == "school" else row["unit"]
