"""Gaps and slope indices against R and published intervals: see README.md."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from kaeden_stats import (
    Gap,
    gap_between_means,
    gap_between_shares,
    gap_in_clusters,
    pooled_gap,
    slope_index,
)

HERE = Path(__file__).parent


def golden(name):
    return tomllib.loads((HERE / f"{name}.toml").read_text())


@pytest.mark.parametrize("field", ["difference", "standard_error", "df", "low", "high"])
def test_a_gap_between_means_is_welchs(field):
    case = golden("gap_means")
    gap = gap_between_means(case["mean"], case["variance"], case["n"])

    assert getattr(gap, field) == pytest.approx(case[field], rel=1e-9)


@pytest.mark.parametrize(
    "field",
    ["difference", "standard_error", "low", "high", "ratio", "ratio_low", "ratio_high"],
)
def test_a_gap_in_clusters_is_the_sandwich_of_a_regression(field):
    case = golden("gap_clusters")
    gap = gap_in_clusters(case["n"], case["total"])

    assert getattr(gap, field) == pytest.approx(case[field], rel=1e-9)


@pytest.mark.parametrize(
    ("events", "n", "low", "high"),
    [
        ((48, 56), (80, 70), 0.0524, 0.3339),
        ((3, 9), (10, 10), 0.1705, 0.8090),
        ((2, 6), (7, 7), 0.0582, 0.8062),
        ((0, 5), (29, 56), -0.0381, 0.1926),
        ((0, 0), (10, 10), -0.2775, 0.2775),
    ],
)
def test_a_gap_between_shares_is_as_newcombe_printed_it(events, n, low, high):
    """Newcombe (1998), table II, method 10: a, c, d, e and g."""
    gap = gap_between_shares(events, n)

    assert (round(gap.low, 4), round(gap.high, 4)) == (low, high)


def known(case):
    return [
        Gap(
            difference=gap,
            standard_error=error,
            low=np.nan,
            high=np.nan,
            ratio=np.nan,
            ratio_low=np.nan,
            ratio_high=np.nan,
            df=np.inf,
            level=0.95,
        )
        for gap, error in zip(case["gap"], case["error"], strict=True)
    ]


@pytest.mark.parametrize(
    "field", ["difference", "standard_error", "chi_square", "p_value"]
)
def test_gaps_are_pooled_by_their_precision(field):
    case = golden("gap_pooled")

    assert getattr(pooled_gap(known(case)), field) == pytest.approx(case[field])


@pytest.mark.parametrize("field", ["difference", "standard_error"])
def test_gaps_are_pooled_by_weights_that_are_given(field):
    case = golden("gap_pooled")
    pooled = pooled_gap(known(case), weight=case["weight"])

    assert getattr(pooled, field) == pytest.approx(case[f"weighted_{field}"])


@pytest.mark.parametrize("field", ["slope", "bottom", "top", "ratio"])
def test_the_slope_index_is_the_weighted_line_of_phe_sii(field):
    case = golden("slope_index")
    index = slope_index(case["size"], case["value"], case["error"])

    assert getattr(index, field) == pytest.approx(case[field], rel=1e-9)


def test_the_interval_of_the_slope_index_is_what_draws_of_the_values_find():
    case = golden("slope_index")
    index = slope_index(case["size"], case["value"], case["error"])

    # 400,000 draws: an end of the interval is good to about 0.02 and 0.0003.
    assert (index.low, index.high) == pytest.approx(case["drawn_slope"], abs=0.03)
    found = (index.ratio_low, index.ratio_high)
    assert found == pytest.approx(case["drawn_ratio"], abs=0.001)
