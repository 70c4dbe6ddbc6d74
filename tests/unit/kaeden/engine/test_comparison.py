import numpy as np
import pytest

from kaeden.engine.background import FEWEST_PEERS
from kaeden.engine.comparison import FEWEST_COMPARED, compare
from kaeden_stats import overdispersed_funnel

RNG = np.random.default_rng(2)
UNITS = 60
CODES = [f"{row:03d}" for row in range(UNITS)]
VALUE = RNG.normal(8, 1, UNITS)
VARIANCE = RNG.uniform(0.05, 0.3, UNITS)
RING = {
    code: tuple(CODES[(row + step) % UNITS] for step in range(1, 11))
    for row, code in enumerate(CODES)
}


def by_loop(code, value=VALUE):
    """The plainest thing that could be right."""
    rows = [CODES.index(other) for other in RING[code]]
    rows = [row for row in rows if np.isfinite(value[row])]
    weights = [1 / VARIANCE[row] for row in rows]
    total = sum(w * value[row] for w, row in zip(weights, rows, strict=True))
    return total / sum(weights), 1 / sum(weights), len(rows)


def test_each_unit_is_held_against_the_weighted_mean_of_those_like_it():
    beside = compare(CODES, VALUE, VARIANCE, RING)

    expected = np.array([by_loop(code)[0] for code in CODES])
    np.testing.assert_allclose(beside.peers_mean, expected)
    np.testing.assert_allclose(beside.difference, VALUE - expected)
    assert set(beside.peers) == {10}


def test_the_usual_swing_is_that_of_the_overdispersed_funnel():
    beside = compare(CODES, VALUE, VARIANCE, RING)

    total = VARIANCE + np.array([by_loop(code)[1] for code in CODES])
    funnel = overdispersed_funnel(beside.difference, total, consistent=True)
    np.testing.assert_allclose(beside.p_value, funnel.p_value)
    np.testing.assert_allclose(beside.swing, funnel.limits(total, level=0.95))


def test_a_unit_is_outside_exactly_when_its_difference_exceeds_the_swing():
    value = VALUE.copy()
    value[0], value[30] = 20.0, -5.0

    beside = compare(CODES, value, VARIANCE, RING)

    outside = np.abs(beside.difference) > beside.swing
    np.testing.assert_array_equal(beside.compared != 0, outside)
    assert (beside.compared[0], beside.compared[30]) == (1, -1)


def test_a_unit_without_a_number_is_neither_compared_nor_a_peer():
    value = VALUE.copy()
    value[5] = np.nan

    beside = compare(CODES, value, VARIANCE, RING)

    assert np.isnan(beside.p_value[5])
    assert beside.compared[5] == 0
    assert beside.peers[4] == 9
    assert beside.peers_mean[4] == pytest.approx(by_loop("004", value)[0])


@pytest.mark.parametrize(("peers", "is_compared"), [(4, False), (5, True)])
def test_fewer_than_five_peers_with_a_number_are_no_comparison(peers, is_compared):
    assert FEWEST_PEERS == 5
    near = RING | {"000": RING["000"][:peers]}

    beside = compare(CODES, VALUE, VARIANCE, near)

    assert np.isfinite(beside.difference[0]) == is_compared
    assert np.isfinite(beside.p_value[0]) == is_compared


@pytest.mark.parametrize("units", [FEWEST_COMPARED - 1, FEWEST_COMPARED])
def test_fewer_than_twenty_compared_units_give_no_swing(units):
    near = {code: RING[code] for code in CODES[:units]}

    beside = compare(CODES, VALUE, VARIANCE, near)

    assert np.isfinite(beside.swing).any() == (units == FEWEST_COMPARED)


def test_units_without_peers_are_not_compared():
    beside = compare(CODES, VALUE, VARIANCE, {})

    assert not np.isfinite(beside.p_value).any()
    assert not beside.compared.any()
