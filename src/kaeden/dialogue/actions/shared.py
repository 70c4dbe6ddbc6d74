"""Agree on something together in a community, and follow it up: each verb once."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import Part, SharedCommitment
from kaeden.dialogue.queries.shared import Shared, get_shared, is_member
from kaeden.dialogue.rules.commitments import (
    LATEST,
    LONGEST,
    LONGEST_REASON,
    Step,
    is_a_fair_day,
)
from kaeden.organisation.errors import NoSuchCommunity
from kaeden.organisation.models import Community
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from kaeden.shared.written import whole


@transaction.atomic
def propose(
    community: Community, words: str, *, due: date, by: Actor
) -> SharedCommitment:
    """Propose that all of a community do something; it holds for oneself at once.

    Raises
    ------
    NoSuchCommunity
        If one is not in it, or it has ended.
    BadInput
        If the words can't be kept, or the day has passed or lies too far ahead.
    """
    if community.valid_to is not None or not is_member(by.post_id, community.pk):
        raise NoSuchCommunity(_("There is no such community."))
    text = whole(words, longest=LONGEST)
    if not is_a_fair_day(due, proposed_on=today()):
        raise BadInput(
            _("Choose a day from today and %(days)d days ahead at the most.")
            % {"days": LATEST.days}
        )
    assert by.user_id is not None, "a member's post is somebody's"
    assert by.post_id is not None, "a member's post is somebody's"
    made = SharedCommitment.objects.create(
        community=community,
        words=text,
        due=due,
        proposer_id=by.post_id,
        made_by_id=by.user_id,
        proposed_on=today(),
    )
    record(Event.Kind.SHARED_PROPOSED, by=by, about=made)
    accept(made.pk, by=by)
    return made


@transaction.atomic
def withdraw(pk: int, *, by: Actor) -> None:
    """Take it back; those who have said yes still have their part.

    Raises
    ------
    NoSuchCommitment
        If it is of a community of others.
    Forbidden
        If another member has proposed it.
    Refused
        If it has been taken back already.
    """
    found = get_shared(by, pk)
    if not found.is_proposer:
        raise Forbidden(_("Only the member who proposed it can take it back."))
    still = SharedCommitment.objects.filter(pk=pk, withdrawn_on=None)
    if not still.update(withdrawn_on=today()):
        raise Refused(_("It has been taken back already."))
    record(
        Event.Kind.SHARED_WITHDRAWN, by=by, about=SharedCommitment.objects.get(pk=pk)
    )


@transaction.atomic
def accept(pk: int, *, by: Actor) -> None:
    """Say yes: from now on it is among one's own commitments.

    Raises
    ------
    NoSuchCommitment
        If it is of a community of others.
    Refused
        If one has answered, or it has been taken back.
    OthersWereQuicker
        If somebody answered for the same post just now.
    """
    _answer(pk, Step.ACCEPTED, Event.Kind.SHARED_ACCEPTED, by)


@transaction.atomic
def decline(pk: int, *, by: Actor) -> None:
    """Say no: it is not for this member.

    Raises
    ------
    NoSuchCommitment, Refused, OthersWereQuicker
        As `accept`.
    """
    _answer(pk, Step.DECLINED, Event.Kind.SHARED_DECLINED, by)


@transaction.atomic
def keep(pk: int, *, by: Actor) -> None:
    """Note that one has done one's part.

    Raises
    ------
    NoSuchCommitment, Refused, OthersWereQuicker
        As `accept`.
    """
    _settle(pk, Step.KEPT, Event.Kind.SHARED_KEPT, by)


@transaction.atomic
def give_up(pk: int, reason: str, *, by: Actor) -> None:
    """Note that one has not done one's part, and why.

    Raises
    ------
    BadInput
        If there is no reason, or it can't be kept.
    NoSuchCommitment, Refused, OthersWereQuicker
        As `accept`.
    """
    why = whole(reason, longest=LONGEST_REASON)
    _settle(pk, Step.BROKEN, Event.Kind.SHARED_BROKEN, by, reason=why)


def _answer(pk: int, to: Step, kind: Event.Kind, by: Actor) -> None:
    _require(get_shared(by, pk), to)
    assert by.post_id is not None, "a member's post is somebody's"
    try:
        with transaction.atomic():
            made = Part.objects.create(
                shared_id=pk, post_id=by.post_id, step=to.value, answered_on=today()
            )
    except IntegrityError as error:
        raise _too_late() from error
    record(kind, by=by, about=made)


def _settle(
    pk: int, to: Step, kind: Event.Kind, by: Actor, *, reason: str = ""
) -> None:
    _require(get_shared(by, pk), to)
    own = Part.objects.filter(shared_id=pk, post_id=by.post_id or 0)
    still = own.filter(step=Step.ACCEPTED.value)
    if not still.update(step=to.value, settled_on=today(), reason=reason):
        raise _too_late()
    record(kind, by=by, about=own.get())


def _require(found: Shared, to: Step) -> None:
    require(found.verdicts[to], otherwise=Refused)


def _too_late() -> OthersWereQuicker:
    return OthersWereQuicker(
        _("Somebody has changed the commitment. Read it again first.")
    )
