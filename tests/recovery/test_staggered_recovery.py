"""A planted effect is found, none is found where none is, and intervals are honest."""

import numpy as np
import pytest

from kaeden_stats.staggered import gains_of_units, randomised_effect
from tests.builders.staggered import planted

ROUNDS = 150


def many(seed, **truth):
    rng = np.random.default_rng(seed)
    for _round in range(ROUNDS):
        data = planted(rng, **truth)
        yield data, randomised_effect(data.value, data.first, rng=rng, draws=199)


def covered(seed, **truth):
    return np.mean([f.low <= data.truth <= f.high for data, f in many(seed, **truth)])


def test_no_effect_is_found_where_there_is_none():
    found = [found for _data, found in many(1)]

    assert 0.01 <= np.mean([one.p_value <= 0.05 for one in found]) <= 0.10
    assert 0.01 <= np.mean([one.before_p <= 0.05 for one in found]) <= 0.10


def test_a_planted_effect_is_found():
    found = [found for _data, found in many(2, effect=2.0)]

    assert np.mean([one.p_value <= 0.05 for one in found]) > 0.9
    assert np.mean([one.effect for one in found]) == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize(
    "truth",
    [
        {"effect": 1.0},
        {"effect": 1.0, "grows": True},
        {"effect": 1.0, "differs": 0.7},
        {"effect": 1.0, "begin": 5, "units": 12},
    ],
    ids=["constant", "growing", "different", "five of twelve"],
)
def test_intervals_hold_the_truth_as_often_as_they_say(truth):
    assert 0.90 <= covered(3, **truth) <= 1.0


def test_a_units_own_gain_is_as_uncertain_as_it_says():
    rng = np.random.default_rng(4)
    z = []
    for _round in range(ROUNDS):
        data = planted(rng, effect=1.0)
        gains = gains_of_units(data.value, data.first)
        z.extend((gains.effect - 1.0) / gains.standard_error)

    assert np.std(z) == pytest.approx(1.0, abs=0.12)
