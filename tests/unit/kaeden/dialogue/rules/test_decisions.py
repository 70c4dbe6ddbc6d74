from datetime import date, timedelta
from itertools import product

from kaeden.dialogue.rules.decisions import LATEST, Fate, is_a_fair_day, may_settle

DAY = date(2026, 12, 3)


def test_its_owner_alone_settles_an_open_decision():
    settled = {
        (to, now)
        for to, now, is_owners in product(Fate, Fate, (True, False))
        if may_settle(to, now, is_owners=is_owners)
    }

    assert settled == {
        (Fate.OPEN, Fate.OPEN),
        (Fate.DONE, Fate.OPEN),
        (Fate.STRUCK, Fate.OPEN),
    }
    assert not may_settle(Fate.DONE, Fate.OPEN, is_owners=False)


def test_something_is_decided_for_the_day_of_the_meeting_or_a_later_one():
    fair = [
        is_a_fair_day(DAY + timedelta(days=days), after=DAY)
        for days in (-1, 0, LATEST.days, LATEST.days + 1)
    ]

    assert fair == [False, True, True, False]
