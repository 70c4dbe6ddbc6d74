"""Propose, discuss, confirm and withdraw expectations: each verb once.

Every verb first waits for its turn at the wordings of its link and way, and judges them
as they then are: of two who press at once, the second is told what the first has done.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import Actor, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import Confirmation, Expectation
from kaeden.dialogue.queries.expectations import current, get_expectation
from kaeden.dialogue.queries.links import SeenLink, get_link
from kaeden.dialogue.rules.expectations import LONGEST, Verb, Way, may_act
from kaeden.shared.clock import today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import Refused
from kaeden.shared.written import whole

NEWER = _("New words have been written meanwhile. Read them first.")


@transaction.atomic
def propose(
    link_id: int, way: Way, words: str, *, after: int, by: Actor
) -> Expectation:
    """Propose what one end of a link may expect; earlier confirmations fall away.

    `after` is the number of the wording that the writer had read, 0 if there was none.

    Raises
    ------
    NoSuchLink
        If `by`'s post is at neither end of it today.
    BadInput
        If the words are missing, too long, or name a person by a CPR number.
    OthersWereQuicker
        If there are newer words than those the writer had read.
    """
    link = get_link(by, link_id)
    assert by.user_id is not None, "a post at an end is somebody's"
    text = whole(words, longest=LONGEST)
    _wait_for_turn(link, way)
    now = current(link, way)
    if (now.wording.number if now.wording else 0) != after:
        raise OthersWereQuicker(NEWER)
    made = Expectation.objects.create(
        upper_id=link.upper,
        lower_id=link.lower,
        way=way.value,
        number=after + 1,
        words=text,
        proposed_by=link.end.value,
        made_by_id=by.user_id,
        proposed_on=today(),
    )
    record(Event.Kind.EXPECTATION_PROPOSED, by=by, about=made)
    return made


@transaction.atomic
def discuss(pk: int, *, by: Actor) -> None:
    """Note that the two posts have talked about proposed words.

    Raises
    ------
    NoSuchExpectation
        If `by`'s post is at neither end.
    Refused
        If there is nothing new to talk about.
    OthersWereQuicker
        If there are newer words.
    """
    expectation, _link = _held(pk, Verb.DISCUSS, by)
    Expectation.objects.filter(pk=expectation.pk).update(discussed_on=today())
    record(Event.Kind.EXPECTATION_DISCUSSED, by=by, about=expectation)


@transaction.atomic
def confirm(pk: int, *, by: Actor) -> None:
    """Confirm a wording for one's own end, for a year; or confirm it anew.

    Raises
    ------
    NoSuchExpectation
        If `by`'s post is at neither end.
    Refused
        If it is not to be confirmed now; the sentence says why.
    OthersWereQuicker
        If there are newer words.
    """
    expectation, link = _held(pk, Verb.CONFIRM, by)
    upper, lower = link.pair.upper, link.pair.lower
    assert upper is not None, "only whole pairs may confirm"
    assert lower is not None, "only whole pairs may confirm"
    Confirmation.objects.create(
        expectation=expectation,
        end=link.end.value,
        upper_holding_id=upper,
        lower_holding_id=lower,
        on=today(),
    )
    record(Event.Kind.EXPECTATION_CONFIRMED, by=by, about=expectation)


@transaction.atomic
def withdraw(pk: int, *, by: Actor) -> None:
    """Take words back: one's own proposal, or what both once agreed on.

    Raises
    ------
    NoSuchExpectation
        If `by`'s post is at neither end.
    Refused
        If these are not words that this end can take back.
    OthersWereQuicker
        If there are newer words.
    """
    expectation, _link = _held(pk, Verb.WITHDRAW, by)
    Expectation.objects.filter(pk=expectation.pk).update(withdrawn_on=today())
    record(Event.Kind.EXPECTATION_WITHDRAWN, by=by, about=expectation)


def _held(pk: int, verb: Verb, by: Actor) -> tuple[Expectation, SeenLink]:
    """Return a wording that is current and open to a verb, held until we are done."""
    expectation, link = get_expectation(by, pk)
    way = Way(expectation.way)
    _wait_for_turn(link, way)
    now = current(link, way)
    if now.wording is None or now.wording.id != pk:
        raise OthersWereQuicker(NEWER)
    verdict = may_act(verb, now, end=link.end, pair=link.pair, on=today())
    require(verdict, otherwise=Refused)
    return expectation, link


def _wait_for_turn(link: SeenLink, way: Way) -> None:
    """Let nobody else change these wordings until the transaction ends (1 query)."""
    wait_for_turn(f"expectation {link.upper} {link.lower} {way}")
