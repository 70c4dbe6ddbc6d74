"""Presence as it is read: one's own against one's own plan, and shares of levels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.conditions.queries.presence import LevelShares, Month, Note, OwnPresence
from kaeden.conditions.rules.presence import (
    LEADER_LEVEL_NAMES,
    PRESENCE_NAMES,
    PresenceKind,
    Share,
)
from kaeden.presentation.charts.columns import Columns, MonthColumn, draw_columns
from kaeden.presentation.pulse import TimeView

PLANS: dict[PresenceKind, str | Promise] = {
    PresenceKind.VISIT: gettext_lazy("%(done)d of %(plan)d visits"),
    PresenceKind.OBSERVATION: gettext_lazy("%(done)d of %(plan)d observations"),
    PresenceKind.FEEDBACK: gettext_lazy("%(done)d of %(plan)d talks with feedback"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """Something noted today, which can be taken back."""

    id: int
    words: str
    may_take_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceView:
    """One's own presence: this month in words, the year in a picture."""

    lead: str
    kinds: tuple[str, ...]
    notes: tuple[NoteView, ...]
    chart: Columns
    has_plan: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelView:
    """A level in words: the newest month, then those before it."""

    name: str
    newest: str
    time: str
    months: tuple[tuple[str, str], ...]


def own(found: OwnPresence) -> PresenceView:
    """Return one's own page."""
    return PresenceView(
        lead=_lead(found.now),
        kinds=tuple(
            str(PLANS[kind]) % {"done": found.now.noted[kind], "plan": planned}
            for kind, planned in found.now.planned.items()
            if planned or found.now.noted[kind]
        ),
        notes=tuple(_note(one) for one in found.today),
        chart=draw_columns(
            _("Your presence, month by month"),
            _summary(found.months),
            tuple(_column(one) for one in found.months),
        ),
        has_plan=found.now.plan > 0,
    )


def _lead(now: Month) -> str:
    said = {"month": date_format(now.month, "F"), "done": now.done, "plan": now.plan}
    if not now.plan:
        return _("You have no plan for %(month)s. You have noted %(done)d.") % said
    return _("In %(month)s you have noted %(done)d of the %(plan)d you planned.") % said


def _summary(months: tuple[Month, ...]) -> str:
    over = [one for one in months[:-1] if one.plan]
    if not over:
        return _("When a month is over, it is held against your own plan here.")
    kept = sum(one.done >= one.plan for one in over)
    return _("You followed your own plan in %(kept)d of %(months)d months.") % {
        "kept": kept,
        "months": len(over),
    }


def _column(one: Month) -> MonthColumn:
    return MonthColumn(
        label=date_format(one.month, "M")[:3].lower(),
        name=capfirst(date_format(one.month, "F Y")),
        done=one.done,
        planned=one.plan,
    )


def _note(one: Note) -> NoteView:
    name = str(PRESENCE_NAMES[one.kind])
    return NoteView(
        id=one.id,
        words=f"{name} · {one.team}" if one.team else name,
        may_take_back=one.may_take_back,
    )


def levels(
    found: Iterable[LevelShares], time: Iterable[TimeView]
) -> tuple[LevelView, ...]:
    """Return the levels, each with its newest month first; `time` is the pulse's."""
    by_name = {one.name: f"{one.newest}. {one.direction}".strip() for one in time}
    return tuple(_level(one, by_name) for one in found)


def _level(one: LevelShares, time: Mapping[str, str]) -> LevelView:
    months = [
        (capfirst(date_format(month, "F Y")), _share(share))
        for month, share in reversed(one.months)
    ]
    name = str(LEADER_LEVEL_NAMES[one.level])
    return LevelView(
        name=name,
        newest=f"{months[0][0]}: {months[0][1]}.",
        time=time.get(name, ""),
        months=tuple(months),
    )


def _share(share: Share | None) -> str:
    if share is None:
        return _("Hidden: fewer than five leaders.")
    said = {"count": share.count, "leaders": share.leaders}
    forms = {
        -1: _("At most %(count)d of %(leaders)d followed their own plan"),
        0: _("%(count)d of %(leaders)d followed their own plan"),
        1: _("At least %(count)d of %(leaders)d followed their own plan"),
    }
    return forms[share.end] % said
