"""Multilevel models find what was planted, and are as sure as they should be."""

import warnings
from functools import cache

import numpy as np
import polars as pl
import pytest

from kaeden_stats import multilevel

pytestmark = pytest.mark.slow

TIMES, FEWER = 300, 150
SCHOOLS, AUTHORITIES, PUPILS = 48, 12, 12
TRUE = {"1": 50.0, "prior": 0.6, "C(sex)[girl]": 2.0}
BETWEEN = {"authority": 1.5**2, "school": 2.0**2}
SLOPE_SD, RESIDUAL_SD = 0.3, 6.0


def rows(seed):
    """Return pupils of schools in authorities, and what each school truly adds.

    The slope of the prior score differs from school to school.
    """
    rng = np.random.default_rng([20261124, seed])
    school = np.repeat(np.arange(SCHOOLS), rng.integers(2, 2 * PUPILS, SCHOOLS))
    count = len(school)
    prior, girl = rng.normal(0, 4, count), rng.integers(0, 2, count)
    of_school = rng.normal(0, np.sqrt(BETWEEN["school"]), SCHOOLS)
    of_authority = rng.normal(0, np.sqrt(BETWEEN["authority"]), AUTHORITIES)
    slope = TRUE["prior"] + rng.normal(0, SLOPE_SD, SCHOOLS)
    score = (
        TRUE["1"]
        + slope[school] * prior
        + TRUE["C(sex)[girl]"] * girl
        + of_school[school]
        + of_authority[school % AUTHORITIES]
        + rng.normal(0, RESIDUAL_SD, count)
    )
    table = pl.DataFrame(
        {
            "authority": school % AUTHORITIES,
            "school": school,
            "prior": prior,
            "sex": np.where(girl == 1, "girl", "boy"),
            "score": score,
            "slope": slope[school],
        }
    )
    return table, of_school


@cache
def found():
    made = []
    for seed in range(TIMES):
        table, true = rows(seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", multilevel.ModelWarning)
            fit = multilevel.fit(
                table,
                outcome="score",
                fixed=["prior", "C(sex)"],
                levels=["authority", "school"],
                slopes={"school": ["prior"]},
            )
        made.append((fit, true))
    return made


@cache
def intervals():
    return [multilevel.degrees_of_freedom(fit) for fit, _true in found()]


@pytest.mark.parametrize("term", TRUE)
def test_intervals_of_effects_cover_the_truth_as_often_as_they_say(term):
    covered = [
        table["low"][at] <= TRUE[term] <= table["high"][at]
        for table in intervals()
        for at in np.flatnonzero(table["term"] == term)
    ]

    assert len(covered) == TIMES
    assert 0.90 <= np.mean(covered) <= 0.98


@pytest.mark.parametrize("level", BETWEEN)
def test_variances_are_right_on_average(level):
    values = np.array([fit.variances[level][0, 0] for fit, _true in found()])

    error = values.std() / np.sqrt(TIMES)
    assert abs(values.mean() - BETWEEN[level]) < 4 * error


def test_the_residual_variance_is_right_on_average():
    values = np.array([fit.residual_variance for fit, _true in found()])

    assert abs(values.mean() - RESIDUAL_SD**2) < 4 * values.std() / np.sqrt(TIMES)


def test_schools_lie_within_their_intervals_as_often_as_said():
    covered = []
    for fit, true in found():
        table = fit.effects("school")
        at = table["term"] == "1"
        away = table["effect"][at] - true[table["unit"][at]]
        covered += (np.abs(away) <= 1.96 * table["standard_error"][at]).tolist()

    assert 0.90 <= np.mean(covered) <= 0.98


@cache
def profiles():
    made = []
    for seed in range(FEWER):
        table, _true = rows(seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", multilevel.ModelWarning)
            fit = multilevel.fit(
                table.with_columns(pl.col("score") - pl.col("slope") * pl.col("prior")),
                outcome="score",
                fixed=["C(sex)"],
                levels=["school"],
            )
        made.append(multilevel.profile_intervals(fit))
    return made


@pytest.mark.parametrize(
    ("parameter", "true"),
    [
        ("sd(1|school)", np.sqrt(sum(BETWEEN.values()))),
        ("sd(residual)", RESIDUAL_SD),
        ("C(sex)[girl]", TRUE["C(sex)[girl]"]),
    ],
)
def test_profile_intervals_cover_the_truth_as_often_as_they_say(parameter, true):
    covered = [
        table["low"][at] <= true <= table["high"][at]
        for table in profiles()
        for at in np.flatnonzero(table["parameter"] == parameter)
    ]

    assert len(covered) == FEWER
    assert 0.90 <= np.mean(covered) <= 0.98


def test_every_fit_is_an_optimum():
    assert all(fit.run.is_optimum for fit, _true in found())
