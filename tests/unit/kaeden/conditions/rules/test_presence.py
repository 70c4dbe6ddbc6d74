from datetime import date

import pytest

from kaeden.conditions.rules.presence import (
    FEWEST_LEADERS,
    LEADER_LEVEL_NAMES,
    LEADER_LEVELS,
    PRESENCE_HINTS,
    PRESENCE_NAMES,
    LeaderLevel,
    PresenceKind,
    follows,
    may_take_back,
    month_after,
    month_of,
    months_before,
    shown_share,
)
from kaeden.organisation.rules import LEADING

DAY = date(2026, 11, 24)


def test_every_leading_role_has_its_level_and_every_level_and_kind_its_name():
    assert set(LEADER_LEVELS) == LEADING
    assert set(LEADER_LEVEL_NAMES) == set(LeaderLevel) == set(LEADER_LEVELS.values())
    assert set(PRESENCE_NAMES) == set(PRESENCE_HINTS) == set(PresenceKind)


@pytest.mark.parametrize("leaders", range(FEWEST_LEADERS))
def test_fewer_than_five_leaders_are_never_told_of(leaders):
    assert all(shown_share(count, leaders) is None for count in range(leaders + 1))


@pytest.mark.parametrize(
    ("count", "leaders", "told", "end"),
    [
        *((0, 5, 2, -1), (2, 5, 2, -1), (3, 5, 3, 1), (5, 5, 3, 1)),
        *((2, 12, 2, -1), (3, 12, 3, 0), (9, 12, 9, 0), (10, 12, 10, 1)),
        (12, 12, 10, 1),
    ],
)
def test_very_few_and_nearly_all_are_told_of_together(count, leaders, told, end):
    share = shown_share(count, leaders)

    assert (share.count, share.leaders, share.end) == (told, leaders, end)


@pytest.mark.parametrize(
    ("planned", "noted", "followed"),
    [(4, 4, True), (4, 5, True), (4, 3, False), (0, 0, False), (0, 9, False)],
)
def test_a_plan_is_followed_when_as_much_is_noted_and_no_plan_is_not(
    planned, noted, followed
):
    assert follows(planned, noted) is followed


def test_a_note_is_taken_back_the_same_day_only():
    assert may_take_back(DAY, on=DAY)
    assert "same day" in str(may_take_back(DAY, on=date(2026, 11, 25)).why_not)


def test_months_are_counted_over_the_turn_of_a_year():
    assert month_of(DAY) == date(2026, 11, 1)
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert list(months_before(date(2026, 1, 31), 2)) == [
        *(date(2025, 11, 1), date(2025, 12, 1))
    ]
