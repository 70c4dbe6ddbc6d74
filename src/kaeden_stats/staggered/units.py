"""What each unit gained, with the doubt that others' ordinary changes give."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kaeden_stats._checks import BoolArray, FloatArray, IntArray
from kaeden_stats.errors import NotIdentified
from kaeden_stats.staggered.design import Cell, cells
from kaeden_stats.staggered.paths import Panel, panel_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GainsOfUnits:
    """The gain of each of m units that began.

    Attributes
    ----------
    index : (m,) int
        Rows of the table given.
    effect, standard_error : (m,) float
    periods : (m,) int
        Periods after the beginning that the gain is the mean of.
    """

    index: IntArray
    effect: FloatArray
    standard_error: FloatArray
    periods: IntArray


def gains_of_units(
    value: ArrayLike,
    first: ArrayLike,
    *,
    periods: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    anticipation: int = 0,
) -> GainsOfUnits:
    r"""Return the change of each unit that began beyond that of those that had not.

    For unit i of group g, over its k periods t from g on in which it is seen,

    .. math::

        e_i = \frac1k \sum_t \bigl( (y_{it} - y_{ib}) - \bar\Delta_{C_{gt}} \bigr),
        \qquad SE_i^2 = s^2 \Bigl( 1 + \frac1{m_g} \Bigr)

    with b and C as in `fit_paths`, s² the variance of the same mean change among the m_g
    units of the comparison around their own, pooled over groups.

    Parameters
    ----------
    value, first, periods, weights, anticipation
        As in `randomised_effect`.

    Returns
    -------
    GainsOfUnits
        Units of one group share their comparison: their errors are not independent.

    Raises
    ------
    InvalidInput
        If an argument has a wrong form.
    NotIdentified
        If no unit can be compared, or none with two others.
    """
    panel = panel_of(value, first, periods=periods, weights=weights)
    groups = np.unique(panel.first[np.isfinite(panel.first)])
    asked = cells(panel.periods, list(groups), anticipation=anticipation)
    found = [
        _of_group(panel, [one for one in asked if one.group == group])
        for group in groups
    ]
    there = [one for one in found if one.rows.size and one.residual.size]
    spread = [one for one in there if one.residual.size > 1]
    if not spread:
        raise NotIdentified("No unit can be compared with two others or more.")
    freedom = sum(one.residual.size - 1 for one in spread)
    noise = sum(
        float(((r := one.residual) - r.mean()) @ (r - r.mean())) for one in spread
    )
    variance = noise / freedom
    rows = np.concatenate([one.rows for one in there])
    order = np.argsort(rows)
    compared = np.concatenate([np.full(o.rows.size, o.residual.size) for o in there])
    error = np.sqrt(variance * (1 + 1 / compared))
    return GainsOfUnits(
        index=np.flatnonzero(panel.kept)[rows[order]],
        effect=np.concatenate([one.gain for one in there])[order],
        standard_error=error[order],
        periods=np.concatenate([one.periods for one in there])[order],
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _OfGroup:
    rows: IntArray
    gain: FloatArray
    periods: IntArray
    residual: FloatArray


def _of_group(panel: Panel, asked: list[Cell]) -> _OfGroup:
    """Return the mean changes of a group's units and of its comparison's."""
    away = np.full((len(panel.value), len(asked)), np.nan)
    compares = np.zeros(away.shape, dtype=bool)
    for column, cell in enumerate(asked):
        if panel.periods[cell.at] >= cell.group:
            away[:, column], compares[:, column] = _away(panel, cell)
    treated = np.isfinite(away) & (panel.first == asked[0].group)[:, None]
    others = np.isfinite(away) & compares
    rows = np.flatnonzero(treated.any(axis=1))
    return _OfGroup(
        rows=rows,
        gain=_means(away, treated)[rows],
        periods=treated.sum(axis=1)[rows],
        residual=_means(away, others)[others.any(axis=1)],
    )


def _away(panel: Panel, cell: Cell) -> tuple[FloatArray, BoolArray]:
    """Return each unit's change less the comparison's; NaN where that has nobody."""
    change = panel.value[:, cell.at] - panel.value[:, cell.base]
    others = np.isfinite(change) & cell.compares(panel.first)
    if not others.any():
        return np.full(change.shape, np.nan), others
    return change - np.average(change[others], weights=panel.weights[others]), others


def _means(away: FloatArray, chosen: BoolArray) -> FloatArray:
    count = np.maximum(chosen.sum(axis=1), 1)
    return np.asarray(np.where(chosen, away, 0.0).sum(axis=1) / count)
