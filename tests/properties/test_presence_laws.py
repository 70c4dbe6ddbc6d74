"""What is told of a level never tells of one leader, nor of all the others."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaeden.access.rules import Role
from kaeden.conditions.queries.presence import shares
from kaeden.conditions.rules.presence import LeaderLevel, month_of, shown_share
from kaeden.shared.clock import today
from tests.builders.dialogue import holder_of
from tests.builders.places import NORDSKOLEN, SCHOOLS, TOWN, a_country, unit_at
from tests.builders.presence import a_note, leaders, noted, planned


@given(st.lists(st.booleans(), max_size=40), st.data())
def test_whoever_knows_of_themselves_can_tell_of_nobody_else(followed, data):
    """For each other leader there is a world with the same page, where it is not so.

    The reader knows how many leaders there are, and of themselves. In the other world
    at most two more have done otherwise, so nothing is told of the others together.
    """
    told = shown_share(sum(followed), len(followed))
    if told is None:
        return
    reader = data.draw(st.integers(0, len(followed) - 1))
    own = followed[reader]
    counts = [
        n for n in range(len(followed) + 1) if shown_share(n, len(followed)) == told
    ]
    others = {n - own for n in counts if 0 <= n - own <= len(followed) - 1}

    for one in range(len(followed)):
        if one != reader:
            # Somebody else may have: some count leaves room for it, and for its not.
            assert any(n > 0 for n in others)
            assert any(n < len(followed) - 1 for n in others)


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_share_holds_what_is_true(count, leaders_there):
    count = min(count, leaders_there)
    told = shown_share(count, leaders_there)
    if told is None:
        assert leaders_there < 5
        return
    holds = {-1: count <= told.count, 0: count == told.count, 1: count >= told.count}
    assert holds[told.end]


@pytest.mark.django_db
class TestPages:
    """The query keeps the rule: it counts, and hands on nothing else."""

    @pytest.fixture(autouse=True)
    def _places(self, db):
        a_country()

    @staticmethod
    def told(actor, level=LeaderLevel.DEPARTMENTS):
        found = {one.level: one for one in shares(actor, unit_at(TOWN))}
        return found[level].months

    def test_which_of_the_leaders_it_was_changes_nothing_that_is_told(self):
        seven, reader = leaders(7), holder_of(Role.DIRECTOR, TOWN)
        for one in seven:
            planned(one, 2)
        for one in seven[:4]:
            noted(one, 2)
        before = self.told(reader)
        from kaeden.conditions.models import PresenceNote

        PresenceNote.objects.all().delete()
        for one in seven[3:]:
            noted(one, 2)

        assert self.told(reader) == before
        assert before[-1][1].count == 4

    def test_everybody_is_told_the_same_whoever_they_lead(self):
        five = leaders(5)
        for one in five[:3]:
            planned(one, 1)
            noted(one, 1)
        readers = (
            *(holder_of(Role.DIRECTOR, TOWN), holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)),
            *(holder_of(Role.LEADER, NORDSKOLEN), five[0]),
        )

        assert len({self.told(one) for one in readers}) == 1

    def test_a_note_of_today_moves_nothing_until_the_month_is_over(self):
        six, reader = leaders(6), holder_of(Role.DIRECTOR, TOWN)
        for one in six:
            planned(one, 1)
        before = self.told(reader)

        a_note(six[0])

        assert self.told(reader) == before
        assert all(month < month_of(today()) for month, _share in before)

    def test_four_leaders_are_hidden_and_so_is_who_came_within_the_month(self):
        from kaeden.organisation.models import Holding

        five, reader = leaders(5), holder_of(Role.DIRECTOR, TOWN)
        for one in five:
            planned(one, 1)
            noted(one, 1)
        assert self.told(reader)[-1][1].leaders == 5

        late = month_of(today()) - timedelta(days=3)
        Holding.objects.filter(post_id=five[0].post_id).update(valid_from=late)

        assert self.told(reader)[-1][1] is None
