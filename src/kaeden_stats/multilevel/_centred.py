"""The columns of a model, centred and of one size, from exact sums. Private."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._exact import moved, total
from kaeden_stats.multilevel.blocks import CrossProducts, pairs_of, within


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Centred:
    """Products of columns with mean 0 and mean square 1 over all rows, but for the 1.

    Attributes
    ----------
    columns : (m,) str
        ``"1"`` first, the outcome last.
    centre, size : (m,) float
        Column i is (c_i - centre_i) / size_i.
    products : (k, m, m) float
        Σ w·c_i·c_j over the rows of each group.
    whole : (m, m) float
        The same over all rows.
    """

    columns: tuple[str, ...]
    centre: FloatArray
    size: FloatArray
    products: FloatArray
    whole: FloatArray

    @property
    def weight(self) -> float:
        """Sum of the weights of all rows; without weights, their number."""
        return float(self.whole[0, 0])

    def places(self, names: Sequence[str]) -> list[int]:
        """Return where columns stand."""
        return [self.columns.index(name) for name in names]


def centred(blocks: CrossProducts, columns: Sequence[str]) -> Centred:
    """Return the products of some of the blocks' columns, centred and of one size."""
    chosen = within(columns, blocks.columns)
    pairs = pairs_of(len(columns))
    high, low = blocks.products[:, chosen], blocks.remainder[:, chosen]
    sums, missed = total(high, low)
    centre = sums[: len(columns)] / sums[0]
    centre[0] = 0.0
    spread, _missed = moved(sums[None], missed[None], centre, pairs)
    whole = _square(spread, pairs, len(columns))[0]
    size = np.sqrt(np.maximum(np.diag(whole), 0.0) / whole[0, 0])
    size = np.where(size > 0, size, 1.0)
    around, _missed = moved(high, low, centre, pairs)
    scale = np.outer(size, size)
    return Centred(
        columns=tuple(columns),
        centre=centre,
        size=size,
        products=_square(around / scale[pairs], pairs, len(columns)),
        whole=whole / scale,
    )


def _square(
    triangle: FloatArray, pairs: tuple[np.ndarray, np.ndarray], size: int
) -> FloatArray:
    """Unfold (k, t) upper triangles into (k, m, m) symmetric matrices."""
    place = np.empty((size, size), dtype=np.intp)
    place[pairs] = place[pairs[::-1]] = np.arange(len(pairs[0]))
    return np.asarray(triangle[:, place.ravel()].reshape(-1, size, size))
