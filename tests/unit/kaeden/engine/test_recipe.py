import numpy as np
import pytest

from kaeden.engine import fair, recipe
from kaeden.shared.status import ValueStatus
from tests.builders.figures import an_indicator
from tests.builders.panels import a_background, a_panel, a_school, codes_of

UNITS = 40
CODES = codes_of(UNITS)
RNG = np.random.default_rng(9)
VALUE = np.round(8 + RNG.normal(0, 1.2, UNITS), 1)
SIZE = RNG.integers(40, 700, UNITS).astype(float)


def schools(value=VALUE, n=SIZE, name="school-absence", **background):
    panel = a_panel(value, n=n, indicator=an_indicator(name))
    return recipe.compute(panel, a_background(CODES, **background))


def at(computed, level, code, period=None):
    return next(
        one
        for one in computed.results
        if (one.level, one.code) == (level, code) and period in {None, one.period}
    )


def test_an_empty_panel_has_no_results_and_says_so():
    empty = a_panel(np.empty((0, 1)), codes=())

    done = recipe.compute(empty, a_background(()))

    assert (done.results, done.notes) == ([], {"left_out": {"no data": 1}})


def test_a_school_keeps_its_published_value_beside_the_fair_one():
    done = schools()
    fitted = fair.fit(a_panel(VALUE, n=SIZE), [code[:3] for code in CODES]).fit

    for row, code in enumerate(CODES):
        one = at(done, "institution", code)
        assert (one.value, one.n, one.origin) == (VALUE[row], SIZE[row], "published")
        assert one.estimate == pytest.approx(fitted.estimate[row])
        half = 1.959963984540054 * fitted.standard_error[row]
        assert (one.low, one.high) == pytest.approx(
            (one.estimate - half, one.estimate + half)
        )


def test_a_municipality_is_the_mean_of_its_schools_by_children():
    one = at(schools(), "municipality", "101")

    assert one.value == pytest.approx(np.average(VALUE[:5], weights=SIZE[:5]))
    assert one.n == SIZE[:5].sum()
    assert (one.origin, one.status, one.period) == ("computed", "value", "2020/21")
    assert one.low < one.estimate < one.high


def test_the_country_is_the_mean_of_every_school_by_children():
    one = at(schools(), "country", "dk")

    assert one.value == pytest.approx(np.average(VALUE, weights=SIZE))
    assert one.n == SIZE.sum()


def test_a_school_without_a_number_is_out_of_the_mean_and_has_no_fair_result():
    value = VALUE.copy()
    value[0] = np.nan

    done = schools(value)

    school = at(done, "institution", CODES[0])
    assert (school.value, school.estimate, school.status) == (None, None, "missing")
    town = at(done, "municipality", "101")
    assert town.value == pytest.approx(np.average(value[1:5], weights=SIZE[1:5]))


def test_a_private_school_is_not_part_of_its_municipalitys_mean():
    private = a_school(CODES[0], in_chain=False)
    known = {code: a_school(code) for code in CODES} | {CODES[0]: private}

    one = at(schools(schools=known), "municipality", "101")

    assert one.value == pytest.approx(np.average(VALUE[1:5], weights=SIZE[1:5]))


def test_schools_of_unknown_size_are_weighted_by_their_pupils():
    known = {code: a_school(code, pupils=float(row)) for row, code in enumerate(CODES)}

    done = schools(n=np.nan, schools=known)

    one = at(done, "municipality", "102")
    assert one.value == pytest.approx(np.average(VALUE[5:10], weights=range(5, 10)))
    assert at(done, "institution", CODES[0]).estimate is None


def test_a_municipality_whose_schools_have_no_number_has_none():
    value = VALUE.copy()
    value[:5] = np.nan

    one = at(schools(value), "municipality", "101")

    assert (one.value, one.n, one.status) == (None, None, "missing")


def test_the_ministrys_verdict_is_neither_averaged_nor_compared():
    verdict = np.tile([-1.0, 0.0], UNITS // 2)

    done = schools(verdict, name="socioeconomic-reference")

    assert {one.level for one in done.results} == {"institution"}
    assert all(one.comparison_p is one.estimate is None for one in done.results)


def test_an_indicator_that_must_not_be_compared_is_not():
    done = schools(name="pupils-per-teacher")

    assert all(one.comparison_p is None for one in done.results)


def test_each_school_is_compared_with_its_peers():
    done = schools()

    one = at(done, "institution", CODES[0])
    assert one.peers == UNITS - 1
    assert one.difference == pytest.approx(one.value - one.peers_mean)


def test_the_mean_of_the_group_of_municipalities_stands_beside_each_school():
    done = schools(groups={"101": 1, "102": 1, "103": 2})

    one, other = (at(done, "institution", code) for code in (CODES[7], CODES[10]))
    assert (one.group, other.group) == ("1", "2")
    assert one.group_mean == pytest.approx(np.average(VALUE[:10], weights=SIZE[:10]))
    assert at(done, "institution", CODES[-1]).group_mean is None
    town = at(done, "municipality", "101")
    assert town.group_mean == pytest.approx(one.group_mean)


def test_a_run_tells_how_the_fit_went():
    notes = schools().notes

    assert (notes["within_variance_from"], notes["units"]) == ("known", UNITS)
    assert notes["converged"]
    assert notes["left_out"] == {"no number": 0, "number of children not known": 0}
    assert schools(name="teacher-qualification").notes == {"too_few_children": 0}


def test_a_school_under_the_limit_moves_no_mean_and_nobody_is_held_against_it():
    small = SIZE.copy()
    small[0] = 4.0
    odd = VALUE.copy()
    odd[0] = 60.0

    with_it, without_it = (schools(value, n=small) for value in (odd, VALUE))

    others = [one for one in with_it.results if one.code != CODES[0]]
    assert others == [one for one in without_it.results if one.code != CODES[0]]
    assert with_it.notes["too_few_children"] == 1
    assert at(with_it, "institution", CODES[0]).estimate is None


# Municipalities -----------------------------------------------------------------------

TOWNS = tuple(f"{101 + row}" for row in range(30))
SERIES = np.round(3.5 + 0.1 * np.arange(6) + RNG.normal(0, 0.05, (30, 6)), 2)


def towns(value=SERIES, name="wellbeing-upper-years", **background):
    panel = a_panel(value, n=np.nan, indicator=an_indicator(name), codes=TOWNS)
    ring = {code: tuple(o for o in TOWNS if o != code)[:10] for code in TOWNS}
    facts = {"schools": {}, "school_peers": {}, "municipality_peers": ring}
    facts |= {"pupils": dict.fromkeys(TOWNS, 1.0)}
    return recipe.compute(panel, a_background((), **(facts | background)))


def test_a_municipality_has_each_of_its_years_and_one_is_the_latest():
    own = [one for one in towns().results if one.code == "101"]

    assert [one.value for one in own] == list(SERIES[0])
    assert [one.is_latest for one in own] == [False] * 5 + [True]


def test_only_the_latest_year_is_compared_and_has_a_trend():
    for one in towns().results:
        if one.level == "municipality":
            assert (one.slope is not None) is one.is_latest
            assert (one.comparison_p is not None) is one.is_latest


def test_a_years_interval_lies_around_its_value():
    one = at(towns(), "municipality", "101")

    assert one.low < one.value < one.high
    assert one.value - one.low == pytest.approx(one.high - one.value)


def test_the_country_is_the_municipalities_mean_by_pupils_year_by_year():
    pupils = {code: float(row + 1) for row, code in enumerate(TOWNS)}

    done = towns(pupils=pupils)

    for column, year in enumerate(["2020/21", "2021/22"]):
        one = at(done, "country", "dk", year)
        expected = np.average(SERIES[:, column], weights=range(1, 31))
        assert one.value == pytest.approx(expected)
        assert not one.is_latest


def test_a_year_in_which_nobody_has_a_number_has_no_country():
    value = SERIES.copy()
    value[:, 0] = np.nan

    years = {one.period for one in towns(value).results if one.level == "country"}

    assert "2020/21" not in years
    assert len(years) == 5


def test_a_single_year_is_too_early_for_a_trend():
    done = towns(SERIES[:, -1:], name="high-absence")

    one = at(done, "municipality", "101")
    assert (one.slope, one.preliminary, one.points) == (None, True, 1.0)
    assert one.low is None
    assert done.notes == {"years": 1}


def test_a_place_keeps_the_sources_own_status():
    panel = a_panel(
        SERIES, n=np.nan, indicator=an_indicator("high-absence"), codes=TOWNS
    )
    panel.status[0, -1], panel.value[0, -1] = ValueStatus.HIDDEN, np.nan
    background = a_background((), pupils=dict.fromkeys(TOWNS, 1.0))

    done = recipe.compute(panel, background)

    assert at(done, "municipality", "101", "2025/26").status == "hidden"
