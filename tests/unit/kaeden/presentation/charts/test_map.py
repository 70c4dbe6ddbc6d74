"""The map of the 98 municipalities."""

import json

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from kaeden.presentation.charts.borders import BORDERS, shapes
from kaeden.presentation.charts.map import MapArea, MapCategory, MapData, draw_map
from tests.unit.kaeden.presentation.charts.drawing import (
    drawn,
    picture_rows,
    pictures,
    table_rows,
    words,
)

PLACES = [
    (shape["properties"]["kode"], shape["properties"]["navn"])
    for shape in json.loads(BORDERS.read_text())["objects"]["kommuner"]["geometries"]
]
AREAS = tuple(
    MapArea(
        code=code,
        name=name,
        category=list(MapCategory)[place % 4],
        words="3.4",
        href=f"/municipality/{code}/",
    )
    for place, (code, name) in enumerate(PLACES)
)
MAP = MapData(title="Wellbeing", areas=AREAS, own="0751")


def test_all_98_municipalities_have_an_outline():
    assert len(shapes(BORDERS).outlines) == 98
    assert all(d.startswith("M") for d in shapes(BORDERS).outlines.values())


def test_picture_and_table_have_the_same_municipalities():
    tree = drawn("map", draw_map(MAP))
    (svg,) = [s for s in pictures(tree) if s.get("role") == "group"]
    assert sorted(picture_rows(svg)) == sorted(table_rows(tree))


def test_every_municipality_is_a_link_with_a_name():
    tree = drawn("map", draw_map(MAP))
    links = [part for part in tree.iter() if part.get("data-row")]
    assert all(link.get("href") for link in links)
    assert all(link.get("data-row") in words(link) for link in links)


def test_classes_differ_by_pattern_as_well_as_by_colour():
    markup = render_to_string(
        "components/map.html", {"chart": draw_map(MAP), "id": "m"}
    )
    for fill in ("url(#m-lower)", "url(#m-higher)", 'stroke-dasharray="5 4"'):
        assert fill in markup


def test_the_map_weighs_less_than_60_kilobytes():
    markup = render_to_string(
        "components/map.html", {"chart": draw_map(MAP), "id": "m"}
    )
    assert len(markup.encode()) < 60_000


def test_the_legend_counts_the_classes_and_takes_other_words():
    with override("en"):
        chart = draw_map(
            MapData(
                title="Staff",
                areas=AREAS[:2],
                labels={MapCategory.LOWER: "fewer adults"},
            )
        )
    assert [(entry.words, entry.count) for entry in chart.legend] == [
        ("fewer adults", "1"),
        ("like the country", "1"),
    ]
    assert chart.summary == "Municipalities: fewer adults 1, like the country 1."


def test_denmark_is_taller_than_wide_and_bornholm_has_a_box():
    found = shapes(BORDERS)
    assert found.height / found.width == pytest.approx(1.2, abs=0.05)
    x, y, width, height = found.inset
    start = found.outlines["0400"].removeprefix("M").split("l")[0].split()
    assert x <= int(start[0]) <= x + width
    assert y <= int(start[1]) <= y + height
