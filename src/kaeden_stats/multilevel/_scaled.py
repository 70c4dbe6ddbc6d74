"""From blocks to numbers of one size, and from what is found there back again. Private.

The fit happens in centred columns divided by their own spread, where nothing is lost to
large means. What is found is linear in the columns, so the way back is a matrix.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel._centred import Centred, centred
from kaeden_stats.multilevel._crossing import arrange_crossed
from kaeden_stats.multilevel._groups import Groups, groups_of
from kaeden_stats.multilevel._levels import IntArray, Level, arrange
from kaeden_stats.multilevel._problems import Crossed, Nested
from kaeden_stats.multilevel._terms import ONE
from kaeden_stats.multilevel.blocks import CrossProducts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """One level's random effects.

    Attributes
    ----------
    terms : (q,) str
        What has a random effect, the intercept first.
    design : (m, q) float
        The same as combinations of the centred columns.
    free : (r, 2) int
        The elements of the covariance that may differ from zero.
    back : (q, q) float
        Takes effects in the scale of the fit to those of the table, but for the size
        of the outcome.
    moments : (q, q) float
        Mean of zz' over the rows, for the table's columns z.
    """

    name: str
    terms: tuple[str, ...]
    groups: Groups
    design: FloatArray
    free: IntArray
    back: FloatArray
    moments: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scaled:
    """A model in the scale of the fit.

    Attributes
    ----------
    parts : tuple of Part
        The levels in the order of the fit: the lowest first, or the largest.
    terms : (p,) str
        The fixed effects that are kept, the intercept first.
    dropped : tuple of str
        Columns that the ones before them determine.
    columns, asked : tuple of str
        What `centred` was asked for: all columns, and those with a fixed effect.
    back : (p, p) float
        Takes fixed effects in the scale of the fit to those of the table.
    shift, size : float
        The outcome's centre, and its size.
    constant_ml, constant_reml : float
        What the deviance misses in this scale.
    """

    problem: Nested | Crossed
    parts: tuple[Part, ...]
    terms: tuple[str, ...]
    dropped: tuple[str, ...]
    columns: tuple[str, ...]
    asked: tuple[str, ...]
    back: FloatArray
    shift: float
    size: float
    constant_ml: float
    constant_reml: float

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels in the order of the fit."""
        return tuple(part.name for part in self.parts)


def scaled(
    blocks: CrossProducts,
    *,
    fixed: Sequence[str],
    slopes: Mapping[str, Sequence[str]],
    uncorrelated: Sequence[str],
) -> Scaled:
    """Bring blocks to the scale of the fit.

    `fixed` and `slopes` are names of the blocks' columns, the intercept first.
    """
    names = (name for some in (fixed, *slopes.values()) for name in some)
    data = centred(blocks, (*dict.fromkeys(names), blocks.outcome), fixed)
    kept = list(data.kept)
    parts = tuple(
        _part(blocks, data, name, slopes.get(name, (ONE,)), alone=name in uncorrelated)
        for name in blocks.groups
    )
    arranged = _crossed if blocks.crossed and len(parts) > 1 else _nested
    parts, problem = arranged(parts, data, np.array(kept), n=float(blocks.n))
    size = float(data.size[-1])
    back = _back(data, kept) @ np.linalg.inv(data.bent[np.ix_(kept, kept)])
    logs = -float(np.log(np.diag(back)).sum())
    constant = 2 * blocks.n * np.log(size) - blocks.log_weight
    return Scaled(
        problem=problem,
        parts=parts,
        terms=tuple(data.columns[place] for place in kept),
        dropped=tuple(data.columns[place] for place in data.dropped),
        columns=data.columns,
        asked=tuple(fixed),
        back=back * size,
        shift=float(data.centre[-1]),
        size=size,
        constant_ml=float(constant),
        constant_reml=float(constant - 2 * len(kept) * np.log(size) + 2 * logs),
    )


def _part(
    blocks: CrossProducts,
    data: Centred,
    name: str,
    terms: Sequence[str],
    *,
    alone: bool,
) -> Part:
    groups = groups_of(blocks, name)
    _check_groups(name, groups.count, 1 if alone else len(terms), blocks.n)
    places = data.places(terms)
    return Part(
        name=name,
        terms=tuple(terms),
        groups=groups,
        design=_design(data, places, alone=alone),
        free=_free(len(terms), alone=alone),
        back=np.diag(1 / data.size[places]) if alone else _back(data, places),
        moments=_moments(data, places),
    )


def _check_groups(name: str, groups: int, effects: int, n: int) -> None:
    """Refuse a level whose groups have as many correlated effects as there are rows."""
    if groups < 2:
        raise InvalidInput(
            f"{name} has only one group, so nothing can be said of how groups differ. "
            "Leave the level out."
        )
    if groups * effects >= n:
        raise NotIdentified(
            f"{name} has {groups} groups and {n} rows, too few to tell {effects} "
            "effects of each group from what is left between rows. Leave out the level, "
            "or its slopes."
        )


def _design(data: Centred, places: Sequence[int], *, alone: bool) -> FloatArray:
    """Return E: the columns themselves, or where effects are uncorrelated the raw ones.

    A random slope on a centred column stands for another one on the raw column only
    together with an intercept that it may correlate with.
    """
    design = np.zeros((len(data.columns), len(places)))
    design[places, np.arange(len(places))] = 1.0
    if alone:
        design[0] += data.centre[places] / data.size[places]
    return np.asarray(data.bent @ design)


def _free(size: int, *, alone: bool) -> IntArray:
    places = np.diag_indices(size) if alone else np.tril_indices(size)
    return np.column_stack(places)


def _back(data: Centred, places: Sequence[int]) -> FloatArray:
    """Return what takes effects of centred columns, the 1 first, to those of raw ones."""
    back = np.diag(1 / data.size[places])
    back[0, 1:] = -data.centre[places[1:]] / data.size[places[1:]]
    return np.asarray(back)


def _moments(data: Centred, places: Sequence[int]) -> FloatArray:
    size, centre = data.size[places], data.centre[places]
    columns = data.bent[:, places]
    around = columns.T @ data.whole @ columns * np.outer(size, size) / data.weight
    mean = np.where(np.array(places) == 0, 1.0, centre)
    found = around + np.outer(mean, mean)
    found[0, :], found[:, 0] = mean, mean
    return np.asarray(found)


def _nested(
    parts: tuple[Part, ...], data: Centred, fixed: IntArray, *, n: float
) -> tuple[tuple[Part, ...], Nested]:
    """Return the levels, lowest first, and the problem."""
    lowest_first = parts[::-1]
    levels: list[Level] = []
    for place, part in enumerate(lowest_first):
        starts = np.flatnonzero(np.diff(part.groups.code, prepend=-1))
        above = lowest_first[place + 1 :]
        parent = above[0].groups.code[starts] if above else np.zeros_like(starts)
        levels.append(Level(parent=parent, design=part.design, free=part.free))
    outcome = len(data.columns) - 1
    arranged = arrange(data.rows, data.whole, levels, fixed=fixed, outcome=outcome, n=n)
    return lowest_first, Nested.of(arranged)


def _crossed(
    parts: tuple[Part, ...], data: Centred, fixed: IntArray, *, n: float
) -> tuple[tuple[Part, ...], Crossed]:
    """Return the factors, the one with the most effects first, and the problem."""
    _check_apart(parts)
    largest_first = tuple(
        sorted(parts, key=lambda part: -part.groups.count * len(part.terms))
    )
    levels = [
        Level(
            parent=np.zeros(part.groups.count, dtype=np.intp),
            design=part.design,
            free=part.free,
        )
        for part in largest_first
    ]
    arranged = arrange_crossed(
        data.products,
        np.column_stack([part.groups.code for part in largest_first]),
        levels,
        fixed=fixed,
        outcome=len(data.columns) - 1,
        n=n,
    )
    return largest_first, Crossed(arranged)


def _check_apart(parts: Sequence[Part]) -> None:
    """Refuse two factors that make the same groups under other names."""
    for one, other in combinations(parts, 2):
        count = one.groups.count
        pairs = one.groups.code * other.groups.count + other.groups.code
        if other.groups.count == count == len(np.unique(pairs)):
            raise NotIdentified(
                f"{one.name} and {other.name} put the rows into the same groups, so the "
                "data can't tell their variances apart. Leave one of them out."
            )
