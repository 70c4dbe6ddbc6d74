"""Fjordby's units, from the municipality down to the class and the group. Pure."""

from collections.abc import Iterator, Mapping
from string import ascii_uppercase

import numpy as np

from kaeden.demo.cast import Cast, Daycare, School, Service
from kaeden.organisation.chain import ChainUnit
from kaeden.organisation.rules import Area, Kind

AREAS = {
    Area.SCHOOLS: "Skoler",
    Area.DAYCARE: "Dagtilbud",
    Area.FAMILIES: "Familier og socialområde",
}
CLASS, SPECIAL_CLASS = (17, 26), (5, 8)
NURSERY, KINDERGARTEN, SPECIAL_GROUP, PLAYROOM = (10, 13), (18, 23), (6, 8), (12, 17)


def units_of(cast: Cast, *, before: bool) -> tuple[ChainUnit, ...]:
    """Return all units, parents first: `before` the reorganisation, or after it."""
    areas = (_unit(a, Kind.AREA, name, cast.code) for a, name in AREAS.items())
    clusters = (
        _unit(one.code, Kind.CLUSTER, one.name, Area.DAYCARE) for one in cast.clusters
    )
    return (
        _unit(cast.code, Kind.MUNICIPALITY, cast.name, ""),
        *areas,
        *clusters,
        *(unit for one in schools_of(cast, before=before) for unit in _school(one)),
        *(
            unit
            for one in cast.daycare
            for unit in _daycare(one, cast, one.moved_from if before else "")
        ),
        *(unit for one in cast.services for unit in _service(one)),
    )


def schools_of(cast: Cast, *, before: bool) -> tuple[School, ...]:
    """Return the schools there are before or after the merger."""
    if before:
        kept = (one for one in cast.schools if not one.merges)
        return (*kept, *cast.merged_schools)
    return cast.schools


def carried_on(cast: Cast) -> Mapping[str, tuple[str, ...]]:
    """Return the units that the merger ended, with those that carry them on.

    The first school's classes become the A classes, the next one's the B classes.
    """
    found: dict[str, tuple[str, ...]] = {}
    merged = {one.code: one for one in cast.merged_schools}
    for school in cast.schools:
        for letter, code in zip(ascii_uppercase, school.merges, strict=False):
            found[code] = (school.code,)
            for year in year_groups(merged[code]):
                found[class_code(code, year, "A")] = (
                    class_code(school.code, year, letter),
                )
    return found


def children_of(cast: Cast, rng: np.random.Generator) -> Mapping[str, int]:
    """Draw how many children each class and group has; merged classes keep theirs."""
    found: dict[str, int] = {}
    for school in (*cast.schools, *cast.merged_schools):
        low, high = SPECIAL_CLASS if school.is_special else CLASS
        for year, letter in _classes(school):
            found[class_code(school.code, year, letter)] = _draw(rng, low, high)
    for one in cast.daycare:
        for place in range(one.nursery + one.kindergarten):
            low, high = _group_size(one, place)
            found[f"{one.code}-{place + 1}"] = _draw(rng, low, high)
    for service in cast.services:
        found |= _shared_out(service)
    found |= {
        after[0]: found[code]
        for code, after in carried_on(cast).items()
        if code in found
    }
    return found


def totals(units: tuple[ChainUnit, ...], leaves: Mapping[str, int]) -> dict[str, int]:
    """Return how many children every unit is there for, added up from below.

    Whom a service helps is in a school or in day care too, and counts once.
    """
    found = {unit.code: leaves.get(unit.code, 0) for unit in units}
    for unit in reversed(units):
        if unit.parent and unit.code != Area.FAMILIES:
            found[unit.parent] += found[unit.code]
    return found


def year_groups(school: School) -> range:
    """Return a school's year groups."""
    first, last = school.years
    return range(first, last + 1)


def class_code(school: str, year: int, letter: str) -> str:
    """Return the code of a class."""
    return f"{school}-{year}{letter.lower()}"


def _classes(school: School) -> Iterator[tuple[int, str]]:
    for year in year_groups(school):
        for letter in ascii_uppercase[: school.tracks]:
            yield year, letter


def _draw(rng: np.random.Generator, low: int, high: int) -> int:
    return int(rng.integers(low, high, endpoint=True))


def _group_size(one: Daycare, place: int) -> tuple[int, int]:
    if one.is_special:
        return SPECIAL_GROUP
    if one.is_home:
        return PLAYROOM
    return NURSERY if place < one.nursery else KINDERGARTEN


def _shared_out(service: Service) -> dict[str, int]:
    """Return a service's children, shared out on its groups."""
    count = len(service.groups)
    if not count:
        return {service.code: service.children}
    each, rest = divmod(service.children, count)
    return {
        f"{service.code}-{place + 1}": each + (place < rest) for place in range(count)
    }


def _unit(code: str, kind: Kind, name: str, parent: str, form: str = "") -> ChainUnit:
    owner = "kommunal" if form else ""
    return ChainUnit(
        code=str(code), kind=kind, name=name, parent=str(parent), form=form, owner=owner
    )


def _school(school: School) -> Iterator[ChainUnit]:
    yield _unit(school.code, Kind.SCHOOL, school.name, Area.SCHOOLS, form_of(school))
    home: dict[int, str] = {}
    for one in school.departments:
        code = f"{school.code}-{one.code}"
        yield _unit(code, Kind.DEPARTMENT, one.name, school.code)
        home |= dict.fromkeys(range(one.years[0], one.years[1] + 1), code)
    for year, letter in _classes(school):
        code = class_code(school.code, year, letter)
        above = home.get(year, school.code)
        yield _unit(code, Kind.CLASS, f"{year}.{letter}", above)


def _daycare(one: Daycare, cast: Cast, cluster: str) -> Iterator[ChainUnit]:
    yield _unit(one.code, Kind.DAYCARE, one.name, cluster or one.cluster, form_of(one))
    names = [f"Legestue {place}" for place in range(1, one.nursery + 1)]
    if not one.is_home:
        names = [*cast.nursery_names[: one.nursery]]
        names += cast.kindergarten_names[: one.kindergarten]
    for place, name in enumerate(names, start=1):
        yield _unit(f"{one.code}-{place}", Kind.GROUP, name, one.code)


def form_of(one: School | Daycare) -> str:
    """Return what form of school or day care a place is."""
    if isinstance(one, School):
        return "specialskole" if one.is_special else "folkeskole"
    if one.is_home:
        return "dagpleje"
    if not one.nursery:
        return "boernehave"
    return "aldersintegreret" if one.kindergarten else "vuggestue"


def _service(one: Service) -> Iterator[ChainUnit]:
    yield _unit(one.code, Kind.SOCIAL, one.name, Area.FAMILIES, "familietilbud")
    for place, name in enumerate(one.groups, start=1):
        yield _unit(f"{one.code}-{place}", Kind.GROUP, name, one.code)
