"""The effects of a level's units as a table. Private."""

from collections.abc import Mapping

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._groups import groups_of
from kaeden_stats.multilevel._optimum import Optimum
from kaeden_stats.multilevel._scaled import Scaled
from kaeden_stats.multilevel._table import Table
from kaeden_stats.multilevel.blocks import CrossProducts


def effects_table(
    blocks: CrossProducts,
    ready: Scaled,
    optimum: Optimum,
    variances: Mapping[str, FloatArray],
    level: str,
) -> Table:
    """Return unit, term, effect, standard_error, reliability and n of a level."""
    groups = groups_of(blocks, level)
    place = ready.levels.index(level)
    part = ready.parts[place]
    found = ready.problem.effects(optimum.profile)[place]
    back, width = part.back * ready.size, len(part.terms)
    spread = np.einsum("gqq->gq", back @ found.covariance @ back.T)
    prior = np.diag(variances[level])
    with np.errstate(invalid="ignore", divide="ignore"):
        reliability = np.where(prior > 0, 1 - spread / prior, 0.0)
    labels = {name: np.repeat(one, width) for name, one in groups.labels.items()}
    return Table(
        {
            "unit": labels.pop(level),
            **labels,
            "term": np.tile(np.array(part.terms), groups.count),
            "effect": (found.effect @ back.T).ravel(),
            "standard_error": np.sqrt(np.maximum(spread, 0.0)).ravel(),
            "reliability": reliability.ravel(),
            "n": np.repeat(groups.rows.astype(int), width),
        }
    )
