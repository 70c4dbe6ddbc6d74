"""Who gets the week's e-mail."""

import itertools
from datetime import date, timedelta

import pytest

from kaeden.reminders.rules import Told, judge, week_of

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize("days", range(7))
def test_a_week_begins_on_its_monday(days):
    assert week_of(MONDAY + timedelta(days=days)) == MONDAY


@pytest.mark.parametrize(
    ("wants", "address", "ago"),
    list(itertools.product((True, False), ("a@b.dk", ""), (None, 0, 6, 7, 30))),
)
def test_who_wants_it_and_can_get_it_is_told_once_a_week(wants, address, ago):
    told_on = None if ago is None else MONDAY - timedelta(days=ago)

    told = judge(wants=wants, address=address, told_on=told_on, on=MONDAY)

    may = wants and bool(address) and (ago is None or ago >= 7)
    assert (told is Told.TO_TELL) is may
    if not wants:
        assert told is Told.DECLINED
