"""Read meetings, for those who take part and those above; each docstring has its cost.

A meeting is seen by the posts that are asked to it, and when its minutes are approved
by the posts above it too. The public reads nothing of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, may_at_any
from kaeden.dialogue.errors import NoSuchMeeting
from kaeden.dialogue.models import Meeting, Participant
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.rules.meetings import (
    ASKED,
    BODY_OF,
    OPEN,
    SEES_MEETING,
    Body,
    Reader,
    Stage,
    reader_of,
)
from kaeden.organisation.models import Link, Post
from kaeden.organisation.queries import paths_of
from kaeden.shared.clock import today

OPEN_STAGES = [stage.value for stage in OPEN]
MOST_EARLIER = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMeeting:
    """A meeting as somebody who may know of it sees it; `asked` are the posts by id."""

    id: int
    body: Body
    stage: Stage
    day: date
    starts: time
    ends: time
    place: str
    holder: str
    holder_id: int
    unit: str
    town: str
    reader: Reader
    uid: UUID
    sequence: int
    changed_at: datetime
    minuted_on: date | None
    asked: tuple[tuple[int, str], ...] = ()

    @property
    def is_led(self) -> bool:
        """Whether one's own post leads it."""
        return self.reader is Reader.CHAIR


@dataclass(frozen=True, slots=True, kw_only=True)
class MyMeetings:
    """Those of one's post that are not over, those that are, and those below it."""

    coming: tuple[SeenMeeting, ...]
    earlier: tuple[SeenMeeting, ...]
    below: tuple[SeenMeeting, ...]


def mine(actor: Actor) -> MyMeetings:
    """Return the meetings one's post takes part in, and those below it (3 queries)."""
    theirs = _rows().filter(_takes_part(actor))
    coming = theirs.filter(stage__in=OPEN_STAGES)
    earlier = theirs.filter(stage=Stage.MINUTED.value)
    below = _rows().filter(_is_above(actor)).exclude(_takes_part(actor))
    return MyMeetings(
        coming=_seen_all(actor, coming.order_by("day", "starts")),
        earlier=_seen_all(actor, earlier.order_by("-day")[:MOST_EARLIER]),
        below=_seen_all(actor, below.order_by("-day")[:MOST_EARLIER]),
    )


def next_of(actor: Actor) -> SeenMeeting | None:
    """Return the next meeting that one's post takes part in (1 query)."""
    live = _rows().filter(_takes_part(actor), stage__in=OPEN_STAGES)
    found = live.filter(day__gte=today()).order_by("day", "starts").first()
    return _seen(actor, found) if found else None


def get_meeting(actor: Actor, pk: int) -> SeenMeeting:
    """Return one meeting with the posts that are asked to it (2 queries).

    Raises
    ------
    NoSuchMeeting
        Also when it exists and is not for one's post, so that a number tells nothing.
    """
    row = _rows().filter(pk=pk).first()
    if row is None:
        raise NoSuchMeeting(_("There is no such meeting for your post."))
    asked = _asked([row.pk])
    found = _seen(actor, row, tuple((one.post_id, name_of(one.post)) for one in asked))
    if found.reader not in SEES_MEETING[found.stage]:
        raise NoSuchMeeting(_("There is no such meeting for your post."))
    return found


def meeting_of(actor: Actor, pk: int) -> SeenMeeting | None:
    """Return a meeting as `get_meeting`, or none where it is not for one's post."""
    try:
        return get_meeting(actor, pk)
    except NoSuchMeeting:
        return None


def posts_asked(post: Post) -> list[Post]:
    """Return who is asked to a post's meeting: itself and who reports to it (1 query)."""
    roles = [role.value for role in ASKED]
    links = Link.objects.at(today()).filter(upper=post, lower__role__in=roles)
    lower = links.select_related("lower__unit").order_by("lower__unit__search_name")
    return [post, *(link.lower for link in lower)]


def readable(actor: Actor, of: str = "") -> Q:
    """Return the condition that the items of a meeting are for a post (0 queries).

    `of` leads to the meeting from another table, such as ``"item__meeting__"``.
    """
    asked = Participant.objects.filter(post_id=actor.post_id or 0).values("meeting_id")
    agreed = Q(**{f"{of}stage__in": [Stage.AGREED.value, Stage.MINUTED.value]})
    return agreed & Q(**{f"{of}id__in": asked}) | _is_above(actor, of)


def _rows() -> QuerySet[Meeting]:
    return Meeting.objects.select_related("unit", "post__unit")


def _takes_part(actor: Actor) -> Q:
    asked = Participant.objects.filter(post_id=actor.post_id or 0).values("meeting_id")
    return Q(id__in=asked)


def _is_above(actor: Actor, of: str = "") -> Q:
    """Return the condition that a meeting was held at or below a reader's unit."""
    if not may(actor, Permission.READ_MINUTES, at=actor.path):
        return Q(**{f"{of}id": 0})
    at = f"{of}unit__path"
    within = Q(**{at: actor.path}) | Q(**{f"{at}__startswith": f"{actor.path}/"})
    minuted = Q(**{f"{of}stage": Stage.MINUTED.value})
    return within & minuted & ~Q(**{f"{of}body": Body.COMMITTEE.value})


def _asked(meetings: Iterable[int]) -> list[Participant]:
    rows = Participant.objects.filter(meeting_id__in=meetings)
    return list(rows.select_related("post__unit").order_by("pk"))


def _seen_all(actor: Actor, rows: Iterable[Meeting]) -> tuple[SeenMeeting, ...]:
    """Return rows that are known to be for a reader."""
    return tuple(_seen(actor, row) for row in rows)


def _seen(
    actor: Actor, row: Meeting, asked: tuple[tuple[int, str], ...] = ()
) -> SeenMeeting:
    return SeenMeeting(
        id=row.pk,
        body=Body(row.body),
        stage=Stage(row.stage),
        day=row.day,
        starts=row.starts,
        ends=row.ends,
        place=row.place,
        holder=name_of(row.post),
        holder_id=row.post_id,
        unit=row.unit.full_name,
        town=row.unit.municipality_code,
        reader=_reader(actor, row, asked),
        uid=row.uid,
        sequence=row.sequence,
        changed_at=row.changed_at,
        minuted_on=row.minuted_on,
        asked=asked,
    )


def _reader(actor: Actor, row: Meeting, asked: tuple[tuple[int, str], ...]) -> Reader:
    is_above = row.body != Body.COMMITTEE.value and may_at_any(
        actor, Permission.READ_MINUTES, at=paths_of(row.unit)
    )
    return reader_of(
        leads=row.post_id == actor.post_id and actor.role in BODY_OF,
        takes_part=actor.post_id in {post for post, _name in asked},
        is_above=bool(is_above),
    )
