from datetime import date, timedelta

from kaeden.dialogue.rules.stays import Stay, by_level, quarters_until
from kaeden.goals.rules import LeadershipLevel

TODAY = date(2026, 11, 24)


def a_stay(days, *, ago=0, level=LeadershipLevel.CHIEF, is_over=True, due=9):
    left = TODAY - timedelta(days=ago)
    came = left - timedelta(days=days)
    return Stay(
        level=level,
        came=came,
        due=came + timedelta(days=due),
        left=left if is_over else None,
    )


def test_levels_come_uppermost_first_with_what_waits_and_for_how_long():
    found = by_level(
        [
            a_stay(3, level=LeadershipLevel.LEADER),
            a_stay(4, is_over=False),
            a_stay(10, is_over=False),
            a_stay(30, is_over=False),
        ],
        on=TODAY,
    )

    assert [one.level for one in found] == [
        LeadershipLevel.CHIEF,
        LeadershipLevel.LEADER,
    ]
    chief, leader = found
    assert (chief.waiting, chief.overdue, chief.days) == (3, 2, 10)
    assert (leader.waiting, leader.overdue, leader.days) == (0, 0, None)


def test_each_quarter_tells_how_many_left_and_after_how_long():
    (chief,) = by_level([a_stay(4), a_stay(8), a_stay(20, ago=90)], on=TODAY)

    assert [(one.name, one.count, one.days) for one in chief.quarters] == [
        ("2026-1", 0, None),
        ("2026-2", 0, None),
        ("2026-3", 1, 20),
        ("2026-4", 2, 6),
    ]


def test_quarters_are_held_against_each_other_where_there_are_enough():
    few = [a_stay(4), *(a_stay(20, ago=90) for _n in range(9))]
    enough = [*(a_stay(4) for _n in range(5)), *(a_stay(20, ago=90) for _n in range(5))]

    assert by_level(few, on=TODAY)[0].change is None
    assert by_level(enough, on=TODAY)[0].change == -16


def test_the_newest_quarter_is_that_of_the_day():
    assert quarters_until(date(2027, 1, 1))[-2:] == ("2026-4", "2027-1")
