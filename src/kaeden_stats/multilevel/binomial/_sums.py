r"""What one reading of the rows says of the deviance at given effects. Private.

With y the columns of a row, z first among them, r = s - tμ, W = tμ(1-μ) and W' = W(1-2μ)
the derivative of W by η, each lowest group g has

.. math::

    \log p(s_g \mid \eta), \quad \sum r y', \quad \sum W z y', \quad \sum W' zz' \otimes y

and they are all that the deviance, its slope and a third-order step to the mode need.
"""

from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray, IntArray
from kaeden_stats.multilevel.binomial._loop import add_rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Point:
    """Where the rows are asked what they say.

    Attributes
    ----------
    beta : (y,) float
        Coefficients of all columns; 0 for those without a fixed effect.
    effect : (k, m) float
        What all levels add in each lowest group.
    is_whole : bool
        Whether all sums are wanted, or only log-likelihood and Σ ry'.
    """

    beta: FloatArray
    effect: FloatArray
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sums:
    """Sums over the rows of each lowest group; k groups, y columns, the first m are z.

    Attributes
    ----------
    log_likelihood : (k,) float
        sη - t log(1 + exp η).
    pull : (k, y) float
        Σ ry'.
    weight : (k, m, y) float
        Σ Wzy'.
    bend : (k, m, m, y) float
        Σ W'zz' ⊗ y.
    gram : (y, y) float
        Σ Wyy' over all rows.
    """

    log_likelihood: FloatArray
    pull: FloatArray
    weight: FloatArray
    bend: FloatArray
    gram: FloatArray


class Adding:
    """The sums at one point, while rows stream past."""

    def __init__(self, point: Point) -> None:
        groups, random = point.effect.shape
        columns = len(point.beta)
        self._point, self._random = point, random
        self._record = np.zeros((groups, record(columns, random, point.is_whole)))
        self._gram = np.zeros((columns, columns))

    def add(self, columns: FloatArray, trials: FloatArray, group: IntArray) -> None:
        """Add rows: (b, y) columns, (2, b) successes and trials, and their groups."""
        point = self._point
        add_rows(
            columns,
            trials,
            group,
            point.beta,
            point.effect,
            self._record,
            self._gram,
            point.is_whole,
        )

    def result(self) -> Sums:
        """Return the sums of all rows."""
        y, m, held = len(self._point.beta), self._random, self._record
        k = len(held)
        pairs = m * (m + 1) // 2 * self._point.is_whole
        ends = np.cumsum([1, y, m * y * self._point.is_whole, pairs * y])
        triangle = held[:, ends[2] :].reshape(k, pairs, y)
        bend = np.zeros((k, m, m, y))
        for place, (i, j) in enumerate(np.column_stack(np.tril_indices(m))[:pairs]):
            bend[:, i, j] = bend[:, j, i] = triangle[:, place]
        return Sums(
            log_likelihood=held[:, 0],
            pull=held[:, 1 : ends[1]],
            weight=held[:, ends[1] : ends[2]].reshape(k, -1, y),
            bend=bend,
            gram=self._gram + np.tril(self._gram, -1).T,
        )


def record(columns: int, random: int, is_whole: bool) -> int:
    """Return how many sums a group has."""
    more = random + random * (random + 1) // 2 if is_whole else 0
    return 1 + columns * (1 + more)
