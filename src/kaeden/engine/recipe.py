"""The recipe «public results»: one indicator in, a result for each unit out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from kaeden.engine import charts, development, facts, fair
from kaeden.engine.background import Background
from kaeden.engine.comparison import Comparison, compare
from kaeden.engine.models import COUNTRY
from kaeden.engine.panel import FloatArray, Panel
from kaeden.engine.results import Result
from kaeden.goals.indicators import Comparison as Compared
from kaeden.goals.indicators import Level, WordingKind

METHOD = "public-results@3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """The results of one indicator, and the notes that its run publishes."""

    results: list[Result]
    notes: dict[str, Any] = field(default_factory=dict)


def compute(panel: Panel, background: Background) -> Computed:
    """Return every unit's result for one indicator."""
    if not panel.codes:
        return Computed(results=[], notes={"left_out": {"no data": 1}})
    made = (
        _institutions(panel, background)
        if panel.indicator.level is Level.INSTITUTION
        else _municipalities(panel, background)
    )
    if panel.indicator.wording.kind is WordingKind.VERDICT:
        return made
    return replace(made, results=_beside_groups(made.results, background))


def _beside_groups(results: list[Result], background: Background) -> list[Result]:
    """Put the mean of Danmarks Statistik's group beside each latest result."""
    groups = [_dst_group(one, background) for one in results]
    totals: dict[tuple[str, str], list[float]] = {}
    for one, group in zip(results, groups, strict=True):
        if group and one.is_latest and one.value is not None:
            total = totals.setdefault((one.level, group), [0.0, 0.0])
            weight = one.n or 1.0
            total[0] += weight * one.value
            total[1] += weight
    means = {place: total / weight for place, (total, weight) in totals.items()}
    return [
        replace(one, group=group, group_mean=means.get((one.level, group)))
        if one.is_latest
        else one
        for one, group in zip(results, groups, strict=True)
    ]


def _dst_group(one: Result, background: Background) -> str:
    """Return the group of the municipality that a result lies in; empty for none."""
    school = background.schools.get(one.code)
    town = school.municipality if school else one.code
    return str(background.groups.get(town, ""))


# Institutions: an area model where children behind the values are known ------------


def _institutions(panel: Panel, background: Background) -> Computed:
    groups = [_group(code, background) for code in panel.codes]
    children = _pupils(panel, background)
    whole, panel = panel, _without_small(panel, children)
    fitted = fair.fit(panel, groups)
    value = panel.value[:, -1]
    variance = np.full(len(value), panel.rounding_variance)
    if fitted:
        variance[fitted.used] = fitted.variance
    estimates = facts.estimates(fitted)
    beside = _beside(panel, panel.codes, value, variance, background.school_peers)
    results = [
        Result(
            **facts.place(whole, row, -1),
            n=facts.number(panel.n[row]),
            children=facts.number(children[row]),
            **estimates.get(row, {}),
            **facts.compared(beside, row),
        )
        for row in range(len(panel.codes))
    ]
    above = _group_results(panel, groups, variance, fitted, background)
    hidden = int(np.isfinite(whole.value).sum() - np.isfinite(panel.value).sum())
    notes = facts.notes(fitted) | {"too_few_children": hidden}
    return Computed(results=results + above, notes=notes)


def _without_small(panel: Panel, children: FloatArray) -> Panel:
    """Return the panel without the values that will be hidden for few children.

    What is hidden must not be in a mean either: all other parts of it are shown.
    """
    fewest = panel.indicator.minimum_group
    small = (panel.n < fewest) | (children < fewest)
    return replace(panel, value=np.where(small[:, None], np.nan, panel.value))


def _group(code: str, background: Background) -> str:
    """Return the municipality that leads a school; others of it are a group apart."""
    school = background.schools[code]
    return school.municipality if school.in_chain else f"{school.municipality} others"


def _group_results(
    panel: Panel,
    groups: list[str],
    variance: FloatArray,
    fitted: fair.Fair | None,
    background: Background,
) -> list[Result]:
    """Return municipalities and the country: means of their schools by children."""
    if panel.indicator.wording.kind is WordingKind.VERDICT:
        return []
    weight = np.where(np.isfinite(panel.n), panel.n, _pupils(panel, background))
    codes = sorted({group for group in groups if group.isdigit()})
    means = [
        facts.mean(
            panel.value[:, -1], variance, weight, np.array([g == c for g in groups])
        )
        for c in codes
    ]
    value, spread = np.array([m[0] for m in means]), np.array([m[1] for m in means])
    beside = _beside(panel, codes, value, spread, background.municipality_peers)
    estimates = _group_estimates(fitted)
    found = [
        Result(
            **facts.computed(panel, "municipality", code, value[row], means[row][2]),
            **estimates.get(code, {}),
            **facts.compared(beside, row),
        )
        for row, code in enumerate(codes)
    ]
    everyone = np.ones(len(groups), dtype=bool)
    country, _variance, n = facts.mean(panel.value[:, -1], variance, weight, everyone)
    return [*found, Result(**facts.computed(panel, "country", COUNTRY, country, n))]


def _pupils(panel: Panel, background: Background) -> FloatArray:
    return np.array([background.schools[code].pupils for code in panel.codes])


def _group_estimates(fitted: fair.Fair | None) -> dict[str, dict[str, Any]]:
    if fitted is None:
        return {}
    fit = fitted.fit
    return {
        str(label): {
            "estimate": float(middle),
            "low": float(middle - fair.Z95 * error),
            "high": float(middle + fair.Z95 * error),
        }
        for label, middle, error in zip(
            fit.group_label, fit.group_estimate, fit.group_standard_error, strict=True
        )
    }


# Municipalities: published figures, in a series where there is one ------------------


def _municipalities(panel: Panel, background: Background) -> Computed:
    moved = development.assess(replace(panel, n=_size(panel, background)))
    variance = moved.variance
    drawn = charts.chart(panel) if panel.indicator.series else None
    spread = np.full(len(panel.codes), panel.rounding_variance)
    beside = _beside(
        panel,
        panel.codes,
        panel.value[:, -1],
        spread if variance is None else variance,
        background.municipality_peers,
    )
    results = []
    for column in range(len(panel.periods)):
        is_latest = column == len(panel.periods) - 1
        for row in range(len(panel.codes)):
            extra = (
                facts.compared(beside, row) | facts.developed(moved, row)
                if is_latest
                else {}
            )
            place = facts.place(panel, row, column) | {"is_latest": is_latest}
            extra |= drawn.at(row, column) if drawn else {}
            results.append(
                Result(**place, **facts.interval(place, variance, row), **extra)
            )
    notes: dict[str, Any] = {"years": moved.years}
    return Computed(results=results + _country(panel, background), notes=notes)


def _size(panel: Panel, background: Background) -> FloatArray:
    """Return the children behind each municipality's values, or its pupils instead."""
    pupils = [background.pupils.get(code, np.nan) for code in panel.codes]
    return np.where(np.isfinite(panel.n), panel.n, pupils)


def _country(panel: Panel, background: Background) -> list[Result]:
    """Return the country year by year: the municipalities' mean by children."""
    weight = _size(panel, background)
    found = []
    for column, period in enumerate(panel.periods):
        use = np.isfinite(panel.value[:, column]) & np.isfinite(weight)
        if use.any():
            mean = float(np.average(panel.value[use, column], weights=weight[use]))
            place = facts.computed(panel, "country", COUNTRY, mean, np.nan)
            place |= {"period": str(period)}
            place |= {"is_latest": column == len(panel.periods) - 1}
            found.append(Result(**place))
    return found


# Both -------------------------------------------------------------------------------


def _beside(
    panel: Panel,
    codes: Sequence[str],
    value: FloatArray,
    variance: FloatArray,
    peers: Mapping[str, tuple[str, ...]],
) -> Comparison | None:
    if panel.indicator.comparison is Compared.NONE:
        return None
    return compare(codes, value, variance, peers)
