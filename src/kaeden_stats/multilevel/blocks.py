"""The blocks of a model: cross-products of its columns by group, and nothing else."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._exact import plus
from kaeden_stats.multilevel._summed import Summed, Wanted
from kaeden_stats.multilevel._terms import unfold

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CrossProducts:
    """All that a linear mixed model needs of n rows, whatever their number.

    Attributes
    ----------
    outcome : str
        The column that is explained.
    terms : tuple of str
        The terms whose columns were multiplied, the intercept not among them.
    fixed : tuple of str
        Those of them with a fixed effect in the model the blocks were made for.
    slopes : mapping of str to tuple of str
        Those with a random effect in that model, by level.
    values : mapping of str to tuple
        The values of each category, sorted.
    levels, crossed : tuple of str
        Grouping columns: nested ones, outermost first, and crossed factors.
    keys : tuple of (k,) arrays
        The groups' labels in each grouping column, in ascending order.
    rows : (k,) float
        How many rows each group has; a group is where all grouping columns meet.
    products, remainder : (k, t) float
        Σ w·c_i·c_j over each group's rows, w their weight: the nearest doubles, and
        what they miss. t = m(m+1)/2, the upper triangle row by row of m `columns`.
    weights : str or None
        The column of weights.
    log_weight : float
        Sum of the logarithms of all weights; 0 without weights.
    left_out : mapping
        Rows left out because a column was missing, by column; a row counts once, at the
        first column that is missing.
    source : str
        What made the pass.

    Notes
    -----
    Blocks of the same model add up with ``+``; groups that both have are summed. The
    pairs are right to about 1e-31 of what was summed, in any order, so what is fitted
    from parts has the bits of what is fitted from the whole. They hold personal data
    where groups are small: a group of one row is that row.
    """

    outcome: str
    terms: tuple[str, ...]
    fixed: tuple[str, ...]
    slopes: Mapping[str, tuple[str, ...]]
    values: Mapping[str, tuple[Any, ...]]
    levels: tuple[str, ...]
    crossed: tuple[str, ...]
    keys: tuple[NDArray[Any], ...]
    rows: FloatArray
    products: FloatArray
    remainder: FloatArray
    weights: str | None = None
    log_weight: float = 0.0
    left_out: Mapping[str, int] = field(default_factory=dict)
    source: str = ""

    @property
    def n(self) -> int:
        """How many rows there are in all."""
        return int(self.rows.sum())

    @property
    def columns(self) -> tuple[str, ...]:
        """The model's columns: ``"1"`` first, a category's every value, the outcome last."""
        return (*(one.name for one in unfold(self.terms, self.values)), self.outcome)

    @property
    def groups(self) -> tuple[str, ...]:
        """All grouping columns."""
        return (*self.levels, *self.crossed)

    def __add__(self, other: "CrossProducts") -> "CrossProducts":
        """Return the blocks of both sets of rows.

        Raises
        ------
        InvalidInput
            If they are of other columns or levels.
        """
        _check_alike(self, other)
        values = {
            name: sorted_values({*one, *other.values[name]})
            for name, one in self.values.items()
        }
        columns = (*(one.name for one in unfold(self.terms, values)), self.outcome)
        keys, places = _together(self.keys, other.keys)
        shape = len(keys[0]), len(columns) * (len(columns) + 1) // 2
        high, low, rows = np.zeros(shape), np.zeros(shape), np.zeros(shape[0])
        for one, place in zip((self, other), places, strict=True):
            there = np.ix_(place, within(one.columns, columns))
            high[there], low[there] = plus(
                high[there], low[there], one.products, one.remainder
            )
            rows[place] += one.rows
        names = dict.fromkeys([*self.left_out, *other.left_out])
        return CrossProducts(
            outcome=self.outcome,
            terms=self.terms,
            fixed=self.fixed,
            slopes=self.slopes,
            values=values,
            levels=self.levels,
            crossed=self.crossed,
            keys=keys,
            rows=rows,
            products=high,
            remainder=low,
            weights=self.weights,
            log_weight=self.log_weight + other.log_weight,
            left_out={
                name: self.left_out.get(name, 0) + other.left_out.get(name, 0)
                for name in names
            },
            source=" + ".join(dict.fromkeys([self.source, other.source])),
        )

    def to_bytes(self) -> bytes:
        """Return the blocks as bytes that `from_bytes` reads on any machine."""
        said = {name: getattr(self, name) for name in SAID} | {"format": FORMAT}
        file = io.BytesIO()
        np.savez_compressed(
            file,
            allow_pickle=False,
            said=np.array(json.dumps(said)),
            rows=self.rows,
            products=self.products,
            remainder=self.remainder,
            **{f"key_{place}": one for place, one in enumerate(self.keys)},
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> "CrossProducts":
        """Return the blocks that `to_bytes` wrote; nothing in them is executed.

        Raises
        ------
        InvalidInput
            If the bytes are of another format.
        """
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            said = json.loads(str(file["said"]))
            if said.pop("format") != FORMAT:
                raise InvalidInput(
                    f"The blocks are not of format {FORMAT}, the one that is read here. "
                    "Make them again."
                )
            groups = len(said["levels"]) + len(said["crossed"])
            return cls(
                **{name: _frozen(one) for name, one in said.items()},
                keys=tuple(file[f"key_{place}"] for place in range(groups)),
                rows=file["rows"],
                products=file["products"],
                remainder=file["remainder"],
            )


SAID = (
    *("outcome", "terms", "fixed", "slopes", "values", "levels", "crossed"),
    *("weights", "log_weight", "left_out", "source"),
)


def _frozen(said: Any) -> Any:
    """Return what was a tuple as one again."""
    if isinstance(said, dict):
        return {name: _frozen(one) for name, one in said.items()}
    return tuple(said) if isinstance(said, list) else said


def blocks_of(
    sums: Summed,
    wanted: Wanted,
    *,
    fixed: Sequence[str],
    slopes: Mapping[str, Sequence[str]],
    levels: Sequence[str],
    crossed: Sequence[str],
) -> CrossProducts:
    """Return the sums of a pass as blocks, in ascending order of their keys."""
    ascending = np.lexsort(sums.keys[::-1])
    # They are large: not copied where they are in order.
    order = slice(None) if np.all(np.diff(ascending) > 0) else ascending
    return CrossProducts(
        outcome=wanted.outcome,
        terms=wanted.terms,
        fixed=tuple(fixed),
        slopes={level: tuple(terms) for level, terms in slopes.items()},
        values=sums.values,
        levels=tuple(levels),
        crossed=tuple(crossed),
        keys=tuple(key[order] for key in sums.keys),
        rows=sums.rows[order],
        products=sums.products[order],
        remainder=sums.remainder[order],
        weights=wanted.weights,
        log_weight=sums.log_weight,
        left_out=sums.left_out,
        source=sums.source,
    )


def pairs_of(columns: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the columns of each product."""
    return np.triu_indices(columns)


def _together(
    one: tuple[NDArray[Any], ...], other: tuple[NDArray[Any], ...]
) -> tuple[tuple[NDArray[Any], ...], tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Return the keys of both in order, and where each of them has its own."""
    joined = tuple(
        np.concatenate([a, b] if a.dtype.kind == b.dtype.kind else [a.astype(str), b])
        for a, b in zip(one, other, strict=True)
    )
    order = np.lexsort(joined[::-1])
    ranked = tuple(key[order] for key in joined)
    new = np.ones(len(order), dtype=bool)
    new[1:] = np.any([key[1:] != key[:-1] for key in ranked], axis=0)
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.cumsum(new) - 1
    split = len(one[0])
    return tuple(key[new] for key in ranked), (place[:split], place[split:])


def within(some: Sequence[str], all_of: Sequence[str]) -> NDArray[np.intp]:
    """Return where the products of some columns stand among those of all."""
    at = np.array([all_of.index(name) for name in some])
    first, second = pairs_of(len(some))
    low, high = np.minimum(at[first], at[second]), np.maximum(at[first], at[second])
    return np.asarray(low * len(all_of) - low * (low - 1) // 2 + high - low)


def sorted_values(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return values in their own order, or as text where they have none."""
    found = set(values)
    try:
        return tuple(sorted(found))
    except TypeError:
        return tuple(sorted(found, key=str))


def _check_alike(one: CrossProducts, other: CrossProducts) -> None:
    for what in ("outcome", "terms", "levels", "crossed", "weights"):
        ours, theirs = getattr(one, what), getattr(other, what)
        if ours != theirs:
            raise InvalidInput(
                f"The blocks have other {what}: {_shown(ours)} and {_shown(theirs)}. "
                "Make both for the same model."
            )


def _shown(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
