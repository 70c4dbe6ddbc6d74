"""A funnel of many units."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from kaeden.presentation.charts.funnel import (
    FunnelData,
    FunnelDot,
    FunnelLimit,
    draw_funnel,
)
from kaeden.presentation.numbers import Form
from tests.unit.kaeden.presentation.charts.drawing import (
    drawn,
    picture_rows,
    pictures,
    table_rows,
)

LIMITS = tuple(
    FunnelLimit(size=n, low95=-20 / n, high95=20 / n, low998=-31 / n, high998=31 / n)
    for n in (10, 50, 100, 400, 1200)
)
DOTS = tuple(
    FunnelDot(
        name=f"School {i}",
        size=10 + i % 1190,
        difference=((i * 7919) % 400 - 200) / 100,
        flagged=i % 500 == 3,
        own=i == 7,
        words="higher than expected",
    )
    for i in range(2300)
)
FUNNEL = FunnelData(
    title="Wellbeing", form=Form(decimals=1, unit="points"), dots=DOTS, limits=LIMITS
)


@pytest.mark.slow
def test_2300_units_stay_light():
    from django.template.loader import render_to_string

    markup = render_to_string(
        "components/funnel.html", {"chart": draw_funnel(FUNNEL), "id": "f"}
    )
    assert len(markup) < 90_000


def test_picture_and_table_have_the_same_marked_units():
    tree = drawn("funnel", draw_funnel(FUNNEL))
    for svg in pictures(tree):
        assert sorted(picture_rows(svg)) == sorted(table_rows(tree))
    assert "School 7" in table_rows(tree)
    assert len(table_rows(tree)) == 1 + 5


def test_the_table_says_which_units_it_leaves_out():
    with override("en"):
        plain = draw_funnel(FUNNEL).table.note
        full = draw_funnel(replace(FUNNEL, download_href="/all.csv")).table.note
    assert plain == "The table shows the units that differ clearly, and your own."
    assert full.endswith("All 2,300 are in the file that can be downloaded.")


def test_the_summary_counts_the_signals():
    with override("en"):
        assert draw_funnel(FUNNEL).summary == (
            "5 of 2,300 units differ by more than chance explains."
        )


def test_names_in_the_picture_never_cover_each_other_or_a_dot():
    near = tuple(
        FunnelDot(name=f"Long name {i}", size=100 + i, difference=1.0, flagged=True)
        for i in range(5)
    )
    edges = tuple(FunnelDot(name="edge", size=n, difference=0) for n in (10, 1200))
    chart = draw_funnel(replace(FUNNEL, dots=near + edges))
    assert len([dot for dot in chart.wide.dots if dot.label]) <= 1
    assert len(chart.table.rows) == 5


def test_every_dot_and_limit_is_within_the_picture():
    picture = draw_funnel(FUNNEL).narrow
    for dot in picture.dots:
        assert picture.left <= dot.x <= picture.right
        assert picture.top <= dot.y <= picture.bottom
    assert picture.inner
    assert picture.outer_edges


def test_no_units_and_no_limits_are_drawn_as_an_empty_frame():
    chart = draw_funnel(replace(FUNNEL, dots=(), limits=()))
    assert (chart.wide.crowd, chart.wide.inner, chart.wide.dots) == ("", "", ())
    assert chart.wide.inner_edges == ""


def test_the_axis_may_have_fewer_decimals_than_the_differences():
    with override("en"):
        chart = draw_funnel(
            replace(FUNNEL, form=Form(decimals=2), axis=Form(decimals=0))
        )
    assert "0" in [tick.label for tick in chart.wide.y_ticks]
    assert all("." not in tick.label for tick in chart.wide.y_ticks)
    assert all("." in row.cells[1] for row in chart.table.rows)
