"""Sums of children by group, put together over years, and what gap they make. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite

import numpy as np

from kaeden.data.lake.rows import Cell
from kaeden.engine.gap_results import FEWEST_CHILDREN, MOST_YEARS
from kaeden.engine.panel import FloatArray
from kaeden_stats import (
    DesignEffect,
    Gap,
    InvalidInput,
    NotIdentified,
    design_effect,
    gap_between_means,
    gap_between_shares,
    gap_in_clusters,
)

FEWEST_UNITS = 5
"""With fewer schools, a municipality's interval rests on its classes."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupTable:
    """Children of groups in clusters: (J, G) counts, sums, and sums of squares."""

    n: FloatArray
    total: FloatArray
    squares: FloatArray

    @property
    def rows(self) -> FloatArray:
        """How many children each group has."""
        found: FloatArray = self.n.sum(axis=0)
        return found

    @property
    def mean(self) -> FloatArray:
        """Return the mean of each group."""
        found: FloatArray = self.total.sum(axis=0) / self.rows
        return found

    @property
    def variance(self) -> FloatArray:
        """Return the variance between the children of each group."""
        n = self.rows
        apart = self.squares.sum(axis=0) - n * self.mean**2
        found: FloatArray = np.maximum(apart, 0.0) / np.maximum(n - 1, 1)
        return found

    @property
    def is_enough(self) -> bool:
        """Whether each group has children enough to be told of."""
        return bool((self.rows >= FEWEST_CHILDREN).all())


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """School years that are put together, oldest first."""

    periods: tuple[str, ...]

    @property
    def last(self) -> str:
        """The newest of them."""
        return self.periods[-1]


def table_of(
    cells: Iterable[Cell], groups: Sequence[str], *, by_unit: bool = False
) -> GroupTable:
    """Return the table of some cells; clusters are classes, or whole units."""
    at = {name: place for place, name in enumerate(groups)}
    kept = [one for one in cells if one.group in at]
    names = [one.unit if by_unit else f"{one.unit} {one.cluster}" for one in kept]
    rows = {name: row for row, name in enumerate(dict.fromkeys(names))}
    sums = np.zeros((3, len(rows), len(groups)))
    for name, one in zip(names, kept, strict=True):
        sums[:, rows[name], at[one.group]] += (one.rows, one.total, one.squares)
    return GroupTable(n=sums[0], total=sums[1], squares=sums[2])


def windows(periods: Sequence[str], years: int) -> tuple[Window, ...]:
    """Return whole windows of so many years, none overlapping, the newest last.

    >>> [one.periods for one in windows(["21", "22", "23"], 2)]
    [('22', '23')]
    """
    count = len(periods) // years
    first = len(periods) - count * years
    return tuple(
        Window(periods=tuple(periods[at : at + years]))
        for at in range(first, len(periods), years)
    )


def years_needed(
    cells: Sequence[Cell], periods: Sequence[str], groups: Sequence[str]
) -> int | None:
    """Return how many of the newest years must be put together; None if all are few."""
    for years in range(1, min(MOST_YEARS, len(periods)) + 1):
        if table_of(within(cells, periods[-years:]), groups).is_enough:
            return years
    return None


def within(cells: Iterable[Cell], periods: Collection[str]) -> list[Cell]:
    """Return the cells of some periods."""
    return [one for one in cells if one.period in periods]


# Gaps ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How a gap is judged: of shares or means, and how much classes matter."""

    is_share: bool
    effect: DesignEffect = field(default=DesignEffect(factor=1.0, df=0.0))
    level: float = 0.95


def plain_gap(table: GroupTable, how: Method) -> Gap | None:
    """Return a gap whose uncertainty is that of single children times the effect.

    None where all of a group are alike, so that nothing says how sure their mean is.
    """
    by = how.effect.factor
    if how.is_share:
        return gap_between_shares(
            table.total.sum(axis=0) / by, table.rows / by, level=how.level
        )
    try:
        return gap_between_means(
            table.mean, table.variance * by, table.rows, level=how.level
        )
    except InvalidInput:
        return None


def wider_gap(table: GroupTable, plain: GroupTable, how: Method) -> Gap | None:
    """Return the less sure of two accounts: by clusters, and by single children."""
    alone = plain_gap(plain, how)
    try:
        clustered = gap_in_clusters(table.n, table.total, level=how.level)
    except NotIdentified:
        return None
    if alone is None or clustered.high - clustered.low >= alone.high - alone.low:
        return clustered
    return alone


def effect_of(tables: Iterable[GroupTable], *, is_share: bool) -> DesignEffect | None:
    """Return how much classes matter, over all units with three or more of them."""
    found = []
    for table in tables:
        plain = plain_gap(table, Method(is_share=is_share))
        try:
            clustered = gap_in_clusters(table.n, table.total)
        except NotIdentified:
            continue
        if plain and plain.standard_error > 0:
            by_class, by_child = clustered.standard_error, plain.standard_error
            found.append((by_class**2, by_child**2, len(table.n)))
    if not found:
        return None
    clustered_, plain_, clusters = zip(*found, strict=True)
    return design_effect(clustered_, plain_, clusters)


def as_number(value: float, by: float = 1.0) -> float | None:
    """Return a number in the outcome's unit, None where it can't be told."""
    return by * value if isfinite(value) else None
