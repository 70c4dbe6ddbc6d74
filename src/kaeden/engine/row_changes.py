"""How each unit's children have changed from year to year, beyond what all share.

A random slope of the year on the unit, in the model of its children's rows: a unit with
few children borrows strength from the others. What a year does to all units alike is
taken into account by itself, and so is what it does to one unit in one year.
"""

import math
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kaeden.data.contract_parts import INSTITUTION, PERIOD
from kaeden.data.lake import rows
from kaeden.data.lake.rows import YEAR, Averages, Wanted
from kaeden.engine.fair import Z95
from kaeden.engine.model_recipes import ModelRecipe
from kaeden.shared.periods import Period
from kaeden_stats import InvalidInput, NotIdentified, multilevel
from kaeden_stats.multilevel import Fit

FEWEST_YEARS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChange:
    """A unit's change a year beyond that of all, drawn towards theirs, over `years`.

    `direction` is 0 where chance explains it, or where the unit itself has not gone the
    way that it differs from the others.
    """

    slope: float
    standard_error: float
    p_value: float
    direction: int
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The changes of units by code, and what the run tells of how they were found."""

    units: Mapping[str, UnitChange] = field(default_factory=dict)
    note: Mapping[str, Any] = field(default_factory=dict)


def changes(recipe: ModelRecipe, periods: Sequence[str], connection: Any) -> Changes:
    """Return each unit's change over the newest years, if a recipe asks for some."""
    if recipe.change_years is None:
        return Changes()
    ordered = sorted(periods, key=Period.parse)[-recipe.change_years :]
    note: dict[str, Any] = {"recipe": recipe.id, "change_over": len(ordered)}
    wanted = _wanted(recipe, tuple(ordered))
    about = rows.averages(connection, wanted)
    few = _too_few(recipe, about, len(ordered))
    if few:
        return Changes(note=note | {"no_result": few})
    try:
        made = _fitted(wanted, rows.centred(connection, wanted, about.numbers))
    except (InvalidInput, NotIdentified) as refused:
        return Changes(note=note | {"no_result": str(refused)})
    note |= {"rows": made.run.rows, "converged": made.run.is_optimum}
    nothing = _tells_nothing(made)
    if nothing:
        return Changes(note=note | {"no_result": nothing})
    shared = _shared(made, ordered)
    units = {
        row["unit"]: _change(row, shared, len(ordered))
        for row in made.effects(INSTITUTION).rows()
        if row["term"] == YEAR
    }
    return Changes(units=units, note=note)


def _too_few(recipe: ModelRecipe, about: Averages, years: int) -> str:
    """Return what there is too little of for a model; empty if of nothing."""
    lacking = {
        "too few years": years < FEWEST_YEARS,
        "too few units": len(about.units) < recipe.minimum.units,
        "too few rows": about.rows < recipe.minimum.rows,
    }
    return next((words for words, is_so in lacking.items() if is_so), "")


def _tells_nothing(made: Fit) -> str:
    """Return why a model tells of no unit; empty if it does."""
    if not made.run.is_optimum:
        return "no optimum was found"
    return "" if made.variances[INSTITUTION][1, 1] > 0 else "units change alike"


def _wanted(recipe: ModelRecipe, periods: tuple[str, ...]) -> Wanted:
    words = tuple(name for name in recipe.fixed if recipe.columns[name].values)
    numbers = tuple(name for name in recipe.fixed if name not in words)
    return Wanted(
        outcome=recipe.outcome,
        numbers=(*numbers, YEAR),
        words=(*words, PERIOD),
        levels=(INSTITUTION, PERIOD, *recipe.levels[1:]),
        periods=periods,
        population=recipe.population,
    )


def _fitted(wanted: Wanted, relation: Any) -> Fit:
    """Fit what a year does to all by itself, and to each unit as a slope."""
    numbers = (name for name in wanted.numbers if name != YEAR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        return multilevel.fit(
            relation,
            outcome=wanted.outcome,
            fixed=[*numbers, *(f"C({name})" for name in wanted.words)],
            levels=list(wanted.levels),
            slopes={INSTITUTION: [YEAR]},
            uncorrelated=[INSTITUTION],
        )


def _shared(made: Fit, periods: Sequence[str]) -> float:
    """Return the change a year that all units share: a line through the years' effects."""
    told = {row["term"]: row["estimate"] for row in made.coefficients.rows()}
    effect = [told.get(f"C({PERIOD})[{period}]", 0.0) for period in periods]
    years = [Period.parse(period).start for period in periods]
    slope, _level = np.polyfit(years, effect, 1)
    return float(slope)


def _change(row: Mapping[str, Any], shared: float, years: int) -> UnitChange:
    slope, error = row["effect"], row["standard_error"]
    side = int(np.sign(slope))
    is_beyond = abs(slope) > Z95 * error and side * (slope + shared) > 0
    return UnitChange(
        slope=slope,
        standard_error=error,
        p_value=math.erfc(abs(slope) / error / math.sqrt(2)),
        direction=side if is_beyond else 0,
        years=years,
    )
