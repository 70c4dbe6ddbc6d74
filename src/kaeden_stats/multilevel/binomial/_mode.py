r"""The likeliest effects at given coefficients and covariances. Private.

.. math::

    \eta = X\beta + Z\Lambda u, \quad
    \hat u = \arg\min_u \; -2\log p(s \mid \eta) + |u|^2

by Newton steps, (I + Λ'Z'WZΛ) u = Λ'Z'(WZΛu + r), with W = t μ(1-μ) and r = s - tμ; a
step that leads up is halved. The function is convex, so there is one minimum.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel.binomial._cells import Cells
from kaeden_stats.multilevel.binomial._tree import (
    Eliminated,
    combined,
    eliminate,
    solve,
)

STEPS = 100
SETTLED = 1e-10
CHUNK = 1 << 14
"""Patterns at a time, so that what is worked out stays near the processor."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expected:
    """What is expected of each of P patterns, at effects of the lowest groups.

    Attributes
    ----------
    residual : (P,) float
        r = s - tμ.
    weight : (P,) float
        tμ(1-μ).
    share : (P,) float
        μ.
    log_likelihood : (P,) float
        sη - t log(1 + exp η).
    """

    residual: FloatArray
    weight: FloatArray
    share: FloatArray
    log_likelihood: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mode:
    """The likeliest effects, and what belongs to them.

    Attributes
    ----------
    standard : tuple of (k, q) float
        u of each level, lowest first.
    effect : (k, m) float
        What all levels add in each lowest group.
    residual : (k, m) float
        Z'r by lowest group.
    weight : (k, m, m) float
        Z'WZ by lowest group.
    penalised : float
        -2 log p(s | η) + |u|².
    """

    factors: tuple[FloatArray, ...]
    linear: FloatArray
    standard: tuple[FloatArray, ...]
    effect: FloatArray
    expected: Expected
    residual: FloatArray
    weight: FloatArray
    penalised: float
    done: tuple[Eliminated, ...]
    log_determinant: float


def expected(cells: Cells, linear: FloatArray, effect: FloatArray) -> Expected:
    """Return what is expected, from Xβ by distinct pattern and the groups' effects."""
    eta = linear[cells.which]
    eta += cells.spread_out(effect)
    found = np.empty((4, len(eta)))
    for start in range(0, len(eta), CHUNK):
        part = slice(start, start + CHUNK)
        s, t, logit = cells.successes[part], cells.trials[part], eta[part]
        small = np.exp(-np.abs(logit))
        one_plus = 1 + small
        share = np.where(logit >= 0, 1.0, small) / one_plus
        found[0, part] = s - t * share
        found[1, part] = t * small / one_plus**2
        found[2, part] = share
        found[3, part] = s * logit - t * (np.maximum(logit, 0) + np.log(one_plus))
    residual, weight, share, log_likelihood = found
    return Expected(
        residual=residual, weight=weight, share=share, log_likelihood=log_likelihood
    )


def mode(
    cells: Cells,
    beta: FloatArray,
    factors: tuple[FloatArray, ...],
    start: Sequence[FloatArray],
) -> Mode:
    """Search from the effects `start` until a step changes nothing."""
    linear = cells.fixed @ beta
    here = _at(cells, linear, factors, tuple(start))
    for _step in range(STEPS):
        right = here.residual + np.einsum("gmn,gn->gm", here.weight, here.effect)
        aims, _effect = solve(here.done, right[:, :, None])
        steps = [aim[:, :, 0] - u for aim, u in zip(aims, here.standard, strict=True)]
        if max(float(np.abs(step).max()) for step in steps) < SETTLED:
            break
        here = _downhill(cells, here, steps)
    return here


def _downhill(cells: Cells, here: Mode, steps: Sequence[FloatArray]) -> Mode:
    """Take the step, or half of it, and so on, until it leads down."""
    part = 1.0
    while True:
        moved = tuple(
            u + part * step for u, step in zip(here.standard, steps, strict=True)
        )
        there = _at(cells, here.linear, here.factors, moved)
        slack = 1e-12 * abs(here.penalised)
        if there.penalised <= here.penalised + slack or part < 1e-6:
            return there
        part /= 2


def _at(
    cells: Cells,
    linear: FloatArray,
    factors: tuple[FloatArray, ...],
    standard: tuple[FloatArray, ...],
) -> Mode:
    effect = combined(cells.tiers, factors, standard)
    now = expected(cells, linear, effect)
    weight = cells.squares(now.weight)
    done, log_determinant = eliminate(cells.tiers, factors, weight)
    size = sum(float(np.square(u).sum()) for u in standard)
    return Mode(
        factors=factors,
        linear=linear,
        standard=standard,
        effect=effect,
        expected=now,
        residual=cells.sums(now.residual),
        weight=weight,
        penalised=-2 * float(now.log_likelihood.sum()) + size,
        done=done,
        log_determinant=log_determinant,
    )
