"""How often signals and other rules cry wolf, and what they find: kept figures.

They were measured on simulated municipalities whose truth is known: `python -m
bench.calibration` makes false_alarms.json beside this module, and docs/false-alarms.md.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import sqrt
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_name("false_alarms.json")


class RuleName(StrEnum):
    """The rules that are held up against each other."""

    OURS = "signals"
    LIGHT = "traffic light"
    ARROW = "arrow"
    TESTED_ARROW = "tested arrow"
    DECILE = "worst tenth"


class Size(StrEnum):
    """How much a unit's true level changed, in what units differ by (SD)."""

    HALF = "half"
    ONE = "one"
    TWO = "two"


SIZES = {Size.HALF: 0.5, Size.ONE: 1.0, Size.TWO: 2.0}
FEW = 0.05
"""Of a hundred units in a quiet year, so many may at most have a false alarm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The truth that is simulated: a country of municipalities, each with its units.

    Children's answers lie from 1 to 5. `child_sd` is the spread of children in a unit;
    the shares are of the whole variance. In the worlds with changes, `changed` is the
    share of units × indicators whose true level moved, to either side and for good, one
    to three years ago.
    """

    countries: int
    towns: int
    units: int
    indicators: int
    fewest_years: int
    most_years: int
    fewest_children: int
    most_children: int
    child_sd: float
    unit_share: float
    town_share: float
    changed: float
    decimals: int

    @property
    def unit_sd(self) -> float:
        """How far units of a municipality lie apart, in truth."""
        return self._sd(self.unit_share)

    @property
    def town_sd(self) -> float:
        """How far municipalities lie apart, in truth."""
        return self._sd(self.town_share)

    def _sd(self, share: float) -> float:
        within = 1 - self.unit_share - self.town_share
        return self.child_sd * sqrt(share / within)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share with what it was counted from."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """The share, 0 to 1; 0 of nothing."""
        return self.count / self.of if self.of else 0.0

    @property
    def error(self) -> float:
        """The share's standard error from simulating, never taken for 0."""
        share = (self.count + 1) / (self.of + 2)
        return sqrt(share * (1 - share) / (self.of + 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRates:
    """What one rule did.

    Attributes
    ----------
    false_alarms : Rate
        Units in a year in which nothing changed, with an alarm on any indicator.
    found : dict of Size to Rate
        Units × indicators that got worse, with an alarm that says so.
    found_at_our_rate : dict of Size to Rate
        The same, with the rule made as strict as gives our false alarms.
    found_at_few : dict of Size to Rate
        The same, with the rule as strict or loose as gives `FEW` false alarms; ours by
        its tests alone, without the scan.
    right : dict of Size to Rate
        Alarms in the world with such changes that were right.
    """

    rule: RuleName
    false_alarms: Rate
    found: dict[Size, Rate]
    found_at_our_rate: dict[Size, Rate]
    found_at_few: dict[Size, Rate]
    right: dict[Size, Rate]


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseAlarms:
    """What was measured, of which version of the engine, and from which seed."""

    method: str
    engine: str
    seed: int
    world: World
    rules: tuple[RuleRates, ...]

    def of(self, rule: RuleName) -> RuleRates:
        """Return what one rule did."""
        return next(one for one in self.rules if one.rule is rule)


@lru_cache
def false_alarms() -> FalseAlarms:
    """Return the kept figures (one small file, read once)."""
    return from_json(json.loads(KEPT.read_text(encoding="utf-8")))


def from_json(kept: dict[str, Any]) -> FalseAlarms:
    """Return figures as they were written down."""
    return FalseAlarms(
        method=kept["method"],
        engine=kept["engine"],
        seed=kept["seed"],
        world=World(**kept["world"]),
        rules=tuple(_rates(one) for one in kept["rules"]),
    )


def _rates(one: dict[str, Any]) -> RuleRates:
    by_size = ("found", "found_at_our_rate", "found_at_few", "right")
    return RuleRates(
        rule=RuleName(one["rule"]),
        false_alarms=Rate(**one["false_alarms"]),
        **{
            name: {Size(size): Rate(**rate) for size, rate in one[name].items()}
            for name in by_size
        },
    )
