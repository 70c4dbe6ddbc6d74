r"""The deviance where the rows are read anew for each step: what is asked next. Private.

Each function is a generator: it gives the points at which it wants the sums of the rows,
takes the sums, and returns what it has found. So one reading serves many of them.

A step to the mode is Newton's with Chebyshev's correction: with F(u) = u - Λ'Z'r and
b = ZΛs its Newton step s,

.. math:: Hs = -F(u), \quad Hc = -\tfrac12 \Lambda'Z'(W' b^2), \quad u \leftarrow u + s + c

which leaves the third power of what was wrong.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from kaeden_stats._checks import FloatArray, IntArray
from kaeden_stats.multilevel.binomial._laplace import Deviance
from kaeden_stats.multilevel.binomial._quadrature import followed, rule
from kaeden_stats.multilevel.binomial._sums import Point, Sums
from kaeden_stats.multilevel.binomial._tree import (
    Eliminated,
    Tier,
    combined,
    eliminate,
    information,
    solve,
    spread,
    sums,
)

STEPS = 100
SETTLED = 1e-10
"""A step of the effects, in their standard deviations, that needs no further reading."""

Factors = tuple[FloatArray, ...]
Effects = tuple[FloatArray, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shape:
    """The model as the steps see it: its levels, and which columns are X."""

    tiers: tuple[Tier, ...]
    fixed: IntArray
    columns: int

    @property
    def random(self) -> int:
        """How many columns Z has."""
        return len(self.tiers[0].design)

    def wide(self, beta: FloatArray) -> FloatArray:
        """Return coefficients of all columns."""
        found = np.zeros(self.columns)
        found[self.fixed] = beta
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reached:
    """Effects, and what the rows say there.

    Attributes
    ----------
    standard : tuple of (k, q) float
        u of each level, lowest first.
    effect : (k, m) float
        What all levels add in each lowest group.
    penalised : float
        -2 log p(s | η) + |u|².
    """

    beta: FloatArray
    standard: Effects
    effect: FloatArray
    sums: Sums
    penalised: float
    done: tuple[Eliminated, ...]
    log_determinant: float


Asking = Generator[Sequence[Point], Sequence[Sums], Reached]
Answering = Generator[Sequence[Point], Sequence[Sums], Deviance]


def mode(
    shape: Shape, beta: FloatArray, factors: Factors, near: Reached | None
) -> Asking:
    """Search from where the last mode leads to be until a step changes nothing."""
    here = yield from _at(shape, beta, factors, foretold(shape, beta, factors, near))
    for _step in range(STEPS):
        step = _newton(shape, here)
        if _largest(step) < SETTLED:
            break
        here = yield from _downhill(shape, factors, here, step)
    return here


def foretold(
    shape: Shape, beta: FloatArray, factors: Factors, near: Reached | None
) -> Effects:
    """Return the likeliest effects, as far as what is known near by can tell."""
    if near is None:
        return tuple(np.zeros((t.groups, t.design.shape[1])) for t in shape.tiers)
    weight, m = near.sums.weight, shape.random
    done, _log = eliminate(shape.tiers, factors, weight[:, :, :m])
    right = near.sums.pull[:, :m] - weight[:, :, shape.fixed] @ (beta - near.beta)
    right = right + np.einsum("gmn,gn->gm", weight[:, :, :m], near.effect)
    return _alone(solve(done, right[:, :, None])[0])


def _at(shape: Shape, beta: FloatArray, factors: Factors, standard: Effects) -> Asking:
    effect = combined(shape.tiers, factors, standard)
    (found,) = yield [Point(beta=shape.wide(beta), effect=effect)]
    done, log_determinant = eliminate(
        shape.tiers, factors, found.weight[:, :, : shape.random]
    )
    size = sum(float(np.square(u).sum()) for u in standard)
    return Reached(
        beta=beta,
        standard=standard,
        effect=effect,
        sums=found,
        penalised=-2 * float(found.log_likelihood.sum()) + size,
        done=done,
        log_determinant=log_determinant,
    )


def _newton(shape: Shape, here: Reached) -> Effects:
    m = shape.random
    right = here.sums.pull[:, :m] + np.einsum(
        "gmn,gn->gm", here.sums.weight[:, :, :m], here.effect
    )
    aims = _alone(solve(here.done, right[:, :, None])[0])
    return _sum(aims, here.standard, -1.0)


def _downhill(shape: Shape, factors: Factors, here: Reached, step: Effects) -> Asking:
    """Take the corrected step; where it leads up the step alone, half of it, and so on."""
    moves = combined(shape.tiers, factors, step)
    bend = here.sums.bend[:, :, :, : shape.random]
    second = np.einsum("gabc,gb,gc->ga", bend, moves, moves, optimize=True)
    correction = _alone(solve(here.done, -second[:, :, None] / 2)[0])
    to = _sum(_sum(here.standard, step), correction)
    slack = 1e-12 * abs(here.penalised)
    part = 1.0
    while True:
        there = yield from _at(shape, here.beta, factors, to)
        if there.penalised <= here.penalised + slack or part < 1e-6:
            return there
        to = _sum(here.standard, step, part)
        part /= 2


def _alone(parts: Sequence[FloatArray]) -> Effects:
    return tuple(part[:, :, 0] for part in parts)


def _sum(one: Effects, other: Effects, part: float = 1.0) -> Effects:
    return tuple(a + part * b for a, b in zip(one, other, strict=True))


def _largest(parts: Effects) -> float:
    return max(float(np.abs(part).max()) for part in parts)


def laplace(
    shape: Shape, beta: FloatArray, factors: Factors, near: Reached | None
) -> Answering:
    """Return the Laplace deviance and its slope, as `_laplace` does from counts."""
    here = yield from mode(shape, beta, factors, near)
    m, found = shape.random, here.sums
    outer, known = spread(here.done)
    turns = np.einsum("gab,gabj->gj", known, found.bend)
    moved = solve(here.done, turns[:, :m, None])[1][:, :, 0]
    bends = turns - np.einsum("gmj,gm->gj", found.weight, moved)
    by_sigma = [
        own - rho.T @ rho + (kappa.T @ rho + rho.T @ kappa) / 2
        for own, rho, kappa in zip(
            information(here.done, outer),
            sums(shape.tiers, found.pull[:, :m]),
            sums(shape.tiers, bends[:, :m]),
            strict=True,
        )
    ]
    return Deviance(
        value=here.penalised + here.log_determinant,
        by_beta=(bends - 2 * found.pull)[:, shape.fixed].sum(axis=0),
        by_sigma=tuple(by_sigma),
        mode=here,
    )


def quadrature(
    shape: Shape,
    beta: FloatArray,
    factors: Factors,
    near: Reached | None,
    *,
    nodes: int,
) -> Answering:
    """Return the deviance by adaptive quadrature, as `_quadrature` does from counts."""
    here = yield from mode(shape, beta, factors, near)
    size, wide, u = float(factors[0][0, 0]), shape.wide(beta), here.standard[0][:, 0]
    places, logs = rule(nodes)
    inverse = here.done[0].inverse[:, 0, 0]
    points = u[:, None] + np.sqrt(inverse)[:, None] * places
    there = yield [
        Point(beta=wide, effect=size * one[:, None], is_whole=False) for one in points.T
    ]
    total, shares = _likelihoods(there, logs - points**2 / 2)
    pull = np.array([one.pull for one in there])
    turn, weight = here.sums.bend[:, 0, 0], here.sums.weight[:, 0]
    own = here.sums.pull[:, 0]
    by_mode, by_log_h, by_size = followed(
        size,
        (inverse, u),
        (turn[:, 0], weight[:, 0], own),
        (places, points, shares),
        pull[:, :, 0].T,
    )
    by_beta = (by_log_h * size**2 * inverse) @ turn - (
        by_mode * size * inverse
    ) @ weight
    by_beta = by_beta - 2 * np.einsum("gq,qgj->j", shares, pull)
    by_sigma = by_size / (2 * size) if size else float((weight[:, 0] - own**2).sum())
    return Deviance(
        value=-2 * float((total + np.log(inverse) / 2).sum()),
        by_beta=by_beta[shape.fixed],
        by_sigma=(np.array([[by_sigma]]),),
        mode=here,
    )


def _likelihoods(
    there: Sequence[Sums], logs: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return each group's log-likelihood, and the share of each node in it."""
    heights = logs + np.column_stack([one.log_likelihood for one in there])
    total = logsumexp(heights, axis=1)
    return total, np.exp(heights - total[:, None])
