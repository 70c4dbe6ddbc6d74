"""Meetings of Fjordby's posts, made with the verbs that people use."""

from datetime import date, time, timedelta

from kaeden.access.rules import Actor, Role
from kaeden.dialogue.actions import meetings, minutes
from kaeden.dialogue.actions.meetings import Appointment
from kaeden.dialogue.models import Decision, Meeting, MeetingItem
from kaeden.shared.clock import today
from tests.builders.dialogue import holder_of
from tests.builders.places import TOWN

TEXT = "Fraværet i udskolingen"


def at(day: date, place: str = "Rådhuset", hour: int = 9) -> Appointment:
    """A day, from an hour and two hours on."""
    return Appointment(day=day, starts=time(hour), ends=time(hour + 2), place=place)


def the_director() -> Actor:
    """Who holds the post of the director."""
    return holder_of(Role.DIRECTOR, TOWN)


def a_meeting(by: Actor, *, ahead: int = 7) -> Meeting:
    """A meeting that a post has called."""
    return meetings.call(at(today() + timedelta(days=ahead)), by=by)


def agreed(by: Actor, *titles: str, ahead: int = 0) -> Meeting:
    """A meeting, today by default, whose agenda holds the chair's own items alone."""
    made = a_meeting(by, ahead=ahead)
    for title in titles or (TEXT,):
        meetings.add_item(made.pk, title, by=by)
    keys = list(MeetingItem.objects.filter(meeting=made).values_list("key", flat=True))
    meetings.approve_agenda(made.pk, on=keys, by=by)
    made.refresh_from_db()
    return made


def item_of(meeting: Meeting) -> MeetingItem:
    """The first item of a meeting."""
    found = MeetingItem.objects.filter(meeting=meeting, is_on=True).first()
    assert found
    return found


def a_decision(
    meeting: Meeting, by: Actor, *, owner: Actor | None = None, due: int = 14
) -> Decision:
    """What a meeting has decided about its first item."""
    assert by.post_id
    return minutes.decide(
        meeting.pk,
        item_of(meeting).pk,
        "Vi ringer hjem den første dag.",
        owner=(owner or by).post_id or 0,
        due=meeting.day + timedelta(days=due),
        by=by,
    )


def minuted(by: Actor, *, owner: Actor | None = None, due: int = 14) -> Decision:
    """A decision of a meeting of today, whose minutes are approved."""
    meeting = agreed(by)
    minutes.write(meeting.pk, item_of(meeting).pk, "Vi talte om det.", after=0, by=by)
    made = a_decision(meeting, by, owner=owner, due=due)
    minutes.approve(meeting.pk, by=by)
    return made
