"""The search's questions, answered from counts that are held. Private."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel.binomial._cells import Cells, squared
from kaeden_stats.multilevel.binomial._laplace import Deviance, Found
from kaeden_stats.multilevel.binomial._mode import mode
from kaeden_stats.multilevel.binomial._search import Place
from kaeden_stats.multilevel.binomial._tree import Tier, solve

Ask = Callable[
    [Cells, FloatArray, tuple[FloatArray, ...], Sequence[FloatArray]], Deviance
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted:
    """Cells, and the approximation that is asked of them."""

    cells: Cells
    ask: Ask

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The levels, lowest first."""
        return self.cells.tiers

    def at(self, places: Sequence[Place], near: Found | None) -> Iterator[Deviance]:
        """Give the deviance at each place."""
        start = self._zeros() if near is None else near.standard
        for beta, factors in places:
            yield self.ask(self.cells, beta, factors, start)

    def known(self, place: Place) -> tuple[FloatArray, Found]:
        """Return X'V⁻¹X with the weights at a place, and the effects there."""
        beta, factors = place
        here = mode(self.cells, beta, factors, self._zeros())
        weight = here.expected.weight
        total = squared(self.cells.fixed, self.cells.by_distinct(weight))
        across = self.cells.across(weight)
        taken = np.einsum("gmr,gms->rs", across, solve(here.done, across)[1])
        return np.asarray(total - taken), here

    def _zeros(self) -> tuple[FloatArray, ...]:
        return tuple(np.zeros((t.groups, t.design.shape[1])) for t in self.tiers)
