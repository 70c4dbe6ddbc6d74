"""The area model against metafor and lme4: see README.md for how the files were made."""

import csv
import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from kaeden_stats import fit_area

HERE = Path(__file__).parent
METHODS = ["REML", "ML"]
SMALL = ["area_nine_schools", "area_groups_alike", "area_two_levels"]
CASES = [(name, method) for name in [*SMALL, "area_national"] for method in METHODS]


@cache
def golden(name):
    return tomllib.loads((HERE / f"{name}.toml").read_text())


@cache
def national():
    with (HERE / "area_national.csv").open() as file:
        rows = list(csv.DictReader(file))
    return {
        "value": [float(row["value"]) for row in rows],
        "group": [row["group"].rjust(2) for row in rows],
        "sampling_variance": [float(row["sampling_variance"]) for row in rows],
    }


@cache
def fitted(name, method):
    units = national() if name == "area_national" else golden(name)["units"]
    return fit_area(
        units["value"],
        units.get("group"),
        sampling_variance=units["sampling_variance"],
        method=method,
    )


@cache
def fitted_with_within(method):
    units = golden("area_within_found")["units"]
    return fit_area(
        units["value"],
        units["group"],
        n=units["n"],
        within_variance="estimate",
        method=method,
    )


def shown(name, values):
    return np.asarray(values)[[0, 1, 649, 1298, 1299] if "national" in name else ...]


@pytest.mark.parametrize(("name", "method"), CASES)
def test_the_log_likelihood_is_metafors_and_never_lower(name, method):
    excess = (
        fitted(name, method).log_likelihood - golden(name)[method]["log_likelihood"]
    )

    assert -1e-9 < excess < 1e-7


@pytest.mark.parametrize(("name", "method"), CASES)
@pytest.mark.parametrize("field", ["mean", "mean_standard_error"])
def test_the_common_mean_is_metafors(name, method, field):
    expected = golden(name)[method][field]

    assert getattr(fitted(name, method), field) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("name", "method"), CASES)
@pytest.mark.parametrize("field", ["between_group_variance", "between_unit_variance"])
def test_the_variances_are_metafors(name, method, field):
    expected = golden(name)[method].get(field, 0.0)
    variance = getattr(fitted(name, method), field)

    assert variance == pytest.approx(expected, rel=1e-5, abs=1e-9)


@pytest.mark.parametrize(("name", "method"), CASES)
@pytest.mark.parametrize(
    "field", ["estimate", "standard_error", "effect_standard_error"]
)
def test_each_units_prediction_is_that_of_the_dense_covariance(name, method, field):
    ours = shown(name, getattr(fitted(name, method), field))
    expected = golden(name)[method].get(
        field, ours
    )  # blup() has no error of the effect

    np.testing.assert_allclose(ours, expected, rtol=1e-6)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ["area_nine_schools", "area_groups_alike"])
@pytest.mark.parametrize("field", ["group_estimate", "group_standard_error"])
def test_each_groups_prediction_is_that_of_the_dense_covariance(name, method, field):
    expected = golden(name)[method][field]

    np.testing.assert_allclose(
        getattr(fitted(name, method), field), expected, rtol=1e-6
    )


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("field", ["group_estimate", "group_standard_error"])
def test_the_countrys_groups_are_predicted_as_by_the_dense_covariance(method, field):
    ours = getattr(fitted("area_national", method), field)[[0, 1, 97]]

    np.testing.assert_allclose(ours, golden("area_national")[method][field], rtol=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_groups_that_are_alike_get_a_variance_of_exactly_zero(method):
    fit = fitted("area_groups_alike", method)

    assert fit.between_group_variance == 0
    assert fit.convergence.converged
    assert "Groups do not differ" in " ".join(fit.convergence.warnings)


@pytest.mark.parametrize(("name", "method"), CASES)
def test_every_golden_fit_is_certified(name, method):
    assert fitted(name, method).convergence.certificate <= 1e-8


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "field",
    [
        "mean",
        "mean_standard_error",
        "between_group_variance",
        "between_unit_variance",
        "within_variance",
        "group_estimate",
    ],
)
def test_a_within_variance_that_is_found_is_lme4s(method, field):
    ours = getattr(fitted_with_within(method), field)

    np.testing.assert_allclose(
        ours, golden("area_within_found")[method][field], rtol=1e-5
    )


@pytest.mark.parametrize("method", METHODS)
def test_with_a_found_within_variance_units_and_likelihood_are_lme4s(method):
    fit, expected = fitted_with_within(method), golden("area_within_found")[method]

    assert fit.log_likelihood == pytest.approx(expected["log_likelihood"], abs=1e-7)
    np.testing.assert_allclose(fit.estimate[:8], expected["estimate"], rtol=1e-5)
