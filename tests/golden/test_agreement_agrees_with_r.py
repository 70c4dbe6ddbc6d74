"""Agreement against R's package multilevel: see README.md for how files were made."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from kaeden_stats import (
    SLIGHTLY_SKEWED,
    NullDistribution,
    intraclass_correlation,
    mean_with_interval,
    within_group_agreement,
)

HERE = Path(__file__).parent
NULLS = {"uniform": NullDistribution.uniform(5), "slight_skew": SLIGHTLY_SKEWED}
SHROUT_AND_FLEISS = [
    *([9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8]),
    *([7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]),
]


def golden(name):
    return tomllib.loads((HERE / f"agreement_{name}.toml").read_text())


@pytest.mark.parametrize("null", NULLS)
def test_agreement_within_is_that_of_rwg_j(null):
    case = golden("within")
    items = np.transpose([case[f"item{item}"] for item in range(1, 5)])

    said = within_group_agreement(items, case["group"], null=NULLS[null])

    np.testing.assert_allclose(said.agreement, case[f"agreement_{null}"], atol=1e-10)


@pytest.mark.parametrize("null", NULLS)
def test_agreement_on_one_item_is_that_of_rwg(null):
    case = golden("within")
    items = np.transpose([case["item1"]])

    said = within_group_agreement(items, case["group"], null=NULLS[null])

    expected = case[f"agreement_of_one_{null}"]
    np.testing.assert_allclose(said.agreement, expected, atol=1e-10)


@pytest.mark.parametrize("name", ["between_equal", "between_unequal"])
@pytest.mark.parametrize(
    "field", ["between", "within", "group_size", "single", "mean", "standard_error"]
)
def test_correlation_is_that_of_rs_analysis_of_variance(name, field):
    case = golden(name)

    said = intraclass_correlation(case["value"], case["group"])

    np.testing.assert_allclose(getattr(said, field), case[field], rtol=1e-10)


def test_correlation_of_equal_groups_is_that_of_multilevel():
    case = golden("between_equal")

    said = intraclass_correlation(case["value"], case["group"])

    np.testing.assert_allclose([said.single, said.mean], [case["icc1"], case["icc2"]])


def test_correlation_is_that_of_shrout_and_fleiss():
    """Their table 4: four judges of six targets, ICC(1,1) and ICC(1,4)."""
    targets = np.repeat(np.arange(6), 4)

    said = intraclass_correlation(np.ravel(SHROUT_AND_FLEISS), targets)

    assert (round(said.single, 2), round(said.mean, 2)) == (0.17, 0.44)


@pytest.mark.parametrize("level", ["p5", "p95", "p998"])
def test_the_interval_is_that_of_the_t_test(level):
    case = golden("mean")
    expected = case["level"][level]

    said = mean_with_interval(case["value"], level=expected["level"])

    for field in ("mean", "low", "high", "standard_error"):
        np.testing.assert_allclose(getattr(said, field), expected[field], rtol=1e-10)
