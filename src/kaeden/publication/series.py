"""A unit's figures over time when units merge and split: as it was, or as it is now.

*As it was* holds the unit's own rows and no others. *As organised now* (or on another
day: see `Lineage.at`) goes on back through the units that it carries on, and puts
together what was apart:

- a period that ended before a merger is pooled from the released, protected figures of
  the parts, weighted by their children; a ratio of children to adults by its adults;
- a part that is hidden hides the whole, and a part that is missing leaves it missing;
  a unit where the indicator was never measured has no part in it;
- the period in the middle of which the change came is the unit's own if it has one;
- a period that a unit's own source has counted anew for it is not pooled once more;
- after a split the common predecessor's figures stand in each successor's series, and
  are marked as common, so that nobody adds them up.

So a released row stands in one unmarked point at most. Pure, but for `series_of`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from kaeden.goals.indicators import Indicator, Unit, catalogue
from kaeden.organisation.lineage import Lineage
from kaeden.organisation.models import Unit as OrganisedUnit
from kaeden.publication.queries import ReleasedFigure, ReleasedUnit, of_units
from kaeden.shared.periods import Period
from kaeden.shared.status import ValueStatus

POOLED = "pooled"
"""The origin of a figure that was put together from several units'."""
CARRIED_ON = "carried_on"
"""The origin of a figure that is the one of the unit that this one carries on."""

DERIVED: Mapping[str, Any] = {
    **dict.fromkeys(("estimate", "low", "high", "peers_mean", "peers", "difference")),
    **dict.fromkeys(("swing", "compared", "slope", "slope_half", "points")),
    **dict.fromkeys(("preliminary", "direction", "group_mean")),
    **dict.fromkeys(("centre", "lower", "upper")),
    **dict.fromkeys(("limits", "broken", "change_of"), ""),
    "reliability": "",
    "group": "",
    "signal": "",
    "state": None,
}
"""What was worked out for a unit of that time, and does not hold for another."""


class Pooling(StrEnum):
    """How figures of several units become one."""

    BY_CHILDREN = "by_children"
    BY_ADULTS = "by_adults"
    NOT = "not"


RATIOS = {Unit.CHILDREN_PER_ADULT, Unit.PUPILS_PER_TEACHER}


def pooling_of(indicator: Indicator) -> Pooling:
    """Return how an indicator's figures are pooled; a verdict can't be."""
    if indicator.unit is Unit.VERDICT:
        return Pooling.NOT
    return Pooling.BY_ADULTS if indicator.unit in RATIOS else Pooling.BY_CHILDREN


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """On a day a unit took over from others, named by `before`.

    `is_new` says that it began by it; `others` are the units that took over too.
    """

    on: date
    before: tuple[str, ...]
    others: tuple[str, ...]
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A unit's figures, oldest first, with the days on which it changed.

    `common` are the points, by indicator and period, that belong to other units of
    today as well.
    """

    figures: tuple[ReleasedFigure, ...]
    changes: tuple[Change, ...] = ()
    common: frozenset[tuple[str, str]] = frozenset()


def series_of(release_id: int, unit: OrganisedUnit, lineage: Lineage) -> Series:
    """Return a unit's figures as organised on the day of its lineage (1 query)."""
    figures = of_units(release_id, {lineage.unit, *lineage.ancestors()})
    known = catalogue()
    return as_organised_now(
        figures, lineage, released(unit), pooling=lambda name: pooling_of(known[name])
    )


def released(unit: OrganisedUnit) -> ReleasedUnit:
    """Return a unit as its figures name it."""
    return ReleasedUnit(
        id=unit.pk, code=unit.code, kind=unit.kind, name=unit.name, path=unit.path
    )


def as_it_was(figures: Iterable[ReleasedFigure], lineage: Lineage) -> Series:
    """Return the unit's own figures."""
    own = tuple(one for one in figures if one.unit.id == lineage.unit)
    return Series(figures=own, changes=tuple(_changes(lineage, {lineage.unit})))


def as_organised_now(
    figures: Sequence[ReleasedFigure],
    lineage: Lineage,
    unit: ReleasedUnit,
    *,
    pooling: Callable[[str], Pooling],
) -> Series:
    """Return the figures of a unit and of all it carries on, as one series."""
    rows = Rows(figures, lineage)
    points: list[ReleasedFigure] = []
    common: set[tuple[str, str]] = set()
    for indicator, period in sorted({(f.indicator, f.period) for f in figures}):
        parts = rows.parts(unit.id, indicator, Period.parse(period))
        if not any(parts.values()):
            continue
        points.append(_point(parts, unit, pooling(indicator)))
        if any(lineage.heirs(one) != {unit.id} for one in parts):
            common.add((indicator, period))
    return Series(
        figures=tuple(_with_latest(points)),
        changes=tuple(_changes(lineage, {unit.id, *lineage.ancestors()})),
        common=frozenset(common),
    )


# Which rows a point is made of ---------------------------------------------------------


Parts: TypeAlias = dict[int, ReleasedFigure | None]
"""The rows that a point is made of, by unit; None ought to be there and is not."""


class Rows:
    """Released rows by unit, indicator and period."""

    def __init__(self, figures: Iterable[ReleasedFigure], lineage: Lineage) -> None:
        self.lineage = lineage
        self.rows = {(one.unit.id, one.indicator, one.period): one for one in figures}
        self.measured = {(unit, indicator) for unit, indicator, _period in self.rows}

    def parts(self, unit: int, indicator: str, period: Period) -> Parts:
        """Return the rows that a unit's figure in a period is made of."""
        own = self.rows.get((unit, indicator, str(period)))
        since = self.lineage.kin[unit].since
        later = [one for one in self.lineage.into(unit) if one.on > period.begins]
        began = [one for one in later if one.on <= since]
        joined = [one for one in later if one.on > since]
        parts: Parts = {}
        if own is not None or (not began and (unit, indicator) in self.measured):
            parts[unit] = own
        else:
            joined = later
        for one in joined:
            if own is None or one.on >= period.ends:
                parts |= self.parts(one.predecessor, indicator, period)
        return parts


# What a point is -----------------------------------------------------------------------


def _point(parts: Parts, unit: ReleasedUnit, pooling: Pooling) -> ReleasedFigure:
    """Return the figure that some rows make together."""
    first = next(one for one in parts.values() if one is not None)
    if len(parts) > 1:
        status, n, value = _pooled(list(parts.values()), pooling)
        pooled = {"status": status, "origin": POOLED, "value": value, "n": n}
        return replace(first, unit=unit, **(dict(DERIVED) | pooled))
    if first.unit.id == unit.id:
        return first
    return replace(first, unit=unit, origin=CARRIED_ON, signal="", state=None)


def _pooled(
    parts: Sequence[ReleasedFigure | None], pooling: Pooling
) -> tuple[ValueStatus, int | None, float | None]:
    """Return the status, the children and the value of some rows together."""
    statuses = [one.status if one else ValueStatus.MISSING for one in parts]
    if ValueStatus.HIDDEN in statuses:
        return ValueStatus.HIDDEN, None, None
    if all(status is ValueStatus.NOT_APPLICABLE for status in statuses):
        return ValueStatus.NOT_APPLICABLE, None, None
    counted = [one for one in parts if one and one.status.has_number]
    numbers = list(_numbers(counted))
    is_whole = ValueStatus.MISSING not in statuses and len(numbers) == len(counted)
    value = _mean(numbers, pooling) if is_whole else None
    if value is None:
        return ValueStatus.MISSING, None, None
    status = ValueStatus.VALUE if value else ValueStatus.ZERO
    return status, sum(n for n, _value in numbers), value


def _numbers(parts: Iterable[ReleasedFigure]) -> Iterator[tuple[int, float]]:
    """Give the children and the value of each row that tells both."""
    for one in parts:
        if one.n and one.value is not None:
            yield one.n, one.value


def _mean(numbers: Sequence[tuple[int, float]], pooling: Pooling) -> float | None:
    children = sum(n for n, _value in numbers)
    if pooling is Pooling.BY_CHILDREN:
        return sum(n * value for n, value in numbers) / children
    if pooling is Pooling.BY_ADULTS and all(value for _n, value in numbers):
        return children / sum(n / value for n, value in numbers)
    return None


def _with_latest(points: Sequence[ReleasedFigure]) -> Iterator[ReleasedFigure]:
    """Give the points with one latest for each indicator: its own, else the newest."""
    newest = {one.indicator: one for one in points}
    own = {one.indicator: one for one in points if one.is_latest and _is_own(one)}
    latest = newest | own
    for one in points:
        yield replace(one, is_latest=one is latest[one.indicator])


def _is_own(figure: ReleasedFigure) -> bool:
    return figure.origin not in {POOLED, CARRIED_ON}


def _changes(lineage: Lineage, units: set[int]) -> Iterator[Change]:
    """Give the days on which some units took over from others, the earliest first."""
    days = sorted(
        {(one.on, one.successor) for one in lineage.descents if one.successor in units}
    )
    for on, unit in days:
        before = [one.predecessor for one in lineage.into(unit) if one.on == on]
        others = {
            one.successor
            for one in lineage.descents
            if one.predecessor in before and one.successor != unit
        }
        yield Change(
            on=on,
            before=tuple(lineage.kin[one].name for one in before),
            others=tuple(sorted(lineage.kin[one].name for one in others)),
            is_new=lineage.kin[unit].since >= on,
        )
