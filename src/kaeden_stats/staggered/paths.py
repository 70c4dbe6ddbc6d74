"""The paths of outcomes over periods, summed over units that begin together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from kaeden_stats._checks import BoolArray, FloatArray, positive
from kaeden_stats.errors import InvalidInput, NotIdentified

NEVER = np.inf
"""The first period of a unit that never begins."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paths:
    """Sums over the units of k cohorts; units of one begin together and are seen alike.

    z is the outcome less the unit's own mean over its periods: differences between
    periods stay what they are, and large levels take no digits from them.

    Attributes
    ----------
    periods : (t,) float
        All periods, in order.
    first : (k,) float
        The first period with treatment; infinite for units that never begin.
    seen : (k, t) bool
        The periods in which the cohort's units have an outcome.
    units : (k,) float
        How many they are.
    weight, total : (k,), (k, t) float
        Σw and Σwz.
    weight_squares, total_squares, products : (k,), (k, t), (k, t, t) float
        Σw², Σw²z and Σw²zz'.
    left_out : mapping of str to int
        Units that were left out, by reason.
    """

    periods: FloatArray
    first: FloatArray
    seen: BoolArray
    units: FloatArray
    weight: FloatArray
    total: FloatArray
    weight_squares: FloatArray
    total_squares: FloatArray
    products: FloatArray
    left_out: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "Paths") -> "Paths":
        """Put the units of two places together, each with all its own.

        Raises
        ------
        InvalidInput
            If they are not about the same periods.
        """
        if not np.array_equal(self.periods, other.periods):
            raise InvalidInput(
                f"The parts cover {_said(self.periods)} and {_said(other.periods)}. "
                "Cut both to the periods that they share."
            )
        both = {
            name: np.concatenate([getattr(self, name), getattr(other, name)])
            for name in SUMS
        }
        reasons = dict.fromkeys((*self.left_out, *other.left_out))
        left_out = {
            why: self.left_out.get(why, 0) + other.left_out.get(why, 0)
            for why in reasons
        }
        return Paths(periods=self.periods, left_out=left_out, **both)


SUMS = (
    *("first", "seen", "units", "weight", "total"),
    *("weight_squares", "total_squares", "products"),
)


def paths_of(
    value: ArrayLike,
    first: ArrayLike,
    *,
    periods: ArrayLike | None = None,
    weights: ArrayLike | None = None,
) -> Paths:
    """Sum a table of units by periods.

    Parameters
    ----------
    value : (n, t) float
        Outcomes; NaN where a unit has none.
    first : (n,) float
        Each unit's first period with treatment; infinite where it never begins.
    periods : (t,) float, optional
        The periods in order; 0, 1, … when left out.
    weights : (n,) float, optional
        Importance of each unit, above 0.

    Returns
    -------
    Paths

    Raises
    ------
    InvalidInput
        If lengths differ, periods are not in order, or a weight is not above 0.
    NotIdentified
        If no unit has an outcome before it begins.
    """
    panel = panel_of(value, first, periods=periods, weights=weights)
    seen = np.isfinite(panel.value)
    z = np.where(seen, panel.value, 0.0)
    mean = z.sum(axis=1) / seen.sum(axis=1)
    z = np.where(seen, z - mean[:, None], 0.0)
    held = np.column_stack([panel.first, seen])
    _, place, of = np.unique(held, axis=0, return_index=True, return_inverse=True)
    sums = [_summed(z[of == c], panel.weights[of == c]) for c in range(len(place))]
    columns = [np.array(column) for column in zip(*sums, strict=True)]
    return Paths(
        periods=panel.periods,
        first=panel.first[place],
        seen=seen[place],
        left_out=panel.left_out,
        **dict(zip(SUMS[2:], columns, strict=True)),
    )


def _summed(z: FloatArray, w: FloatArray) -> tuple[object, ...]:
    square = w**2
    return (
        *(float(len(w)), w.sum(), w @ z),
        *(square.sum(), square @ z, (z * square[:, None]).T @ z),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """Units by periods, with what can't be used left out.

    Attributes
    ----------
    value : (n, t) float
        NaN where a unit has no outcome.
    first, weights : (n,) float
    periods : (t,) float
    kept : (m,) bool
        Which of the units given are among the n.
    """

    value: FloatArray
    first: FloatArray
    weights: FloatArray
    periods: FloatArray
    kept: BoolArray
    left_out: Mapping[str, int]


def panel_of(
    value: ArrayLike,
    first: ArrayLike,
    *,
    periods: ArrayLike | None = None,
    weights: ArrayLike | None = None,
) -> Panel:
    """Check a table of units by periods, and leave out what says nothing."""
    y = np.array(value, dtype=float)
    if y.ndim != 2:
        raise InvalidInput(f"value must be units by periods, got shape {y.shape}.")
    y[~np.isfinite(y)] = np.nan
    when = np.arange(y.shape[1]) if periods is None else np.asarray(periods)
    check_order(when, y.shape[1])
    begins = np.asarray(first, dtype=float)
    w = np.ones(len(y)) if weights is None else positive(weights, "weights")
    for name, given in (("first", begins), ("weights", w)):
        if given.shape != (len(y),):
            raise InvalidInput(
                f"{name} must have one entry for each of the {len(y)} units, got "
                f"shape {given.shape}."
            )
    if np.isnan(begins).any():
        raise InvalidInput("first has missing values. Say infinity for never.")
    outside = begins > when[-1]
    begins = np.where(outside, NEVER, begins)
    kept, left_out = _usable(y, begins, float(when[0]))
    return Panel(
        value=y[kept],
        first=begins[kept],
        weights=w[kept] / w[kept].mean(),
        periods=when.astype(float),
        kept=kept,
        left_out=left_out,
    )


def check_order(periods: ArrayLike, count: int) -> None:
    """Refuse periods that are not one for each column, in order."""
    when = np.asarray(periods, dtype=float)
    if when.shape != (count,) or (np.diff(when) <= 0).any():
        raise InvalidInput(
            f"periods must be {count} numbers in order, got {_said(when)}."
        )


def _usable(
    y: FloatArray, begins: FloatArray, earliest: float
) -> tuple[BoolArray, dict[str, int]]:
    empty = np.isnan(y).all(axis=1)
    early = ~empty & (begins <= earliest)
    kept = ~(empty | early)
    if not kept.any():
        raise NotIdentified("No unit has an outcome and a period before it begins.")
    reasons = {NO_OUTCOME: int(empty.sum()), NO_PERIOD_BEFORE: int(early.sum())}
    return kept, {why: count for why, count in reasons.items() if count}


NO_OUTCOME = "no outcome"
NO_PERIOD_BEFORE = "no period before it begins"


def _said(periods: FloatArray) -> str:
    return ", ".join(f"{period:g}" for period in periods)
