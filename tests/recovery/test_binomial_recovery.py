"""Logistic models find what was planted, and are as sure as they should be."""

import warnings
from functools import cache

import numpy as np
import polars as pl
import pytest

from kaeden_stats import multilevel
from kaeden_stats.multilevel.binomial import model

pytestmark = pytest.mark.slow

BETA, SCHOOL, AUTHORITY, SLOPE = np.array([-0.5, 0.6]), 0.5, 0.3, 0.15
COUNTRIES = 50


def a_country(seed):
    """Return 60 authorities with 4 schools each and about 25 pupils in a school."""
    draw = np.random.default_rng([20261125, seed])
    authority = np.repeat(np.arange(60), 100)
    school = draw.integers(4, size=6000)
    prior = draw.integers(-2, 3, size=6000) / 2
    level = draw.normal(0, np.sqrt(AUTHORITY), 60)[authority]
    level += draw.normal(0, np.sqrt(SCHOOL), (60, 4))[authority, school]
    slope = BETA[1] + draw.normal(0, np.sqrt(SLOPE), (60, 4))[authority, school]
    chance = 1 / (1 + np.exp(-(BETA[0] + level + slope * prior)))
    return pl.DataFrame(
        {
            "authority": authority,
            "school": school,
            "prior": prior,
            "passed": draw.uniform(size=6000) < chance,
        }
    )


@cache
def fits():
    return [
        fit(
            a_country(seed),
            ["prior"],
            ["authority", "school"],
            slopes={"school": ["prior"]},
        )
        for seed in range(COUNTRIES)
    ]


def fit(rows, fixed, levels, **how):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        return multilevel.fit_binomial(rows, "passed", fixed, levels, **how)


@pytest.mark.parametrize(
    ("level", "place", "truth"),
    [("school", 0, SCHOOL), ("school", 1, SLOPE), ("authority", 0, AUTHORITY)],
)
def test_variances_are_found(level, place, truth):
    found = np.mean([one.variances[level][place, place] for one in fits()])

    assert found == pytest.approx(truth, rel=0.1)


@pytest.mark.parametrize("place", [0, 1])
def test_intervals_of_95_percent_hold_the_coefficient(place):
    distance = [
        (one.coefficients["estimate"][place] - BETA[place])
        / one.coefficients["standard_error"][place]
        for one in fits()
    ]

    assert 0.9 <= np.mean(np.abs(distance) < 1.96) <= 1


def test_every_search_ends_with_its_certificate():
    assert all(one.run.is_optimum for one in fits())


def test_few_trials_need_quadrature():
    """A variance of 4 in groups of 4: Laplace is far too low, 25 points are not."""
    found = {1: [], 25: []}
    for seed in range(15):
        draw = np.random.default_rng([20261126, seed])
        chance = 1 / (1 + np.exp(-draw.normal(-0.5, 2, 300)))
        rows = pl.DataFrame({"group": range(300), "passed": draw.binomial(4, chance)})
        for points, variances in found.items():
            counts = rows.with_columns(n=pl.lit(4))
            made = fit(counts, [], ["group"], trials="n", adaptive_quadrature=points)
            variances.append(made.variances["group"][0, 0])

    assert np.mean(found[1]) < 3.6
    assert np.mean(found[25]) == pytest.approx(4, rel=0.1)


def test_intervals_from_rows_that_are_read_again_hold_what_was_planted(monkeypatch):
    """Three measures, no two alike: 95 % intervals of 40 data sets, and the variance."""
    monkeypatch.setattr(model, "FEW", 0)
    beta, distances, variances = np.array([-0.4, 0.5, -0.3, 0.2]), [], []
    for seed in range(40):
        draw = np.random.default_rng([20261127, seed])
        school, x = draw.integers(80, size=3000), draw.normal(size=(3000, 3))
        logit = beta[0] + x @ beta[1:] + draw.normal(0, np.sqrt(SCHOOL), 80)[school]
        rows = pl.DataFrame(
            {"school": school, "a": x[:, 0], "b": x[:, 1], "c": x[:, 2]}
        ).with_columns(passed=draw.uniform(size=3000) < 1 / (1 + np.exp(-logit)))
        made = fit(rows, ["a", "b", "c"], ["school"])
        table = made.coefficients
        distances.append((table["estimate"] - beta) / table["standard_error"])
        variances.append(made.variances["school"][0, 0])
        assert made.run.readings

    assert 0.9 <= np.mean(np.abs(distances) < 1.96) <= 0.98
    assert np.mean(variances) == pytest.approx(SCHOOL, rel=0.1)
