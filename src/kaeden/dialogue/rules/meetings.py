"""Meetings of the leading posts: who holds which, their stages, who reads what. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Role, Verdict

LONGEST_PLACE = 120
LATEST = timedelta(days=2 * 365)


class Body(StrEnum):
    """Who meets: a leading post, and those who report to it."""

    COMMITTEE = "committee"
    DIRECTORS = "directors"
    CHIEFS = "chiefs"
    TEAM = "team"


BODY_OF: Mapping[Role, Body] = {
    Role.COMMITTEE: Body.COMMITTEE,
    Role.DIRECTOR: Body.DIRECTORS,
    Role.CHIEF_SCHOOLS: Body.CHIEFS,
    Role.CHIEF_DAYCARE: Body.CHIEFS,
    Role.CHIEF_FAMILIES: Body.CHIEFS,
    Role.AREA_LEADER: Body.TEAM,
    Role.LEADER: Body.TEAM,
    Role.DEPARTMENT_LEADER: Body.TEAM,
}
"""Whose meetings a post calls and leads; other roles lead none."""

ASKED = frozenset({*BODY_OF, Role.TEAM})
"""Who is asked to the meeting of the post they report to: the chain, not its staff."""

BODY_NAMES: Mapping[Body, str | Promise] = {
    Body.COMMITTEE: _("The committee's meeting"),
    Body.DIRECTORS: _("The directors' meeting"),
    Body.CHIEFS: _("The chief's meeting"),
    Body.TEAM: _("The leader team's meeting"),
}


class Stage(StrEnum):
    """How far a meeting has come."""

    CALLED = "called"
    AGREED = "agreed"
    MINUTED = "minuted"
    CANCELLED = "cancelled"


NEXT: Mapping[Stage, frozenset[Stage]] = {
    Stage.CALLED: frozenset({Stage.AGREED, Stage.CANCELLED}),
    Stage.AGREED: frozenset({Stage.AGREED, Stage.MINUTED, Stage.CANCELLED}),
    Stage.MINUTED: frozenset(),
    Stage.CANCELLED: frozenset(),
}
"""The whole truth about a meeting's way; an agreed agenda may be agreed on anew."""

OPEN = (Stage.CALLED, Stage.AGREED)
WHY_NOT: Mapping[Stage, str | Promise] = {
    Stage.CALLED: _("The agenda has not been approved yet."),
    Stage.AGREED: _("The agenda has been approved."),
    Stage.MINUTED: _("The minutes have been approved and stay as they are."),
    Stage.CANCELLED: _("The meeting has been called off."),
}


class Reader(StrEnum):
    """Who somebody is to a meeting."""

    CHAIR = "chair"
    PARTICIPANT = "participant"
    ABOVE = "above"
    OTHER = "other"


SEES_MEETING: Mapping[Stage, frozenset[Reader]] = {
    Stage.CALLED: frozenset({Reader.CHAIR, Reader.PARTICIPANT}),
    Stage.AGREED: frozenset({Reader.CHAIR, Reader.PARTICIPANT}),
    Stage.MINUTED: frozenset({Reader.CHAIR, Reader.PARTICIPANT, Reader.ABOVE}),
    Stage.CANCELLED: frozenset({Reader.CHAIR, Reader.PARTICIPANT}),
}
"""Who is told of a meeting at all: those above it first when its minutes are approved."""


def reader_of(*, leads: bool, takes_part: bool, is_above: bool) -> Reader:
    """Return who somebody is to a meeting; the nearest counts."""
    if leads:
        return Reader.CHAIR
    if takes_part:
        return Reader.PARTICIPANT
    return Reader.ABOVE if is_above else Reader.OTHER


def sees_agenda(stage: Stage, reader: Reader) -> bool:
    """Whether the items can be read: before they are approved by the chair alone."""
    if stage is Stage.CALLED:
        return reader is Reader.CHAIR
    return stage is not Stage.CANCELLED and reader in SEES_MEETING[stage]


def may_go(to: Stage, now: Stage) -> Verdict:
    """Judge a step by the map `NEXT`."""
    return YES if to in NEXT[now] else Verdict(allowed=False, why_not=WHY_NOT[now])


def may_lead(to: Stage, now: Stage, *, reader: Reader) -> Verdict:
    """Judge a step that the post which holds the meeting takes."""
    if reader is not Reader.CHAIR:
        return Verdict(allowed=False, why_not=_("The post that leads it does that."))
    return may_go(to, now)


def may_write(stage: Stage, day: date, *, reader: Reader, on: date) -> Verdict:
    """Judge whether minutes may be written: by those who take part, from the day on."""
    if reader not in {Reader.CHAIR, Reader.PARTICIPANT}:
        return Verdict(
            allowed=False, why_not=_("Those who take part write the minutes.")
        )
    if stage is not Stage.AGREED:
        return Verdict(allowed=False, why_not=WHY_NOT[stage])
    if day > on:
        return Verdict(
            allowed=False, why_not=_("Minutes are written from the day of the meeting.")
        )
    return YES


def may_correct(stage: Stage, *, reader: Reader) -> Verdict:
    """Judge whether a correction may be added to minutes that are approved."""
    if reader not in {Reader.CHAIR, Reader.PARTICIPANT}:
        return Verdict(
            allowed=False, why_not=_("Those who take part write the minutes.")
        )
    if stage is not Stage.MINUTED:
        return Verdict(
            allowed=False, why_not=_("The minutes have not been approved yet.")
        )
    return YES


def is_a_fair_day(day: date, *, called_on: date) -> bool:
    """Whether a meeting can be called for a day: today or later, within two years."""
    return called_on <= day <= called_on + LATEST
