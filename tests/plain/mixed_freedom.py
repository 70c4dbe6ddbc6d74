"""Degrees of freedom as the papers write them, with whole n × n matrices.

Kenward & Roger (1997), Biometrics 53:983, equations 1 to 5 and section 3; Satterthwaite's
method with every derivative a difference.
"""

import numpy as np


def directions(made, dense):
    """Return ∂V/∂ψ for each free element of each level's covariance, last σ²."""
    found = []
    for level, matrix in made.variances.items():
        size = len(matrix)
        alone = level in _uncorrelated(made)
        for row in range(size):
            for column in range(row + 1):
                if alone and row != column:
                    continue
                moved = np.zeros((size, size))
                moved[row, column] = moved[column, row] = 1.0
                z = dense.Z[level]
                found.append(z @ np.kron(np.eye(z.shape[1] // size), moved) @ z.T)
    residual = dense.V - sum(
        dense.Z[one] @ dense.G[one] @ dense.Z[one].T for one in dense.Z
    )
    return [*found, residual / made.residual_variance]


def _uncorrelated(made):
    diagonal = {
        level: np.count_nonzero(matrix - np.diag(np.diag(matrix))) == 0
        for level, matrix in made.variances.items()
    }
    return {level for level, alone in diagonal.items() if alone}


def kenward_roger(x, v, moves, contrast):
    """Return the adjusted covariance, and F's scale and degrees of freedom."""
    inverse = np.linalg.inv(v)
    phi = np.linalg.inv(x.T @ inverse @ x)
    p = [-x.T @ inverse @ one @ inverse @ x for one in moves]
    turned = [inverse @ one for one in moves]
    r = len(moves)
    q = [
        [x.T @ turned[i] @ turned[j] @ inverse @ x for j in range(r)] for i in range(r)
    ]
    information = np.array(
        [
            [
                np.trace(turned[i] @ turned[j])
                - 2 * np.trace(phi @ q[i][j])
                + np.trace(phi @ p[i] @ phi @ p[j])
                for j in range(r)
            ]
            for i in range(r)
        ]
    )
    w = 2 * np.linalg.inv(information)
    middle = sum(
        w[i, j] * (q[i][j] - p[i] @ phi @ p[j]) for i in range(r) for j in range(r)
    )
    adjusted = phi + 2 * phi @ middle @ phi
    rank = len(contrast)
    theta = contrast.T @ np.linalg.inv(contrast @ phi @ contrast.T) @ contrast
    own = [theta @ phi @ one @ phi for one in p]
    a1 = sum(
        w[i, j] * np.trace(own[i]) * np.trace(own[j])
        for i in range(r)
        for j in range(r)
    )
    a2 = sum(w[i, j] * np.trace(own[i] @ own[j]) for i in range(r) for j in range(r))
    b = (a1 + 6 * a2) / (2 * rank)
    g = ((rank + 1) * a1 - (rank + 4) * a2) / ((rank + 2) * a2)
    under = 3 * rank + 2 * (1 - g)
    c1, c2, c3 = g / under, (rank - g) / under, (rank + 2 - g) / under
    expected = 1 / (1 - a2 / rank)
    variance = (2 / rank) * (1 + c1 * b) / ((1 - c2 * b) ** 2 * (1 - c3 * b))
    rho = variance / (2 * expected**2)
    df = 4 + (rank + 2) / (rank * rho - 1)
    return adjusted, df / (expected * (df - 2)), df


def satterthwaite(x, y, v_of, at, contrast, *, reml):
    """Return the degrees of freedom of one contrast; `v_of` gives V at parameters."""

    def deviance(psi):
        v = v_of(psi)
        inverse = np.linalg.inv(v)
        information = x.T @ inverse @ x
        residual = y - x @ np.linalg.solve(information, x.T @ inverse @ y)
        found = np.linalg.slogdet(v)[1] + residual @ inverse @ residual
        return found + (np.linalg.slogdet(information)[1] if reml else 0.0)

    def variance(psi):
        phi = np.linalg.inv(x.T @ np.linalg.solve(v_of(psi), x))
        return contrast @ phi @ contrast

    steps = np.diag(1e-3 * np.abs(at) + 1e-12)
    hessian = np.array(
        [
            [
                (
                    deviance(at + one + other)
                    - deviance(at + one - other)
                    - deviance(at - one + other)
                    + deviance(at - one - other)
                )
                / (4 * one.sum() * other.sum())
                for other in steps
            ]
            for one in steps
        ]
    )
    slope = np.array(
        [(variance(at + one) - variance(at - one)) / (2 * one.sum()) for one in steps]
    )
    return 2 * variance(at) ** 2 / (slope @ (2 * np.linalg.inv(hessian)) @ slope)
