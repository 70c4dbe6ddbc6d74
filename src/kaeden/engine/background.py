"""Units like it: the nearest on published background.

For a school: the mark that its pupils' background leads us to expect (STIL's
socioeconomic reference: the exam mark less the published difference), its pupils, and
how urban its municipality is; only schools of the same type. For a municipality: its
schools' mean reference, its children in day care, how urban it is. A school without a
published reference takes its municipality's mean.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kaeden.data import lake
from kaeden.data import queries as data
from kaeden.engine.panel import FloatArray
from kaeden.organisation.rules import Area, area_of
from kaeden.shared.periods import Period
from kaeden_stats import nearest_neighbours

SCHOOL_PEERS = 20
MUNICIPALITY_PEERS = 10
FEWEST_PEERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """What is published about one school's background."""

    code: str
    form: str
    municipality: str
    in_chain: bool
    pupils: float
    reference: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """Schools, everyone's peers by code, and the groups of municipalities.

    `groups` is Danmarks Statistik's number, 1 (around the capital) to 5 (rural).
    """

    schools: Mapping[str, School]
    school_peers: Mapping[str, tuple[str, ...]]
    municipality_peers: Mapping[str, tuple[str, ...]]
    pupils: Mapping[str, float]
    groups: Mapping[str, int]


def read() -> Background:
    """Return the background of all schools and municipalities (6 reads of the lake)."""
    schools = _schools()
    references = _mean_references(schools)
    urban = _latest("municipalities", "municipality_group")
    return Background(
        schools={school.code: school for school in schools},
        school_peers=_school_peers(schools, references, urban),
        municipality_peers=_municipality_peers(references, urban),
        pupils=_pupils(schools),
        groups={code: int(number) for code, number in urban.items()},
    )


def _latest(source: str, name: str, breakdown: str = "") -> dict[str, float]:
    """Return a measure's latest numbers by unit, those without a number left out."""
    rows = lake.measure(source, name, breakdown)
    latest = max(rows.period, key=Period.parse, default="")
    places = zip(rows.unit_code, rows.period, rows.value, strict=True)
    return {
        code: float(number)
        for code, period, number in places
        if period == latest and np.isfinite(number)
    }


def _schools() -> list[School]:
    pupils = _latest("schools", "pupils")
    marks = _latest("schools", "exam_mark")
    differences = _latest("schools", "socref_difference")
    return [
        School(
            code=unit.code,
            form=unit.type,
            municipality=unit.municipality_code,
            in_chain=area_of(is_school=True, form=unit.type, owner="")
            is not Area.OTHERS,
            pupils=pupils.get(unit.code, np.nan),
            reference=marks.get(unit.code, np.nan) - differences.get(unit.code, np.nan),
        )
        for unit in data.register_units("schools")
    ]


def _mean_references(schools: Sequence[School]) -> dict[str, float]:
    """Return each municipality's mean reference, weighted by its schools' pupils."""
    totals: dict[str, list[float]] = {}
    for school in schools:
        if np.isfinite(school.reference * school.pupils):
            total = totals.setdefault(school.municipality, [0.0, 0.0])
            total[0] += school.reference * school.pupils
            total[1] += school.pupils
    return {code: total / weight for code, (total, weight) in totals.items()}


def _pupils(schools: Sequence[School]) -> dict[str, float]:
    """Return the pupils of the schools that each municipality leads."""
    found: dict[str, float] = {}
    for school in schools:
        if school.in_chain and np.isfinite(school.pupils):
            found[school.municipality] = (
                found.get(school.municipality, 0) + school.pupils
            )
    return found


def _school_peers(
    schools: Sequence[School],
    references: Mapping[str, float],
    urban: Mapping[str, float],
) -> dict[str, tuple[str, ...]]:
    usual = float(np.mean(list(references.values()))) if references else 0.0
    found: dict[str, tuple[str, ...]] = {}
    for form in sorted({school.form for school in schools}):
        alike = [s for s in schools if s.form == form and np.isfinite(s.pupils)]
        features = [
            (
                s.reference
                if np.isfinite(s.reference)
                else references.get(s.municipality, usual),
                np.log(s.pupils),
                urban.get(s.municipality, 3.0),
            )
            for s in alike
        ]
        found |= _nearest([s.code for s in alike], np.array(features), SCHOOL_PEERS)
    return found


def _municipality_peers(
    references: Mapping[str, float], urban: Mapping[str, float]
) -> dict[str, tuple[str, ...]]:
    usual = float(np.mean(list(references.values()))) if references else 0.0
    children = _latest("municipality_dst", "children_enrolled", "3-5")
    codes = sorted(urban)
    features = [
        (references.get(c, usual), np.log(1 + children.get(c, 0.0)), urban[c])
        for c in codes
    ]
    return _nearest(codes, np.array(features), MUNICIPALITY_PEERS)


def _nearest(
    codes: Sequence[str], features: FloatArray, most: int
) -> dict[str, tuple[str, ...]]:
    """Return each code's nearest; none where there are too few to choose from."""
    if len(codes) <= FEWEST_PEERS:
        return {}
    near = nearest_neighbours(features, min(most, len(codes) - 1))
    return {
        code: tuple(codes[other] for other in row)
        for code, row in zip(codes, near.index, strict=True)
    }
