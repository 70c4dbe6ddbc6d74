"""The quantities that are profiled, as maps from free numbers to factors. Private.

A level's covariance in the table's own columns is R·R'. With the effect of interest in the
first row its standard deviation is the length of that row; with two in the first rows
their correlation is the angle between them; whatever the other rows hold. So a quantity
is held by ordering the effects, and all else is free.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, inf, log, nan, sqrt

import numpy as np

from kaeden_stats._checks import BoolArray, FloatArray
from kaeden_stats.multilevel._equations import is_whole
from kaeden_stats.multilevel._levels import Level
from kaeden_stats.multilevel._optimum import Optimum
from kaeden_stats.multilevel._problems import Factors, Problem
from kaeden_stats.multilevel._profiling import FARTHEST, Held, Place
from kaeden_stats.multilevel._scaled import Scaled
from kaeden_stats.multilevel._terms import ONE
from kaeden_stats.multilevel.result import RESIDUAL

HOLD = 10.0
"""How firmly a size that doesn't matter is kept where it is."""
NOTHING = 1e-7
"""A relative standard deviation that is smaller counts as none."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ground:
    """What all profiles of one model share.

    `optimum` is that of the deviance that is profiled.
    """

    ready: Scaled
    optimum: Optimum
    reml: bool

    @property
    def problem(self) -> Problem:
        """The deviance."""
        return self.ready.problem

    @property
    def turns(self) -> tuple[FloatArray, ...]:
        """For each level, what takes relative effects to the table's columns."""
        return tuple(part.back for part in self.ready.parts)

    @property
    def sigma(self) -> float:
        """The residual standard deviation in the table's unit."""
        return sqrt(self.optimum.profile.residual_variance) * self.ready.size


def variance_parameters(ground: Ground) -> Iterator[Held]:
    """Give each level's standard deviations and correlations, and the residual's."""
    for place, part in enumerate(ground.ready.parts):
        for effect, term in enumerate(part.terms):
            yield _deviation(ground, place, effect, f"sd({term}|{part.name})")
        if is_whole(ground.problem.levels[place]):
            for one, other in combinations(range(len(part.terms)), 2):
                said = f"cor({part.terms[one]},{part.terms[other]}|{part.name})"
                yield _correlation(ground, place, (one, other), said)
    yield _residual(ground)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Turned:
    """One level's effects seen with those of interest first, the other levels as they are.

    The free numbers are: the other levels' free elements; then this level's rows after
    the first `held`.

    Attributes
    ----------
    basis : (q, q) float
        Takes effects in the scale of the fit to: the effects of interest in the table's
        columns, of size 1; then so many of the fit's own that all can be told apart.
    units : (held,) float
        What the effects of interest were divided by.
    """

    ground: Ground
    place: int
    basis: FloatArray
    units: FloatArray

    @classmethod
    def of(cls, ground: Ground, place: int, effects: Sequence[int]) -> "Turned":
        """Return a level turned towards some of its effects."""
        rows = ground.turns[place][list(effects)]
        units = np.abs(rows).max(axis=1)
        rows = rows / units[:, None]
        others = [*range(rows.shape[1])]
        left = rows.copy()
        for row in range(len(left)):
            pivot = int(np.abs(left[row]).argmax())
            others.remove(pivot)
            share = left[row + 1 :, [pivot]] / left[row, pivot]
            left[row + 1 :] -= share * left[row]
        basis = np.vstack([rows, np.eye(rows.shape[1])[others]])
        return cls(ground=ground, place=place, basis=basis, units=units)

    @property
    def cells(self) -> tuple[FloatArray, ...]:
        """Rows and columns of the elements after the first rows."""
        q = len(self.basis)
        whole = is_whole(self.ground.problem.levels[self.place])
        cells = [
            (row, column)
            for row in range(len(self.units), q)
            for column in range(row + 1)
            if whole or row == column
        ]
        return tuple(np.array(cells, dtype=int).reshape(-1, 2).T)

    def start(self) -> tuple[FloatArray, FloatArray]:
        """Return the free numbers at the optimum, and the whole factor there."""
        factors, levels = self.ground.optimum.factors, self.ground.problem.levels
        factor = lower(self.basis @ factors[self.place])
        others = _flat(levels, factors, but=self.place)
        return np.concatenate([others, factor[self.cells]]), factor

    def lengths(self) -> BoolArray:
        """Return which of the free numbers are on a diagonal."""
        others = _lengths(self.ground.problem.levels, but=self.place)
        row, column = self.cells
        return np.concatenate([others, row == column])

    def factors(self, free: FloatArray, first: FloatArray) -> Factors:
        """Return all factors, given the first rows of this level, (held, q)."""
        own = self.cells
        cut = len(free) - len(own[0])
        matrix = np.zeros_like(self.basis)
        matrix[own] = free[cut:]
        matrix[: len(first)] = first
        factor = lower(np.asarray(np.linalg.solve(self.basis, matrix), dtype=float))
        return _filled(self.ground.problem.levels, free[:cut], {self.place: factor})


def lower(factor: FloatArray) -> FloatArray:
    """Return the lower triangle with the same product with its transpose."""
    if len(factor) == 1:
        return factor
    upper = np.linalg.qr(factor.T, mode="r")
    signs = np.where(np.diag(upper) < 0, -1.0, 1.0)
    return np.asarray(np.tril((signs[:, None] * upper).T))


def _lengths(levels: Sequence[Level], *, but: int = -1) -> BoolArray:
    """Return which of the free elements are on a diagonal."""
    parts = [
        level.free[:, 0] == level.free[:, 1]
        for place, level in enumerate(levels)
        if place != but
    ]
    return np.concatenate([np.empty(0, dtype=bool), *parts])


def _flat(levels: Sequence[Level], factors: Factors, *, but: int = -1) -> FloatArray:
    parts = [
        factor[tuple(level.free.T)]
        for place, (level, factor) in enumerate(zip(levels, factors, strict=True))
        if place != but
    ]
    return np.concatenate([np.empty(0), *parts])


def _filled(
    levels: Sequence[Level], free: FloatArray, given: dict[int, FloatArray]
) -> Factors:
    found, start = [], 0
    for place, level in enumerate(levels):
        if place in given:
            found.append(given[place])
            continue
        size, end = level.design.shape[1], start + len(level.free)
        factor = np.zeros((size, size))
        factor[tuple(level.free.T)] = free[start:end]
        found.append(factor)
        start = end
    return tuple(found)


def _deviation(ground: Ground, place: int, effect: int, name: str) -> Held:
    """Hold the standard deviation of one effect."""
    one = Turned.of(ground, place, [effect])
    start, factor = one.start()
    top = log(ground.optimum.profile.residual_variance)
    unit = float(one.units[0])

    def at(free: FloatArray, value: float) -> Place:
        first = np.zeros((1, len(one.basis)))
        first[0, 0] = value / (unit * ground.ready.size * exp(free[-1] / 2))
        return Place(factors=one.factors(free[:-1], first), log_variance=free[-1])

    relative, unit_here = abs(float(factor[0, 0])), unit * ground.sigma
    return Held(
        name=name,
        estimate=relative * unit_here if relative > NOTHING else 0.0,
        low=0.0,
        high=inf,
        step=max(0.2 * relative, 0.02) * unit_here,
        start=np.append(start, top),
        lengths=np.append(one.lengths(), [False]),
        place=at,
    )


def _correlation(ground: Ground, place: int, pair: tuple[int, int], name: str) -> Held:
    """Hold the correlation of two effects."""
    one = Turned.of(ground, place, pair)
    rest, factor = one.start()
    lengths = np.hypot(*factor[:2, :2].T)

    def at(free: FloatArray, value: float) -> Place:
        first = np.zeros((2, len(one.basis)))
        first[0, 0] = free[0]
        first[1, :2] = free[1] * value, free[1] * sqrt(max(1 - value**2, 0.0))
        return Place(factors=one.factors(free[2:], first))

    known = bool((lengths > NOTHING).all())
    estimate = float(factor[1, 0] / lengths[1]) if known else nan
    return Held(
        name=name,
        estimate=float(np.sign(estimate)) if abs(estimate) > 1 - 1e-10 else estimate,
        low=-1.0,
        high=1.0,
        step=0.1,
        start=np.concatenate([lengths, rest]),
        lengths=np.append([True, True], one.lengths()),
        place=at,
    )


def _residual(ground: Ground) -> Held:
    """Hold the residual standard deviation."""
    levels, size = ground.problem.levels, ground.ready.size

    def at(free: FloatArray, value: float) -> Place:
        return Place(
            factors=_filled(levels, free, {}), log_variance=2 * log(value / size)
        )

    return Held(
        name="sd(residual)",
        estimate=ground.sigma,
        low=ground.sigma * 1e-6,
        high=inf,
        step=1.5 * ground.sigma / sqrt(2 * ground.problem.n),
        start=_flat(levels, ground.optimum.factors),
        lengths=_lengths(levels),
        place=at,
    )


def fixed_effects(ground: Ground) -> Iterator[Held]:
    """Give each fixed effect."""
    levels, at_best = ground.problem.levels, ground.optimum.profile
    start = _flat(levels, ground.optimum.factors)
    for place, term in enumerate(ground.ready.terms):
        contrast = ground.ready.back[place]
        spread = at_best.residual_variance * contrast @ at_best.covariance @ contrast

        def at(free: FloatArray, _value: float) -> Place:
            return Place(factors=_filled(levels, free, {}))

        yield Held(
            name=term,
            estimate=float(contrast @ at_best.beta),
            low=-inf,
            high=inf,
            step=1.9 * sqrt(float(spread)),
            start=start,
            lengths=_lengths(levels),
            place=at,
            contrast=contrast,
            shift=ground.ready.shift if term == ONE else 0.0,
        )


def shares(ground: Ground) -> Iterator[Held]:
    """Give each level's share of the variance, the residual's last."""
    count = len(ground.ready.levels)
    for place, name in enumerate(ground.ready.levels):
        yield _share(ground, [place], name)
    yield _share(ground, list(range(count)), RESIDUAL)


def _directed(factor: FloatArray) -> FloatArray:
    """Return a factor that can be made larger: itself, or one in all directions."""
    return factor if np.abs(factor).max() > NOTHING else np.eye(len(factor))


def _share(ground: Ground, scaled: Sequence[int], name: str) -> Held:
    """Hold a share by the size of one level, or of all together for the residual's."""
    levels, is_residual = ground.problem.levels, name == RESIDUAL
    directed = tuple(_directed(one) for one in ground.optimum.factors)
    usual = float(_variances(ground, directed)[list(scaled)].sum())

    def at(free: FloatArray, value: float) -> Place:
        factors = _filled(levels, free, {})
        now = _variances(ground, factors)
        own = float(now[list(scaled)].sum())
        if not own > 0:
            return Place(factors=factors, fine=FARTHEST)
        others = 1 + float(now.sum()) - own
        odds = (1 - value) / value if is_residual else value / (1 - value) * others
        grown = tuple(
            factor * sqrt(odds / own) if place in scaled else factor
            for place, factor in enumerate(factors)
        )
        return Place(factors=grown, fine=HOLD * log(own / usual) ** 2)

    best = _variances(ground, ground.optimum.factors)
    whole = 1 + float(best.sum())
    estimate = 1 / whole if is_residual else float(best[scaled[0]]) / whole
    return Held(
        name=name,
        estimate=estimate,
        low=1e-9 if is_residual else 0.0,
        high=1.0 if is_residual else 1 - 1e-9,
        step=min(max(0.2 * estimate, 0.005), 0.5 * (1 - estimate) + 1e-12),
        start=_flat(levels, directed),
        lengths=_lengths(levels),
        place=at,
    )


def _variances(ground: Ground, factors: Factors) -> FloatArray:
    """Return the variance at each level on an average row, relative to the residual's."""
    return np.array(
        [
            float(np.sum((part.back @ factor) @ (part.back @ factor).T * part.moments))
            for part, factor in zip(ground.ready.parts, factors, strict=True)
        ]
    )
