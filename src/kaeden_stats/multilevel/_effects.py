"""Unit effects and how well they are known, from the profile at the optimum. Private.

With d = (-β, 1) on the columns of fixed effects and outcome, what the rows of group g
hold of its effect is E'A_g·d; the effect is M_g E'A_g·d. Below it the effect is taken out
of d. The covariance of d follows the same recursion as the slope of the deviance.
"""

from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._deviance import Profile, spread_down
from kaeden_stats.multilevel._levels import Data


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LevelEffects:
    """The effects of one level.

    Attributes
    ----------
    effect : (k, q) float
        Conditional mean of each group's effects, in the scale of the products.
    covariance : (k, q, q) float
        Conditional covariance, fixed effects taken as known.
    """

    effect: FloatArray
    covariance: FloatArray


def effects(data: Data, at: Profile) -> tuple[LevelEffects, ...]:
    """Return the effects of each level, lowest first."""
    size = at.top.shape[0]
    direction = np.zeros((1, size))
    direction[0, data.fixed], direction[0, data.outcome] = -at.beta, 1.0
    spread = np.zeros((1, size, size))
    found: list[LevelEffects] = []
    for done in reversed(at.eliminations):
        own = direction[done.level.parent]
        effect = np.einsum("gqr,grm,gm->gq", done.middle, done.rows, own, optimize=True)
        weight = done.middle @ done.rows
        known = done.middle + weight @ spread[done.level.parent] @ weight.transpose(
            0, 2, 1
        )
        found.append(
            LevelEffects(effect=effect, covariance=at.residual_variance * known)
        )
        direction = own - effect @ done.level.design.T
        if done is not at.eliminations[0]:
            spread = spread_down(done, spread, 1.0)
    return tuple(reversed(found))
