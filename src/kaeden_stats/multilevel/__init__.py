"""Linear mixed models from one pass over the rows.

The likelihood of a linear mixed model depends on the rows only through sums of products
of its columns within each group. `crossproducts` lets whatever holds the rows make those
sums; `fit_crossproducts` fits from them at a cost that does not grow with the rows; `fit`
does both. Blocks from several places add up to the pooled ones. `fit_binomial` does the
same for outcomes of 0 and 1, from counts of each covariate pattern.
"""

from kaeden_stats.multilevel import plots
from kaeden_stats.multilevel.binomial import BinomialFit, fit_binomial
from kaeden_stats.multilevel.blocks import CrossProducts
from kaeden_stats.multilevel.comparison import Comparison, compare
from kaeden_stats.multilevel.diagnostics import (
    Residuals,
    residuals,
    spread_within,
)
from kaeden_stats.multilevel.explained import (
    ExplainedVariance,
    explained_variance,
    reliability,
)
from kaeden_stats.multilevel.freedom import JointTest, degrees_of_freedom, joint_test
from kaeden_stats.multilevel.intervals import profile_intervals, share_intervals
from kaeden_stats.multilevel.model import fit, fit_crossproducts
from kaeden_stats.multilevel.prediction import predict
from kaeden_stats.multilevel.ranking import differences, ranks
from kaeden_stats.multilevel.result import Fit, ModelWarning, Run
from kaeden_stats.multilevel.robust import robust_standard_errors
from kaeden_stats.multilevel.rows import crossproducts

__all__ = [
    "BinomialFit",
    "Comparison",
    "CrossProducts",
    "ExplainedVariance",
    "Fit",
    "JointTest",
    "ModelWarning",
    "Residuals",
    "Run",
    "compare",
    "crossproducts",
    "degrees_of_freedom",
    "differences",
    "explained_variance",
    "fit",
    "fit_binomial",
    "fit_crossproducts",
    "joint_test",
    "plots",
    "predict",
    "profile_intervals",
    "ranks",
    "reliability",
    "residuals",
    "robust_standard_errors",
    "share_intervals",
    "spread_within",
]
