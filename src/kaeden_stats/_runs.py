"""Runs on one side of a line, and how long and few they are by chance alone."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import comb

import numpy as np
from numpy.typing import NDArray

from kaeden_stats._checks import BoolArray, IntArray

ONE_IN = 20
"""Crossings are too few when chance gives so few in less than one case of so many."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Runs:
    """The runs of k series; each array (k,) but `in_long_run`, which is (k, t)."""

    longest: IntArray
    longest_expected: IntArray
    crossings: IntArray
    fewest_expected: IntArray
    in_long_run: BoolArray


def runs(side: NDArray[np.int8]) -> Runs:
    """Judge the runs of (k, t) sides: 1 above, -1 below, 0 on the line or no point.

    A point on the line or missing neither makes a run longer nor ends it.
    """
    so_far, crossings = _lengths(side)
    whole = _whole(side, so_far)
    useful = np.count_nonzero(side, axis=1)
    longest = so_far.max(axis=1, initial=0)
    longest_expected = _of_useful(useful, longest_by_chance)
    return Runs(
        longest=longest,
        longest_expected=longest_expected,
        crossings=crossings,
        fewest_expected=_of_useful(useful, fewest_crossings_by_chance),
        in_long_run=whole > longest_expected[:, None],
    )


@cache
def longest_by_chance(useful: int) -> int:
    """Return the longest run that chance gives now and then (Schilling 2012)."""
    return round(float(np.log2(useful))) + 3 if useful else 0


@cache
def fewest_crossings_by_chance(useful: int) -> int:
    """Return the 5 % quantile of Binomial(useful - 1, 1/2) (Chen 2010), exactly."""
    sides = max(useful - 1, 0)
    ways, fewest = 1, 0
    while ways * ONE_IN < 2**sides:
        fewest += 1
        ways += comb(sides, fewest)
    return fewest


def _of_useful(useful: IntArray, rule: Callable[[int], int]) -> IntArray:
    found = np.array([rule(n) for n in range(int(useful.max(initial=0)) + 1)])
    return found[useful].astype(np.intp)


def _lengths(side: NDArray[np.int8]) -> tuple[IntArray, IntArray]:
    """Return how long each point's run is at it (0 at no point), and the crossings."""
    length = np.zeros(side.shape, dtype=np.intp)
    run = np.zeros(len(side), dtype=np.intp)
    crossings, last = np.zeros_like(run), np.zeros(len(side), dtype=np.int8)
    for column in range(side.shape[1]):
        here = side[:, column]
        is_point, goes_on = here != 0, here == last
        crossings += is_point & ~goes_on & (last != 0)
        run = np.where(is_point, np.where(goes_on, run + 1, 1), run)
        length[:, column] = np.where(is_point, run, 0)
        last = np.where(is_point, here, last)
    return length, crossings


def _whole(side: NDArray[np.int8], so_far: IntArray) -> IntArray:
    """Return the length that each point's run reaches in the end."""
    whole = so_far.copy()
    ahead = np.zeros(len(side), dtype=np.intp)
    next_side = np.zeros(len(side), dtype=np.int8)
    for column in reversed(range(side.shape[1])):
        here = side[:, column]
        is_point = here != 0
        reached = np.where(here == next_side, ahead, so_far[:, column])
        whole[:, column] = np.where(is_point, reached, 0)
        ahead = np.where(is_point, reached, ahead)
        next_side = np.where(is_point, here, next_side)
    return whole
