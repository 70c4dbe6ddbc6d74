"""A logistic mixed model the slow way: one row per trial, all of Z, integrals by adding up."""

import numpy as np


def laplace_deviance(y, x, effects, beta):
    """Return -2 log of the Laplace approximation.

    `effects` holds, for each level, the (n, q) columns, each row's group and the
    covariance of one group's effects.
    """
    z, sigma = _all_effects(effects)
    b = np.zeros(z.shape[1])
    for _step in range(200):
        mean = 1 / (1 + np.exp(-(x @ beta + z @ b)))
        weighted = z.T * (mean * (1 - mean))
        step = np.linalg.solve(
            weighted @ z + np.linalg.inv(sigma),
            z.T @ (y - mean) - np.linalg.solve(sigma, b),
        )
        b += step / max(1.0, np.abs(step).max())
        if np.abs(step).max() < 1e-12:
            break
    mean = 1 / (1 + np.exp(-(x @ beta + z @ b)))
    log_likelihood = np.where(y == 1, np.log(mean), np.log1p(-mean)).sum()
    bend = np.eye(len(b)) + (z.T * (mean * (1 - mean))) @ z @ sigma
    return (
        -2 * log_likelihood + b @ np.linalg.solve(sigma, b) + np.linalg.slogdet(bend)[1]
    )


def _all_effects(effects):
    columns, sigmas = [], []
    for design, group, sigma in effects:
        for one in np.unique(group):
            columns.append(design * (group == one)[:, None])
            sigmas.append(sigma)
    size = sum(len(one) for one in sigmas)
    whole, start = np.zeros((size, size)), 0
    for sigma in sigmas:
        end = start + len(sigma)
        whole[start:end, start:end] = sigma
        start = end
    return np.hstack(columns), whole


def marginal_deviance(y, x, group, beta, sd):
    """Return -2 log-likelihood of a random intercept, by a fine sum over its values."""
    u = np.linspace(-9, 9, 20_001)
    density = np.exp(-(u**2) / 2) / np.sqrt(2 * np.pi) * (u[1] - u[0])
    total = 0.0
    for one in np.unique(group):
        eta = (x @ beta)[group == one][:, None] + sd * u
        likelihood = np.where(
            y[group == one][:, None] == 1, 1 / (1 + np.exp(-eta)), 1 / (1 + np.exp(eta))
        )
        total += np.log((likelihood.prod(axis=0) * density).sum())
    return -2 * total
