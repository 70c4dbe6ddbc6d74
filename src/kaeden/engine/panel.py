"""One indicator over units and periods, read from the lake."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kaeden.data import lake
from kaeden.goals.indicators import Indicator
from kaeden.shared.periods import Period
from kaeden.shared.status import ValueStatus

FloatArray: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """k units by t periods, oldest period first.

    Attributes
    ----------
    value : (k, t) float
        In the indicator's unit; NaN where there is no number.
    n : (k,) float
        Children behind a unit's value; NaN where that is not known.
    status : (k, t) object
        The `ValueStatus` of each place.
    """

    indicator: Indicator
    codes: tuple[str, ...]
    periods: tuple[Period, ...]
    value: FloatArray
    n: FloatArray
    status: NDArray[np.object_]

    @property
    def rounding_variance(self) -> float:
        """Variance that the source's rounding adds to every published value."""
        step = 10.0**-self.indicator.decimals
        return float(step**2 / 12)


def read(indicator: Indicator) -> Panel:
    """Return an indicator's panel (2 reads of the lake); it may be empty."""
    measure = indicator.measure
    rows = lake.measure(measure.source, measure.name, measure.breakdown)
    codes = sorted(set(rows.unit_code))
    periods = sorted({Period.parse(text) for text in rows.period})
    at = {code: row for row, code in enumerate(codes)}
    on = {str(period): column for column, period in enumerate(periods)}
    value = np.full((len(codes), len(periods)), np.nan)
    status = np.full(value.shape, ValueStatus.MISSING, dtype=object)
    places = zip(rows.unit_code, rows.period, rows.value, rows.status, strict=True)
    for code, period, number, state in places:
        value[at[code], on[period]] = number
        status[at[code], on[period]] = state
    return Panel(
        indicator=indicator,
        codes=tuple(codes),
        periods=tuple(periods),
        value=value,
        n=sizes(indicator, codes),
        status=status,
    )


def sizes(indicator: Indicator, codes: list[str]) -> FloatArray:
    """Return the children behind each unit's value: the size's latest number."""
    size = indicator.size
    if size is None:
        return np.full(len(codes), np.nan)
    rows = lake.measure(size.source, size.name)
    latest = max(rows.period, key=Period.parse, default="")
    known = {
        code: number * size.share
        for code, period, number in zip(
            rows.unit_code, rows.period, rows.value, strict=True
        )
        if period == latest
    }
    return np.array([known.get(code, np.nan) for code in codes], dtype=float)
