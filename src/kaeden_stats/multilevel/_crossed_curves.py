r"""Second derivatives where groups are crossed. Private.

With v the effects of all factors that a change of their covariances pulls along, every
second derivative that does not come from log|V| is a form v'Z'PZv: one product with the
blocks already at hand.

References
----------
Gilmour, Thompson & Cullis (1995), Biometrics 51:1440 (the average of observed and expected
information, where the traces cancel).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._crossed import (
    CrossedProfile,
    direction_of,
    pulled_by,
)
from kaeden_stats.multilevel._crossing import CrossedData


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pull:
    """Effects of all factors, r sets of them side by side.

    Attributes
    ----------
    first : (k, q, r) float
        Those of the first factor.
    others : (N, r) float
        Those of all others.
    """

    first: FloatArray
    others: FloatArray


def average_information(
    data: CrossedData,
    at: CrossedProfile,
    ways: Sequence[FloatArray],
    *,
    reml: bool,
) -> FloatArray:
    """Return about how the slope of the deviance moves along some ways, (r, r).

    `ways` holds for each factor the changes of its relative covariance, (·, q, q).
    """
    direction = direction_of(data, at)
    held = [one.rows @ direction for one in at.left]
    pulls = [
        np.einsum("gq,iqr->gri", one, way) for one, way in zip(held, ways, strict=True)
    ]
    along = _side_by_side(pulls)
    slope = _slopes(held, pulls)
    df = data.n - (len(data.fixed) if reml else 0)
    variance = at.residual_variance
    fixed = _across(data, at, along)
    inner = forms(data, at, along) - fixed.T @ at.covariance @ fixed
    return np.asarray(inner / variance - np.outer(slope, slope) / (variance**2 * df))


def _side_by_side(pulls: Sequence[FloatArray]) -> Pull:
    """Return each factor's own pulls, which leave the other factors alone."""
    counts = [one.shape[2] for one in pulls]
    starts = np.cumsum([0, *counts])
    sizes = [one.shape[0] * one.shape[1] for one in pulls[1:]]
    edges = np.cumsum([0, *sizes])
    first = np.zeros((*pulls[0].shape[:2], starts[-1]))
    others = np.zeros((edges[-1], starts[-1]))
    first[:, :, : starts[1]] = pulls[0]
    for place, one in enumerate(pulls[1:]):
        here = slice(starts[place + 1], starts[place + 2])
        others[edges[place] : edges[place + 1], here] = one.reshape(-1, one.shape[2])
    return Pull(first=first, others=others)


def _slopes(held: Sequence[FloatArray], pulls: Sequence[FloatArray]) -> FloatArray:
    """Return y'PV_iPy of each pull."""
    parts = [
        np.einsum("gq,gqi->i", one, pull) for one, pull in zip(held, pulls, strict=True)
    ]
    return np.concatenate(parts)


def _across(data: CrossedData, at: CrossedProfile, along: Pull) -> FloatArray:
    """Return X'V⁻¹Z times each pull, (p, r)."""
    first, *others = (one.rows[:, :, data.fixed] for one in at.left)
    found = np.tensordot(first, along.first, ((0, 1), (0, 1)))
    tall = np.concatenate([one.reshape(-1, one.shape[2]) for one in others])
    return np.asarray(found + tall.T @ along.others)


def forms(data: CrossedData, at: CrossedProfile, along: Pull) -> FloatArray:
    """Return v'·Z'V⁻¹Z·v of all pairs of pulls, (r, r)."""
    square = data.rows @ data.levels[0].design
    first = square @ along.first + data.over(along.others)
    others = data.back(along.first) + data.among @ along.others
    moved = pulled_by(at, others - data.back(at.middle @ first))
    own = at.middle @ (first - data.over(moved))
    inside = np.tensordot(along.first, first, ((0, 1), (0, 1)))
    inside -= np.tensordot(first, own, ((0, 1), (0, 1)))
    found = inside + along.others.T @ others - others.T @ moved
    return np.asarray((found + found.T) / 2)
