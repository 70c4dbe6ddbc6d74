"""Putting effects together against R's metafor: see README.md."""

import json
from pathlib import Path

import numpy as np
import pytest

from kaeden_stats import between_interval, random_effects

CASES = json.loads((Path(__file__).parent / "synthesis.json").read_text())["cases"]
OF_COEFFICIENTS = ("coefficients", "standard_errors", "p_values")
OF_THE_SPREAD = (
    *("between_variance", "between_standard_error", "inconsistency", "q_statistic"),
    *("q_p_value", "log_likelihood"),
)


def synthesis_of(case):
    """As metafor has it: its own q may also narrow."""
    return random_effects(
        case["effect"],
        case["variance"],
        moderators=case["moderators"],
        at_least_one=False,
    )


@pytest.fixture(params=CASES, ids=lambda case: case["name"])
def case(request):
    return request.param


@pytest.mark.parametrize("field", OF_COEFFICIENTS)
def test_the_coefficients_are_those_of_metafor(case, field):
    theirs = np.atleast_1d(case[field])

    np.testing.assert_allclose(getattr(synthesis_of(case), field), theirs, rtol=1e-8)


@pytest.mark.parametrize("field", OF_THE_SPREAD)
def test_the_spread_is_that_of_metafor(case, field):
    ours = getattr(synthesis_of(case), field)

    assert ours == pytest.approx(case[field], rel=1e-7, abs=1e-12)


@pytest.mark.parametrize(
    "case", [c for c in CASES if "interval" in c], ids=lambda c: c["name"]
)
def test_interval_and_places_own_effects_are_those_of_metafor(case):
    ours = synthesis_of(case)
    foreseen = ours.forecast()

    np.testing.assert_allclose(
        [foreseen.low, foreseen.high], case["interval"], rtol=1e-8
    )
    np.testing.assert_allclose(ours.effects, case["effects"], rtol=1e-7)


@pytest.mark.parametrize(
    "case", [c for c in CASES if "forecast" in c], ids=lambda c: c["name"]
)
def test_the_mean_at_a_place_is_that_of_metafor(case):
    ours = synthesis_of(case).forecast(np.atleast_1d(case["forecast_at"]))

    np.testing.assert_allclose(
        [ours.mean, ours.standard_error, ours.low, ours.high],
        case["forecast"],
        rtol=1e-7,
    )


PUBLISHED = {
    "bcg": (0.119695312816638, 1.11148626221544, -2.00905765037111, 0.579992966054834),
    "teacher expectancy": (
        *(0.00585504480730682, 0.197725480221774),
        *(-0.233545860399233, 0.400948344164571),
    ),
    "alike": (0.0, 0.0, 0.190600104002692, 0.210899895997308),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_prediction_and_the_q_profile_are_those_of_metafor(name):
    """Its Q-profile stops at 1e-4; predict(pi.type="Riley") has k − 2 for its t."""
    case = next(one for one in CASES if one["name"] == name)
    low, high, expected_low, expected_high = PUBLISHED[name]
    foreseen = synthesis_of(case).forecast()

    assert between_interval(case["effect"], case["variance"]) == pytest.approx(
        (low, high), rel=2e-3
    )
    assert foreseen.expected_low == pytest.approx(expected_low, rel=1e-8)
    assert foreseen.expected_high == pytest.approx(expected_high, rel=1e-8)
