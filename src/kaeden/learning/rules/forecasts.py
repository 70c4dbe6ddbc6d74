"""Forecasts of what a practice gives a unit: who asks when, and when it is held. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

from django.utils.translation import gettext_lazy as _
from pydantic import TypeAdapter

from kaeden.access.rules import YES, Verdict
from kaeden.engine.effects.values import Refused, UnitEffect
from kaeden.engine.synthesis import Foretold

Said: TypeAlias = dict[str, Any]
"""A forecast as it is kept."""

FORETOLD = TypeAdapter(Foretold)
LEAST_USE = timedelta(days=365)
"""How long a practice is used before a forecast is held against what happened."""


def said_of(told: Foretold) -> Said:
    """Return what is kept of a forecast."""
    kept: Said = FORETOLD.dump_python(told, mode="json")
    return kept


def foretold_in(said: Said) -> Foretold:
    """Return what was kept as the value that it was."""
    return FORETOLD.validate_python(said)


def may_ask_now(
    found: Foretold | Refused | None, *, in_use: bool, asked: bool
) -> Verdict:
    """Judge whether there is a forecast to ask for: before the practice is begun.

    `asked` says that it was asked for with the same figures.
    """
    if in_use:
        return _no(_("You use the practice already. A forecast is made before that."))
    if asked:
        return _no(_("You have asked with these figures already."))
    if not isinstance(found, Foretold):
        return _no(_("Too few have used it for anything to be foretold."))
    return YES


def _no(why: Any) -> Verdict:
    return Verdict(allowed=False, why_not=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """That a unit uses a practice from a day, and perhaps to one."""

    started: date
    ended: date | None


def is_used_long_enough(uses: Sequence[Use], *, asked_on: date, until: date) -> bool:
    """Whether a use that began after the ask has lasted a year at the end of the figures.

    `until` is the first day after the last year that there are figures of.
    """
    begun = [one for one in uses if one.started >= asked_on]
    if not begun:
        return False
    first = min(begun, key=lambda one: one.started)
    last = min(until, first.ended or until)
    return last - first.started >= LEAST_USE


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What happened at a unit, beside what was expected to be measured there."""

    gain: float
    standard_error: float
    low: float
    high: float
    is_inside: bool


def hold(told: Foretold, gain: UnitEffect) -> Held:
    """Hold a forecast against a gain, which has an error of its own."""
    low, high = told.around(gain.standard_error)
    return Held(
        gain=gain.effect,
        standard_error=gain.standard_error,
        low=low,
        high=high,
        is_inside=low <= gain.effect <= high,
    )
