"""Forecasts hold at nine new places of ten, where the truth is planted."""

import numpy as np
import pytest

from kaeden.engine.synthesis import foretell
from tests.builders.foretold import places

DRAWS = 300


@pytest.mark.parametrize(("count", "per_size"), [(8, 0.0), (20, -0.6)])
def test_nine_of_ten_new_places_gain_what_was_foretold(count, per_size):
    rng = np.random.default_rng(20261124 + count)
    inside = 0
    for _draw in range(DRAWS):
        *tried, new = places(rng, count + 1, per_size=per_size)
        told = foretell(tried, new.context)
        low, high = told.around(new.gain.standard_error)
        inside += low <= new.gain.effect <= high

    assert inside / DRAWS == pytest.approx(0.9, abs=0.05)
