"""What rows of children say takes the place of a municipality's own file, unit by unit."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from kaeden.engine.model_results import UnitResult
from kaeden.engine.panel import OwnPanel, Panel
from kaeden.engine.recipe import Computed
from kaeden.engine.results import Result
from kaeden.engine.row_changes import UnitChange
from kaeden.engine.row_models import Modelled
from kaeden.goals.indicators import Indicator
from kaeden.shared.periods import Period
from kaeden.shared.status import ValueStatus

ROWS = "rows"
"""The origin of a value that is the mean of a unit's own children."""


def by_indicator(modelled: Iterable[Modelled]) -> Mapping[str, Modelled]:
    """Return what the rows say of each indicator that they say anything of."""
    return {one.indicator: one for one in modelled if one.indicator and one.means}


def laid_over(
    own: OwnPanel | None, indicator: Indicator, of_rows: Modelled | None
) -> OwnPanel | None:
    """Return the panel of a municipality with the rows' means in the file's place.

    A unit or a year that the file doesn't have is put in.
    """
    if of_rows is None:
        return own
    base = own or _empty(indicator)
    years = {*base.panel.periods, *map(Period.parse, of_rows.means)}
    units = {one.code for means in of_rows.means.values() for one in means}
    wide = _widened(base, sorted({*base.panel.codes, *units}), sorted(years))
    at = {code: row for row, code in enumerate(wide.panel.codes)}
    for period, means in of_rows.means.items():
        column = wide.panel.periods.index(Period.parse(period))
        for one in means:
            place = at[one.code], column
            wide.panel.value[place] = of_rows.scale * one.mean
            wide.panel.status[place] = ValueStatus.VALUE
            wide.children[place] = one.rows
            wide.there[place] = True
    return replace(wide, panel=replace(wide.panel, n=wide.newest))


def with_models(made: Computed, of_rows: Modelled | None) -> Computed:
    """Return results whose values are the rows' and whose estimates are their models'."""
    if of_rows is None:
        return made
    units = {
        (model.period, one.code): one for model in of_rows.models for one in model.units
    }
    means = {
        (period, one.code) for period, some in of_rows.means.items() for one in some
    }
    return replace(
        made,
        results=[
            _of_rows(
                _moved(one, of_rows.changes.units.get(one.code)),
                units.get((one.period, one.code)),
            )
            if one.level == "institution" and (one.period, one.code) in means
            else one
            for one in made.results
        ],
    )


def _of_rows(one: Result, unit: UnitResult | None) -> Result:
    if unit is None:
        return replace(one, origin=ROWS)
    return replace(
        one,
        origin=ROWS,
        estimate=unit.fair,
        low=unit.low,
        high=unit.high,
        reliability=unit.reliability,
    )


def _moved(one: Result, change: UnitChange | None) -> Result:
    """Return the newest result with what its unit's own children say of its change.

    A unit with years enough for a trend of its own keeps it: five years tell more than
    the few that rows cover.
    """
    has_trend = one.preliminary is False
    if change is None or not one.is_latest or has_trend:
        return one
    return replace(
        one,
        slope=change.slope,
        slope_se=change.standard_error,
        points=float(change.years),
        preliminary=False,
        development_p=change.p_value,
        direction=change.direction,
        change_of=ROWS,
    )


def _empty(indicator: Indicator) -> OwnPanel:
    nothing = np.empty((0, 0))
    panel = Panel(
        indicator=indicator,
        codes=(),
        periods=(),
        value=nothing,
        n=np.empty(0),
        status=nothing.astype(object),
    )
    return OwnPanel(panel=panel, children=nothing, there=nothing.astype(bool))


def _widened(own: OwnPanel, codes: list[str], periods: list[Period]) -> OwnPanel:
    """Return a panel with room for more units and years; what it had stays in place."""
    shape = len(codes), len(periods)
    value, children = np.full(shape, np.nan), np.full(shape, np.nan)
    status = np.full(shape, ValueStatus.MISSING, dtype=object)
    there = np.zeros(shape, dtype=bool)
    if own.panel.codes:
        at = np.ix_(
            [codes.index(code) for code in own.panel.codes],
            [periods.index(period) for period in own.panel.periods],
        )
        value[at], children[at] = own.panel.value, own.children
        status[at], there[at] = own.panel.status, own.there
    panel = replace(
        own.panel,
        codes=tuple(codes),
        periods=tuple(periods),
        value=value,
        status=status,
    )
    return OwnPanel(panel=panel, children=children, there=there)
