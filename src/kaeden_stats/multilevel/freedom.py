"""Degrees of freedom of the fixed effects, and what follows from them."""

import numpy as np
from scipy.stats import t as student

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._deviance import Profile
from kaeden_stats.multilevel._freedom import (
    Moves,
    deviance_hessian,
    kenward_roger,
    moves,
    satterthwaite,
)
from kaeden_stats.multilevel._problems import Nested
from kaeden_stats.multilevel._table import Table
from kaeden_stats.multilevel.result import Fit


def degrees_of_freedom(made: Fit, method: str = "kenward-roger") -> Table:
    """Return each fixed effect's degrees of freedom, and what follows from them.

    Parameters
    ----------
    made : Fit
        Fitted by REML for Kenward–Roger.
    method : {"kenward-roger", "satterthwaite"}
        Kenward–Roger also adjusts the standard error; the better choice with few groups.

    Returns
    -------
    Table
        term, estimate, standard_error, df, t, p_value, low and high (95 %).

    Raises
    ------
    InvalidInput
        If the method is unknown, or Kenward–Roger is asked of an ML fit.

    References
    ----------
    .. [1] Kenward & Roger (1997), *Biometrics* 53:983.
    .. [2] Giesbrecht & Burns (1985), *Biometrics* 41:477 (Satterthwaite's method).
    """
    if method not in {"kenward-roger", "satterthwaite"}:
        raise InvalidInput(
            f"method is {method!r}. Use 'kenward-roger' or 'satterthwaite'."
        )
    if method == "kenward-roger" and not made.reml:
        raise InvalidInput("Kenward–Roger needs a REML fit. Fit again with reml=True.")
    problem, at = made._scaled.problem, made._optimum.profile
    if not isinstance(problem, Nested):
        raise InvalidInput(
            "Degrees of freedom are worked out for nested levels only. Compare models "
            "with and without a term instead."
        )
    data = problem.data
    found = moves(data, at)
    curvature = deviance_hessian(data, at, reml=made.reml)
    rows = [
        _freedom(found, curvature, contrast, at, method=method)
        for contrast in made._scaled.back
    ]
    error, df = np.array(rows).T
    estimate = made.coefficients["estimate"]
    ratio = estimate / error
    reach = student.ppf(0.975, df) * error
    return Table(
        {
            "term": made.coefficients["term"],
            "estimate": estimate,
            "standard_error": error,
            "df": df,
            "t": ratio,
            "p_value": 2 * student.sf(np.abs(ratio), df),
            "low": estimate - reach,
            "high": estimate + reach,
        }
    )


def _freedom(
    found: Moves,
    curvature: FloatArray,
    contrast: FloatArray,
    at: Profile,
    *,
    method: str,
) -> tuple[float, float]:
    if method == "kenward-roger":
        return kenward_roger(found, contrast)
    plain = at.residual_variance * contrast @ at.covariance @ contrast
    return float(np.sqrt(plain)), satterthwaite(found, curvature, contrast)
