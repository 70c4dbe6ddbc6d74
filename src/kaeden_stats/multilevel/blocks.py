"""The blocks of a model: cross-products of its columns by group, and nothing else."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CrossProducts:
    """All that a linear mixed model needs of n rows, whatever their number.

    Attributes
    ----------
    columns : (m,) str
        The model's columns; ``"1"`` first, the outcome last.
    levels : tuple of str
        Grouping columns, outermost first; if `is_crossed`, factors in any order.
    keys : (k, levels) object
        The groups of each lowest group, outermost first, in ascending order.
    rows : (k,) float
        How many rows each lowest group has.
    products : (k, m, m) float
        Σ w (c - centre)(c - centre)' over each group's rows, w their weight.
    centre : (m,) float
        What was subtracted from each column before anything was multiplied.
    log_weight : float
        Sum of the logarithms of all weights; 0 without weights.
    is_crossed : bool
        Whether no level lies within another: then the lowest groups are the cells in
        which all factors meet.
    left_out : mapping
        Rows left out because a column was missing, by column; a row counts once, at the
        first column that is missing.
    source : str
        What made the pass.

    Notes
    -----
    Blocks of the same columns and centre add up with ``+``; groups that both have are
    summed. They hold personal data where groups are small: a group of one row is that
    row.
    """

    columns: tuple[str, ...]
    levels: tuple[str, ...]
    keys: NDArray[Any]
    rows: FloatArray
    products: FloatArray
    centre: FloatArray
    log_weight: float = 0.0
    is_crossed: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)
    source: str = ""

    @property
    def n(self) -> int:
        """How many rows there are in all."""
        return int(self.rows.sum())

    def __add__(self, other: "CrossProducts") -> "CrossProducts":
        """Return the blocks of both sets of rows.

        Raises
        ------
        InvalidInput
            If they are of other columns, levels or centre.
        """
        _check_alike(self, other)
        keys = np.concatenate([self.keys, other.keys])
        order, place = ordered(keys)
        count = int(place[-1]) + 1 if len(place) else 0
        first = np.flatnonzero(np.diff(place, prepend=-1))
        rows = np.concatenate([self.rows, other.rows])[order]
        products = np.concatenate([self.products, other.products])[order]
        names = dict.fromkeys([*self.left_out, *other.left_out])
        return CrossProducts(
            columns=self.columns,
            levels=self.levels,
            keys=keys[order][first],
            rows=np.add.reduceat(rows, first) if count else rows,
            products=np.add.reduceat(products, first) if count else products,
            centre=self.centre,
            log_weight=self.log_weight + other.log_weight,
            is_crossed=self.is_crossed,
            left_out={
                name: self.left_out.get(name, 0) + other.left_out.get(name, 0)
                for name in names
            },
            source=" + ".join(dict.fromkeys([self.source, other.source])),
        )

    def to_bytes(self) -> bytes:
        """Return the blocks as bytes that `from_bytes` reads on any machine."""
        file = io.BytesIO()
        np.savez_compressed(
            file,
            format=np.array(FORMAT),
            columns=np.array(self.columns),
            levels=np.array(self.levels),
            allow_pickle=False,
            **{f"key_{i}": _plain(self.keys[:, i]) for i in range(len(self.levels))},
            rows=self.rows,
            products=self.products,
            centre=self.centre,
            log_weight=np.array(self.log_weight),
            is_crossed=np.array(self.is_crossed),
            left_out_names=np.array(list(self.left_out), dtype=str),
            left_out_counts=np.array(list(self.left_out.values()), dtype=int),
            source=np.array(self.source),
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> "CrossProducts":
        """Return the blocks that `to_bytes` wrote; nothing in them is executed."""
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            levels = tuple(file["levels"].tolist())
            keys = np.empty((len(file["rows"]), len(levels)), dtype=object)
            for place in range(len(levels)):
                keys[:, place] = file[f"key_{place}"].tolist()
            names, counts = file["left_out_names"], file["left_out_counts"]
            return cls(
                columns=tuple(file["columns"].tolist()),
                levels=levels,
                keys=keys,
                rows=file["rows"],
                products=file["products"],
                centre=file["centre"],
                log_weight=float(file["log_weight"]),
                is_crossed=bool(file["is_crossed"]),
                left_out=dict(zip(names.tolist(), counts.tolist(), strict=True)),
                source=str(file["source"]),
            )


def ordered(keys: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the order that sorts keys, and the place of each sorted key's group."""
    codes = [np.unique(column.astype(str), return_inverse=True)[1] for column in keys.T]
    order = np.lexsort(codes[::-1])
    sorted_codes = np.array(codes).T[order]
    changes = np.any(np.diff(sorted_codes, axis=0, prepend=-1), axis=1)
    return order, np.cumsum(changes) - 1


def _plain(column: NDArray[Any]) -> NDArray[Any]:
    """Return keys without Python objects, so that they can be stored safely."""
    return np.array(column.tolist())


def _check_alike(one: CrossProducts, other: CrossProducts) -> None:
    for what, a, b in (
        ("columns", one.columns, other.columns),
        ("levels", one.levels, other.levels),
        ("crossing", [one.is_crossed], [other.is_crossed]),
        ("centre", one.centre.tolist(), other.centre.tolist()),
    ):
        if a != b:
            raise InvalidInput(
                f"The blocks have other {what}: {_shown(a)} and {_shown(b)}. Make both "
                "with the same terms, categories and centre."
            )


def _shown(values: Sequence[object]) -> str:
    return ", ".join(str(value) for value in values[:6])
