"""Linear mixed models of public data sets against lme4, lmerTest and pbkrtest."""

import json
import warnings
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from kaeden_stats import multilevel
from tests.builders.public_rows import rows_of

HERE = Path(__file__).parent
SAID = {
    name: model
    for file in ("mixed_public.json", "mixed_more.json")
    for name, model in json.loads((HERE / file).read_text())["models"].items()
}
CASES = [(name, method) for name in SAID for method in ("REML", "ML")]
WITH_DF = [name for name, model in SAID.items() if "df" in model]
cases = pytest.mark.parametrize(("name", "method"), CASES)


@cache
def fitted(name, method):
    model = SAID[name]
    levels = model["levels_lowest_first"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        return multilevel.fit(
            rows_of(model),
            model["y"],
            [term for term in model["x"] if term != "1"],
            levels[::-1],
            slopes={
                level: [term for term in terms if term != "1"]
                for level, terms in zip(levels, model["random_by_level"], strict=True)
                if terms != ["1"]
            },
            uncorrelated=[
                level
                for level, alone in zip(levels, model["uncorrelated"], strict=True)
                if alone
            ],
            weights=model.get("weights"),
            reml=method == "REML",
        )


def apart(ours, theirs):
    """Return the largest distance, as a share of the numbers' own size."""
    ours, theirs = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    return float((np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1e-300)).max())


@cases
def test_the_likelihood_is_theirs(name, method):
    ours = -2 * fitted(name, method).log_likelihood

    assert abs(ours - SAID[name][method]["minus2loglik"]) < 1e-7


@cases
def test_fixed_effects_and_their_errors(name, method):
    table = fitted(name, method).coefficients
    estimates, errors = np.array(SAID[name][method]["fixed"]).T

    assert list(table["term"]) == SAID[name]["x"]
    assert np.abs((table["estimate"] - estimates) / errors).max() < 1e-8
    assert apart(table["standard_error"], errors) < 1e-8


@cases
def test_variances(name, method):
    found, said = fitted(name, method), SAID[name][method]
    levels = SAID[name]["levels_lowest_first"]
    groups = {row[0].split(".")[0]: row[0] for row in said["varcomp"][:-1]}

    assert apart(found.residual_variance, said["sigma2"]) < 1e-8
    assert len(groups) == len(levels)
    for level, group in zip(levels, groups, strict=True):
        ours, theirs = _matrices(found.variances[level], found, level, group, said)
        size = np.sqrt(np.outer(np.diag(theirs), np.diag(theirs)))
        assert np.all(np.abs(ours - theirs) <= 1e-8 * size)


def _matrices(ours, found, level, group, said):
    terms = ["(Intercept)", *found.effect_terms[level][1:]]
    theirs = np.zeros_like(ours)
    for named, one, other, value in said["varcomp"]:
        if named.split(".")[0] == group:
            row, column = terms.index(one), terms.index(other or one)
            theirs[row, column] = theirs[column, row] = value
    return ours, theirs


@cases
def test_unit_effects_and_how_well_they_are_known(name, method):
    found = fitted(name, method)

    for group, said in SAID[name][method]["blups"].items():
        *outer, level = group.split(":")
        table = found.effects(level)
        width = len(found.effect_terms[level])
        keys = zip(*(table[label][::width] for label in (*outer, "unit")), strict=True)
        at = {":".join(map(str, key)): row for row, key in enumerate(keys)}
        rows = [at[key] for key in said["key"]]
        effect = table["effect"].reshape(-1, width)
        error = table["standard_error"].reshape(-1, width)
        assert len(at) == said["n_groups"]
        size = np.maximum(said["cond_se"], 1e-300)
        assert np.abs((effect[rows] - said["mode"]) / size).max() < 1e-8
        assert apart(error[rows], said["cond_se"]) < 1e-8
        assert apart(np.abs(effect).sum(axis=0), said["sum_abs_mode"]) < 1e-8
        assert apart(error.sum(axis=0), said["sum_cond_se"]) < 1e-8


@cases
def test_every_fit_is_an_optimum_and_says_where_it_is_singular(name, method):
    run = fitted(name, method).run

    assert run.is_optimum
    assert bool(run.singular) is SAID[name][method]["singular"]


@pytest.mark.parametrize("name", WITH_DF)
def test_satterthwaites_degrees_of_freedom(name):
    ours = multilevel.degrees_of_freedom(fitted(name, "REML"), "satterthwaite")

    assert apart(ours["df"], SAID[name]["df"]["satterthwaite_df"]) < 1e-5


@pytest.mark.parametrize("name", WITH_DF)
def test_kenward_and_rogers_degrees_of_freedom_and_errors(name):
    ours = multilevel.degrees_of_freedom(fitted(name, "REML"), "kenward-roger")

    assert apart(ours["df"], SAID[name]["df"]["kr_df"]) < 1e-5
    assert apart(ours["standard_error"], SAID[name]["df"]["kr_se"]) < 1e-6
