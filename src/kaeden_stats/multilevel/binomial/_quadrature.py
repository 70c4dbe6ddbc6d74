r"""Adaptive Gauss-Hermite quadrature for one random intercept. Private.

.. math::

    L_g = \log\tau_g + \log\sum_k \omega_k \exp\{\log p(s_g \mid u_{gk}) - u_{gk}^2/2\},
    \quad u_{gk} = \hat u_g + \tau_g z_k, \; \tau_g = H_g^{-1/2}

with nodes z_k and weights ω_k of the standard normal, each divided by its density's
exponent. One node is the Laplace approximation. The slope follows û and τ as they follow
the coefficients.
"""

from collections.abc import Sequence

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from scipy.special import logsumexp

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel.binomial._cells import Cells
from kaeden_stats.multilevel.binomial._laplace import Deviance
from kaeden_stats.multilevel.binomial._mode import Mode, expected, mode


def quadrature(
    cells: Cells,
    beta: FloatArray,
    factors: tuple[FloatArray, ...],
    start: Sequence[FloatArray],
    *,
    nodes: int,
) -> Deviance:
    """Return the deviance by adaptive quadrature, without the binomial constant."""
    here = mode(cells, beta, factors, start)
    size = float(factors[0][0, 0])
    places, logs = rule(nodes)
    tau = np.sqrt(here.done[0].inverse[:, 0, 0])
    points = here.standard[0][:, 0, None] + tau[:, None] * places
    heights = logs - points**2 / 2 + _log_likelihoods(cells, here, size * points)
    total = logsumexp(heights, axis=1)
    shares = np.exp(heights - total[:, None])
    mean, pulls = _residuals(cells, here, size * points, shares)
    by_beta, by_size = _slopes(
        cells, here, size, (places, points, shares), (mean, pulls)
    )
    by_sigma = by_size / (2 * size) if size else _at_zero(here)
    return Deviance(
        value=-2 * float((total + np.log(tau)).sum()),
        by_beta=by_beta,
        by_sigma=(np.array([[by_sigma]]),),
        mode=here,
    )


def rule(nodes: int) -> tuple[FloatArray, FloatArray]:
    """Return the nodes z, and log ω."""
    places, weights = hermegauss(nodes)
    return places, np.log(weights / np.sqrt(2 * np.pi)) + places**2 / 2


def _log_likelihoods(cells: Cells, here: Mode, effects: FloatArray) -> FloatArray:
    """Return log p(s_g | u_gk) for each group and node, from effects (k, nodes)."""
    found = [
        cells.sums(expected(cells, here.linear, effect[:, None]).log_likelihood)
        for effect in effects.T
    ]
    return np.hstack(found)


def _residuals(
    cells: Cells, here: Mode, effects: FloatArray, shares: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return each pattern's mean residual over the nodes, and each group's at each."""
    mean, pulls = np.zeros(len(cells.which)), []
    for effect, share in zip(effects.T, shares.T, strict=True):
        residual = expected(cells, here.linear, effect[:, None]).residual
        mean += residual * cells.spread_out(share[:, None])
        pulls.append(cells.sums(residual))
    return mean, np.hstack(pulls)


def _slopes(
    cells: Cells,
    here: Mode,
    size: float,
    at: tuple[FloatArray, FloatArray, FloatArray],
    residuals: tuple[FloatArray, FloatArray],
) -> tuple[FloatArray, float]:
    """Return the slope by the coefficients and by λ."""
    mean, pulls = residuals
    inverse, now = here.done[0].inverse[:, 0, 0], here.expected
    turn = now.weight * (1 - 2 * now.share)
    by_mode, by_log_h, by_size = followed(
        size,
        (inverse, here.standard[0][:, 0]),
        (cells.sums(turn)[:, 0], here.weight[:, 0, 0], here.residual[:, 0]),
        at,
        pulls,
    )
    bend = turn * cells.spread_out((by_log_h * size**2 * inverse)[:, None])
    bend -= now.weight * cells.spread_out((by_mode * size * inverse)[:, None])
    return cells.by_column(bend - 2 * mean), by_size


def followed(
    size: float,
    mode_of: tuple[FloatArray, FloatArray],
    sums: tuple[FloatArray, FloatArray, FloatArray],
    at: tuple[FloatArray, FloatArray, FloatArray],
    pulls: FloatArray,
) -> tuple[FloatArray, FloatArray, float]:
    """Return the slope by each group's û, by its log H, and by λ as both follow it.

    `mode_of` is 1/H and û; `sums` are those of ∂W/∂η, W and r; `at` the places of the
    nodes, u at each, and its share of the group's likelihood; `pulls` Σr at each.
    """
    (inverse, u), (turns, weight, residual) = mode_of, sums
    places, points, shares = at
    climb = size * pulls - points
    by_mode = -2 * (shares * climb).sum(axis=1)
    by_log_h = 1 + np.sqrt(inverse) * (shares * climb * places).sum(axis=1)
    by_mode = by_mode + by_log_h * size**3 * turns * inverse
    by_size = (
        -2 * (shares * points * pulls).sum()
        + (by_log_h * inverse * (2 * size * weight + size**2 * u * turns)).sum()
        + (by_mode * inverse * (residual - size * u * weight)).sum()
    )
    return by_mode, by_log_h, float(by_size)


def _at_zero(here: Mode) -> float:
    """Return the slope by the variance where it is 0, exact for any nodes but one."""
    return float((here.weight[:, 0, 0] - here.residual[:, 0] ** 2).sum())
