"""Logistic mixed models against lme4's glmer: see README.md for how the file was made.

glmer stops where its deviance is flat to its own tolerance; Newton steps on it went on to
the optimum, with slopes by differences. The standard errors in the file come from second
differences, good to five digits.
"""

import csv
import json
import warnings
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from kaeden_stats import multilevel

HERE = Path(__file__).parent
SCHOOLS = {"fixed": ["prior", "girl"], "levels": ["authority", "school"]}
CHAIN = ["authority", "school", "class"]
MODELS = {
    "three": {"fixed": ["prior", "girl", "C(edu)"], "levels": CHAIN},
    "slope": SCHOOLS | {"slopes": {"school": ["prior"]}},
    "uncorrelated": {
        "fixed": ["prior", "girl"],
        "levels": ["place"],
        "slopes": {"place": ["prior"]},
        "uncorrelated": ["place"],
    },
    "product": {
        "fixed": ["prior", "C(edu)", "prior:C(edu)", "girl"],
        "levels": ["place"],
    },
    "singular": {"fixed": ["prior", "girl"], "levels": ["drawn"]},
    "counts": {
        "fixed": ["year", "C(kind)"],
        "levels": ["area", "unit"],
        "trials": "pupils",
    },
    "agq9": {
        "fixed": ["prior", "girl"],
        "levels": ["place"],
        "adaptive_quadrature": 9,
    },
    "agq25": {
        "fixed": ["prior", "girl"],
        "levels": ["place"],
        "adaptive_quadrature": 25,
    },
    "few_laplace": {"fixed": ["prior"], "levels": ["room"]},
    "few_agq25": {"fixed": ["prior"], "levels": ["room"], "adaptive_quadrature": 25},
}
THEIRS = {"place": "authority:school", "room": "authority:school:class"}
SEPARATE = {"singular", "uncorrelated"}
"""Theirs has no correlation to compare, or the standard errors of a variance of 0."""


@cache
def golden(name):
    return json.loads((HERE / "binomial.json").read_text())["models"][name]


@cache
def table(name):
    text = {"authority", "school", "class", "drawn", "edu", "area", "unit", "kind"}
    with (HERE / f"binomial_{name}.csv").open() as file:
        rows = list(csv.DictReader(file))
    columns = {
        column: [row[column] if column in text else float(row[column]) for row in rows]
        for column in rows[0]
    }
    found = pl.DataFrame(columns)
    if name == "counts":
        return found
    place = pl.concat_str("authority", "school", separator=":")
    return found.with_columns(
        place=place, room=pl.concat_str(place, "class", separator=":")
    )


@cache
def fitted(name):
    rows = table("counts" if name == "counts" else "pupils")
    if name.startswith("few"):
        rows = rows.filter(pl.col("school") == "S1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        return multilevel.fit_binomial(rows, "passed", **MODELS[name])


def term_of(ours):
    parts = ours.replace("C(", "").replace(")[", "").replace("]", "").split(":")
    return "(Intercept)" if ours == "1" else ":".join(parts)


def level_of(name, level):
    own = MODELS[name]["levels"]
    return THEIRS.get(level, ":".join(own[: own.index(level) + 1]))


@pytest.mark.parametrize("name", MODELS)
def test_the_deviance_is_theirs_or_lower(name):
    difference = -2 * fitted(name).log_likelihood - golden(name)["minus2loglik"]

    assert -1e-6 < difference < 1e-7
    assert fitted(name).run.is_optimum


@pytest.mark.parametrize("name", MODELS)
def test_coefficients_and_their_errors(name):
    ours, theirs = fitted(name).coefficients, golden(name)
    terms = [term_of(term) for term in ours["term"]]
    errors = np.array([theirs["standard_error"][term] for term in terms])
    estimates = np.array([theirs["fixed"][term] for term in terms])

    assert np.abs((ours["estimate"] - estimates) / errors).max() < 1e-5
    assert ours["standard_error"] == pytest.approx(errors, rel=1e-4)


@pytest.mark.parametrize("name", [name for name in MODELS if name not in SEPARATE])
def test_variances_of_all_levels(name):
    ours, theirs = fitted(name), golden(name)["variances"]

    for level, found in ours.variances.items():
        assert found == pytest.approx(
            np.array(theirs[level_of(name, level)]), rel=1e-5, abs=1e-8
        )


def test_variances_of_uncorrelated_effects():
    theirs = golden("uncorrelated")["variances"]
    found = fitted("uncorrelated").variances["place"]

    assert found[0, 1] == 0
    assert np.diag(found) == pytest.approx(
        [one[0][0] for one in theirs.values()], rel=1e-5
    )


def test_a_variance_of_zero_is_exactly_zero_and_said():
    found = fitted("singular")

    assert found.variances["drawn"][0, 0] == 0
    assert found.run.singular == ("drawn",)
    assert found.effects("drawn")["reliability"].max() == 0


@pytest.mark.parametrize("name", [name for name in MODELS if name not in SEPARATE])
def test_effects_of_the_first_units(name):
    for level in fitted(name).levels:
        theirs = golden(name)["effects"][level_of(name, level)]
        ours = fitted(name).effects(level)
        outer = fitted(name).levels[: fitted(name).levels.index(level)]
        units = [
            ":".join(map(str, (*(row[one] for one in outer), row["unit"])))
            for row in ours.rows()
        ]
        size = len(theirs["effect"][0])
        first = [place for place, unit in enumerate(units) if unit in theirs["unit"]]

        assert ours["effect"][first].reshape(-1, size) == pytest.approx(
            np.array(theirs["effect"]), abs=2e-6
        )
        assert ours["standard_error"][first] == pytest.approx(
            np.array(theirs["se"]).reshape(-1, order="F" if size == 1 else "C"),
            rel=2e-5,
        )


def test_few_trials_draw_the_variance_of_laplace_towards_zero():
    laplace = fitted("few_laplace").variances["room"][0, 0]

    assert laplace < 0.97 * fitted("few_agq25").variances["room"][0, 0]
