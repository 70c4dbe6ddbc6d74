"""What is known of a practice's effect, as it is kept, and how sure a kind it is. Pure."""

import math
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.engine.effects.values import (
    Comparison,
    Effect,
    EventPoint,
    Refusal,
    Refused,
    Second,
    UnitEffect,
)
from kaeden.goals.indicators import Direction
from kaeden.shared.periods import Period

Said: TypeAlias = dict[str, Any]
"""An effect, or why there is none, as it is kept."""


class Rung(StrEnum):
    """How far up the ladder of evidence what is known of a practice stands."""

    IDEA = "idea"
    USED = "used"
    COMPARED = "compared"
    COMPARED_WIDELY = "compared_widely"
    TRIAL = "trial"


RUNG_NAMES: Mapping[Rung, str | Promise] = {
    Rung.IDEA: _("an idea"),
    Rung.USED: _("used here"),
    Rung.COMPARED: _("compared here"),
    Rung.COMPARED_WIDELY: _("compared in several places"),
    Rung.TRIAL: _("drawn by lot"),
}


def rung_of(*, users: int, compared_in: int, drawn_by_lot: bool) -> Rung:
    """Return the highest rung that is reached: lots, places compared in, units that use it.

    >>> str(rung_of(users=3, compared_in=0, drawn_by_lot=False))
    'used'
    """
    if compared_in and drawn_by_lot:
        return Rung.TRIAL
    if compared_in > 1:
        return Rung.COMPARED_WIDELY
    if compared_in:
        return Rung.COMPARED
    return Rung.USED if users else Rung.IDEA


def first_year(started: date, *, is_school_year: bool) -> int:
    """Return the year that a start falls in: it is the first with the practice.

    Also when it began late in it: the year it is measured from must be free of it.
    """
    begins = Period(start=started.year, is_school_year=is_school_year).begins
    return started.year if started >= begins else started.year - 1


def said_of(found: Effect | Refused) -> Said:
    """Return what is kept of an effect; an end without a limit is kept as nothing."""
    kind = "effect" if isinstance(found, Effect) else "refused"
    return {"kind": kind, **_plain(asdict(found))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, StrEnum):
        return value.value
    is_number = isinstance(value, float) and math.isfinite(value)
    return value if is_number or not isinstance(value, float) else None


def found_in(said: Said) -> Effect | Refused:
    """Return what was kept as the value that it was."""
    facts = {name: value for name, value in said.items() if name != "kind"}
    if said["kind"] == "refused":
        return Refused(**{**facts, "why": Refusal(facts["why"])})
    second = facts.pop("second")
    events, units = facts.pop("events"), facts.pop("units")
    return Effect(
        **_with_ends(facts)
        | {
            "years": tuple(facts["years"]),
            "comparison": Comparison(facts["comparison"]),
            "direction": Direction(facts["direction"]),
        },
        second=Second(**second) if second else None,
        events=tuple(EventPoint(**_with_ends(one)) for one in events),
        units=tuple(UnitEffect(**one) for one in units),
    )


def _with_ends(facts: Said) -> Said:
    ends = {"low": -math.inf, "high": math.inf}
    open_ends = {name: end for name, end in ends.items() if facts[name] is None}
    return facts | open_ends
