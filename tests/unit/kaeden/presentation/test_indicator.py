"""The map, the page of an indicator, and its file."""

import csv
import io

import pytest

from kaeden.data import queries as data
from kaeden.goals.indicators import Sector, Theme, published
from kaeden.presentation import (
    denmark,
    indicator,
)
from kaeden.presentation.charts.map import MapCategory
from kaeden.presentation.words import SECTOR_NAMES, THEME_NAMES
from kaeden.shared.status import ValueStatus
from tests.builders.figures import (
    a_current_release,
    a_figure,
    a_unit,
    an_indicator,
)

pytestmark = pytest.mark.usefixtures("english")
ABSENCE = an_indicator()
RELEASE = a_current_release()
SOURCE = data.contract("schools")


@pytest.mark.parametrize(
    ("figure", "category"),
    [
        ({"compared": -1}, MapCategory.LOWER),
        ({"compared": 0}, MapCategory.SAME),
        ({"compared": 1}, MapCategory.HIGHER),
        ({}, MapCategory.NONE),
        ({"compared": 1, "value": None}, MapCategory.NONE),
    ],
)
def test_the_map_shows_which_side_of_those_like_it_a_municipality_lies(
    figure, category
):
    assert denmark.category_of(a_figure(**figure)) is category


def test_the_map_offers_every_published_indicator_but_verdicts_and_marks_the_chosen():
    offered = [one for _sector, ones in denmark.choices("high-absence") for one in ones]

    assert {one.id for one in offered} == {
        name for name, one in published().items() if one.unit.value != "verdict"
    }
    assert [one.id for one in offered if one.is_chosen] == ["high-absence"]


def test_indicators_are_listed_by_sector():
    groups = dict(indicator.by_sector(published().values()))

    assert list(groups) == [str(name) for name in SECTOR_NAMES.values()]
    assert sum(map(len, groups.values())) == len(published())


def test_every_sector_and_theme_has_a_name():
    assert (set(SECTOR_NAMES), set(THEME_NAMES)) == (set(Sector), set(Theme))


def a_page(figures, notes=None, **asked):
    release = a_current_release(notes={ABSENCE.id: notes or {}})
    return indicator.build(ABSENCE, release, figures, SOURCE, **asked)


def test_an_indicator_without_figures_has_neither_funnel_nor_list():
    page = a_page([])

    assert page.funnel is page.caterpillar is None
    assert page.country == ""
    assert len(page.run) == 1


FITTED = {
    "converged": True,
    "within_variance_from": "known",
    "units": 1200,
    "left_out": {"no number": 30, "number of children not known": 2},
}


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        ("known", "known from elsewhere"),
        ("shares", "published shares"),
        ("binomial", "follows from the share itself"),
        ("unknown", "estimated from how the spread grows"),
    ],
)
def test_an_indicator_tells_how_its_numbers_were_made(origin, words):
    page = a_page([], FITTED | {"within_variance_from": origin})

    assert words in page.run[1]
    assert page.run[2] == "1,200 institutions are in the model; it found its optimum."
    assert (
        page.run[3]
        == "Left out: 30 without a number, 2 of unknown size, 0 with too few children."
    )


def test_a_fit_that_failed_says_so_and_may_have_left_nothing_out():
    page = a_page([], FITTED | {"converged": False, "left_out": None})

    assert "did not find its optimum" in page.run[2]
    assert len(page.run) == 3


def dots(count=90):
    return [
        a_figure(
            unit=a_unit(code=f"{number}", name=f"Skole {number}"),
            n=10 + number,
            difference=0.1,
            swing=round(50 / (10 + number), 2),
        )
        for number in range(count)
    ]


def test_the_funnels_limits_are_read_off_the_released_swings():
    limits = indicator._limits(dots())

    assert len(limits) <= 2 * indicator.LIMIT_POINTS
    assert [one.size for one in limits] == sorted(one.size for one in limits)
    for one in limits:
        assert one.low95 == -one.high95
        assert one.high998 == pytest.approx(one.high95 * 3.0902 / 1.96)


def test_the_reader_s_own_municipality_is_pointed_out():
    funnel = indicator._dot(ABSENCE, a_figure(n=400, difference=1.0), "999")
    other = indicator._dot(ABSENCE, a_figure(n=400, difference=1.0), "998")
    nobody = indicator._dot(ABSENCE, a_figure(n=400, difference=1.0), "")

    assert (funnel.own, other.own, nobody.own) == (True, False, False)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_that_a_spreadsheet_would_run_is_made_text(sign):
    named = a_figure(unit=a_unit(name=f"{sign}HYPERLINK(1)"))

    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(
        indicator.csv_rows(ABSENCE, RELEASE, [named], SOURCE)
    )

    row = next(iter(csv.DictReader(io.StringIO(text.getvalue()), delimiter=";")))
    assert row["unit_name"] == f"'{sign}HYPERLINK(1)"


def test_a_place_without_a_number_is_blank_in_the_file_and_zero_is_zero():
    places_ = [
        a_figure(value=0.0, status=ValueStatus.ZERO, unit=a_unit(name="A")),
        a_figure(value=None, status=ValueStatus.HIDDEN, unit=a_unit(name="B")),
    ]

    _heads, first, second = indicator.csv_rows(ABSENCE, RELEASE, places_, SOURCE)

    at = indicator.HEADS.index("value")
    assert (first[at], second[at]) == (0.0, "")
    assert (first[at - 2], second[at - 2]) == ("zero", "hidden")
