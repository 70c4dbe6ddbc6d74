"""The forms that an effect is asked for and answered in."""

from dataclasses import dataclass
from enum import StrEnum

from kaeden.goals.indicator_parts import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitYear:
    """One unit's figure of one school year, known by the year it starts in.

    `n` are the children behind it, None where that is not known.
    """

    unit: str
    year: int
    value: float
    n: float | None = None


class Comparison(StrEnum):
    """Whom the units that began are compared with."""

    NOT_YET = "not_yet"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPoint:
    """The difference so many years after the start; before it, years are negative."""

    years_since: int
    effect: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEffect:
    """What one unit gained, as the mean of so many years, with its standard error."""

    unit: str
    effect: float
    standard_error: float
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """Another estimator's answer to the same question, to be held beside it."""

    method: str
    effect: float
    standard_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A practice's effect on an indicator, in the indicator's unit.

    Attributes
    ----------
    effect, standard_error, low, high, p_value : float
        The mean over units that began, with its 95 % interval.
    adopting, comparing : int
        Units that began and count, and units they were compared with.
    years : tuple of int
        The first and the last school year of the figures.
    events : tuple of EventPoint
        Measured from the year before the start.
    before_p : float or None
        p-value of the same development before the start; None with one year before.
    breakdown : float or None
        How many times larger than any change seen between two years before the start a
        hidden difference must be to explain the effect away (Rambachan and Roth); 0
        where chance alone can, None where it can't be said.
    second : Second or None
        The imputation estimate.
    units : tuple of UnitEffect
    by_children : bool
        Units count by their children, else all alike.
    left_out : dict of str to int
        Units that don't count, by reason.
    method, digest : str
        How it was computed, and the digest of what from.
    seed : int
        Of the draws.
    """

    effect: float
    standard_error: float
    low: float
    high: float
    p_value: float
    adopting: int
    comparing: int
    years: tuple[int, int]
    comparison: Comparison
    direction: Direction
    events: tuple[EventPoint, ...]
    before_p: float | None
    breakdown: float | None
    second: Second | None
    units: tuple[UnitEffect, ...]
    by_children: bool
    left_out: dict[str, int]
    method: str
    digest: str
    seed: int

    @property
    def is_certain(self) -> bool:
        """Whether chance alone hardly gives as much."""
        return not self.low <= 0 <= self.high

    @property
    def verdict(self) -> int:
        """1 for better, -1 for worse, 0 where it can't be told or none is better."""
        if not (self.is_certain and self.direction.judges):
            return 0
        is_up = self.effect > 0
        return 1 if is_up is (self.direction is Direction.HIGHER) else -1


class Refusal(StrEnum):
    """Why there is no effect."""

    TOO_FEW_ADOPTING = "too_few_adopting"
    TOO_FEW_YEARS_BEFORE = "too_few_years_before"
    TOO_FEW_YEARS_AFTER = "too_few_years_after"
    NO_COMPARISON = "no_comparison"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """No effect, with the number that says why: units there are, against those needed."""

    why: Refusal
    number: int
    needed: int
