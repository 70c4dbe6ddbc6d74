"""Counts brought to the scale of the fit, and the way back. Private.

Columns are centred and divided by their spread over the trials, so that neither their
unit nor their distance from zero matters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray, IntArray
from kaeden_stats.multilevel._terms import Column, coded, unfold
from kaeden_stats.multilevel.binomial._cells import Cells, squared
from kaeden_stats.multilevel.binomial._counts import Counts
from kaeden_stats.multilevel.binomial._tree import Tier

NOTHING_NEW = 1e-11
"""Share of a column's spread that the columns before it must leave to it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arranged:
    """Cells, and the way back to the scale of the table.

    Attributes
    ----------
    back : (p, p) float
        Takes coefficients back.
    effect_terms, effect_back
        Names of each level's random effects, lowest first, and what takes them back.
    moments : tuple of (q, q) float
        Mean of zz' over the trials, for the raw columns z of each level.
    """

    cells: Cells
    terms: tuple[str, ...]
    dropped: tuple[str, ...]
    back: FloatArray
    effect_terms: tuple[tuple[str, ...], ...]
    effect_back: tuple[FloatArray, ...]
    moments: tuple[FloatArray, ...]


def arranged(
    counts: Counts,
    *,
    fixed: Sequence[str],
    slopes: Mapping[str, Sequence[str]],
    uncorrelated: Sequence[str],
) -> Arranged:
    """Arrange counts for the fit of a model."""
    names = coded(fixed, counts.values)
    random = {
        level: coded(slopes.get(level, ()), counts.values)
        for level in reversed(counts.levels)
    }
    union = tuple(dict.fromkeys(name for one in random.values() for name in one))
    terms = [*fixed, *(term for one in slopes.values() for term in one)]
    held = _Columns.of(counts, terms, {*names, *union})
    kept, dropped = held.independent(names)
    parts = [
        _Part.of(held, union, one, alone=level in uncorrelated)
        for level, one in random.items()
    ]
    return Arranged(
        cells=Cells(
            which=counts.which,
            starts=counts.starts,
            successes=counts.successes,
            trials=counts.trials,
            fixed=held.standard(kept),
            slopes=held.standard(union[1:]),
            tiers=tuple(_tiers(counts, parts)),
        ),
        terms=kept,
        dropped=dropped,
        back=held.back(kept),
        effect_terms=tuple(part.terms for part in parts),
        effect_back=tuple(part.back for part in parts),
        moments=tuple(held.moments(part.terms) for part in parts),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Columns:
    """The model's columns by name, as they are, with mean and spread over the trials."""

    weight: FloatArray
    raw: Mapping[str, FloatArray]
    scale: Mapping[str, tuple[float, float]]

    @classmethod
    def of(cls, counts: Counts, terms: Sequence[str], needed: set[str]) -> "_Columns":
        """Return those of the columns that terms unfold into which are needed."""
        weight = np.bincount(counts.which, weights=counts.trials).astype(float)
        raw = {
            column.name: _column(counts, column)
            for column in unfold(terms, counts.values)
            if column.name in needed
        }
        scale = {name: _scale(column, weight) for name, column in raw.items()}
        return cls(weight=weight, raw=raw, scale=scale)

    def standard(self, names: Sequence[str]) -> FloatArray:
        """Return columns with mean 0 and variance 1; the 1 as it is."""
        found = np.empty((len(self.weight), len(names)))
        for place, name in enumerate(names):
            middle, spread = self.scale[name]
            found[:, place] = (self.raw[name] - middle) / spread
        return found

    def back(self, names: Sequence[str]) -> FloatArray:
        """Return what takes effects of standard columns, the 1 first, to raw ones."""
        middle, spread = np.array([self.scale[name] for name in names]).T
        back = np.diag(1 / spread)
        back[0, 1:] = -middle[1:] / spread[1:]
        return np.asarray(back)

    def moments(self, names: Sequence[str]) -> FloatArray:
        """Return the mean of zz' over the trials, z the columns as they are."""
        columns = np.column_stack([self.raw[name] for name in names])
        return squared(columns, self.weight) / float(self.weight.sum())

    def independent(
        self, names: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the columns that say something new beside those before, and others."""
        total = squared(self.standard(names), self.weight)
        kept: list[int] = []
        for place, own in enumerate(np.diag(total)):
            across = total[kept, place]
            known = across @ np.linalg.solve(total[np.ix_(kept, kept)], across)
            if own - known > NOTHING_NEW * own:
                kept.append(place)
        others = tuple(one for place, one in enumerate(names) if place not in kept)
        return tuple(names[place] for place in kept), others


def _column(counts: Counts, column: Column) -> FloatArray:
    found = np.ones(counts.distinct)
    for factor in column.factors:
        held = counts.columns[factor.name]
        if factor.is_category:
            found *= held == counts.values[factor.name].index(factor.value)
        else:
            found *= held
    return found


def _scale(column: FloatArray, weight: FloatArray) -> tuple[float, float]:
    """Return a column's mean and spread over the trials; of a constant 0 and itself."""
    middle = float(np.average(column, weights=weight))
    spread = float(np.sqrt(np.average((column - middle) ** 2, weights=weight)))
    if spread > 1e-14 * abs(middle):
        return middle, spread
    return 0.0, abs(middle) or 1.0


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
        held: _Columns,
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
        back = held.back(terms)
        if alone:
            design[0, 1:] = -back[0, 1:]
            lengths = np.sqrt(np.diag(held.moments(terms)))
            design, back = design / (lengths * np.diag(back)), np.diag(1 / lengths)
        free = np.diag_indices(size) if alone else np.tril_indices(size)
        return cls(terms=terms, design=design, free=np.column_stack(free), back=back)


def _tiers(counts: Counts, parts: Sequence[_Part]) -> list[Tier]:
    return [
        Tier(
            parent=groups.parent,
            starts=np.flatnonzero(np.diff(groups.parent, prepend=-1)),
            design=part.design,
            free=part.free,
        )
        for groups, part in zip(reversed(counts.groups), parts, strict=True)
    ]
