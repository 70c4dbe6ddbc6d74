"""For whom? The gaps between groups of children, at a municipality and each unit.

A group with few children is put together over years, and where that isn't enough the gap
is not told. Intervals take account of children who share a class or a school: of a unit
by what classes mean at all units, of the municipality by its units. docs/methods/gaps.md
says what a gap can't.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np

from kaeden.data.contract_parts import Range
from kaeden.data.lake import rows
from kaeden.data.lake.rows import Cell, Wanted
from kaeden.engine.fair import Z95
from kaeden.engine.gap_results import (
    FEWEST_CHILDREN,
    MOST_YEARS,
    PAIR,
    SLOPE,
    GapResult,
)
from kaeden.engine.gap_tables import (
    FEWEST_UNITS,
    Method,
    Window,
    as_number,
    effect_of,
    plain_gap,
    table_of,
    wider_gap,
    windows,
    within,
    years_needed,
)
from kaeden.engine.model_recipes import CHILDREN, ModelRecipe
from kaeden.engine.row_models import scale_of
from kaeden.goals.rules import Group
from kaeden.shared.errors import NotFound
from kaeden.shared.periods import Period
from kaeden_stats import (
    Gap,
    InvalidInput,
    NotIdentified,
    gaps_apart,
    pooled_gap,
    slope_index_in_clusters,
    trends,
)

Side: TypeAlias = tuple[str, Range | tuple[str, ...]]
HIGHER_EDUCATION = 14
"""Years of education, with compulsory school, from which a parent has a higher one."""
SIDES: Mapping[Group, Side] = {
    Group.BOYS: ("gender", ("dreng",)),
    Group.GIRLS: ("gender", ("pige",)),
    Group.OTHER_LANGUAGE: ("language", ("flere",)),
    Group.DANISH_AT_HOME: ("language", ("dansk",)),
    Group.SHORT_EDUCATION: ("parents_education", Range(min=0, max=13.99)),
    Group.LONG_EDUCATION: ("parents_education", Range(min=HIGHER_EDUCATION, max=99)),
}
"""Which children of a municipality's rows are of a group."""
PAIRS: tuple[tuple[Group, Group], ...] = (
    (Group.SHORT_EDUCATION, Group.LONG_EDUCATION),
    (Group.OTHER_LANGUAGE, Group.DANISH_AT_HOME),
    (Group.BOYS, Group.GIRLS),
)
RANK = "parents_education"
"""What children are put in order by, for the slope index."""
CLASS = "class"
UNIT, TOWN = "institution", "municipality"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What was found of an indicator's gaps, and what the run tells of it."""

    results: tuple[GapResult, ...] = ()
    notes: Mapping[str, Any] = field(default_factory=dict)


def compute(recipe: ModelRecipe, scope: str, told: Callable[[str], None]) -> Gaps:
    """Read the gaps of a recipe's outcome out of a municipality's rows."""
    if recipe.source != CHILDREN or recipe.weights:
        return Gaps()
    try:
        with rows.opened(recipe.source_in(scope)) as connection:
            told(f"  {recipe.title}: gaps")
            wanted = Wanted(
                outcome=recipe.outcome,
                periods=rows.periods(connection),
                population=recipe.population,
            )
            found = [
                of_pair(recipe, scope, pair, _cells(connection, wanted, pair))
                for pair in PAIRS
            ]
            ranked = rows.ranked_cells(connection, wanted, RANK, within=CLASS)
    except NotFound:
        return Gaps()
    slopes = tuple(_slope(recipe, scope, ranked))
    return Gaps(
        results=tuple(result for one in found for result in one.results) + slopes,
        notes={name: note for one in found for name, note in one.notes.items()},
    )


def _cells(
    connection: Any, wanted: Wanted, pair: tuple[Group, Group]
) -> tuple[Cell, ...]:
    sides = {one.value: SIDES[one] for one in pair}
    return rows.cells(connection, wanted, sides, within=CLASS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A pair of groups, and all that its gaps are made from."""

    recipe: ModelRecipe
    scope: str
    groups: tuple[str, str]
    cells: Sequence[Cell]
    periods: tuple[str, ...]
    how: Method | None

    @property
    def scale(self) -> float:
        return scale_of(self.recipe)

    @property
    def units(self) -> dict[str, list[Cell]]:
        """The cells of each unit that has children in the newest year."""
        newest = {one.unit for one in self.cells if one.period == self.periods[-1]}
        found: dict[str, list[Cell]] = {name: [] for name in sorted(newest)}
        for one in self.cells:
            if one.unit in found:
                found[one.unit].append(one)
        return found


def of_pair(
    recipe: ModelRecipe, scope: str, groups: tuple[Group, Group], cells: Sequence[Cell]
) -> Gaps:
    """Return the gaps of one pair of groups, at the municipality and each unit."""
    if not cells:
        return Gaps()
    pair = _pair(recipe, scope, groups, cells)
    results: list[GapResult] = []
    latest: list[Gap] = []
    for code, own in pair.units.items():
        newest, made = _of_unit(pair, code, own)
        results += made
        latest += [newest] if newest else []
    town = tuple(_of_town(pair, [one for one in latest if one.standard_error > 0]))
    return Gaps(results=(*town, *results), notes={_name(pair): _note(pair)})


def _pair(
    recipe: ModelRecipe, scope: str, groups: tuple[Group, Group], cells: Sequence[Cell]
) -> _Pair:
    names = (groups[0].value, groups[1].value)
    periods = tuple(sorted({one.period for one in cells}, key=Period.parse))
    is_share = recipe.kind == "binomial"
    blank = _Pair(
        recipe=recipe, scope=scope, groups=names, cells=cells, periods=periods, how=None
    )
    tables = [table_of(own, names) for own in blank.units.values()]
    effect = effect_of((one for one in tables if one.is_enough), is_share=is_share)
    how = Method(is_share=is_share, effect=effect) if effect else None
    return replace(blank, how=how)


def _name(pair: _Pair) -> str:
    return "/".join(pair.groups)


def _note(pair: _Pair) -> dict[str, Any]:
    without = sum(one.rows for one in pair.cells if one.group not in pair.groups)
    effect = pair.how.effect if pair.how else None
    return {
        "rows": sum(one.rows for one in pair.cells),
        "left_out": {"no known group": without} if without else {},
        "design_effect": round(effect.factor, 3) if effect else None,
        "design_effect_df": effect.df if effect else None,
    }


# Units --------------------------------------------------------------------------------


def _of_unit(
    pair: _Pair, code: str, own: Sequence[Cell]
) -> tuple[Gap | None, list[GapResult]]:
    """Return a unit's newest gap, and what is told of each, oldest first."""
    gap: Gap | None = None
    made: list[GapResult] = []
    years = years_needed(own, pair.periods, pair.groups)
    for window in windows(pair.periods, years or min(MOST_YEARS, len(pair.periods))):
        cells = within(own, window.periods)
        result = _blank(pair, UNIT, code, window, cells)
        gap = _unit_gap(pair, cells)
        made.append(_told(result, gap, table_of(cells, pair.groups), pair.scale))
    made[-1] = _beside_others(pair, own, made[-1])
    made[-1] = replace(made[-1], by_year=_by_year(pair, own))
    return gap, _developing(made)


def _unit_gap(pair: _Pair, cells: Sequence[Cell]) -> Gap | None:
    table = table_of(cells, pair.groups)
    if pair.how is None or not table.is_enough:
        return None
    return plain_gap(table, pair.how)


def _beside_others(pair: _Pair, own: Sequence[Cell], result: GapResult) -> GapResult:
    """Hold a unit's gap against that of the others together, in the same years.

    What is tested is the difference of the gaps, at a level shared out over all units.
    """
    units = pair.units
    if result.difference is None or pair.how is None or len(units) < FEWEST_UNITS:
        return result
    strict = replace(pair.how, level=1 - 0.05 / len(units))
    years = [one for one in pair.periods if result.since <= one <= result.period]
    mine = {one.unit for one in own}
    rest = [one for one in within(pair.cells, years) if one.unit not in mine]
    others = table_of(rest, pair.groups)
    theirs = plain_gap(others, strict) if others.is_enough else None
    ours = plain_gap(table_of(within(own, years), pair.groups), strict)
    if theirs is None or ours is None:
        return result
    apart = gaps_apart(theirs, ours)
    return replace(
        result,
        apart=pair.scale * apart.difference,
        apart_low=pair.scale * apart.low,
        apart_high=pair.scale * apart.high,
        compared=len(units),
    )


# The municipality ---------------------------------------------------------------------


def _of_town(pair: _Pair, of_units: Sequence[Gap]) -> list[GapResult]:
    """Return the municipality's gaps, oldest first, with whether its units differ."""
    made = []
    years = years_needed(pair.cells, pair.periods, pair.groups)
    for window in windows(pair.periods, years or min(MOST_YEARS, len(pair.periods))):
        cells = within(pair.cells, window.periods)
        result = _blank(pair, TOWN, pair.scope, window, cells)
        table = table_of(cells, pair.groups)
        made.append(_told(result, _town_gap(pair, cells), table, pair.scale))
    if len(of_units) >= FEWEST_UNITS and made[-1].difference is not None:
        pooled = pooled_gap(of_units)
        made[-1] = replace(made[-1], differ_p=pooled.p_value, compared=pooled.gaps)
    made[-1] = replace(made[-1], by_year=_by_year(pair, pair.cells))
    return _developing(made)


def _town_gap(pair: _Pair, cells: Sequence[Cell]) -> Gap | None:
    """Return the gap by schools or classes, never surer than single children make it."""
    plain = table_of(cells, pair.groups)
    if not plain.is_enough:
        return None
    how = pair.how or Method(is_share=pair.recipe.kind == "binomial")
    return wider_gap(table_of(cells, pair.groups, by_unit=_by_unit(cells)), plain, how)


def _by_unit(cells: Sequence[Cell]) -> bool:
    return len({one.unit for one in cells}) >= FEWEST_UNITS


# What is told -------------------------------------------------------------------------


def _by_year(pair: _Pair, cells: Sequence[Cell]) -> tuple[tuple[str, int, int], ...]:
    """Count both groups in every year of a place."""
    tables = (table_of(within(cells, [one]), pair.groups) for one in pair.periods)
    return tuple(
        (period, int(table.rows[0]), int(table.rows[1]))
        for period, table in zip(pair.periods, tables, strict=True)
    )


def _blank(
    pair: _Pair, level: str, code: str, window: Window, cells: Sequence[Cell]
) -> GapResult:
    first, second = (
        sum(one.rows for one in cells if one.group == name) for name in pair.groups
    )
    by_unit = level == TOWN and _by_unit(cells)
    return GapResult(
        indicator=pair.recipe.indicator or "",
        kind=PAIR,
        level=level,
        code=code,
        first=pair.groups[0],
        second=pair.groups[1],
        since=window.periods[0],
        period=window.last,
        years=len(window.periods),
        is_latest=window.last == pair.periods[-1],
        n_first=first,
        n_second=second,
        clusters=len({(one.unit, by_unit or one.cluster) for one in cells}),
    )


def _told(result: GapResult, gap: Gap | None, table: Any, scale: float) -> GapResult:
    if gap is None:
        return result
    first, second = (scale * float(one) for one in table.mean)
    return replace(
        result,
        mean_first=first,
        mean_second=second,
        difference=scale * gap.difference,
        low=scale * gap.low,
        high=scale * gap.high,
        ratio=as_number(gap.ratio),
        ratio_low=as_number(gap.ratio_low),
        ratio_high=as_number(gap.ratio_high),
        standard_error=scale * gap.standard_error,
    )


def _developing(made: list[GapResult]) -> list[GapResult]:
    """Say of the newest gap how it has moved, by the rule of all developments."""
    known = [one for one in made if one.difference is not None and one.standard_error]
    if made[-1] not in known or len(known) < 2:
        return made
    found = trends(
        [float(Period.parse(one.period).start) for one in known],
        np.array([[one.difference for one in known]], dtype=float),
        np.array([[one.standard_error or 0.0 for one in known]]) ** 2,
    )
    newest = replace(
        made[-1],
        slope=float(found.slope[0]),
        slope_half=Z95 * float(found.standard_error[0]),
        points=int(found.points[0]),
        preliminary=bool(found.preliminary[0]),
        direction=int(found.direction[0]),
    )
    return [*made[:-1], newest]


# From the lowest to the highest -------------------------------------------------------


def _slope(
    recipe: ModelRecipe, scope: str, cells: Sequence[Cell]
) -> Iterator[GapResult]:
    """Give the slope index of the newest year in which anybody has an outcome."""
    ranks = sorted({one.group for one in cells if one.group}, key=int)
    newest = max((one.period for one in cells), key=Period.parse, default="")
    own = [one for one in within(cells, [newest]) if one.group]
    ranks = [one for one in ranks if any(cell.group == one for cell in own)]
    table = table_of(own, ranks, by_unit=_by_unit(own))
    count, scale = int(table.rows.sum()), scale_of(recipe)
    if count < FEWEST_CHILDREN:
        return
    try:
        found = slope_index_in_clusters(table.n, table.total)
    except (InvalidInput, NotIdentified):
        return
    yield GapResult(
        indicator=recipe.indicator or "",
        kind=SLOPE,
        level=TOWN,
        code=scope,
        first=RANK,
        second=RANK,
        since=newest,
        period=newest,
        years=1,
        is_latest=True,
        n_first=count,
        n_second=count,
        clusters=len(table.n),
        mean_first=scale * found.bottom,
        mean_second=scale * found.top,
        difference=scale * found.slope,
        low=scale * found.low,
        high=scale * found.high,
        ratio=as_number(found.ratio),
        ratio_low=as_number(found.ratio_low),
        ratio_high=as_number(found.ratio_high),
        standard_error=scale * found.standard_error,
    )
