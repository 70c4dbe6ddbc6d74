"""Meetings, their agendas and minutes, in the words of the post that reads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.dialogue.queries.agenda import SeenDecision, SeenItem, WrittenMinute
from kaeden.dialogue.queries.meetings import MyMeetings, SeenMeeting
from kaeden.dialogue.rules.agenda import HEADINGS, RESULTS, Why
from kaeden.dialogue.rules.decisions import Fate
from kaeden.dialogue.rules.meetings import (
    BODY_NAMES,
    OPEN,
    Body,
    Stage,
    may_correct,
    may_lead,
    may_write,
    sees_agenda,
)
from kaeden.presentation.charts.marks import ListItem, Tone
from kaeden.shared.clock import today

NAMED: Mapping[Body, str | Promise] = {
    Body.COMMITTEE: gettext_lazy("The committee's meeting %(day)s"),
    Body.DIRECTORS: gettext_lazy("The directors' meeting %(day)s"),
    Body.CHIEFS: gettext_lazy("The meeting of %(unit)s %(day)s"),
    Body.TEAM: gettext_lazy("The leader team of %(unit)s %(day)s"),
}
STATES: Mapping[Stage, str | Promise] = {
    Stage.CALLED: gettext_lazy("The agenda has not been approved yet."),
    Stage.AGREED: gettext_lazy("The agenda has been approved."),
    Stage.MINUTED: gettext_lazy("The minutes were approved %(day)s."),
    Stage.CANCELLED: gettext_lazy("The meeting has been called off."),
}
FATES: Mapping[Fate, str | Promise] = {
    Fate.OPEN: gettext_lazy("%(owner)s, by %(due)s"),
    Fate.DONE: gettext_lazy("%(owner)s. Done %(day)s."),
    Fate.STRUCK: gettext_lazy("Taken out of the minutes."),
}
TONES: Mapping[Why, Tone] = {
    Why.OVERDUE: Tone.BAD,
    Why.CHALLENGE: Tone.BAD,
    Why.IMPROVEMENT: Tone.GOOD,
    Why.ANSWERED: Tone.GOOD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """A meeting, ready to be read, with what one's post may do about it."""

    id: int
    name: str
    kind: str
    when: str
    place: str
    who: tuple[str, ...]
    holder: str
    town: str
    state: str
    tone: Tone
    href: str
    is_open: bool
    is_minuted: bool
    may_plan: bool
    shows_agenda: bool
    may_write: bool
    why_not_write: str
    may_correct: bool
    may_approve_minutes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A decision, ready to be read."""

    id: int
    words: str
    state: str
    tone: Tone
    outcome: str
    where: str
    title: str
    href: str
    may_settle: bool
    why_not: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteView:
    """What was said, by whom and when it was written."""

    number: int
    words: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An item of an agenda, ready to be read."""

    id: int
    number: int
    heading: str
    tone: Tone
    title: str
    said: str
    about: ListItem | None
    href: str
    minute: MinuteView | None
    corrections: tuple[MinuteView, ...]
    decisions: tuple[DecisionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsPage:
    """One's meetings, and the decisions one owns."""

    coming: tuple[MeetingView, ...]
    earlier: tuple[ListItem, ...]
    below: tuple[ListItem, ...]
    open: tuple[DecisionView, ...]
    settled: tuple[DecisionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A line of the agenda that the chair approves: kept or left off, in its place."""

    number: int
    key: str
    heading: str
    tone: Tone
    title: str
    said: str
    is_on: bool


def page(found: MyMeetings, decided: Sequence[SeenDecision]) -> MeetingsPage:
    """Return the page of one's meetings."""
    views = [decision(one) for one in decided]
    return MeetingsPage(
        coming=tuple(view(one) for one in found.coming),
        earlier=tuple(_line(one) for one in found.earlier),
        below=tuple(_line(one) for one in found.below),
        open=tuple(one for one in views if one.is_open),
        settled=tuple(one for one in views if not one.is_open),
    )


def name_of(one: SeenMeeting) -> str:
    """Return what a meeting is called, with its day."""
    return str(NAMED[one.body]) % {"unit": one.unit, "day": date_format(one.day)}


def view(one: SeenMeeting) -> MeetingView:
    """Return one meeting as it is read."""
    write = may_write(one.stage, one.day, reader=one.reader, on=today())
    approve = may_lead(Stage.MINUTED, one.stage, reader=one.reader)
    day = date_format(one.minuted_on) if one.minuted_on else ""
    hours = {"from": time_format(one.starts), "to": time_format(one.ends)}
    return MeetingView(
        id=one.id,
        name=name_of(one),
        kind=str(BODY_NAMES[one.body]),
        when=_("%(day)s, %(from)s to %(to)s")
        % (hours | {"day": date_format(one.day, "l j. F Y")}),
        place=one.place,
        who=tuple(name for _post, name in one.asked),
        holder=one.holder,
        town=one.town,
        state=str(STATES[one.stage]) % {"day": day},
        tone=Tone.UNSURE if one.stage is Stage.CALLED else Tone.NEUTRAL,
        href=reverse("web:meeting", args=[one.id]),
        is_open=one.stage in OPEN,
        is_minuted=one.stage is Stage.MINUTED,
        may_plan=bool(may_lead(Stage.AGREED, one.stage, reader=one.reader)),
        shows_agenda=sees_agenda(one.stage, one.reader),
        may_write=bool(write),
        why_not_write=str(write.why_not),
        may_correct=bool(may_correct(one.stage, reader=one.reader)),
        may_approve_minutes=bool(approve and write),
    )


def item(one: SeenItem, meeting: SeenMeeting) -> ItemView:
    """Return one item as it is read."""
    return ItemView(
        id=one.id,
        number=one.number,
        heading=str(HEADINGS[one.why]),
        tone=TONES.get(one.why, Tone.NEUTRAL),
        title=one.title,
        said=one.said,
        about=_about(one, meeting),
        href=reverse("web:meeting_item", args=[meeting.id, one.id]),
        minute=_minute(one.minute) if one.minute else None,
        corrections=tuple(_minute(each) for each in one.corrections),
        decisions=tuple(decision(each) for each in one.decisions),
    )


def decision(one: SeenDecision) -> DecisionView:
    """Return one decision as it is read."""
    return DecisionView(
        id=one.id,
        words=one.words,
        state=_fate(one),
        tone=_tone(one),
        outcome=one.outcome,
        where=_("%(body)s %(day)s")
        % {"body": BODY_NAMES[one.body], "day": date_format(one.day)},
        title=one.title,
        href=reverse("web:decision", args=[one.id]),
        may_settle=bool(one.may_settle),
        why_not=str(one.may_settle.why_not),
        is_open=one.fate is Fate.OPEN,
    )


def choices(rows: Iterable[tuple[str, Why, str, str, bool]]) -> tuple[Choice, ...]:
    """Return the lines that the chair chooses among, numbered in their order."""
    return tuple(
        Choice(
            number=number,
            key=key,
            heading=str(HEADINGS[why]),
            tone=TONES.get(why, Tone.NEUTRAL),
            title=title,
            said=said,
            is_on=is_on,
        )
        for number, (key, why, title, said, is_on) in enumerate(rows, start=1)
    )


def lead_of(lines: Sequence[Choice], whys: Sequence[Why]) -> str:
    """Return how much is proposed."""
    if not lines:
        return _("Nothing is proposed. Add items of your own.")
    results = sum(why in RESULTS for why in whys)
    items = ngettext("%(count)d item", "%(count)d items", len(lines))
    among = ngettext(
        "%(count)d of them is a result.", "%(count)d of them are results.", results
    )
    return f"{items % {'count': len(lines)}}. {among % {'count': results}}"


def _about(one: SeenItem, meeting: SeenMeeting) -> ListItem | None:
    """Return where what an item is about can be read, by those who may read it."""
    if one.concern and not meeting.is_led:
        return None
    return next(_places(one), None)


def _places(one: SeenItem) -> Iterator[ListItem]:
    """Give the pages of what an item is about, the nearest first."""
    ids: tuple[tuple[str, str, int | None], ...] = (
        (_("See the concern"), "web:concern", one.concern),
        (_("See the question"), "web:question", one.question),
        (_("See the target"), "web:target", one.target),
    )
    for text, route, pk in ids:
        if pk:
            yield ListItem(text=text, href=reverse(route, args=[pk]))
    if one.unit and one.indicator:
        href = reverse("web:result", args=[one.unit, one.indicator])
        yield ListItem(text=_("See the result"), href=href)
    if one.place:
        href = reverse("web:goal", args=one.place)
        yield ListItem(text=_("See the goal"), href=href)


def _line(one: SeenMeeting) -> ListItem:
    state = STATES[one.stage]
    day = date_format(one.minuted_on) if one.minuted_on else ""
    return ListItem(
        text=name_of(one),
        href=reverse("web:meeting", args=[one.id]),
        note=str(state) % {"day": day},
    )


def _minute(one: WrittenMinute) -> MinuteView:
    when = date_format(localtime(one.made_at), "j. F Y H.i")
    by = _("Written by %(post)s %(when)s") % {"post": one.post, "when": when}
    return MinuteView(number=one.number, words=one.words, by=by)


def _fate(one: SeenDecision) -> str:
    said = str(FATES[one.fate]) % {
        "owner": one.owner,
        "due": date_format(one.due),
        "day": date_format(one.settled_on) if one.settled_on else "",
    }
    if one.is_overdue:
        days = (today() - one.due).days
        late = ngettext("%(days)d day late", "%(days)d days late", days)
        said = f"{said} · {late % {'days': days}}"
    if one.delays and one.fate is Fate.OPEN:
        moved = ngettext("carried on once", "carried on %(count)d times", one.delays)
        said = f"{said} · {moved % {'count': one.delays}}"
    return said


def _tone(one: SeenDecision) -> Tone:
    if one.fate is Fate.DONE:
        return Tone.GOOD
    return Tone.BAD if one.is_overdue else Tone.NEUTRAL
