r"""Nested groups, eliminated from the lowest up: solve, determinant, inverse. Private.

With W the weights of the patterns, A_g = Z'WZ in the lowest group g, and H the matrix
I + Λ'Z'WZΛ of all groups of all levels, integrating the effects of one level out takes

.. math::

    A'_g = A_g - A_g M_g A_g, \quad
    M_g = E\Lambda (I + \Lambda' E'A_gE \Lambda)^{-1} \Lambda'E'

from each group; what is left adds up over the groups of a parent. E picks the columns
of Z that have an effect at the level. One sweep up and one down solve Hx = Λ'Z's, and
give the parts of ΛH⁻¹Λ' that are needed, at a cost linear in the groups.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tier:
    """One level of nested groups.

    Attributes
    ----------
    parent : (k,) int
        For each group, the place of its group one level up, ascending; all 0 at the
        outermost level.
    starts : (parents,) int
        Where the groups of each parent begin.
    design : (m, q) float
        E: what has a random effect here, as combinations of the m columns of Z.
    free : (r, 2) int
        Rows and columns of the lower triangle of Λ that may differ from zero.
    """

    parent: IntArray
    starts: IntArray
    design: FloatArray
    free: IntArray

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len(self.parent)

    @property
    def is_whole(self) -> bool:
        """Whether the effects of a group may correlate."""
        size = self.design.shape[1]
        return bool(len(self.free) == size * (size + 1) // 2)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Eliminated:
    """One level integrated out.

    Attributes
    ----------
    half : (m, q) float
        EΛ.
    inverse : (k, q, q) float
        (I + Λ'E'A_gEΛ)⁻¹.
    before, after : (k, m, m) float
        A_g and A'_g.
    middle : (k, m, m) float
        M_g.
    """

    tier: Tier
    half: FloatArray
    inverse: FloatArray
    before: FloatArray
    after: FloatArray
    middle: FloatArray


def eliminate(
    tiers: Sequence[Tier], factors: Sequence[FloatArray], weight: FloatArray
) -> tuple[tuple[Eliminated, ...], float]:
    """Integrate all levels out, the lowest first; also log|H|.

    `weight` is A of the lowest groups, (k, m, m).
    """
    done, log_determinant, before = [], 0.0, weight
    for tier, factor in zip(tiers, factors, strict=True):
        half = tier.design @ factor
        inverse, logs = inverted(np.eye(half.shape[1]) + half.T @ before @ half)
        middle = half @ inverse @ half.T
        after = before - before @ middle @ before
        done.append(
            Eliminated(
                tier=tier,
                half=half,
                inverse=inverse,
                before=before,
                after=after,
                middle=middle,
            )
        )
        log_determinant += logs
        before = np.add.reduceat(after, tier.starts)
    return tuple(done), log_determinant


def inverted(pivot: FloatArray) -> tuple[FloatArray, float]:
    """Invert (k, q, q) positive definite matrices; also the sum of log-determinants."""
    if pivot.shape[1] == 1:
        return 1 / pivot, float(np.log(pivot).sum())
    if pivot.shape[1] == 2:
        a, b, c = pivot[:, 0, 0], pivot[:, 0, 1], pivot[:, 1, 1]
        determinant = a * c - b * b
        inverse = np.stack([c, -b, -b, a], axis=1).reshape(-1, 2, 2)
        return inverse / determinant[:, None, None], float(np.log(determinant).sum())
    logs = np.linalg.slogdet(pivot)[1]
    return np.asarray(np.linalg.inv(pivot), dtype=float), float(logs.sum())


def solve(
    done: Sequence[Eliminated], right: FloatArray
) -> tuple[tuple[FloatArray, ...], FloatArray]:
    """Solve Hx = Λ'Z's for r right-hand sides, given as (k, m, r) sums by lowest group.

    Returns x by level, lowest first, each (k, q, r), and the sum of all levels' effects
    in each lowest group, (k, m, r).
    """
    rights = []
    for one in done:
        rights.append(right)
        left = right - one.before @ (one.middle @ right)
        right = np.add.reduceat(left, one.tier.starts)
    above = np.zeros((1, *right.shape[1:]))
    found: list[FloatArray] = []
    for one, own in zip(reversed(done), reversed(rights), strict=True):
        outer = above[one.tier.parent]
        found.append(one.inverse @ (one.half.T @ (own - one.before @ outer)))
        above = outer + one.half @ found[-1]
    return tuple(reversed(found)), above


def combined(
    tiers: Sequence[Tier],
    factors: Sequence[FloatArray],
    standard: Sequence[FloatArray],
) -> FloatArray:
    """Add the effects Λu of all levels up in each lowest group, (k, m)."""
    above = np.zeros((1, tiers[0].design.shape[0]))
    parts = zip(tiers, factors, standard, strict=True)
    for tier, factor, u in reversed(list(parts)):
        above = above[tier.parent] + u @ (tier.design @ factor).T
    return above


def spread(done: Sequence[Eliminated]) -> tuple[tuple[FloatArray, ...], FloatArray]:
    """Return the covariance of what all levels above add to a group, and of them all.

    The first is (parents, m, m) for each level, lowest first; the second (k, m, m).
    """
    outer: list[FloatArray] = []
    size = done[0].half.shape[0]
    known = np.zeros((1, size, size))
    for one in reversed(done):
        outer.append(known)
        kept = np.eye(size) - one.middle @ one.before
        known = kept @ known[one.tier.parent] @ kept.transpose(0, 2, 1) + one.middle
    return tuple(reversed(outer)), known


def covariances(
    done: Sequence[Eliminated], factors: Sequence[FloatArray]
) -> Iterator[FloatArray]:
    """Give the covariance of each level's effects, (k, q, q), lowest first."""
    outer, _all = spread(done)
    for one, factor, above in zip(done, factors, outer, strict=True):
        middle = factor @ one.inverse @ factor.T
        weight = middle @ one.tier.design.T @ one.before
        yield middle + weight @ above[one.tier.parent] @ weight.transpose(0, 2, 1)


def information(
    done: Sequence[Eliminated], outer: Sequence[FloatArray]
) -> Iterator[FloatArray]:
    """Give the derivative of log|H| by each level's covariance, lowest first.

    `outer` is the covariance of what all levels above add, from `spread`.
    """
    for one, above in zip(done, outer, strict=True):
        left = one.tier.design.T @ one.after
        own = (left @ one.tier.design).sum(axis=0)
        known = left @ above[one.tier.parent] @ left.transpose(0, 2, 1)
        yield own - known.sum(axis=0)


def sums(tiers: Sequence[Tier], values: FloatArray) -> Iterator[FloatArray]:
    """Give E' times the sums of (k, m) values in each group, lowest level first."""
    for tier in tiers:
        yield values @ tier.design
        values = np.add.reduceat(values, tier.starts)
