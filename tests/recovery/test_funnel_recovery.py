"""Of units that differ as chance moves them, the funnel flags as few as it says."""

import numpy as np
import pytest

from kaeden_stats import overdispersed_funnel

BETWEEN = 0.0158
WITHIN = 0.36
"""Variances of children's wellbeing, between schools and within, on a scale 1 to 5."""


def share_below(level, units, rounds, **how):
    rng = np.random.default_rng(20261124)
    below = 0
    for _round in range(rounds):
        variance = WITHIN / rng.integers(12, 61, units)
        difference = rng.normal(0, np.sqrt(BETWEEN + variance))
        funnel = overdispersed_funnel(difference, variance, **how)
        below += np.count_nonzero(funnel.p_value < level)
    return below / (units * rounds)


@pytest.mark.parametrize(("units", "rounds"), [(20, 2500), (100, 500), (2000, 25)])
@pytest.mark.parametrize("level", [0.05, 0.01, 0.002])
def test_a_consistent_funnel_keeps_its_level(units, rounds, level):
    found = share_below(level, units, rounds, consistent=True)
    by_chance = 3 * np.sqrt(level / (units * rounds))

    assert found <= 1.12 * level + by_chance


@pytest.mark.parametrize(("level", "times"), [(0.05, 1.8), (0.002, 4.0)])
def test_the_published_form_does_not(level, times):
    assert share_below(level, 2000, 25) > times * level
