r"""The Laplace deviance and its exact slope. Private.

.. math::

    D(\beta, \Sigma) = -2\log p(s \mid \hat\eta) + |\hat u|^2 + \log|H|

The effects û follow β and Σ, so H = I + Λ'Z'WZΛ changes through the weights too. With
h = diag(ZΛH⁻¹Λ'Z'), c = h ∂W/∂η, v = ΛH⁻¹Λ'Z'c and k = c - WZv, the slope is

.. math::

    \frac{\partial D}{\partial\beta} = X'(k - 2r), \quad
    \frac{\partial D}{\partial\Sigma} = \frac{\partial\log|H|}{\partial\Sigma}\bigg|_W
        - \sum_g \rho_g\rho_g' + \tfrac12(\kappa_g\rho_g' + \rho_g\kappa_g')

where ρ_g = Z_g'r and κ_g = Z_g'k. It holds at Σ = 0 too, where the slope by Λ is zero
whatever the data say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel.binomial._cells import Cells
from kaeden_stats.multilevel.binomial._mode import mode
from kaeden_stats.multilevel.binomial._tree import (
    Eliminated,
    information,
    solve,
    spread,
    sums,
)


class Found(Protocol):
    """The likeliest effects, however they were found: u and H of each level."""

    @property
    def standard(self) -> tuple[FloatArray, ...]:
        """U of each level, (k, q), lowest first."""

    @property
    def done(self) -> tuple[Eliminated, ...]:
        """The levels integrated out, lowest first."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Deviance:
    """The deviance at one set of coefficients and covariances, and its slope.

    Attributes
    ----------
    by_beta : (p,) float
        Slope by the coefficients.
    by_sigma : tuple of (q, q) float
        Slope by each level's covariance, lowest first.
    """

    value: float
    by_beta: FloatArray
    by_sigma: tuple[FloatArray, ...]
    mode: Found


def laplace(
    cells: Cells,
    beta: FloatArray,
    factors: tuple[FloatArray, ...],
    start: Sequence[FloatArray],
) -> Deviance:
    """Return the Laplace deviance, without the binomial constant."""
    here = mode(cells, beta, factors, start)
    now = here.expected
    outer, known = spread(here.done)
    turn = now.weight * (1 - 2 * now.share) * cells.quadratic(known)
    turns = cells.sums(turn)
    _standard, moved = solve(here.done, turns[:, :, None])
    bend = turn - now.weight * cells.spread_out(moved[:, :, 0])
    bends = turns - np.einsum("gmn,gn->gm", here.weight, moved[:, :, 0])
    by_sigma = [
        own - rho.T @ rho + (kappa.T @ rho + rho.T @ kappa) / 2
        for own, rho, kappa in zip(
            information(here.done, outer),
            sums(cells.tiers, here.residual),
            sums(cells.tiers, bends),
            strict=True,
        )
    ]
    return Deviance(
        value=here.penalised + here.log_determinant,
        by_beta=cells.by_column(bend - 2 * now.residual),
        by_sigma=tuple(by_sigma),
        mode=here,
    )
