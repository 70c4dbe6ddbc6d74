"""The recipe within one municipality, on small panels without a lake."""

import numpy as np
import pytest

from kaeden.engine import own
from kaeden.engine.panel import OwnPanel
from tests.builders.figures import an_indicator
from tests.builders.panels import a_panel

TOWN = "999"
CODES = tuple(f"9990{row:02d}" for row in range(1, 9))
RNG = np.random.default_rng(4)
PEERS = {
    ("institution", code): tuple(other for other in CODES if other != code)
    for code in CODES
}


def a_town(value, *, children=300.0, name="school-absence", codes=CODES):
    """A municipality's own panel; NaN where the file has no row."""
    places = np.atleast_2d(np.asarray(value, dtype=float))
    behind = np.where(np.isfinite(places), children, np.nan)
    panel = a_panel(
        places, n=children, indicator=an_indicator(name), codes=codes, first_year=2018
    )
    return OwnPanel(panel=panel, children=behind, there=np.isfinite(places))


def alike(years=8, units=8, swing=0.3):
    return 6.5 + swing * RNG.normal(size=(units, years))


def computed(town, peers=PEERS):
    return own.compute(town, TOWN, peers).results


def latest(results):
    return {one.code: one for one in results if one.is_latest}


def test_a_school_that_moves_is_told_from_those_that_only_swing():
    value = alike()
    value[0] += np.maximum(np.arange(8) - 3, 0)

    found = latest(computed(a_town(value)))

    assert found[CODES[0]].direction == 1
    assert {one.direction for code, one in found.items() if code in CODES[1:]} == {0}


def test_every_year_stands_with_an_interval_and_the_newest_alone_is_judged():
    found = [one for one in computed(a_town(alike())) if one.code == CODES[0]]

    assert [one.period for one in found][-1] == "2025/26"
    assert len(found) == 8
    assert all(one.low < one.estimate < one.high for one in found)
    assert [one.slope is not None for one in found] == [False] * 7 + [True]


def test_the_municipality_is_the_mean_of_its_schools_by_children():
    value = alike()
    town = latest(computed(a_town(value)))[TOWN]

    assert (town.level, town.origin, town.n) == ("municipality", "computed", 2400)
    assert town.value == pytest.approx(value[:, -1].mean())
    assert town.direction == 0
    assert town.low < town.value < town.high


def test_a_group_that_will_be_hidden_is_in_no_mean():
    town = a_town(alike())
    town.children[0] = 4

    found = latest(computed(town))

    assert found[CODES[0]].n == 4
    assert found[CODES[0]].estimate is None
    assert found[TOWN].value == pytest.approx(town.panel.value[1:, -1].mean())


def test_a_school_far_from_those_like_it_is_compared():
    value = alike()
    value[0] += 6

    found = latest(computed(a_town(value)))

    assert found[CODES[0]].compared == 1
    assert found[CODES[0]].peers == 7


def test_five_schools_are_neither_compared_nor_drawn_together():
    found = latest(computed(a_town(alike(units=5), codes=CODES[:5]), PEERS))

    assert {one.compared for one in found.values()} == {None}
    assert {one.estimate for one in found.values()} == {None}
    assert all(one.low is not None for one in found.values())


def test_an_indicator_that_is_not_compared_is_not():
    found = latest(computed(a_town(alike() + 7, name="pupils-per-teacher")))

    assert {one.compared for one in found.values()} == {None}


def test_without_a_known_variance_places_are_compared_by_how_much_they_swing():
    value = alike() + 80
    value[0] -= 20

    found = latest(computed(a_town(value, name="teacher-qualification")))

    assert found[CODES[0]].estimate is None
    assert found[CODES[0]].compared == -1


def test_a_school_that_came_late_is_too_young_to_judge():
    value = alike()
    value[0, :6] = np.nan

    found = latest(computed(a_town(value)))

    assert found[CODES[0]].preliminary
    assert found[CODES[0]].points == 2


def test_a_school_that_ended_has_its_years_and_no_newest():
    value = alike()
    value[0, 6:] = np.nan

    found = [one for one in computed(a_town(value)) if one.code == CODES[0]]

    assert len(found) == 6
    assert not any(one.is_latest for one in found)


def test_two_years_are_no_development():
    found = latest(computed(a_town(alike(years=2))))

    assert found[TOWN].preliminary
    assert found[TOWN].low is None


def test_a_municipalitys_own_indicator_has_its_own_series():
    steady = 50 + 2.0 * np.arange(8) + 0.1 * RNG.normal(size=8)
    town = a_town(steady[None, :], name="daycare-pedagogues", codes=(TOWN,))

    (newest,) = latest(computed(town, {})).values()

    assert (newest.direction, newest.origin) == (1, "published")
    assert newest.compared is None


def test_a_series_that_never_moves_has_no_certain_change():
    town = a_town(np.full((1, 8), 50.0), name="daycare-pedagogues", codes=(TOWN,))

    (newest,) = latest(computed(town, {})).values()

    assert newest.direction == 0
    assert newest.high > 50


def test_a_year_in_which_everybody_is_hidden_leaves_a_hole_in_the_mean():
    town = a_town(alike())
    town.children[:, 2] = 3

    (hole,) = [
        one for one in computed(town) if one.code == TOWN and one.period == "2020/21"
    ]

    assert (hole.value, hole.status) == (None, "missing")


def test_a_verdict_is_only_shown():
    town = a_town(np.ones((8, 2)), name="socioeconomic-reference")

    found = computed(town)

    assert len(found) == 16
    assert {(one.estimate, one.slope, one.signal) for one in found} == {
        (None, None, "")
    }
