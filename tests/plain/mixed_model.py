"""Linear mixed models with whole n × n matrices: the plainest thing that could be right."""

import numpy as np
from scipy.optimize import minimize


def design(groups, columns):
    """Return Z of one level: a block of its columns for each of its groups, (n, k q)."""
    groups, columns = np.asarray(groups), np.column_stack(columns)
    same = groups[:, None] == np.unique(groups)
    return (same[:, :, None] * columns[:, None, :]).reshape(len(groups), -1)


def covariance(designs, sigmas, weights=None):
    """Return V = W⁻¹ + Σ Z (I ⊗ Σ) Z', relative to the residual variance."""
    n = len(designs[0])
    found = np.diag(1 / (np.ones(n) if weights is None else np.asarray(weights)))
    for z, sigma in zip(designs, sigmas, strict=True):
        wide = np.kron(np.eye(z.shape[1] // len(sigma)), sigma)
        found = found + z @ wide @ z.T
    return found


def deviance(y, x, v, *, reml):
    """Return −2 log (restricted) likelihood, with the residual variance at its best."""
    inverse = np.linalg.inv(v)
    information = x.T @ inverse @ x
    residual = y - x @ np.linalg.solve(information, x.T @ inverse @ y)
    df = len(y) - (x.shape[1] if reml else 0)
    variance = residual @ inverse @ residual / df
    found = np.linalg.slogdet(v)[1] + df * (1 + np.log(2 * np.pi * variance))
    return found + (np.linalg.slogdet(information)[1] if reml else 0.0)


def lowest_deviance(y, x, designs, widths, whole, *, reml, starts, rng):
    """Return the lowest deviance that searches from many random starts find."""
    free = [
        np.tril_indices(q) if w else np.diag_indices(q)
        for q, w in zip(widths, whole, strict=True)
    ]

    def sigmas(theta):
        found, start = [], 0
        for q, place in zip(widths, free, strict=True):
            factor = np.zeros((q, q))
            factor[place] = theta[start : start + len(place[0])]
            start += len(place[0])
            found.append(factor @ factor.T)
        return found

    def at(theta):
        return deviance(y, x, covariance(designs, sigmas(theta)), reml=reml)

    size = sum(len(place[0]) for place in free)
    best = np.inf
    for _start in range(starts):
        begin = rng.normal(size=size) * 10 ** rng.uniform(-2, 1)
        found = minimize(
            at,
            begin,
            method="Nelder-Mead",
            options={"maxiter": 4000, "xatol": 1e-9, "fatol": 1e-12},
        )
        best = min(best, float(found.fun))
    return best
