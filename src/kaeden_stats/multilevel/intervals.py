"""Intervals of variances, correlations, fixed effects and variance shares by profiling."""

from collections.abc import Iterable, Sequence

import numpy as np

from kaeden_stats._checks import share
from kaeden_stats._normal import reach
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._held import (
    Ground,
    fixed_effects,
    shares,
    variance_parameters,
)
from kaeden_stats.multilevel._optimum import lowest
from kaeden_stats.multilevel._profiling import Held, Valley, ends
from kaeden_stats.multilevel._table import Table
from kaeden_stats.multilevel.result import Fit


def profile_intervals(
    fit: Fit, level: float = 0.95, *, reml: bool = False, only: Sequence[str] = ()
) -> Table:
    r"""Give profile-likelihood intervals of a model's parameters.

    A value of a parameter is in its interval if the deviance, made as low as it can be
    with that value held, is no further above its lowest than χ²₁ allows:

    .. math:: D(\theta) - D(\hat\theta) \le \chi^2_{1, level}

    Parameters
    ----------
    fit : Fit
        By REML or ML; the intervals are the same.
    level : float
        Between 0 and 1.
    reml : bool
        Profile the restricted deviance instead of that of maximum likelihood. It has no
        fixed effects, so only standard deviations and correlations have intervals; they
        reach higher where groups are few.
    only : sequence of str, optional
        The parameters to profile; by default all.

    Returns
    -------
    Table
        parameter, estimate (where the profiled deviance is lowest), low and high. The
        parameters are ``sd(term|level)`` in the outcome's unit for each unit of the term,
        ``cor(term,other|level)`` between -1 and 1, ``sd(residual)``, and the terms of the
        fixed effects. A standard deviation that may be zero has a low of exactly 0, a
        correlation that may be perfect an end of exactly -1 or 1. The correlation of an
        effect without variance is NaN, and anything from -1 to 1.

    Raises
    ------
    InvalidInput
        If the level is out of range, or a parameter is unknown.

    Notes
    -----
    Some twenty to forty evaluations of the deviance for each parameter; O(groups),
    whatever the rows. Weighted rows: `sd(residual)` is that of a row of weight 1.

    References
    ----------
    .. [1] Bates, Mächler, Bolker & Walker (2015), *Journal of Statistical Software*
       67:1, section 5.1. Golden numbers: lme4's ``confint(method = "profile")``.
    """
    ground = _ground(fit, reml=reml)
    known = [*variance_parameters(ground), *([] if reml else fixed_effects(ground))]
    names = [one.name for one in known]
    strange = [name for name in only if name not in names]
    if strange:
        raise InvalidInput(
            f"There is no parameter {', '.join(strange)} to profile. There are "
            f"{', '.join(names)}."
        )
    return _table(ground, [one for one in known if not only or one.name in only], level)


def share_intervals(fit: Fit, level: float = 0.95) -> Table:
    r"""Give profile-likelihood intervals of each level's share of the variance.

    The share itself is held, so an interval respects 0 and 1, and needs no assumption
    on how estimates of shares are distributed.

    Parameters
    ----------
    fit : Fit
        The deviance that it was fitted by is profiled: REML or ML.
    level : float
        Between 0 and 1.

    Returns
    -------
    Table
        level (``"residual"`` last), share as in `Fit.variance_shares`, low and high; all
        0 to 1. A level that may have no variance has a low of exactly 0.

    Raises
    ------
    InvalidInput
        If the level is out of range.

    Notes
    -----
    With random slopes a level's share is that of an average row, and its interval takes
    the rows' columns as given. With few groups at a level the interval is wide upwards,
    and says so rightly. O(groups).

    References
    ----------
    .. [1] Venzon & Moolgavkar (1988), *Applied Statistics* 37:87 (profile likelihood of a
       function of the parameters).
    """
    ground = _ground(fit, reml=fit.reml)
    found = _table(ground, shares(ground), level)
    at = {name: place for place, name in enumerate(found["parameter"].tolist())}
    order = [at[name] for name in fit.variance_shares]
    return Table(
        {
            "level": found["parameter"][order],
            "share": found["estimate"][order],
            "low": found["low"][order],
            "high": found["high"][order],
        }
    )


def _ground(fit: Fit, *, reml: bool) -> Ground:
    """Return what the profiles share, at the optimum of the deviance they follow."""
    ready = fit._scaled
    optimum = fit._optimum if fit.reml is reml else lowest(ready.problem, reml=reml)
    return Ground(ready=ready, optimum=optimum, reml=reml)


def _table(ground: Ground, held: Iterable[Held], level: float) -> Table:
    wide = reach(share(level, "level"))
    names, rows = [], []
    for one in held:
        valley = Valley(ground.problem, ground.optimum, one, reml=ground.reml)
        names.append(one.name)
        rows.append(np.array([one.estimate, *ends(valley, wide)]) + one.shift)
    estimate, low, high = np.array(rows).T
    return Table({"parameter": names, "estimate": estimate, "low": low, "high": high})
