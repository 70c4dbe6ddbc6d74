"""The model's columns brought to the scale of the fit, and the way back. Private.

Columns are centred and divided by their spread over the trials, so that neither their
unit nor their distance from zero matters.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray, IntArray
from kaeden_stats.multilevel._terms import Column, coded, unfold
from kaeden_stats.multilevel.binomial._cells import Cells, squared
from kaeden_stats.multilevel.binomial._counts import Counts, Groups
from kaeden_stats.multilevel.binomial._scales import Scales
from kaeden_stats.multilevel.binomial._tree import Tier

Values = Mapping[str, list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wording:
    """The model's columns by name: what it says, before any is looked at.

    Attributes
    ----------
    fixed : tuple of str
        Those with a fixed effect, the 1 first.
    random : mapping of str to tuple of str
        Those with a random effect at each level, the lowest level first.
    columns : tuple of Column
        All of them, each once.
    """

    fixed: tuple[str, ...]
    random: Mapping[str, tuple[str, ...]]
    columns: tuple[Column, ...]

    @property
    def union(self) -> tuple[str, ...]:
        """Columns with a random effect at any level, the 1 first."""
        return tuple(
            dict.fromkeys(name for one in self.random.values() for name in one)
        )


def worded(
    levels: Sequence[str],
    values: Values,
    *,
    fixed: Sequence[str],
    slopes: Mapping[str, Sequence[str]],
) -> Wording:
    """Return the columns that a model needs."""
    names = coded(fixed, values)
    random = {level: coded(slopes.get(level, ()), values) for level in reversed(levels)}
    needed = {*names, *(name for one in random.values() for name in one)}
    terms = [*fixed, *(term for one in slopes.values() for term in one)]
    columns = [one for one in unfold(terms, values) if one.name in needed]
    return Wording(fixed=names, random=random, columns=tuple(columns))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arranged:
    """How the fit takes the model's columns, and the way back to the table's scale.

    Attributes
    ----------
    back : (p, p) float
        Takes coefficients back.
    slopes : tuple of str
        The columns of Z but the first, which is 1.
    effect_terms, effect_back
        Names of each level's random effects, lowest first, and what takes them back.
    moments : tuple of (q, q) float
        Mean of zz' over the trials, for the raw columns z of each level.
    """

    terms: tuple[str, ...]
    dropped: tuple[str, ...]
    back: FloatArray
    slopes: tuple[str, ...]
    effect_terms: tuple[tuple[str, ...], ...]
    effect_back: tuple[FloatArray, ...]
    moments: tuple[FloatArray, ...]
    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compressed(Arranged):
    """Counts as the fit takes them."""

    cells: Cells


def arranged(
    counts: Counts,
    *,
    fixed: Sequence[str],
    slopes: Mapping[str, Sequence[str]],
    uncorrelated: Sequence[str],
) -> Compressed:
    """Arrange counts for the fit of a model."""
    words = worded(counts.levels, counts.values, fixed=fixed, slopes=slopes)
    weight = np.bincount(counts.which, weights=counts.trials).astype(float)
    raw = {one.name: _column(counts, one) for one in words.columns}
    scales = _scales(raw, weight)
    parts = dict(fields(words, scales, counts.groups, uncorrelated))
    return Compressed(
        **parts,
        cells=Cells(
            which=counts.which,
            starts=counts.starts,
            successes=counts.successes,
            trials=counts.trials,
            fixed=_standard(raw, scales, parts["terms"]),
            slopes=_standard(raw, scales, parts["slopes"]),
            tiers=parts["tiers"],
        ),
    )


def fields(
    words: Wording,
    scales: Scales,
    groups: Sequence[Groups],
    uncorrelated: Sequence[str],
) -> Iterator[tuple[str, Any]]:
    """Give the attributes of `Arranged`."""
    kept, dropped = scales.independent(words.fixed)
    union = words.union
    parts = [
        _Part.of(scales, union, one, alone=level in uncorrelated)
        for level, one in words.random.items()
    ]
    yield "terms", kept
    yield "dropped", dropped
    yield "back", scales.back(kept)
    yield "slopes", union[1:]
    yield "effect_terms", tuple(part.terms for part in parts)
    yield "effect_back", tuple(part.back for part in parts)
    yield "moments", tuple(scales.moments(part.terms) for part in parts)
    yield "tiers", tuple(_tiers(groups, parts))


def product_of(
    column: Column, held: Mapping[str, NDArray[Any]], values: Values, rows: int
) -> FloatArray:
    """Return a column of the model as it is; categories hold places in `values`."""
    found = np.ones(rows)
    for factor in column.factors:
        one = held[factor.name]
        if factor.is_category:
            found *= one == values[factor.name].index(factor.value)
        else:
            found *= one
    return found


def _column(counts: Counts, column: Column) -> FloatArray:
    return product_of(column, counts.columns, counts.values, counts.distinct)


def _scales(raw: Mapping[str, FloatArray], weight: FloatArray) -> Scales:
    mean = np.array([np.average(one, weights=weight) for one in raw.values()])
    centred = np.column_stack([*raw.values()]) - mean
    total = float(weight.sum())
    return Scales.of(
        tuple(raw), mean=mean, covariance=squared(centred, weight) / total, total=total
    )


def _standard(
    raw: Mapping[str, FloatArray], scales: Scales, names: Sequence[str]
) -> FloatArray:
    """Return columns with mean 0 and variance 1; the 1 as it is."""
    found = np.empty((len(raw["1"]), len(names)))
    for place, name in enumerate(names):
        found[:, place] = scales.standard(name, raw[name])
    return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Part:
    """One level's random effects: their names, E, the free elements, the way back."""

    terms: tuple[str, ...]
    design: FloatArray
    free: IntArray
    back: FloatArray

    @classmethod
    def of(
        cls,
        scales: Scales,
        union: Sequence[str],
        terms: tuple[str, ...],
        *,
        alone: bool,
    ) -> "_Part":
        """Return the part of a level.

        A slope on a centred column stands for one on the raw column only together with
        an intercept that it may correlate with.
        """
        size = len(terms)
        design = np.zeros((len(union), size))
        design[[union.index(term) for term in terms], np.arange(size)] = 1.0
        back = scales.back(terms)
        if alone:
            design[0, 1:] = -back[0, 1:]
            lengths = np.sqrt(np.diag(scales.moments(terms)))
            design, back = design / (lengths * np.diag(back)), np.diag(1 / lengths)
        free = np.diag_indices(size) if alone else np.tril_indices(size)
        return cls(terms=terms, design=design, free=np.column_stack(free), back=back)


def _tiers(levels: Sequence[Groups], parts: Sequence[_Part]) -> list[Tier]:
    return [
        Tier(
            parent=groups.parent,
            starts=np.flatnonzero(np.diff(groups.parent, prepend=-1)),
            design=part.design,
            free=part.free,
        )
        for groups, part in zip(reversed(levels), parts, strict=True)
    ]
