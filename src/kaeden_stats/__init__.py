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
from kaeden_stats.gaps import (
    Gap,
    gap_between_means,
    gap_between_shares,
    gap_in_clusters,
)
from kaeden_stats.gaps_together import (
    Apart,
    DesignEffect,
    PooledGap,
    design_effect,
    gaps_apart,
    pooled_gap,
)
from kaeden_stats.intervals import (
    MeanInterval,
    ShareInterval,
    mean_with_interval,
    share_with_interval,
)
from kaeden_stats.multiplicity import Discoveries, false_discovery
from kaeden_stats.neighbours import (
    Neighbours,
    PeerMeans,
    nearest_neighbours,
    peer_means,
)
from kaeden_stats.slope_index import (
    SlopeIndex,
    slope_index,
    slope_index_in_clusters,
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
    "Apart",
    "AreaFit",
    "Convergence",
    "DesignEffect",
    "Discoveries",
    "Forecast",
    "Funnel",
    "Gap",
    "IntraclassCorrelation",
    "InvalidInput",
    "MeanInterval",
    "Neighbours",
    "NotIdentified",
    "NullDistribution",
    "PeerMeans",
    "PooledGap",
    "PooledNoise",
    "ShareInterval",
    "SlopeIndex",
    "StatisticsError",
    "Synthesis",
    "Trend",
    "Trends",
    "WithinGroupAgreement",
    "between_interval",
    "design_effect",
    "false_discovery",
    "fit_area",
    "gap_between_means",
    "gap_between_shares",
    "gap_in_clusters",
    "gaps_apart",
    "intraclass_correlation",
    "leave_one_out_trend",
    "mean_with_interval",
    "nearest_neighbours",
    "overdispersed_funnel",
    "peer_means",
    "pooled_gap",
    "pooled_noise",
    "random_effects",
    "share_with_interval",
    "slope_index",
    "slope_index_in_clusters",
    "trends",
    "within_group_agreement",
    "within_variance_from_shares",
]
