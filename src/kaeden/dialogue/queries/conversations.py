"""Read conversations, for the two posts that hold them; each docstring ends with its cost.

Others up the line are told how many have been held, and none of the words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Role, Verdict, may
from kaeden.dialogue.errors import NoSuchConversation
from kaeden.dialogue.law import Law, law_held_under
from kaeden.dialogue.models import (
    Commitment,
    Conclusion,
    Conversation,
    Correction,
    Preparation,
)
from kaeden.dialogue.queries.commitments import Promised, from_conversations
from kaeden.dialogue.queries.links import SeenLink, links_of, name_of
from kaeden.dialogue.rules import commitments
from kaeden.dialogue.rules.conversations import (
    Facts,
    Kind,
    Standing,
    Step,
    Verb,
    may_act,
    standing,
)
from kaeden.dialogue.rules.links import End, Pair
from kaeden.organisation.models import Link, Unit
from kaeden.shared.clock import today
from kaeden.shared.periods import Period

KINDS = {kind.value for kind in Kind}
AGREED = {*commitments.TAKEN} - {commitments.Step.RENEGOTIATED}
"""Steps of a commitment that counts; another one stands in for what is renegotiated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation as one of its two posts sees it today."""

    id: int
    kind: Kind
    unit: Unit
    end: End
    across: str
    own: str
    now: Standing
    verdicts: Mapping[Verb, Verdict]
    planned_for: date
    opens_on: date
    held_on: date | None
    link: int | None

    @property
    def waits_for_me(self) -> bool:
        """Whether one's own post must act."""
        return self.link is not None and self.end in self.now.waits_for

    @property
    def is_over(self) -> bool:
        """Whether both have confirmed it."""
        return self.now.step is Step.CONFIRMED

    @property
    def day(self) -> date:
        """The day it was held, or is planned for."""
        return self.held_on or self.planned_for

    @property
    def school_year(self) -> str:
        """The school year it belongs to."""
        start = self.day.year if self.day.month >= 8 else self.day.year - 1
        return str(Period(start=start, is_school_year=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeTalk:
    """A conversation with all its words; `earlier` is the last one that was held."""

    talk: Talk
    written: Mapping[End, tuple[Preparation, ...]]
    conclusions: tuple[Conclusion, ...]
    corrections: tuple[Correction, ...]
    commitments: tuple[Promised, ...]
    law: Law
    earlier: Talk | None = None
    earlier_words: str = ""
    earlier_commitments: tuple[Promised, ...] = ()

    def newest(self, end: End) -> Preparation | None:
        """What an end has written last."""
        return self.written[end][-1] if self.written[end] else None

    @property
    def conclusion(self) -> Conclusion | None:
        """What they agree on, as it was worded last."""
        return self.conclusions[-1] if self.conclusions else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyTalks:
    """The conversations of one's post; `free` are links in which none is planned."""

    open: tuple[Talk, ...]
    over: tuple[Talk, ...]
    free: tuple[SeenLink, ...]

    @property
    def waiting(self) -> tuple[Talk, ...]:
        """Those in which one's own post must act."""
        return tuple(one for one in self.open if one.waits_for_me)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTalks:
    """How many conversations there are further down one's line; no words."""

    planned: int
    held: int


def mine(actor: Actor) -> MyTalks:
    """Return the conversations of one's post, the nearest day first (7 queries)."""
    return mine_along(actor, links_of(actor))


def mine_along(actor: Actor, links: Sequence[SeenLink]) -> MyTalks:
    """Return the same, along one's links, which are read already (5 queries)."""
    talks = [_talk(actor, row, links) for row in _rows(actor)]
    planned = {one.link for one in talks if one.held_on is None}
    return MyTalks(
        open=tuple(
            sorted((t for t in talks if not t.is_over), key=lambda t: (t.day, t.id))
        ),
        over=tuple(
            sorted((t for t in talks if t.is_over), key=lambda t: t.day, reverse=True)
        ),
        free=tuple(
            link
            for link in links
            if _is_to_a_leader(link)
            and link.end is End.UPPER
            and link.id not in planned
        ),
    )


def get_whole(actor: Actor, pk: int) -> WholeTalk:
    """Return a conversation with all its words (at most 19 queries).

    Raises
    ------
    NoSuchConversation
        Also when it exists between two others, so that a number tells nothing.
    """
    row = get_conversation(actor, pk)
    links = links_of(actor)
    last = _last_before(row, actor)
    said = from_conversations(actor, [one.pk for one in (row, last) if one])
    return WholeTalk(
        talk=_talk(actor, row, links),
        written={
            end: tuple(p for p in row.preparations.all() if p.end == end.value)
            for end in End
        },
        conclusions=tuple(row.conclusions.all()),
        corrections=tuple(row.corrections.all()),
        commitments=said.get(row.pk, ()),
        law=law_held_under(row.law, Kind(row.kind)),
        earlier=_talk(actor, last, links) if last else None,
        earlier_words=_words(last),
        earlier_commitments=said.get(last.pk, ()) if last else (),
    )


def get_talk(actor: Actor, pk: int) -> tuple[Conversation, Talk]:
    """Return a conversation's row and how it stands, freshly read (8 queries).

    Raises
    ------
    NoSuchConversation
        As `get_whole`.
    """
    row = get_conversation(actor, pk)
    return row, _talk(actor, row, links_of(actor))


def get_conversation(actor: Actor, pk: int) -> Conversation:
    """Return the row of a conversation with what hangs on it (6 queries).

    Raises
    ------
    NoSuchConversation
        As `get_whole`.
    """
    found: Conversation | None = _of(actor).filter(pk=pk).first()
    if found is None:
        raise NoSuchConversation(_("There is no such conversation for your post."))
    return found


def unit_across(link: SeenLink) -> Unit | None:
    """Return the unit that a link's lower post leads, if it has one (1 query)."""
    if not _is_to_a_leader(link):
        return None
    found = Link.objects.select_related("lower__unit").filter(pk=link.id).first()
    return found.lower.unit if found else None


def in_line_below(actor: Actor) -> LineTalks | None:
    """Return how many there are further down one's line, this year (1 query).

    None for posts with no line below them, and for those that see no line.
    """
    if actor.role is None or not may(actor, Permission.SEE_LINE, at=actor.path):
        return None
    own = Q(upper_id=actor.post_id) | Q(lower_id=actor.post_id)
    below = Conversation.objects.filter(unit__path__startswith=f"{actor.path}/")
    year = today().replace(month=8, day=1)
    begins = year if year <= today() else year.replace(year=year.year - 1)
    found = below.exclude(own).aggregate(
        planned=Count("pk", filter=Q(held_on__isnull=True)),
        held=Count("pk", filter=Q(held_on__gte=begins)),
    )
    return LineTalks(**found) if any(found.values()) else None


def held_last(units: Iterable[int], *, until: date) -> dict[int, date]:
    """Return when a conversation about each unit was held last (1 query)."""
    rows = Conversation.objects.filter(unit_id__in=list(units), held_on__lte=until)
    return dict(rows.values_list("unit_id").annotate(last=Max("held_on")))


def _of(actor: Actor) -> QuerySet[Conversation]:
    """Return those of one's post with all that hangs on them (6 queries)."""
    added = Correction.objects.order_by("pk")
    return _rows(actor).prefetch_related(Prefetch("corrections", queryset=added))


def _rows(actor: Actor) -> QuerySet[Conversation]:
    """Return those of one's post with what their steps are judged from (5 queries)."""
    post = actor.post_id or 0
    theirs = Conversation.objects.filter(Q(upper_id=post) | Q(lower_id=post))
    words = Conclusion.objects.order_by("number")
    return theirs.select_related("unit", "upper__unit", "lower__unit").prefetch_related(
        Prefetch("preparations", queryset=Preparation.objects.order_by("number")),
        Prefetch("conclusions", queryset=words.prefetch_related("agreed")),
        Prefetch("commitments", queryset=Commitment.objects.order_by("pk")),
    )


def _last_before(row: Conversation, actor: Actor) -> Conversation | None:
    """Return the last conversation of the same two that was held before one."""
    before = row.held_on or today()
    same = _of(actor).filter(upper_id=row.upper_id, lower_id=row.lower_id)
    earlier = same.filter(held_on__lte=before).exclude(pk=row.pk)
    return earlier.order_by("-held_on", "-pk").first()


def _words(row: Conversation | None) -> str:
    conclusions: Sequence[Conclusion] = tuple(row.conclusions.all()) if row else ()
    return conclusions[-1].words if conclusions else ""


def _is_to_a_leader(link: SeenLink) -> bool:
    """Whether a link's lower post leads a unit that conversations are about."""
    return link.role is Role.LEADER and link.kind.value in KINDS


def _talk(actor: Actor, row: Conversation, links: Iterable[SeenLink]) -> Talk:
    ends = (row.upper_id, row.lower_id)
    link = next((one for one in links if (one.upper, one.lower) == ends), None)
    end = End.UPPER if row.upper_id == actor.post_id else End.LOWER
    now = standing(_facts(row, link), on=today())
    posts = (row.lower, row.upper) if end is End.UPPER else (row.upper, row.lower)
    return Talk(
        id=row.pk,
        kind=Kind(row.kind),
        unit=row.unit,
        end=end,
        across=name_of(posts[0]),
        own=name_of(posts[1]),
        now=now,
        verdicts={verb: may_act(verb, now, end=end) for verb in Verb},
        planned_for=row.planned_for,
        opens_on=row.opens_on,
        held_on=row.held_on,
        link=link.id if link else None,
    )


def _facts(row: Conversation, link: SeenLink | None) -> Facts:
    conclusions = list(row.conclusions.all())
    steps = [commitments.Step(one.step) for one in row.commitments.all()]
    agreed = conclusions[-1].agreed.all() if conclusions else ()
    pair: Pair | None = link.pair if link else None
    return Facts(
        opens_on=row.opens_on,
        wrote=frozenset(End(one.end) for one in row.preparations.all()),
        held_on=row.held_on,
        is_concluded=bool(conclusions),
        confirmed=frozenset(End(one.end) for one in agreed),
        taken=sum(step in AGREED for step in steps),
        waiting=sum(step is commitments.Step.PROPOSED for step in steps),
        is_linked=link is not None,
        is_whole=pair is not None and pair.is_whole,
    )
