"""Degrees of freedom of the fixed effects, and the tests that follow from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtrc, stdtr, stdtrit

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel._freedom import Freedom, adjusted, kenward_roger
from kaeden_stats.multilevel._satterthwaite import satterthwaite
from kaeden_stats.multilevel._table import Table
from kaeden_stats.multilevel._terms import parse
from kaeden_stats.multilevel.result import Fit


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Inference:
    """How well fixed effects are known in the scale of the fit.

    Attributes
    ----------
    covariance : (p, p) float
        Of the fixed effects.
    freedom : callable
        The freedom of the joint test that some contrasts, (l, p), are all zero.
    """

    covariance: FloatArray
    freedom: Callable[[FloatArray], Freedom]


@dataclass(frozen=True, slots=True, kw_only=True)
class JointTest:
    """Whether several fixed effects are all zero.

    Attributes
    ----------
    terms : tuple of str
        The coefficients tested.
    f : float
        Their F statistic, scaled where the method says so.
    numerator_df : int
        How many coefficients there are.
    df : float
        Denominator degrees of freedom.
    scale : float
        What Wald's F was multiplied by; 1 with Satterthwaite's method.
    p_value : float
        Probability of an F as large if all are zero.
    """

    terms: tuple[str, ...]
    f: float
    numerator_df: int
    df: float
    scale: float
    p_value: float
    method: str


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
    NotIdentified
        If the data can't tell the variances apart that Kenward–Roger needs.

    Notes
    -----
    With a variance of zero, or a correlation of one, Satterthwaite's method goes on as if
    it were known to be so; Kenward–Roger's takes it as estimated, like any other.
    Costs O(groups) for each variance parameter; with crossed groups some products of
    matrices over all factors but the largest.

    References
    ----------
    .. [1] Kenward & Roger (1997), *Biometrics* 53:983.
    .. [2] Giesbrecht & Burns (1985), *Biometrics* 41:477 (Satterthwaite's method).
       Golden numbers: R's pbkrtest 0.5.2 and lmerTest 3.1-3.
    """
    known = _inference(made, method)
    back = made._scaled.back
    error = np.sqrt(np.einsum("ij,jk,ik->i", back, known.covariance, back))
    df = np.array([known.freedom(one[None]).df for one in back])
    estimate = made.coefficients["estimate"]
    ratio = estimate / error
    reach = stdtrit(df, 0.975) * error
    return Table(
        {
            "term": made.coefficients["term"],
            "estimate": estimate,
            "standard_error": error,
            "df": df,
            "t": ratio,
            "p_value": 2 * stdtr(df, -np.abs(ratio)),
            "low": estimate - reach,
            "high": estimate + reach,
        }
    )


def joint_test(
    made: Fit, terms: Sequence[str], method: str = "kenward-roger"
) -> JointTest:
    """Test whether all coefficients of some terms are zero, such as all of a category.

    Parameters
    ----------
    made : Fit
        Fitted by REML for Kenward–Roger.
    terms : sequence of str
        Terms of the model, as it was given them, or single coefficients.
    method : {"kenward-roger", "satterthwaite"}
        Kenward–Roger adjusts the covariance and scales F.

    Returns
    -------
    JointTest
        F with its two degrees of freedom.

    Raises
    ------
    InvalidInput
        If a term is not in the model, or as in `degrees_of_freedom`.
    NotIdentified
        As in `degrees_of_freedom`.

    References
    ----------
    .. [1] Kenward & Roger (1997), *Biometrics* 53:983.
    .. [2] Fai & Cornelius (1996), *Journal of Statistical Computation and Simulation*
       54:363 (F by Satterthwaite's method).
    """
    known = _inference(made, method)
    names = tuple(str(name) for name in made.coefficients["term"])
    places = [place for term in terms for place in _places(names, term)]
    places = list(dict.fromkeys(places))
    contrast = made._scaled.back[places]
    estimate = made.coefficients["estimate"][places]
    freedom = known.freedom(contrast)
    wald = estimate @ np.linalg.solve(
        contrast @ known.covariance @ contrast.T, estimate
    )
    f = float(freedom.scale * wald / len(places))
    return JointTest(
        terms=tuple(names[place] for place in places),
        f=f,
        numerator_df=len(places),
        df=freedom.df,
        scale=freedom.scale,
        p_value=float(fdtrc(len(places), freedom.df, f)),
        method=method,
    )


def _inference(made: Fit, method: str) -> _Inference:
    """Return what a method knows of the fixed effects of a fit."""
    if method not in METHODS:
        raise InvalidInput(
            f"method is {method!r}. Use 'kenward-roger' or 'satterthwaite'."
        )
    return METHODS[method](made)


def _kenward_roger(made: Fit) -> _Inference:
    if not made.reml:
        raise InvalidInput("Kenward–Roger needs a REML fit. Fit again with reml=True.")
    problem, optimum = made._scaled.problem, made._optimum
    try:
        found = adjusted(problem.moves(optimum.profile, optimum.factors))
    except np.linalg.LinAlgError as error:
        raise NotIdentified(
            "The data can't tell the variances apart, so Kenward–Roger has nothing to "
            "go by. Leave out a level or a slope."
        ) from error
    return _Inference(
        covariance=found.adjusted,
        freedom=lambda contrast: kenward_roger(found, contrast),
    )


def _satterthwaite(made: Fit) -> _Inference:
    problem, optimum = made._scaled.problem, made._optimum
    found = problem.uncertain(optimum.profile, optimum.factors, reml=made.reml)
    return _Inference(
        covariance=found.plain, freedom=lambda contrast: satterthwaite(found, contrast)
    )


METHODS: Mapping[str, Callable[[Fit], _Inference]] = {
    "kenward-roger": _kenward_roger,
    "satterthwaite": _satterthwaite,
}


def _places(names: Sequence[str], term: str) -> list[int]:
    """Return where the coefficients of a term stand."""
    found = [place for place, name in enumerate(names) if _is_of(name, term)]
    if not found:
        raise InvalidInput(
            f"The model has no coefficient of {term!r}. It has {', '.join(names)}."
        )
    return found


def _is_of(name: str, term: str) -> bool:
    """Whether a coefficient is one of those that a term unfolds into."""
    parts, factors = name.split(":"), parse(term)
    return name == term or (
        len(parts) == len(factors)
        and all(
            part.startswith(f"C({one.name})[") if one.is_category else part == one.name
            for part, one in zip(parts, factors, strict=True)
        )
    )
