"""What several places found, put together, and what to expect at the next one."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, chdtri, stdtr, stdtrit

from kaeden_stats._checks import FloatArray, positive, same_shape, share, vector
from kaeden_stats._cochran import q_at, typical_variance, where_q_is
from kaeden_stats._synthesis_columns import Columns, columns_of, row_of
from kaeden_stats._variance_parts import Effects, Standing, most_likely
from kaeden_stats.errors import NotIdentified


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What is expected at a place.

    Attributes
    ----------
    mean, standard_error : float
        Of the mean effect at places like it, in the effects' unit.
    low, high : float
        Interval of that mean.
    expected_low, expected_high : float
        Prediction interval: of the true effect at one such place.
    level : float
        Of both intervals.
    """

    mean: float
    standard_error: float
    low: float
    high: float
    expected_low: float
    expected_high: float
    level: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Synthesis:
    """k effects put together.

    Attributes
    ----------
    coefficients, standard_errors : (p,) float
        Of 1 and then each moderator; the first is the mean effect where there is none.
    covariance : (p, p) float
        Of the coefficients, widened by `widening`.
    context_effects, context_errors : (c,) float
        What one standard deviation more of each context column adds, drawn towards 0 by
        how little the columns explain; empty without context.
    between_variance : float
        τ², how far true effects differ, after moderators and context. 0 or more.
    between_standard_error : float
        Of τ², from Fisher's information; a rough guide only.
    context_variance : float
        ω², the variance that `context_effects` were drawn from.
    widening : float
        q, by which Hartung, Knapp, Sidik and Jonkman widen variances; 1 at the least
        unless `at_least_one` was off.
    df : int
        k − p, of Student's t in intervals of means.
    q_statistic, q_p_value : float
        Cochran's Q of no difference beyond chance, and its p.
    inconsistency : float
        I², the share of variance that is between places, 0 to 1.
    log_likelihood : float
        Restricted.
    effects, effect_errors : (k,) float
        Each place's effect drawn towards what is expected there, and its error.
    """

    coefficients: FloatArray
    standard_errors: FloatArray
    covariance: FloatArray
    context_effects: FloatArray
    context_errors: FloatArray
    between_variance: float
    between_standard_error: float
    context_variance: float
    widening: float
    df: int
    q_statistic: float
    q_p_value: float
    inconsistency: float
    log_likelihood: float
    effects: FloatArray
    effect_errors: FloatArray
    _standing: Standing
    _columns: Columns

    @property
    def p_values(self) -> FloatArray:
        """Of each coefficient, two-sided, by t with `df` degrees of freedom."""
        ratio = self.coefficients / self.standard_errors
        p: FloatArray = 2 * stdtr(self.df, -np.abs(ratio))
        return p

    def forecast(
        self,
        moderators: ArrayLike = (),
        context: ArrayLike = (),
        *,
        level: float = 0.95,
    ) -> Forecast:
        r"""Return what to expect at a place with these moderators and this context.

        .. math:: \hat\mu \pm t_{k-p} \, se, \quad
                  \hat\mu \pm t_{k-p-1} \sqrt{\tau^2 + se^2}

        Parameters
        ----------
        moderators : (p - 1,) float
        context : (c,) float
            In the same units as in the synthesis.
        level : float
            Between 0 and 1.

        Returns
        -------
        Forecast

        Raises
        ------
        InvalidInput
            If there are not as many numbers as columns, or one is missing.
        NotIdentified
            If k − p − 1 is 0: no prediction interval without a degree of freedom.
        """
        of = self._columns
        at = np.append(1.0, row_of(moderators, "moderators", of.straight.shape[1] - 1))
        around = (row_of(context, "context", len(of.centre)) - of.centre) / of.scale
        pulled = self.context_variance * of.around @ around
        inverse = self._standing.inverse
        rest = at @ of.turned - of.straight.T @ (inverse @ pulled)
        mean = float(at @ self.coefficients + pulled @ self._standing.projected)
        variance = self.widening * float(
            self.context_variance * around @ around
            - pulled @ inverse @ pulled
            + rest @ self._standing.covariance @ rest
        )
        if self.df < 2:
            raise NotIdentified(
                f"{len(of.straight)} effects don't foretell another: "
                "give one more, or a moderator less."
            )
        tail = (1 + share(level, "level")) / 2
        half = float(stdtrit(self.df, tail)) * sqrt(variance)
        reach = float(stdtrit(self.df - 1, tail)) * sqrt(
            variance + self.between_variance
        )
        return Forecast(
            mean=mean,
            standard_error=sqrt(variance),
            low=mean - half,
            high=mean + half,
            expected_low=mean - reach,
            expected_high=mean + reach,
            level=level,
        )


def random_effects(
    effect: ArrayLike,
    variance: ArrayLike,
    *,
    moderators: ArrayLike | None = None,
    context: ArrayLike | None = None,
    at_least_one: bool = True,
) -> Synthesis:
    r"""Put k places' effects together, allowing that they truly differ.

    Effect y with known sampling variance s², moderators x as fixed effects, and context
    columns z (each in its own standard deviations) with coefficients drawn from one
    normal distribution:

    .. math::

        y_i = x_i'\beta + z_i'b + u_i + e_i, \quad
        u_i \sim N(0, \tau^2), \; b_j \sim N(0, \omega^2), \; e_i \sim N(0, s_i^2)

    τ² and ω² by REML. Variances of the coefficients are widened by
    q = (y − Xβ)'V⁻¹(y − Xβ)/(k − p) and read with t on k − p degrees of freedom.

    Parameters
    ----------
    effect : (k,) float
        In one unit for all. No NaN.
    variance : (k,) float
        Sampling variance of each (s²), above 0.
    moderators : (k, p - 1) float, optional
        Columns beside the mean, as they are: few, chosen before the effects were seen.
    context : (k, c) float, optional
        Columns that may matter, more than the places can tell apart: drawn towards 0
        together.
    at_least_one : bool
        Never let q narrow an interval (it does where the effects happen to lie close).

    Returns
    -------
    Synthesis

    Raises
    ------
    InvalidInput
        If lengths differ, a value is missing or out of range, or a column is the same
        everywhere.
    NotIdentified
        If there are fewer than three effects, or no more effects than coefficients.

    Notes
    -----
    Wrong when effects were left out because of what they were, when the same children
    are in several effects, and when a sampling variance is itself guessed. With fewer
    than some ten places τ² is mostly chance and the prediction interval is a rough
    guide; with context it is taken as if ω² were known. O(k³).

    References
    ----------
    .. [1] Viechtbauer (2005), *J Educ Behav Stat* 30:261-293: REML of τ².
    .. [2] Hartung & Knapp (2001), *Stat Med* 20:3875-3889; Sidik & Jonkman (2002),
       *Stat Med* 21:3153-3159. q never below 1: Röver, Knapp & Friede (2015), *BMC Med
       Res Methodol* 15:99.
    .. [3] Higgins, Thompson & Spiegelhalter (2009), *JRSS A* 172:137-159: prediction.
    .. [4] Golden numbers: metafor 3.8.1.

    Examples
    --------
    >>> found = random_effects([0.1, 0.5, 0.9, 0.3], [0.01, 0.02, 0.01, 0.03])
    >>> round(found.between_variance, 3), round(found.forecast().mean, 2)
    (0.111, 0.45)
    """
    y, s2 = vector(effect, "effect"), positive(variance, "variance")
    same_shape(y, s2, "effect and variance")
    columns = columns_of(moderators, context, len(y))
    k, p = columns.straight.shape
    parts = [np.eye(k)]
    if columns.around.shape[1]:
        parts.append(columns.around @ columns.around.T)
    known = Effects(y=y, design=columns.straight, sampling=s2, parts=parts)
    found = most_likely(known)
    q = float(y @ found.projected) / (k - p)
    return _told(known, found, columns, max(1.0, q) if at_least_one else q)


def between_interval(
    effect: ArrayLike,
    variance: ArrayLike,
    *,
    moderators: ArrayLike | None = None,
    level: float = 0.95,
) -> tuple[float, float]:
    r"""Return an interval of τ², by the values that make Cochran's Q ordinary.

    .. math:: \tau^2: \; Q(\tau^2) = \sum \frac{(y_i - x_i'\hat\beta)^2}{s_i^2 + \tau^2}
              \in [\chi^2_{k-p,\,\alpha/2},\; \chi^2_{k-p,\,1-\alpha/2}]

    Parameters
    ----------
    effect, variance, moderators
        As in `random_effects`.
    level : float
        Between 0 and 1.

    Returns
    -------
    (float, float)
        Lower and upper end, 0 or more.

    Raises
    ------
    InvalidInput, NotIdentified
        As `random_effects`.

    Notes
    -----
    It may lie wholly above or beside the REML estimate: both are right about different
    things. O(k p²) for each halving.

    References
    ----------
    .. [1] Viechtbauer (2007), *Stat Med* 26:37-52: the Q-profile.

    Examples
    --------
    >>> low, high = between_interval([0.1, 0.5, 0.9, 0.3], [0.01, 0.02, 0.01, 0.03])
    >>> round(low, 3), round(high, 2)
    (0.026, 1.61)
    """
    known = random_effects(effect, variance, moderators=moderators)
    y, s2 = vector(effect, "effect"), positive(variance, "variance")
    tail = (1 - share(level, "level")) / 2
    ends = (float(chdtri(known.df, tail)), float(chdtri(known.df, 1 - tail)))
    low, high = (where_q_is(end, y, s2, known._columns.straight) for end in ends)
    return low, high


def _told(
    known: Effects,
    found: Standing,
    columns: Columns,
    widening: float,
) -> Synthesis:
    k, p = known.design.shape
    turned, around = columns.turned, columns.around
    tau2, omega2 = map(float, np.append(found.theta, 0.0)[:2])
    covariance = widening * turned @ found.covariance @ turned.T
    spread = known.design @ found.covariance @ known.design.T
    left = found.inverse - found.inverse @ spread @ found.inverse
    drawn = tau2 * found.projected
    context = omega2 * around.T @ found.projected
    taken = omega2**2 * np.einsum("ic,ij,jc->c", around, left, around)
    place = known.design @ found.coefficients + around @ context + drawn
    q0 = q_at(0.0, known.y, known.sampling, known.design)
    return Synthesis(
        coefficients=turned @ found.coefficients,
        standard_errors=np.sqrt(np.diag(covariance)),
        covariance=covariance,
        context_effects=context,
        context_errors=np.sqrt(np.maximum(omega2 - taken, 0.0)),
        between_variance=tau2,
        between_standard_error=float(np.sqrt(np.linalg.inv(found.information)[0, 0])),
        context_variance=omega2,
        widening=widening,
        df=k - p,
        q_statistic=q0,
        q_p_value=float(chdtrc(k - p, q0)),
        inconsistency=tau2 / (tau2 + typical_variance(known.sampling, known.design)),
        log_likelihood=found.log_likelihood,
        effects=place,
        effect_errors=_errors(known, left),
        _standing=found,
        _columns=columns,
    )


def _errors(known: Effects, left: FloatArray) -> FloatArray:
    """Return the errors of the places' own effects: √(s² − s⁴Pᵢᵢ)."""
    s2 = known.sampling
    return np.sqrt(np.maximum(s2 - s2**2 * np.diag(left), 0.0))
