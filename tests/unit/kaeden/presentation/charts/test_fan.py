"""A fan of lines: what background means at each unit."""

from dataclasses import replace

from django.utils.translation import override

from kaeden.presentation.charts.fan import FanData, FanLine, draw_fan
from kaeden.presentation.numbers import Form
from tests.unit.kaeden.presentation.charts.drawing import (
    drawn,
    picture_rows,
    pictures,
    table_rows,
    words,
)

UNITS = FanData(
    title="Background",
    summary="The steeper, the more.",
    form=Form(decimals=1),
    slope_form=Form(decimals=2),
    lines=(
        FanLine(name="All together", middle=3.7, slope=0.1, common=True),
        FanLine(name="Østre Skole", middle=3.2, slope=0.3, low=0.1, high=0.5),
        FanLine(name="Byskolen", middle=3.9, slope=-0.1, own=True, basis="90 pupils"),
    ),
    less="less",
    middling="middling",
    more="more",
    slope_head="One step means",
    name_head="Unit",
)


def test_picture_and_table_have_the_same_rows():
    tree = drawn("fan", draw_fan(UNITS))

    assert table_rows(tree) == ["Byskolen", "Østre Skole", "All together"]
    assert all(
        sorted(picture_rows(svg)) == sorted(table_rows(tree)) for svg in pictures(tree)
    )


def test_a_line_rises_when_more_background_goes_with_more():
    lines = {one.name: one for one in draw_fan(UNITS).wide.lines}

    assert lines["Østre Skole"].end < lines["Østre Skole"].start
    assert lines["Byskolen"].end > lines["Byskolen"].start


def test_the_steeper_slope_is_the_steeper_line():
    lines = {one.name: one for one in draw_fan(UNITS).wide.lines}
    rise = {name: one.start - one.end for name, one in lines.items()}

    assert rise["Østre Skole"] > rise["All together"] > 0


def test_ones_own_is_drawn_above_the_others_and_named_only_when_there():
    own, none = draw_fan(UNITS), draw_fan(replace(UNITS, lines=UNITS.lines[:2]))

    assert [one.own for one in own.wide.lines] == [False, True, False]
    assert (own.has_own, none.has_own) == (True, False)
    assert "your own" in words(drawn("fan", own))
    assert "your own" not in words(drawn("fan", none))


def test_the_table_tells_the_slope_with_its_sign_and_interval():
    with override("en"):
        rows = draw_fan(UNITS).table.rows

    assert rows[0].cells == ("−0.10", "–", "90 pupils")
    assert rows[1].cells == ("+0.30", "0.10 to 0.50", "")
