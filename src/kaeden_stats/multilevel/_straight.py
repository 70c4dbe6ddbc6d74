"""Columns that others all but determine, made independent of them without loss. Private.

A product of a category and a number far from zero is nearly that category times a
constant; a square of a year is nearly a line. In doubles what such a column says of its
own is lost. The sums are exact, so what the columns before it say is taken out exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._exact import plus, two_product

POOR = 1e-4
"""A column whose own share of its square is smaller is straightened."""
NOTHING_NEW = 1e-20
"""A column whose own share is smaller says nothing new."""
ROUNDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Take `share` times column `other` out of `column`."""

    column: int
    other: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which columns are kept, and the steps that make them independent."""

    kept: tuple[int, ...]
    dropped: tuple[int, ...]
    steps: tuple[Step, ...]


Pairs = tuple[FloatArray, FloatArray]


def plan(whole: Pairs, size: int, places: Sequence[int]) -> Plan:
    """Return what to do with the columns at `places`, in their order.

    Parameters
    ----------
    whole : two of (t,) float
        Products of the centred columns over all rows, as pairs.
    size : int
        How many columns there are.
    places : sequence of int
        The columns with a fixed effect.
    """
    place = places_of(size)
    sums = whole[0][None].copy(), whole[1][None].copy()
    kept: list[int] = []
    dropped: list[int] = []
    steps: list[Step] = []
    for column in places:
        before = square = float(sums[0][0, place[column, column]])
        for _round in range(ROUNDS):
            shares = _shares(sums[0][0], place, kept, column)
            own = square - float(shares @ sums[0][0, place[kept, column]])
            if own > POOR * square or square <= NOTHING_NEW * before:
                break
            new = [
                Step(column=column, other=other, share=float(share))
                for other, share in zip(kept, shares, strict=True)
            ]
            take_out(sums, new, place)
            steps += new
            square = float(sums[0][0, place[column, column]])
        (kept if square > NOTHING_NEW * before else dropped).append(column)
    return Plan(kept=tuple(kept), dropped=tuple(dropped), steps=tuple(steps))


def _shares(
    whole: FloatArray, place: NDArray[np.intp], kept: Sequence[int], column: int
) -> FloatArray:
    """Return the regression of a column on those kept."""
    inner = whole[place[np.ix_(kept, kept)]]
    size = np.sqrt(np.diag(inner))
    across = whole[place[kept, column]] / size
    return np.asarray(np.linalg.solve(inner / np.outer(size, size), across) / size)


def take_out(sums: Pairs, steps: Sequence[Step], place: NDArray[np.intp]) -> None:
    """Carry out steps on (k, t) sums of products, in place."""
    for step in steps:
        own, other = place[step.column], place[step.other]
        square, both = own[step.column], own[step.other]
        _subtract(sums, square, both, step.share)
        rest = [at for at in range(len(own)) if at != step.column]
        _subtract(sums, own[rest], other[rest], step.share)
        _subtract(sums, square, both, step.share)


def _subtract(
    sums: Pairs, there: NDArray[np.intp], what: NDArray[np.intp], share: float
) -> None:
    high, low = sums[0][:, what], sums[1][:, what]
    more, less = two_product(np.broadcast_to(-share, high.shape), high)
    found = plus(sums[0][:, there], sums[1][:, there], more, less - share * low)
    sums[0][:, there], sums[1][:, there] = found


def places_of(size: int) -> NDArray[np.intp]:
    """Return where the product of two columns stands in a triangle, (size, size)."""
    pairs = np.triu_indices(size)
    place = np.empty((size, size), dtype=np.intp)
    place[pairs] = place[pairs[::-1]] = np.arange(len(pairs[0]))
    return place
