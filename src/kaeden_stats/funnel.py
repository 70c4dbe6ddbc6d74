"""Units outside chance, when all of them differ a little more than chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kaeden_stats._checks import FloatArray, positive, same_shape, vector
from kaeden_stats._normal import mean_square_drawn_in, reach, two_sided_p
from kaeden_stats._student import reach as student_reach
from kaeden_stats._student import two_sided_p as student_p
from kaeden_stats.errors import InvalidInput, NotIdentified


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Funnel:
    """A funnel widened until it holds the ordinary differences between k units.

    Attributes
    ----------
    z : (k,) float
        Difference in its own standard errors, before widening.
    winsorised_z : (k,) float
        z with the extremes drawn in; only for finding `dispersion`.
    dispersion : float
        φ, mean square of `winsorised_z`, made up for drawing in if `consistent`; 1 when
        there is only chance.
    between_variance : float
        τ², what units differ beyond chance, in the difference's unit squared, 0 or more.
    adjusted_z : (k,) float
        Difference in standard errors that hold chance and τ².
    p_value : (k,) float
        Of `adjusted_z`, two-sided.
    degrees_of_freedom : int or None
        Of the Student's t that p-values and limits are from; None for the normal
        distribution.
    """

    z: FloatArray
    winsorised_z: FloatArray
    dispersion: float
    between_variance: float
    adjusted_z: FloatArray
    p_value: FloatArray
    degrees_of_freedom: int | None

    def limits(self, variance: ArrayLike, *, level: float = 0.998) -> FloatArray:
        """Return half the funnel's width where the sampling variance is `variance`.

        Parameters
        ----------
        variance : (m,) float
            Sampling variances to draw at, above 0.
        level : float
            Share of ordinary units that lie inside, between 0 and 1.

        Returns
        -------
        (m,) float
            Half widths around no difference, in the difference's unit.

        Raises
        ------
        InvalidInput
            If a variance is not above 0, or the level not between 0 and 1.
        """
        df = self.degrees_of_freedom
        held = reach(level) if df is None else student_reach(level, df)
        width: FloatArray = held * np.sqrt(
            positive(variance, "variance") + self.between_variance
        )
        return width


def overdispersed_funnel(
    difference: ArrayLike,
    variance: ArrayLike,
    *,
    winsorise: float = 0.1,
    consistent: bool = False,
) -> Funnel:
    r"""Judge each unit's distance from expected by how far units ordinarily lie from it.

    Additive random effects: difference y_i with sampling variance s_i² and w_i = 1/s_i²,
    φ from the winsorised z-scores of all k units,

    .. math::

        z_i = y_i / s_i, \quad \varphi = \frac1k \sum \tilde z_i^2, \quad
        \tau^2 = \max\left(0,
        \frac{k\varphi - (k - 1)}{\sum w - \sum w^2 / \sum w}\right), \quad
        z_i^* = \frac{y_i}{\sqrt{s_i^2 + \tau^2}}

    Parameters
    ----------
    difference : (k,) float
        Actual less expected, on a scale where chance is about normal. No NaN.
    variance : (k,) float
        Sampling variance of each difference (s²), its unit squared, above 0.
    winsorise : float
        Share of units at each end whose z is drawn in to the quantile there, 0 to
        below ½. Keeps the units we look for from widening the funnel they should fall
        out of.

    consistent : bool
        Divide φ by what drawing in takes from k ordinary units (0.68 at 10 %), and judge
        by Student's t with k - 1 degrees of freedom, as τ² is found from the k units
        themselves. Then chance flags as seldom as the level says, far out too.

    Returns
    -------
    Funnel
        The k units in the order given.

    Raises
    ------
    InvalidInput
        If lengths differ, a value is missing or out of range.
    NotIdentified
        If there are fewer than two units.

    Notes
    -----
    Wrong when small units really are worse or better than large ones, and when the
    expected values come from the same few units (each then draws its own target). Below
    some ten units τ² is mostly chance. As published, drawing in makes τ² far too small
    where units differ and none lies out: of 20 to 2,000 units, as far apart as chance
    moves them, 2 times too many have p < 0.05 and 8 times too many p < 0.001; with
    `consistent` no more than 1.1 times. O(k log k), with `consistent` O(k²).

    References
    ----------
    .. [1] Spiegelhalter (2005), *Statistics in Medicine* 24:1185-1202, sec. 5.
    .. [2] Golden numbers: R 4.2.2, the formulas of [1] written out with quantile type 7.

    Examples
    --------
    Chance of 1 each, but differences of 3: the units differ, none stands out.

    >>> funnel = overdispersed_funnel([-3.0, 3.0, -3.0, 3.0], [1.0] * 4)
    >>> round(funnel.between_variance, 2), funnel.adjusted_z.round(2).tolist()
    (11.0, [-0.87, 0.87, -0.87, 0.87])
    """
    y, s2 = vector(difference, "difference"), positive(variance, "variance")
    same_shape(y, s2, "difference and variance")
    if len(y) < 2:
        raise NotIdentified("One unit has no funnel: give two or more.")
    if not 0 <= winsorise < 0.5:
        raise InvalidInput(f"winsorise must be 0 to below 0.5, got {winsorise!r}.")
    z = y / np.sqrt(s2)
    drawn_in = np.clip(z, *np.quantile(z, [winsorise, 1 - winsorise]))
    kept = mean_square_drawn_in(winsorise) if consistent else 1.0
    dispersion = float(np.mean(drawn_in**2)) / kept
    w = 1 / s2
    room = w.sum() - (w**2).sum() / w.sum()
    excess = len(y) * dispersion - (len(y) - 1)
    tau2 = max(0.0, float(excess / room))
    adjusted = y / np.sqrt(s2 + tau2)
    df = len(y) - 1 if consistent else None
    return Funnel(
        z=z,
        winsorised_z=drawn_in,
        dispersion=dispersion,
        between_variance=tau2,
        adjusted_z=adjusted,
        p_value=two_sided_p(adjusted) if df is None else student_p(adjusted, df),
        degrees_of_freedom=df,
    )
