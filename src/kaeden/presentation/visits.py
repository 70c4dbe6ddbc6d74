"""Visits to colleagues, in the words of the post that reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.dialogue.queries.visits import SeenVisit
from kaeden.dialogue.rules.visits import Side, VisitStep
from kaeden.presentation.charts.marks import Tone

STATES: Mapping[VisitStep, str | Promise] = {
    VisitStep.ASKED: gettext_lazy("Asked for %(asked)s. Waits for a day."),
    VisitStep.PLANNED: gettext_lazy("Planned for %(day)s."),
    VisitStep.HELD: gettext_lazy("Held %(day)s."),
    VisitStep.DECLINED: gettext_lazy("Declined."),
    VisitStep.CALLED_OFF: gettext_lazy("Called off."),
}
TONES: Mapping[VisitStep, Tone] = {
    VisitStep.ASKED: Tone.UNSURE,
    VisitStep.HELD: Tone.GOOD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitView:
    """A visit, ready to be read; what is open to the reader is true."""

    id: int
    who: str
    why: str
    state: str
    tone: Tone
    lesson: str
    within: str
    href: str
    may_plan: bool
    may_hold: bool
    may_decline: bool
    may_call_off: bool
    is_planned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsPage:
    """One's visits: what waits, what is planned, what is over."""

    waiting: tuple[VisitView, ...]
    ahead: tuple[VisitView, ...]
    over: tuple[VisitView, ...]


def build(found: Iterable[SeenVisit]) -> VisitsPage:
    """Return the page of one post's visits."""
    found = list(found)
    still = {VisitStep.ASKED, VisitStep.PLANNED}
    waits = [one for one in found if one.waits_for_me]
    ahead = [one for one in found if one.step in still and not one.waits_for_me]
    over = [one for one in found if one.step not in still]
    return VisitsPage(
        waiting=tuple(view(one) for one in waits),
        ahead=tuple(view(one) for one in ahead),
        over=tuple(view(one) for one in over),
    )


def view(one: SeenVisit) -> VisitView:
    """Return one visit as the post that reads sees it."""
    may = {to for to, verdict in one.verdicts.items() if verdict}
    days = {
        "day": date_format(one.day) if one.day else "",
        "asked": date_format(one.asked_on),
    }
    return VisitView(
        id=one.id,
        who=_who(one),
        why=one.why,
        state=str(STATES[one.step]) % days,
        tone=TONES.get(one.step, Tone.NEUTRAL),
        lesson=one.lesson,
        within=one.community,
        href=reverse("web:visit", args=[one.id]) if one.side else "",
        may_plan=VisitStep.PLANNED in may,
        may_hold=VisitStep.HELD in may,
        may_decline=VisitStep.DECLINED in may,
        may_call_off=VisitStep.CALLED_OFF in may,
        is_planned=one.step is VisitStep.PLANNED,
    )


def _who(one: SeenVisit) -> str:
    forms = {
        Side.VISITOR: _("You visit %(host)s"),
        Side.HOST: _("%(visitor)s visits you"),
        None: _("%(visitor)s visits %(host)s"),
    }
    return forms[one.side] % {"host": one.host, "visitor": one.visitor}
