from datetime import timedelta

import pytest

from kaeden.access.rules import NOBODY, Role
from kaeden.conditions.queries.presence import own, shares, teams_of
from kaeden.conditions.rules.presence import LeaderLevel, PresenceKind, month_after
from kaeden.organisation.errors import NoSuchUnit
from kaeden.shared.clock import today
from kaeden.shared.errors import Forbidden
from tests.builders.dialogue import a_team, holder_of, replaced
from tests.builders.places import HAVBY, NORDSKOLEN, TOWN, a_country, unit_at
from tests.builders.presence import a_note, last_month, leaders, noted, planned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def leader(db):
    return holder_of(Role.LEADER, NORDSKOLEN)


def test_ones_own_year_stands_beside_ones_own_plan(leader, django_assert_num_queries):
    planned(leader, 4, month=month_after(last_month(), -1))
    noted(leader, 3)
    a_note(leader)

    with django_assert_num_queries(3):
        found = own(leader)

    assert len(found.months) == 13
    assert [one.plan for one in found.months[-4:]] == [0, 4, 4, 4]
    assert [one.done for one in found.months[-3:]] == [0, 3, 1]
    assert found.now.noted[PresenceKind.VISIT] == 1
    assert [(one.kind, one.team, one.may_take_back) for one in found.today] == [
        (PresenceKind.VISIT, "", True)
    ]


def test_who_comes_after_reads_nothing_of_what_was_noted(leader):
    planned(leader, 4)
    a_note(leader)

    found = own(replaced(Role.LEADER, NORDSKOLEN))

    assert {(one.plan, one.done) for one in found.months} == {(0, 0)}


def test_who_leads_nobody_has_no_page():
    for actor in (NOBODY, holder_of(Role.COMMITTEE, TOWN)):
        with pytest.raises(Forbidden):
            own(actor)


def test_one_chooses_among_those_whom_one_leads(leader):
    one, other = a_team(NORDSKOLEN, 2)

    assert [pk for pk, _name in teams_of(leader)] == [one.post_id, other.post_id]
    assert teams_of(NOBODY) == []


def test_shares_are_read_in_the_chain_of_ones_own_municipality(
    django_assert_num_queries,
):
    leaders(5)
    town, reader = unit_at(TOWN), holder_of(Role.COMMITTEE, TOWN)

    with django_assert_num_queries(3):
        found = shares(reader, town)

    assert [one.level for one in found] == list(LeaderLevel)
    assert all(len(one.months) == 12 for one in found)
    for actor in (NOBODY, holder_of(Role.DIRECTOR, f"dk/{HAVBY}")):
        with pytest.raises(NoSuchUnit):
            shares(actor, town)


def test_a_month_counts_with_what_was_planned_for_it():
    six = leaders(6)
    for one in six:
        planned(one, 2)
        noted(one, 2)
        noted(one, 2, day=last_month() - timedelta(days=1))

    months = shares(holder_of(Role.DIRECTOR, TOWN), unit_at(TOWN))[-1].months

    assert [(one.count, one.end) for _month, one in months[-2:]] == [(2, -1), (4, 1)]
    assert today() >= months[-1][0]
