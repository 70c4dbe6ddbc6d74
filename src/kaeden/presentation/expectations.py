"""What is expected in each link, in the words of the end that reads."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.access.rules import Verdict
from kaeden.dialogue.queries.expectations import (
    Expected,
    LineState,
    LinkExpectations,
    MyExpectations,
)
from kaeden.dialogue.rules.expectations import AGREED, State, Verb, Way, Wording
from kaeden.dialogue.rules.links import End
from kaeden.presentation.charts.marks import ListItem, Press, Tone

TITLES: dict[tuple[Way, End], str | Promise] = {
    (Way.DOWN, End.UPPER): gettext_lazy("What you expect"),
    (Way.DOWN, End.LOWER): gettext_lazy("What is expected of you"),
    (Way.UP, End.UPPER): gettext_lazy("What may be expected of you"),
    (Way.UP, End.LOWER): gettext_lazy("What you may expect"),
}
STATES: dict[State, str | Promise] = {
    State.NONE: gettext_lazy("Not written yet"),
    State.PROPOSED: gettext_lazy("Proposed %(day)s, not talked about yet"),
    State.DISCUSSED: gettext_lazy("Talked about %(day)s, not confirmed yet"),
    State.HALF_CONFIRMED: gettext_lazy("Confirmed by one of you"),
    State.CONFIRMED: gettext_lazy("Confirmed by both until %(day)s"),
    State.LAPSED: gettext_lazy("To be confirmed again"),
    State.WITHDRAWN: gettext_lazy("Taken back %(day)s"),
}
BUTTONS: dict[Verb, tuple[str, str | Promise]] = {
    Verb.DISCUSS: ("web:discuss_expectation", gettext_lazy("We have talked about it")),
    Verb.CONFIRM: ("web:confirm_expectation", gettext_lazy("Confirm")),
    Verb.WITHDRAW: ("web:withdraw_expectation", gettext_lazy("Take the words back")),
}
ADDRESS = {Way.DOWN: "nedad", Way.UP: "opad"}
"""The Danish word for each way in an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A wording that is no longer the current one."""

    words: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayView:
    """One way of a link, ready to be read."""

    id: str
    way: str
    across: str
    title: str
    words: str
    state: str
    waits: str
    tone: Tone
    number: int
    presses: tuple[Press, ...]
    earlier: tuple[Earlier, ...]
    propose_href: str
    is_written: bool
    wording: int | None

    @property
    def next_presses(self) -> tuple[Press, ...]:
        """The buttons that bring it further now."""
        return tuple(one for one in self.presses if not (one.why_not or one.secondary))


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """Both ways of a link, and the address where more can be done."""

    across: str
    href: str
    is_vacant: bool
    ways: tuple[WayView, WayView]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationsPage:
    """All of one's links, those that wait for oneself first of all."""

    lead: str
    waiting: tuple[tuple[LinkView, WayView], ...]
    unwritten: tuple[ListItem, ...]
    up: tuple[LinkView, ...]
    down: tuple[LinkView, ...]
    below: tuple[LineState, ...]
    below_words: str


def build(found: MyExpectations, below: list[LineState]) -> ExpectationsPage:
    """Return the page of one post."""
    unsettled = [one for one in below if one.confirmed < one.asked]
    waiting = _waiting(found)
    return ExpectationsPage(
        lead=_lead(found),
        waiting=tuple((one, way) for one, way in waiting if way.is_written),
        unwritten=tuple(
            ListItem(text=one.across, href=one.href, note=way.title)
            for one, way in waiting
            if not way.is_written
        ),
        up=(link(found.up),) if found.up else (),
        down=tuple(link(one) for one in found.down),
        below=tuple(unsettled),
        below_words=_("%(whole)s of %(all)s links have confirmed both ways.")
        % {"whole": len(below) - len(unsettled), "all": len(below)},
    )


def _lead(found: MyExpectations) -> str:
    if not found.links:
        return _("Your post has no link to another one in the chain.")
    waiting = sum(one.is_mine for seen in found.waiting for one in seen.ways)
    confirmed = _("%(confirmed)s of %(all)s are confirmed by both ends.") % {
        "confirmed": found.confirmed,
        "all": found.asked,
    }
    if not waiting:
        return confirmed
    mine = ngettext("%(count)d waits for you.", "%(count)d wait for you.", waiting) % {
        "count": waiting
    }
    return f"{confirmed} {mine}"


def _waiting(found: MyExpectations) -> list[tuple[LinkView, WayView]]:
    pairs = [(link(one), one) for one in found.waiting]
    return [
        (view, way)
        for view, one in pairs
        for way, known in zip(view.ways, one.ways, strict=True)
        if known.is_mine
    ]


def link(one: LinkExpectations) -> LinkView:
    """Return one link as the end that reads sees it."""
    down, up = (_way(one, way) for way in one.ways)
    return LinkView(
        across=one.link.across,
        href=reverse("web:expectation_link", args=[one.link.id]),
        is_vacant=not one.link.pair.is_whole,
        ways=(down, up),
    )


def _way(one: LinkExpectations, way: Expected) -> WayView:
    wording = way.now.wording
    is_written = wording is not None and way.now.state is not State.WITHDRAWN
    return WayView(
        id=f"{one.link.id}-{ADDRESS[way.way]}",
        way=ADDRESS[way.way],
        across=one.link.across,
        title=str(TITLES[way.way, one.link.end]),
        words=wording.words if wording and is_written else "",
        state=_state(way),
        waits=_waits(one, way),
        tone=Tone.GOOD if way.is_confirmed else Tone.UNSURE,
        number=wording.number if wording else 0,
        presses=tuple(_presses(way)),
        earlier=tuple(
            _earlier(one) for one in reversed(_past(way, is_written=is_written))
        ),
        propose_href=reverse(
            "web:propose_expectation", args=[one.link.id, ADDRESS[way.way]]
        ),
        is_written=is_written,
        wording=wording.id if wording and is_written else None,
    )


def _past(way: Expected, *, is_written: bool) -> tuple[Wording, ...]:
    """Return the wordings that are no longer current, those taken back as well."""
    return way.wordings[:-1] if is_written else way.wordings


def _state(way: Expected) -> str:
    wording = way.now.wording
    day = way.now.until
    if wording and day is None:
        day = wording.withdrawn_on or wording.discussed_on or wording.proposed_on
    return str(STATES[way.now.state]) % {"day": date_format(day) if day else ""}


def _waits(one: LinkExpectations, way: Expected) -> str:
    """Return who must act, if anybody can."""
    if way.is_confirmed:
        return ""
    if not one.link.pair.is_whole:
        return _("waits until somebody holds the other post")
    if len(way.now.waits_for) > 1:
        return _("waits for you both")
    if way.is_mine:
        return _("waits for you")
    return _("waits for %(across)s") % {"across": one.link.across}


def _presses(way: Expected) -> list[Press]:
    """Return the buttons that are open, and a closed one to confirm, with its reason."""
    wording = way.now.wording
    if wording is None or way.now.state is State.WITHDRAWN:
        return []
    return [
        _press(verb, wording, verdict, again=way.now.state in AGREED)
        for verb, verdict in way.verdicts.items()
        if verb in BUTTONS and (verdict or verb is Verb.CONFIRM)
    ]


def _press(verb: Verb, wording: Wording, verdict: Verdict, *, again: bool) -> Press:
    route, text = BUTTONS[verb]
    if again and verb is Verb.CONFIRM and verdict:
        text = _("Confirm for another year")
    return Press(
        href=reverse(route, args=[wording.id]),
        text=str(text),
        why_not=str(verdict.why_not),
        id=f"{verb.value}-{wording.id}",
        secondary=verb is Verb.WITHDRAW,
    )


def _earlier(wording: Wording) -> Earlier:
    both = {one.end for one in wording.confirmed} == set(End)
    said = _("Proposed %(day)s, confirmed by both") if both else _("Proposed %(day)s")
    return Earlier(
        words=wording.words, note=said % {"day": date_format(wording.proposed_on)}
    )
