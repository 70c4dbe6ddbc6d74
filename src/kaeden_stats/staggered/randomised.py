"""What the same outcomes would say, had others begun: doubt that few units leave."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kaeden_stats._checks import BoolArray, FloatArray, share
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.staggered.design import Base, Cell, averages, cells
from kaeden_stats.staggered.paths import Panel, panel_of

BLOCK = 4_000_000
"""Entries of draws by units held at once."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RandomisedEvents:
    """The effect by periods since the beginning; m periods.

    Attributes
    ----------
    at : (m,) float
        Negative before the beginning.
    effect, standard_error, low, high : (m,) float
    covariance : (m, m) float
    """

    at: FloatArray
    effect: FloatArray
    standard_error: FloatArray
    low: FloatArray
    high: FloatArray
    covariance: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RandomisedEffect:
    """The average effect per unit that began, with what chance alone could give.

    Attributes
    ----------
    effect : float
        Group averages weighed by their units.
    standard_error : float
        Standard deviation over the draws, the effect taken out.
    low, high : float
        Effects that the test at `level` does not reject.
    p_value : float
        Of no effect in any unit, two-sided.
    events : RandomisedEvents
    before_p : float or None
        Of the same development before the beginning; None with no such period.
    units, compared : int
        Units that began and count, and units they were compared with.
    groups : tuple of float
        When the units that count began.
    draws : int
    level : float
    """

    effect: float
    standard_error: float
    low: float
    high: float
    p_value: float
    events: RandomisedEvents
    before_p: float | None
    units: int
    compared: int
    groups: tuple[float, ...]
    draws: int
    level: float


def randomised_effect(  # noqa: PLR0913  # the design and its test are said in one call
    value: ArrayLike,
    first: ArrayLike,
    *,
    rng: np.random.Generator,
    periods: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    base: Base = "varying",
    anticipation: int = 0,
    draws: int = 1999,
    level: float = 0.95,
) -> RandomisedEffect:
    r"""Test and bound an effect by dealing the beginnings to the units anew.

    With T(y, g) the average effect (`fit_paths`, units not yet begun as comparison, each
    group weighed by its units), g the beginnings, D the 0/1 table of what has begun, and
    π a reshuffle of g over all units, the p-value of an effect δ in all units is

    .. math::

        p(\delta) = \frac{1 + \#\{\pi : |T(y - \delta D, \pi g)| \ge |T(y, g) - \delta|\}}
        {1 + \text{draws}}

    T is linear, so that two numbers of each draw give the whole interval
    {δ : p(δ) > 1 - level} exactly, without a search.

    Parameters
    ----------
    value : (n, t) float
        Outcomes; NaN where a unit has none. A unit counts in a difference between two
        periods when it has both.
    first : (n,) float
        Each unit's first period with treatment; infinite where it never begins.
    rng : numpy.random.Generator
    periods : (t,) float, optional
        The periods in order; 0, 1, … when left out.
    weights : (n,) float, optional
        Importance of each unit, above 0.
    base : {"varying", "universal"}
        What effects before the beginning are measured from: the period before each, or
        the last one before the beginning.
    anticipation : int
        Periods before the beginning that may already be affected.
    draws : int
        Reshuffles, at least 99.
    level : float
        Of the intervals, between 0 and 1.

    Returns
    -------
    RandomisedEffect

    Raises
    ------
    InvalidInput
        If an argument has a wrong form.
    NotIdentified
        If no group can be compared.

    Notes
    -----
    Exact where the units could have begun in each other's place and the effect is the
    same in all, however few they are. Where effects differ between units it is
    approximate, and where large changes are likelier in those that begin it is wrong.

    References
    ----------
    .. [1] Fisher (1935), *The Design of Experiments*; Rosenbaum (2002),
       *Observational Studies*, ch. 2 (intervals by inversion).
    .. [2] Roth & Sant'Anna (2023), *JPE Microeconomics* 1:669-709 (staggered roll-out).
    """
    if draws < 99:
        raise InvalidInput(f"draws must be at least 99, got {draws}.")
    alpha = 1 - share(level, "level")
    panel = panel_of(value, first, periods=periods, weights=weights)
    dealt = rng.permuted(np.tile(panel.first, (draws, 1)), axis=1)
    design = _Design(panel, base, anticipation)
    begun = (panel.periods >= panel.first[:, None]).astype(float)
    actual = design.told(panel.value, panel.first[None, :])
    outcome, shift = design.told(panel.value, dealt), design.told(begun, dealt)
    low, high = _inverted(actual, outcome, shift, alpha)
    clean = outcome - actual[0, 0] * shift
    covariance = _covariance(clean)
    error = np.sqrt(np.diag(covariance))
    return RandomisedEffect(
        effect=float(actual[0, 0]),
        standard_error=float(error[0]),
        low=float(low[0]),
        high=float(high[0]),
        p_value=_p(np.abs(outcome[:, 0]), abs(actual[0, 0])),
        events=RandomisedEvents(
            at=design.events,
            effect=actual[0, 1:],
            standard_error=error[1:],
            low=low[1:],
            high=high[1:],
            covariance=covariance[1:, 1:],
        ),
        before_p=_before(design.events, actual[0, 1:], clean[:, 1:]),
        units=int(design.treated.sum()),
        compared=int(design.comparing.sum()),
        groups=tuple(np.unique(panel.first[design.treated]).tolist()),
        draws=draws,
        level=level,
    )


class _Design:
    """What can be compared with the beginnings as they were, asked of any others."""

    def __init__(self, panel: Panel, base: Base, anticipation: int) -> None:
        groups = np.unique(panel.first[np.isfinite(panel.first)])
        asked = cells(panel.periods, list(groups), base=base, anticipation=anticipation)
        seen = np.isfinite(panel.value)
        sides = [(one, *_sides(one, seen, panel.first)) for one in asked]
        there = [one for one in sides if one[1].any() and one[2].any()]
        after = [one for one in there if panel.periods[one[0].at] >= one[0].group]
        if not after:
            raise NotIdentified(
                "No group can be compared: none has units seen before and after it "
                "begins together with others that have not begun."
            )
        groups_seen = {one[0].group for one in after}
        self.panel = panel
        self.cells = [one[0] for one in there if one[0].group in groups_seen]
        self.treated = np.any([one[1] for one in after], axis=0)
        self.comparing = np.any([one[2] for one in after], axis=0)
        self.group = np.array([one.group for one in self.cells])
        self.period = panel.periods[[one.at for one in self.cells]]
        self.is_after = self.period >= self.group
        self.events = np.unique(self.period - self.group)

    def told(self, value: FloatArray, firsts: FloatArray) -> FloatArray:
        """Return the average effect and the events' by each row of beginnings."""
        value = np.where(np.isfinite(self.panel.value), value, np.nan)
        size = max(1, BLOCK // value.shape[0])
        parts = [
            self._averaged(firsts[start : start + size], value)
            for start in range(0, len(firsts), size)
        ]
        return np.concatenate(parts)

    def _averaged(self, firsts: FloatArray, value: FloatArray) -> FloatArray:
        weights = self.panel.weights
        effect = np.stack(
            [_effect(one, value, firsts, weights) for one in self.cells], 1
        )
        begin = np.stack([(firsts == g) @ weights for g in np.unique(self.group)], 1)
        by_group = averages("group", self.group, self.period, self.is_after)
        by_event = averages("event", self.group, self.period, self.is_after)
        each = _mean(effect, by_group.member, np.ones_like(effect))
        overall = _mean(each, np.ones((1, each.shape[1]), bool), begin)
        share = begin[:, np.searchsorted(np.unique(self.group), self.group)]
        return np.concatenate([overall, _mean(effect, by_event.member, share)], axis=1)


def _sides(
    cell: Cell, seen: BoolArray, first: FloatArray
) -> tuple[BoolArray, BoolArray]:
    both = seen[:, cell.at] & seen[:, cell.base]
    return both & (first == cell.group), both & cell.compares(first)


def _effect(
    cell: Cell, value: FloatArray, firsts: FloatArray, weights: FloatArray
) -> FloatArray:
    """Return a cell's effect by each row of beginnings; NaN where a side has nobody."""
    change = value[:, cell.at] - value[:, cell.base]
    known = np.isfinite(change)
    w = np.where(known, weights, 0.0)
    sums = np.column_stack([w * np.where(known, change, 0.0), w])
    treated = (firsts == cell.group).astype(float) @ sums
    others = cell.compares(firsts).astype(float) @ sums
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(treated[:, 0] / treated[:, 1] - others[:, 0] / others[:, 1])


def _mean(values: FloatArray, member: BoolArray, weight: FloatArray) -> FloatArray:
    """Return weighted means over members, of what is known in each draw."""
    w = np.where(np.isfinite(values), weight, 0.0)
    kept = np.where(np.isfinite(values), values, 0.0)
    with np.errstate(invalid="ignore"):
        return np.asarray((w * kept) @ member.T.astype(float) / (w @ member.T))


def _inverted(
    actual: FloatArray, outcome: FloatArray, shift: FloatArray, alpha: float
) -> tuple[FloatArray, FloatArray]:
    """Return the ends of what is not rejected, of each number told.

    A draw speaks against no δ between the roots of (T - δ)² = (a - δb)²; a draw that
    shifts as much as the truth (|b| = 1) rejects nothing, nor does one that says nothing.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        roots = np.stack(
            [
                (actual - outcome) / (1 - shift),
                (actual + outcome) / (1 + shift),
            ]
        )
    silent = ~(np.abs(shift) < 1 - 1e-9) | ~np.isfinite(roots).all(axis=0)
    low = np.where(silent, -np.inf, roots.min(axis=0))
    high = np.where(silent, np.inf, roots.max(axis=0))
    # The 1 + … of the p-value: so many draws must be as extreme for δ to be kept.
    needed = max(int(np.floor(alpha * (len(outcome) + 1) + 1e-9)), 1)
    return np.sort(low, axis=0)[needed - 1], np.sort(high, axis=0)[-needed]


def _covariance(drawn: FloatArray) -> FloatArray:
    """Return the covariance over the draws that know both; NaN where none does."""
    known = np.isfinite(drawn)
    away = np.where(known, drawn - np.nanmean(drawn, axis=0), 0.0)
    both = known.T.astype(float) @ known
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(away.T @ away / (both - 1))


def _p(drawn: FloatArray, found: float) -> float:
    as_extreme = np.count_nonzero(~(drawn < found * (1 - 1e-12)))
    return float((1 + as_extreme) / (1 + len(drawn)))


def _before(events: FloatArray, found: FloatArray, drawn: FloatArray) -> float | None:
    """Return the p-value of no difference in any period before the beginning."""
    before = events < 0
    if not before.any():
        return None
    known = drawn[:, before][np.isfinite(drawn[:, before]).all(axis=1)]
    inverse = np.linalg.pinv(np.atleast_2d(np.cov(known, rowvar=False)), rcond=1e-10)
    size = [
        np.einsum("ij,jk,ik->i", x, inverse, x) for x in (known, found[None, before])
    ]
    return _p(size[0], float(size[1][0]))
