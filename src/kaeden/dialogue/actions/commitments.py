"""Promise, accept, keep, break and renegotiate: each verb once, for every door."""

from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import Commitment
from kaeden.dialogue.queries.commitments import get_commitment, is_pending
from kaeden.dialogue.queries.links import get_link
from kaeden.dialogue.queries.occasions import require_seen
from kaeden.dialogue.rules.commitments import (
    LATEST,
    LONGEST,
    LONGEST_REASON,
    NOTHING,
    About,
    Step,
    is_a_fair_day,
    may_renegotiate,
    may_step,
)
from kaeden.shared.clock import today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.written import whole


@transaction.atomic
def promise(
    link_id: int,
    words: str,
    *,
    due: date,
    by: Actor,
    asks: bool = False,
    about: About = NOTHING,
) -> Commitment:
    """Propose a commitment across a link; it holds when the other post accepts it.

    One promises something, or with `asks` one asks the other post to promise it. It may
    hang on something that one sees: what it is `about`.

    Raises
    ------
    NoSuchLink
        If `by`'s post is at neither end of it today.
    NotFound
        If something that it is to hang on is not there for this post.
    BadInput
        If the words can't be kept, or the day has passed or lies too far ahead.
    """
    link = get_link(by, link_id)
    require_seen(by, about, link)
    ends = (link.other, link.own) if asks else (link.own, link.other)
    return _propose(ends, words, due, by, about=about)


@transaction.atomic
def renegotiate(pk: int, words: str, *, due: date, by: Actor) -> Commitment:
    """Propose another commitment in the place of one; until it is accepted that holds.

    Raises
    ------
    NoSuchCommitment
        If it is between two other posts.
    BadInput
        If the words can't be kept, or the day has passed or lies too far ahead.
    Refused
        If it is settled or not yet accepted, or another one is proposed already.
    """
    old = get_commitment(by, pk)
    _wait_for_turn(old)
    verdict = may_renegotiate(Step(old.step), is_pending=is_pending(pk))
    require(verdict, otherwise=Refused)
    ends = (old.promiser_id, old.receiver_id)
    return _propose(ends, words, due, by, follows=old, about=old.about)


@transaction.atomic
def accept(pk: int, *, by: Actor) -> None:
    """Accept what the other post has proposed; what it follows is then over.

    Raises
    ------
    NoSuchCommitment
        If it is between two other posts.
    Refused
        If it is not to be accepted by this post, or not any more.
    OthersWereQuicker
        If somebody took another step just now.
    """
    one = get_commitment(by, pk)
    if one.follows:
        _wait_for_turn(one.follows)
    _step(one, Step.ACCEPTED, by, accepted_on=today())
    if one.follows:
        settled = {"settled_on": today(), "settled_by_id": by.post_id}
        _step(one.follows, Step.RENEGOTIATED, by, **settled)
    record(Event.Kind.COMMITMENT_ACCEPTED, by=by, about=one)


@transaction.atomic
def decline(pk: int, *, by: Actor) -> None:
    """Say no to a proposal, or take one's own back; what it follows still holds.

    Raises
    ------
    NoSuchCommitment, Refused, OthersWereQuicker
        As `accept`.
    """
    _settle(pk, Step.DECLINED, Event.Kind.COMMITMENT_DECLINED, by)


@transaction.atomic
def keep(pk: int, *, by: Actor) -> None:
    """Note that a commitment has been kept.

    Raises
    ------
    NoSuchCommitment, Refused, OthersWereQuicker
        As `accept`.
    """
    _settle(pk, Step.KEPT, Event.Kind.COMMITMENT_KEPT, by)


@transaction.atomic
def give_up(pk: int, reason: str, *, by: Actor) -> None:
    """Note that a commitment was not kept, and why.

    Raises
    ------
    BadInput
        If there is no reason, or it can't be kept.
    NoSuchCommitment, Refused, OthersWereQuicker
        As `accept`.
    """
    why = whole(reason, longest=LONGEST_REASON)
    _settle(pk, Step.BROKEN, Event.Kind.COMMITMENT_BROKEN, by, reason=why)


def _propose(
    ends: tuple[int, int],
    words: str,
    due: date,
    by: Actor,
    *,
    about: About,
    follows: Commitment | None = None,
) -> Commitment:
    text = whole(words, longest=LONGEST)
    if not is_a_fair_day(due, proposed_on=today()):
        raise BadInput(
            _("Choose a day from today and %(days)d days ahead at the most.")
            % {"days": LATEST.days}
        )
    assert by.user_id is not None, "a post at an end is somebody's"
    assert by.post_id is not None, "a post at an end is somebody's"
    made = Commitment.objects.create(
        promiser_id=ends[0],
        receiver_id=ends[1],
        proposer_id=by.post_id,
        words=text,
        due=due,
        follows=follows,
        **asdict(about),
        made_by_id=by.user_id,
        proposed_on=today(),
    )
    record(Event.Kind.COMMITMENT_PROPOSED, by=by, about=made)
    return made


def _settle(
    pk: int, to: Step, kind: Event.Kind, by: Actor, *, reason: str = ""
) -> None:
    one = get_commitment(by, pk)
    settled = {"settled_on": today(), "settled_by_id": by.post_id, "reason": reason}
    _step(one, to, by, **settled)
    # What was proposed in its place has no place any more.
    after = Commitment.objects.filter(follows=one, step=Step.PROPOSED.value)
    after.update(step=Step.DECLINED.value, **(settled | {"reason": ""}))
    record(kind, by=by, about=one)


def _step(one: Commitment, to: Step, by: Actor, **facts: object) -> None:
    """Take a step, if it is open to the post and nobody was quicker (1 query)."""
    now = Step(one.step)
    is_proposer = one.proposer_id == by.post_id
    require(may_step(to, now, is_proposer=is_proposer), otherwise=Refused)
    unchanged = Commitment.objects.filter(pk=one.pk, step=now.value)
    if not unchanged.update(step=to.value, **facts):
        raise OthersWereQuicker(
            _("Somebody has changed the commitment. Read it again first.")
        )


def _wait_for_turn(one: Commitment) -> None:
    """Let nobody else propose in the place of one until we are done (1 query)."""
    wait_for_turn(f"commitment {one.pk}")
