"""Which changes are compared with which: group-time effects and their averages. Private."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from kaeden_stats._checks import BoolArray, FloatArray
from kaeden_stats.errors import InvalidInput

Comparison: TypeAlias = Literal["not yet", "never"]
Base: TypeAlias = Literal["varying", "universal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One group-time effect: who begins when, seen when, against which period.

    Attributes
    ----------
    group : float
        g: the first period with treatment.
    at, base : int
        Columns of the period it is about, t, and of the one it is measured from.
    clean_after : float
        Units that begin later than this, or never, are the comparison.
    """

    group: float
    at: int
    base: int
    clean_after: float

    def compares(self, first: FloatArray) -> BoolArray:
        """Say which units serve as comparison."""
        return np.asarray((first > self.clean_after) & (first != self.group))


def cells(
    periods: FloatArray,
    groups: Sequence[float],
    *,
    comparison: Comparison = "not yet",
    base: Base = "varying",
    anticipation: int = 0,
) -> list[Cell]:
    """Return the cells in the order of groups and periods, as R's did counts them."""
    for name, said, known in (
        ("comparison", comparison, ("not yet", "never")),
        ("base", base, ("varying", "universal")),
    ):
        if said not in known:
            raise InvalidInput(f"{name} must be one of {known}, got {said!r}.")
    if anticipation < 0:
        raise InvalidInput(f"anticipation must be 0 or more, got {anticipation}.")
    return [
        Cell(
            group=group,
            at=at,
            base=start,
            clean_after=np.finfo(float).max
            if comparison == "never"
            else float(periods[max(at, start)] + anticipation),
        )
        for group in groups
        for at, start in _spans(periods, group, base, anticipation)
    ]


def _spans(
    periods: FloatArray, group: float, base: Base, anticipation: int
) -> Iterator[tuple[int, int]]:
    """Return pairs of columns: the period, and the one it is measured from."""
    before = int(np.searchsorted(periods, group - anticipation)) - 1
    if before < 0:
        return
    for at in range(len(periods)):
        if at > before or (base == "universal" and at != before):
            yield at, before
        elif base == "varying" and at:
            yield at, at - 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Averages:
    """Which effects each average is of: rows of 0 and 1 over the cells.

    Attributes
    ----------
    label : (m,) float
    member : (m, a) bool
    by_units : bool
        Weighed by the units of each group, else all alike.
    """

    label: FloatArray
    member: BoolArray
    by_units: bool


def averages(
    kind: str, group: FloatArray, period: FloatArray, is_after: BoolArray
) -> Averages:
    """Return the averages of one kind: all, by group, by event or by period."""
    along = {
        "all": np.zeros(len(group)),
        "group": group,
        "event": period - group,
        "period": period,
    }[kind]
    chosen = np.ones(len(group), bool) if kind == "event" else is_after
    label = np.unique(along[chosen])
    return Averages(
        label=label,
        member=(along == label[:, None]) & chosen,
        by_units=kind != "group",
    )
