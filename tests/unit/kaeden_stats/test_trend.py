import numpy as np
import pytest
from scipy import stats

from kaeden_stats import (
    InvalidInput,
    NotIdentified,
    PooledNoise,
    leave_one_out_trend,
    pooled_noise,
    trends,
)

YEARS = [2021, 2022, 2023, 2024, 2025]


def test_a_steady_rise_is_claimed():
    trend = leave_one_out_trend(YEARS, [3.0, 3.2, 3.4, 3.6, 3.8], [0.001] * 5)

    assert trend.direction == 1
    assert trend.sign_holds
    assert not trend.preliminary
    assert trend.slope == pytest.approx(0.2)


def test_one_odd_year_makes_no_trend():
    trend = leave_one_out_trend(YEARS, [3.0, 3.0, 3.0, 2.99, 4.5], [0.001] * 5)

    assert trend.chi_square > 9.55
    assert not trend.sign_holds
    assert trend.direction == 0


def test_four_points_are_preliminary_however_steep():
    trend = leave_one_out_trend(YEARS[1:], [1.0, 2.0, 3.0, 4.0], [0.001] * 4)

    assert trend.preliminary
    assert trend.direction == 0
    assert trend.p_value < 0.001


def test_older_points_than_the_last_five_are_not_used():
    years, value = [2019, 2020, *YEARS], [9.0, -9.0, 3.0, 3.1, 3.2, 3.3, 3.4]
    trend = leave_one_out_trend(years, value, [0.01] * 7)

    assert trend.points == 5
    assert trend.slope == pytest.approx(0.1)


def test_two_points_have_a_slope_but_none_without_one_of_them():
    trend = leave_one_out_trend([2024, 2025], [3.0, 3.5], [0.1, 0.1])

    assert trend.slope == pytest.approx(0.5)
    assert np.isnan(trend.slopes_left_out).all()
    assert not trend.sign_holds


def test_a_flat_line_goes_nowhere():
    trend = leave_one_out_trend(YEARS, [3.0] * 5, [0.001] * 5)

    assert (trend.slope, trend.direction, trend.p_value) == (0, 0, 1)


def test_a_stricter_level_claims_less():
    course = (YEARS, [1.0, 2.0, 3.0, 4.0, 5.0], [1.0] * 5)

    assert leave_one_out_trend(*course, level=0.998).direction == 1
    assert leave_one_out_trend(*course, level=0.999).direction == 0


def test_a_unit_with_one_value_has_no_slope_and_disturbs_nobody():
    nan = float("nan")
    both = trends(
        YEARS, [[nan] * 4 + [3.0], [1.0, 2.0, 3.0, 4.0, 5.0]], np.ones((2, 5))
    )

    assert np.isnan(both.slope).tolist() == [True, False]
    assert both.points.tolist() == [1, 5]
    assert both.direction.tolist() == [0, 1]


def test_the_variance_of_a_missing_year_is_not_looked_at():
    nan = float("nan")
    one = trends(YEARS, [[1.0, nan, 3.0, 4.0, 5.0]], [[1.0, nan, 1.0, 1.0, 1.0]])

    assert one.slope.tolist() == pytest.approx([1.0])


@pytest.mark.parametrize(
    ("years", "value", "variance", "sentence"),
    [
        ([2024, 2024], [3.0, 3.1], [1.0, 1.0], "years must all differ"),
        ([2024, 2025], [3.0], [1.0, 1.0], "value and years must have one shape"),
        ([2024, 2025], [3.0, 3.1], [1.0], "value and variance must have one shape"),
        ([2024, 2025], [3.0, float("nan")], [1.0, 1.0], "1 missing"),
        ([2024, 2025], [3.0, 3.1], [1.0, 0.0], "above 0 everywhere"),
    ],
)
def test_a_course_that_breaks_its_promise_is_refused(years, value, variance, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        leave_one_out_trend(years, value, variance)


def test_a_level_is_between_0_and_1():
    with pytest.raises(InvalidInput, match=r"between 0 and 1, got 99\.8"):
        leave_one_out_trend(YEARS, [3.0] * 5, [1.0] * 5, level=99.8)


def test_one_point_has_no_direction():
    with pytest.raises(NotIdentified, match="give two or more"):
        leave_one_out_trend([2025], [3.0], [1.0])


@pytest.mark.parametrize(
    ("value", "variance", "sentence"),
    [
        ([3.0, 3.1], [1.0, 1.0], "one column for each of the 2 years"),
        ([[3.0, 3.1]], [[1.0, 0.0]], "variance must be above 0 wherever"),
        ([[3.0, float("inf")]], [[1.0, 1.0]], "value has infinite values"),
        ([[3.0, 3.1]], [[1.0]], "value and variance must have one shape"),
    ],
)
def test_a_table_that_breaks_its_promise_is_refused(value, variance, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        trends([2024, 2025], value, variance)


def test_units_on_their_own_lines_make_no_noise():
    noise = pooled_noise(YEARS, [[1, 2, 3, 4, 5], [9, 7, 5, 3, 1]], [[20] * 5] * 2)

    assert noise.variance == pytest.approx(0, abs=1e-20)
    assert (noise.degrees_of_freedom, noise.units) == (6, 2)


def test_units_with_two_points_tell_nothing_of_noise():
    nan = float("nan")
    with_short = [[1.0, 2.5, 3.0, 4.5, 5.0], [nan, nan, nan, 3.0, 9.0]]
    both = pooled_noise(YEARS, with_short, [[20] * 5] * 2)

    assert both.units == 1
    assert both.variance == pooled_noise(YEARS, with_short[:1], [[20] * 5]).variance


def test_noise_without_three_points_anywhere_is_not_known():
    with pytest.raises(NotIdentified, match="No unit has three points"):
        pooled_noise([2024, 2025], [[3.0, 3.1]], [[20, 20]])


@pytest.mark.slow
def test_the_planted_noise_is_found():
    rng = np.random.default_rng(5)
    n = rng.integers(20, 400, (800, 6))
    lines = rng.normal(3.6, 0.2, (800, 1)) + rng.normal(0, 0.05, (800, 1)) * np.arange(
        6
    )
    noise = pooled_noise(range(6), lines + rng.normal(0, 0.6 / np.sqrt(n)), n)

    assert noise.variance == pytest.approx(0.36, rel=0.05)


@pytest.mark.parametrize("freedom", [1, 3, 6, 60])
def test_noise_judged_from_few_makes_the_test_students(freedom):
    noise = PooledNoise(variance=2.0, degrees_of_freedom=freedom, units=1)
    wider = stats.t.ppf(0.999, freedom) / stats.norm.ppf(0.999)

    assert noise.cautious() == pytest.approx(2.0 * wider**2)


def test_a_lone_series_that_only_swings_is_claimed_as_seldom_as_the_level_says():
    rng, years = np.random.default_rng(5), np.arange(5.0)
    n = np.ones((1, 5))
    claims = {"plain": 0, "cautious": 0}
    for _trial in range(2000):
        value = rng.normal(size=(1, 5))
        noise = pooled_noise(years, value, n)
        for name, c in (("plain", noise.variance), ("cautious", noise.cautious())):
            claims[name] += bool(trends(years, value, c * n).direction[0])

    assert claims["cautious"] <= 10
    assert claims["plain"] > 40
