"""The one place that knows diff-diff, and pandas with it: see docs/adr/0028.

It is imported when an effect is asked for: the web process never needs it.
"""

import warnings
from typing import Any

import numpy as np

from kaeden.engine.effects.panel import Figures
from kaeden.engine.effects.values import Second
from kaeden.engine.panel import FloatArray

IMPUTATION = "imputation (Borusyak, Jaravel and Spiess)"
LARGEST = 10.0
"""A hidden difference so many times larger is told as at least that."""


def imputed(figures: Figures) -> Second | None:
    """Return the imputation estimate, weighed as the first one; None where there is none."""
    import diff_diff  # noqa: PLC0415  # 2.5 s and 200 MB that no page needs

    rows = _frame(figures)
    is_weighed = figures.weights is not None
    design = diff_diff.SurveyDesign(weights="weight") if is_weighed else None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = diff_diff.ImputationDiD().fit(
                *(rows, "value", "unit", "year", "first"), survey_design=design
            )
    except ValueError:
        return None
    effect, error = float(found.overall_att), float(found.overall_se)
    if not np.isfinite([effect, error]).all():
        return None
    return Second(method=IMPUTATION, effect=effect, standard_error=error)


def _frame(figures: Figures) -> Any:
    """Return the figures as rows; who begins before the first year is left out."""
    import pandas as pd  # noqa: PLC0415  # nothing else here speaks it

    first = np.where(np.isfinite(figures.first), figures.first, 0)
    weights = np.ones(len(first)) if figures.weights is None else figures.weights
    unit, year = np.nonzero(
        np.isfinite(figures.value) & (figures.first > figures.years[0])[:, None]
    )
    return pd.DataFrame(
        {
            "unit": unit,
            "year": np.array(figures.years)[year],
            "value": figures.value[unit, year],
            "first": first[unit].astype(int),
            "weight": weights[unit],
        }
    )


def breakdown(
    at: FloatArray, effect: FloatArray, covariance: FloatArray
) -> float | None:
    """Return Rambachan and Roth's breakdown value of relative magnitudes.

    Parameters
    ----------
    at : (m,) float
        Years since the start, without the one before it, which all are measured from.
    effect : (m,) float
    covariance : (m, m) float

    Returns
    -------
    float or None
        None where fewer than two years before the start are known, or not all in a row.
    """
    import diff_diff  # noqa: PLC0415  # see above

    before, after = at[at < 0], at[at >= 0]
    in_a_row = [*range(-len(before) - 1, -1), *range(len(after))]
    if not before.size or at.tolist() != in_a_row:
        return None
    weigh = np.ones(len(after)) / len(after)
    honest = diff_diff.HonestDiD(method="relative_magnitude", l_vec=weigh)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = honest.breakdown_value(_study(at, effect, covariance))
    return LARGEST if found is None else float(found)


def _study(at: FloatArray, effect: FloatArray, covariance: FloatArray) -> Any:
    """Return an event study as diff-diff holds one."""
    from diff_diff.results import (  # noqa: PLC0415  # see above
        MultiPeriodDiDResults,
        PeriodEffect,
    )

    labels = [int(one) for one in at]
    unused = (0.0, 1.0, (0.0, 0.0))
    errors = np.sqrt(np.diag(covariance))
    return MultiPeriodDiDResults(
        {
            label: PeriodEffect(label, float(mean), float(error), *unused)
            for label, mean, error in zip(labels, effect, errors, strict=True)
        },
        *(0.0, 1.0, *unused, 0, 0, 0),
        pre_periods=[label for label in labels if label < 0],
        post_periods=[label for label in labels if label >= 0],
        vcov=covariance,
        interaction_indices={label: place for place, label in enumerate(labels)},
    )
