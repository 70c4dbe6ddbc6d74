"""Intervals of shares against R's binom.test: see README.md for how files were made."""

import tomllib
from pathlib import Path

import pytest

from kaeden_stats import share_with_interval

GOLDEN = tomllib.loads((Path(__file__).parent / "share_interval.toml").read_text())


@pytest.mark.parametrize("case", GOLDEN["case"])
def test_the_interval_is_that_of_binom_test(case):
    said = share_with_interval(case["hits"], case["n"], level=case["level"])

    near = {"rel": GOLDEN["tolerance"], "abs": GOLDEN["tolerance"]}
    assert (said.low, said.high) == pytest.approx((case["low"], case["high"]), **near)
