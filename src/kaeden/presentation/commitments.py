"""What one has promised and been promised, in the words of the post that reads."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.dialogue.queries.commitments import (
    Hanging,
    LineCount,
    MyCommitments,
    Promised,
)
from kaeden.dialogue.queries.links import SeenLink
from kaeden.dialogue.rules.commitments import Occasion, Step
from kaeden.presentation.charts.marks import ListItem, Press, Tone
from kaeden.presentation.occasions import begin_href, item
from kaeden.shared.clock import today

PRESSES: dict[Step, tuple[str, str | Promise]] = {
    Step.ACCEPTED: ("web:accept_commitment", gettext_lazy("Accept")),
    Step.KEPT: ("web:keep_commitment", gettext_lazy("It is kept")),
    Step.DECLINED: ("web:decline_commitment", gettext_lazy("Decline")),
}
"""The steps that one press takes; to give up and to renegotiate take words."""

SETTLED: dict[Step, str | Promise] = {
    Step.KEPT: gettext_lazy("Kept. Noted by %(who)s %(day)s."),
    Step.BROKEN: gettext_lazy("Not kept. Noted by %(who)s %(day)s."),
    Step.DECLINED: gettext_lazy("Declined by %(who)s %(day)s."),
    Step.RENEGOTIATED: gettext_lazy("Replaced by another commitment %(day)s."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentView:
    """A commitment, ready to be read."""

    id: int
    who: str
    words: str
    state: str
    reason: str
    tone: Tone
    href: str
    presses: tuple[Press, ...]
    may_give_up: bool
    may_renegotiate: bool
    why_not: str
    follows_href: str
    hangs_on: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentsPage:
    """All of one's commitments: what waits, what holds, what is over."""

    lead: str
    waiting: tuple[CommitmentView, ...]
    from_me: tuple[CommitmentView, ...]
    to_me: tuple[CommitmentView, ...]
    proposed: tuple[CommitmentView, ...]
    settled: tuple[CommitmentView, ...]
    fresh: tuple[ListItem, ...]
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HangingView:
    """The commitments on a thing's own page, and the way to another."""

    shown: tuple[CommitmentView, ...]
    others: str
    begin_href: str


def build(
    found: MyCommitments, links: list[SeenLink], line: LineCount | None
) -> CommitmentsPage:
    """Return the page of one post; `links` are those across which one can promise."""
    return CommitmentsPage(
        lead=_lead(found),
        waiting=tuple(view(one) for one in found.waiting),
        from_me=tuple(view(one) for one in found.from_me),
        to_me=tuple(view(one) for one in found.to_me),
        proposed=tuple(view(one) for one in found.proposed),
        settled=tuple(view(one) for one in found.settled),
        fresh=tuple(
            ListItem(text=one.across, href=reverse("web:new_commitment", args=[one.id]))
            for one in links
        ),
        line=line_words(line) if line else "",
    )


def _lead(found: MyCommitments) -> str:
    held = (*found.from_me, *found.to_me)
    if not held and not found.waiting:
        return _("You have no commitments now.")
    late = sum(one.is_overdue for one in held)
    parts = [
        ngettext(
            "%(count)d commitment holds.", "%(count)d commitments hold.", len(held)
        )
        % {"count": len(held)}
    ]
    if late:
        parts.append(
            ngettext(
                "%(count)d is past its day.", "%(count)d are past their day.", late
            )
            % {"count": late}
        )
    return " ".join(parts)


def line_words(line: LineCount) -> str:
    """Return how many there are further down one's line."""
    return _(
        "Further down your line: %(held)s commitments hold, %(overdue)s of them past "
        "their day. %(kept)s have been kept, %(broken)s have not. The words are for the "
        "two of each alone."
    ) % {
        "held": line.held,
        "overdue": line.overdue,
        "kept": line.kept,
        "broken": line.broken,
    }


def view(one: Promised) -> CommitmentView:
    """Return one commitment as one of its two posts sees it."""
    another = one.verdicts[Step.RENEGOTIATED]
    return CommitmentView(
        id=one.id,
        who=_who(one),
        words=one.words,
        state=_state(one),
        reason=one.reason,
        tone=_tone(one),
        href=reverse("web:commitment", args=[one.id]),
        presses=tuple(_presses(one)),
        may_give_up=bool(one.verdicts[Step.BROKEN]),
        may_renegotiate=bool(another),
        why_not="" if another or one.settled_on else str(another.why_not),
        follows_href=reverse("web:commitment", args=[one.follows])
        if one.follows
        else "",
        hangs_on=tuple(item(thing) for thing in one.hangs_on),
    )


def hanging(found: Hanging, occasion: Occasion, *address: str | int) -> HangingView:
    """Return what hangs on a thing, for somebody with a post."""
    return HangingView(
        shown=tuple(_beside(one, occasion) for one in found.mine),
        others=line_words(found.others) if found.others else "",
        begin_href=begin_href(occasion, *address),
    )


def _beside(one: Promised, occasion: Occasion) -> CommitmentView:
    """Return a commitment on the page of what it hangs on, which need not be named."""
    others = (thing for thing in one.hangs_on if thing.occasion is not occasion)
    return view(replace(one, hangs_on=tuple(others)))


def _who(one: Promised) -> str:
    is_open = one.step in {Step.PROPOSED, Step.DECLINED}
    forms = {
        (True, False): _("You have promised %(across)s"),
        (False, False): _("%(across)s has promised you"),
        (True, True): _("You promise %(across)s"),
        (False, True): _("%(across)s promises you"),
    }
    return forms[one.is_mine, is_open] % {"across": one.across}


def _state(one: Promised) -> str:
    if one.settled_on:
        said = {"who": one.settled_by, "day": date_format(one.settled_on)}
        return str(SETTLED[one.step]) % said
    day = date_format(one.due)
    if one.step is Step.PROPOSED:
        return _waits(one) % {"across": one.across, "day": day}
    if not one.is_overdue:
        return _("By %(day)s") % {"day": day}
    days = (today() - one.due).days
    return ngettext(
        "Was due %(day)s, %(days)d day ago", "Was due %(day)s, %(days)d days ago", days
    ) % {"day": day, "days": days}


def _waits(one: Promised) -> str:
    if one.waits_for_me:
        return _("Proposed, by %(day)s. Waits for your yes.")
    return _("Proposed, by %(day)s. Waits for %(across)s.")


def _tone(one: Promised) -> Tone:
    if one.step is Step.KEPT:
        return Tone.GOOD
    if one.is_overdue:
        return Tone.BAD
    return Tone.UNSURE if one.step is Step.PROPOSED else Tone.NEUTRAL


def _presses(one: Promised) -> list[Press]:
    """Return the buttons that are open to this post, and no others."""
    words = {
        step: _("Take it back") if step is Step.DECLINED and one.is_proposer else text
        for step, (_route, text) in PRESSES.items()
    }
    return [
        Press(
            href=reverse(route, args=[one.id]),
            text=str(words[step]),
            why_not="",
            id=f"{step.value}-{one.id}",
            secondary=step is Step.DECLINED,
        )
        for step, (route, _text) in PRESSES.items()
        if one.verdicts[step]
    ]
