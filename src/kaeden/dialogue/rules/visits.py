"""A visit to a colleague: asked for, planned, held, and what one takes home. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Verdict
from kaeden.dialogue.rules.shared import Rate

LONGEST = 300
LATEST = timedelta(days=365)


class VisitStep(StrEnum):
    """Where a visit is."""

    ASKED = "asked"
    PLANNED = "planned"
    HELD = "held"
    DECLINED = "declined"
    CALLED_OFF = "called_off"


class Side(StrEnum):
    """Who takes a step: the one who comes, or the one who is visited."""

    VISITOR = "visitor"
    HOST = "host"


NEXT: Mapping[VisitStep, Mapping[VisitStep, frozenset[Side]]] = {
    VisitStep.ASKED: {
        VisitStep.PLANNED: frozenset({Side.HOST}),
        VisitStep.DECLINED: frozenset({Side.HOST}),
        VisitStep.CALLED_OFF: frozenset({Side.VISITOR}),
    },
    VisitStep.PLANNED: {
        VisitStep.PLANNED: frozenset(Side),
        VisitStep.CALLED_OFF: frozenset(Side),
        VisitStep.HELD: frozenset({Side.VISITOR}),
    },
    VisitStep.HELD: {},
    VisitStep.DECLINED: {},
    VisitStep.CALLED_OFF: {},
}
"""The whole truth about a visit's way, and who takes which step; a day can be moved."""

OPEN = (VisitStep.ASKED, VisitStep.PLANNED)
WITH_A_DAY = (VisitStep.PLANNED, VisitStep.HELD)

WHY_NOT: Mapping[VisitStep, str | Promise] = {
    VisitStep.ASKED: _("It has no day yet."),
    VisitStep.PLANNED: _("It is planned."),
    VisitStep.HELD: _("It has been held."),
    VisitStep.DECLINED: _("It has been declined."),
    VisitStep.CALLED_OFF: _("It has been called off."),
}
FOR_WHOM: Mapping[Side, str | Promise] = {
    Side.VISITOR: _("Whoever visits does that."),
    Side.HOST: _("Whoever is visited does that."),
}


def may_step(
    to: VisitStep, now: VisitStep, *, side: Side, day: date | None, on: date
) -> Verdict:
    """Judge a step by the map `NEXT`; a visit is held on its day or later."""
    sides = NEXT[now].get(to)
    if sides is None:
        return Verdict(allowed=False, why_not=WHY_NOT[now])
    if side not in sides:
        return Verdict(allowed=False, why_not=FOR_WHOM[next(iter(sides))])
    if to is VisitStep.HELD and (day is None or day > on):
        return Verdict(allowed=False, why_not=_("Its day has not come yet."))
    return YES


def is_a_fair_day(day: date, *, on: date) -> bool:
    """Whether a visit can be planned for a day: today or later, within a year."""
    return on <= day <= on + LATEST


def rate_of(visits: Iterable[tuple[VisitStep, date | None]], *, on: date) -> Rate:
    """Return how many visits were held, of those whose day has come."""
    found = [
        step
        for step, day in visits
        if step is VisitStep.HELD
        or (step is VisitStep.PLANNED and day is not None and day < on)
    ]
    return Rate(sum(step is VisitStep.HELD for step in found), len(found))
