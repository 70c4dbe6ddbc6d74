"""Fjordby's children: rows drawn from the seed around a truth that is known. Pure.

A child has a class, a background and a level of its own, grows a year older each year,
and moves now and then. docs/demo.md lists what is planted; a test holds the engine to it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kaeden.data.own import POSSIBLE
from kaeden.demo.cast import School, cast
from kaeden.demo.children_truth import NumberLine, OutcomeLine, planted, truth
from kaeden.demo.figures import Drawn
from kaeden.demo.places import class_code, year_groups
from kaeden.demo.town import Town
from kaeden.goals.indicators import catalogue
from kaeden.shared.periods import Period

STREAM = 10
"""Sets the draws of children apart from all others of the seed."""
MIDDLE_GROUP = 6.5
FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Children who go through school in one class.

    `year_group` is that of the newest year, `places` the unit and the class of each
    year, oldest first.
    """

    school: int
    is_special: bool
    last: int
    year_group: int
    size: int
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """Rows of children: in each array a place for each child in each year.

    Attributes
    ----------
    year, cohort, child, group : (n,) int
        The year counted from the oldest, the place among `cohorts`, the child, and its
        year group.
    background : mapping of str to (n,) float
        `parents_education`, `earlier_result`, `girl`, `other_language`, `year_group`; as
        they truly are.
    outcomes : mapping of str to (n,) float
        As they truly are; NaN where a child can't have one.
    hidden : mapping of str to (n,) bool
        What the file does not tell of background and outcomes.
    levels : mapping of str to (cohorts, years) float
        What the town's average child would have, by outcome.
    slopes : mapping of str to (schools,) float
        What a year of parents' education means at each school, by outcome.
    """

    cohorts: tuple[Cohort, ...]
    periods: tuple[Period, ...]
    year: IntArray
    cohort: IntArray
    child: IntArray
    group: IntArray
    background: Mapping[str, FloatArray]
    outcomes: Mapping[str, FloatArray]
    hidden: Mapping[str, NDArray[np.bool_]]
    levels: Mapping[str, FloatArray]
    slopes: Mapping[str, FloatArray]


def rows_of(town: Town, figures: Sequence[Drawn], newest: Period, *, seed: int) -> Rows:
    """Return three years of rows; the same seed, the same rows.

    `figures` are the town's: each says what its school's average child would have.
    """
    rng = np.random.default_rng([seed, STREAM])
    periods = _periods(newest)
    cohorts = tuple(_cohorts(town, periods))
    lives = _lives(cohorts, rng)
    year, child = np.nonzero(_are_here(cohorts, lives))
    cohort = lives[year, child]
    group = _groups(cohorts, cohort, year)
    children = _backgrounds(cohorts, lives[-1], rng)
    background = {name: values[child] for name, values in children.items()}
    background["year_group"] = group.astype(float)
    expected = {(o.unit, o.indicator, o.period): o.expected for o in figures}
    outcomes, levels, slopes = {}, {}, {}
    for line in truth().outcomes:
        levels[line.column] = _levels(line, cohorts, periods, expected)
        slopes[line.column] = _slopes(line, rng)
        made = levels[line.column][cohort, year]
        made += _explained(line, cohorts, cohort, background, slopes[line.column])
        made += (line.class_spread * rng.normal(size=len(cohorts)))[cohort]
        made += (line.child * rng.normal(size=len(lives[0])))[child]
        made += line.year * rng.normal(size=len(year))
        made[(group != line.only) & (line.only is not None)] = np.nan
        outcomes[line.column] = _outcome(line, made, rng)
    return Rows(
        cohorts=cohorts,
        periods=periods,
        year=year,
        cohort=cohort,
        child=child,
        group=group,
        background=background,
        outcomes=outcomes,
        hidden=_hidden(background, children, child, outcomes, rng),
        levels=levels,
        slopes=slopes,
    )


# Who goes where -----------------------------------------------------------------------


def _periods(newest: Period) -> tuple[Period, ...]:
    starts = range(newest.start - truth().years + 1, newest.start + 1)
    return tuple(Period(start=start, is_school_year=True) for start in starts)


def _cohorts(town: Town, periods: tuple[Period, ...]) -> Iterator[Cohort]:
    """Give the classes of every school, with those that have left since the first year."""
    first, last = truth().groups
    for place, school in enumerate(cast().schools):
        there = [group for group in year_groups(school) if first <= group <= last]
        if not there:
            continue
        newest = range(there[0], there[-1] + truth().years)
        for group in newest:
            for letter in "ABCD"[: school.tracks]:
                sized = class_code(school.code, min(group, there[-1]), letter)
                yield Cohort(
                    school=place,
                    is_special=school.is_special,
                    last=there[-1],
                    year_group=group,
                    size=town.children[sized],
                    places=tuple(_placed(town, school, group, letter, periods)),
                )


def _placed(
    town: Town, school: School, group: int, letter: str, periods: Sequence[Period]
) -> Iterator[tuple[str, str]]:
    """Give the unit and the class of each year; before the merger those of old."""
    for ago, period in zip(reversed(range(len(periods))), periods, strict=True):
        if school.merges and period.ends <= town.days.reorganised:
            yield school.merges["ABCD".index(letter)], f"{group - ago}a"
        else:
            yield school.code, f"{group - ago}{letter.lower()}"


def _lives(cohorts: Sequence[Cohort], rng: np.random.Generator) -> IntArray:
    """Return the cohort of each child in each year, (years, children)."""
    home = np.repeat(np.arange(len(cohorts)), [one.size for one in cohorts])
    lives = [home]
    for _year in range(truth().years - 1):
        lives.append(_moved(cohorts, lives[-1], rng))
    return np.array(lives)


def _moved(
    cohorts: Sequence[Cohort], now: IntArray, rng: np.random.Generator
) -> IntArray:
    """Return where the children are a year later: a few in a class elsewhere."""
    after = now.copy()
    for child in np.flatnonzero(rng.random(len(now)) < truth().movers):
        own = cohorts[now[child]]
        others = [
            place
            for place, one in enumerate(cohorts)
            if one.year_group == own.year_group
            and one.school != own.school
            and not one.is_special
        ]
        if others and not own.is_special:
            after[child] = others[int(rng.integers(len(others)))]
    return after


def _groups(cohorts: Sequence[Cohort], cohort: IntArray, year: IntArray) -> IntArray:
    newest = np.array([one.year_group for one in cohorts])
    return newest[cohort] - (truth().years - 1 - year)


def _are_here(cohorts: Sequence[Cohort], lives: IntArray) -> NDArray[np.bool_]:
    """Return who is of an age to be in the rows, at their school, (years, children)."""
    years = np.arange(len(lives))[:, None]
    group = _groups(cohorts, lives, np.broadcast_to(years, lives.shape))
    last = np.array([one.last for one in cohorts])[lives]
    return (group >= truth().groups[0]) & (group <= last)


# What they are like -------------------------------------------------------------------


def _backgrounds(
    cohorts: Sequence[Cohort], home: IntArray, rng: np.random.Generator
) -> dict[str, FloatArray]:
    school = np.array([one.school for one in cohorts])[home]
    count = len(home)
    return {
        name: _numbers(name, line, school, rng)
        for name, line in truth().numbers.items()
    } | {
        "girl": (rng.random(count) < truth().girls).astype(float),
        "other_language": (rng.random(count) < truth().other_language).astype(float),
    }


def _numbers(
    name: str, line: NumberLine, school: IntArray, rng: np.random.Generator
) -> FloatArray:
    schools = cast().schools
    level = line.between * rng.normal(size=len(schools))
    level += [planted(truth().intake, one.code, name) for one in schools]
    values = line.mean + level[school] + line.child * rng.normal(size=len(school))
    return np.clip(np.round(values, line.decimals), *line.possible)


# What becomes of them -----------------------------------------------------------------


def _slopes(line: OutcomeLine, rng: np.random.Generator) -> FloatArray:
    """Return what a year of parents' education means at each school."""
    schools = cast().schools
    common = line.effects.get("parents_education", 0.0)
    drawn = common + line.slopes * rng.normal(size=len(schools))
    return np.array(
        [
            planted(truth().gradients, school.code, line.indicator, default=slope)
            for school, slope in zip(schools, drawn.tolist(), strict=True)
        ]
    )


def _levels(
    line: OutcomeLine,
    cohorts: Sequence[Cohort],
    periods: Sequence[Period],
    expected: Mapping[tuple[str, str, Period], float],
) -> FloatArray:
    """Return what the town's average child would have, (cohorts, years)."""
    known = np.array(
        [
            [
                expected.get((unit, line.indicator, period), np.nan)
                for (unit, _class), period in zip(one.places, periods, strict=True)
            ]
            for one in cohorts
        ]
    )
    lifts = [
        [planted(truth().lifts, unit, line.indicator) for unit, _class in one.places]
        for one in cohorts
    ]
    if line.is_yes_or_no:
        known = np.log(known / (100 - known))
    found: FloatArray = known + np.array(lifts)
    return found


def _explained(
    line: OutcomeLine,
    cohorts: Sequence[Cohort],
    cohort: IntArray,
    background: Mapping[str, FloatArray],
    slopes: FloatArray,
) -> FloatArray:
    """Return what background adds, beside the town's average child."""
    school = np.array([one.school for one in cohorts])[cohort]
    middle = middles()
    found: FloatArray = slopes[school] * (
        background["parents_education"] - middle["parents_education"]
    )
    for name, effect in line.effects.items():
        if name != "parents_education":
            found = found + effect * (background[name] - middle[name])
    return found


def middles() -> dict[str, float]:
    """Return the background of the average child that the truth is told for."""
    return {name: line.mean for name, line in truth().numbers.items()} | {
        "girl": truth().girls,
        "other_language": truth().other_language,
        "year_group": MIDDLE_GROUP,
    }


def _outcome(
    line: OutcomeLine, made: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Return what becomes of it: a number within its scale, or 0 or 1."""
    found: FloatArray
    if line.is_yes_or_no:
        found = (rng.random(len(made)) < 1 / (1 + np.exp(-made))).astype(float)
    else:
        scale = POSSIBLE[catalogue()[line.indicator].unit]
        found = np.round(made, line.decimals).clip(scale.min, scale.max)
    found[np.isnan(made)] = np.nan
    return found


def _hidden(
    background: Mapping[str, FloatArray],
    children: Mapping[str, FloatArray],
    child: IntArray,
    outcomes: Iterable[str],
    rng: np.random.Generator,
) -> dict[str, NDArray[np.bool_]]:
    """Return what is not told: answers by background, and background by chance."""
    silent, middle = truth().unanswered, truth().parents_education.mean
    short = silent.steeper * (middle - background["parents_education"])
    likely = silent.share * np.exp(short)
    found = {name: rng.random(len(child)) < likely for name in outcomes}
    for name, share in truth().unknown.items():
        found[name] = (rng.random(len(children[name])) < share)[child]
    return found
