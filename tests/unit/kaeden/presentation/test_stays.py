from kaeden.dialogue.rules.stays import LevelStays, Quarter
from kaeden.goals.rules import LeadershipLevel
from kaeden.presentation import stays


def a_level(*, change=None, days=None):
    return LevelStays(
        level=LeadershipLevel.CHIEF,
        waiting=2 if days else 0,
        overdue=0,
        days=days,
        quarters=(
            Quarter(name="2026-3", count=0, days=None),
            Quarter(name="2026-4", count=2, days=6.5),
        ),
        change=change,
    )


def test_nothing_is_no_table():
    assert stays.build([]) is None


def test_a_level_says_what_waits_what_was_answered_and_which_way_it_goes():
    trends = [stays.build([a_level(change=one)]).rows[0].trend for one in (-3, 0, 2)]

    assert trends == ["3 dage hurtigere", "som før", "2 dage langsommere"]
    (row,) = stays.build([a_level(days=12)]).rows
    assert row.waiting == "2, den midterste i 12 dage"
    assert row.quarters == ("–", "2 efter 7 dage")
    assert stays.build([a_level()]).rows[0].waiting == "intet"
