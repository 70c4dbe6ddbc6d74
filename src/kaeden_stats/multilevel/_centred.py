"""The columns of a model, centred, independent and of one size, from exact sums. Private."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._exact import moved, total
from kaeden_stats.multilevel._straight import Plan, Step, places_of, plan, take_out
from kaeden_stats.multilevel.blocks import CrossProducts, pairs_of, within


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Centred:
    """Products of columns with mean 0 and mean square 1 over all rows, but for the 1.

    Attributes
    ----------
    columns : (m,) str
        ``"1"`` first, the outcome last.
    centre, size : (m,) float
        What was subtracted from each column, and what it was divided by then.
    bent : (m, m) float
        The centred columns of size 1 are the columns of the products times this; it
        is the identity but for columns that others all but determine.
    kept, dropped : tuple of int
        The columns with a fixed effect, and those of them that others determine.
    straight : (m,) float
        The size of what is left of each centred column.
    whole : (m, m) float
        Σ w·c_i·c_j over all rows.
    """

    columns: tuple[str, ...]
    centre: FloatArray
    size: FloatArray
    bent: FloatArray
    kept: tuple[int, ...]
    dropped: tuple[int, ...]
    straight: FloatArray
    whole: FloatArray
    _blocks: CrossProducts = field(repr=False)
    _steps: tuple[Step, ...] = ()

    @property
    def products(self) -> FloatArray:
        """Σ w·c_i·c_j over the rows of each group, (k, m, m); made when asked for."""
        return self.rows(range(len(self.columns)))

    def rows(self, places: Sequence[int]) -> FloatArray:
        """Return the products of some columns with all, (k, ·, m), in each group."""
        blocks, place = self._blocks, places_of(len(self.columns))
        held = [*places] if not self._steps else [*range(len(place))]
        here = np.unique(place[[0, *held]])
        chosen = within(self.columns, blocks.columns)[here]
        one, other = pairs_of(len(place))
        high, low = blocks.products[:, chosen], blocks.remainder[:, chosen]
        sums = moved(high, low, self.centre, (one[here], other[here]))
        take_out(sums, self._steps, place)
        wanted = np.searchsorted(here, place[list(places)])
        return sums[0][:, wanted] / np.outer(self.straight, self.straight)[list(places)]

    @property
    def weight(self) -> float:
        """Sum of the weights of all rows; without weights, their number."""
        return float(self.whole[0, 0])

    def places(self, names: Sequence[str]) -> list[int]:
        """Return where columns stand."""
        return [self.columns.index(name) for name in names]


def centred(
    blocks: CrossProducts, columns: Sequence[str], fixed: Sequence[str]
) -> Centred:
    """Return the products of some of the blocks' columns, ready for a fit.

    `fixed` names those with a fixed effect.
    """
    count = len(columns)
    chosen, pairs = within(columns, blocks.columns), pairs_of(count)
    place = places_of(count)
    high, low = total(blocks.products, blocks.remainder)
    high, low = high[chosen], low[chosen]
    centre = high[:count] / high[0]
    centre[0] = 0.0
    around = moved(high[None], low[None], centre, pairs)
    size = _sizes(around[0][0], place)
    planned = plan(
        (around[0][0], around[1][0]), count, [columns.index(name) for name in fixed]
    )
    take_out(around, planned.steps, place)
    straight = _sizes(around[0][0], place)
    return Centred(
        columns=tuple(columns),
        centre=centre,
        size=size,
        bent=_bent(planned, size, straight),
        kept=planned.kept,
        dropped=planned.dropped,
        straight=straight,
        whole=around[0][0][place] / np.outer(straight, straight),
        _blocks=blocks,
        _steps=planned.steps,
    )


def _sizes(whole: FloatArray, place: np.ndarray) -> FloatArray:
    """Return the root mean square of each column, 1 where it is 0."""
    squares = whole[np.diag(place)]
    size = np.sqrt(np.maximum(squares, 0.0) / whole[0])
    return np.where(size > 0, size, 1.0)


def _bent(planned: Plan, size: FloatArray, straight: FloatArray) -> FloatArray:
    """Return how the columns are made of those without what others say."""
    found = np.diag(straight / size)
    for step in planned.steps:
        found[step.other, step.column] += (
            step.share * straight[step.other] / size[step.column]
        )
    return found
