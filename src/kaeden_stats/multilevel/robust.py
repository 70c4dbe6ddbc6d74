"""Standard errors of fixed effects that do not lean on the model's own variances."""

import numpy as np

from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._equations import columns_of
from kaeden_stats.multilevel._table import Table
from kaeden_stats.multilevel.result import Fit

METHODS = ("CR0", "CR1")


def robust_standard_errors(fit: Fit, level: str, *, method: str = "CR1") -> Table:
    r"""Give cluster-robust standard errors of the fixed effects.

    .. math::

        \Phi \left(\sum_g X_g'V_g^{-1}\hat r_g \hat r_g'V_g^{-1}X_g\right) \Phi, \quad
        \Phi = (X'V^{-1}X)^{-1}

    over the groups g of the outermost level, r̂ the residuals of the fixed part. They
    hold, with many groups, whatever the covariance is within a group.

    Parameters
    ----------
    fit : Fit
        Of nested levels.
    level : str
        Its outermost level; rows of different groups must be independent.
    method : {"CR1", "CR0"}
        CR1 multiplies the variances by G / (G - 1), G the number of groups.

    Returns
    -------
    Table
        term, estimate, standard_error (robust), model_standard_error and ratio, the
        robust one over the model's. A ratio far from 1 says that the model's variances
        do not describe the rows.

    Raises
    ------
    InvalidInput
        If the method is unknown, groups are crossed, or the level is not the outermost.

    Notes
    -----
    Too small with fewer than some forty groups. V⁻¹r̂ is the residual less the units'
    effects, so all of it comes from the blocks: O(groups).

    References
    ----------
    .. [1] Liang & Zeger (1986), *Biometrika* 73:13; Pustejovsky & Tipton (2018), *Journal
       of Business & Economic Statistics* 36:672 (CR0 and CR1 as in clubSandwich).
    """
    _check(fit, level, method)
    ready, at = fit._scaled, fit._optimum.profile
    data = columns_of(fit)
    fixed = list(data.kept)
    direction = np.zeros((len(data.products), len(data.columns)))
    direction[:, fixed], direction[:, -1] = -at.beta, 1.0
    for part, found in zip(ready.parts, ready.problem.effects(at), strict=True):
        direction -= (found.effect @ part.design.T)[part.groups.code]
    held = np.einsum("kfm,km->kf", data.products[:, fixed], direction)
    code = ready.parts[ready.levels.index(level)].groups.code
    sums = np.zeros((code[-1] + 1, len(fixed)))
    np.add.at(sums, code, held)
    sandwich = (
        ready.back @ at.covariance @ (sums.T @ sums) @ at.covariance @ ready.back.T
    )
    count = len(sums)
    grown = count / (count - 1) if method == "CR1" else 1.0
    error = np.sqrt(np.diag(sandwich) * grown)
    own = fit.coefficients["standard_error"]
    return Table(
        {
            "term": fit.coefficients["term"],
            "estimate": fit.coefficients["estimate"],
            "standard_error": error,
            "model_standard_error": own,
            "ratio": error / own,
        }
    )


def _check(fit: Fit, level: str, method: str) -> None:
    if method not in METHODS:
        raise InvalidInput(f"method is {method!r}. Use 'CR0' or 'CR1'.")
    if fit.blocks.crossed:
        raise InvalidInput(
            "Rows of crossed groups depend on each other across all of them, so no "
            "clusters are independent. Use the model's own standard errors."
        )
    if level != fit.blocks.levels[0]:
        raise InvalidInput(
            f"Clusters must be independent, so they are the groups of the outermost "
            f"level, {fit.blocks.levels[0]}; {level} is not it."
        )
