"""What each rule says of a country's newest year: an alarm, how loud, and which way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from bench.calibration.world import Town
from kaeden.engine import own, scan
from kaeden.engine.false_alarms import RuleName, World
from kaeden.engine.panel import FloatArray, OwnPanel, Panel
from kaeden.engine.results import Result
from kaeden.engine.signals import By
from kaeden.goals.indicators import Indicator, published
from kaeden.shared.periods import Period
from kaeden.shared.status import ValueStatus

MODEL = "wellbeing-social"
"""The indicator whose file says how the engine is to treat these figures."""
TOWN = "999"
RED = 0.1
"""A light is red so far below the municipality's mean: one step of a published figure."""
STEP = 0.1
"""An arrow points down when the figure is so much lower than last year's."""
TESTED = 1.959963984540054
WORST = 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alarms:
    """What a rule says; arrays are (j, k) with the units of all municipalities in k.

    `loud` and `loud_better` grow with the alarm, so that a rule can be made as strict as
    another.
    """

    worse: np.ndarray
    better: np.ndarray
    loud: FloatArray
    loud_better: FloatArray


def ours(towns: Sequence[Town], world: World) -> Alarms:
    """Compute and scan each municipality as the engine does its own figures."""
    told = [_told(one, world) for one in towns]
    said = _together([_by_unit(_side, one, world) for one in told])
    return Alarms(
        worse=said < 0,
        better=said > 0,
        loud=_together([_by_unit(partial(_loud, side=-1), one, world) for one in told]),
        loud_better=_together(
            [_by_unit(partial(_loud, side=1), one, world) for one in told]
        ),
    )


def others(towns: Sequence[Town], world: World) -> dict[RuleName, Alarms]:
    """Ask the other rules; as they are in use, they call to look at what is bad."""
    newest = _together([one.value[:, :, -1] for one in towns])
    before = _together([one.value[:, :, -2] for one in towns])
    mean = _together(
        [
            np.broadcast_to(
                np.average(one.value[:, :, -1], axis=1, weights=one.children[:, -1])[
                    :, None
                ],
                one.value.shape[:2],
            )
            for one in towns
        ]
    )
    precision = np.concatenate(
        [1 / (1 / one.children[:, -1] + 1 / one.children[:, -2]) for one in towns]
    )
    error = world.child_sd / np.sqrt(precision)
    lowest, highest = np.quantile(newest, [WORST, 1 - WORST], axis=1, keepdims=True)
    return {
        RuleName.LIGHT: _over(mean - newest, RED),
        RuleName.ARROW: _over(before - newest, STEP - 1e-9),
        RuleName.TESTED_ARROW: _over((before - newest) / error, TESTED),
        RuleName.DECILE: _over(lowest - newest, 0.0, newest - highest),
    }


def _over(
    loud: FloatArray, limit: float, loud_better: FloatArray | None = None
) -> Alarms:
    """Alarm of what is bad; how loud the rule would be of what is good is its mirror."""
    return Alarms(
        worse=loud > limit,
        better=np.zeros(loud.shape, bool),
        loud=loud,
        loud_better=-loud if loud_better is None else loud_better,
    )


def _together(parts: Sequence[FloatArray]) -> FloatArray:
    return np.concatenate(parts, axis=1)


def _told(one: Town, world: World) -> list[Result]:
    """Return the newest results of a municipality, indicator by indicator, scanned."""
    indicator = published()[MODEL].model_copy(update={"decimals": world.decimals})
    codes = tuple(f"{row:03d}" for row in range(len(one.children)))
    peers = {
        ("institution", code): tuple(other for other in codes if other != code)
        for code in codes
    }
    newest = [
        result
        for value in one.value
        for result in own.compute(
            _panel(value, one.children, indicator, codes), TOWN, peers
        ).results
        if result.is_latest and result.level == "institution"
    ]
    return scan.scan(newest, {indicator.id: indicator.direction}).results


def _by_unit(
    said: Callable[[Result], float], told: Sequence[Result], world: World
) -> np.ndarray:
    return np.array([said(one) for one in told]).reshape(world.indicators, -1)


def _loud(result: Result, *, side: int) -> float:
    """Return how sure the engine's two tests are that a unit lies or moves to a side."""
    found = (
        (result.development_p, result.slope),
        (result.comparison_p, result.difference),
    )
    return max(
        (-p for p, way in found if p is not None and np.sign(way or 0.0) == side),
        default=-1.0,
    )


def _side(result: Result) -> int:
    """Return -1, 0 or 1: the signal is of worse, there is none, or of better."""
    if result.signal == By.DEVELOPMENT:
        return int(result.direction or 0)
    if result.signal == By.COMPARISON:
        return int(np.sign(result.difference or 0.0))
    return 0


def _panel(
    value: FloatArray,
    children: FloatArray,
    indicator: Indicator,
    codes: tuple[str, ...],
) -> OwnPanel:
    years = value.shape[1]
    panel = Panel(
        indicator=indicator,
        codes=codes,
        periods=tuple(
            Period(start=2025 - years + column, is_school_year=True)
            for column in range(1, years + 1)
        ),
        value=value,
        n=children[:, -1],
        status=np.full(value.shape, ValueStatus.VALUE, dtype=object),
    )
    return OwnPanel(panel=panel, children=children, there=np.ones(value.shape, bool))
