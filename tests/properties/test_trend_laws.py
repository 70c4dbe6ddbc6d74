"""Laws of the trend, and its agreement with a loop."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kaeden_stats import leave_one_out_trend, pooled_noise, trends
from tests.plain import trend_loop

tenths = st.integers(10, 50).map(lambda x: x / 10)


@st.composite
def courses(draw, smallest=2):
    """One unit's points: different years in any order, values to one decimal."""
    years = draw(
        st.lists(st.integers(2015, 2026), min_size=smallest, max_size=9, unique=True)
    )
    value = draw(st.lists(tenths, min_size=len(years), max_size=len(years)))
    hundredths = st.integers(1, 50).map(lambda x: x / 100)
    variance = draw(st.lists(hundredths, min_size=len(years), max_size=len(years)))
    return np.array(years, dtype=float), np.array(value), np.array(variance)


@given(courses())
def test_the_claim_is_that_of_the_loop(course):
    ours = leave_one_out_trend(*course)
    assume(abs(ours.chi_square - 9.5495) > 1e-3)
    assume(np.nanmin(np.abs([ours.slope, *ours.slopes_left_out])) > 1e-9)

    assert ours.direction == trend_loop.claimed_direction(
        list(zip(*course, strict=True))
    )


@given(courses())
def test_the_order_of_the_points_does_not_matter(course):
    order = np.argsort(course[1], kind="stable")
    shuffled = leave_one_out_trend(*(part[order] for part in course))

    assert shuffled.slope == pytest.approx(leave_one_out_trend(*course).slope)


@given(courses(), st.floats(0.01, 100))
def test_a_change_of_unit_changes_the_slope_by_the_factor_and_no_claim(course, factor):
    years, value, variance = course
    ours = leave_one_out_trend(years, value, variance)
    scaled = leave_one_out_trend(years, value * factor, variance * factor**2)

    assert scaled.slope == pytest.approx(ours.slope * factor, abs=1e-9)
    assert scaled.p_value == pytest.approx(ours.p_value, rel=1e-6)


@given(courses(), st.floats(-100, 100))
def test_a_constant_changes_nothing(course, constant):
    years, value, variance = course
    moved = leave_one_out_trend(years, value + constant, variance)

    expected = leave_one_out_trend(years, value, variance)
    assert moved.slope == pytest.approx(expected.slope, abs=1e-9)


@given(courses())
def test_time_turned_around_turns_the_direction_around(course):
    years, value, variance = course
    assume(len(years) <= 5)
    ours = leave_one_out_trend(years, value, variance)
    turned = leave_one_out_trend(-years, value, variance)
    assume(np.nanmin(np.abs([ours.slope, *ours.slopes_left_out])) > 1e-9)

    assert turned.direction == -ours.direction


@given(courses())
def test_points_counted_twice_with_double_variance_change_nothing(course):
    years, value, variance = course
    assume(len(years) >= 3)
    n = 1 / variance
    noise = pooled_noise(years, value[None, :], n[None, :])
    twice = pooled_noise(years, np.vstack([value] * 2), np.vstack([n] * 2))

    assert twice.variance == pytest.approx(noise.variance, abs=1e-12)
    assert twice.degrees_of_freedom == 2 * noise.degrees_of_freedom


@given(courses(smallest=5), courses(smallest=5))
def test_a_unit_does_not_depend_on_the_others(one, other):
    years = np.arange(2015, 2027, dtype=float)
    value, variance = np.full((2, 12), np.nan), np.ones((2, 12))
    for row, (x, y, s2) in enumerate((one, other)):
        value[row, (x - 2015).astype(int)] = y
        variance[row, (x - 2015).astype(int)] = s2

    together = trends(years, value, variance)

    assert together.slope[0] == pytest.approx(leave_one_out_trend(*one).slope)
    assert together.slope[1] == pytest.approx(leave_one_out_trend(*other).slope)
