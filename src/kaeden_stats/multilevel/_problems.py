"""What the search needs of a model, nested or crossed. Private."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol, cast

import numpy as np
from threadpoolctl import ThreadpoolController

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._crossed import (
    CrossedProfile,
    effects_crossed,
    gradient_crossed,
    profile_crossed,
)
from kaeden_stats.multilevel._crossed_curves import average_information
from kaeden_stats.multilevel._crossed_freedom import moves_crossed, uncertain_crossed
from kaeden_stats.multilevel._crossing import CrossedData
from kaeden_stats.multilevel._deviance import Profile, eliminated, gradient, profile
from kaeden_stats.multilevel._effects import LevelEffects, effects
from kaeden_stats.multilevel._freedom import Moves, moves
from kaeden_stats.multilevel._levels import Data, Level
from kaeden_stats.multilevel._satterthwaite import Uncertain, uncertain
from kaeden_stats.multilevel._turned import turned

Factors = tuple[FloatArray, ...]
SHARED = 4000
"""Matrices smaller than this are not shared among processors: they would wait for each
other longer than they work where anything else runs, and their number change last digits.
"""


class Problem(Protocol):
    """A deviance over the Cholesky factors of some levels, with its slope."""

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels, in the order of the factors."""

    @property
    def n(self) -> float:
        """Rows behind the products."""

    def profile(self, factors: Factors, *, reml: bool) -> Profile:
        """Return the deviance with all that belongs to it."""

    def slopes(self, at: Profile, *, reml: bool) -> Factors:
        """Return its derivative by the covariance of each level."""

    @property
    def knows_curvature(self) -> bool:
        """Whether `curvature` gives one."""

    def curvature(
        self, at: Profile, ways: Sequence[FloatArray], *, reml: bool
    ) -> FloatArray | None:
        """Return about how the slope moves along changes of the covariances.

        `ways` holds for each level some changes, (·, q, q). None where differences of
        the slope are as good.
        """

    def sizes(self) -> Factors:
        """Return a natural size of each level's effects, so that slopes compare."""

    def effects(self, at: Profile) -> tuple[LevelEffects, ...]:
        """Return the effects of each level."""

    def moves(self, at: Profile, factors: Factors) -> Moves:
        """Return how everything moves around a fit, for Kenward–Roger."""

    def uncertain(self, at: Profile, factors: Factors, *, reml: bool) -> Uncertain:
        """Return how the fixed effects' covariance moves, for Satterthwaite."""


@dataclass(frozen=True, slots=True, eq=False)
class Nested:
    """Each level's groups lie within those of the next."""

    data: Data
    turned: Data

    @classmethod
    def of(cls, data: Data) -> "Nested":
        """Return the problem of some data; what is summed over groups needs few of them."""
        return cls(data, turned(data))

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels, lowest first."""
        return self.data.levels

    @property
    def n(self) -> float:
        """Rows behind the products."""
        return self.data.n

    def profile(self, factors: Factors, *, reml: bool) -> Profile:
        """Return the deviance with all that belongs to it."""
        return profile(self.turned, factors, reml=reml)

    def slopes(self, at: Profile, *, reml: bool) -> Factors:
        """Return its derivative by the covariance of each level."""
        return gradient(self.turned, at, reml=reml)

    @property
    def knows_curvature(self) -> bool:
        """Whether `curvature` gives one."""
        return False

    def curvature(
        self,
        at: Profile,
        ways: Sequence[FloatArray],
        *,
        reml: bool,
    ) -> FloatArray | None:
        """Return nothing: an evaluation costs little."""
        return None

    def sizes(self) -> Factors:
        """Return the natural sizes, from the mean square of each effect's column."""
        return tuple(_sizes(self.data.total, level) for level in self.levels)

    def effects(self, at: Profile) -> tuple[LevelEffects, ...]:
        """Return the effects of each level, lowest first."""
        out = eliminated(self.data, [done.spread for done in at.eliminations])
        return effects(self.data, replace(at, eliminations=out.eliminations))

    def moves(self, at: Profile, factors: Factors) -> Moves:
        """Return how everything moves around a fit, for Kenward–Roger."""
        with _alone():
            return moves(self.turned, factors, at.residual_variance)

    def uncertain(self, at: Profile, factors: Factors, *, reml: bool) -> Uncertain:
        """Return how the fixed effects' covariance moves, for Satterthwaite."""
        with _alone():
            return uncertain(self.turned, factors, at.residual_variance, reml=reml)


@dataclass(frozen=True, slots=True, eq=False)
class Crossed:
    """No factor's groups lie within another's."""

    data: CrossedData

    @property
    def levels(self) -> tuple[Level, ...]:
        """The factors, the one with the most groups first."""
        return self.data.levels

    @property
    def n(self) -> float:
        """Rows behind the products."""
        return self.data.n

    def profile(self, factors: Factors, *, reml: bool) -> Profile:
        """Return the deviance with all that belongs to it."""
        with self._processors():
            return profile_crossed(self.data, factors, reml=reml)

    def slopes(self, at: Profile, *, reml: bool) -> Factors:
        """Return its derivative by the covariance of each factor."""
        assert isinstance(at, CrossedProfile)
        with self._processors():
            return gradient_crossed(self.data, at, reml=reml)

    @property
    def knows_curvature(self) -> bool:
        """Whether `curvature` gives one."""
        return True

    def curvature(
        self, at: Profile, ways: Sequence[FloatArray], *, reml: bool
    ) -> FloatArray | None:
        """Return the average information along changes of the covariances."""
        assert isinstance(at, CrossedProfile)
        with self._processors():
            return average_information(self.data, at, ways, reml=reml)

    def sizes(self) -> Factors:
        """Return the natural sizes, from the mean square of each effect's column."""
        return tuple(_sizes(self.data.total, level) for level in self.levels)

    def effects(self, at: Profile) -> tuple[LevelEffects, ...]:
        """Return the effects of each factor."""
        assert isinstance(at, CrossedProfile)
        with self._processors():
            return effects_crossed(self.data, at)

    def moves(self, at: Profile, factors: Factors) -> Moves:
        """Return how everything moves around a fit, for Kenward–Roger."""
        assert isinstance(at, CrossedProfile)
        with self._processors():
            return moves_crossed(self.data, at, factors)

    def uncertain(self, at: Profile, factors: Factors, *, reml: bool) -> Uncertain:
        """Return how the fixed effects' covariance moves, for Satterthwaite."""
        assert isinstance(at, CrossedProfile)
        with self._processors():
            return uncertain_crossed(self.data, at, factors, reml=reml)

    def _processors(self) -> AbstractContextManager[object]:
        """Say how many processors share the work on one matrix."""
        alone = self.data.among.shape[0] < SHARED
        limit = _controller().limit(limits=1 if alone else None)
        return cast("AbstractContextManager[object]", limit)


def _alone() -> AbstractContextManager[object]:
    """Let one processor do all matrices."""
    return cast("AbstractContextManager[object]", _controller().limit(limits=1))


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def _sizes(total: FloatArray, level: Level) -> FloatArray:
    square = np.diag(level.design.T @ total @ level.design) / level.groups
    return np.asarray(1 / np.sqrt(np.where(square > 0, square, 1.0)))
