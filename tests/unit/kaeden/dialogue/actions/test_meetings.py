from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import NOBODY, Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions import meetings
from kaeden.dialogue.actions.meetings import Appointment
from kaeden.dialogue.errors import NoSuchMeeting, OthersWereQuicker
from kaeden.dialogue.models import Meeting, MeetingItem, Participant
from kaeden.dialogue.queries.proposals import proposals_for
from kaeden.dialogue.rules.agenda import MOST_ITEMS
from kaeden.shared.clock import now, standing_at, today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.dialogue import a_question, an_adopted_goal, holder_of
from tests.builders.meetings import TEXT, a_meeting, agreed, at, the_director
from tests.builders.places import (
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
    an_actor,
)

pytestmark = pytest.mark.django_db
SOON = today() + timedelta(days=7)


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def director():
    return the_director()


@pytest.fixture
def chief():
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.mark.parametrize(
    ("role", "path", "body"),
    [
        (Role.COMMITTEE, TOWN, "committee"),
        (Role.DIRECTOR, TOWN, "directors"),
        (Role.CHIEF_SCHOOLS, SCHOOLS, "chiefs"),
        (Role.LEADER, NORDSKOLEN, "team"),
    ],
)
def test_a_leading_post_calls_its_own_meeting(role, path, body):
    by = holder_of(role, path)

    made = a_meeting(by)

    assert (made.body, made.unit.path, made.post_id) == (body, path, by.post_id)
    assert str(made) == f"{body} {SOON} (called)"
    assert Event.objects.filter(kind=Event.Kind.MEETING_CALLED).count() == 1


def test_those_in_the_chain_who_report_to_the_post_are_asked(chief, director):
    made, theirs = a_meeting(chief), a_meeting(director)

    def asked(meeting):
        rows = Participant.objects.filter(meeting=meeting)
        return {one.post.unit.path for one in rows.select_related("post__unit")}

    assert asked(made) == {SCHOOLS, NORDSKOLEN, SYDSKOLEN}
    assert asked(theirs) >= {TOWN, SCHOOLS}


@pytest.mark.parametrize("role", [Role.ANALYST, Role.TEAM, Role.DATA_PROTECTION])
def test_other_roles_hold_none(role):
    for actor in (an_actor(role, TOWN), NOBODY):
        with pytest.raises(Forbidden):
            meetings.call(at(SOON), by=actor)


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (at(today() - timedelta(days=1)), "Choose a day"),
        (at(today() + timedelta(days=800)), "Choose a day"),
        (
            Appointment(day=SOON, starts=time(11), ends=time(9), place="Her"),
            "ends before it starts",
        ),
        (at(SOON, " "), "Write some words"),
        (at(SOON, "x" * 200), "Use 120"),
    ],
)
def test_what_cannot_be_an_appointment_is_refused_whole(director, when, told):
    with pytest.raises(BadInput, match=told):
        meetings.call(when, by=director)

    assert not Meeting.objects.exists()


def test_a_post_holds_one_meeting_a_day(director):
    first = a_meeting(director)

    with pytest.raises(Refused, match="another meeting that day"):
        a_meeting(director)
    meetings.cancel(first.pk, by=director)
    assert a_meeting(director).pk != first.pk


def test_a_meeting_that_is_moved_is_the_same_one_to_a_calendar(director):
    made = a_meeting(director)

    meetings.move(made.pk, at(SOON + timedelta(days=1), "Biblioteket"), by=director)

    moved = Meeting.objects.get()
    assert (moved.uid, moved.sequence) == (made.uid, 1)
    assert (moved.day, moved.place) == (SOON + timedelta(days=1), "Biblioteket")


def test_it_can_be_moved_within_its_day(director):
    made = a_meeting(director)

    meetings.move(made.pk, at(SOON, hour=13), by=director)

    assert Meeting.objects.get().starts == time(13)


def test_a_meeting_that_is_called_off_is_over(director):
    made = agreed(director)
    meetings.cancel(made.pk, by=director)

    for verb in (
        lambda: meetings.cancel(made.pk, by=director),
        lambda: meetings.move(made.pk, at(SOON), by=director),
        lambda: meetings.add_item(made.pk, "Nyt", by=director),
        lambda: meetings.approve_agenda(made.pk, on=["x"], by=director),
    ):
        with pytest.raises(Refused, match="called off"):
            verb()


def test_who_takes_part_does_not_lead(director, chief):
    made = a_meeting(director)

    with pytest.raises(Refused, match="The post that leads it"):
        meetings.cancel(made.pk, by=chief)


def test_for_others_it_is_not_there(director):
    made = a_meeting(director)
    other = holder_of(Role.LEADER, SYDSKOLEN)

    for pk in (made.pk, made.pk + 1):
        with pytest.raises(NoSuchMeeting):
            meetings.cancel(pk, by=other)


def test_of_two_changes_from_the_same_reading_one_is_told(director):
    made = a_meeting(director)
    Meeting.objects.filter(pk=made.pk).update(sequence=3)

    with pytest.raises(OthersWereQuicker, match="Read it again"):
        meetings._change(made, place="Andetsteds")


# The agenda ---------------------------------------------------------------------------


def test_the_chair_adds_items_and_puts_them_in_order(director):
    made = a_meeting(director)
    first, second = (meetings.add_item(made.pk, t, by=director) for t in ("A", "B"))

    meetings.approve_agenda(made.pk, on=[second.key, first.key], by=director)

    on = MeetingItem.objects.filter(meeting=made).values_list("number", "title")
    assert list(on) == [(1, "B"), (2, "A")]
    assert Meeting.objects.get().stage == "agreed"
    assert str(MeetingItem.objects.first()) == "1. own b"


def test_an_item_is_about_a_goal_of_the_municipality(director):
    goal = an_adopted_goal()
    made = a_meeting(director)

    assert meetings.add_item(made.pk, TEXT, goal=goal.pk, by=director).goal == goal
    with pytest.raises(BadInput, match="the municipality's goals"):
        meetings.add_item(made.pk, "Et til", goal=goal.pk + 1, by=director)


def test_an_item_is_added_once(director):
    made = a_meeting(director)
    meetings.add_item(made.pk, TEXT, by=director)

    with pytest.raises(Refused, match="stands on the agenda already"):
        meetings.add_item(made.pk, f" {TEXT.upper()} ", by=director)


def test_an_agenda_has_an_end(director):
    made = a_meeting(director)
    for number in range(MOST_ITEMS):
        meetings.add_item(made.pk, f"Punkt {number}", by=director)

    with pytest.raises(Refused, match="full"):
        meetings.add_item(made.pk, "Et til", by=director)


def test_an_empty_agenda_is_not_approved(director):
    made = a_meeting(director)

    with pytest.raises(Refused, match="nothing on the agenda"):
        meetings.approve_agenda(made.pk, on=["question 4711"], by=director)

    assert Meeting.objects.get().stage == "called"


def test_a_question_comes_on_the_agenda_by_itself(director):
    an_adopted_goal()
    asked = a_question()
    made = a_meeting(director)

    [one] = proposals_for(made)
    meetings.approve_agenda(made.pk, on=[one.key], by=director)

    item = MeetingItem.objects.get()
    assert (item.question_id, item.goal_id) == (asked.pk, asked.goal_id)
    assert (item.title, item.why) == (asked.words, "asked")


def test_what_was_taken_off_comes_again_when_something_new_has_happened(director):
    an_adopted_goal()
    asked = a_question(answer_by=today() + timedelta(days=20))
    first = a_meeting(director)
    own = meetings.add_item(first.pk, TEXT, by=director)
    key = f"question {asked.pk}"
    meetings.approve_agenda(first.pk, on=[own.key], off=[key], by=director)
    after = a_meeting(director, ahead=30)

    assert key not in {one.key for one in proposals_for(after)}
    with standing_at(now() + timedelta(days=21)):
        assert key in {one.key for one in proposals_for(after)}


def test_an_agenda_can_be_approved_anew_and_what_was_off_be_put_on(director):
    an_adopted_goal()
    asked = a_question()
    made = a_meeting(director)
    own = meetings.add_item(made.pk, TEXT, by=director)
    key = f"question {asked.pk}"
    meetings.approve_agenda(made.pk, on=[own.key], off=[key], by=director)

    meetings.approve_agenda(made.pk, on=[key], off=[own.key], by=director)

    rows = MeetingItem.objects.values_list("key", "is_on", "number")
    assert list(rows) == [(key, True, 1), (own.key, False, 2)]


def test_a_meeting_that_is_called_off_leaves_its_items_to_the_next(director):
    an_adopted_goal()
    asked = a_question()
    made = a_meeting(director)
    meetings.approve_agenda(made.pk, on=[f"question {asked.pk}"], by=director)
    meetings.cancel(made.pk, by=director)

    assert [one.key for one in proposals_for(a_meeting(director, ahead=8))] == [
        f"question {asked.pk}"
    ]


def test_the_database_keeps_what_a_meeting_must_hold_to(director):
    a_meeting(director)

    for facts, name in (
        ({"ends": time(8)}, "ends_after_it_starts"),
        ({"stage": "minuted"}, "have_their_day"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Meeting.objects.update(**facts)
