"""The area model finds the variances that were planted, and is as sure as it should be."""

from functools import cache

import numpy as np
import pytest

from kaeden_stats import fit_area

pytestmark = pytest.mark.slow

TRUTH = {
    "between_group_variance": 0.0036,
    "between_unit_variance": 0.0144,
    "within_variance": 0.36,
}
COUNTRIES = 60


def a_country(seed):
    """Return 1,300 units in 98 groups: values, groups, pupils, and the true values."""
    rng = np.random.default_rng([20261123, seed])
    groups = rng.integers(0, 98, 1300)
    pupils = rng.integers(8, 500, 1300)
    true = 3.6 + rng.normal(0, 0.06, 98)[groups] + rng.normal(0, 0.12, 1300)
    value = true + rng.normal(0, 0.6 / np.sqrt(pupils))
    return value, groups, pupils, true


@cache
def fits(within):
    found = []
    for seed in range(COUNTRIES):
        value, groups, pupils, true = a_country(seed)
        found.append((fit_area(value, groups, n=pupils, within_variance=within), true))
    return found


@pytest.mark.parametrize("name", ["between_group_variance", "between_unit_variance"])
@pytest.mark.parametrize("within", [0.36, "estimate"])
def test_the_planted_variances_are_found(name, within):
    found = np.array([getattr(fit, name) for fit, _ in fits(within)])
    error = found.std(ddof=1) / np.sqrt(COUNTRIES)

    assert abs(found.mean() - TRUTH[name]) < 3.5 * error
    assert found.std() < 0.35 * TRUTH[name]


def test_the_planted_variance_between_pupils_is_found():
    found = np.array([fit.within_variance for fit, _ in fits("estimate")])

    assert abs(found.mean() - 0.36) < 3.5 * found.std(ddof=1) / np.sqrt(COUNTRIES)


@pytest.mark.parametrize("within", [0.36, "estimate"])
def test_intervals_hold_the_truth_as_often_as_they_say(within):
    covered = [
        np.abs(true - fit.estimate) < 1.96 * fit.standard_error
        for fit, true in fits(within)
    ]

    assert np.mean(covered) == pytest.approx(0.95, abs=0.01)


def test_effects_are_as_unsure_as_they_say():
    scaled = [
        (true - 3.6 - fit.effect) / fit.effect_standard_error
        for fit, true in fits(0.36)
    ]

    assert np.std(scaled) == pytest.approx(1, abs=0.05)


def test_estimates_lie_nearer_the_truth_than_the_values():
    fit, true = fits(0.36)[0]
    value = a_country(0)[0]

    assert np.mean((fit.estimate - true) ** 2) < 0.75 * np.mean((value - true) ** 2)


def test_every_country_is_certified():
    assert all(fit.convergence.converged for fit, _ in fits("estimate"))
