"""How much a unit's figures swing from year to year: limits, a phase for each break."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kaeden.engine import facts
from kaeden.engine.panel import FloatArray, Panel
from kaeden.goals.indicators import Indicator, Unit, WordingKind
from kaeden_stats.control_charts import Chart, Rule, p_prime, u_prime, xmr

FEWEST_POINTS = 5
"""Fewer years in a phase give limits that say nothing."""
LARGEST = {Unit.PERCENT: 100.0}
"""The largest value that there can be, by unit; the smallest is 0."""
BoolArray: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Charted:
    """The charts of k units over t periods, in the indicator's unit.

    Attributes
    ----------
    centre, lower, upper : (k, t) float
        NaN where a phase has too few points.
    is_trial : (k, t) bool
        The limits come from so few points that they may still move.
    broken : Rule to (k, t) bool
        Where a point's swing is not ordinary, by rule.
    """

    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    is_trial: BoolArray
    broken: dict[Rule, BoolArray]

    def at(self, row: int, column: int) -> dict[str, Any]:
        """Return the limits of a unit's year, as fields of its result."""
        if not np.isfinite(self.lower[row, column]):
            return {}
        rules = (rule for rule, flags in self.broken.items() if flags[row, column])
        return {
            "centre": facts.number(self.centre[row, column]),
            "lower": facts.number(self.lower[row, column]),
            "upper": facts.number(self.upper[row, column]),
            "limits": "trial" if self.is_trial[row, column] else "firm",
            "broken": ",".join(rule.value for rule in rules),
        }


def chart(panel: Panel, children: FloatArray | None = None) -> Charted:
    """Return the charts of all units of a panel, a phase from each break on.

    Where `children` (k by t) are known behind every value that counts them, the chart
    is of the counts, so that a year with few children may swing more; else it is of the
    values as they are.
    """
    changes = panel.breaks
    values = _in_unit(panel.indicator, xmr(panel.value, changes=changes), 1.0)
    per = _counted_per(panel.indicator)
    if children is None or not per:
        return values
    uncounted = np.isfinite(panel.value) & ~(children > 0)
    whole = (np.count_nonzero(uncounted, axis=1) == 0)[:, None]
    size = np.where(children > 0, children, np.nan)
    draw = p_prime if per == 100.0 else u_prime
    events = np.where(whole, panel.value * size / per, np.nan)
    counts = _in_unit(panel.indicator, draw(events, size, changes=changes), per)
    return _either(whole, counts, values)


def _counted_per(indicator: Indicator) -> float:
    """Return how many children a value counts of; 0 where it counts no children."""
    wording = indicator.wording
    if wording.kind is WordingKind.PER_1000:
        return 1000.0
    is_share = wording.kind in {WordingKind.PER_100, WordingKind.AWAY_ON_A_DAY}
    return 100.0 if is_share and wording.says_children else 0.0


def _in_unit(indicator: Indicator, made: Chart, per: float) -> Charted:
    """Return charts in the indicator's unit, cut where its values must end."""
    enough = (made.points >= FEWEST_POINTS)[:, made.phase]
    top = LARGEST.get(indicator.unit, np.inf)
    lower = np.where(enough, np.maximum(per * made.lower, 0.0), np.nan)
    return Charted(
        centre=np.where(enough, per * made.centre, np.nan),
        lower=lower,
        upper=np.where(enough, np.minimum(per * made.upper, top), np.nan),
        is_trial=made.is_trial,
        broken={Rule.OUTSIDE: made.outside, Rule.LONG_RUN: made.in_long_run},
    )


def _either(which: BoolArray, one: Charted, other: Charted) -> Charted:
    return Charted(
        centre=np.where(which, one.centre, other.centre),
        lower=np.where(which, one.lower, other.lower),
        upper=np.where(which, one.upper, other.upper),
        is_trial=np.where(which, one.is_trial, other.is_trial),
        broken={
            rule: np.where(which, flags, other.broken[rule])
            for rule, flags in one.broken.items()
        },
    )
