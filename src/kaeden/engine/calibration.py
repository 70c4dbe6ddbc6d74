"""Whether forecasts hold as often as they promise. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from kaeden.engine.effects.values import Refusal, Refused
from kaeden_stats.intervals import share_with_interval

FEWEST = 5
"""Fewer held forecasts say nothing, and would show whose forecast failed."""


class Kept(StrEnum):
    """How the promise was kept, by more than chance explains."""

    AS_PROMISED = "as_promised"
    TOO_SELDOM = "too_seldom"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How many of the forecasts held, against how many were to.

    `low` and `high` are the ends of the 95 % interval of the share that holds.
    """

    inside: int
    held: int
    promised: float
    low: float
    high: float

    @property
    def kept(self) -> Kept:
        """Whether the promised share is a likely one."""
        if self.promised < self.low:
            return Kept.TOO_OFTEN
        return Kept.TOO_SELDOM if self.promised > self.high else Kept.AS_PROMISED


def calibrate(inside: int, held: int, *, promised: float) -> Calibration | Refused:
    """Return how forecasts held, or refuse with fewer than five."""
    if held < FEWEST:
        return Refused(why=Refusal.TOO_FEW_ADOPTING, number=held, needed=FEWEST)
    share = share_with_interval(inside, held)
    return Calibration(
        inside=inside, held=held, promised=promised, low=share.low, high=share.high
    )
