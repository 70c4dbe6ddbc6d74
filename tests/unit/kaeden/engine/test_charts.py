"""The limits that a unit's own years give, on small panels without a lake."""

import numpy as np
import pytest

from kaeden.engine import charts, own, recipe
from kaeden.goals.indicators import catalogue
from kaeden_stats.control_charts import p_prime, u_prime, xmr
from tests.builders.figures import an_indicator
from tests.builders.panels import a_background, a_panel
from tests.unit.kaeden.engine.test_own import CODES, a_town, alike, computed

WELLBEING = an_indicator("wellbeing-upper-years")
ABSENCE = an_indicator("school-absence")
YEARS = np.array([7.1, 6.9, 7.0, 7.2, 7.0, 6.8])


def panel_of(*rows, indicator=WELLBEING, **facts):
    return a_panel(np.array(rows), indicator=indicator, **facts)


def at(drawn, row=0, column=-1):
    return drawn.at(row, column)


def test_a_series_of_means_is_charted_by_its_steps():
    drawn, expected = charts.chart(panel_of(YEARS)), xmr(YEARS)

    np.testing.assert_allclose(drawn.centre[0], expected.centre)
    np.testing.assert_allclose(drawn.lower[0], expected.lower)
    np.testing.assert_allclose(drawn.upper[0], expected.upper)


def test_counts_of_children_are_charted_as_shares_and_small_years_may_swing_more():
    children = np.array([[400, 400, 400, 40, 400, 400]])
    panel = panel_of(YEARS, indicator=ABSENCE)

    drawn = charts.chart(panel, children)

    expected = p_prime(YEARS / 100 * children[0], children[0])
    np.testing.assert_allclose(drawn.upper[0], 100 * expected.upper)
    assert drawn.upper[0, 3] > drawn.upper[0, 2]


def test_counts_per_thousand_are_charted_as_rates():
    indicator = an_indicator("notifications")
    children = np.full((1, 6), 900.0)

    drawn = charts.chart(panel_of(YEARS, indicator=indicator), children)

    expected = u_prime(YEARS / 1000 * 900, children[0])
    np.testing.assert_allclose(drawn.upper[0], 1000 * expected.upper)


def test_a_unit_whose_children_are_not_all_counted_is_charted_by_its_values():
    children = np.array([[400.0, np.nan, 400, 400, 400, 400], [400.0] * 6])
    panel = panel_of(YEARS, YEARS, indicator=ABSENCE)

    drawn = charts.chart(panel, children)

    np.testing.assert_allclose(drawn.upper[0], xmr(YEARS).upper)
    assert drawn.upper[0, 0] != drawn.upper[1, 0]


def test_a_mean_is_charted_by_its_values_also_where_children_are_counted():
    drawn = charts.chart(panel_of(YEARS), np.full((1, 6), 400.0))

    np.testing.assert_allclose(drawn.upper[0], xmr(YEARS).upper)


def test_limits_are_trial_limits_below_twelve_years():
    long = np.tile(YEARS, 2)

    assert at(charts.chart(panel_of(YEARS)))["limits"] == "trial"
    assert at(charts.chart(panel_of(long, first_year=2010)))["limits"] == "firm"


def test_too_few_years_have_no_limits():
    assert at(charts.chart(panel_of(YEARS[:4]))) == {}
    assert set(at(charts.chart(panel_of(YEARS[:5])))) == {
        *("centre", "lower", "upper", "limits", "broken"),
    }


def test_a_year_far_outside_says_which_rule_it_breaks():
    value = np.append(np.tile(YEARS, 2)[::-1], 8.4)

    drawn = charts.chart(panel_of(value, first_year=2010))

    assert at(drawn)["broken"] == "outside"
    assert at(drawn, column=0)["broken"] == ""


def test_a_long_run_on_one_side_says_so():
    swinging, steady = [5.0, 7, 5, 7, 5], [6.3, 6.5, 6.2, 6.4, 6.3, 6.5, 6.2, 6.4]
    value = np.array([*swinging, *steady])

    drawn = charts.chart(panel_of(value, first_year=2010))

    assert at(drawn)["broken"] == "long run"
    assert at(drawn, column=0)["broken"] == ""


def test_limits_end_where_values_must():
    swinging = panel_of([99.0, 90, 99, 88, 99, 97], indicator=ABSENCE)
    low = panel_of([1.0, 9, 0, 12, 1, 8], indicator=WELLBEING)

    assert at(charts.chart(swinging))["upper"] == 100.0
    assert at(charts.chart(low))["lower"] == 0.0


def test_a_break_begins_a_phase_with_limits_of_its_own():
    indicator = catalogue()["absence-upper-years"]
    before, after = YEARS[:5], YEARS + 10
    panel = panel_of(np.append(before, after), indicator=indicator, first_year=2016)

    drawn = charts.chart(panel)

    assert panel.breaks == (5,)
    assert drawn.centre[0, 4] == pytest.approx(before.mean())
    assert drawn.centre[0, 5] == pytest.approx(after.mean())


def test_a_break_outside_the_series_begins_no_phase():
    indicator = catalogue()["absence-upper-years"]

    assert panel_of(YEARS, indicator=indicator, first_year=2021).breaks == ()
    assert panel_of(YEARS, indicator=indicator, first_year=2005).breaks == ()


def test_municipalities_have_limits_in_every_year_of_a_series():
    value = np.tile(YEARS, (30, 1)) + np.arange(30)[:, None] / 100
    codes = tuple(str(101 + row) for row in range(30))
    panel = a_panel(value, n=np.nan, indicator=WELLBEING, codes=codes)

    found = recipe.compute(
        panel, a_background((), pupils=dict.fromkeys(codes, 9.0))
    ).results

    towns = [one for one in found if one.code in codes]
    assert all(one.lower < one.value < one.upper for one in towns)
    assert {one.limits for one in towns} == {"trial"}


def test_what_is_no_series_has_no_limits():
    indicator = an_indicator("wellbeing-upper-years", series=False, breaks=())
    codes = tuple(str(101 + row) for row in range(30))
    panel = a_panel(np.tile(YEARS, (30, 1)), indicator=indicator, codes=codes)

    found = recipe.compute(panel, a_background((), pupils=dict.fromkeys(codes, 9.0)))

    assert {one.limits for one in found.results} == {""}


def test_a_municipalitys_institutions_have_limits_and_so_has_their_mean():
    found = computed(a_town(alike()))

    assert all(one.lower <= one.value <= one.upper or one.broken for one in found)
    assert {one.limits for one in found} == {"trial"}
    assert {one.code for one in found} == {*CODES, "999"}


def test_a_year_that_will_be_hidden_is_in_no_limits():
    value = alike()
    value[0, 3] = 90.0
    town = a_town(value)
    town.children[0, 3] = 3.0

    (upper,) = {
        one.upper
        for one in own.compute(town, "999", {}).results
        if one.code == CODES[0] and one.period == "2018/19"
    }

    assert upper < 20
