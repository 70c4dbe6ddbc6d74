"""Whether the rows look as the model says: residuals as sums, never as rows."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

import narwhals as nw
import numpy as np
from scipy.special import ndtri

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel._beside import Rows
from kaeden_stats.multilevel._equations import columns_of
from kaeden_stats.multilevel._expected import PREDICTED, with_expected
from kaeden_stats.multilevel._groups import groups_of
from kaeden_stats.multilevel._readers import lazy
from kaeden_stats.multilevel._table import Table
from kaeden_stats.multilevel.explained import fixed_variance
from kaeden_stats.multilevel.result import RESIDUAL, Fit

NARROW, WIDE = 0.05, 8.0
"""Width of the bins of standardised residuals, and where the last one begins."""
FITTED, FAR = 0.05, 10.0
"""The same of what is expected, in its own standard deviations."""
TENTHS = 10
PROBABILITIES = (
    *(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5),
    *(0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Residuals:
    """How far the rows lie from what the model expects of them, its units' effects too.

    Attributes
    ----------
    rows, left_out : int
        Complete rows, and those without a residual.
    mean, deviation : float
        Of the residuals of a row of weight 1, in the outcome's unit.
    skewness, kurtosis : float
        0 and 3 for normal residuals.
    beyond_three : int
        Rows more than three residual standard deviations away; of a million normal ones
        2,700 are.
    by_fitted : Table
        fitted (the mean of what is expected), n, mean and deviation of the residuals, for
        each tenth of the rows by what is expected of them.
    quantiles : Table
        probability, normal and observed quantile, in residual standard deviations.
    """

    rows: int
    left_out: int
    mean: float
    deviation: float
    skewness: float
    kurtosis: float
    beyond_three: int
    by_fitted: Table
    quantiles: Table


def residuals(fit: Fit, table: Any) -> Residuals:
    r"""Sum up the residuals of rows.

    .. math:: e = y - x'\hat\beta - \sum_l z_l'\hat u_l

    Parameters
    ----------
    fit : Fit
        Nested or crossed.
    table : frame, relation or path
        The rows of the fit, or others with the same columns; see `predict`.

    Returns
    -------
    Residuals

    Raises
    ------
    InvalidInput
        If the table lacks a column that the model uses.
    NotIdentified
        If no row is complete.

    Notes
    -----
    Two queries where the rows are: how many there are, and one sum for each bin of
    residual and expectation. Tenths and quantiles are good to the width of a bin, a
    twentieth of a standard deviation. Effects are drawn towards zero, so residuals within
    a small unit are a little too large and their units' means not quite zero.

    References
    ----------
    .. [1] Snijders & Bosker (2012), *Multilevel Analysis*, 2nd ed., ch. 10.
    """
    rows = lazy(table)
    outcome, weights = fit.blocks.outcome, fit.blocks.weights
    missing = [n for n in (outcome, weights) if n and n not in rows.collect_schema()]
    if missing:
        raise InvalidInput(
            f"The table has no column {', '.join(missing)}, which residuals need."
        )
    whole = rows.select(nw.len().alias("rows")).collect()
    cells = _cells(fit, with_expected(fit, rows))
    n = cells["n"]
    if not n.sum():
        raise NotIdentified("No row is complete, so there are no residuals.")
    sigma = sqrt(fit.residual_variance)
    mean, spread, skewness, kurtosis = _moments(
        np.array([cells[f"z{power}"].sum() for power in range(1, 5)]) / n.sum()
    )
    return Residuals(
        rows=int(n.sum()),
        left_out=int(whole["rows"].to_list()[0]) - int(n.sum()),
        mean=mean * sigma,
        deviation=spread * sigma,
        skewness=skewness,
        kurtosis=kurtosis,
        beyond_three=int(cells["beyond"].sum()),
        by_fitted=_by_fitted(cells, sigma),
        quantiles=_quantiles(cells),
    )


def _cells(fit: Fit, rows: Rows) -> dict[str, FloatArray]:
    """Return sums for each bin of residual and expectation."""
    outcome = nw.col(fit.blocks.outcome).cast(nw.Float64)
    weight = fit.blocks.weights
    root = nw.lit(1.0) if weight is None else nw.col(weight).cast(nw.Float64).sqrt()
    z = (outcome - nw.col(PREDICTED)) * root / sqrt(fit.residual_variance)
    held = rows.select(nw.col(PREDICTED).alias("fitted"), z.alias("z"))
    held = held.filter(~nw.col("z").is_null() & nw.col("z").is_finite())
    middle, scale = _expectations(fit)
    spread = ((nw.col("fitted") - middle) / scale).clip(-FAR, FAR)
    near = nw.col("z").clip(-WIDE, WIDE)
    away = nw.when(nw.col("z").abs() > 3).then(nw.lit(1)).otherwise(nw.lit(0))
    found = (
        held.with_columns(
            (spread / FITTED).floor().alias("fitted_bin"),
            (near / NARROW).floor().alias("z_bin"),
            away.alias("away"),
        )
        .group_by("fitted_bin", "z_bin")
        .agg(
            nw.len().alias("n"),
            nw.col("away").sum().alias("beyond"),
            nw.col("fitted").sum().alias("fitted"),
            *((nw.col("z") ** power).sum().alias(f"z{power}") for power in range(1, 5)),
        )
        .collect()
    )
    return {name: found[name].to_numpy().astype(float) for name in found.columns}


def _expectations(fit: Fit) -> tuple[float, float]:
    """Return the mean and standard deviation of what the model expects of its rows."""
    random = fit.residual_variance * (1 / fit.variance_shares[RESIDUAL] - 1)
    scale = sqrt(fixed_variance(fit) + random)
    data = columns_of(fit)
    return float(data.centre[-1]), scale or 1.0


def _moments(means: FloatArray) -> tuple[float, float, float, float]:
    """Return mean, deviation, skewness and kurtosis from the means of the powers."""
    one, two, three, four = (float(mean) for mean in means)
    variance = two - one**2
    third = three - 3 * one * two + 2 * one**3
    fourth = four - 4 * one * three + 6 * one**2 * two - 3 * one**4
    return one, sqrt(variance), third / variance**1.5, fourth / variance**2


def _by_fitted(cells: dict[str, FloatArray], sigma: float) -> Table:
    """Return the residuals for each tenth of the rows by what is expected of them."""
    bins, place = np.unique(cells["fitted_bin"], return_inverse=True)
    n = np.bincount(place, cells["n"], len(bins))
    before = (np.cumsum(n) - n / 2) / n.sum()
    tenth = np.minimum((before * TENTHS).astype(int), TENTHS - 1)[place]
    sums = {
        name: np.bincount(tenth, cells[name], TENTHS)
        for name in ("n", "fitted", "z1", "z2")
    }
    there = sums["n"] > 0
    rows = sums["n"][there]
    mean, square = sums["z1"][there] / rows, sums["z2"][there] / rows
    return Table(
        {
            "fitted": sums["fitted"][there] / rows,
            "n": rows.astype(int),
            "mean": mean * sigma,
            "deviation": np.sqrt(np.maximum(square - mean**2, 0.0)) * sigma,
        }
    )


def _quantiles(cells: dict[str, FloatArray]) -> Table:
    """Return the quantiles of the residuals beside the normal ones."""
    first = cells["z_bin"].min()
    n = np.bincount((cells["z_bin"] - first).astype(int), cells["n"])
    ends = (first + np.arange(len(n) + 1)) * NARROW
    below = np.concatenate([[0.0], np.cumsum(n) / n.sum()])
    return Table(
        {
            "probability": np.array(PROBABILITIES),
            "normal": ndtri(PROBABILITIES),
            "observed": np.interp(PROBABILITIES, below, ends),
        }
    )


def spread_within(fit: Fit, level: str) -> Table:
    r"""Give how far rows of one unit lie from each other; no pass over the rows.

    Parameters
    ----------
    fit : Fit
        Nested or crossed.
    level : str
        One of its grouping columns.

    Returns
    -------
    Table
        unit and the levels it lies in, n, deviation (standard deviation of the outcome
        within the unit, n - 1 in the denominator) and residual_deviation (that of what
        the fixed effects do not explain), in the outcome's unit; NaN for a unit of one
        row.

    Raises
    ------
    InvalidInput
        If the model has no such level.

    Notes
    -----
    With weights, deviations are those of rows of weight 1. The model has one residual
    variance for all units: units whose deviation is far from it are not described by it.
    O(groups).

    References
    ----------
    .. [1] Raudenbush & Bryk (1987), *Journal of Educational Statistics* 12:241.
    """
    groups, data = groups_of(fit.blocks, level), columns_of(fit)
    outcome = np.zeros(len(data.columns))
    outcome[-1] = 1.0
    residual = outcome.copy()
    residual[list(data.kept)] = -fit._optimum.profile.beta
    labels = dict(groups.labels)
    return Table(
        {
            "unit": labels.pop(level),
            **labels,
            "n": groups.rows.astype(int),
            "deviation": _within(data.products, groups.code, outcome, groups.rows)
            * data.size[-1],
            "residual_deviation": _within(
                data.products, groups.code, residual, groups.rows
            )
            * data.size[-1],
        }
    )


def _within(
    products: FloatArray, code: np.ndarray, direction: FloatArray, rows: FloatArray
) -> FloatArray:
    """Return the standard deviation of one combination of columns in each group."""
    sums = np.column_stack(
        [
            products[:, 0, 0],
            products[:, 0] @ direction,
            products @ direction @ direction,
        ]
    )
    weight, first, second = (np.bincount(code, one, len(rows)) for one in sums.T)
    with np.errstate(invalid="ignore", divide="ignore"):
        around = np.maximum(second - first**2 / weight, 0.0) / (rows - 1)
    return np.asarray(np.sqrt(np.where(rows > 1, around, np.nan)))
