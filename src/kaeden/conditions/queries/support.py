"""Read needs of support; each docstring ends with what it costs.

A need is read by the post that has it and the support it is put to; one for anybody by
every post of the municipality that offers something, until one has answered. Posts
above read it when it is not met, and what they have answered themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Verdict, may, may_at_any
from kaeden.conditions.errors import NoSuchNeed
from kaeden.conditions.models import SupportNeed, SupportOffer
from kaeden.conditions.rules.support import (
    OPEN,
    Rating,
    Side,
    Step,
    is_unmet,
    may_decide,
    may_rate,
    may_step,
)
from kaeden.organisation.queries import name_of, paths_of
from kaeden.shared.clock import today

ENDS = ("asked_by__unit", "offer__post__unit", "answered_by__unit", "decided_by__unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNeed:
    """A need as one post reads it; `side` is where it stands, None for one above.

    `rating` and its words are told to the post that has the need, and to no other.
    """

    id: int
    side: Side | None
    asker: str
    support: str
    offer: str
    words: str
    wanted_by: date
    asked_on: date
    answer_by: date
    step: Step
    answer: str
    met_by: date | None
    answered_on: date | None
    settled_on: date | None
    reason: str
    rating: Rating | None
    decision: str
    decided_by: str
    decided_on: date | None
    is_late: bool
    verdicts: Mapping[Step, Verdict]
    may_rate: Verdict
    may_decide: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class MyNeeds:
    """The needs at which one's post stands: its own, and those put to it."""

    own: tuple[ReadNeed, ...]
    put_to_me: tuple[ReadNeed, ...]


def mine(actor: Actor) -> MyNeeds:
    """Return the needs of one's post and those put to it, the open first (2 queries)."""
    helps = offers_something(actor)
    rows = _rows().filter(_at_an_end(actor, helps=helps))
    found = [_read(actor, one, helps=helps) for one in rows]
    in_order = sorted(found, key=lambda one: (one.step not in OPEN, one.answer_by))
    return MyNeeds(
        own=tuple(one for one in in_order if one.side is Side.ASKER),
        put_to_me=tuple(one for one in in_order if one.side is Side.SUPPORT),
    )


def unmet_below(actor: Actor) -> list[ReadNeed]:
    """Return the unmet needs below one's post with no answer from above (1 query).

    And one for each generation of a unit that has ended.

    The one that has waited longest comes first. Empty, and nothing is asked, for posts
    that answer none.
    """
    if actor.role is None or not may(actor, Permission.DECIDE_NEED, at=actor.path):
        return []
    waiting = _rows().filter(_near(actor) & _unmet(), decided_on__isnull=True)
    return [
        _read(actor, one, helps=False)
        for one in waiting.order_by("answer_by", "pk")
        if _is_above(actor, one)
    ]


def get_need(actor: Actor, pk: int) -> ReadNeed:
    """Return one need, for those it is for (at most 2 queries).

    Raises
    ------
    NoSuchNeed
        Also when it exists, so that a number tells nothing.
    """
    row, helps = _found(actor, pk)
    return _read(actor, row, helps=helps)


def get_row(actor: Actor, pk: int) -> tuple[SupportNeed, ReadNeed]:
    """Return the row of a need and how one reads it, for an action (at most 2 queries).

    Raises
    ------
    NoSuchNeed
        As `get_need`.
    """
    row, helps = _found(actor, pk)
    return row, _read(actor, row, helps=helps)


def offers_something(actor: Actor) -> bool:
    """Whether one's post offers support now (1 query)."""
    return SupportOffer.objects.filter(
        post_id=actor.post_id or 0, ended_on__isnull=True
    ).exists()


def _found(actor: Actor, pk: int) -> tuple[SupportNeed, bool]:
    row = _rows().filter(pk=pk).first()
    helps = row is not None and offers_something(actor)
    if row is None or not _may_read(actor, row, helps=helps):
        raise NoSuchNeed(_("There is no such need for your post."))
    return row, helps


def _rows() -> QuerySet[SupportNeed]:
    return SupportNeed.objects.select_related(*ENDS)


def _at_an_end(actor: Actor, *, helps: bool) -> Q:
    post = actor.post_id or 0
    ends = Q(asked_by_id=post) | Q(offer__post_id=post)
    ends |= Q(offer__isnull=True, answered_by_id=post)
    if not helps:
        return ends
    for_anybody = Q(offer__isnull=True, step=Step.ASKED.value)
    return ends | (_near(actor) & for_anybody)


def _near(actor: Actor) -> Q:
    """Return the condition that a need is of one's own municipality."""
    town = "/".join(actor.path.split("/")[:2])
    return Q(asked_by__unit__path=town) | Q(asked_by__unit__path__startswith=f"{town}/")


def _unmet() -> Q:
    """Return the condition that a need calls for a post above: `rules.is_unmet`."""
    day = today()
    unanswered = Q(step=Step.ASKED.value, answer_by__lt=day)
    late = Q(step=Step.ANSWERED.value, met_by__lt=day)
    return unanswered | late | Q(step=Step.NOT_MET.value)


def _side(actor: Actor, one: SupportNeed, *, helps: bool) -> Side | None:
    post = actor.post_id
    if post is None:
        return None
    if one.asked_by_id == post:
        return Side.ASKER
    if one.offer is not None:
        return Side.SUPPORT if one.offer.post_id == post else None
    if one.answered_by_id is not None:
        return Side.SUPPORT if one.answered_by_id == post else None
    near = one.asked_by.unit.path.split("/")[1:2] == actor.path.split("/")[1:2]
    is_free = Step(one.step) is Step.ASKED
    return Side.SUPPORT if helps and near and is_free else None


def _is_unmet(one: SupportNeed) -> bool:
    return is_unmet(Step(one.step), one.answer_by, one.met_by, on=today())


def _is_above(actor: Actor, one: SupportNeed) -> bool:
    """Whether one's post answers for another one's (queries only for ended units)."""
    paths = paths_of(one.asked_by.unit)
    reaches = paths and may_at_any(actor, Permission.DECIDE_NEED, at=paths)
    return bool(reaches) and one.asked_by_id != actor.post_id


def _may_read(actor: Actor, one: SupportNeed, *, helps: bool) -> bool:
    if _side(actor, one, helps=helps):
        return True
    told = _is_unmet(one) or one.decided_on is not None
    return told and _is_above(actor, one)


def _read(actor: Actor, one: SupportNeed, *, helps: bool) -> ReadNeed:
    step, side = Step(one.step), _side(actor, one, helps=helps)
    unmet, support = _is_unmet(one), one.answered_by or (one.offer and one.offer.post)
    is_mine = side is Side.ASKER
    return ReadNeed(
        id=one.pk,
        side=side,
        asker=name_of(one.asked_by),
        support=name_of(support) if support else "",
        offer=one.offer.what if one.offer else "",
        words=one.words,
        wanted_by=one.wanted_by,
        asked_on=one.asked_on,
        answer_by=one.answer_by,
        step=step,
        answer=one.answer,
        met_by=one.met_by,
        answered_on=one.answered_on,
        settled_on=one.settled_on,
        reason=one.reason,
        rating=Rating(one.rating) if is_mine and one.rating else None,
        decision=one.decision,
        decided_by=name_of(one.decided_by) if one.decided_by else "",
        decided_on=one.decided_on,
        is_late=unmet and step is not Step.NOT_MET,
        verdicts={to: may_step(to, step, side=side) for to in Step},
        may_rate=may_rate(step, side=side, is_rated=one.rating is not None),
        may_decide=may_decide(
            unmet=unmet,
            is_decided=one.decided_on is not None,
            above=_is_above(actor, one),
        ),
    )
