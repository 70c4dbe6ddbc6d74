"""Pictures of a fit as plain numbers: what to draw, and nothing of how."""

from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray, share
from kaeden_stats._normal import reach
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._equations import columns_of
from kaeden_stats.multilevel._terms import ONE
from kaeden_stats.multilevel.intervals import share_intervals
from kaeden_stats.multilevel.result import RESIDUAL, Fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Caterpillar:
    """The effects of a level's units with their intervals, in the outcome's unit.

    Attributes
    ----------
    units : tuple of str
        Labels in the order of the level; those of the levels around stand before.
    effect, low, high : tuple of float
        One for each unit; 0 is what the fixed effects and outer levels expect.
    rows : tuple of int
        Rows of each unit.
    by_effect : tuple of int
        The units from the lowest effect to the highest, as places in `units`.
    """

    level: str
    term: str
    units: tuple[str, ...]
    effect: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    rows: tuple[int, ...]
    by_effect: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VarianceByLevel:
    """What of the differences between rows lies at each level.

    Attributes
    ----------
    levels : tuple of str
        As in `Fit.variance_shares`; the residual is last.
    share, low, high : tuple of float
        0 to 1; the shares add up to 1.
    deviation : tuple of float
        Standard deviation of each level on an average row, in the outcome's unit.
    """

    levels: tuple[str, ...]
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    deviation: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlopeFan:
    """One line for each unit: what is expected at two values of a term.

    Attributes
    ----------
    at : (float, float)
        The two values of the term.
    start, end : tuple of float
        What is expected there in each unit, in the outcome's unit; all other columns,
        and the other levels' effects, at their mean.
    overall : (float, float)
        The same for the average unit.
    """

    level: str
    term: str
    at: tuple[float, float]
    units: tuple[str, ...]
    start: tuple[float, ...]
    end: tuple[float, ...]
    overall: tuple[float, float]


def caterpillar(
    fit: Fit, level: str, term: str = ONE, *, confidence: float = 0.95
) -> Caterpillar:
    """Give the effects of a level's units with conditional intervals.

    Parameters
    ----------
    fit : Fit
        Nested or crossed.
    level : str
        One of its grouping columns.
    term : str
        One of the level's random effects; the intercept is ``"1"``.
    confidence : float
        Of each interval by itself, 0 to 1.

    Returns
    -------
    Caterpillar

    Raises
    ------
    InvalidInput
        If the model has no such level or term, or the confidence is out of range.

    Notes
    -----
    Two units whose intervals overlap may still differ; see `differences`. O(groups).
    """
    effect, spread = _effects(fit, level, term)
    half = reach(share(confidence, "confidence")) * spread
    return Caterpillar(
        level=level,
        term=term,
        units=_units(fit, level),
        effect=_plain(effect),
        low=_plain(effect - half),
        high=_plain(effect + half),
        rows=tuple(int(one) for one in _part_rows(fit, level)),
        by_effect=tuple(int(one) for one in np.argsort(effect, kind="stable")),
    )


def variance_by_level(fit: Fit, *, confidence: float = 0.95) -> VarianceByLevel:
    """Give each level's share of the variance with its profile interval.

    Parameters
    ----------
    fit : Fit
        Nested or crossed.
    confidence : float
        Of the intervals, 0 to 1.

    Returns
    -------
    VarianceByLevel

    Raises
    ------
    InvalidInput
        If the confidence is out of range.
    """
    table = share_intervals(fit, confidence)
    shares = np.array(table["share"], dtype=float)
    whole = fit.residual_variance / fit.variance_shares[RESIDUAL]
    return VarianceByLevel(
        levels=tuple(table["level"].tolist()),
        share=_plain(shares),
        low=_plain(table["low"]),
        high=_plain(table["high"]),
        deviation=_plain(np.sqrt(shares * whole)),
    )


def slope_fan(fit: Fit, level: str, term: str, at: tuple[float, float]) -> SlopeFan:
    """Give each unit's line over a term with a random slope.

    Parameters
    ----------
    fit : Fit
        Nested or crossed.
    level : str
        One of its grouping columns.
    term : str
        One of the level's random slopes.
    at : (float, float)
        The values of the term where the lines begin and end.

    Returns
    -------
    SlopeFan

    Raises
    ------
    InvalidInput
        If the model has no such level or slope.

    Notes
    -----
    Products of the term with other columns stand at their mean, like all else. O(groups).
    """
    data = columns_of(fit)
    mean = dict(zip(data.columns, data.centre.tolist(), strict=True)) | {ONE: 1.0}
    fixed = dict(
        zip(*(fit.coefficients[one] for one in ("term", "estimate")), strict=True)
    )
    slope, _spread = _effects(fit, level, term)
    middle = sum(float(fixed[name]) * mean[name] for name in fixed)
    own = np.zeros(len(slope))
    for other in fit.effect_terms[level]:
        if other != term:
            own += _effects(fit, level, other)[0] * mean[other]
    ends, overall = [], []
    for value in at:
        average = middle + float(fixed.get(term, 0.0)) * (value - mean[term])
        overall.append(average)
        ends.append(average + own + slope * value)
    return SlopeFan(
        level=level,
        term=term,
        at=(float(at[0]), float(at[1])),
        units=_units(fit, level),
        start=_plain(ends[0]),
        end=_plain(ends[1]),
        overall=(overall[0], overall[1]),
    )


def _effects(fit: Fit, level: str, term: str) -> tuple[FloatArray, FloatArray]:
    """Return the effects of one term at a level, and their standard errors."""
    table = fit.effects(level)
    if term not in fit.effect_terms[level]:
        raise InvalidInput(
            f"{level} has no random effect of {term!r}. It has "
            f"{', '.join(fit.effect_terms[level])}."
        )
    own = table["term"] == term
    return table["effect"][own], table["standard_error"][own]


def _units(fit: Fit, level: str) -> tuple[str, ...]:
    labels = fit._scaled.parts[fit._scaled.levels.index(level)].groups.labels
    return tuple(" ".join(map(str, one)) for one in zip(*labels.values(), strict=True))


def _part_rows(fit: Fit, level: str) -> FloatArray:
    return fit._scaled.parts[fit._scaled.levels.index(level)].groups.rows


def _plain(values: FloatArray) -> tuple[float, ...]:
    return tuple(float(one) for one in values)
