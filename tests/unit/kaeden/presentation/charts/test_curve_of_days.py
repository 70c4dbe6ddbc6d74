"""A curve whose points are days, and the limits that a series holds."""

from datetime import date, timedelta

import pytest

from kaeden.presentation.charts.curve import CurveData, CurvePoint, draw_curve
from kaeden.presentation.charts.curve_marks import CurveMark
from kaeden.presentation.numbers import Form

MONDAY = date(2026, 9, 7)
DAY = timedelta(days=1)


def a_curve(*apart, marks=(), limits=(1.0, 9.0), limited=99):
    points = tuple(
        CurvePoint(
            label=f"{MONDAY + days * DAY:%d/%m/%y}",
            value=5.0,
            day=MONDAY + days * DAY,
            limits=limits if at < limited else None,
        )
        for at, days in enumerate(apart)
    )
    drawn = tuple(CurveMark(at=MONDAY + on * DAY, words="Start") for on in marks)
    return draw_curve(CurveData(title="Børn", form=Form(), points=points, marks=drawn))


@pytest.mark.parametrize(
    ("on", "between"), [(0, (0, 0)), (1, (0, 1)), (7, (1, 1)), (10, (1, 2))]
)
def test_a_mark_stands_among_the_days_where_its_own_day_is(on, between):
    picture = a_curve(0, 7, 14, marks=(on,)).wide
    left, right = (picture.points[at].x for at in between)

    assert left <= picture.marks[0].x <= right
    assert left == right or left < picture.marks[0].x < right


@pytest.mark.parametrize(("on", "side"), [(-30, -1), (60, 1)])
def test_a_mark_before_the_first_day_or_after_the_last_stands_beside_them(on, side):
    picture = a_curve(0, 7, marks=(on,)).wide
    end = picture.points[0 if side < 0 else -1]

    assert (picture.marks[0].x - end.x) * side > 0


def test_a_mark_has_its_place_beside_a_lone_day_too():
    picture = a_curve(0, marks=(0, 4)).wide
    assert picture.marks[0].x == picture.points[0].x < picture.marks[1].x


def test_limits_are_two_lines_as_far_as_they_are_held():
    picture = a_curve(0, 1, 2, 3, limited=3).wide
    lower, upper = picture.limits
    ends = [f"M{picture.points[0].x:g} ", f"L{picture.points[2].x:g} "]

    assert all(one.startswith(ends[0]) and ends[1] in one for one in (lower, upper))
    assert f"L{picture.points[3].x:g} " not in upper


def test_the_picture_has_room_for_its_limits():
    picture = a_curve(0, 1, limits=(-100.0, 100.0)).wide
    heights = [float(line.split()[1].split("L")[0]) for line in picture.limits]

    assert all(picture.top <= one <= picture.bottom for one in heights)


@pytest.mark.parametrize("limited", [0, 1])
def test_without_limits_or_with_those_of_one_point_there_are_no_lines(limited):
    assert a_curve(0, 1, 2, limited=limited).wide.limits == ()
