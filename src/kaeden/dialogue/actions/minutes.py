"""Write, approve and correct minutes, and what was decided: each verb once."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import Decision, Delay, Meeting, Minute
from kaeden.dialogue.models.meetings import LONGEST_MINUTE
from kaeden.dialogue.queries.agenda import get_decision, get_item
from kaeden.dialogue.queries.meetings import SeenMeeting, get_meeting
from kaeden.dialogue.rules.decisions import (
    LATEST,
    LONGEST,
    Fate,
    is_a_fair_day,
    may_become,
)
from kaeden.dialogue.rules.meetings import Stage, may_correct, may_lead, may_write
from kaeden.shared.clock import now, today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.written import whole


@transaction.atomic
def write(meeting_id: int, pk: int, words: str, *, after: int, by: Actor) -> Minute:
    """Write what was said about an item; `after` is the version the writer has read.

    Raises
    ------
    NoSuchMeeting
        If the item is not for `by`'s post.
    Refused
        If `by` takes no part, or it is not the time for minutes.
    BadInput
        If the words can't be kept.
    OthersWereQuicker
        If somebody has written since; theirs stays, and `words` are the caller's still.
    """
    _meeting_open_to(meeting_id, by)
    text = whole(words, longest=LONGEST_MINUTE)
    wait_for_turn(f"minutes of {meeting_id}")
    _meeting, item = get_item(by, meeting_id, pk)
    _meeting_open_to(meeting_id, by)
    if after != (item.minute.number if item.minute else 0):
        raise OthersWereQuicker(
            _("Somebody has written about this item meanwhile. Read that first.")
        )
    made = _minute(pk, text, after + 1, by)
    record(Event.Kind.MINUTE_WRITTEN, by=by, about=made)
    return made


@transaction.atomic
def correct(meeting_id: int, pk: int, words: str, *, by: Actor) -> Minute:
    """Add a correction to approved minutes, beside what stands there.

    Raises
    ------
    NoSuchMeeting, BadInput
        As `write`.
    Refused
        If `by` takes no part, or the minutes are still being written.
    """
    meeting, _item = get_item(by, meeting_id, pk)
    require(may_correct(meeting.stage, reader=meeting.reader), otherwise=Refused)
    text = whole(words, longest=LONGEST_MINUTE)
    wait_for_turn(f"minutes of {meeting_id}")
    newest = Minute.objects.filter(item_id=pk).order_by("-number").first()
    number = newest.number + 1 if newest else 1
    made = _minute(pk, text, number, by, is_correction=True)
    record(Event.Kind.MINUTES_CORRECTED, by=by, about=made)
    return made


@transaction.atomic
def decide(
    meeting_id: int, pk: int, words: str, *, owner: int, due: date, by: Actor
) -> Decision:
    """Minute a decision about an item, for one of those who meet, by a day.

    Raises
    ------
    NoSuchMeeting
        As `write`.
    Refused
        As `write`; also if the same is decided already.
    BadInput
        If the words can't be kept, the owner takes no part, or the day is not one
        within two years after the meeting.
    """
    meeting, item = get_item(by, meeting_id, pk)
    _require_writable(meeting)
    text = whole(words, longest=LONGEST)
    if owner not in {post for post, _name in meeting.asked}:
        raise BadInput(_("Choose one of those who meet."))
    if not is_a_fair_day(due, after=meeting.day):
        raise BadInput(
            _("Choose a day from that of the meeting and %(days)d days on at the most.")
            % {"days": LATEST.days}
        )
    wait_for_turn(f"minutes of {meeting_id}")
    _meeting_open_to(meeting_id, by)
    same = Decision.objects.filter(item_id=item.id, words=text, owner_id=owner)
    if same.exclude(fate=Fate.STRUCK.value).exists():
        raise Refused(_("That is minuted already."))
    assert by.user_id is not None, "who takes part holds a post"
    made = Decision.objects.create(
        item_id=item.id,
        words=text,
        owner_id=owner,
        due=due,
        made_on=meeting.day,
        made_by_id=by.user_id,
    )
    record(Event.Kind.DECISION_MADE, by=by, about=made)
    return made


@transaction.atomic
def strike(pk: int, *, by: Actor) -> None:
    """Take a decision out of minutes that are still being written.

    Raises
    ------
    NoSuchDecision
        If it is not for `by`'s post.
    Refused
        If `by` takes no part, or the minutes have been approved.
    """
    found = get_decision(by, pk)
    _meeting_open_to(found.meeting, by)
    require(may_become(Fate.STRUCK, found.fate), otherwise=Refused)
    _settle(pk, fate=Fate.STRUCK.value, settled_on=today())
    record(Event.Kind.DECISION_STRUCK, by=by, about=Decision(pk=pk))


@transaction.atomic
def approve(meeting_id: int, *, by: Actor) -> None:
    """Approve the minutes: from now on they stay as they are.

    Raises
    ------
    NoSuchMeeting
        If the meeting is not for `by`'s post.
    Refused
        If `by` does not lead it, or the agenda is not approved, or it is still to come.
    """
    wait_for_turn(f"minutes of {meeting_id}")
    seen = get_meeting(by, meeting_id)
    require(may_lead(Stage.MINUTED, seen.stage, reader=seen.reader), otherwise=Refused)
    _require_writable(seen)
    meeting = Meeting.objects.filter(pk=meeting_id, stage=Stage.AGREED.value)
    meeting.update(stage=Stage.MINUTED.value, minuted_on=today(), changed_at=now())
    record(Event.Kind.MINUTES_APPROVED, by=by, about=Meeting(pk=meeting_id))


@transaction.atomic
def finish(pk: int, outcome: str, *, by: Actor) -> None:
    """Mark a decision as done, with what came of it.

    Raises
    ------
    NoSuchDecision
        If it is not for `by`'s post.
    Refused
        If another post owns it, or it is settled.
    BadInput
        If the words can't be kept.
    OthersWereQuicker
        If somebody settled it just now.
    """
    require(get_decision(by, pk).may_settle, otherwise=Refused)
    text = whole(outcome, longest=LONGEST)
    _settle(pk, fate=Fate.DONE.value, settled_on=today(), outcome=text)
    record(Event.Kind.DECISION_DONE, by=by, about=Decision(pk=pk))


@transaction.atomic
def carry_on(pk: int, reason: str, *, due: date, by: Actor) -> None:
    """Carry a decision on to a later day, and say why.

    Raises
    ------
    NoSuchDecision, Refused, OthersWereQuicker
        As `finish`.
    BadInput
        If there is no reason, or the day is not a later one within two years.
    """
    found = get_decision(by, pk)
    require(found.may_settle, otherwise=Refused)
    text = whole(reason, longest=LONGEST)
    if due <= found.due or not is_a_fair_day(due, after=today()):
        raise BadInput(_("Choose a later day than today's and the old one."))
    assert by.user_id is not None, "who owns a decision holds a post"
    same = Decision.objects.filter(pk=pk, due=found.due, fate=Fate.OPEN.value)
    _require_one(same.update(due=due))
    Delay.objects.create(
        decision_id=pk,
        was_due=found.due,
        due=due,
        reason=text,
        made_by_id=by.user_id,
        made_on=today(),
    )
    record(Event.Kind.DECISION_CARRIED_ON, by=by, about=Decision(pk=pk))


def _minute(
    item: int, text: str, number: int, by: Actor, *, is_correction: bool = False
) -> Minute:
    assert by.user_id is not None, "who takes part holds a post"
    assert by.post_id is not None, "who takes part holds a post"
    return Minute.objects.create(
        item_id=item,
        number=number,
        words=text,
        is_correction=is_correction,
        post_id=by.post_id,
        made_by_id=by.user_id,
        made_at=now(),
    )


def _settle(pk: int, **facts: object) -> None:
    still_open = Decision.objects.filter(pk=pk, fate=Fate.OPEN.value)
    _require_one(still_open.update(**facts))


def _require_one(changed: int) -> None:
    if not changed:
        raise OthersWereQuicker(
            _("Somebody has changed the decision. Read it again first.")
        )


def _meeting_open_to(pk: int, by: Actor) -> None:
    """Go on if `by` may write minutes of a meeting as it is now (2 queries)."""
    _require_writable(get_meeting(by, pk))


def _require_writable(seen: SeenMeeting) -> None:
    verdict = may_write(seen.stage, seen.day, reader=seen.reader, on=today())
    require(verdict, otherwise=Refused)
