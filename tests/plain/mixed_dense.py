"""A mixed model with all its matrices written out, one row and column for each pupil."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Dense:
    """X, y and V of a fit's rows, and Z and G of each level."""

    X: np.ndarray
    y: np.ndarray
    V: np.ndarray
    Z: dict = field(default_factory=dict)
    G: dict = field(default_factory=dict)
    units: dict = field(default_factory=dict)

    @property
    def phi(self):
        """Return the covariance of the fixed effects."""
        return np.linalg.inv(self.X.T @ np.linalg.solve(self.V, self.X))

    @property
    def beta(self):
        """Return the fixed effects."""
        return self.phi @ self.X.T @ np.linalg.solve(self.V, self.y)

    def deviance(self):
        """Return −2 log-likelihood at its best fixed effects."""
        r = self.y - self.X @ self.beta
        return np.linalg.slogdet(2 * np.pi * self.V)[1] + r @ np.linalg.solve(self.V, r)

    def uncertainty(self, level):
        """Return the covariance of u - û, the fixed effects unknown."""
        inverse = np.linalg.inv(self.V)
        known = inverse - inverse @ self.X @ self.phi @ self.X.T @ inverse
        moved = self.G[level] @ self.Z[level].T
        return self.G[level] - moved @ known @ moved.T

    def effects(self, level):
        """Return the units' effects."""
        r = self.y - self.X @ self.beta
        return self.G[level] @ self.Z[level].T @ np.linalg.solve(self.V, r)


def dense(fit, rows, variances=None, residual=None):
    """Write a fit's matrices out, at its own variances or at others."""
    variances = fit.variances if variances is None else variances
    residual = fit.residual_variance if residual is None else residual
    n = len(rows)
    weights = rows[fit.blocks.weights].to_numpy() if fit.blocks.weights else np.ones(n)
    found = Dense(
        X=np.column_stack([column(rows, t) for t in fit.coefficients["term"]]),
        y=rows[fit.blocks.outcome].to_numpy(),
        V=np.diag(residual / weights),
    )
    for level in fit.levels:
        labels = rows[level].to_list()
        units = sorted(set(labels))
        here = np.array([units.index(one) for one in labels])
        terms = fit.effect_terms[level]
        design = np.zeros((n, len(units) * len(terms)))
        for place, term in enumerate(terms):
            design[np.arange(n), here * len(terms) + place] = column(rows, term)
        between = np.kron(np.eye(len(units)), variances[level])
        found.Z[level], found.G[level], found.units[level] = design, between, here
        found.V = found.V + design @ between @ design.T
    return found


def column(rows, term):
    """Return one column of the model."""
    if term == "1":
        return np.ones(len(rows))
    if term.startswith("C("):
        name, value = term[2:-1].split(")[")
        return (rows[name] == value).to_numpy().astype(float)
    return rows[term].to_numpy().astype(float)


def robust(found, clusters):
    """Return the sandwich of the fixed effects, CR0."""
    score = found.X * np.linalg.solve(found.V, found.y - found.X @ found.beta)[:, None]
    sums = np.array([score[clusters == g].sum(axis=0) for g in np.unique(clusters)])
    return found.phi @ sums.T @ sums @ found.phi
