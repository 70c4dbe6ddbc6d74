"""The area model with whole matrices: the plainest thing that could be right, O(k³)."""

import numpy as np
from scipy.optimize import minimize


def covariance(groups, sampling, between_group, between_unit):
    """Return the covariance of the true values, and that of the values as seen."""
    groups = np.asarray(groups)
    same = (groups[:, None] == groups[None, :]).astype(float)
    true = between_group * same + between_unit * np.eye(len(groups))
    return true, true + np.diag(sampling)


def log_likelihood(value, groups, sampling, variances, *, method="REML"):
    """Return the likelihood of (between groups, between units), the mean at its best."""
    y, ones = np.asarray(value, dtype=float), np.ones(len(value))
    _, seen = covariance(groups, sampling, *variances)
    inverse = np.linalg.inv(seen)
    precision = ones @ inverse @ ones
    residual = y - (ones @ inverse @ y) / precision
    deviance = np.linalg.slogdet(seen)[1] + residual @ inverse @ residual
    if method == "REML":
        deviance += np.log(precision)
    freedom = len(y) - (method == "REML")
    return -(deviance + freedom * np.log(2 * np.pi)) / 2


def predictions(value, groups, sampling, variances):
    """Return estimates and standard errors of the units' true values."""
    y, ones = np.asarray(value, dtype=float), np.ones(len(value))
    true, seen = covariance(groups, sampling, *variances)
    inverse = np.linalg.inv(seen)
    precision = ones @ inverse @ ones
    mean = (ones @ inverse @ y) / precision
    estimate = mean + true @ inverse @ (y - mean)
    pull = ones - true @ inverse @ ones
    error = true - true @ inverse @ true + np.outer(pull, pull) / precision
    projector = inverse - np.outer(inverse @ ones, ones @ inverse) / precision
    effect_error = true - true @ projector @ true
    return {
        "mean": mean,
        "mean_standard_error": precision**-0.5,
        "estimate": estimate,
        "standard_error": np.sqrt(np.diag(error)),
        "effect_standard_error": np.sqrt(np.diag(effect_error)),
    }


def highest(value, groups, sampling, *, method="REML"):
    """Return the best log-likelihood that a search from many starts can find."""
    spread = np.var(value) + 1e-12

    def down(roots):
        variances = spread * np.square(roots)
        return -log_likelihood(value, groups, sampling, variances, method=method)

    starts = [(a, b) for a in (0.0, 0.3, 1.0) for b in (0.0, 0.3, 1.0)]
    return max(
        -minimize(down, start, method="Nelder-Mead", options={"xatol": 1e-7}).fun
        for start in starts
    )
