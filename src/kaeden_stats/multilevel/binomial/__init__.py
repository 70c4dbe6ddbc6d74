"""Logistic models with random effects, from counts of each covariate pattern by group."""

from kaeden_stats.multilevel.binomial.model import fit_binomial
from kaeden_stats.multilevel.binomial.result import BinomialFit, BinomialRun

__all__ = ["BinomialFit", "BinomialRun", "fit_binomial"]
