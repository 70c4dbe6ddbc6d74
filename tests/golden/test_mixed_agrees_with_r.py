"""Linear mixed models against lme4: see README.md for how the file was made.

lme4 stopped where its deviance is flat to its own tolerance; Newton steps on it went on
to the optimum, with slopes by differences, good to eight digits.
"""

import json
import warnings
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from kaeden_stats import multilevel
from tests.builders.mixed_fits import pupils

HERE = Path(__file__).parent
COVARIATES = ["prior", "girl", "C(edu)"]
MODELS = {
    "intercepts": {"fixed": COVARIATES, "levels": ["authority", "school"]},
    "slope": {
        "fixed": COVARIATES,
        "levels": ["authority", "school"],
        "slopes": {"school": ["prior"]},
    },
    "uncorrelated": {
        "fixed": ["prior", "girl"],
        "levels": ["school"],
        "slopes": {"school": ["prior"]},
        "uncorrelated": ["school"],
    },
    "product": {
        "fixed": ["prior", "girl", "C(edu)", "prior:girl"],
        "levels": ["school"],
    },
    "weighted": {
        "fixed": ["prior", "girl"],
        "levels": ["authority", "school"],
        "weights": "weight",
    },
    "crossed": {"fixed": ["prior", "girl"], "crossed": ["school", "former"]},
}
NAMES = {"1": "(Intercept)"} | {
    f"C(edu)[{value}]": f"edu{value}" for value in ("middle", "short")
}
CASES = [(name, method) for name in MODELS for method in ("reml", "ml")]


@cache
def golden(name, method):
    said = json.loads((HERE / "mixed.json").read_text())
    return said["models"][f"{name}_{method}"]


@cache
def fitted(name, method):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        return multilevel.fit(pupils(), "score", reml=method == "reml", **MODELS[name])


@pytest.mark.parametrize(("name", "method"), CASES)
def test_the_deviance_is_theirs_or_lower(name, method):
    difference = -2 * fitted(name, method).log_likelihood
    difference -= golden(name, method)["minus2loglik"]

    assert abs(difference) < 1e-9


@pytest.mark.parametrize(("name", "method"), CASES)
def test_fixed_effects_and_their_errors(name, method):
    ours, theirs = fitted(name, method), golden(name, method)
    terms = [NAMES.get(term, term) for term in ours.coefficients["term"]]
    errors = np.array([theirs["standard_error"][term] for term in terms])

    away = ours.coefficients["estimate"] - [theirs["fixed"][term] for term in terms]
    assert np.abs(away / errors).max() < 1e-7
    assert ours.coefficients["standard_error"] == pytest.approx(errors, rel=2e-7)


@pytest.mark.parametrize(("name", "method"), CASES)
def test_variances(name, method):
    ours, theirs = fitted(name, method), golden(name, method)

    assert ours.residual_variance == pytest.approx(theirs["sigma2"], rel=2e-7)
    for level, matrix in ours.variances.items():
        wanted = _matrix(theirs["variances"], level, len(matrix))
        size = np.sqrt(np.outer(np.diag(wanted), np.diag(wanted)))
        assert np.abs((matrix - wanted) / size).max() < 1e-6


@pytest.mark.parametrize(("name", "method"), CASES)
def test_unit_effects_and_how_well_they_are_known(name, method):
    ours, theirs = fitted(name, method), golden(name, method)

    for level in ours.levels:
        table, wanted = ours.effects(level), theirs["effects"][level]
        width = len(ours.effect_terms[level])
        at = {unit: row for row, unit in enumerate(table["unit"][::width])}
        rows = [at[unit] for unit in wanted["unit"]]
        effect = table["effect"].reshape(-1, width)[rows]
        assert effect == pytest.approx(
            np.array(wanted["effect"]).reshape(effect.shape), rel=1e-6, abs=1e-7
        )
        if wanted.get("se"):
            error = table["standard_error"].reshape(-1, width)[rows]
            assert error == pytest.approx(
                np.array(wanted["se"]).reshape(error.shape), rel=1e-6
            )


def _matrix(variances, level, size):
    """lme4 names the parts of uncorrelated effects school and school.1."""
    parts = [np.array(variances[n]) for n in variances if n.split(".")[0] == level]
    found, start = np.zeros((size, size)), 0
    for part in parts:
        end = start + len(part)
        found[start:end, start:end] = part
        start = end
    return found
