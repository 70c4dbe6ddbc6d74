"""Schools of Fjordby whose absence is known year by year, some with a practice."""

from datetime import date

import numpy as np

from kaeden.access.rules import SYSTEM
from kaeden.engine.effects.values import (
    Comparison,
    Effect,
    EventPoint,
    Second,
    UnitEffect,
)
from kaeden.goals.indicators import Direction
from kaeden.learning.actions.evidence import weigh_evidence
from kaeden.learning.models import Adoption, Evidence
from tests.builders.figures import a_release, a_result
from tests.builders.places import (
    NORDSKOLEN,
    SCHOOLS,
    a_country,
    a_school,
    the_registers,
    unit_at,
)
from tests.builders.practices import TALKS, leader

ABSENCE = "school-absence"
SCHOOL_COUNT = 16
YEARS = range(2017, 2025)


def code(number):
    return f"9990{number:02}"


def many_schools():
    """Fjordby with sixteen schools instead of two."""
    more = [a_school(code(n), f"Skole {n}") for n in range(4, SCHOOL_COUNT + 2)]
    a_country([*the_registers(), *more])
    there = ["999001", "999002", *(one.code for one in more)]
    return [unit_at(f"{SCHOOLS}/{one}") for one in there]


def released_years(schools, *, users=7, effect=-1.5, seed=1, years=YEARS):
    """Release eight years of absence; the first schools begin in 2020, 2021, 2022 …"""
    rng = np.random.default_rng(seed)
    starts = {n: 2020 + n % 3 for n in range(users)}
    rows = [
        a_result(
            unit.code,
            period=f"{year}/{(year + 1) % 100:02}",
            is_latest=year == max(years),
            value=float(
                7
                + n * 0.1
                + rng.normal(0, 0.4)
                + effect * (year >= starts.get(n, 9999))
            ),
            n=300.0 + n,
        )
        for n, unit in enumerate(schools)
        for year in years
    ]
    a_release(*rows)
    post = leader(NORDSKOLEN).post_id
    for n, year in starts.items():
        Adoption.objects.create(
            practice=TALKS, unit=schools[n], started=date(year, 9, 1), post_id=post
        )


def weighed(town, **options) -> Evidence:
    return weigh_evidence(TALKS, ABSENCE, town, by=SYSTEM, **options)


def an_effect(**changes) -> Effect:
    """Seven units whose absence fell by 0.8 more."""
    facts = {
        "effect": -0.8,
        "standard_error": 0.25,
        "low": -1.3,
        "high": -0.3,
        "p_value": 0.004,
        "adopting": 7,
        "comparing": 9,
        "years": (2017, 2024),
        "comparison": Comparison.NOT_YET,
        "direction": Direction.LOWER,
        "events": (
            EventPoint(years_since=-2, effect=0.1, low=-0.4, high=0.6),
            EventPoint(years_since=0, effect=-0.7, low=-1.2, high=-0.2),
            EventPoint(years_since=1, effect=-0.9, low=-float("inf"), high=0.1),
        ),
        "before_p": 0.6,
        "breakdown": 1.4,
        "second": Second(method="imputation", effect=-0.9, standard_error=0.2),
        "units": (UnitEffect(unit="999001", effect=-0.8, standard_error=0.4, years=3),),
        "by_children": True,
        "left_out": {},
        "method": "staggered-effect@1",
        "digest": "d" * 64,
        "seed": 7,
    }
    return Effect(**(facts | changes))
