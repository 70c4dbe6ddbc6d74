"""Read what posts have promised each other; each docstring ends with its cost.

The words are for the two posts alone; others up the line are told how many there are.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TypeAlias

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Verdict, may
from kaeden.dialogue.errors import NoSuchCommitment
from kaeden.dialogue.models import Commitment
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.queries.occasions import Named, named
from kaeden.dialogue.rules.commitments import (
    NOTHING,
    About,
    Step,
    is_overdue,
    may_renegotiate,
    may_step,
)
from kaeden.shared.clock import today

Verdicts: TypeAlias = Mapping[Step, Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A commitment as one of the two posts sees it today.

    `is_mine` says that one's own post promises, and `across` names the other one.
    `verdicts` are on the steps one could take; to renegotiate is to propose another in
    its place.
    """

    id: int
    words: str
    due: date
    step: Step
    is_mine: bool
    is_proposer: bool
    across: str
    promiser: str
    proposed_on: date
    accepted_on: date | None
    settled_on: date | None
    settled_by: str
    reason: str
    is_overdue: bool
    follows: int | None
    verdicts: Verdicts
    about: About
    hangs_on: tuple[Named, ...]

    @property
    def waits_for_me(self) -> bool:
        """Whether one is asked to accept it."""
        return self.step is Step.PROPOSED and not self.is_proposer


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCommitments:
    """All that is promised from one's post and to it, what is due first."""

    all: tuple[Promised, ...]

    @property
    def waiting(self) -> tuple[Promised, ...]:
        """What one is asked to accept."""
        return tuple(one for one in self.all if one.waits_for_me)

    @property
    def proposed(self) -> tuple[Promised, ...]:
        """What one has proposed, and the other post has not answered."""
        found = (one for one in self.all if one.step is Step.PROPOSED)
        return tuple(one for one in found if one.is_proposer)

    @property
    def from_me(self) -> tuple[Promised, ...]:
        """What one has promised, and has still to keep."""
        return self._that_hold(is_mine=True)

    @property
    def to_me(self) -> tuple[Promised, ...]:
        """What one has been promised, and still waits for."""
        return self._that_hold(is_mine=False)

    @property
    def settled(self) -> tuple[Promised, ...]:
        """What is over, the newest first."""
        over = [one for one in self.all if one.settled_on]
        return tuple(sorted(over, key=lambda one: str(one.settled_on), reverse=True))

    def _that_hold(self, *, is_mine: bool) -> tuple[Promised, ...]:
        held = (one for one in self.all if one.step is Step.ACCEPTED)
        return tuple(one for one in held if one.is_mine is is_mine)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCount:
    """How many commitments there are further down one's line; no words."""

    held: int
    overdue: int
    kept: int
    broken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """The commitments that hang on something, as one's post sees them."""

    mine: tuple[Promised, ...]
    others: LineCount | None


def mine(actor: Actor) -> MyCommitments:
    """Return all commitments from and to one's post, what is due first (2 queries).

    What they hang on is asked for besides: see `occasions.named`.
    """
    return MyCommitments(all=_all(actor, _of(actor).order_by("due", "pk")))


LOOK_BACK = timedelta(days=120)
"""How far back what is over still opens a conversation."""


def since_last(
    actor: Actor, others: Collection[int], *, after: date | None = None
) -> tuple[Promised, ...]:
    """Return what opens the next conversation with some posts (2 queries).

    All that one's post and theirs have agreed on, and that still holds or has been
    settled on a day or later, else lately; what holds comes first, by its day. What
    they hang on is asked for besides: see `occasions.named`.
    """
    after = after or today() - LOOK_BACK
    posts = set(others) - {actor.post_id}
    theirs = Q(promiser_id__in=posts) | Q(receiver_id__in=posts)
    holds = Q(step=Step.ACCEPTED.value)
    settled = Q(accepted_on__isnull=False, settled_on__gte=after)
    found = _of(actor).filter(theirs, holds | settled).order_by("due", "pk")
    return tuple(
        sorted(_all(actor, found), key=lambda one: one.step is not Step.ACCEPTED)
    )


def hanging_on(actor: Actor, about: About) -> Hanging:
    """Return what hangs on something: one's own in words, the others' as a count.

    Nothing is asked for who has no post (else 3 queries, and those of
    `occasions.named`).
    """
    if actor.post_id is None or about == NOTHING:
        return Hanging(mine=(), others=None)
    on_it = {name: value for name, value in asdict(about).items() if value}
    mine = _of(actor).filter(**on_it).order_by("due", "pk")
    return Hanging(mine=_all(actor, mine), others=in_line_below(actor, **on_it))


def from_conversations(
    actor: Actor, ids: Iterable[int]
) -> dict[int, tuple[Promised, ...]]:
    """Return what came of conversations, by their ids, as agreed on (3 queries).

    What they hang on is asked for besides: see `occasions.named`.
    """
    rows = _of(actor).filter(conversation_id__in=list(ids)).order_by("pk")
    came_of = dict(rows.values_list("pk", "conversation_id"))
    said: dict[int, tuple[Promised, ...]] = {}
    for one in _all(actor, rows):
        talk = came_of[one.id]
        said[talk] = (*said.get(talk, ()), one)
    return said


def get_promised(actor: Actor, pk: int) -> Promised:
    """Return one commitment, for the two posts (2 queries).

    What it hangs on is asked for besides: see `occasions.named`.

    Raises
    ------
    NoSuchCommitment
        Also when it exists between two others, so that a number tells nothing.
    """
    (found,) = _all(actor, [get_commitment(actor, pk)])
    return found


def get_commitment(actor: Actor, pk: int) -> Commitment:
    """Return the row of a commitment, for an action (1 query).

    Raises
    ------
    NoSuchCommitment
        As `get_promised`.
    """
    found = _of(actor).filter(pk=pk).first()
    if found is None:
        raise NoSuchCommitment(_("There is no such commitment for your post."))
    return found


def is_pending(pk: int) -> bool:
    """Whether another commitment is proposed in the place of one (1 query)."""
    return bool(_pending({pk}))


def in_line_below(actor: Actor, **on_it: object) -> LineCount | None:
    """Return how many there are further down one's line (1 query).

    None for posts with no line below them, and for those that see no line. `on_it`
    names what they all hang on.
    """
    if actor.role is None or not may(actor, Permission.SEE_LINE, at=actor.path):
        return None
    below = f"{actor.path}/"
    own = Q(promiser_id=actor.post_id) | Q(receiver_id=actor.post_id)
    late = Q(step=Step.ACCEPTED.value, due__lt=today())
    found = (
        Commitment.objects.filter(**on_it)
        .filter(
            Q(promiser__unit__path__startswith=below)
            | Q(receiver__unit__path__startswith=below)
        )
        .exclude(own)
        .aggregate(
            held=Count("pk", filter=Q(step=Step.ACCEPTED.value)),
            overdue=Count("pk", filter=late),
            kept=Count("pk", filter=Q(step=Step.KEPT.value)),
            broken=Count("pk", filter=Q(step=Step.BROKEN.value)),
        )
    )
    return LineCount(**found) if any(found.values()) else None


def _of(actor: Actor) -> QuerySet[Commitment]:
    """Return those from and to one's post."""
    post = actor.post_id or 0
    ends = ("promiser__unit", "receiver__unit", "settled_by__unit")
    theirs = Commitment.objects.filter(Q(promiser_id=post) | Q(receiver_id=post))
    return theirs.select_related(*ends)


def _pending(ids: set[int]) -> set[int]:
    """Return those in whose place another one is proposed (1 query)."""
    after = Commitment.objects.filter(follows_id__in=ids, step=Step.PROPOSED.value)
    return set(after.values_list("follows_id", flat=True))


def _all(actor: Actor, rows: Iterable[Commitment]) -> tuple[Promised, ...]:
    """Return rows as one's post sees them (1 query and those of what they hang on)."""
    found = list(rows)
    pending = _pending({one.pk for one in found})
    names = named(actor, {one.about for one in found})
    return tuple(_promised(actor, one, pending, names[one.about]) for one in found)


def _promised(
    actor: Actor, one: Commitment, pending: set[int], hangs_on: tuple[Named, ...]
) -> Promised:
    step, is_proposer = Step(one.step), one.proposer_id == actor.post_id
    is_mine = one.promiser_id == actor.post_id
    verdicts = {to: may_step(to, step, is_proposer=is_proposer) for to in Step}
    another = may_renegotiate(step, is_pending=one.pk in pending)
    return Promised(
        id=one.pk,
        words=one.words,
        due=one.due,
        step=step,
        is_mine=is_mine,
        is_proposer=is_proposer,
        across=name_of(one.receiver if is_mine else one.promiser),
        promiser=name_of(one.promiser),
        proposed_on=one.proposed_on,
        accepted_on=one.accepted_on,
        settled_on=one.settled_on,
        settled_by=name_of(one.settled_by) if one.settled_by else "",
        reason=one.reason,
        is_overdue=is_overdue(step, one.due, on=today()),
        follows=one.follows_id,
        verdicts=verdicts | {Step.RENEGOTIATED: another},
        about=one.about,
        hangs_on=hangs_on,
    )
