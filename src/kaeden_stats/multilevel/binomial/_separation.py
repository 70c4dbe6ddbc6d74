r"""Where the search starts, and whether there is anything to find. Private.

Without random effects the coefficients are found by Newton steps over the distinct
patterns. Where they run away a linear programme says whether a combination of columns
tells successes from failures: Xd ≥ 0 wherever there are only successes, ≤ 0 wherever
there are only failures, and 0 where there are both, with Xd ≠ 0 somewhere.
"""

import numpy as np
from scipy.optimize import linprog
from scipy.special import expit

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import NotIdentified
from kaeden_stats.multilevel.binomial._arranged import Compressed
from kaeden_stats.multilevel.binomial._cells import squared
from kaeden_stats.multilevel.binomial._counts import Census

STEPS = 50
SETTLED = 1e-8
SEPARATES = 1e-6
FAR = 12.0
"""A logit beyond which separation is suspected."""


def start(arranged: Compressed) -> FloatArray:
    """Return the coefficients without random effects.

    Raises
    ------
    NotIdentified
        If a combination of terms separates successes from failures.
    """
    fixed = arranged.cells.fixed
    successes = arranged.cells.by_distinct(arranged.cells.successes)
    trials = arranged.cells.by_distinct(arranged.cells.trials)

    def height(beta: FloatArray) -> float:
        logit = fixed @ beta
        return float((trials * np.logaddexp(0, logit) - successes * logit).sum())

    beta = np.zeros(fixed.shape[1])
    for _step in range(STEPS):
        share = expit(fixed @ beta)
        curvature = squared(fixed, trials * share * (1 - share))
        slope = fixed.T @ (successes - trials * share)
        step = np.linalg.lstsq(curvature, slope, rcond=None)[0]
        while height(beta + step) > height(beta) * (1 + 1e-12):
            step = step / 2
        beta = beta + step
        if float(np.abs(step).max()) < SETTLED:
            break
    if float(np.abs(fixed @ beta).max()) > FAR:
        _refuse_separated(arranged, successes, trials)
    return beta


def _refuse_separated(
    arranged: Compressed, successes: FloatArray, trials: FloatArray
) -> None:
    fixed = arranged.cells.fixed[trials > 0]
    successes, trials = successes[trials > 0], trials[trials > 0]
    sign = np.where(successes == trials, 1.0, -1.0)
    pure = (successes == 0) | (successes == trials)
    signed = fixed * sign[:, None]
    found = linprog(
        -signed[pure].sum(axis=0),
        A_ub=-signed[pure],
        b_ub=np.zeros(int(pure.sum())),
        A_eq=fixed[~pure] if (~pure).any() else None,
        b_eq=np.zeros(int((~pure).sum())) if (~pure).any() else None,
        bounds=(-1, 1),
        method="highs",
    )
    if found.x is None or found.fun is None or found.fun > -SEPARATES:
        return
    way = arranged.back @ found.x
    names = [
        term
        for term, part in zip(arranged.terms[1:], way[1:], strict=True)
        if abs(part) > 1e-6 * float(np.abs(way).max())
    ]
    raise NotIdentified(
        f"{', '.join(names)} separates the outcomes: beyond a limit there are only "
        "successes, or only failures, so no finite coefficient fits best. Leave the "
        "term out, or merge its values."
    )


def check(census: Census, outcome: str) -> None:
    """Refuse groups that can't tell what a level's variance is.

    Raises
    ------
    NotIdentified
        If the outcome is constant, a level has one group, or no lowest group can show
        how much its trials are alike.
    """
    if census.successes.sum() in {0.0, census.trials.sum()}:
        always = "a success" if census.successes.sum() else "a failure"
        raise NotIdentified(
            f"{outcome} is {always} in every trial, so there is nothing to explain."
        )
    for name, groups in zip(census.levels, census.groups, strict=True):
        if len(groups.parent) < 2:
            raise NotIdentified(
                f"{name} has only one group, so nothing can be said of how groups "
                "differ. Leave the level out."
            )
    lowest = census.levels[-1]
    trials, successes = census.trials, census.successes
    if trials.max() <= 1:
        raise NotIdentified(
            f"No group of {lowest} has more than one trial, so it can't be told apart "
            "from chance. Leave the level out."
        )
    if np.all((successes == 0) | (successes == trials)):
        raise NotIdentified(
            f"Each group of {lowest} has only successes or only failures, so its "
            "variance grows without end. Leave the level out, or use a wider one."
        )
