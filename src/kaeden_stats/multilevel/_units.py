"""The effects of a level's units as a table. Private."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray, IntArray
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
    back = part.back * ready.size
    return unit_table(
        groups.labels,
        part.terms,
        effect=found.effect @ back.T,
        covariance=back @ found.covariance @ back.T,
        prior=variances[level],
        n=groups.rows,
    )


def unit_table(  # a table of six columns
    labels: Mapping[str, NDArray[Any]],
    terms: Sequence[str],
    *,
    effect: FloatArray,
    covariance: FloatArray,
    prior: FloatArray,
    n: FloatArray | IntArray,
) -> Table:
    """Return one row for each unit and random term.

    Parameters
    ----------
    labels : mapping of str to (g,) arrays
        Those of the levels around the units, outermost first, and last the units' own.
        A level around them that is called ``unit`` itself becomes ``unit (level)``.
    terms : (q,) str
        The random terms.
    effect : (g, q) float
        Conditional means.
    covariance : (g, q, q) float
        Conditional covariances.
    prior : (q, q) float
        The level's covariance.
    n : (g,) float or int
        What is behind each unit.
    """
    width = len(terms)
    spread, before = np.einsum("gqq->gq", covariance), np.diag(prior)
    with np.errstate(invalid="ignore", divide="ignore"):
        reliability = np.where(before > 0, 1 - spread / before, 0.0)
    *outer, own = ((name, np.repeat(one, width)) for name, one in labels.items())
    return Table(
        {
            "unit": own[1],
            **{"unit (level)" if name == "unit" else name: one for name, one in outer},
            "term": np.tile(np.array(terms), len(effect)),
            "effect": effect.ravel(),
            "standard_error": np.sqrt(np.maximum(spread, 0.0)).ravel(),
            "reliability": reliability.ravel(),
            "n": np.repeat(n.astype(np.intp), width),
        }
    )
