"""Rows of children and a recipe into models: what lies where, and what is fair.

Each number of the background is taken as its distance from the average child, so that
the effect of a unit is about that child. A model that finds no optimum, or has too few
units or rows, gives no result, and the notes of the run say why.
"""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from kaeden.data.contract_parts import CHILD, PERIOD
from kaeden.data.lake import rows
from kaeden.data.lake.rows import Averages, UnitMean, Wanted
from kaeden.engine.fair import Z95
from kaeden.engine.model_recipes import ModelRecipe
from kaeden.engine.model_results import (
    Coefficient,
    LevelShare,
    ModelResult,
    UnitResult,
)
from kaeden.engine.row_changes import Changes, changes
from kaeden.goals.indicators import catalogue
from kaeden.shared.errors import NotFound
from kaeden.shared.periods import Period
from kaeden_stats import InvalidInput, NotIdentified, multilevel
from kaeden_stats.multilevel import BinomialFit, Fit

RESIDUAL = "residual"
AnyFit: TypeAlias = Fit | BinomialFit
Note: TypeAlias = dict[str, Any]
Told: TypeAlias = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Modelled:
    """What the recipe of an `indicator`, or of nothing known, made of a scope's rows.

    `means` holds, by period, each unit's children with an outcome, to be multiplied by
    `scale`; `notes` what the run tells of each fit, also of one that gave no result, and
    `changes` each unit's change up to the newest period.
    """

    indicator: str = ""
    models: tuple[ModelResult, ...] = ()
    means: Mapping[str, tuple[UnitMean, ...]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    changes: Changes = field(default_factory=Changes)
    scale: float = 1.0


def compute(recipe: ModelRecipe, scope: str, told: Told) -> Modelled:
    """Read a recipe's models out of a scope's rows; nothing where there are none."""
    try:
        with rows.opened(recipe.source_in(scope)) as connection:
            periods = rows.periods(connection)
            means = {
                period: rows.unit_means(connection, _wanted(recipe, (period,)))
                for period in periods
            }
            made = [
                _model(recipe, scope, some, connection)
                for some in _windows(recipe, periods, told)
            ]
            moved = changes(recipe, periods, connection)
    except NotFound:
        return Modelled()
    return Modelled(
        indicator=recipe.indicator or "",
        models=tuple(model for model, _note in made if model),
        means={period: found for period, found in means.items() if found},
        notes=tuple(note for _model, note in made),
        changes=moved,
        scale=scale_of(recipe),
    )


def _windows(
    recipe: ModelRecipe, periods: Sequence[str], told: Told
) -> Iterator[tuple[str, ...]]:
    """Give the periods that are read together, the newest of each window last."""
    ordered = sorted(periods, key=Period.parse)
    for last in range(min(recipe.years, len(ordered)), len(ordered) + 1):
        some = tuple(ordered[max(last - recipe.years, 0) : last])
        told(f"  {recipe.title}: {some[-1]}")
        yield some


def _wanted(recipe: ModelRecipe, periods: tuple[str, ...]) -> Wanted:
    columns = recipe.columns
    words = tuple(name for name in recipe.fixed if columns[name].values)
    return Wanted(
        outcome=recipe.outcome,
        numbers=tuple(name for name in recipe.fixed if not columns[name].values),
        words=(*words, PERIOD) if len(periods) > 1 else words,
        unit_means=recipe.unit_means,
        levels=recipe.levels,
        weight=recipe.weights,
        periods=periods,
        population=recipe.population,
    )


def _model(
    recipe: ModelRecipe, scope: str, periods: tuple[str, ...], connection: Any
) -> tuple[ModelResult | None, Note]:
    """Return the model of some periods, and its note; no model if it can't stand."""
    wanted = _wanted(recipe, periods)
    about = rows.averages(connection, wanted)
    note: Note = {"recipe": recipe.id, "period": periods[-1], "rows": about.rows}
    if len(about.units) < recipe.minimum.units:
        return None, note | {"no_result": "too few units", "units": len(about.units)}
    if about.rows < recipe.minimum.rows:
        return None, note | {"no_result": "too few rows"}
    try:
        made = _fitted(recipe, wanted, rows.centred(connection, wanted, about.numbers))
    except (InvalidInput, NotIdentified) as refused:
        return None, note | {"no_result": str(refused)}
    note |= _noted(made)
    if not made.run.is_optimum:
        return None, note | {"no_result": "no optimum was found"}
    return _result(recipe, scope, periods, made, about), note


def _fitted(recipe: ModelRecipe, wanted: Wanted, relation: Any) -> AnyFit:
    said: dict[str, Any] = {
        "outcome": recipe.outcome,
        "fixed": [
            *wanted.numbers,
            *map(rows.of_unit, wanted.unit_means),
            *(f"C({name})" for name in wanted.words),
        ],
        "levels": list(recipe.levels),
        "slopes": {level: list(names) for level, names in recipe.slopes.items()},
        "uncorrelated": list(recipe.uncorrelated),
    }
    with warnings.catch_warnings():
        # They stand in the run, which is published.
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        if recipe.kind == "binomial":
            return multilevel.fit_binomial(relation, **said)
        return multilevel.fit(relation, **said, weights=recipe.weights)


def _noted(made: AnyFit) -> Note:
    run = made.run
    return {
        "method": run.method,
        "rows": run.rows,
        "groups": dict(run.groups),
        "left_out": dict(run.left_out),
        "converged": run.is_optimum,
        "certificate": run.certificate,
        "singular": list(run.singular),
        "evaluations": run.evaluations,
        "seconds": round(run.seconds, 3),
        "warnings": list(run.warnings),
    }


# From the fit to what is told ---------------------------------------------------------


def _result(
    recipe: ModelRecipe,
    scope: str,
    periods: tuple[str, ...],
    made: AnyFit,
    about: Averages,
) -> ModelResult:
    indicator = catalogue().get(recipe.indicator or "")
    gradient, scale = recipe.gradient, scale_of(recipe)
    coefficients = tuple(_coefficients(made))
    return ModelResult(
        recipe=recipe.id,
        indicator=recipe.indicator or "",
        scope=scope,
        period=periods[-1],
        kind=recipe.kind,
        outcome=recipe.outcome,
        outcome_unit=indicator.unit.value if indicator else "points",
        method=made.run.method,
        mean=scale * about.mean,
        rows=made.run.rows,
        left_out=dict(made.run.left_out),
        shares=_shares(recipe, made),
        units=_units(recipe, made, about, coefficients),
        coefficients=coefficients,
        gradient_of=gradient.of if gradient else "",
        gradient_step=gradient.step if gradient else None,
        **_explained(made),
        is_optimum=made.run.is_optimum,
        certificate=made.run.certificate,
        singular=made.run.singular,
    )


def scale_of(recipe: ModelRecipe) -> float:
    """Return what a mean of rows is multiplied by: a share is told in per cent."""
    return 100.0 if recipe.kind == "binomial" else 1.0


def _shares(recipe: ModelRecipe, made: AnyFit) -> tuple[LevelShare, ...]:
    groups = {**made.run.groups, CHILD: made.run.rows}
    shares = {**made.variance_shares, CHILD: made.variance_shares[RESIDUAL]}
    ends = _ends_of_shares(made)
    return tuple(
        LevelShare(
            level=level,
            share=shares[level],
            **ends.get(level, {"low": None, "high": None}),
            groups=groups[level],
        )
        for level in (*recipe.levels, CHILD)
    )


def _ends_of_shares(made: AnyFit) -> dict[str, dict[str, float]]:
    """Return the profile interval of each level's share; a logistic fit has none."""
    if isinstance(made, BinomialFit):
        return {}
    return {
        CHILD if row["level"] == RESIDUAL else row["level"]: {
            "low": row["low"],
            "high": row["high"],
        }
        for row in multilevel.share_intervals(made).rows()
    }


def _explained(made: AnyFit) -> dict[str, float | None]:
    """Return marginal and conditional R²; of a logistic fit, nothing is told."""
    if isinstance(made, BinomialFit):
        return {"explained_marginal": None, "explained_conditional": None}
    found = multilevel.explained_variance(made)
    return {
        "explained_marginal": found.marginal,
        "explained_conditional": found.conditional,
    }


def _coefficients(made: AnyFit) -> Iterator[Coefficient]:
    for row in _with_freedom(made).rows():
        column, value = _parts(row["term"])
        half = Z95 * row["standard_error"]
        yield Coefficient(
            column=column,
            value=value,
            estimate=row["estimate"],
            standard_error=row["standard_error"],
            df=row.get("df"),
            low=row.get("low", row["estimate"] - half),
            high=row.get("high", row["estimate"] + half),
        )


def _with_freedom(made: AnyFit) -> Any:
    """Return the coefficients, with degrees of freedom where they can be told."""
    if isinstance(made, BinomialFit):
        return made.coefficients
    try:
        return multilevel.degrees_of_freedom(made)
    except (InvalidInput, NotIdentified):
        return made.coefficients


def _parts(term: str) -> tuple[str, str]:
    """Return the column and the value of a term: ``C(gender)[girl]`` is of both."""
    if term == "1":
        return "", ""
    name, _bracket, value = term.removesuffix("]").partition(")[")
    return name.removeprefix("C("), value


# Units --------------------------------------------------------------------------------


def _units(
    recipe: ModelRecipe,
    made: AnyFit,
    about: Averages,
    coefficients: Sequence[Coefficient],
) -> tuple[UnitResult, ...]:
    """Return what the model says of each unit of the outermost level."""
    level, scale = recipe.levels[0], scale_of(recipe)
    found = {(row["unit"], row["term"]): row for row in made.effects(level).rows()}
    middle = _average_child(made, about, coefficients)
    sloping = _average_slope(recipe, coefficients)
    return tuple(
        UnitResult(
            level=level,
            code=unit.code,
            n=unit.rows,
            raw=scale * unit.mean,
            **_fair(recipe, found[unit.code, "1"], middle),
            **_gradient(recipe, found, unit.code, sloping),
            spread=_spread(recipe, unit),
        )
        for unit in about.units
        if (unit.code, "1") in found
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Middle:
    """What is expected at the average unit, its variance, and half a standard interval.

    `wide` is how many standard errors an interval is to either side: Student's t on the
    degrees of freedom that so few units leave.
    """

    estimate: float
    variance: float
    wide: float

    def at(self, row: Mapping[str, Any]) -> tuple[float, float, float]:
        """Return a unit's value with its interval.

        The unit's effect keeps a part r of its own distance and takes the rest from the
        middle, so it has (1 − r)² of the middle's uncertainty.
        """
        kept = row["reliability"]
        variance = row["standard_error"] ** 2 + (1 - kept) ** 2 * self.variance
        middle, half = self.estimate + row["effect"], self.wide * variance**0.5
        return float(middle), float(middle - half), float(middle + half)


def _average_child(
    made: AnyFit, about: Averages, coefficients: Sequence[Coefficient]
) -> Middle:
    """Return what is expected of the average child at the average unit.

    Numbers are distances from the average child, so only words are left to add.
    """
    held = np.array([_held_by(one, about) for one in coefficients])
    return Middle(
        estimate=float(held @ made.coefficients["estimate"]),
        variance=float(held @ made.coefficient_covariance @ held),
        wide=_wide(coefficients[0]),
    )


def _held_by(one: Coefficient, about: Averages) -> float:
    if not one.column:
        return 1.0
    return about.shares[one.column][one.value] if one.value else 0.0


def _average_slope(
    recipe: ModelRecipe, coefficients: Sequence[Coefficient]
) -> Middle | None:
    if recipe.gradient is None:
        return None
    (one,) = (c for c in coefficients if c.column == recipe.gradient.of)
    return Middle(
        estimate=one.estimate, variance=one.standard_error**2, wide=_wide(one)
    )


def _wide(one: Coefficient) -> float:
    return (one.high - one.estimate) / one.standard_error


def _fair(
    recipe: ModelRecipe, row: Mapping[str, Any], middle: Middle
) -> dict[str, float]:
    """Return a unit's fair value with its interval, of shares in per cent."""
    fair, low, high = (
        scale_of(recipe) / (1 + float(np.exp(-one)))
        if recipe.kind == "binomial"
        else one
        for one in middle.at(row)
    )
    return {"fair": fair, "low": low, "high": high, "reliability": row["reliability"]}


def _gradient(
    recipe: ModelRecipe,
    found: Mapping[tuple[str, str], Mapping[str, Any]],
    code: str,
    middle: Middle | None,
) -> dict[str, float]:
    """Return what one step of background means in a unit, drawn towards the others."""
    if recipe.gradient is None or middle is None:
        return {}
    told = middle.at(found[code, recipe.gradient.of])
    gradient, low, high = (recipe.gradient.step * one for one in told)
    return {"gradient": gradient, "gradient_low": low, "gradient_high": high}


def _spread(recipe: ModelRecipe, unit: UnitMean) -> float | None:
    """Return how far a unit's children lie apart; a share says that itself."""
    tells = recipe.kind == "linear" and unit.rows >= recipe.minimum.spread
    return unit.spread if tells else None
