"""Offer support, need it, answer, meet, rate and decide: each verb once, for every door."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.conditions.errors import NoSuchOffer, OthersWereQuicker
from kaeden.conditions.models import SupportNeed, SupportOffer
from kaeden.conditions.queries.offers import get_offer
from kaeden.conditions.queries.support import get_row
from kaeden.conditions.rules.support import (
    ANYBODY_ANSWERS_WITHIN,
    FASTEST,
    LATEST,
    LONGEST,
    LONGEST_OFFER,
    LONGEST_REASON,
    SLOWEST,
    Rating,
    Side,
    Step,
    is_a_fair_day,
)
from kaeden.shared.clock import today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.workdays import workdays_after
from kaeden.shared.written import whole


@transaction.atomic
def offer(what: str, for_whom: str, answer_days: int, *, by: Actor) -> SupportOffer:
    """Offer something to others, with a promise of an answer in so many working days.

    Raises
    ------
    Forbidden
        If `by`'s post offers nothing.
    BadInput
        If the words can't be kept, or the promise is not 1 to 30 working days.
    Refused
        If the post offers the same already.
    """
    require(may(by, Permission.OFFER_SUPPORT, at=by.path))
    text = whole(what, longest=LONGEST_OFFER)
    whom = whole(for_whom, longest=LONGEST_OFFER)
    if not FASTEST <= answer_days <= SLOWEST:
        raise BadInput(
            _("Promise an answer within %(from)d to %(to)d working days.")
            % {"from": FASTEST, "to": SLOWEST}
        )
    assert by.user_id is not None, "who offers holds a post"
    assert by.post_id is not None, "who offers holds a post"
    wait_for_turn(f"offers {by.post_id}")
    again = SupportOffer.objects.filter(post_id=by.post_id, what=text)
    if again.filter(ended_on__isnull=True).exists():
        raise Refused(_("Your post offers this already."))
    made = SupportOffer.objects.create(
        post_id=by.post_id,
        made_by_id=by.user_id,
        what=text,
        for_whom=whom,
        answer_days=answer_days,
        begun_on=today(),
    )
    record(Event.Kind.SUPPORT_OFFERED, by=by, about=made)
    return made


@transaction.atomic
def end_offer(pk: int, *, by: Actor) -> None:
    """Let an offer end; what has been asked of it is still answered.

    Raises
    ------
    NoSuchOffer
        If it is another post's, or has ended.
    """
    still = SupportOffer.objects.filter(
        pk=pk, post_id=by.post_id or 0, ended_on__isnull=True
    )
    if not still.update(ended_on=today()):
        raise NoSuchOffer(_("There is no such offer of your post."))
    record(Event.Kind.SUPPORT_ENDED, by=by, about=SupportOffer(pk=pk))


@transaction.atomic
def need(
    words: str, *, wanted_by: date, by: Actor, of: int | None = None
) -> SupportNeed:
    """Write what one's post needs: of an offer, or of anybody who can help.

    Raises
    ------
    Forbidden
        If `by`'s post leads nobody.
    NoSuchOffer
        If the offer is not in the municipality, or has ended.
    BadInput
        If the words can't be kept, or the day has passed or lies too far ahead.
    Refused
        If it is one's own offer.
    """
    require(may(by, Permission.WRITE_NEED, at=by.path))
    text = whole(words, longest=LONGEST)
    _require_a_fair_day(wanted_by)
    found = get_offer(of, town="/".join(by.path.split("/")[:2])) if of else None
    if found is not None and found.post_id == by.post_id:
        raise Refused(_("Your post offers this itself."))
    days = found.answer_days if found else ANYBODY_ANSWERS_WITHIN
    assert by.user_id is not None, "who leads holds a post"
    assert by.post_id is not None, "who leads holds a post"
    made = SupportNeed.objects.create(
        asked_by_id=by.post_id,
        made_by_id=by.user_id,
        offer=found,
        words=text,
        wanted_by=wanted_by,
        asked_on=today(),
        answer_by=workdays_after(today(), days),
    )
    record(Event.Kind.NEED_WRITTEN, by=by, about=made)
    return made


@transaction.atomic
def answer(pk: int, words: str, *, met_by: date, by: Actor) -> None:
    """Answer a need, with the day by which it is met.

    Raises
    ------
    NoSuchNeed
        If it is not for `by`'s post.
    BadInput
        If the words can't be kept, or the day has passed or lies too far ahead.
    Refused
        If it is not this post's to answer, or not any more.
    OthersWereQuicker
        If somebody took another step just now.
    """
    row, read = get_row(by, pk)
    require(read.verdicts[Step.ANSWERED], otherwise=Refused)
    text = whole(words, longest=LONGEST)
    _require_a_fair_day(met_by)
    facts = {"answer": text, "met_by": met_by} | _answered(by)
    _move(row, Step.ANSWERED, **facts)
    record(Event.Kind.NEED_ANSWERED, by=by, about=row)


@transaction.atomic
def meet(pk: int, *, by: Actor) -> None:
    """Note that one's need has been met.

    Raises
    ------
    NoSuchNeed, Refused, OthersWereQuicker
        As `answer`.
    """
    _settle(pk, Step.MET, Event.Kind.NEED_MET, by)


@transaction.atomic
def fail(pk: int, reason: str, *, by: Actor) -> None:
    """Note that a need is not met, and why; the posts above are told.

    Raises
    ------
    BadInput
        If there is no reason, or it can't be kept.
    NoSuchNeed, Refused, OthersWereQuicker
        As `answer`.
    """
    why = whole(reason, longest=LONGEST_REASON)
    _settle(pk, Step.NOT_MET, Event.Kind.NEED_NOT_MET, by, reason=why)


@transaction.atomic
def withdraw(pk: int, *, by: Actor) -> None:
    """Take one's need back.

    Raises
    ------
    NoSuchNeed, Refused, OthersWereQuicker
        As `answer`.
    """
    _settle(pk, Step.WITHDRAWN, Event.Kind.NEED_WITHDRAWN, by)


@transaction.atomic
def rate(pk: int, rating: Rating, words: str = "", *, by: Actor) -> None:
    """Say what the support was worth, once; the row in the trail says not what.

    Raises
    ------
    NoSuchNeed
        If it is not for `by`'s post.
    BadInput
        If there are words that can't be kept.
    Refused
        If it is not over, another's, or rated.
    """
    row, read = get_row(by, pk)
    require(read.may_rate, otherwise=Refused)
    added = whole(words, longest=LONGEST_REASON) if words.strip() else ""
    unrated = SupportNeed.objects.filter(pk=pk, rating__isnull=True)
    if not unrated.update(rating=rating, rating_words=added, rated_on=today()):
        raise OthersWereQuicker(_("The support has been rated just now."))
    record(Event.Kind.SUPPORT_RATED, by=by, about=row)


@transaction.atomic
def decide(pk: int, words: str, *, by: Actor) -> None:
    """Answer a need that is not met, from above.

    Raises
    ------
    NoSuchNeed
        If it is not for `by`'s post.
    BadInput
        If the words can't be kept.
    Refused
        If it is not unmet, or has an answer from above.
    OthersWereQuicker
        If somebody answered it just now.
    """
    row, read = get_row(by, pk)
    require(read.may_decide, otherwise=Refused)
    text = whole(words, longest=LONGEST)
    facts = {"decided_on": today(), "decided_by_id": by.post_id}
    undecided = SupportNeed.objects.filter(pk=pk, decided_on__isnull=True)
    if not undecided.update(decision=text, **facts):
        raise OthersWereQuicker(
            _("Another post above has answered the need. Read it again first.")
        )
    record(Event.Kind.NEED_DECIDED, by=by, about=row)


def _require_a_fair_day(day: date) -> None:
    if not is_a_fair_day(day, asked_on=today()):
        raise BadInput(
            _("Choose a day from today and %(days)d days ahead at the most.")
            % {"days": LATEST.days}
        )


def _answered(by: Actor) -> dict[str, object]:
    return {"answered_on": today(), "answered_by_id": by.post_id}


def _settle(
    pk: int, to: Step, kind: Event.Kind, by: Actor, *, reason: str = ""
) -> None:
    row, read = get_row(by, pk)
    require(read.verdicts[to], otherwise=Refused)
    facts: dict[str, object] = {"settled_on": today(), "settled_by_id": by.post_id}
    if read.side is Side.SUPPORT and row.answered_on is None:
        # A no with its reason is an answer too, and counts as one.
        facts |= _answered(by)
    _move(row, to, reason=reason, **facts)
    record(kind, by=by, about=row)


def _move(row: SupportNeed, to: Step, **facts: object) -> None:
    """Take a step from where the need was read, if nobody was quicker (1 query)."""
    unchanged = SupportNeed.objects.filter(pk=row.pk, step=row.step)
    if not unchanged.update(step=to.value, **facts):
        raise OthersWereQuicker(
            _("Somebody has changed the need. Read it again first.")
        )
