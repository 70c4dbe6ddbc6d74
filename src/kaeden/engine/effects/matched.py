"""The fallback where nobody nearby had not begun: units elsewhere that are most alike."""

from collections.abc import Mapping, Sequence

import numpy as np

from kaeden.engine.effects.panel import FEWEST_ADOPTING
from kaeden.engine.effects.values import Refusal, Refused, Second, UnitYear
from kaeden_stats import mean_with_interval, nearest_neighbours

METHOD = "change beside the nearest neighbours"
NEIGHBOURS = 5


def matched(
    figures: Sequence[UnitYear],
    adopted: Mapping[str, int],
    conditions: Mapping[str, Sequence[float]],
) -> Second | Refused:
    """Return how much more those that began changed than the units most like them.

    Each unit's mean after its start less its mean before, less the same of its five
    nearest neighbours among those that never began, by conditions they cannot change.
    The standard error is of the mean over units that began; neighbours that several
    share make it a little too small. It is weaker than `estimate`: who begins may differ.
    """
    values = _values(figures)
    others = [u for u in sorted(values) if u not in adopted and u in conditions]
    gains = [
        gain
        for unit, start in sorted(adopted.items())
        if unit in values and unit in conditions
        if (gain := _gain(unit, start, others, values, conditions)) is not None
    ]
    if len(others) < NEIGHBOURS:
        return Refused(why=Refusal.NO_COMPARISON, number=len(others), needed=NEIGHBOURS)
    if len(gains) < FEWEST_ADOPTING:
        return Refused(
            why=Refusal.TOO_FEW_ADOPTING, number=len(gains), needed=FEWEST_ADOPTING
        )
    error = float(np.std(gains, ddof=1) / np.sqrt(len(gains)))
    mean = mean_with_interval(gains).mean
    return Second(method=METHOD, effect=mean, standard_error=error)


def _values(figures: Sequence[UnitYear]) -> dict[str, dict[int, float]]:
    found: dict[str, dict[int, float]] = {}
    for one in figures:
        found.setdefault(one.unit, {})[one.year] = one.value
    return found


def _change(years: Mapping[int, float], start: int) -> float | None:
    before = [value for year, value in years.items() if year < start]
    after = [value for year, value in years.items() if year >= start]
    return float(np.mean(after) - np.mean(before)) if before and after else None


def _gain(
    unit: str,
    start: int,
    others: Sequence[str],
    values: Mapping[str, Mapping[int, float]],
    conditions: Mapping[str, Sequence[float]],
) -> float | None:
    own = _change(values[unit], start)
    changes = {o: c for o in others if (c := _change(values[o], start)) is not None}
    if own is None or len(changes) < NEIGHBOURS:
        return None
    features = [conditions[unit], *(conditions[other] for other in changes)]
    near = nearest_neighbours(features, NEIGHBOURS).index[0] - 1
    return own - float(np.mean(np.array(list(changes.values()))[near]))
