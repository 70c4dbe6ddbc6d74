"""Unit effects and how well they are known, from the profile at the optimum. Private.

With d = (-β, 1) on the columns of fixed effects and outcome, the effect of group g is
M_g R_g B B … d over the levels above it: what its rows hold, less what is theirs. M_g and
what the levels above add to it, by the same way up, is its covariance.
"""

from dataclasses import dataclass

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._deviance import (
    Profile,
    direction_of,
    small_product,
    upwards,
)
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
    direction = direction_of(data, at)
    found: list[LevelEffects] = []
    for place, done in enumerate(at.eliminations):
        weight = small_product(done.middle, done.rows)
        moved, added = upwards(data.levels, at, place, weight)
        found.append(
            LevelEffects(
                effect=moved @ direction,
                covariance=at.residual_variance * (done.middle + added),
            )
        )
    return tuple(found)
