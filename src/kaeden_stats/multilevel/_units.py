"""The effects of a level's units as a table. Private."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._optimum import Optimum
from kaeden_stats.multilevel._scaled import Scaled, firsts, units
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
    names = ready.levels
    if level not in names:
        raise InvalidInput(
            f"There is no level {level!r}. There are {', '.join(names)}."
        )
    place = names.index(level)
    found = ready.problem.effects(optimum.profile)[place]
    back, terms = ready.effect_back[place], ready.effect_terms[place]
    spread = np.einsum("gqq->gq", back @ found.covariance @ back.T)
    prior = np.diag(variances[level])
    with np.errstate(invalid="ignore", divide="ignore"):
        reliability = np.where(prior > 0, 1 - spread / prior, 0.0)
    keys, rows = _groups(blocks, level)
    labels = {
        name: np.repeat(_labels(column), len(terms)) for name, column in keys.items()
    }
    return Table(
        {
            "unit": labels.pop(level),
            **labels,
            "term": np.tile(np.array(terms), len(rows)),
            "effect": (found.effect @ back.T).ravel(),
            "standard_error": np.sqrt(np.maximum(spread, 0.0)).ravel(),
            "reliability": reliability.ravel(),
            "n": np.repeat(rows.astype(int), len(terms)),
        }
    )


def _groups(blocks: CrossProducts, level: str) -> tuple[dict[str, Any], NDArray[Any]]:
    """Return the labels of a level's groups, with the levels they lie in, and rows."""
    place = blocks.levels.index(level)
    if blocks.is_crossed:
        names = units(blocks, level)
        at = {name: row for row, name in enumerate(names)}
        codes = np.array([at[name] for name in blocks.keys[:, place].tolist()])
        return {level: names}, np.bincount(codes, weights=blocks.rows)
    starts = firsts(blocks, place + 1)
    keys = blocks.keys[starts, : place + 1]
    labels = dict(zip(blocks.levels, keys.T, strict=False))
    return labels, np.add.reduceat(blocks.rows, starts)


def _labels(keys: Any) -> Any:
    return np.array(list(keys))
