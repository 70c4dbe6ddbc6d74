"""Read the items of a meeting with its minutes and decisions; each has its cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Verdict
from kaeden.dialogue.errors import NoSuchDecision, NoSuchMeeting
from kaeden.dialogue.models import Decision, Meeting, MeetingItem, Minute
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.queries.meetings import SeenMeeting, get_meeting, readable
from kaeden.dialogue.rules.agenda import Why
from kaeden.dialogue.rules.decisions import Fate, may_settle
from kaeden.dialogue.rules.meetings import Body, Stage, sees_agenda
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenMinute:
    """What somebody wrote about an item; `number` says how often it was written."""

    number: int
    words: str
    post: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenDecision:
    """A decision with the meeting that took it, as somebody who may read it sees it."""

    id: int
    words: str
    owner: str
    due: date
    fate: Fate
    made_on: date
    settled_on: date | None
    outcome: str
    delays: int
    is_overdue: bool
    meeting: int
    body: Body
    day: date
    item: int
    title: str
    may_settle: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenItem:
    """An item of an agenda, where what it is about can be found, and what was said.

    `place` is the code of its municipality and the key of its goal, if it has one.
    """

    id: int
    number: int
    why: Why
    title: str
    said: str
    unit: str = ""
    indicator: str = ""
    place: tuple[str, str] | None = None
    question: int | None = None
    concern: int | None = None
    target: int | None = None
    minute: WrittenMinute | None = None
    corrections: tuple[WrittenMinute, ...] = ()
    decisions: tuple[SeenDecision, ...] = ()


def items_of(actor: Actor, meeting: SeenMeeting) -> tuple[SeenItem, ...]:
    """Return the items of an agenda that a post may read, in their order (3 queries).

    None, and nothing is asked of the database, while they are not for it to read.
    """
    if not sees_agenda(meeting.stage, meeting.reader):
        return ()
    about = ("unit", "goal__municipality", "deviation")
    found = MeetingItem.objects.filter(meeting_id=meeting.id, is_on=True)
    rows = list(found.select_related(*about).order_by("number", "pk"))
    said = _minutes(row.pk for row in rows)
    decided = _by_item(actor, Q(item__in=rows))
    return tuple(_item(row, said, decided) for row in rows)


def get_item(actor: Actor, meeting_id: int, pk: int) -> tuple[SeenMeeting, SeenItem]:
    """Return one item with its meeting (5 queries).

    Raises
    ------
    NoSuchMeeting
        Also when it exists and is not for one's post to read.
    """
    meeting = get_meeting(actor, meeting_id)
    for one in items_of(actor, meeting):
        if one.id == pk:
            return meeting, one
    raise NoSuchMeeting(_("There is no such item on the agenda."))


def decisions_on_result(
    actor: Actor, unit_id: int, indicator: str
) -> list[SeenDecision]:
    """Return what was decided about a result, the newest first (1 query).

    Only what stands in approved minutes, for those who may read them, and for the
    post that owns the decision. Without a post nothing is asked.
    """
    return _about(actor, Q(item__unit_id=unit_id, item__indicator=indicator))


def decisions_on_goal(actor: Actor, goal_id: int) -> list[SeenDecision]:
    """Return what was decided about a goal (as `decisions_on_result`)."""
    return _about(actor, Q(item__goal_id=goal_id) | Q(item__question__goal_id=goal_id))


def decisions_on_question(actor: Actor, pk: int) -> list[SeenDecision]:
    """Return what was decided about a question (as `decisions_on_result`)."""
    return _about(actor, Q(item__question_id=pk))


def _about(actor: Actor, where: Q) -> list[SeenDecision]:
    if actor.role is None:
        return []
    minuted = Q(item__meeting__stage=Stage.MINUTED.value)
    return _decisions(actor, where & minuted & _for(actor))


def decisions_of(actor: Actor) -> list[SeenDecision]:
    """Return the decisions that one's post owns, the open ones first (1 query)."""
    minuted = Q(item__meeting__stage=Stage.MINUTED.value)
    found = _decisions(actor, Q(owner_id=actor.post_id or 0) & minuted)
    return sorted(found, key=lambda one: (one.fate is not Fate.OPEN, one.due, one.id))


def get_decision(actor: Actor, pk: int) -> SeenDecision:
    """Return one decision (1 query).

    Raises
    ------
    NoSuchDecision
        Also when it exists and is not for one's post to read.
    """
    found = _decisions(actor, Q(pk=pk) & _for(actor))
    if not found:
        raise NoSuchDecision(_("There is no such decision for your post."))
    return found[0]


def _for(actor: Actor) -> Q:
    """Return the condition that a decision is for a post to read."""
    owned = Q(owner_id=actor.post_id or 0, item__meeting__stage=Stage.MINUTED.value)
    return owned | readable(actor, "item__meeting__")


def _decisions(actor: Actor, where: Q) -> list[SeenDecision]:
    rows = (
        Decision.objects.filter(where)
        .exclude(fate=Fate.STRUCK.value)
        .select_related("owner__unit", "item__meeting")
        .order_by("-made_on", "-pk")
        .annotate(carried_on=Count("delays"))
    )
    return [_decision(actor, row, row.carried_on) for row in rows]


def _by_item(actor: Actor, where: Q) -> Mapping[int, list[SeenDecision]]:
    found: dict[int, list[SeenDecision]] = {}
    for one in reversed(_decisions(actor, where)):
        found.setdefault(one.item, []).append(one)
    return found


def _decision(actor: Actor, row: Decision, delays: int) -> SeenDecision:
    meeting: Meeting = row.item.meeting
    fate, is_owners = Fate(row.fate), row.owner_id == actor.post_id
    verdict = may_settle(Fate.DONE, fate, is_owners=is_owners)
    if verdict and meeting.stage != Stage.MINUTED.value:
        not_yet = _("The minutes have not been approved yet.")
        verdict = Verdict(allowed=False, why_not=not_yet)
    return SeenDecision(
        id=row.pk,
        words=row.words,
        owner=name_of(row.owner),
        due=row.due,
        fate=fate,
        made_on=row.made_on,
        settled_on=row.settled_on,
        outcome=row.outcome,
        delays=delays,
        is_overdue=fate is Fate.OPEN and row.due < today(),
        meeting=meeting.pk,
        body=Body(meeting.body),
        day=meeting.day,
        item=row.item_id,
        title=row.item.title,
        may_settle=verdict,
    )


def _minutes(items: Iterable[int]) -> Mapping[int, list[Minute]]:
    found: dict[int, list[Minute]] = {}
    rows = Minute.objects.filter(item_id__in=list(items)).select_related("post__unit")
    for row in rows.order_by("item_id", "number"):
        found.setdefault(row.item_id, []).append(row)
    return found


def _item(
    row: MeetingItem,
    said: Mapping[int, list[Minute]],
    decided: Mapping[int, list[SeenDecision]],
) -> SeenItem:
    written = said.get(row.pk, [])
    words = [_written(one) for one in written if not one.is_correction]
    return SeenItem(
        id=row.pk,
        number=row.number,
        why=Why(row.why),
        title=row.title,
        said=row.said,
        unit=row.unit.code if row.unit else "",
        indicator=row.indicator,
        place=(row.goal.municipality.code, row.goal.key) if row.goal else None,
        question=row.question_id,
        concern=row.concern_id,
        target=row.deviation.target_id if row.deviation else None,
        minute=words[-1] if words else None,
        corrections=tuple(_written(one) for one in written if one.is_correction),
        decisions=tuple(decided.get(row.pk, ())),
    )


def _written(row: Minute) -> WrittenMinute:
    return WrittenMinute(
        number=row.number,
        words=row.words,
        post=name_of(row.post),
        made_at=row.made_at,
    )
