"""Laws of control charts, and their agreement with a loop."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kaeden_stats.control_charts import p_prime, u_prime, xmr
from tests.plain import chart_loop

FLAGS = ("outside", "in_long_run", "seldom_crosses")
# Quarters: sums and means of them are far from each other or the very same.
numbers = st.integers(-40, 40).map(lambda x: x / 4)
series = st.lists(st.none() | numbers, min_size=3, max_size=30)


def array(values):
    return np.array([np.nan if one is None else one for one in values], dtype=float)


def flags(chart):
    return [getattr(chart, name).tolist() for name in FLAGS]


def has_a_step(values):
    there = ~np.isnan(array(values))
    return (there[1:] & there[:-1]).any()


@st.composite
def counts(draw):
    """Draw pupils of each point, and how many of them had the event."""
    n = draw(st.lists(st.integers(5, 60), min_size=3, max_size=15))
    return [draw(st.integers(0, size)) for size in n], n


@given(series)
def test_a_chart_is_that_of_the_loop(values):
    assume(has_a_step(values))
    chart = xmr(array(values))
    centre, sigma = chart_loop.limits(values)
    distance = np.abs(array(values) - centre)
    assume(np.nanmin(np.abs(distance - 3 * sigma)) > 1e-9)
    assume(not ((distance > 0) & (distance < 1e-9)).any())
    useful = len(chart_loop.sides(values, centre))

    assert chart.centre[0] == pytest.approx(centre)
    assert chart.sigma[0] == pytest.approx(sigma)
    assert np.flatnonzero(chart.outside).tolist() == chart_loop.outside(
        values, centre, sigma
    )
    assert chart.longest_run[0] == chart_loop.longest_run(values, centre)
    assert chart.crossings[0] == chart_loop.crossings(values, centre)
    assert (
        chart.longest_run_expected[0],
        chart.crossings_expected[0],
    ) == chart_loop.expected(useful)


@given(series, numbers)
def test_a_constant_moves_the_lines_and_breaks_no_rule(values, constant):
    assume(has_a_step(values))
    ours, moved = xmr(array(values)), xmr(array(values) + constant)

    np.testing.assert_allclose(moved.lower, ours.lower + constant, atol=1e-9)
    assert flags(moved) == flags(ours)


@given(series, st.sampled_from([-8.0, -1.0, 0.25, 4.0]))
def test_another_unit_scales_the_lines_and_breaks_no_rule(values, factor):
    """Also turned upside down: a chart does not know what is good."""
    assume(has_a_step(values))
    ours, scaled = xmr(array(values)), xmr(array(values) * factor)

    np.testing.assert_allclose(scaled.sigma, ours.sigma * abs(factor), atol=1e-9)
    np.testing.assert_allclose(scaled.centre, ours.centre * factor, atol=1e-9)
    assert flags(scaled) == flags(ours)


@given(st.floats(-1e6, 1e6), st.integers(2, 40))
def test_a_series_that_stands_still_breaks_no_rule(level, points):
    assert not any(xmr([level] * points).rules)


@given(st.integers(0, 7), st.lists(st.integers(1, 20), min_size=2, max_size=20))
def test_a_share_that_stands_still_breaks_no_rule(sevenths, sizes):
    events = [size * sevenths for size in sizes]
    n = [size * 7 for size in sizes]

    assert not any(p_prime(events, n).rules)
    assert not any(u_prime(events, n).rules)


@given(series, series)
def test_a_phase_knows_nothing_of_the_phases_around_it(first, second):
    both = xmr(array([*first, *second]), changes=[len(first)])

    for field in ("centre", "lower", "outside", "in_long_run", "is_trial"):
        alone = [getattr(xmr(array(one)), field) for one in (first, second)]
        np.testing.assert_array_equal(getattr(both, field), np.concatenate(alone))


@given(st.lists(st.lists(numbers, min_size=9, max_size=9), min_size=2, max_size=4))
def test_a_series_does_not_depend_on_the_others(table):
    together = xmr(np.array(table), changes=[4])

    for row, values in enumerate(table):
        alone = xmr(values, changes=[4])
        assert together.of(row).rules == alone.rules
        np.testing.assert_array_equal(together.of(row).upper, alone.upper)


@given(series)
def test_time_turned_around_changes_no_line_and_no_rule(values):
    assume(has_a_step(values))
    ours, turned = xmr(array(values)), xmr(array(values)[::-1])

    np.testing.assert_allclose(turned.sigma, ours.sigma[::-1], atol=1e-12)
    assert flags(turned) == [one[::-1] for one in flags(ours)]


@given(counts())
def test_the_other_answer_has_the_mirrored_chart(count):
    k, n = map(np.array, count)
    yes, no = p_prime(k, n), p_prime(n - k, n)

    np.testing.assert_allclose(no.lower, 1 - yes.upper, atol=1e-12)
    np.testing.assert_allclose(no.dispersion, yes.dispersion, atol=1e-9)


@given(counts())
def test_limits_of_shares_stay_between_none_and_all(count):
    chart = p_prime(*count)

    assert (chart.lower >= 0).all()
    assert (chart.upper <= 1).all()
    assert (chart.lower <= chart.centre).all()


@given(counts(), st.integers(2, 9))
def test_a_longer_year_changes_the_rate_and_not_its_chart(count, times):
    k, n = map(np.array, count)
    ours, longer = u_prime(k, n), u_prime(k, n * times)

    np.testing.assert_allclose(longer.upper * times, ours.upper, atol=1e-9)
    np.testing.assert_allclose(longer.dispersion, ours.dispersion, atol=1e-9)
