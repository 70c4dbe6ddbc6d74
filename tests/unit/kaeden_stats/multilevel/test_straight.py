from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from kaeden_stats.multilevel._exact import moved, plus, total, two_product, two_sum
from kaeden_stats.multilevel._straight import places_of, plan, take_out


def exact_sums(columns):
    """Return the triangle of products of integer columns, as pairs."""
    width = range(len(columns))
    sums = [
        sum(
            Fraction(a) * Fraction(b)
            for a, b in zip(columns[i], columns[j], strict=True)
        )
        for i, j in product(width, width)
        if i <= j
    ]
    high = np.array([[float(one) for one in sums]])
    return high, np.array(
        [[float(a - Fraction(b)) for a, b in zip(sums, high[0], strict=True)]]
    )


def centred(columns):
    sums = exact_sums(columns)
    centre = sums[0][0, : len(columns)] / sums[0][0, 0]
    centre[0] = 0.0
    return moved(*sums, centre, np.triu_indices(len(columns)))


def planned(columns, places):
    around = centred(columns)
    return plan((around[0][0], around[1][0]), len(columns), places), around


def numbers(*, seed=3, count=60, far=0):
    rng = np.random.default_rng(seed)
    return [1.0] * count, (rng.integers(-50, 50, count) + float(far)).tolist()


def test_independent_columns_are_left_alone():
    one, x = numbers()
    found, _around = planned([one, x, x[::-1]], [0, 1])

    assert found.kept == (0, 1)
    assert not found.steps


def test_a_column_that_others_determine_is_dropped_and_the_first_is_kept():
    one, x = numbers()
    twice = [2 * value + 1 for value in x]
    found, _around = planned([one, x, twice, x[::-1]], [0, 1, 2])

    assert found.kept == (0, 1)
    assert found.dropped == (2,)


def test_a_constant_column_is_dropped():
    one, x = numbers()
    found, _around = planned([one, [4.0] * len(one), x], [0, 1])

    assert found.dropped == (1,)


@pytest.mark.parametrize("far", [2_000, 1_000_000])
def test_what_is_left_of_a_square_is_what_a_square_near_zero_leaves(far):
    near, away = (_left_of_square(*numbers(far=shift)) for shift in (0, far))

    assert away == pytest.approx(near, rel=1e-9)


def _left_of_square(one, x):
    square = [value * value for value in x]
    found, around = planned([one, x, square, x[::-1]], [0, 1, 2])
    place = places_of(4)
    take_out(around, found.steps, place)
    assert found.kept == (0, 1, 2)
    inner = around[0][0][place[:3, :3]]
    return float(inner[2, 2] - inner[1, 2] ** 2 / inner[1, 1])


def test_a_sum_and_a_product_lose_nothing():
    rng = np.random.default_rng(5)
    a, b = rng.normal(size=50) * 1e9, rng.normal(size=50) * 1e-7
    for rounded, exact in (
        (two_sum, Fraction.__add__),
        (two_product, Fraction.__mul__),
    ):
        high, low = rounded(a, b)
        for x, y, h, r in zip(a, b, high, low, strict=True):
            assert Fraction(h) + Fraction(r) == exact(Fraction(x), Fraction(y))


def test_pairs_are_added_with_all_their_digits():
    high, low = plus(
        np.array([1e16]), np.array([0.5]), np.array([-1e16]), np.array([0.25])
    )

    assert high[0] + low[0] == 0.75


@pytest.mark.parametrize("count", [1, 2, 7, 64])
def test_a_total_is_exact(count):
    rng = np.random.default_rng(count)
    values = rng.normal(size=(count, 2)) * 10.0 ** rng.integers(-8, 8, (count, 2))

    high, low = total(values, np.zeros_like(values))

    for column in range(2):
        exact = sum(Fraction(one) for one in values[:, column])
        assert abs(Fraction(high[column]) + Fraction(low[column]) - exact) < 1e-22
