"""A session lasts a working day, and an hour in which nothing happens."""

import pytest

from kaeden.accounts.rules import Stay

HOUR, MINUTE = 3600, 60


@pytest.mark.parametrize(
    ("seconds", "idle", "over"),
    [
        (0, 0, False),
        (HOUR, HOUR - 1, False),
        (HOUR, HOUR, True),
        (12 * HOUR - 1, MINUTE, False),
        (12 * HOUR, 0, True),
    ],
)
def test_a_session_is_over_when_it_is_idle_or_old(seconds, idle, over):
    stay = Stay(began=1000.0, seen=1000.0 + seconds - idle)

    assert stay.is_over(1000.0 + seconds) is over


@pytest.mark.parametrize(("seconds", "due"), [(0, False), (59, False), (60, True)])
def test_what_happens_is_noted_once_a_minute(seconds, due):
    assert Stay(began=1000.0, seen=1000.0).is_due(1000.0 + seconds) is due
