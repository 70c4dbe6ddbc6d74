"""A country whose truth is known: what units are like, and which of them changed."""

from dataclasses import dataclass

import numpy as np

from kaeden.engine.false_alarms import World
from kaeden.engine.panel import FloatArray

CHANGED_WITHIN = 3
"""A change came one to so many years ago."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Town:
    """One municipality: value and truth by indicator, unit and year.

    Attributes
    ----------
    value : (j, k, t) float
    children : (k, t) float
    change : (j, k) float
        By how much a unit's true level moved; 0 where it did not.
    """

    value: FloatArray
    children: FloatArray
    change: FloatArray


def town(rng: np.random.Generator, world: World, size: float) -> Town:
    """Draw a municipality in which changes are of `size` units' standard deviations."""
    j, k = world.indicators, world.units
    years = int(rng.integers(world.fewest_years, world.most_years + 1))
    usual = rng.integers(world.fewest_children, world.most_children + 1, k)
    swing = rng.uniform(0.9, 1.1, (k, years))
    children = np.clip(
        np.round(usual[:, None] * swing), world.fewest_children, world.most_children
    )
    level = (
        3.8
        + rng.normal(0, world.town_sd, (j, 1, 1))
        + rng.normal(0, world.unit_sd, (j, k, 1))
    )
    moved = rng.random((j, k)) < world.changed
    change = moved * rng.choice([-1, 1], (j, k)) * size * world.unit_sd
    ago = rng.integers(1, CHANGED_WITHIN + 1, (j, k))
    after = np.arange(years) >= years - ago[:, :, None]
    chance = rng.normal(size=(j, k, years)) * world.child_sd / np.sqrt(children)
    value = level + change[:, :, None] * after + chance
    return Town(
        value=np.round(np.clip(value, 1, 5), world.decimals),
        children=children,
        change=change,
    )
