"""How many different patterns stream past, without keeping them. Private.

A pattern's key is spread evenly over 64 bits, and only those whose first bits are zero
are kept: each time there are too many, one bit more must be. So the count does not
depend on the order of rows, nor the room on how many there are.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST = 1 << 16
"""Keys that are kept; with half of them or more, the count is good to one percent."""
ODD = np.uint64(0x9E3779B97F4A7C15)
"""2⁶⁴ divided by the golden ratio."""
HALF = np.uint64(32)

Keys = NDArray[np.uint64]


class Sketch:
    """The keys seen so far, of which one in so many is kept."""

    def __init__(self) -> None:
        self._kept: Keys = np.empty(0, dtype=np.uint64)
        self._bits = 0

    @property
    def count(self) -> int:
        """About how many different keys there were; exactly, while all are kept."""
        return len(self._kept) << self._bits

    def add(self, keys: Keys) -> None:
        """See keys of further rows."""
        self._kept = np.union1d(self._kept, self._low(keys))
        while len(self._kept) > MOST:
            self._bits += 1
            self._kept = self._low(self._kept)

    def _low(self, keys: Keys) -> Keys:
        if not self._bits:
            return keys
        low = keys >> np.uint64(64 - self._bits) == 0
        return np.asarray(keys[low])


def keys_of(columns: Iterable[NDArray[Any]], rows: int) -> Keys:
    """Return one number for what columns of whole numbers or doubles say together."""
    found = np.zeros(rows, dtype=np.uint64)
    for column in columns:
        kind = np.float64 if column.dtype.kind == "f" else np.int64
        # Zero has two signs, of which a sum leaves one.
        found ^= (column.astype(kind) + kind(0)).view(np.uint64)
        for _twice in range(2):
            found *= ODD
            found ^= found >> HALF
    found *= ODD
    return found
