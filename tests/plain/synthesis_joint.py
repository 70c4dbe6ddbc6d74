"""A second truth for the synthesis: everything as one joint normal distribution."""

import numpy as np
from scipy.optimize import minimize


def likelihood(theta, y, s2, x, z):
    """The restricted log-likelihood, by contrasts that hold no mean."""
    contrasts = np.linalg.svd(x.T)[2][x.shape[1] :]
    v = np.diag(s2) + theta[0] * np.eye(len(y)) + theta[1] * z @ z.T
    inner = contrasts @ v @ contrasts.T
    seen = contrasts @ y
    return (
        -(
            len(seen) * np.log(2 * np.pi)
            + np.linalg.slogdet(inner)[1]
            + seen @ np.linalg.solve(inner, seen)
        )
        / 2
    )


def best(y, s2, x, z):
    """The parts (τ², ω²) that are most likely, by a search from many starts."""
    scale = np.var(y)
    found = [
        minimize(
            lambda t: -likelihood(np.exp(t), y, s2, x, z),
            np.log(np.array(start) * scale),
            method="Nelder-Mead",
            options={"xatol": 1e-9, "fatol": 1e-13, "maxiter": 4000},
        )
        for start in ((0.3, 0.3), (1e-4, 0.5), (0.5, 1e-4), (2.0, 2.0))
    ]
    return np.exp(min(found, key=lambda one: one.fun).x)


def expected_at(theta, y, s2, x, z, place):
    """Mean and variance of the mean effect at a place, a vague prior on β."""
    vague = 1e3
    k, c = z.shape
    loads = np.hstack([x, z, np.eye(k)])
    prior = np.diag([vague] * x.shape[1] + [theta[1]] * c + [theta[0]] * k)
    seen = loads @ prior @ loads.T + np.diag(s2)
    row = np.concatenate([[1.0], place, np.zeros(k)])
    gain = row @ prior @ loads.T @ np.linalg.inv(seen)
    return gain @ y, row @ prior @ row - gain @ (loads @ prior @ row)
