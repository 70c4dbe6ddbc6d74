"""Fjordby's own figures: drawn from the seed around a truth that is known. Pure.

docs/demo.md lists what truly changed; a test holds the signals to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from kaeden.data.own import POSSIBLE
from kaeden.demo.cast import Line, School, cast, from_file
from kaeden.demo.places import class_code, year_groups
from kaeden.demo.practised import added
from kaeden.demo.town import Town
from kaeden.goals.indicators import catalogue
from kaeden.organisation.rules import Area
from kaeden.shared.periods import Period

YEARS = 8
CHANGING = 4
"""How many steps a change has taken: it is seen over the last five years."""
SPREAD_OF_SIZE = 0.02
DAYCARE = 2
"""Beside the seed, so that day care's chance moves nobody else's."""
HEADER = "enhed;indikator;skoleår;værdi;børn"


class InstitutionLine(Line):
    """How an indicator is drawn at schools or at day-care institutions."""

    indicator: str
    mean: float
    between: float
    child: float
    years: tuple[int, int] = (0, 10)
    share: float = 1.0


class MunicipalityLine(Line):
    """How an indicator is drawn for the municipality itself."""

    indicator: str
    mean: float
    noise: float
    of: str
    share: float = 1.0


class TruthLine(Line):
    """What is true of an indicator at a unit: so much a year, or so far apart."""

    unit: str
    indicator: str
    by: float


class Truth(Line):
    """Everything in the file."""

    institutions: tuple[InstitutionLine, ...]
    daycare: tuple[InstitutionLine, ...]
    municipality: tuple[MunicipalityLine, ...]
    changed: tuple[TruthLine, ...]
    apart: tuple[TruthLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One figure with the number of children behind it; `expected` is without chance."""

    unit: str
    indicator: str
    period: Period
    value: float
    children: int
    expected: float


@lru_cache(maxsize=1)
def truth() -> Truth:
    """Return how the figures are drawn and what is planted in them; read once."""
    return from_file("results.yaml", Truth)


def figures_of(town: Town, newest: Period, *, seed: int) -> tuple[Drawn, ...]:
    """Return eight years of figures, the newest last; the same seed, the same figures.

    A merged school's come from the schools it carries on until the year of the merger.
    """
    rng = np.random.default_rng([seed, YEARS])
    drawn: list[Drawn] = []
    for line in truth().institutions:
        for school in (*cast().schools, *cast().merged_schools):
            drawn += _at_school(town, school, line, newest, rng)
    for wanted in truth().municipality:
        drawn += _at_municipality(town, wanted, newest, rng)
    drawn += _at_daycare(town, newest, np.random.default_rng([seed, YEARS, DAYCARE]))
    return tuple(drawn)


def file_of(figures: Sequence[Drawn], until: Period) -> bytes:
    """Return the figures until a year as a municipality's own file."""
    lines = (_line(one) for one in figures if one.period <= until)
    return "".join(f"{line}\n" for line in (HEADER, *lines)).encode()


def _line(one: Drawn) -> str:
    decimals = catalogue()[one.indicator].decimals
    value = f"{one.value:.{decimals}f}".replace(".", ",")
    return f"{one.unit};{one.indicator};{one.period};{value};{one.children}"


def _at_school(
    town: Town,
    school: School,
    line: InstitutionLine,
    newest: Period,
    rng: np.random.Generator,
) -> Iterator[Drawn]:
    """Give a school's figures in the years in which it was there."""
    pupils = _pupils(town, school, line)
    level = line.mean + line.between * rng.normal() + _by(truth().apart, school, line)
    sizes = pupils * rng.normal(1, SPREAD_OF_SIZE, YEARS)
    chance = rng.normal(0, 1, YEARS)
    for year, size, swing in zip(range(YEARS), sizes, chance, strict=True):
        period = _year(newest, year)
        n = round(size)
        if n > 0 and _was_there(town, school, period):
            course = _by(truth().changed, school, line) * _steps(year)
            course += added(school, line.indicator, year)
            chance_alone = line.child / np.sqrt(n) * swing
            yield _drawn(
                (school.code, line.indicator, period), level + course, chance_alone, n
            )


def _at_daycare(
    town: Town, newest: Period, rng: np.random.Generator
) -> Iterator[Drawn]:
    """Give what is drawn at day-care institutions, by chance of its own."""
    for line in truth().daycare:
        for place in cast().daycare:
            level = line.mean + line.between * rng.normal()
            children = line.share * town.children[place.code]
            sizes = children * rng.normal(1, SPREAD_OF_SIZE, YEARS)
            chance = rng.normal(0, 1, YEARS)
            for year, size, swing in zip(range(YEARS), sizes, chance, strict=True):
                expected = level + added(place, line.indicator, year)
                swung = line.child / np.sqrt(size) * swing
                at = place.code, line.indicator, _year(newest, year)
                yield _drawn(at, expected, swung, round(size))


def _at_municipality(
    town: Town, line: MunicipalityLine, newest: Period, rng: np.random.Generator
) -> Iterator[Drawn]:
    code = cast().code
    children = town.children[code if line.of == "all" else Area(line.of).value]
    change = _change(truth().changed, code, line.indicator)
    for year in range(YEARS):
        course = change * (year - (YEARS - 1) / 2)
        noise = line.noise * rng.normal()
        size = round(children * line.share * rng.normal(1, SPREAD_OF_SIZE / 2))
        place = code, line.indicator, _year(newest, year)
        yield _drawn(place, line.mean + course, noise, size)


def _steps(year: int) -> float:
    """Return how far a change has come in a year, around the middle of its five years."""
    return max(year - (YEARS - 1 - CHANGING), 0) - CHANGING / 2


def _pupils(town: Town, school: School, line: InstitutionLine) -> float:
    """Return the children at a school whom an indicator counts."""
    first, last = line.years
    classes = (
        town.children.get(class_code(school.code, year, letter), 0)
        for year in year_groups(school)
        if first <= year <= last
        for letter in "ABCD"[: school.tracks]
    )
    return line.share * sum(classes)


def _was_there(town: Town, school: School, period: Period) -> bool:
    """Whether a school had the year's figures: a merged one has those of its first."""
    merged = period.ends > town.days.reorganised
    if school in cast().merged_schools:
        return not merged
    return merged or not school.merges


def _by(planted: Sequence[TruthLine], school: School, line: InstitutionLine) -> float:
    return _change(planted, school.code, line.indicator)


def _change(planted: Sequence[TruthLine], unit: str, indicator: str) -> float:
    found = (o.by for o in planted if (o.unit, o.indicator) == (unit, indicator))
    return next(found, 0.0)


def _year(newest: Period, year: int) -> Period:
    return Period(start=newest.start - (YEARS - 1 - year), is_school_year=True)


def _drawn(
    place: tuple[str, str, Period], expected: float, chance: float, children: int
) -> Drawn:
    unit, indicator, period = place
    known = catalogue()[indicator]
    possible = POSSIBLE[known.unit]
    value = min(max(float(expected + chance), possible.min), possible.max)
    return Drawn(
        unit=unit,
        indicator=indicator,
        period=period,
        value=round(value, known.decimals),
        children=children,
        expected=float(expected),
    )
