"""What a model of children's rows says of a scope and its units; not released.

Nothing here is about one child: the least that is told of is a unit, and publication
decides whether so small a unit is told of at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelShare:
    """How much of the differences between children lies at one link of the chain.

    `level` is what the rows call it, outermost first; ``child`` is what is left between
    the children of one lowest group. `low` to `high` is a 95 % interval, where there is
    one. The shares of a model add up to 1, after background.
    """

    level: str
    share: float
    low: float | None
    high: float | None
    groups: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult:
    """What the model says of one unit, in the outcome's unit.

    `raw` is the mean of the unit's `n` children. `fair` is what the unit would be
    expected to have with the background of the average child of all rows, drawn towards
    the others by 1 − `reliability`, with its 95 % interval. `gradient` is what one step
    of background means in this unit, and `spread` the standard deviation between its
    children as they are, before background; both are None where they can't be told.
    """

    level: str
    code: str
    n: int
    raw: float
    fair: float
    low: float
    high: float
    reliability: float
    gradient: float | None = None
    gradient_low: float | None = None
    gradient_high: float | None = None
    spread: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """What one more of a column means, or one of its values beside the usual one.

    `column` is empty for the level that the others are held against, `value` for a
    number. `df` and the 95 % interval hold also where units are few (Kenward–Roger);
    `df` is None where the interval is the normal one.
    """

    column: str
    value: str
    estimate: float
    standard_error: float
    df: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelResult:
    """One recipe's model in one period.

    `indicator` is empty for a worked example, whose units are in no organisation.
    `mean` is the mean of all `rows`; `left_out` counts the incomplete ones by what they
    lacked first. `gradient_of` and `gradient_step` say which column a unit's `gradient`
    is of, and how much of it one step is. `explained_marginal` is the share of all
    variance that background explains, `explained_conditional` with the units as well.
    `is_optimum` and `certificate` say that no other numbers fit the rows better, and
    `singular` names the levels whose variance is 0 or whose slope follows the level.
    """

    recipe: str
    indicator: str
    scope: str
    period: str
    kind: str
    outcome: str
    outcome_unit: str
    method: str
    mean: float
    rows: int
    left_out: Mapping[str, int]
    shares: tuple[LevelShare, ...]
    units: tuple[UnitResult, ...]
    coefficients: tuple[Coefficient, ...]
    gradient_of: str = ""
    gradient_step: float | None = None
    explained_marginal: float | None
    explained_conditional: float | None
    is_optimum: bool
    certificate: float
    singular: tuple[str, ...]
