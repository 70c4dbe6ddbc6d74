"""Whether a unit has changed: a slope that no single point makes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kaeden_stats._checks import (
    BoolArray,
    FloatArray,
    IntArray,
    positive,
    same_shape,
    vector,
)
from kaeden_stats._lines import slopes, table
from kaeden_stats._normal import reach, two_sided_p
from kaeden_stats._student import reach as student_reach
from kaeden_stats.errors import NotIdentified

POINTS = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trend:
    """One unit's trend.

    Attributes
    ----------
    slope, standard_error : float
        Change per year and its standard error, in the value's unit.
    chi_square, p_value : float
        Test of no change, 1 degree of freedom; two-sided.
    points : int
        Points used, at most five.
    slopes_left_out : (points,) float
        The slope when each point is left out in turn, oldest first. NaN with two.
    sign_holds : bool
        All of `slopes_left_out` have the sign of `slope`.
    preliminary : bool
        Fewer than five points: nothing is claimed.
    direction : int
        1 or -1 when a change is claimed, else 0.
    level : float
        The level of the test, 0 to 1.
    """

    slope: float
    standard_error: float
    chi_square: float
    p_value: float
    points: int
    slopes_left_out: FloatArray
    sign_holds: bool
    preliminary: bool
    direction: int
    level: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trends:
    """The trends of k units; each attribute as in `Trend`, one entry per unit.

    Attributes
    ----------
    slope, standard_error, chi_square, p_value : (k,) float
        NaN for units with fewer than two points.
    points : (k,) int
    sign_holds, preliminary : (k,) bool
    direction : (k,) int
    level : float
    """

    slope: FloatArray
    standard_error: FloatArray
    chi_square: FloatArray
    p_value: FloatArray
    points: IntArray
    sign_holds: BoolArray
    preliminary: BoolArray
    direction: IntArray
    level: float


def leave_one_out_trend(
    years: ArrayLike, value: ArrayLike, variance: ArrayLike, *, level: float = 0.998
) -> Trend:
    r"""Say whether one unit has moved steadily over its last five points.

    With weights w = 1/s² (s² is `variance`), year x and value y, the slope and its test:

    .. math::

        b = \frac{\sum w (x - \bar x)(y - \bar y)}{\sum w (x - \bar x)^2}, \quad
        \chi^2 = b^2 \sum w (x - \bar x)^2

    A change is claimed when χ² passes its limit at `level` (9.55 at 99.8 %), and the
    sign of b is the same whichever point is left out, and there are five points.

    Parameters
    ----------
    years : (t,) float
        The year of each point, all different, in any order; gaps are allowed.
    value : (t,) float
        In the outcome's own unit. No NaN: a year without a value is left out.
    variance : (t,) float
        Sampling variance of each value, the outcome's unit squared, above 0.
    level : float
        Level of the test, between 0 and 1.

    Returns
    -------
    Trend

    Raises
    ------
    InvalidInput
        If lengths differ, a year comes twice, or a value is missing or out of range.
    NotIdentified
        If there are fewer than two points.

    Notes
    -----
    Wrong when pupils' own chance is not all that moves a value from year to year (then
    use a larger variance, see `pooled_noise`), when years share pupils, and when the
    course is not a line: a rise and a fall of one size is no trend. O(t²).

    References
    ----------
    .. [1] Public health profiles of the United Kingdom (Fingertips), guidance on recent
       trends: five points, 99.8 %.
    .. [2] Golden numbers: R 4.2.2 lm with weights, standard error rescaled to known
       variance.

    Examples
    --------
    >>> rise = leave_one_out_trend(range(2021, 2026), [1, 2, 3, 4, 5], [1.0] * 5)
    >>> round(rise.slope, 6), round(rise.chi_square, 6), rise.direction
    (1.0, 10.0, 1)
    """
    y = vector(value, "value")
    x, s2 = vector(years, "years"), positive(variance, "variance")
    same_shape(y, x, "value and years")
    same_shape(y, s2, "value and variance")
    if len(y) < 2:
        raise NotIdentified("One point has no direction: give two or more.")
    every = trends(x, y[None, :], s2[None, :], level=level)
    weight = _last_five(x, y[None, :], s2[None, :])[1]
    left_out = _slopes_left_out(np.sort(x), y[None, np.argsort(x)], weight)[0]
    return Trend(
        slope=float(every.slope[0]),
        standard_error=float(every.standard_error[0]),
        chi_square=float(every.chi_square[0]),
        p_value=float(every.p_value[0]),
        points=int(every.points[0]),
        slopes_left_out=left_out[weight[0] > 0],
        sign_holds=bool(every.sign_holds[0]),
        preliminary=bool(every.preliminary[0]),
        direction=int(every.direction[0]),
        level=level,
    )


def trends(
    years: ArrayLike, value: ArrayLike, variance: ArrayLike, *, level: float = 0.998
) -> Trends:
    """Judge many units' trends at once, each as `leave_one_out_trend` does.

    Parameters
    ----------
    years : (t,) float
        The years, all different, shared by all units.
    value : (k, t) float
        One row per unit, in the outcome's own unit. NaN where a unit has no value that
        year; its last five values are used.
    variance : (k, t) float
        Sampling variance of each value, the outcome's unit squared, above 0 where there
        is a value.
    level : float
        Level of the test, between 0 and 1.

    Returns
    -------
    Trends
        The k units in the order given.

    Raises
    ------
    InvalidInput
        If shapes differ, a year comes twice, or a variance is not above 0.

    Notes
    -----
    Many units make many tests: give `p_value` of the units that are not `preliminary`
    to `false_discovery`. O(k t²) time.

    Examples
    --------
    >>> two = trends(
    ...     range(2021, 2026),
    ...     [[1, 2, 3, 4, 5], [1, 2, 3, 4, float("nan")]],
    ...     [[1.0] * 5] * 2,
    ... )
    >>> two.direction.tolist(), two.preliminary.tolist()
    ([1, 0], [False, True])
    """
    x, y, s2 = table(years, value, variance, "variance")
    limit = reach(level) ** 2
    (x, y), weight = _last_five(x, y, s2)
    points = (weight > 0).sum(axis=1)
    slope, precision = slopes(x, y, weight)
    left_out = _slopes_left_out(x, y, weight)
    same_sign = (np.sign(left_out) == np.sign(slope)[:, None]) | (weight == 0)
    sign_holds = same_sign.all(axis=1) & (points > 2)
    chi_square = slope**2 * precision
    preliminary = points < POINTS
    claimed = sign_holds & ~preliminary & (chi_square > limit)
    direction = np.where(claimed, np.nan_to_num(np.sign(slope)), 0)
    return Trends(
        slope=slope,
        standard_error=1 / np.sqrt(precision),
        chi_square=chi_square,
        p_value=two_sided_p(np.sqrt(chi_square)),
        points=points.astype(np.intp),
        sign_holds=sign_holds,
        preliminary=preliminary,
        direction=direction.astype(np.intp),
        level=level,
    )


def _last_five(
    x: FloatArray, y: FloatArray, s2: FloatArray
) -> tuple[tuple[FloatArray, FloatArray], FloatArray]:
    """Sort by year; weight 0 for what is missing or older than the last five values."""
    order = np.argsort(x)
    y, s2 = y[:, order], s2[:, order]
    there = ~np.isnan(y)
    newer = np.cumsum(there[:, ::-1], axis=1)[:, ::-1]
    used = there & (newer <= POINTS)
    weight = np.divide(1.0, s2, out=np.zeros_like(y), where=used)
    return (x[order], np.where(there, y, 0.0)), weight


def _slopes_left_out(x: FloatArray, y: FloatArray, weight: FloatArray) -> FloatArray:
    """Return the (k, t) slopes without each year's point in turn; NaN of one point.

    What the point adds to each sum around the means of all is taken out again.
    """
    total = weight.sum(axis=1, keepdims=True)
    mean = np.where(total > 0, total, np.nan)
    x_away = x - weight @ x[:, None] / mean
    y_away = y - (weight * y).sum(axis=1, keepdims=True) / mean
    w_x, w_y = weight * x_away, weight * y_away
    left = total - weight
    remaining = (weight > 0).sum(axis=1, keepdims=True) - (weight > 0)
    left = np.where(remaining >= 2, left, np.nan)
    x_x = (w_x * x_away).sum(axis=1, keepdims=True) - w_x * x_away - w_x**2 / left
    x_y = (w_x * y_away).sum(axis=1, keepdims=True) - w_x * y_away - w_x * w_y / left
    slope: FloatArray = x_y / x_x
    return slope


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PooledNoise:
    """How much a value moves around its unit's own line.

    Attributes
    ----------
    variance : float
        c in Var(value) = c/n, in the value's unit squared.
    degrees_of_freedom : int
        Its relative standard error is sqrt(2/degrees_of_freedom).
    units : int
        Units that had three points or more, and so were used.
    """

    variance: float
    degrees_of_freedom: int
    units: int

    def cautious(self, *, level: float = 0.998) -> float:
        r"""Return the variance with which few residuals keep a test at its level.

        A test at `level` that takes c as known finds too much when c is judged from few
        residuals. With c·(t/z)², where t and z hold the share `level` of Student's t
        with these degrees of freedom and of the normal distribution, the test at that
        very level is Student's.

        Parameters
        ----------
        level : float
            Level of the test, between 0 and 1.

        Returns
        -------
        float
            Never less than `variance`.

        Notes
        -----
        At other levels than `level` the test is close to Student's, but not the same.
        O(1).

        Examples
        --------
        >>> few = PooledNoise(variance=1.0, degrees_of_freedom=6, units=1)
        >>> round(few.cautious(), 2)
        2.84
        """
        wider = student_reach(level, self.degrees_of_freedom) / reach(level)
        return self.variance * wider**2


def pooled_noise(years: ArrayLike, value: ArrayLike, n: ArrayLike) -> PooledNoise:
    r"""Find how noisy one value is, from all units' distances to their own lines.

    Unit i in year t has Var(y_it) = c/n_it. With a weighted line through each unit's
    t_i points and residuals r_it,

    .. math::

        \hat c = \frac{\sum_i \sum_t n_{it} r_{it}^2}{\sum_i (t_i - 2)}

    Parameters
    ----------
    years : (t,) float
        The years, all different, shared by all units.
    value : (k, t) float
        One row per unit, in the outcome's own unit. NaN where there is no value.
    n : (k, t) float
        Pupils behind each value, above 0 where there is a value.

    Returns
    -------
    PooledNoise
        The sampling variance of a value is then ``noise.variance / n``.

    Raises
    ------
    InvalidInput
        If shapes differ, a year comes twice, or an n is not above 0.
    NotIdentified
        If no unit has three points.

    Notes
    -----
    Unbiased when each unit moves along a line and chance falls as 1/n. Real bends, and
    shocks that hit a whole unit in one year, end up in c: trends are then claimed too
    seldom, which is the cautious side; but small units are given too much noise and
    large ones too little. O(k t).

    References
    ----------
    .. [1] Draper & Smith (1998), *Applied Regression Analysis*, 3rd ed., ch. 2 (pooled
       estimate of pure error).

    Examples
    --------
    One unit of ten pupils, 0.1 above and below its line:

    >>> noise = pooled_noise([1, 2, 3, 4], [[0.1, -0.1, -0.1, 0.1]], [[10] * 4])
    >>> round(noise.variance, 3), noise.degrees_of_freedom
    (0.2, 2)
    """
    x, y, pupils = table(years, value, n, "n")
    there = ~np.isnan(y)
    used = there.sum(axis=1) >= 3
    if not used.any():
        raise NotIdentified("No unit has three points, so no line leaves a residual.")
    weight = np.where(there, pupils, 0.0)[used]
    y = np.where(there, y, 0.0)[used]
    slope = slopes(x, y, weight)[0]
    residual = y - slope[:, None] * x
    level = (weight * residual).sum(axis=1) / weight.sum(axis=1)
    squares = (weight * (residual - level[:, None]) ** 2).sum()
    freedom = int((there.sum(axis=1)[used] - 2).sum())
    return PooledNoise(
        variance=float(squares / freedom),
        degrees_of_freedom=freedom,
        units=int(used.sum()),
    )
