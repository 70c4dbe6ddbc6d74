"""Whether a series only swings as it always has: control charts.

Three charts of one form: a centre, and limits three standard deviations from it that the
series' own steps from point to point give (Wheeler's XmR chart; Laney's p′ and u′).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from kaeden_stats._checks import FloatArray, same_shape
from kaeden_stats._control_chart import Chart, Kind, Rule, chart
from kaeden_stats.errors import InvalidInput

__all__ = ["Chart", "Rule", "p_prime", "u_prime", "xmr"]


def xmr(
    value: ArrayLike, *, changes: Sequence[int] = (), baseline: int | None = None
) -> Chart:
    r"""Chart single values by their steps from one to the next.

    With the mean x̄ of a phase's values and the mean step between neighbours,

    .. math::

        \sigma = \overline{|x_i - x_{i-1}|} / 1.128, \qquad \bar x \pm 3\sigma

    Steps longer than 3.267 mean steps are left out, and the mean taken again. Three
    rules, blind to what is good: a point outside the limits; a run of more than
    round(log₂ m) + 3 of the m points off the centre on one side of it; fewer crossings
    of the centre than the 5 % quantile of Binomial(m - 1, ½).

    Parameters
    ----------
    value : (t,) or (k, t) float
        In order of time, in the outcome's own unit. NaN where there is no point: it
        breaks no run, and has no step to either side.
    changes : sequence of int
        Columns where something known changed, in rising order, the first column being
        0: there a phase begins, with a centre and limits of its own.
    baseline : int or None
        Find the limits from so many of the first columns, and hold all up to them; not
        together with `changes`.

    Returns
    -------
    Chart
        Arrays of the shape of `value`.

    Raises
    ------
    InvalidInput
        If a value is infinite, or a change or the baseline lies outside the series.

    Notes
    -----
    Wrong when values have different numbers of pupils behind them (then `p_prime`,
    `u_prime`), when neighbours share pupils (steps are then too short and limits too
    narrow), and in a series with a steady slope. Below twelve points limits swing
    themselves: `is_trial`. O(k t).

    References
    ----------
    .. [1] Nelson (1982), *Journal of Quality Technology* 14:172-173 (long steps).
    .. [2] Anhøj & Olesen (2014), *PLoS ONE* 9:e113825 (runs and crossings).
    .. [3] Montgomery, *Introduction to Statistical Quality Control*, 7th ed., sec. 6.4.
    .. [4] Golden numbers: R qicharts2 0.8.1 chart = "i", and [3].

    Examples
    --------
    >>> chart = xmr([7.1, 6.9, 7.0, 7.2, 7.0, 6.8, 7.1, 7.0, 6.9, 7.2, 7.0, 7.1, 8.4])
    >>> round(float(chart.centre[0]), 2), round(float(chart.upper[0]), 2)
    (7.13, 7.61)
    >>> chart.rules[-1], bool(chart.is_trial.any())
    ((<Rule.OUTSIDE: 'outside'>,), False)
    """
    y = _series(value, "value")
    every_point_alike = Kind(by_chance=lambda _centre, weight: np.ones_like(weight))
    return chart(
        y, np.ones_like(y), every_point_alike, changes=changes, baseline=baseline
    )


def p_prime(
    events: ArrayLike,
    n: ArrayLike,
    *,
    plain: bool = False,
    changes: Sequence[int] = (),
    baseline: int | None = None,
) -> Chart:
    r"""Chart shares whose swings may be larger than the drawing of n pupils gives.

    With p̄ = Σ events / Σ n of a phase and s_i = √(p̄(1 - p̄)/n_i), z_i = (p_i - p̄)/s_i,

    .. math::

        \varphi = \overline{|z_i - z_{i-1}|} / 1.128, \qquad \bar p \pm 3 \varphi s_i

    cut at 0 and 1. The rules are those of `xmr`.

    Parameters
    ----------
    events, n : (t,) or (k, t) float
        Pupils with the event, and all pupils, in order of time. NaN in `events` where
        there is no point.
    plain : bool
        The p chart: φ = 1, chance alone. Right when all else than the drawing of pupils
        has stood still.
    changes, baseline
        As in `xmr`.

    Returns
    -------
    Chart
        `value` is the share, 0 to 1.

    Raises
    ------
    InvalidInput
        If there are more events than pupils or a number below 0, or as in `xmr`.

    Notes
    -----
    φ below 1 is kept: the series swings less than chance. Wrong where p̄ n_i is below
    some five events: the limits are then not about normal. O(k t).

    References
    ----------
    .. [1] Laney (2002), *Quality Engineering* 14:531-537.
    .. [2] Golden numbers: R qicharts2 0.8.1 chart = "p", "pp".

    Examples
    --------
    >>> chart = p_prime([5, 9, 4, 8, 6], [20, 20, 20, 20, 20])
    >>> chart.dispersion.round(3).tolist(), bool(chart.is_trial.all())
    ([1.594], True)
    """
    made, drawn = _counts(events, n, "events", "n")
    too_many = int(np.count_nonzero(made > drawn))
    if too_many:
        raise InvalidInput(
            f"events must be at most n, but is above it at {too_many} points. "
            "Of things that can come more than once, make a rate: `u_prime`."
        )
    share = Kind(
        by_chance=lambda p, size: np.sqrt(p * (1 - p) / size), lowest=0.0, highest=1.0
    )
    return chart(
        made / drawn, drawn, share, plain=plain, changes=changes, baseline=baseline
    )


def u_prime(
    events: ArrayLike,
    exposure: ArrayLike,
    *,
    plain: bool = False,
    changes: Sequence[int] = (),
    baseline: int | None = None,
) -> Chart:
    r"""Chart rates whose swings may be larger than Poisson's.

    As `p_prime`, with ū = Σ events / Σ exposure and s_i = √(ū/exposure_i); cut at 0.

    Parameters
    ----------
    events, exposure : (t,) or (k, t) float
        What happened, and how much it could happen to (pupils, days, hours), in order
        of time. NaN in `events` where there is no point.
    plain : bool
        The u chart: φ = 1, chance alone.
    changes, baseline
        As in `xmr`.

    Returns
    -------
    Chart
        `value` is events per exposure.

    Raises
    ------
    InvalidInput
        If a number is below 0, or as in `xmr`.

    Notes
    -----
    As `p_prime`. O(k t).

    References
    ----------
    .. [1] Laney (2002), *Quality Engineering* 14:531-537.
    .. [2] Golden numbers: R 4.2.2, the formulas of [1] written out.

    Examples
    --------
    >>> chart = u_prime([2, 3, 8, 1, 1, 4], [50] * 6, plain=True)
    >>> round(float(chart.centre[0]), 4), round(float(chart.upper[0]), 4)
    (0.0633, 0.1701)
    """
    happened, size = _counts(events, exposure, "events", "exposure")
    rate = Kind(by_chance=lambda u, size: np.sqrt(u / size), lowest=0.0)
    return chart(
        happened / size, size, rate, plain=plain, changes=changes, baseline=baseline
    )


def _series(values: ArrayLike, name: str) -> FloatArray:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim not in {1, 2} or not array.size:
        raise InvalidInput(
            f"{name} must be one series or a table of them, got shape {array.shape}."
        )
    if np.isinf(array).any():
        raise InvalidInput(f"{name} has infinite values. Use NaN where there is none.")
    return array


def _counts(
    events: ArrayLike, size: ArrayLike, name: str, of: str
) -> tuple[FloatArray, FloatArray]:
    """Return events and what they came from; NaN in both where there is no point."""
    made, whole = _series(events, name), _series(size, of)
    same_shape(made, whole, f"{name} and {of}")
    there = ~np.isnan(made)
    if (made[there] < 0).any():
        raise InvalidInput(
            f"{name} must be 0 or more, smallest is {made[there].min():g}."
        )
    if not (whole[there] > 0).all():
        raise InvalidInput(f"{of} must be above 0 wherever there are {name}.")
    return made, np.where(there, whole, np.nan)
