"""A fitted linear mixed model, and how it got there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kaeden_stats._checks import FloatArray
from kaeden_stats.multilevel._optimum import Optimum
from kaeden_stats.multilevel._scaled import Scaled
from kaeden_stats.multilevel._table import Table
from kaeden_stats.multilevel._units import effects_table
from kaeden_stats.multilevel.blocks import CrossProducts

RESIDUAL = "residual"


class ModelWarning(UserWarning):
    """Something about a fit that its reader must know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a fit got there; it is published with the numbers.

    Attributes
    ----------
    certificate : float
        Largest violation of the first-order conditions, 0 at an exact optimum.
    is_optimum : bool
        Whether the certificate passed.
    singular : tuple of str
        Levels whose covariance lies on the edge: a variance of zero, or a correlation
        of one.
    """

    method: str
    rows: int
    groups: Mapping[str, int]
    left_out: Mapping[str, int]
    dropped: tuple[str, ...]
    source: str
    certificate: float
    is_optimum: bool
    singular: tuple[str, ...]
    evaluations: int
    restarts: int
    seconds: float
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """A fitted linear mixed model.

    Attributes
    ----------
    coefficients : Table
        term, estimate, standard_error; the fixed effects, in the outcome's unit for
        each unit of the term.
    coefficient_covariance : (p, p) float
        Covariance matrix of the estimates.
    variances : mapping of str to (q, q) float
        Covariance matrix of each level's random effects, in the outcome's unit.
    effect_terms : mapping of str to tuple of str
        What the rows and columns of those matrices stand for.
    residual_variance : float
        Variance between rows of one lowest group (σ²).
    log_likelihood : float
        Restricted log-likelihood under REML, else the log-likelihood; comparable with
        lme4's ``logLik``.
    variance_shares : mapping of str to float
        Each level's share of the variance of a row around the fixed effects, averaged
        over the rows, ``"residual"`` last; they add up to 1.
    """

    coefficients: Table
    coefficient_covariance: FloatArray
    variances: Mapping[str, FloatArray]
    effect_terms: Mapping[str, tuple[str, ...]]
    residual_variance: float
    log_likelihood: float
    variance_shares: Mapping[str, float]
    reml: bool
    run: Run
    blocks: CrossProducts = field(repr=False)
    _scaled: Scaled = field(repr=False)
    _optimum: Optimum = field(repr=False)

    @property
    def levels(self) -> tuple[str, ...]:
        """The grouping columns: nested levels, outermost first, then crossed factors."""
        return self.blocks.groups

    def effects(self, level: str) -> Table:
        """Return the effects of a level's units.

        Parameters
        ----------
        level : str
            One of the grouping columns.

        Returns
        -------
        Table
            unit, the outer levels it lies in, term, effect and standard_error in the
            outcome's unit, reliability (share of the raw distance kept, 0 to 1) and n
            (rows of the unit); one row for each unit and random term.

        Raises
        ------
        InvalidInput
            If the model has no such level.
        """
        return effects_table(
            self.blocks, self._scaled, self._optimum, self.variances, level
        )
