"""Mean and spread of the model's columns, and what they say beside each other. Private."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray

NOTHING_NEW = 1e-11
"""Share of a column's spread that the columns before it must leave to it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scales:
    """How columns are brought to mean 0 and variance 1, and the way back.

    Attributes
    ----------
    names : tuple of str
        The columns, the 1 first.
    mean, covariance : (c,) and (c, c) float
        Of the columns as they are, over the trials.
    middle, spread : (c,) float
        What is taken from a column, and what it is divided by; 0 and itself for one
        that is constant.
    total : float
        How many trials there are.
    """

    names: tuple[str, ...]
    mean: FloatArray
    covariance: FloatArray
    middle: FloatArray
    spread: FloatArray
    total: float

    @classmethod
    def of(
        cls,
        names: tuple[str, ...],
        *,
        mean: FloatArray,
        covariance: FloatArray,
        total: float,
    ) -> "Scales":
        """Return the scales of columns of such means and covariances."""
        spread = np.sqrt(np.diag(covariance))
        varies = spread > 1e-14 * np.abs(mean)
        itself = np.where(mean == 0, 1.0, np.abs(mean))
        return cls(
            names=names,
            mean=mean,
            covariance=covariance,
            middle=np.where(varies, mean, 0.0),
            spread=np.where(varies, spread, itself),
            total=total,
        )

    def standard(self, name: str, column: FloatArray) -> FloatArray:
        """Return a column in the scale of the fit."""
        place = self.names.index(name)
        return np.asarray((column - self.middle[place]) / self.spread[place])

    def back(self, names: Sequence[str]) -> FloatArray:
        """Return what takes effects of standard columns, the 1 first, to raw ones."""
        at = self._places(names)
        back = np.diag(1 / self.spread[at])
        back[0, 1:] = -self.middle[at][1:] / self.spread[at][1:]
        return np.asarray(back)

    def moments(self, names: Sequence[str]) -> FloatArray:
        """Return the mean of zz' over the trials, z the columns as they are."""
        at = self._places(names)
        mean = self.mean[at]
        return np.asarray(self.covariance[np.ix_(at, at)] + np.outer(mean, mean))

    def independent(
        self, names: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the columns that say something new beside those before, and others."""
        at = self._places(names)
        off, spread = (self.mean - self.middle)[at], self.spread[at]
        total = self.covariance[np.ix_(at, at)] + np.outer(off, off)
        total /= np.outer(spread, spread)
        kept: list[int] = []
        for place, own in enumerate(np.diag(total)):
            across = total[kept, place]
            known = across @ np.linalg.solve(total[np.ix_(kept, kept)], across)
            if own - known > NOTHING_NEW * own:
                kept.append(place)
        others = tuple(one for place, one in enumerate(names) if place not in kept)
        return tuple(names[place] for place in kept), others

    def _places(self, names: Sequence[str]) -> list[int]:
        return [self.names.index(name) for name in names]
