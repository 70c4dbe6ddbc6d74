"""Support as it is read: what is offered, what is needed, and how it goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.conditions.queries.offers import Kept, Offer, Offered
from kaeden.conditions.queries.support import MyNeeds, ReadNeed
from kaeden.conditions.rules.support import OPEN, RATING_NAMES, Side, Step
from kaeden.presentation.charts.marks import Press, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """What one post offers, its promise, and how it is kept."""

    id: int
    post: str
    what: str
    for_whom: str
    promise: str
    kept: tuple[str, ...]
    words: tuple[str, ...]
    ask_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPage:
    """All that is offered in a municipality; `anybody` is what nobody is asked of."""

    lead: str
    offers: tuple[OfferView, ...]
    anybody: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """A need, ready to be read by one post."""

    id: int
    who: str
    words: str
    wanted: str
    state: str
    tone: Tone
    answer: str
    reason: str
    decision: str
    decided: str
    rated: str
    href: str
    presses: tuple[Press, ...]
    may_answer: bool
    may_fail: bool
    may_rate: bool
    may_decide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportPage:
    """What one's post needs, what is put to it, and what waits below it."""

    own: tuple[NeedView, ...]
    put_to_me: tuple[NeedView, ...]
    unmet: tuple[NeedView, ...]
    over: tuple[NeedView, ...]
    offers: tuple[OfferView, ...]


def offered(found: Offered, *, asks: bool) -> OfferedPage:
    """Return the page of a municipality; `asks` says that the reader writes needs."""
    count = len(found.offers)
    lead = ngettext(
        "%(count)d offer of support. Each promises an answer within so many working days.",
        "%(count)d offers of support. Each promises an answer within so many working "
        "days.",
        count,
    )
    return OfferedPage(
        lead=lead % {"count": count} if count else "",
        offers=tuple(offer(one, asks=asks) for one in found.offers),
        anybody=(*_answers(found.for_anybody), _waiting(found.for_anybody.waiting)),
    )


def offer(one: Offer, *, asks: bool = False, words: Sequence[str] = ()) -> OfferView:
    """Return an offer as it is read; `words` are those of whom it has served."""
    promise = ngettext(
        "Answers within %(days)d working day",
        "Answers within %(days)d working days",
        one.answer_days,
    )
    ask = f"{reverse('web:new_need')}?tilbud={one.id}"
    return OfferView(
        id=one.id,
        post=one.post,
        what=one.what,
        for_whom=one.for_whom,
        promise=promise % {"days": one.answer_days},
        kept=_kept(one.kept),
        words=tuple(words),
        ask_href=ask if asks else "",
    )


def _kept(kept: Kept) -> tuple[str, ...]:
    """Return how a promise is kept: the answers, the rating, what waits."""
    return (*_answers(kept), _rating(kept), _waiting(kept.waiting))


def _answers(kept: Kept) -> tuple[str, ...]:
    if kept.median is None:
        return (_("Nothing has been answered yet."),)
    within = ngettext(
        "Half of the answers came within %(median)d working day.",
        "Half of the answers came within %(median)d working days.",
        kept.median,
    )
    said = within if kept.median else _("Half of the answers came the same day.")
    in_time = _("%(in_time)d of %(answered)d answers came within the promise.")
    return (
        said % {"median": kept.median},
        in_time % {"in_time": kept.in_time, "answered": kept.answered},
    )


def _rating(kept: Kept) -> str:
    if kept.rating is None:
        return _("The rating is shown when five have rated.")
    return _("The typical rating of %(rated)d: “%(rating)s”.") % {
        "rated": kept.rated,
        "rating": RATING_NAMES[kept.rating],
    }


def _waiting(waiting: int) -> str:
    said = ngettext("%(count)d need waits.", "%(count)d needs wait.", waiting)
    return said % {"count": waiting} if waiting else _("No need waits.")


def page(
    found: MyNeeds, unmet: Iterable[ReadNeed], offers: Iterable[OfferView]
) -> SupportPage:
    """Return the page of one post."""
    open_own = [one for one in found.own if not _is_done(one)]
    open_mine = [one for one in found.put_to_me if one.step in OPEN]
    over = (one for one in (*found.own, *found.put_to_me))
    shown = {one.id for one in (*open_own, *open_mine)}
    return SupportPage(
        own=tuple(view(one) for one in open_own),
        put_to_me=tuple(view(one) for one in open_mine),
        unmet=tuple(view(one) for one in unmet),
        over=tuple(view(one) for one in over if one.id not in shown),
        offers=tuple(offers),
    )


def _is_done(one: ReadNeed) -> bool:
    """Whether nothing more is asked of the post that had the need."""
    return one.step not in OPEN and not one.may_rate


def view(one: ReadNeed) -> NeedView:
    """Return one need as one post reads it."""
    return NeedView(
        id=one.id,
        who=_who(one),
        words=one.words,
        wanted=_("Wanted by %(day)s") % {"day": date_format(one.wanted_by)},
        state=_state(one),
        tone=_tone(one),
        answer=one.answer,
        reason=one.reason,
        decision=one.decision,
        decided=_decided(one),
        rated=str(RATING_NAMES[one.rating]) if one.rating else "",
        href=reverse("web:need", args=[one.id]),
        presses=tuple(_presses(one)),
        may_answer=bool(one.verdicts[Step.ANSWERED]),
        may_fail=bool(one.verdicts[Step.NOT_MET]),
        may_rate=bool(one.may_rate),
        may_decide=bool(one.may_decide),
    )


def _who(one: ReadNeed) -> str:
    to = one.offer or _("anybody who can help")
    if one.side is Side.ASKER:
        return _("You need, of %(offer)s") % {"offer": to}
    return _("%(asker)s needs, of %(offer)s") % {"asker": one.asker, "offer": to}


def _state(one: ReadNeed) -> str:
    said = {
        "support": one.support or _("anybody who can help"),
        "asked": date_format(one.asked_on),
        "by": date_format(one.answer_by),
    }
    if one.step is Step.ASKED:
        if one.is_late:
            return _("Asked %(asked)s. %(support)s was to answer by %(by)s.") % said
        return _("Asked %(asked)s. %(support)s answers by %(by)s.") % said
    if one.step is Step.ANSWERED and one.met_by:
        said |= {"met": date_format(one.met_by)}
        if one.is_late:
            return _("%(support)s was to meet it by %(met)s.") % said
        return _("%(support)s meets it by %(met)s.") % said
    return _over(one)


def _over(one: ReadNeed) -> str:
    assert one.settled_on, "what is over has its day"
    day = {"day": date_format(one.settled_on)}
    words = {
        Step.MET: _("Met %(day)s"),
        Step.NOT_MET: _("Not met. Noted %(day)s."),
        Step.WITHDRAWN: _("Taken back %(day)s"),
    }
    return words[one.step] % day


def _decided(one: ReadNeed) -> str:
    if one.decided_on is None:
        return ""
    said = {"who": one.decided_by, "day": date_format(one.decided_on)}
    return _("%(who)s answered %(day)s") % said


def _tone(one: ReadNeed) -> Tone:
    if one.step is Step.MET:
        return Tone.GOOD
    if one.is_late or one.step is Step.NOT_MET:
        return Tone.BAD
    return Tone.UNSURE if one.step is Step.ASKED else Tone.NEUTRAL


def _presses(one: ReadNeed) -> list[Press]:
    """Return the buttons that are open to this post, and no others."""
    words = {
        Step.MET: ("web:meet_need", _("It is met")),
        Step.WITHDRAWN: ("web:withdraw_need", _("Take the need back")),
    }
    return [
        Press(
            href=reverse(route, args=[one.id]),
            text=text,
            why_not="",
            id=f"{step.value}-{one.id}",
            secondary=step is Step.WITHDRAWN,
        )
        for step, (route, text) in words.items()
        if one.verdicts[step]
    ]
