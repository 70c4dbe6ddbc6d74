"""The effect of a practice, against units that had not begun."""

from collections.abc import Mapping, Sequence

import numpy as np

from kaeden.engine.effects import library
from kaeden.engine.effects.panel import Figures, figures_of, refusal
from kaeden.engine.effects.values import (
    Comparison,
    Effect,
    EventPoint,
    Refusal,
    Refused,
    UnitEffect,
    UnitYear,
)
from kaeden.goals.indicator_parts import Direction
from kaeden_stats.errors import NotIdentified
from kaeden_stats.staggered import (
    RandomisedEffect,
    RandomisedEvents,
    gains_of_units,
    randomised_effect,
)

METHOD = "staggered-effect@1"
DRAWS = 1999


def estimate(
    figures: Sequence[UnitYear],
    adopted: Mapping[str, int],
    *,
    direction: Direction,
    anticipation: int = 0,
    draws: int = DRAWS,
) -> Effect | Refused:
    """Return what a practice did, or why that can't be said.

    Parameters
    ----------
    figures : sequence of UnitYear
        Of all units that could have begun: those that did and those that did not.
    adopted : mapping of str to int
        The first school year with the practice, by unit.
    direction : Direction
        Which way is better.
    anticipation : int
        Years before the start in which it may already have had an effect.
    draws : int
        Reshuffles of the starts that chance is judged from.

    Returns
    -------
    Effect or Refused
        Refused below five units that began and can be seen before and after, or five
        that had not begun when the first did.
    """
    asked = figures_of(figures, adopted)
    if lacking := refusal(asked):
        return lacking
    try:
        found = randomised_effect(
            asked.value,
            asked.first,
            periods=asked.years,
            weights=asked.weights,
            base="universal",
            anticipation=anticipation,
            draws=draws,
            rng=np.random.default_rng(asked.seed),
        )
    except NotIdentified:
        return Refused(why=Refusal.NO_COMPARISON, number=0, needed=5)
    return _too_few(found) or _effect(asked, found, direction, anticipation)


def _too_few(found: RandomisedEffect) -> Refused | None:
    """Hold what could be compared in the end to the same limits."""
    if found.units < 5:
        return Refused(why=Refusal.TOO_FEW_ADOPTING, number=found.units, needed=5)
    if found.compared < 5:
        return Refused(why=Refusal.NO_COMPARISON, number=found.compared, needed=5)
    return None


def _effect(
    asked: Figures, found: RandomisedEffect, direction: Direction, anticipation: int
) -> Effect:
    events = found.events
    is_wide = np.isfinite(events.covariance).all()
    return Effect(
        effect=found.effect,
        standard_error=found.standard_error,
        low=found.low,
        high=found.high,
        p_value=found.p_value,
        adopting=found.units,
        comparing=found.compared,
        years=(asked.years[0], asked.years[-1]),
        comparison=Comparison.NOT_YET,
        direction=direction,
        events=_points(events),
        before_p=found.before_p,
        breakdown=library.breakdown(events.at, events.effect, events.covariance)
        if is_wide and not anticipation
        else None,
        second=library.imputed(asked),
        units=_units(asked, anticipation),
        by_children=asked.weights is not None,
        left_out=_left_out(asked, found),
        method=METHOD,
        digest=asked.digest,
        seed=asked.seed,
    )


def _points(events: RandomisedEvents) -> tuple[EventPoint, ...]:
    rows = zip(events.at, events.effect, events.low, events.high, strict=True)
    return tuple(
        EventPoint(
            years_since=int(at), effect=float(mean), low=float(low), high=float(high)
        )
        for at, mean, low, high in rows
    )


def _units(asked: Figures, anticipation: int) -> tuple[UnitEffect, ...]:
    gains = gains_of_units(
        asked.value,
        asked.first,
        periods=asked.years,
        weights=asked.weights,
        anticipation=anticipation,
    )
    rows = zip(
        *(gains.index, gains.effect, gains.standard_error, gains.periods), strict=True
    )
    return tuple(
        UnitEffect(
            unit=asked.units[row],
            effect=float(effect),
            standard_error=float(error),
            years=int(years),
        )
        for row, effect, error, years in rows
    )


def _left_out(asked: Figures, found: RandomisedEffect) -> dict[str, int]:
    """Count the units that began and don't count."""
    began = int(np.isfinite(asked.first).sum())
    missing = began - found.units
    return {"began without figures before and after": missing} if missing else {}
