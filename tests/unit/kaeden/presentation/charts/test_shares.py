"""Parts of a whole by level."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from kaeden.presentation.charts.shares import ShareRow, SharesData, draw_shares
from tests.unit.kaeden.presentation.charts.drawing import (
    drawn,
    picture_rows,
    pictures,
    table_rows,
    words,
)

LEVELS = SharesData(
    title="Where",
    summary="Most lie between pupils.",
    rows=(
        ShareRow(name="between schools", share=6, low=3, high=12, basis="12 schools"),
        ShareRow(name="between pupils", share=94),
    ),
)


def test_picture_and_table_have_the_same_rows_outermost_first():
    tree = drawn("shares", draw_shares(LEVELS))

    assert table_rows(tree) == ["between schools", "between pupils"]
    assert all(picture_rows(svg) == table_rows(tree) for svg in pictures(tree))


def test_a_bar_is_as_long_as_its_share_of_the_whole():
    picture = draw_shares(LEVELS).wide
    short, long = picture.levels

    assert short.x == long.x == picture.left
    assert long.width / short.width == pytest.approx(94 / 6, rel=0.01)


def test_an_interval_lies_around_the_end_of_its_bar_and_is_drawn_more_visibly():
    chart = draw_shares(LEVELS)
    level = chart.wide.levels[0]
    tree = drawn("shares", chart)

    assert level.low < level.x + level.width < level.high
    lines = [one for one in tree.iter() if one.get("stroke-linecap") == "round"]
    assert min(float(one.get("stroke-width")) for one in lines) >= 5


def test_a_share_without_an_interval_has_a_dash_in_the_table():
    with override("en"):
        chart = draw_shares(LEVELS)

    assert (chart.wide.levels[1].low, chart.wide.levels[1].high) == (None, None)
    assert chart.has_intervals
    assert not draw_shares(replace(LEVELS, rows=LEVELS.rows[1:])).has_intervals
    assert chart.table.rows[1].cells == ("94%", "–", "")
    assert chart.table.rows[0].cells == ("6%", "3 to 12%", "12 schools")


def test_it_says_what_it_shows_in_danish_too():
    tree = drawn("shares", draw_shares(LEVELS), "da")

    assert "ligger højst sandsynligt her" in words(tree)
