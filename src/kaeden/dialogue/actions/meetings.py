"""Call, move and call off a meeting, and approve its agenda: each verb once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import AgendaItem, Meeting, MeetingItem, Participant
from kaeden.dialogue.queries.meetings import get_meeting, posts_asked
from kaeden.dialogue.queries.proposals import goals_for, proposals_for
from kaeden.dialogue.rules.agenda import LONGEST_OWN, MOST_ITEMS, Candidate, Why
from kaeden.dialogue.rules.assessments import AgendaStep
from kaeden.dialogue.rules.meetings import (
    BODY_OF,
    LATEST,
    LONGEST_PLACE,
    Stage,
    is_a_fair_day,
    may_lead,
)
from kaeden.organisation.models import Post
from kaeden.shared.clock import now, today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.written import whole

LAST = 99
"""The place of an item that has just been added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """When and where a meeting is held."""

    day: date
    starts: time
    ends: time
    place: str


@transaction.atomic
def call(when: Appointment, *, by: Actor) -> Meeting:
    """Call one's post's meeting, with those who report to it.

    Raises
    ------
    Forbidden
        If `by`'s post holds no meetings.
    BadInput
        If the day has passed or lies too far ahead, the hours are turned round, or the
        place can't be kept.
    Refused
        If the post holds another meeting that day.
    """
    require(may(by, Permission.HOLD_MEETING, at=by.path))
    assert by.role is not None, "who holds meetings has a role"
    assert by.user_id is not None, "who holds meetings holds a post"
    kept = _checked(when)
    post = Post.objects.select_related("unit").get(pk=by.post_id)
    wait_for_turn(f"meetings of {post.pk}")
    _require_free(post.pk, when.day)
    made = Meeting.objects.create(
        unit_id=post.unit_id,
        body=BODY_OF[by.role].value,
        post=post,
        made_by_id=by.user_id,
        called_at=now(),
        changed_at=now(),
        **kept,
    )
    Participant.objects.bulk_create(
        [Participant(meeting=made, post=one) for one in posts_asked(post)]
    )
    record(Event.Kind.MEETING_CALLED, by=by, about=made)
    return made


@transaction.atomic
def move(pk: int, when: Appointment, *, by: Actor) -> None:
    """Move a meeting to another day, hour or place; calendars know it again.

    Raises
    ------
    NoSuchMeeting, Refused
        If it is not for `by`'s post, which does not lead it, or it is over.
    BadInput
        As `call`.
    """
    meeting = _led(pk, Stage.CANCELLED, by)
    kept = _checked(when)
    wait_for_turn(f"meetings of {meeting.post_id}")
    _require_free(meeting.post_id, when.day, but=pk)
    sequence = meeting.sequence + 1
    _change(meeting, sequence=sequence, changed_at=now(), **kept)
    record(Event.Kind.MEETING_MOVED, by=by, about=meeting)


@transaction.atomic
def cancel(pk: int, *, by: Actor) -> None:
    """Call a meeting off; what stood on its agenda is proposed for the next one.

    Raises
    ------
    NoSuchMeeting, Refused
        As `move`.
    """
    meeting = _led(pk, Stage.CANCELLED, by)
    stage, sequence = Stage.CANCELLED.value, meeting.sequence + 1
    _change(meeting, stage=stage, sequence=sequence, changed_at=now())
    record(Event.Kind.MEETING_CANCELLED, by=by, about=meeting)


@transaction.atomic
def add_item(pk: int, title: str, *, by: Actor, goal: int | None = None) -> MeetingItem:
    """Add an item of the chair's own to an agenda, about a goal if it is about one.

    Raises
    ------
    NoSuchMeeting, Refused
        As `move`; Refused also if it stands there already, or the agenda is full.
    BadInput
        If the words can't be kept, or the goal is none of the municipality's.
    """
    meeting = _led(pk, Stage.AGREED, by)
    words = whole(title, longest=LONGEST_OWN)
    key = f"own {' '.join(words.casefold().split())}"[:120]
    wait_for_turn(f"agenda of {pk}")
    there = MeetingItem.objects.filter(meeting=meeting)
    if there.filter(key=key).exists():
        raise Refused(_("That item stands on the agenda already."))
    if there.count() >= MOST_ITEMS:
        raise Refused(_("The agenda is full. Take something off first."))
    if goal is not None and goal not in {one.id for one in goals_for(meeting)}:
        raise BadInput(_("Choose one of the municipality's goals."))
    made = MeetingItem.objects.create(
        meeting=meeting,
        number=LAST,
        key=key,
        why=Why.OWN.value,
        title=words,
        goal_id=goal,
    )
    record(Event.Kind.AGENDA_ADDED_TO, by=by, about=made)
    return made


@transaction.atomic
def approve_agenda(
    pk: int, *, on: Sequence[str], off: Sequence[str] = (), by: Actor
) -> None:
    """Approve an agenda: the items by their keys, in their order, and those left off.

    What was proposed and is in neither has come since the chair read it: it stays a
    proposal. What is no longer proposed is left out.

    Raises
    ------
    NoSuchMeeting, Refused
        As `move`; Refused also if nothing stands on the agenda.
    OthersWereQuicker
        If the meeting was changed meanwhile.
    """
    meeting = _led(pk, Stage.AGREED, by)
    wait_for_turn(f"agenda of {pk}")
    known = {one.key: one for one in proposals_for(meeting)}
    rows = {row.key: row for row in MeetingItem.objects.filter(meeting=meeting)}
    kept = [key for key in dict.fromkeys(on) if key in rows or key in known]
    if not kept:
        raise Refused(_("There is nothing on the agenda. Keep an item, or add one."))
    left = [key for key in off if key not in kept and (key in rows or key in known)]
    for number, key in enumerate((*kept, *left), start=1):
        _put(meeting, key, number, key in kept, known, rows)
    _change(meeting, stage=Stage.AGREED.value, changed_at=now())
    _decide_what_chiefs_proposed(meeting)
    record(Event.Kind.AGENDA_APPROVED, by=by, about=meeting)


def _put(
    meeting: Meeting,
    key: str,
    number: int,
    is_on: bool,
    known: Mapping[str, Candidate],
    rows: Mapping[str, MeetingItem],
) -> None:
    """Write one item in its place, as the words stand now (1 query)."""
    if key in known:
        one = known[key]
        facts = {
            "stamp": one.stamp,
            "why": one.why.value,
            "title": one.title,
            "said": one.said,
            "unit_id": one.about.unit,
            "indicator": one.about.indicator,
            "goal_id": one.about.goal,
            "question_id": one.about.question,
            "assessment_id": one.about.assessment,
            "deviation_id": one.about.deviation,
            "decision_id": one.about.decision,
            "concern_id": one.about.concern,
        }
    else:
        facts = {}
    placed = facts | {"number": number, "is_on": is_on}
    if key in rows:
        MeetingItem.objects.filter(pk=rows[key].pk).update(**placed)
    else:
        MeetingItem.objects.create(meeting=meeting, key=key, **placed)


def _decide_what_chiefs_proposed(meeting: Meeting) -> None:
    """Let chiefs' proposals be accepted or declined as their items are (2 queries)."""
    for is_on, step in ((True, AgendaStep.ACCEPTED), (False, AgendaStep.DECLINED)):
        theirs = MeetingItem.objects.filter(meeting=meeting, is_on=is_on)
        AgendaItem.objects.filter(
            assessment__in=theirs.values("assessment_id"),
            step=AgendaStep.PROPOSED.value,
        ).update(step=step.value, decided_at=now())


def _led(pk: int, to: Stage, by: Actor) -> Meeting:
    """Return a meeting that `by` leads and that may take a step (3 queries)."""
    seen = get_meeting(by, pk)
    require(may_lead(to, seen.stage, reader=seen.reader), otherwise=Refused)
    return Meeting.objects.select_related("unit", "post").get(pk=pk)


def _change(meeting: Meeting, **facts: object) -> None:
    """Change a meeting that nobody has changed meanwhile (1 query)."""
    same = Meeting.objects.filter(
        pk=meeting.pk, stage=meeting.stage, sequence=meeting.sequence
    )
    if not same.update(**facts):
        raise OthersWereQuicker(
            _("Somebody has changed the meeting. Read it again first.")
        )


def _require_free(post: int, day: date, *, but: int = 0) -> None:
    taken = Meeting.objects.filter(post_id=post, day=day).exclude(pk=but)
    if taken.exclude(stage=Stage.CANCELLED.value).exists():
        raise Refused(
            _("Your post holds another meeting that day. Choose another day.")
        )


def _checked(when: Appointment) -> dict[str, object]:
    if not is_a_fair_day(when.day, called_on=today()):
        raise BadInput(
            _("Choose a day from today and %(days)d days ahead at the most.")
            % {"days": LATEST.days}
        )
    if when.ends <= when.starts:
        raise BadInput(_("The meeting ends before it starts. Change the hours."))
    place = whole(when.place, longest=LONGEST_PLACE)
    return {
        "day": when.day,
        "starts": when.starts,
        "ends": when.ends,
        "place": place,
    }
