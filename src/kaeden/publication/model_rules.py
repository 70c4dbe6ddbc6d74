"""What may be shown of a model of children's rows. Pure; no database.

A unit with fewer children than the limit is hidden whole; classes are told of only as a
level, never one by one. Of a unit with few children neither the spread nor the gradient
leaves: with the mean they would give single children away. The shares of the levels make
up a whole, so where one rests on too few units, none is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kaeden.engine.model_results import (
    Coefficient,
    LevelShare,
    ModelResult,
    UnitResult,
)
from kaeden.publication.rules import (
    EXTRA_DECIMALS,
    MINIMUM_GROUP,
    Limits,
    is_hidden,
    reliability_class,
    rounded_down,
    rounded_nearest,
    rounded_up,
)
from kaeden.shared.status import ValueStatus

UNITS_TOLD_OF = frozenset({"institution"})
"""The levels whose units are named; no other leaves, whatever a model holds."""
CHILD = "child"
"""The level of the rows themselves."""
FEWEST_UNITS = 5
"""With fewer units at a level, its share of the differences is not told."""
FEWEST_FOR_A_SPREAD = 20
"""A spread or a gradient of fewer children could be turned back into their answers."""
FEWEST_FOR_A_DECIMAL = 100
"""A raw mean of so many may show one decimal more: no single child moves it by it."""
TOO_FEW_UNITS = "too_few_units"
EXAMPLE_LIMITS = Limits(minimum_group=MINIMUM_GROUP, decimals=0)
"""Of a worked example, which has no indicator: whole points."""
LOTS_OF = 10
"""Counts of children leave in tens, so that no difference of two tells of a few."""
DECIMALS_OF_A_SHARE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedShare:
    """How much of the differences lies at one level, as it may be shown."""

    level: str
    share: float
    low: float | None
    high: float | None
    groups: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedCoefficient:
    """What a column means in the model, as it may be shown."""

    column: str
    value: str
    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFacts:
    """What a model says as a whole; `engine.model_results.ModelResult` says what each is.

    `why_no_shares` is empty, or why there are none. Counts of children are in tens.
    """

    recipe: str
    indicator: str
    period: str
    kind: str
    outcome: str
    outcome_unit: str
    method: str
    mean: float
    rows: int
    left_out: Mapping[str, int]
    shares: tuple[ReleasedShare, ...]
    why_no_shares: str
    coefficients: tuple[ReleasedCoefficient, ...]
    gradient_of: str
    gradient_step: float | None
    explained_marginal: float | None
    explained_conditional: float | None
    is_optimum: bool
    certificate: float
    singular: tuple[str, ...]


def protect_model(found: ModelResult, limits: Limits) -> ModelFacts:
    """Return what may be said of a model as a whole."""
    few = any(one.groups < FEWEST_UNITS for one in found.shares)
    finer = limits.decimals + EXTRA_DECIMALS
    return ModelFacts(
        recipe=found.recipe,
        indicator=found.indicator,
        period=found.period,
        kind=found.kind,
        outcome=found.outcome,
        outcome_unit=found.outcome_unit,
        method=found.method,
        mean=round(found.mean, finer) + 0.0,
        rows=in_lots(found.rows),
        left_out={name: in_lots(count) for name, count in found.left_out.items()},
        shares=() if few else tuple(_share(one) for one in found.shares),
        why_no_shares=TOO_FEW_UNITS if few else "",
        coefficients=tuple(_coefficient(one, finer) for one in found.coefficients),
        gradient_of=found.gradient_of,
        gradient_step=found.gradient_step,
        explained_marginal=rounded_nearest(found.explained_marginal, 2),
        explained_conditional=rounded_nearest(found.explained_conditional, 2),
        is_optimum=found.is_optimum,
        certificate=found.certificate,
        singular=found.singular,
    )


def protect_unit(found: UnitResult, limits: Limits) -> dict[str, Any]:
    """Return a unit's fields as they may leave: hidden whole, or rounded.

    Ends of intervals are rounded outwards, so that rounding never claims more.
    """
    if is_hidden(found.n, limits):
        blank = dict.fromkeys(UNIT_NUMBERS)
        return blank | {"status": ValueStatus.HIDDEN.value, "reliability": ""}
    finer = limits.decimals + EXTRA_DECIMALS
    steep = found.gradient if found.n >= FEWEST_FOR_A_SPREAD else None
    spread = found.spread if found.n >= FEWEST_FOR_A_SPREAD else None
    many = found.n >= FEWEST_FOR_A_DECIMAL
    return {
        "status": ValueStatus.VALUE.value,
        "n": found.n,
        "raw": rounded_nearest(found.raw, finer if many else limits.decimals),
        "fair": rounded_nearest(found.fair, finer),
        "low": rounded_down(found.low, finer),
        "high": rounded_up(found.high, finer),
        "reliability": reliability_class(found.reliability),
        "gradient": rounded_nearest(steep, finer),
        "gradient_low": _unless(steep, rounded_down(found.gradient_low, finer)),
        "gradient_high": _unless(steep, rounded_up(found.gradient_high, finer)),
        "spread": rounded_nearest(spread, finer),
    }


UNIT_NUMBERS = (
    *("n", "raw", "fair", "low", "high", "gradient", "gradient_low", "gradient_high"),
    "spread",
)


def in_lots(count: int) -> int:
    """Return a count of children in lots of ten; a few are one lot.

    >>> in_lots(0), in_lots(3), in_lots(2338)
    (0, 10, 2340)
    """
    return max(round(count / LOTS_OF), 1) * LOTS_OF if count else 0


def _unless(known: float | None, number: float | None) -> float | None:
    return None if known is None else number


def _share(one: LevelShare) -> ReleasedShare:
    return ReleasedShare(
        level=one.level,
        share=round(one.share, DECIMALS_OF_A_SHARE) + 0.0,
        low=rounded_down(one.low, DECIMALS_OF_A_SHARE),
        high=rounded_up(one.high, DECIMALS_OF_A_SHARE),
        groups=in_lots(one.groups) if one.level == CHILD else one.groups,
    )


def _coefficient(one: Coefficient, decimals: int) -> ReleasedCoefficient:
    return ReleasedCoefficient(
        column=one.column,
        value=one.value,
        estimate=round(one.estimate, decimals) + 0.0,
        low=rounded_down(one.low, decimals) or 0.0,
        high=rounded_up(one.high, decimals) or 0.0,
    )
