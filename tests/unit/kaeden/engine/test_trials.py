"""What a team's counts say, with a centre and limits."""

from datetime import date, timedelta

import pytest

from kaeden.engine.trials import FEWEST_POINTS, Count, Moved, by_week, trial

MONDAY = date(2026, 9, 7)


def days(*numbers, of=None):
    return [
        Count(day=MONDAY + timedelta(days=at), number=number, of=of)
        for at, number in enumerate(numbers)
    ]


def after(points):
    return MONDAY + timedelta(days=points)


QUIET = (10, 12, 11, 13, 10, 12, 11)


def test_of_fewer_than_five_nothing_is_said():
    found = trial(days(*QUIET[: FEWEST_POINTS - 1]), begun_on=None)

    assert (found.moved, found.centre, found.limits) == (Moved.TOO_FEW, (), ())
    assert len(found.counts) == FEWEST_POINTS - 1


def test_counts_before_the_start_give_the_limits_that_later_ones_are_held_up_to():
    found = trial(days(*QUIET, 25, 26), begun_on=after(7))

    assert (found.baseline, found.is_trial) == (7, True)
    assert found.centre[0] == found.centre[-1] == pytest.approx(79 / 7)
    assert found.limits[0] == pytest.approx(
        (79 / 7 - 3 * (11 / 6) / 1.128, 79 / 7 + 3 * (11 / 6) / 1.128)
    )
    assert found.moved is Moved.HIGHER


@pytest.mark.parametrize(
    ("later", "moved"),
    [
        ((25, 26), Moved.HIGHER),
        ((1, 0), Moved.LOWER),
        ((25, 0), Moved.SWINGS),
        ((12, 10), Moved.INSIDE),
        ((), Moved.TOO_FEW),
    ],
)
def test_what_came_after_the_start_is_said_in_one_word(later, moved):
    assert trial(days(*QUIET, *later), begun_on=after(7)).moved is moved


def test_with_few_counts_before_the_start_all_of_them_give_the_limits():
    found = trial(days(*QUIET), begun_on=after(2))

    assert (found.baseline, found.moved) == (0, Moved.INSIDE)


def test_a_long_run_above_is_a_change_though_no_point_is_outside():
    lifted = (13,) * 9
    found = trial(days(*QUIET, *lifted), begun_on=after(7))

    assert found.moved is Moved.HIGHER
    assert all(low < 13 < high for low, high in found.limits)


def test_twelve_counts_give_limits_that_stand():
    assert not trial(days(*QUIET, *QUIET), begun_on=None).is_trial
    assert trial(days(*QUIET), begun_on=None).is_trial


def test_shares_are_charted_as_shares():
    found = trial(days(*QUIET, 20, of=23), begun_on=after(7))

    assert found.centre[0] == pytest.approx(79 / (7 * 23))
    assert found.counts[-1].value == pytest.approx(20 / 23)
    assert all(0 <= low < high <= 1 for low, high in found.limits)
    assert found.moved is Moved.HIGHER


@pytest.mark.parametrize("numbers", [(0,) * 6, (9,) * 6])
def test_all_or_none_each_day_is_no_change(numbers):
    assert trial(days(*numbers, of=9), begun_on=after(5)).moved is Moved.INSIDE


def test_no_limit_lies_below_nothing():
    found = trial(days(0, 4, 0, 5, 0, 4), begun_on=None)

    assert {low for low, _high in found.limits} == {0.0}


def test_counts_are_put_in_order():
    mixed = list(reversed(days(*QUIET)))
    assert trial(mixed, begun_on=None) == trial(days(*QUIET), begun_on=None)


def test_units_that_count_together_are_added_up_by_week():
    rows = [
        Count(day=MONDAY, number=7, of=10),
        Count(day=MONDAY + timedelta(days=6), number=1, of=10),
        Count(day=MONDAY + timedelta(days=7), number=4, of=8),
    ]
    first, second = by_week(reversed(rows))

    assert (first.day, first.number, first.of) == (MONDAY, 8, 20)
    assert (second.day, second.value) == (MONDAY + timedelta(days=7), 0.5)


def test_of_numbers_a_week_is_the_mean():
    (week,) = by_week(days(2, 4, 9))
    assert (week.value, week.of) == (5, None)
