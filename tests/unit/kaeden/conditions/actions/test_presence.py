from datetime import timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.conditions.actions.presence import note, plan, take_back
from kaeden.conditions.errors import NoSuchNote
from kaeden.conditions.models import PresenceNote, PresencePlan
from kaeden.conditions.rules.presence import PresenceKind, month_of
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.dialogue import a_team, holder_of, replaced
from tests.builders.places import NORDSKOLEN, SYDSKOLEN, TOWN, a_country
from tests.builders.support import at_noon

pytestmark = pytest.mark.django_db
VISIT, FEEDBACK = PresenceKind.VISIT, PresenceKind.FEEDBACK


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def leader(db):
    return holder_of(Role.LEADER, NORDSKOLEN)


def test_a_leader_plans_from_this_month_on_and_plans_anew(leader):
    plan(4, 2, 1, by=leader)
    plan(5, 2, 1, by=leader)

    made = PresencePlan.objects.get()
    assert (made.month, made.visits) == (month_of(today()), 5)
    assert (made.observations, made.feedback) == (2, 1)


@pytest.mark.parametrize("numbers", [(-1, 0, 0), (0, 61, 0), (0, 0, 99)])
def test_a_plan_is_from_0_to_60_in_a_month(leader, numbers):
    with pytest.raises(BadInput, match="0 to 60"):
        plan(*numbers, by=leader)
    assert not PresencePlan.objects.exists()


def test_a_leader_notes_presence_with_or_without_a_team(leader):
    (team,) = a_team(NORDSKOLEN, 1)

    note(VISIT, by=leader)
    note(FEEDBACK, team.post_id, by=leader)

    rows = PresenceNote.objects.order_by("pk").values_list("kind", "team_id", "day")
    assert list(rows) == [
        *(("visit", None, today()), ("feedback", team.post_id, today()))
    ]


def test_a_team_is_one_that_the_leader_leads(leader):
    (team,) = a_team(SYDSKOLEN, 1)

    with pytest.raises(BadInput, match="whom you lead"):
        note(VISIT, team.post_id, by=leader)


def test_who_leads_nobody_notes_nothing():
    for role in (Role.COMMITTEE,):
        with pytest.raises(Forbidden):
            note(VISIT, by=holder_of(role, TOWN))


def test_a_note_is_taken_back_the_same_day_and_stays_afterwards(leader):
    fresh = note(VISIT, by=leader)
    with at_noon(today() - timedelta(days=1)):
        old = note(VISIT, by=leader)

    take_back(fresh.pk, by=leader)

    assert list(PresenceNote.objects.values_list("pk", flat=True)) == [old.pk]
    with pytest.raises(NoSuchNote):
        take_back(fresh.pk, by=leader)
    with pytest.raises(Refused, match="same day"):
        take_back(old.pk, by=leader)


def test_another_leader_and_the_next_holder_find_no_note(leader):
    made = note(VISIT, by=leader)

    with pytest.raises(NoSuchNote):
        take_back(made.pk, by=holder_of(Role.LEADER, SYDSKOLEN))
    with pytest.raises(NoSuchNote):
        take_back(made.pk, by=replaced(Role.LEADER, NORDSKOLEN))


def test_who_takes_back_twice_at_once_is_told(leader, monkeypatch):
    from kaeden.conditions.actions import presence

    made = note(VISIT, by=leader)
    monkeypatch.setattr(presence, "get_note", lambda *_args: made)
    take_back(made.pk, by=leader)

    with pytest.raises(NoSuchNote):
        take_back(made.pk, by=leader)


def test_the_trail_says_that_somebody_did_and_neither_who_nor_what(leader):
    plan(1, 1, 1, by=leader)
    made = note(VISIT, by=leader)
    take_back(made.pk, by=leader)

    rows = Event.objects.order_by("-pk")[:3]
    assert [one.kind for one in rows] == [
        *("presence_taken_back", "presence_noted", "presence_planned")
    ]
    assert {(one.actor_id, one.post_id, one.role, one.seat) for one in rows} == {
        (None, None, "", TOWN)
    }
    assert len({one.about for one in rows}) == 1
