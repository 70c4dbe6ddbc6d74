"""Statistics without a product and without a country: arrays in, results out."""

from kaeden_stats.agreement import (
    SLIGHTLY_SKEWED,
    IntraclassCorrelation,
    NullDistribution,
    WithinGroupAgreement,
    intraclass_correlation,
    within_group_agreement,
)
from kaeden_stats.area import AreaFit, Convergence, fit_area
from kaeden_stats.errors import InvalidInput, NotIdentified, StatisticsError
from kaeden_stats.funnel import Funnel, overdispersed_funnel
from kaeden_stats.intervals import MeanInterval, mean_with_interval
from kaeden_stats.multiplicity import Discoveries, false_discovery
from kaeden_stats.neighbours import (
    Neighbours,
    PeerMeans,
    nearest_neighbours,
    peer_means,
)
from kaeden_stats.synthesis import (
    Forecast,
    Synthesis,
    between_interval,
    random_effects,
)
from kaeden_stats.trend import (
    PooledNoise,
    Trend,
    Trends,
    leave_one_out_trend,
    pooled_noise,
    trends,
)
from kaeden_stats.within import within_variance_from_shares

__all__ = [
    "SLIGHTLY_SKEWED",
    "AreaFit",
    "Convergence",
    "Discoveries",
    "Forecast",
    "Funnel",
    "IntraclassCorrelation",
    "InvalidInput",
    "MeanInterval",
    "Neighbours",
    "NotIdentified",
    "NullDistribution",
    "PeerMeans",
    "PooledNoise",
    "StatisticsError",
    "Synthesis",
    "Trend",
    "Trends",
    "WithinGroupAgreement",
    "between_interval",
    "false_discovery",
    "fit_area",
    "intraclass_correlation",
    "leave_one_out_trend",
    "mean_with_interval",
    "nearest_neighbours",
    "overdispersed_funnel",
    "peer_means",
    "pooled_noise",
    "random_effects",
    "trends",
    "within_group_agreement",
    "within_variance_from_shares",
]
