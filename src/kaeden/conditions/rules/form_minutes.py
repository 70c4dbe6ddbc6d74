"""How long Kæden's own forms take, measured from use and led back to nobody. Pure.

A use is kept as a form, a week and one of nine lengths: no person, no post, no place
and no words. So the numbers tell what Kæden costs, and nothing of who is slow.
"""

from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate

LENGTHS = (15, 30, 60, 120, 180, 300, 600, 900, 1800)
"""The upper ends of the lengths in seconds; who is longer at it has been elsewhere."""
STANDS_FOR = (10, 20, 40, 90, 150, 240, 450, 750, 1350)
"""The seconds that a use of each length counts for."""
ENOUGH = 10
"""Uses before what is measured is told instead of what was estimated."""


def length_of(seconds: float) -> int:
    """Return which of the lengths a use has; idle time beyond the last counts as it."""
    return min(bisect_left(LENGTHS, seconds), len(LENGTHS) - 1)


def median(uses: Mapping[int, int]) -> int | None:
    """Return the middle of how long it takes, in seconds; None before enough uses."""
    count = sum(uses.values())
    if count < ENOUGH:
        return None
    passed = accumulate(uses[length] for length in sorted(uses))
    middle = next(
        length
        for length, until in zip(sorted(uses), passed, strict=True)
        if 2 * until >= count
    )
    return STANDS_FOR[middle]


def in_all(uses: Mapping[int, int]) -> int:
    """Return the seconds that all uses took together."""
    return sum(STANDS_FOR[length] * count for length, count in uses.items())
