"""Fair results: an area model of three levels over one year's published values."""

from dataclasses import dataclass

import numpy as np

from kaeden.engine.panel import FloatArray, Panel
from kaeden.goals.indicators import (
    BinomialVariance,
    KnownVariance,
    SharesVariance,
    UnknownVariance,
    WithinVariance,
)
from kaeden_stats import AreaFit, NotIdentified, fit_area, within_variance_from_shares

Z95 = 1.959963984540054
FEWEST_UNITS = 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fair:
    """The fit of one indicator.

    Attributes
    ----------
    used : (m,) int
        Rows of the panel that the model saw.
    variance : (m,) float
        Sampling variance of each used value, rounding included.
    origin : str
        Where the variance within units comes from: the indicator's kind.
    """

    fit: AreaFit
    used: np.ndarray
    variance: FloatArray
    origin: str
    left_out: dict[str, int]


def fit(panel: Panel, groups: list[str], *, fewest: int = FEWEST_UNITS) -> Fair | None:
    """Fit the latest year, or return None where no sampling variance can be known.

    `groups` names each unit's municipality, and `fewest` how many units it takes. The variance within units is the
    indicator's: known, from published variance shares, that of a share of children,
    or estimated from how the spread between units grows as they get smaller. Where
    that estimate leaves the units nothing to differ by, small units that truly differ
    have been taken for chance: then there is no fair result, only the raw value.
    """
    kind = panel.indicator.within_variance
    value = panel.value[:, -1]
    number, sized = np.isfinite(value), panel.n >= 1
    used = np.flatnonzero(number & sized)
    if kind is None or len(used) < fewest:
        return None
    labels = [groups[row] for row in used]
    y, n = value[used], np.maximum(panel.n[used], 1.0)
    left_out = {
        "no number": int(np.count_nonzero(~number)),
        "number of children not known": int(np.count_nonzero(number & ~sized)),
    }
    try:
        found, variance = _fitted(panel, kind, y, n, labels)
    except NotIdentified:
        return None
    if not found.between_unit_variance and isinstance(kind, UnknownVariance):
        return None
    return Fair(
        fit=found, used=used, variance=variance, origin=kind.kind, left_out=left_out
    )


def _fitted(
    panel: Panel, kind: WithinVariance, y: FloatArray, n: FloatArray, labels: list[str]
) -> tuple[AreaFit, FloatArray]:
    """Return the fit, and the sampling variance of each value."""
    if isinstance(kind, UnknownVariance):
        found = fit_area(y, labels, n=n, within_variance="estimate")
        return found, float(found.within_variance or 0.0) / n
    variance = _variance(kind, y, n, labels) + panel.rounding_variance
    return fit_area(y, labels, sampling_variance=variance), variance


def _variance(
    kind: KnownVariance | SharesVariance | BinomialVariance,
    y: FloatArray,
    n: FloatArray,
    labels: list[str],
) -> FloatArray:
    """Return each value's sampling variance, from the variance within units."""
    if isinstance(kind, KnownVariance):
        return kind.value / n
    if isinstance(kind, SharesVariance):
        within = within_variance_from_shares(
            y, n, labels, unit_share=kind.unit_share, group_share=kind.group_share
        )
        return within / n
    share = float(np.average(y, weights=n)) / 100
    return 100**2 * share * (1 - share) / n
