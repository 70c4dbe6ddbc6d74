"""Moderators and context of a synthesis, made ready for the fit. Private."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kaeden_stats._checks import FloatArray, vector
from kaeden_stats.errors import InvalidInput, NotIdentified

FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """1 and the moderators as `straight` @ inv(`turned`), and context about its mean."""

    straight: FloatArray
    turned: FloatArray
    around: FloatArray
    centre: FloatArray
    scale: FloatArray


def columns_of(
    moderators: ArrayLike | None, context: ArrayLike | None, rows: int
) -> Columns:
    """Return the columns of a synthesis of `rows` effects."""
    fixed = _columns(moderators, rows, "moderators")
    drawn = _columns(context, rows, "context")
    width = 1 + fixed.shape[1]
    if rows < max(FEWEST, width + 1):
        raise NotIdentified(
            f"{rows} effects are too few for {width} coefficients: give "
            f"{max(FEWEST, width + 1)} or more."
        )
    straight, back = np.linalg.qr(np.column_stack([np.ones(rows), fixed]))
    centre, scale = drawn.mean(axis=0), drawn.std(axis=0, ddof=1)
    return Columns(
        straight=straight,
        turned=np.linalg.inv(back),
        around=(drawn - centre) / scale,
        centre=centre,
        scale=scale,
    )


def _columns(values: ArrayLike | None, rows: int, name: str) -> FloatArray:
    if values is None:
        return np.empty((rows, 0))
    columns = np.asarray(values, dtype=np.float64)
    if columns.ndim != 2 or len(columns) != rows:
        raise InvalidInput(
            f"{name} must have one row for each of the {rows} effects, "
            f"got shape {columns.shape}."
        )
    vector(columns.ravel(), name)
    for place, same in enumerate(np.ptp(columns, axis=0) == 0, start=1):
        if same:
            raise InvalidInput(f"Column {place} of {name} is the same everywhere.")
    return columns


def row_of(values: ArrayLike, name: str, width: int) -> FloatArray:
    """Return one place's numbers, one for each column."""
    row = vector(values, name)
    if len(row) != width:
        raise InvalidInput(f"{name} must be {width} numbers, got {len(row)}.")
    return row
