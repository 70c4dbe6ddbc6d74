"""Effects of what units take up at different times.

Callaway and Sant'Anna's estimator without covariates depends on the rows only through
each cohort's sums of products of the outcome's path: `paths` makes them in one pass,
`paths_of` from a table; `fit_paths` estimates from them, `fit` does both. Paths of several
places add up. `randomised_effect` says how sure an effect in few units is.
"""

from kaeden_stats.staggered.effects import (
    AveragedEffects,
    GroupTimeEffects,
    StaggeredEffects,
    fit_paths,
)
from kaeden_stats.staggered.paths import NEVER, Paths, paths_of
from kaeden_stats.staggered.randomised import (
    RandomisedEffect,
    RandomisedEvents,
    randomised_effect,
)
from kaeden_stats.staggered.rows import fit, paths
from kaeden_stats.staggered.units import GainsOfUnits, gains_of_units

__all__ = [
    "NEVER",
    "AveragedEffects",
    "GainsOfUnits",
    "GroupTimeEffects",
    "Paths",
    "RandomisedEffect",
    "RandomisedEvents",
    "StaggeredEffects",
    "fit",
    "fit_paths",
    "gains_of_units",
    "paths",
    "paths_of",
    "randomised_effect",
]
