"""From blocks to numbers of one size, and from what is found there back again. Private.

The fit happens in centred columns divided by their own spread, where nothing is lost to
large means. What is found is linear in the columns, so the way back is a matrix.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._crossed import arrange_crossed
from kaeden_stats.multilevel._levels import IntArray, Level, arrange
from kaeden_stats.multilevel._problems import Crossed, Nested
from kaeden_stats.multilevel._terms import ONE
from kaeden_stats.multilevel.blocks import CrossProducts

NOTHING_NEW = 1e-9
"""A column whose own share, beside those before it, is smaller says nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scaled:
    """A model in the scale of the fit.

    Attributes
    ----------
    levels : tuple of str
        The levels in the order of the fit.
    terms : tuple of str
        The fixed effects that are kept, the intercept first.
    dropped : tuple of str
        Columns that the ones before them determine.
    back : (p, p) float
        Takes fixed effects in the scale of the fit to those of the table.
    effect_terms, effect_back
        For each level, lowest first: names of its random effects, and the matrix that
        takes them back.
    constant : float
        What the deviance misses in this scale.
    """

    problem: Nested | Crossed
    levels: tuple[str, ...]
    terms: tuple[str, ...]
    dropped: tuple[str, ...]
    back: FloatArray
    shift: float
    size: float
    effect_terms: tuple[tuple[str, ...], ...]
    effect_back: tuple[FloatArray, ...]
    moments: tuple[FloatArray, ...]
    constant_ml: float
    constant_reml: float


def scaled(
    blocks: CrossProducts,
    *,
    fixed: Sequence[str],
    slopes: Mapping[str, Sequence[str]],
    uncorrelated: Sequence[str],
) -> Scaled:
    """Bring blocks to the scale of the fit.

    `fixed` and `slopes` are names of the blocks' columns.
    """
    at = {name: place for place, name in enumerate(blocks.columns)}
    total = blocks.products.sum(axis=0)
    n = float(blocks.n)
    size = np.sqrt(np.diag(total) / n)
    size[at[ONE]] = 1.0
    size = np.where(size > 0, size, 1.0)
    products = blocks.products / np.outer(size, size)
    kept, dropped = _independent(total / np.outer(size, size), [at[t] for t in fixed])
    outcome = len(blocks.columns) - 1
    parts = [
        Part.of(blocks, name, slopes.get(name, ()), size, alone=name in uncorrelated)
        for name in _in_order(blocks)
    ]
    arranged = _crossed if blocks.is_crossed else _nested
    problem = arranged(
        blocks, parts, products, np.array(kept, dtype=np.intp), outcome=outcome
    )
    scale = float(size[outcome])
    logs = float(np.log(size[kept]).sum())
    ml = 2 * n * np.log(scale) - blocks.log_weight
    return Scaled(
        problem=problem,
        levels=tuple(part.name for part in parts),
        terms=tuple(blocks.columns[place] for place in kept),
        dropped=tuple(blocks.columns[place] for place in dropped),
        back=_fixed_back(blocks, kept, size) * scale,
        shift=float(blocks.centre[outcome]),
        size=scale,
        effect_terms=tuple(part.terms for part in parts),
        effect_back=tuple(part.back * scale for part in parts),
        moments=tuple(part.moments for part in parts),
        constant_ml=float(ml),
        constant_reml=float(ml - 2 * len(kept) * np.log(scale) + 2 * logs),
    )


def _independent(
    total: FloatArray, places: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Return the columns that say something new beside those before them, and others."""
    kept: list[int] = []
    dropped: list[int] = []
    for place in places:
        own = total[place, place]
        if kept:
            across = total[kept, place]
            own -= across @ np.linalg.solve(total[np.ix_(kept, kept)], across)
        new = own > NOTHING_NEW * total[place, place]
        (kept if new else dropped).append(place)
    return kept, dropped


def _design(
    blocks: CrossProducts, places: Sequence[int], size: FloatArray, *, alone: bool
) -> FloatArray:
    """Return E: the columns themselves, or where effects are uncorrelated the raw ones.

    A random slope on a centred column stands for another one on the raw column only
    together with an intercept that it may correlate with.
    """
    design = np.zeros((len(blocks.columns), len(places)))
    design[places, np.arange(len(places))] = 1.0
    if alone:
        for column, place in enumerate(places[1:], start=1):
            design[0, column] = blocks.centre[place] / size[place]
    return design


def _free(size: int, *, alone: bool) -> IntArray:
    places = np.diag_indices(size) if alone else np.tril_indices(size)
    return np.column_stack(places)


def _effects_back(
    blocks: CrossProducts, places: Sequence[int], size: FloatArray, *, alone: bool
) -> FloatArray:
    back = np.diag(1 / size[list(places)])
    if not alone:
        back[0, 1:] = -blocks.centre[places[1:]] / size[places[1:]]
    return np.asarray(back)


def _fixed_back(
    blocks: CrossProducts, kept: Sequence[int], size: FloatArray
) -> FloatArray:
    back = np.diag(1 / size[list(kept)])
    back[0, 1:] = -blocks.centre[kept[1:]] / size[kept[1:]]
    return np.asarray(back)


def _moments(blocks: CrossProducts, places: Sequence[int]) -> FloatArray:
    """Return the mean of zz' over the rows, for the raw columns z of a level."""
    total = blocks.products.sum(axis=0)[np.ix_(places, places)]
    weight = total[0, 0]
    centre = blocks.centre[list(places)]
    means = total[0] / weight
    means[0] = 1.0
    around = total / weight
    move = np.outer(centre, means) + np.outer(means, centre) + np.outer(centre, centre)
    around[1:, 1:] = (around + move)[1:, 1:]
    around[0, 1:] = around[1:, 0] = (means + centre)[1:]
    around[0, 0] = 1.0
    return np.asarray(around)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """One level's random effects: their names, E, the free elements, and the way back."""

    name: str
    terms: tuple[str, ...]
    design: FloatArray
    free: IntArray
    back: FloatArray
    moments: FloatArray

    @classmethod
    def of(
        cls,
        blocks: CrossProducts,
        name: str,
        slopes: Sequence[str],
        size: FloatArray,
        *,
        alone: bool,
    ) -> "Part":
        """Return the part of a level with an intercept and slopes."""
        terms = (ONE, *slopes)
        places = [blocks.columns.index(term) for term in terms]
        return cls(
            name=name,
            terms=terms,
            design=_design(blocks, places, size, alone=alone),
            free=_free(len(terms), alone=alone),
            back=_effects_back(blocks, places, size, alone=alone),
            moments=_moments(blocks, places),
        )


def _in_order(blocks: CrossProducts) -> list[str]:
    """Return the levels as the fit takes them: the lowest first, or the largest."""
    names = list(reversed(blocks.levels))
    if blocks.is_crossed:
        names.sort(key=lambda name: -len(units(blocks, name)))
    return names


def units(blocks: CrossProducts, name: str) -> list[object]:
    """Return the groups of a crossed factor, in ascending order."""
    column = blocks.keys[:, blocks.levels.index(name)]
    return sorted(set(column.tolist()), key=str)


def _nested(
    blocks: CrossProducts,
    parts: Sequence[Part],
    products: FloatArray,
    fixed: IntArray,
    *,
    outcome: int,
) -> Nested:
    """Return the problem with each group's place one level up."""
    found: list[Level] = []
    for place, part in enumerate(parts):
        depth = len(blocks.levels) - place
        own = firsts(blocks, depth)
        above = firsts(blocks, depth - 1) if depth > 1 else np.array([0])
        parent = np.searchsorted(above, own, side="right") - 1
        _check_groups(part.name, len(own))
        found.append(Level(parent=parent, design=part.design, free=part.free))
    n = float(blocks.n)
    return Nested(arrange(products, found, fixed=fixed, outcome=outcome, n=n))


def _crossed(
    blocks: CrossProducts,
    parts: Sequence[Part],
    products: FloatArray,
    fixed: IntArray,
    *,
    outcome: int,
) -> Crossed:
    """Return the problem with each cell's group in every factor."""
    levels: list[Level] = []
    codes: list[IntArray] = []
    for part in parts:
        names = units(blocks, part.name)
        _check_groups(part.name, len(names))
        at = {name: place for place, name in enumerate(names)}
        column = blocks.keys[:, blocks.levels.index(part.name)].tolist()
        codes.append(np.array([at[name] for name in column], dtype=np.intp))
        nowhere = np.zeros(len(names), dtype=np.intp)
        levels.append(Level(parent=nowhere, design=part.design, free=part.free))
    return Crossed(
        arrange_crossed(
            products,
            np.column_stack(codes),
            levels,
            fixed=fixed,
            outcome=outcome,
            n=float(blocks.n),
        )
    )


def _check_groups(name: str, groups: int) -> None:
    if groups < 2:
        raise InvalidInput(
            f"{name} has only one group, so nothing can be said of how groups differ. "
            "Leave the level out."
        )


def firsts(blocks: CrossProducts, depth: int) -> IntArray:
    """Return where each group of a level begins among the lowest ones."""
    keys = blocks.keys[:, :depth]
    changes = np.ones(len(keys), dtype=bool)
    changes[1:] = np.any(keys[1:] != keys[:-1], axis=1)
    return np.flatnonzero(changes)
