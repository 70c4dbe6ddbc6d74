"""Effects of something that units take up at different times."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import BoolArray, FloatArray
from kaeden_stats.errors import NotIdentified
from kaeden_stats.staggered.design import (
    Averages,
    Base,
    Cell,
    Comparison,
    averages,
    cells,
)
from kaeden_stats.staggered.paths import Paths


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupTimeEffects:
    """ATT(g, t): a effects, each of one group in one period.

    Attributes
    ----------
    group, period : (a,) float
    effect, standard_error : (a,) float
    units, compared : (a,) float
        Units of the group, and of its comparison.
    """

    group: FloatArray
    period: FloatArray
    effect: FloatArray
    standard_error: FloatArray
    units: FloatArray
    compared: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AveragedEffects:
    """Averages of group-time effects, and the average of those after the beginning.

    Attributes
    ----------
    at : (m,) float
        The groups, the periods since the beginning, or the periods.
    effect, standard_error : (m,) float
    covariance : (m, m) float
    overall, overall_error : float
        The average and its standard error.
    """

    at: FloatArray
    effect: FloatArray
    standard_error: FloatArray
    covariance: FloatArray
    overall: float
    overall_error: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StaggeredEffects:
    """Callaway and Sant'Anna's effects without covariates.

    Attributes
    ----------
    group_time : GroupTimeEffects
    simple, simple_error : float
        All effects after the beginning, weighed by the units of their groups.
    by_group, by_event, by_period : AveragedEffects
    units : int
    left_out : mapping of str to int
        Units that were left out, by reason.
    """

    group_time: GroupTimeEffects
    simple: float
    simple_error: float
    by_group: AveragedEffects
    by_event: AveragedEffects
    by_period: AveragedEffects
    units: int
    left_out: Mapping[str, int]


def fit_paths(
    paths: Paths,
    *,
    comparison: Comparison = "not yet",
    base: Base = "varying",
    anticipation: int = 0,
) -> StaggeredEffects:
    r"""Estimate effects from summed paths.

    With G_g the units that begin in period g, C_{gt} those that have not begun by the
    later of t and the base period b, and all of them seen in both:

    .. math::

        ATT(g,t) = \bar Y_{G_g}^{\,t - b} - \bar Y_{C_{gt}}^{\,t - b}

    The base is the last period before g, less `anticipation`; for effects before g it is
    the period before t ("varying") or the same for all ("universal").

    Parameters
    ----------
    paths : Paths
        From `paths` or `paths_of`.
    comparison : {"not yet", "never"}
        Whom the units are compared with: those that have not begun yet, or never do.
    base : {"varying", "universal"}
        What effects before the beginning are measured from.
    anticipation : int
        Periods before the beginning that may already be affected.

    Returns
    -------
    StaggeredEffects
        Standard errors are clustered by unit, and analytic. Where a group has few units
        they are too small: see `randomised_effects`.

    Raises
    ------
    InvalidInput
        If an argument is none of those named.
    NotIdentified
        If no group has units to be compared with.

    References
    ----------
    .. [1] Callaway & Sant'Anna (2021), *Journal of Econometrics* 225:200-230.
    """
    groups = np.unique(paths.first[np.isfinite(paths.first)])
    asked = cells(
        paths.periods,
        list(groups),
        comparison=comparison,
        base=base,
        anticipation=anticipation,
    )
    scaled = _Scaled(paths)
    found = usable([scaled.cell(one) for one in asked], paths.periods)
    return _effects(scaled, found)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Compared:
    """A cell's effect as a sum over cohorts of u·Σwz, and what it subtracts."""

    cell: Cell
    effect: float
    paths: FloatArray
    means: FloatArray
    units: float
    compared: float


def usable(found: list["_Compared | None"], periods: FloatArray) -> list["_Compared"]:
    """Keep the cells that have units on both sides, of groups seen after they begin."""
    there = [one for one in found if one is not None]
    seen = {one.cell.group for one in there if periods[one.cell.at] >= one.cell.group}
    if not seen:
        raise NotIdentified(
            "No group can be compared: none has units seen before and after it begins "
            "together with others that have not begun."
        )
    return [one for one in there if one.cell.group in seen]


class _Scaled:
    """Paths with weights whose mean is 1, and their sums squared with a column of ones."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self.n = float(paths.units.sum())
        scale = self.n / paths.weight.sum()
        self.weight = paths.weight * scale
        self.total = paths.total * scale
        k, t = paths.total.shape
        self.squares = np.empty((k, t + 1, t + 1))
        self.squares[:, :t, :t] = paths.products * scale**2
        self.squares[:, :t, t] = paths.total_squares * scale**2
        self.squares[:, t, :t] = paths.total_squares * scale**2
        self.squares[:, t, t] = paths.weight_squares * scale**2

    def cell(self, cell: Cell) -> _Compared | None:
        """Return a cell's effect, or None where a side has nobody."""
        paths = self.paths
        both = paths.seen[:, cell.at] & paths.seen[:, cell.base]
        treated = both & (paths.first == cell.group)
        others = both & cell.compares(paths.first)
        if not (treated.any() and others.any()):
            return None
        change = self.total[:, cell.at] - self.total[:, cell.base]
        u = np.zeros(paths.total.shape)
        means = np.zeros(len(paths.first))
        for side, sign in ((treated, 1.0), (others, -1.0)):
            weight = self.weight[side].sum()
            u[side, cell.at] = sign / weight
            u[side, cell.base] = -sign / weight
            means[side] = sign * change[side].sum() / weight**2
        return _Compared(
            cell=cell,
            effect=float((u * self.total).sum()),
            paths=u,
            means=means,
            units=float(paths.units[treated].sum()),
            compared=float(paths.units[others].sum()),
        )

    def shares(self, groups: FloatArray) -> FloatArray:
        """Return the share of all units that each group is."""
        here = self.paths.first == groups[:, None]
        return np.asarray((here * self.weight).sum(axis=1) / self.n)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Combined:
    """Averages as sums of effects, with what the groups' shares add to their doubt.

    Attributes
    ----------
    coefficient : (m, a) float
    share : (m, g) float
        Derivative by each group's share.
    """

    coefficient: FloatArray
    share: FloatArray

    def mean(self, weight: FloatArray) -> "_Combined":
        """Return one average of these."""
        w = (weight / weight.sum())[None, :]
        return _Combined(coefficient=w @ self.coefficient, share=w @ self.share)


def _effects(scaled: _Scaled, found: list[_Compared]) -> StaggeredEffects:
    group = np.array([one.cell.group for one in found])
    period = scaled.paths.periods[[one.cell.at for one in found]]
    effect = np.array([one.effect for one in found])
    book = _Book(scaled, found, group, effect)
    is_after = period >= group
    made = {
        kind: averages(kind, group, period, is_after)
        for kind in ("all", "group", "event", "period")
    }
    simple, error = book.single(book.combined(made["all"]))
    return StaggeredEffects(
        group_time=GroupTimeEffects(
            group=group,
            period=period,
            effect=effect,
            standard_error=_roots(book.covariance(book.each())),
            units=np.array([one.units for one in found]),
            compared=np.array([one.compared for one in found]),
        ),
        simple=simple,
        simple_error=error,
        by_group=book.by_group(made["group"]),
        by_event=book.averaged(made["event"], made["event"].label >= 0),
        by_period=book.averaged(made["period"], np.ones(len(made["period"].label))),
        units=int(scaled.n),
        left_out=scaled.paths.left_out,
    )


class _Book:
    """All effects, and the covariance of any combination of them."""

    def __init__(
        self,
        scaled: _Scaled,
        found: list[_Compared],
        group: FloatArray,
        effect: FloatArray,
    ) -> None:
        self.scaled, self.group, self.effect = scaled, group, effect
        self.groups = np.unique(group)
        self.of = np.searchsorted(self.groups, group)
        self.share = scaled.shares(self.groups)
        u = np.stack([one.paths for one in found])
        means = np.stack([one.means for one in found])
        self.paths = np.concatenate([u, -means[:, :, None]], axis=2)

    def each(self) -> _Combined:
        """Return every effect alone."""
        size = len(self.effect)
        return _Combined(
            coefficient=np.eye(size), share=np.zeros((size, len(self.groups)))
        )

    def combined(self, asked: Averages) -> _Combined:
        """Return averages: shares of groups are estimated too where they weigh."""
        weight = asked.member * (self.share[self.of] if asked.by_units else 1.0)
        total = weight.sum(axis=1, keepdims=True)
        coefficient = weight / total
        share = np.zeros((len(weight), len(self.groups)))
        if asked.by_units:
            away = self.effect - (coefficient @ self.effect)[:, None]
            one_hot = np.eye(len(self.groups))[self.of]
            share = (asked.member * away) @ one_hot / total
        return _Combined(coefficient=coefficient, share=share)

    def covariance(self, asked: _Combined) -> FloatArray:
        """Sum products of influences over all units, cohort by cohort."""
        scaled = self.scaled
        m = np.einsum("ma,akt->mkt", asked.coefficient, self.paths)
        of_cohort = self.groups[:, None] == scaled.paths.first
        m[:, :, -1] += asked.share @ of_cohort / scaled.n
        first = np.concatenate([scaled.total, scaled.weight[:, None]], axis=1)
        summed = np.einsum("mkt,kt->m", m, first)
        shift = asked.share @ self.share / scaled.n
        products = np.einsum("mkt,kts,lks->ml", m, scaled.squares, m, optimize=True)
        cross = np.outer(shift, summed)
        within = scaled.n * np.outer(shift, shift)
        return np.asarray(products - cross - cross.T + within)

    def single(self, asked: _Combined) -> tuple[float, float]:
        """Return one average with its standard error."""
        error = _roots(self.covariance(asked))[0]
        return float((asked.coefficient @ self.effect)[0]), float(error)

    def by_group(self, asked: Averages) -> AveragedEffects:
        """Return groups' averages; their own average weighs the groups by units."""
        combined = self.combined(asked)
        each = combined.coefficient @ self.effect
        place = np.searchsorted(self.groups, asked.label)
        share = self.share[place]
        overall = combined.mean(share)
        away = (each - share @ each / share.sum()) / share.sum()
        overall.share[0, place] += away
        return self._averaged(asked, combined, overall)

    def averaged(
        self, asked: Averages, weight: FloatArray | BoolArray
    ) -> AveragedEffects:
        """Return averages, and the average of those with a weight."""
        combined = self.combined(asked)
        return self._averaged(asked, combined, combined.mean(weight.astype(float)))

    def _averaged(
        self, asked: Averages, combined: _Combined, overall: _Combined
    ) -> AveragedEffects:
        covariance = self.covariance(combined)
        mean, error = self.single(overall)
        return AveragedEffects(
            at=asked.label,
            effect=combined.coefficient @ self.effect,
            standard_error=_roots(covariance),
            covariance=covariance,
            overall=mean,
            overall_error=error,
        )


def _roots(covariance: FloatArray) -> FloatArray:
    """Return standard errors; rounding must not take a variance below 0."""
    return np.asarray(np.sqrt(np.maximum(np.diag(covariance), 0.0)))
