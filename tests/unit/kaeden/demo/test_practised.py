"""What Fjordby's practices truly do can be seen in its figures, and no more than that."""

import numpy as np
import pytest

from kaeden.demo.cast import cast
from kaeden.demo.figures import YEARS, figures_of
from kaeden.demo.places import form_of
from kaeden.demo.practised import added, practised
from kaeden.goals.indicators import Level, catalogue
from kaeden.shared.periods import Period
from tests.builders.fjordby import the_town
from tests.docs.reading import read, rows_of

NEWEST = Period(start=2025, is_school_year=True)
OF = {one.practice: one for one in practised()}
PLACES = {one.code: one for one in (*cast().schools, *cast().daycare)}
SEEDS = (1975, 7, 1, 2)


def lifts(practice, seed):
    """What each place gained from its first year on, beside those that had not begun."""
    one = OF[practice]
    years = {}
    for drawn in figures_of(the_town(), NEWEST, seed=seed):
        if drawn.indicator == one.indicator:
            years.setdefault(drawn.unit, {})[drawn.period] = drawn.value
    whole = {
        unit: [of[period] for period in sorted(of)]
        for unit, of in years.items()
        if len(of) == YEARS
    }
    return {
        unit: np.mean([_gain(whole, one.adopted, unit, t) for t in _after(one, unit)])
        for unit in one.adopted
    }


def _after(one, unit):
    """The years from the first with the practice to the last with five beside it."""
    return range(one.adopted[unit], YEARS)


def _gain(whole, adopted, unit, year):
    before = adopted[unit] - 1
    beside = [u for u in whole if adopted.get(u, YEARS) > year]
    around = np.mean([whole[u][year] - whole[u][before] for u in beside])
    return whole[unit][year] - whole[unit][before] - around


@pytest.mark.parametrize("seed", SEEDS)
def test_the_practice_that_works_has_lifted_its_places(seed):
    found = list(lifts("small-play-groups", seed).values())

    assert np.mean(found) == pytest.approx(0.3, abs=0.12)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_practice_of_one_context_has_lifted_kindergartens_alone(seed):
    found = lifts("dialogic-reading", seed)
    kindergartens, others = (
        [v for u, v in found.items() if (form_of(PLACES[u]) == "boernehave") == there]
        for there in (True, False)
    )

    assert len(kindergartens) == len(others) == 5
    assert np.mean(kindergartens) == pytest.approx(0.45, abs=0.15)
    assert np.mean(others) == pytest.approx(0, abs=0.15)


def test_the_practice_that_does_nothing_has_moved_nobody():
    found = [v for seed in SEEDS for v in lifts("co-teaching", seed).values()]

    assert np.mean(found) == pytest.approx(0, abs=0.1)


def test_nothing_is_added_before_a_place_begins_or_where_it_never_did():
    place = PLACES["G99901"]

    assert [added(place, "daycare-wellbeing", year) for year in (1, 2, 7)] == [
        0,
        0.3,
        0.3,
    ]
    assert added(PLACES["G99902"], "daycare-wellbeing", 7) == 0
    assert added(place, "daycare-language", 7) == 0


@pytest.mark.parametrize("one", practised(), ids=lambda one: one.practice)
def test_who_takes_a_practice_up_is_there_and_others_have_not_begun(one):
    assert one.adopted.keys() <= PLACES.keys()
    assert len(one.adopted) >= 5
    assert catalogue()[one.indicator].level is Level.INSTITUTION
    assert 2 <= min(one.adopted.values()) < max(one.adopted.values()) < YEARS


def test_day_care_has_a_figure_a_year_at_every_place():
    found = [
        (one.unit, one.period.start)
        for one in figures_of(the_town(), NEWEST, seed=1975)
        if one.indicator == "daycare-wellbeing"
    ]

    assert len(found) == len(set(found)) == YEARS * len(cast().daycare)


def test_the_page_tells_what_is_true_of_the_practices():
    page = read("docs/demo.md").split("## What is true of the practices")[1]
    rows = rows_of(page.split("## What is true in the rows")[0])
    written = {
        (row[0].split("`")[1], row[2].strip("`")): row[3]
        for row in rows
        if "`" in row[0]
    }

    assert written.keys() == {(one.practice, one.indicator) for one in practised()}
    for one in practised():
        says = written[one.practice, one.indicator]
        assert says.startswith(f"{one.by:+g}" if one.by else "nothing")
