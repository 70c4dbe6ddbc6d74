"""The story fits whatever day it is told."""

from datetime import date, timedelta

import pytest

from kaeden.demo.days import story_of

A_YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(366)]


@pytest.mark.parametrize("today", [*A_YEAR[::13], date(2028, 2, 29)])
def test_things_happen_in_their_order_whatever_day_it_is(today):
    days = story_of(today)

    assert days.began < days.reorganised < days.left < days.came < days.today
    assert (days.began.month, days.reorganised.month) == (8, 1)
    assert (days.reorganised - days.began).days > 2 * 365


def test_days_are_counted_back_and_forth_from_today():
    days = story_of(date(2026, 11, 24))

    assert days.ago(24) == date(2026, 10, 31)
    assert days.ahead(7) == date(2026, 12, 1)
