"""A fitted logistic model with random effects, and how it got there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from kaeden_stats._checks import FloatArray, IntArray
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._table import Table
from kaeden_stats.multilevel._units import unit_table
from kaeden_stats.multilevel.binomial._arranged import Arranged
from kaeden_stats.multilevel.binomial._counts import Census
from kaeden_stats.multilevel.binomial._search import Optimum
from kaeden_stats.multilevel.binomial._tree import covariances
from kaeden_stats.multilevel.result import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class BinomialRun(Run):
    """How a logistic fit got there.

    Attributes
    ----------
    trials : int
        How many trials there are; the rows, where each is one.
    patterns : int
        Covariate patterns by lowest group that the rows were compressed to.
    distinct : int
        Covariate patterns, whatever their group.
    readings : int
        How often the rows were read; 0 where they were counted, else neither patterns
        nor distinct are fewer than the rows.
    """

    trials: int
    patterns: int
    distinct: int
    readings: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BinomialFit:
    """A fitted logistic model with random effects.

    Attributes
    ----------
    coefficients : Table
        term, estimate, standard_error, z and p (two-sided, normal); in logits for each
        unit of the term.
    coefficient_covariance : (p, p) float
        Covariance matrix of the estimates, from the curvature of the deviance over
        coefficients and covariances together.
    variances : mapping of str to (q, q) float
        Covariance matrix of each level's random effects, in squared logits.
    effect_terms : mapping of str to tuple of str
        What the rows and columns of those matrices stand for.
    log_likelihood : float
        With the binomial coefficients of the rows; comparable with lme4's ``logLik``,
        except that with several quadrature points lme4 has another constant for rows
        of several trials.
    variance_shares : mapping of str to float
        Each level's share of the variance of the latent variable around the fixed
        effects, averaged over the trials; ``"residual"`` is the logistic distribution's
        own π²/3. They add up to 1, and are no shares of the variance of 0 and 1.
    quadrature_points : int
        1 is the Laplace approximation.
    """

    coefficients: Table
    coefficient_covariance: FloatArray
    variances: Mapping[str, FloatArray]
    effect_terms: Mapping[str, tuple[str, ...]]
    log_likelihood: float
    variance_shares: Mapping[str, float]
    quadrature_points: int
    run: BinomialRun
    _census: Census = field(repr=False)
    _arranged: Arranged = field(repr=False)
    _optimum: Optimum = field(repr=False)

    @property
    def levels(self) -> tuple[str, ...]:
        """The grouping columns, outermost first."""
        return self._census.levels

    def effects(self, level: str) -> Table:
        """Return the effects of a level's units.

        Parameters
        ----------
        level : str
            One of the grouping columns.

        Returns
        -------
        Table
            unit, the outer levels it lies in, term, effect (conditional mode) and
            standard_error in logits, reliability (share of the prior variance that the
            data have removed, 0 to 1) and n (trials of the unit); one row for each unit
            and random term.

        Raises
        ------
        InvalidInput
            If the model has no such level.

        Notes
        -----
        Coefficients and variances are taken as known, as in lme4's ``condVar``.
        """
        if level not in self.levels:
            raise InvalidInput(
                f"There is no level {level!r}. There are {', '.join(self.levels)}."
            )
        depth = self.levels.index(level)
        place = len(self.levels) - 1 - depth
        back = self._arranged.effect_back[place]
        mode, factors = self._optimum.deviance.mode, self._optimum.factors
        known = list(covariances(mode.done, factors))[place]
        return unit_table(
            _names(self._census, depth),
            self.effect_terms[level],
            effect=mode.standard[place] @ (back @ factors[place]).T,
            covariance=back @ known @ back.T,
            prior=self.variances[level],
            n=_trials(self._census, depth),
        )


def _names(census: Census, depth: int) -> dict[str, FloatArray]:
    """Return the labels of the groups around a level's, outermost first, and its own."""
    at = np.arange(len(census.groups[depth].labels))
    found = []
    for level in range(depth, -1, -1):
        found.append((census.levels[level], census.groups[level].labels[at]))
        at = census.groups[level].parent[at]
    return dict(reversed(found))


def _trials(census: Census, depth: int) -> IntArray:
    """Return how many trials each group of a level has."""
    found = census.trials
    for groups in reversed(census.groups[depth + 1 :]):
        found = np.bincount(groups.parent, weights=found).astype(float)
    return found.astype(np.intp)
