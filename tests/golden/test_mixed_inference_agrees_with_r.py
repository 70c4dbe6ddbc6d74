"""Intervals, comparisons and explained variance against lme4: see README.md.

lme4 reads its intervals from a spline, and stops where the deviance is flat to its own
tolerance; that is what the tolerances say.
"""

import json
import re
from functools import cache

import numpy as np
import pytest

from kaeden_stats import multilevel
from tests.builders.mixed_fits import GOLDEN, fit_of, fitted, pupils

PROFILED = (
    *("days", "days_uncorrelated", "slope", "three", "three_slope", "crossed"),
    "singular",
)
WITH_SLOPE = {"levels": ["school"], "slopes": {"school": ["prior"]}}
PAIRS = {
    "fixed": (
        {"fixed": ["prior"], "levels": ["school"]},
        {"fixed": ["prior", "girl", "C(edu)"], "levels": ["school"]},
    ),
    "level": (
        {"fixed": ["prior"], "levels": ["school"]},
        {"fixed": ["prior"], "levels": ["authority", "school"]},
    ),
    "slope": (
        {"fixed": ["prior"], "levels": ["school"]},
        {"fixed": ["prior"], **WITH_SLOPE},
    ),
    "covariance": (
        {"fixed": ["prior"], **WITH_SLOPE, "uncorrelated": ["school"]},
        {"fixed": ["prior"], **WITH_SLOPE},
    ),
    "crossed": (
        {"fixed": ["prior"], "crossed": ["school", "former"]},
        {"fixed": ["prior", "girl"], "crossed": ["school", "former"]},
    ),
}
PAIRS["slope_reml"] = PAIRS["slope"]


@cache
def golden(kind):
    return json.loads((GOLDEN / "mixed_inference.json").read_text())[kind]


@pytest.mark.parametrize("name", PROFILED)
def test_profile_intervals(name):
    theirs = golden("profile")[name]
    ours = multilevel.profile_intervals(fitted(name, reml=False))
    at = {parameter: row for row, parameter in enumerate(ours["parameter"].tolist())}
    places = [at[_ours(parameter)] for parameter in theirs["parameter"]]

    low, high = np.array(theirs["low"]), np.array(theirs["high"])
    assert len(places) == len(at)
    assert (np.abs(ours["low"][places] - low) < 1e-4 * (high - low)).all()
    assert (np.abs(ours["high"][places] - high) < 1e-4 * (high - low)).all()


@pytest.mark.parametrize("name", PROFILED)
@pytest.mark.parametrize("method", ["reml", "ml"])
def test_explained_variance(name, method):
    theirs = golden("explained")[f"{name}_{method}"]
    ours = multilevel.explained_variance(fitted(name, reml=method == "reml"))

    assert ours.marginal == pytest.approx(theirs["marginal"], abs=4e-6)
    assert ours.conditional == pytest.approx(theirs["conditional"], abs=4e-6)


@pytest.mark.parametrize("name", PAIRS)
def test_comparisons(name):
    theirs = golden("compare")[name]
    smaller, larger = (
        fit_of(pupils(), reml=name == "slope_reml", **said) for said in PAIRS[name]
    )
    ours = multilevel.compare(smaller, larger)

    assert ours.statistic == pytest.approx(theirs["chisq"], abs=1e-6)
    assert ours.df == theirs["df"]
    assert list(ours.parameters) == theirs["npar"]
    assert list(ours.aic) == pytest.approx(theirs["aic"], abs=1e-6)
    assert list(ours.bic) == pytest.approx(theirs["bic"], abs=1e-6)
    if not ours.on_edge:
        assert ours.p_value == pytest.approx(theirs["p"], rel=1e-5)


def _ours(parameter):
    """Say one of lme4's names as ours."""
    parameter = parameter.replace("(Intercept)", "1")
    if parameter == "sigma":
        return "sd(residual)"
    for pattern, said in (
        (r"sd_(.*)", r"sd(\1)"),
        (r"cor_(.*)\.(.*)\|(.*)", r"cor(\2,\1|\3)"),
        (r"edu(.*)", r"C(edu)[\1]"),
    ):
        if re.fullmatch(pattern, parameter):
            return re.sub(pattern, said, parameter)
    return parameter
