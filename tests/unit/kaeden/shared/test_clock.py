"""One clock for all, which a story can set."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from kaeden.shared.clock import now, standing_at, today

MIDNIGHT = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


def test_now_is_now():
    assert timezone.now() - now() < timedelta(minutes=1)
    assert today() == timezone.localdate()


def test_inside_a_story_it_is_another_day_and_outside_it_is_not():
    with standing_at(MIDNIGHT):
        assert (now(), today()) == (MIDNIGHT, date(2026, 3, 2))

    assert now() > MIDNIGHT


def test_a_story_that_breaks_off_sets_the_clock_right():
    with pytest.raises(ZeroDivisionError), standing_at(MIDNIGHT):
        _never = 1 / 0

    assert now() > MIDNIGHT
