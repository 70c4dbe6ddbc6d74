"""A curve over time."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kaeden.presentation.charts.curve import (
    CurveBreak,
    CurveData,
    CurvePoint,
    draw_curve,
)
from kaeden.presentation.charts.curve_marks import CurveMark
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

YEARS = ("2021/22", "2022/23", "2023/24", "2024/25")
ABSENCE = CurveData(
    title="Pupils away",
    form=Form(decimals=0, unit="%"),
    points=tuple(
        CurvePoint(label=year, value=v, low=v - 5, high=v + 5, basis="31 of 162 pupils")
        for year, v in zip(YEARS, (28, 25, 22, 19), strict=True)
    ),
)


def with_point(place, **changes):
    points = list(ABSENCE.points)
    points[place] = replace(points[place], **changes)
    return replace(ABSENCE, points=tuple(points))


def test_picture_and_table_have_the_same_rows():
    tree = drawn("curve", draw_curve(ABSENCE))
    for svg in pictures(tree):
        assert picture_rows(svg) == table_rows(tree) == list(YEARS)


@pytest.mark.parametrize("language", ["da", "en"])
def test_coordinates_are_the_same_in_every_language(language):
    tree = drawn("curve", draw_curve(ABSENCE), language)
    assert "," not in "".join(part.get("d", "") for part in tree.iter())


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (ValueStatus.HIDDEN, "hidden"),
        (ValueStatus.MISSING, "missing"),
        (ValueStatus.NOT_APPLICABLE, "not applicable"),
    ],
)
def test_a_value_that_is_not_there_is_a_dash_and_a_word(status, word):
    with override("en"):
        curve = draw_curve(with_point(1, value=None, status=status))
    point = curve.wide.points[1]
    assert (point.y, point.low, point.words) == (None, None, word)
    assert curve.table.rows[1].cells[0] == word
    assert word in words(drawn("curve", curve))


def test_a_hidden_number_is_shown_nowhere_even_when_it_is_handed_in():
    with override("en"):
        curve = draw_curve(with_point(1, value=77, status=ValueStatus.HIDDEN))
    assert "77" not in repr(curve)
    assert curve.table.rows[1].cells[1] == "–"


def test_no_line_is_drawn_across_a_value_that_is_not_there():
    gap = draw_curve(with_point(1, value=None, status=ValueStatus.MISSING))
    whole = draw_curve(ABSENCE)
    assert whole.wide.lines[0].count("L") == 3
    assert [line.count("L") for line in gap.wide.lines] == [1]


def test_no_line_is_drawn_across_a_break():
    found = CurveBreak(before="2023/24", words="new method")
    curve = draw_curve(replace(ABSENCE, breaks=(found,)))
    assert [line.count("L") for line in curve.wide.lines] == [1, 1]
    before, after = curve.wide.points[1].x, curve.wide.points[2].x
    assert before < curve.wide.breaks[0].x < after
    assert "new method" in curve.table.note


def test_a_zero_is_drawn_as_a_number():
    curve = draw_curve(with_point(3, value=0, low=0, status=ValueStatus.ZERO))
    assert curve.wide.points[3].y is not None
    assert curve.table.rows[3].cells[0].startswith("0")


def test_uncertainty_is_drawn_at_every_point_and_as_a_band():
    curve = draw_curve(ABSENCE)
    assert all(p.low > p.y > p.high for p in curve.wide.points)
    assert len(curve.wide.bands) == 1


def test_a_lone_point_stands_in_the_middle():
    curve = draw_curve(replace(ABSENCE, points=ABSENCE.points[:1]))
    assert curve.wide.points[0].x == (curve.wide.left + curve.wide.right) / 2
    assert curve.wide.lines == curve.wide.bands == ()


def test_a_curve_without_any_number_says_so():
    points = (CurvePoint(label="2024/25", value=None, status=ValueStatus.HIDDEN),)
    with override("en"):
        assert draw_curve(replace(ABSENCE, points=points)).summary == (
            "There is no number to show."
        )


def test_the_summary_is_the_finding_that_was_handed_in():
    finding = "Fewer are away than three years ago."
    assert draw_curve(replace(ABSENCE, summary=finding)).summary == finding


def test_a_value_without_an_interval_is_told_plainly():
    with override("en"):
        curve = draw_curve(with_point(3, low=None, high=None))
    assert curve.summary == "2024/25: 19%."
    assert curve.wide.bands == ()


@pytest.mark.parametrize(("target", "country"), [(15, 60), (60, 15)])
def test_labels_of_lines_far_apart_stand_at_their_lines(target, country):
    data = replace(
        ABSENCE,
        target=ReferenceLine(label="target", value=target),
        reference=ReferenceLine(label="country", value=country),
    )
    picture = draw_curve(data).wide
    for line in (picture.target, picture.reference):
        assert line.text_y == line.at + 5


def test_lines_are_told_in_picture_and_table():
    data = replace(
        ABSENCE,
        target=ReferenceLine(label="Target 15 %", value=15),
        reference=ReferenceLine(label="Country 15.2 %", value=15.2),
    )
    curve = draw_curve(data)
    apart = abs(curve.wide.target.text_y - curve.wide.reference.text_y)
    assert apart >= 17.9
    for text in ("Target 15 %", "Country 15.2 %"):
        assert text in curve.table.note
        assert all(text in words(svg) for svg in pictures(drawn("curve", curve)))


def with_marks(*marks):
    return replace(ABSENCE, marks=tuple(CurveMark(at=a, words=w) for a, w in marks))


def test_a_mark_is_a_number_in_the_picture_and_words_beneath_and_in_the_table():
    data = with_marks((date(2024, 3, 1), "calls home"), ("2022/23", "breakfast begins"))

    with override("en"):
        curve = draw_curve(data)

    assert [mark.words for mark in curve.marks] == ["breakfast begins", "calls home"]
    assert [mark.label for mark in curve.wide.marks] == ["1", "2"]
    assert "1) 2022/23: breakfast begins. 2) March 1, 2024" in curve.table.note
    tree = drawn("curve", curve)
    items = [words(item) for item in tree.iter("li")]
    assert items == ["2022/23: breakfast begins", "March 1, 2024: calls home"]
    assert "calls home" not in "".join(words(svg) for svg in pictures(tree))


def test_a_mark_leads_on_when_it_can():
    marks = (CurveMark(at="2022/23", words="breakfast", href="/aftaler/1"),)
    tree = drawn("curve", draw_curve(replace(ABSENCE, marks=marks)))
    assert [a.get("href") for a in tree.iter("a")] == ["/aftaler/1"]


@pytest.mark.parametrize(
    ("day", "after", "before"),
    [
        (date(2022, 8, 1), 0, 1),
        (date(2022, 11, 1), 0, 1),
        (date(2023, 6, 1), 1, 2),
        (date(2025, 7, 1), 3, None),
        (date(2027, 7, 1), 3, None),
        (date(2011, 7, 1), None, 0),
    ],
)
def test_a_day_stands_where_its_period_is(day, after, before):
    picture = draw_curve(with_marks((day, "something"))).narrow
    (mark,) = picture.marks
    assert after is None or picture.points[after].x < mark.x
    assert before is None or mark.x < picture.points[before].x
    assert picture.left <= mark.x <= picture.right


def test_a_day_stands_among_a_lone_point_too():
    data = replace(with_marks((date(2024, 9, 1), "so")), points=ABSENCE.points[3:])
    picture = draw_curve(data).wide
    assert picture.left < picture.marks[0].x < picture.points[0].x


def test_a_mark_without_its_point_is_not_told():
    curve = draw_curve(with_marks(("1999/00", "long ago")))
    assert curve.marks == curve.wide.marks == ()
    assert "long ago" not in curve.table.note


def test_marks_of_one_day_share_a_line():
    day = date(2024, 3, 1)
    curve = draw_curve(with_marks((day, "a"), (day, "b"), ("2021/22", "c")))
    assert [mark.label for mark in curve.wide.marks] == ["1", "2–3"]
    assert len(curve.marks) == 3


@given(st.lists(st.dates(date(2021, 8, 1), date(2025, 12, 1)), max_size=12))
def test_numbers_of_marks_never_stand_on_each_other(days):
    curve = draw_curve(with_marks(*((day, "x") for day in days)))
    for picture in (curve.wide, curve.narrow):
        rows = {}
        for mark in picture.marks:
            rows.setdefault(mark.row, []).append(mark)
            assert picture.marks_at + mark.down + 9 < picture.top + 4
        for row in rows.values():
            for left, right in pairwise(row):
                assert left.left + left.width < right.left


@given(
    values=st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=12),
    margin=st.floats(0, 1e3),
)
def test_every_point_and_interval_is_within_the_picture(values, margin):
    points = tuple(
        CurvePoint(label=str(2000 + i), value=v, low=v - margin, high=v + margin)
        for i, v in enumerate(values)
    )
    curve = draw_curve(replace(ABSENCE, points=points))
    for picture in (curve.wide, curve.narrow):
        for point in picture.points:
            assert picture.left < point.x < picture.right
            assert picture.top <= point.high <= point.y <= point.low <= picture.bottom


# Limits -------------------------------------------------------------------------------


def with_limits(**changes):
    points = [
        replace(one, limits=(one.value - 8, one.value + 8)) for one in ABSENCE.points
    ]
    return replace(ABSENCE, points=tuple(points), **changes)


def test_limits_stand_in_the_table_as_in_the_picture():
    data = with_limits()

    chart = draw_curve(data)

    assert len(chart.table.heads) == 5
    assert chart.table.rows[0].cells[2] == data.form.interval(20, 36)
    assert len(chart.wide.limits) == 2
    assert len(draw_curve(ABSENCE).table.heads) == 4


def test_a_period_without_limits_has_a_dash():
    data = with_limits()
    lone = replace(data.points[0], limits=None)

    chart = draw_curve(replace(data, points=(lone, *data.points[1:])))

    assert chart.table.rows[0].cells[2] == "–"


def test_no_limit_is_drawn_over_a_break():
    parted = with_limits(breaks=(CurveBreak(before="2023/24", words="New."),))

    assert len(draw_curve(parted).wide.limits) == 4


def test_a_point_outside_its_limits_is_ringed_and_the_others_are_not():
    points = list(ABSENCE.points)
    points[1] = replace(points[1], is_outside=True)
    chart = draw_curve(replace(ABSENCE, points=tuple(points)))

    assert [one.is_outside for one in chart.wide.points] == [False, True, False, False]
    rings = [one for one in drawn("curve", chart).iter() if one.get("r") == "10"]
    assert len(rings) == 2


def test_what_the_lines_are_is_said_below_the_picture():
    tree = drawn("curve", draw_curve(replace(ABSENCE, swings="The dotted lines.")))

    assert "The dotted lines." in words(tree)
