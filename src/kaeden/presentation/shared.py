"""What a community has agreed on, how it is followed up, and its visits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.dialogue.queries.shared import MemberPart, Shared
from kaeden.dialogue.queries.visits import SeenVisit
from kaeden.dialogue.rules.commitments import Step
from kaeden.dialogue.rules.shared import Rate
from kaeden.organisation.models import Post
from kaeden.presentation.charts.marks import ListItem, Press, Tone
from kaeden.presentation.communities import post_words
from kaeden.presentation.visits import VisitView
from kaeden.presentation.visits import view as visit

PRESSES: Mapping[Step, tuple[str, str | Promise]] = {
    Step.ACCEPTED: ("web:accept_shared", gettext_lazy("I take part")),
    Step.KEPT: ("web:keep_shared", gettext_lazy("I have done it")),
    Step.DECLINED: ("web:decline_shared", gettext_lazy("Not for me")),
}
"""The steps that one press takes; to say that one did not takes words."""

STATES: Mapping[Step, str | Promise] = {
    Step.PROPOSED: gettext_lazy("Waits for your answer. By %(day)s."),
    Step.ACCEPTED: gettext_lazy("You take part. By %(day)s."),
    Step.DECLINED: gettext_lazy("You have said that it is not for you."),
    Step.KEPT: gettext_lazy("You have done it."),
    Step.BROKEN: gettext_lazy("You have not done it."),
}
OTHERS: Mapping[Step, str | Promise] = {
    Step.PROPOSED: gettext_lazy("has not answered"),
    Step.ACCEPTED: gettext_lazy("takes part"),
    Step.DECLINED: gettext_lazy("does not take part"),
    Step.KEPT: gettext_lazy("has done it"),
    Step.BROKEN: gettext_lazy("has not done it"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedView:
    """A shared commitment, ready to be read by a member."""

    id: int
    who: str
    words: str
    state: str
    reason: str
    tone: Tone
    href: str
    presses: tuple[Press, ...]
    hangs_on: tuple[ListItem, ...]
    follow_up: str
    parts: tuple[ListItem, ...]
    may_give_up: bool
    may_withdraw: bool
    community_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What a community's page shows of it; words and visits are for members alone."""

    is_member: bool
    shared: tuple[SharedView, ...]
    visits: tuple[VisitView, ...]
    hosts: tuple[ListItem, ...]
    numbers: tuple[str, ...]
    why_no_numbers: str


def together(
    found: Iterable[Shared],
    visits: Iterable[SeenVisit],
    hosts: Iterable[Post],
    rates: tuple[Rate | None, Rate | None],
    *,
    is_member: bool,
) -> Together:
    """Return what a community has agreed on; `rates` are of commitments and visits."""
    few = _("It has so few members that numbers would tell of single persons.")
    nothing = _("Nothing that was agreed on has been due yet.")
    return Together(
        is_member=is_member,
        shared=views(found),
        visits=tuple(visit(one) for one in visits),
        hosts=tuple(
            ListItem(text=post_words(one), href=reverse("web:new_visit", args=[one.pk]))
            for one in hosts
        ),
        numbers=numbers(*rates),
        why_no_numbers=few if rates[0] is None else nothing,
    )


def view(one: Shared) -> SharedView:
    """Return one shared commitment as a member sees it."""
    href = reverse("web:community", args=[one.town, one.key])
    return SharedView(
        id=one.id,
        who=_("Together in %(community)s") % {"community": one.community},
        words=one.words,
        state=_state(one),
        reason=one.reason,
        tone=_tone(one),
        href=reverse("web:shared_commitment", args=[one.id]),
        presses=tuple(_presses(one)),
        hangs_on=(),
        follow_up=rate_words(one.rate),
        parts=tuple(_part(part) for part in one.parts),
        may_give_up=bool(one.verdicts[Step.BROKEN]),
        may_withdraw=one.is_proposer and not one.is_withdrawn,
        community_href=href,
    )


def rate_words(rate: Rate | None) -> str:
    """Return a rate as people say it; empty where nothing was due or may be told."""
    if rate is None or not rate.due:
        return ""
    return _("%(done)s of %(due)s that were due have been kept.") % {
        "done": rate.done,
        "due": rate.due,
    }


def visit_words(rate: Rate | None) -> str:
    """Return how many visits came true; empty where none was due or may be told."""
    if rate is None or not rate.due:
        return ""
    return _("%(done)s of %(due)s planned visits have been held.") % {
        "done": rate.done,
        "due": rate.due,
    }


def numbers(kept: Rate | None, held: Rate | None) -> tuple[str, ...]:
    """Return the follow-up of a community in sentences, those that can be said."""
    return tuple(words for words in (rate_words(kept), visit_words(held)) if words)


def views(found: Iterable[Shared]) -> tuple[SharedView, ...]:
    """Return shared commitments, those that wait for one first."""
    waiting = sorted(found, key=lambda one: one.step is not Step.PROPOSED)
    return tuple(view(one) for one in waiting)


def open_ones(found: Iterable[Shared]) -> tuple[SharedView, ...]:
    """Return those that one is to answer, or has still to do."""
    still = {Step.PROPOSED, Step.ACCEPTED}
    return views(
        one
        for one in found
        if one.step in still and not (one.is_withdrawn and one.step is Step.PROPOSED)
    )


def _state(one: Shared) -> str:
    if one.is_withdrawn and one.step is Step.PROPOSED:
        return _("It has been taken back.")
    return str(STATES[one.step]) % {"day": date_format(one.due)}


def _tone(one: Shared) -> Tone:
    if one.step is Step.KEPT:
        return Tone.GOOD
    if one.is_overdue:
        return Tone.BAD
    return Tone.UNSURE if one.step is Step.PROPOSED else Tone.NEUTRAL


def _part(part: MemberPart) -> ListItem:
    said = str(OTHERS[part.step])
    return ListItem(
        text=part.post, note=f"{said}: {part.reason}" if part.reason else said
    )


def _presses(one: Shared) -> list[Press]:
    return [
        Press(
            href=reverse(route, args=[one.id]),
            text=str(text),
            why_not="",
            id=f"shared-{step.value}-{one.id}",
            secondary=step is Step.DECLINED,
        )
        for step, (route, text) in PRESSES.items()
        if one.verdicts[step]
    ]
