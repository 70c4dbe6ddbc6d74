"""What may be shown. Pure; no database.

This first version protects single groups of publicly released figures: a group under
its limit is hidden with everything derived from it, and no number has more digits than
its indicator allows.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kaeden.engine.signals import State
from kaeden.shared.status import ValueStatus

MINIMUM_GROUP = 5
"""Never fewer, whatever an indicator's file says."""


class Reliability(StrEnum):
    """How much of a unit's own distance its estimate keeps, in three classes."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an indicator allows: its smallest group and its decimals."""

    minimum_group: int
    decimals: int


NUMBERS = (
    *("value", "n", "estimate", "low", "high", "peers_mean", "peers", "difference"),
    *("swing", "compared", "slope", "slope_half", "points", "preliminary", "direction"),
    *("group_mean", "centre", "lower", "upper"),
)
EXTRA_DECIMALS = 1
"""A mean of several units, and a change a year, may show one decimal more."""


def is_hidden(n: float | None, limits: Limits) -> bool:
    """Whether a group is too small to be shown; an unknown size hides nothing.

    Sizes are unknown only where the source counts something else than children.
    """
    return n is not None and n < max(MINIMUM_GROUP, limits.minimum_group)


def reliability_class(share: float | None) -> str:
    """Return the class of a reliability, 0 to 1; empty where there is none."""
    if share is None:
        return ""
    if share >= 0.8:
        return Reliability.HIGH.value
    return Reliability.MEDIUM.value if share >= 0.5 else Reliability.LOW.value


def protect(
    fields: dict[str, Any], limits: Limits, *, children: float | None = None
) -> dict[str, Any]:
    """Return a figure's fields as they may leave: hidden whole, or rounded.

    `children` is how many there are at the place, where that is known: an indicator
    that counts lessons is hidden with the others. Ends of intervals are rounded outwards, so that rounding never claims more.
    """
    if is_hidden(fields["n"], limits) or is_hidden(children, limits):
        status = ValueStatus(fields["status"])
        shown = ValueStatus.HIDDEN if status.has_number else status
        blank = dict.fromkeys(NUMBERS)
        state = State.UNTESTED.value if fields["state"] else ""
        words = dict.fromkeys(
            ("reliability", "signal", "limits", "broken", "change_of"), ""
        )
        return fields | blank | words | {"status": shown.value, "state": state}
    finer = limits.decimals + EXTRA_DECIMALS
    own = limits.decimals if fields["origin"] == "published" else finer
    return fields | {
        "n": _whole(fields["n"]),
        "peers": _whole(fields["peers"]),
        "points": _whole(fields["points"]),
        "value": rounded_nearest(fields["value"], own),
        "estimate": rounded_nearest(fields["estimate"], finer),
        "low": rounded_down(fields["low"], finer),
        "high": rounded_up(fields["high"], finer),
        "peers_mean": rounded_nearest(fields["peers_mean"], finer),
        "difference": rounded_nearest(fields["difference"], finer),
        "group_mean": rounded_nearest(fields["group_mean"], finer),
        "centre": rounded_nearest(fields["centre"], finer),
        "lower": rounded_down(fields["lower"], finer),
        "upper": rounded_up(fields["upper"], finer),
        "swing": rounded_up(fields["swing"], finer),
        "slope": rounded_nearest(fields["slope"], finer + 1),
        "slope_half": rounded_up(fields["slope_half"], finer + 1),
    }


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def rounded_nearest(number: float | None, decimals: int) -> float | None:
    """Return a number with so many decimals; none stays none."""
    return None if number is None else round(number, decimals) + 0.0


def rounded_down(number: float | None, decimals: int) -> float | None:
    """Return the lower end of an interval, rounded outwards."""
    scale = 10**decimals
    return None if number is None else math.floor(round(number * scale, 6)) / scale


def rounded_up(number: float | None, decimals: int) -> float | None:
    """Return the upper end of an interval, rounded outwards."""
    scale = 10**decimals
    return None if number is None else math.ceil(round(number * scale, 6)) / scale
