import numpy as np
import pytest

from kaeden.engine import development
from kaeden.goals.indicators import catalogue
from kaeden_stats import pooled_noise, trends
from tests.builders.figures import an_indicator
from tests.builders.panels import a_panel

SERIES = "wellbeing-upper-years"
RNG = np.random.default_rng(11)


def a_series(years=6, units=30, **facts):
    noise = RNG.normal(0, 0.05, (units, years))
    value = 3.5 + 0.1 * np.arange(years) + noise
    indicator = facts.pop("indicator", an_indicator(SERIES))
    return a_panel(value, n=np.nan, indicator=indicator, **facts)


def test_a_trend_is_that_of_the_statistics_on_the_same_numbers():
    panel = a_series(years=6)
    years = np.arange(2020, 2026, dtype=float)
    n = np.ones_like(panel.value)

    moved = development.assess(panel)

    variance = pooled_noise(years, panel.value, n).variance / n
    expected = trends(years, panel.value, variance)
    np.testing.assert_allclose(moved.trends.slope, expected.slope)
    np.testing.assert_allclose(moved.trends.p_value, expected.p_value)
    np.testing.assert_allclose(moved.variance, variance[:, -1])
    assert moved.years == 6


def test_units_that_rise_are_seen_to_rise():
    moved = development.assess(a_series())

    assert set(moved.trends.direction) == {1}
    assert moved.trends.slope == pytest.approx(0.1, abs=0.05)


def test_a_smaller_unit_swings_more():
    panel = a_series()
    panel.n[:] = np.linspace(20, 400, len(panel.n))

    variance = development.assess(panel).variance

    np.testing.assert_allclose(variance * panel.n, variance[0] * panel.n[0])


def test_a_unit_of_unknown_size_is_taken_to_be_of_the_usual_size():
    panel = a_series()
    panel.n[:] = 100
    panel.n[0] = np.nan

    variance = development.assess(panel).variance

    assert variance[0] == pytest.approx(variance[1])


def test_only_the_years_after_the_last_break_are_counted():
    one = catalogue()["absence-upper-years"]
    panel = a_series(years=6, indicator=one, first_year=2019)
    panel.value[:, :2] += 50

    moved = development.assess(panel)

    assert moved.years == 4
    assert moved.trends.slope == pytest.approx(0.1, abs=0.1)


def test_a_break_after_the_last_year_cuts_nothing():
    one = catalogue()["absence-upper-years"]

    assert (
        development.assess(a_series(years=4, indicator=one, first_year=2015)).years == 4
    )


def test_a_break_that_leaves_too_few_years_leaves_no_trend():
    one = catalogue()["absence-upper-years"]

    moved = development.assess(a_series(years=4, indicator=one, first_year=2019))

    assert (moved.trends, moved.variance, moved.years) == (None, None, 2)


@pytest.mark.parametrize("years", [1, 2])
def test_fewer_than_three_years_have_no_trend(years):
    assert development.assess(a_series(years=years)).trends is None


def test_years_that_are_no_series_have_no_trend():
    assert development.assess(a_series(indicator=an_indicator())).trends is None


def test_few_figures_make_a_claim_harder():
    steady = 50 + 0.5 * np.arange(8) + 0.4 * np.array([1, -1, 1, -1, -1, 1, -1, 1])
    panel = a_panel(steady[None, :], n=1, indicator=an_indicator("daycare-pedagogues"))
    years, n = np.arange(2020, 2028, dtype=float), np.ones((1, 8))

    few = development.assess_few(panel)

    noise = pooled_noise(years, panel.value, n)
    assert few.variance == pytest.approx(noise.cautious())
    assert few.variance > 2.5 * noise.variance


def test_few_figures_that_never_moved_are_still_rounded():
    panel = a_panel(np.full((1, 6), 50.0), indicator=an_indicator("daycare-pedagogues"))

    few = development.assess_few(panel)

    assert few.variance == pytest.approx(panel.rounding_variance)
    assert few.trends.direction.tolist() == [0]


@pytest.mark.parametrize("value", [np.full((1, 2), 5.0), np.full((1, 5), np.nan)])
def test_few_years_or_no_numbers_are_no_trend(value):
    few = development.assess_few(a_panel(value))

    assert few.trends is None
    assert few.variance is None
