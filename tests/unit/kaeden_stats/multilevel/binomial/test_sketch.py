"""How many patterns there are is known without keeping them."""

import numpy as np
import pytest

from kaeden_stats.multilevel.binomial import _sketch
from kaeden_stats.multilevel.binomial._sketch import Sketch, keys_of


def sketched(columns, batches=1):
    sketch, rows = Sketch(), len(columns[0])
    for part in np.array_split(np.arange(rows), batches):
        sketch.add(keys_of([one[part] for one in columns], len(part)))
    return sketch.count


def test_few_patterns_are_counted_exactly():
    school, girl = np.arange(600) % 7, np.arange(600) % 2

    assert sketched([school, girl, school / 2], batches=5) == 14


@pytest.mark.parametrize("patterns", [3_000, 40_000])
def test_many_patterns_are_counted_within_a_tenth_whatever_is_kept(
    patterns, monkeypatch
):
    monkeypatch.setattr(_sketch, "MOST", 1000)
    number = np.random.default_rng(1).normal(size=patterns)

    assert sketched([np.tile(number, 3)], batches=9) == pytest.approx(patterns, rel=0.1)


def test_the_count_does_not_depend_on_the_order(monkeypatch):
    monkeypatch.setattr(_sketch, "MOST", 100)
    draw = np.random.default_rng(2)
    number = draw.integers(2000, size=5000) / 7

    assert sketched([number], 4) == sketched([draw.permutation(number)], 11)


def test_both_zeros_are_one_number():
    assert sketched([np.array([0.0, -0.0])]) == 1


def test_the_order_of_columns_tells_patterns_apart():
    assert sketched([np.array([1, 2]), np.array([2, 1])]) == 2
