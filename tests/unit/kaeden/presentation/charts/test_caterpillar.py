"""Units side by side."""

import itertools
from dataclasses import replace

import pytest
from django.utils.translation import override

from kaeden.presentation.charts.caterpillar import (
    CaterpillarData,
    CaterpillarRow,
    draw_caterpillar,
)
from kaeden.presentation.charts.parts import ReferenceLine
from kaeden.presentation.numbers import Form
from kaeden.shared.status import ValueStatus
from tests.unit.kaeden.presentation.charts.drawing import (
    drawn,
    picture_rows,
    pictures,
    table_rows,
    words,
)

SCHOOLS = CaterpillarData(
    title="Wellbeing",
    form=Form(decimals=1),
    rows=(
        CaterpillarRow(name="Østre Skole", value=3.2, low=3.0, high=3.4),
        CaterpillarRow(name="Aadalens Skole", value=3.9, low=3.6, high=4.2),
        CaterpillarRow(name="Byskolen", value=3.6, low=3.3, high=3.9, own=True),
        CaterpillarRow(name="Ærøskolen", value=None, status=ValueStatus.HIDDEN),
    ),
    reference=ReferenceLine(label="country 3.6", value=3.6),
)
BY_NAME = ["Byskolen", "Ærøskolen", "Østre Skole", "Aadalens Skole"]


def names(chart):
    return [unit.name for unit in chart.wide.units]


def test_picture_and_table_have_the_same_rows():
    tree = drawn("caterpillar", draw_caterpillar(SCHOOLS))
    assert all(picture_rows(svg) == table_rows(tree) for svg in pictures(tree))


def test_units_stand_by_name_as_danes_sort_them():
    assert names(draw_caterpillar(SCHOOLS)) == BY_NAME


def test_units_stand_by_value_only_when_asked_and_those_without_come_last():
    chart = draw_caterpillar(replace(SCHOOLS, by_value=True))
    assert names(chart) == ["Østre Skole", "Byskolen", "Aadalens Skole", "Ærøskolen"]


def test_a_hidden_value_is_a_dash_and_a_word():
    with override("en"):
        chart = draw_caterpillar(SCHOOLS)
    unit = chart.wide.units[1]
    assert (unit.x, unit.low, unit.value, unit.words) == (None, None, "", "hidden")
    assert "hidden" in words(drawn("caterpillar", chart))


def test_the_summary_counts_intervals_that_miss_the_line():
    with override("en"):
        assert draw_caterpillar(SCHOOLS).summary == (
            "1 of 3 differ clearly from country 3.6."
        )
        without = replace(SCHOOLS, reference=None)
        assert draw_caterpillar(without).summary == "3 of 4 have a number."


def test_a_unit_without_an_interval_is_never_counted_as_different():
    row = CaterpillarRow(name="Byskolen", value=9.0)
    with override("en"):
        chart = draw_caterpillar(replace(SCHOOLS, rows=(row,)))
    assert chart.summary.startswith("0 of 1")
    assert chart.table.rows[0].cells[1] == "–"


def test_an_interval_is_drawn_wider_than_its_point():
    tree = drawn("caterpillar", draw_caterpillar(SCHOOLS))
    lines = [p for p in tree.iter() if p.get("stroke-linecap") == "round"]
    assert len(lines) == 2 * 3
    assert all(float(line.get("stroke-width")) >= 5 for line in lines)


@pytest.mark.parametrize("count", [5, 100])
def test_it_holds_many_units_without_overlap(count):
    rows = tuple(
        CaterpillarRow(name=f"School {i:03}", value=i, low=i - 1, high=i + 1)
        for i in range(count)
    )
    chart = draw_caterpillar(replace(SCHOOLS, rows=rows))
    for picture in (chart.wide, chart.narrow):
        ys = [unit.y for unit in picture.units]
        assert min(b - a for a, b in itertools.pairwise(ys)) >= 24
        assert picture.top < ys[0] < ys[-1] < picture.height


# Another number beside the value ------------------------------------------------------

BESIDE = replace(
    SCHOOLS,
    rows=(
        CaterpillarRow(name="Byskolen", value=3.6, beside=3.9, low=3.3, high=3.9),
        CaterpillarRow(name="Nordskolen", value=3.2),
        CaterpillarRow(
            name="Sydskolen", value=None, beside=1.0, status=ValueStatus.HIDDEN
        ),
    ),
    beside_head="Raw value",
    heads=("Fair value", "Between", "Children"),
)


def test_a_number_beside_stands_in_picture_legend_and_table():
    with override("en"):
        chart = draw_caterpillar(BESIDE)

    heads = ("Unit", "Raw value", "Fair value", "Between", "Children")
    assert chart.table.heads == heads
    assert [row.cells[0] for row in chart.table.rows] == ["3.9", "–", "–"]
    assert "Raw value" in words(drawn("caterpillar", chart))
    town, north, _south = chart.wide.units
    assert town.beside > town.x
    assert north.beside is None


def test_a_hidden_unit_has_nothing_beside():
    _town, _north, south = draw_caterpillar(BESIDE).wide.units

    assert (south.beside, south.x) == (None, None)


def test_a_number_with_a_sign_is_written_so_in_picture_and_table():
    with override("en"):
        chart = draw_caterpillar(replace(SCHOOLS, signed=True))

    assert chart.wide.units[0].value == "+3.6"
    assert chart.table.rows[0].cells[0] == "+3.6"
    assert chart.table.rows[1].cells[0] == "hidden"
