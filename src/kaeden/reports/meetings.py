"""A meeting as papers: its agenda, its minutes, and its place in a calendar."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from kaeden.dialogue.queries.meetings import SeenMeeting
from kaeden.dialogue.rules.meetings import Stage
from kaeden.presentation.meetings import ItemView, MeetingView, name_of
from kaeden.reports.document import (
    Bullets,
    Document,
    DocumentPart,
    Heading,
    Paragraph,
)

HERE = ZoneInfo("Europe/Copenhagen")


def agenda(
    meeting: SeenMeeting, view: MeetingView, items: Sequence[ItemView]
) -> Document:
    """Return the agenda as it is sent round."""
    return _paper(meeting, view, _("Agenda"), tuple(_listed(items)))


def minutes(
    meeting: SeenMeeting, view: MeetingView, items: Sequence[ItemView]
) -> Document:
    """Return the minutes, item by item."""
    return _paper(meeting, view, _("Minutes"), tuple(_told(items)))


def calendar(meeting: SeenMeeting) -> bytes:
    """Return a meeting as a file for calendars, which know it again when it is moved.

    It says what, when and where, and nothing of the agenda.
    """
    event = Event()
    event.add("uid", f"{meeting.uid}@kaeden")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at)
    event.add("summary", name_of(meeting))
    event.add("dtstart", datetime.combine(meeting.day, meeting.starts, HERE))
    event.add("dtend", datetime.combine(meeting.day, meeting.ends, HERE))
    event["location"] = vText(meeting.place)
    is_off = meeting.stage is Stage.CANCELLED
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    found = Calendar()
    found.add("prodid", "-//Kæden//DA")
    found.add("version", "2.0")
    found.add("method", "CANCEL" if is_off else "PUBLISH")
    found.add_component(event)
    found.add_missing_timezones()
    return bytes(found.to_ical())


def _paper(
    meeting: SeenMeeting, view: MeetingView, kind: str, parts: tuple[DocumentPart, ...]
) -> Document:
    who = _("Asked: %(who)s") % {"who": "; ".join(view.who)}
    return Document(
        title=f"{kind}: {view.name}",
        subtitle=f"{view.when} · {view.place}\n{who}\n{view.state}",
        day=meeting.day,
        parts=parts,
        footer=f"{view.name} · {kind}",
    )


def _listed(items: Sequence[ItemView]) -> Iterator[DocumentPart]:
    for one in items:
        yield Heading(f"{one.number}. {one.title}")
        yield Paragraph(f"{one.heading}. {one.said}".strip())


def _told(items: Sequence[ItemView]) -> Iterator[DocumentPart]:
    for one in items:
        yield Heading(f"{one.number}. {one.title}")
        if one.minute:
            yield Paragraph(one.minute.words)
        else:
            yield Paragraph(_("Nothing is minuted about this item."))
        if one.decisions:
            yield Heading(_("Decided"), level=2)
            yield Bullets(
                tuple(f"{each.words} ({each.state})" for each in one.decisions)
            )
        for each in one.corrections:
            yield Heading(_("Correction"), level=2)
            yield Paragraph(f"{each.words}\n{each.by}")
