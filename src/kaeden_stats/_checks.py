"""The border control that every public function shares."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kaeden_stats.errors import InvalidInput

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]


def vector(values: ArrayLike, name: str) -> FloatArray:
    """Return `values` as a float vector without missing values."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise InvalidInput(f"{name} must be a vector, got shape {array.shape}.")
    wrong = int(np.count_nonzero(~np.isfinite(array)))
    if wrong:
        raise InvalidInput(
            f"{name} has {wrong} missing or infinite values. "
            "Drop those first, and count them among what was left out."
        )
    return array


def positive(values: ArrayLike, name: str) -> FloatArray:
    """Return `values` as a float vector of numbers above zero."""
    array = vector(values, name)
    if not (array > 0).all():
        raise InvalidInput(
            f"{name} must be above 0 everywhere, smallest is {array.min():g}."
        )
    return array


def same_shape(left: NDArray[Any], right: NDArray[Any], names: str) -> None:
    """Refuse two arrays that do not belong together."""
    if left.shape != right.shape:
        raise InvalidInput(
            f"{names} must have one shape, got {left.shape} and {right.shape}."
        )


def share(value: float, name: str) -> float:
    """Return `value` when it lies strictly between 0 and 1."""
    if not 0 < value < 1:
        raise InvalidInput(f"{name} must lie between 0 and 1, got {value!r}.")
    return float(value)


def labels(values: ArrayLike, units: int, name: str) -> tuple[NDArray[Any], IntArray]:
    """Return the distinct labels, and for each unit the place of its own."""
    array = np.asarray(values)
    if array.shape != (units,):
        raise InvalidInput(
            f"{name} must be one label for each of the {units} units, "
            f"got shape {array.shape}."
        )
    if array.dtype.kind in "fcO":
        raise InvalidInput(
            f"{name} must be all text or all whole numbers, got {array.dtype}. "
            "A unit without a group must be left out or given a group of its own."
        )
    distinct, index = np.unique(array, return_inverse=True)
    return distinct, index.astype(np.intp)
