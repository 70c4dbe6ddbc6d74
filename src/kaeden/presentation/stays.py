"""For how long things wait at each level of the chain, as rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.dialogue.rules.stays import LevelStays, Quarter
from kaeden.goals.rules import LEADERSHIP_LEVEL_NAMES
from kaeden.presentation.numbers import number
from kaeden.presentation.pulse import quarter_name


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """A level: what waits there, and each quarter's answers with their middle."""

    name: str
    waiting: str
    quarters: tuple[str, ...]
    trend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaysView:
    """The table of all levels; `quarters` are its heads."""

    quarters: tuple[str, ...]
    rows: tuple[LevelRow, ...]


def build(found: Sequence[LevelStays]) -> StaysView | None:
    """Return the table; None where nothing waits or has waited."""
    if not found:
        return None
    return StaysView(
        quarters=tuple(quarter_name(one.name) for one in found[0].quarters),
        rows=tuple(_row(one) for one in found),
    )


def _row(one: LevelStays) -> LevelRow:
    return LevelRow(
        name=str(LEADERSHIP_LEVEL_NAMES[one.level]),
        waiting=_waiting(one),
        quarters=tuple(_quarter(quarter) for quarter in one.quarters),
        trend=_trend(one),
    )


def _waiting(one: LevelStays) -> str:
    if one.days is None:
        return _("nothing")
    days = number(one.days)
    late = ngettext("%(late)d past its day", "%(late)d past their day", one.overdue)
    words = ngettext(
        "%(count)d, for %(days)s days",
        "%(count)d, the middle one for %(days)s days",
        one.waiting,
    )
    said = words % {"count": one.waiting, "days": days}
    return f"{said}, {late % {'late': one.overdue}}" if one.overdue else said


def _quarter(one: Quarter) -> str:
    if one.days is None:
        return "–"
    return _("%(count)d after %(days)s days") % {
        "count": one.count,
        "days": number(one.days),
    }


def _trend(one: LevelStays) -> str:
    if one.change is None:
        return _("too few to say")
    if one.change == 0:
        return _("as before")
    words = _("%(days)s days faster") if one.change < 0 else _("%(days)s days slower")
    return words % {"days": number(abs(one.change))}
