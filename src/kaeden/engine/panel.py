"""One indicator over units and periods, read from the lake."""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kaeden.data import lake
from kaeden.data.rules import own_source
from kaeden.goals.indicators import Indicator
from kaeden.shared.errors import NotFound
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

    @property
    def breaks(self) -> tuple[int, ...]:
        """The columns, after the first, where figures begin to be made in another way."""
        found = set()
        for one in self.indicator.breaks:
            _before, after = one.periods
            later = [c for c, period in enumerate(self.periods) if period >= after]
            found |= {*later[:1]}
        return tuple(sorted(found - {0}))


def read(indicator: Indicator) -> Panel:
    """Return an indicator's panel (2 reads of the lake); it may be empty."""
    measure = indicator.measure
    rows = lake.measure(measure.source, measure.name, measure.breakdown)
    found = _placed(indicator, rows)
    return replace(found, n=sizes(indicator, list(found.codes)))


def _placed(indicator: Indicator, rows: lake.Measure) -> Panel:
    """Return rows as units by periods, the children behind them not known."""
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
        n=np.full(len(codes), np.nan),
        status=status,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OwnPanel:
    """A municipality's own figures of one indicator, year by year.

    Attributes
    ----------
    panel : Panel
        `n` is each unit's newest number of children.
    children : (k, t) float
        Children behind each value; NaN where the file doesn't say.
    there : (k, t) bool
        Whether the file has a row.
    """

    panel: Panel
    children: FloatArray
    there: NDArray[np.bool_]

    @property
    def newest(self) -> FloatArray:
        """Each unit's newest number of children; NaN where none is known."""
        return np.array([_newest(row) for row in self.children], dtype=float)

    def until(self, column: int) -> Panel:
        """Return the panel as it stood when that year's figures were the newest."""
        years = slice(column + 1)
        return replace(
            self.panel,
            periods=self.panel.periods[years],
            value=self.panel.value[:, years],
            status=self.panel.status[:, years],
            n=self.children[:, column],
        )


def read_own(indicator: Indicator, town: str) -> OwnPanel | None:
    """Return a municipality's own panel (2 reads of the lake); None without figures."""
    source = own_source(town)
    try:
        rows = lake.measure(source, "value", indicator.id)
    except NotFound:
        return None
    panel = _placed(indicator, rows)
    behind = _placed(indicator, lake.measure(source, "children", indicator.id))
    there = np.zeros(panel.value.shape, dtype=bool)
    for code, period in zip(rows.unit_code, rows.period, strict=True):
        column = panel.periods.index(Period.parse(period))
        there[panel.codes.index(code), column] = True
    found = OwnPanel(panel=panel, children=behind.value, there=there)
    return replace(found, panel=replace(panel, n=found.newest))


def _newest(row: FloatArray) -> float:
    known = row[np.isfinite(row)]
    return float(known[-1]) if known.size else np.nan


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
