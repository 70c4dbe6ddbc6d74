"""What is known of a practice, as it is kept, and the ladder it stands on."""

import json
from datetime import date

import pytest

from kaeden.engine.effects.values import Refusal, Refused
from kaeden.learning.rules.evidence import (
    RUNG_NAMES,
    Rung,
    first_year,
    found_in,
    rung_of,
    said_of,
)
from tests.builders.evidence import an_effect


@pytest.mark.parametrize(
    ("users", "places", "lot", "rung"),
    [
        (0, 0, False, Rung.IDEA),
        (0, 0, True, Rung.IDEA),
        (4, 0, False, Rung.USED),
        (4, 0, True, Rung.USED),
        (7, 1, False, Rung.COMPARED),
        (7, 2, False, Rung.COMPARED_WIDELY),
        (0, 1, False, Rung.COMPARED),
        (7, 1, True, Rung.TRIAL),
        (7, 3, True, Rung.TRIAL),
    ],
)
def test_the_highest_rung_that_is_reached_counts(users, places, lot, rung):
    assert rung_of(users=users, compared_in=places, drawn_by_lot=lot) is rung


def test_every_rung_has_a_name():
    assert set(RUNG_NAMES) == set(Rung)


@pytest.mark.parametrize(
    ("day", "is_school_year", "year"),
    [
        (date(2022, 8, 1), True, 2022),
        (date(2022, 7, 31), True, 2021),
        (date(2023, 1, 15), True, 2022),
        (date(2023, 6, 20), True, 2022),
        (date(2023, 1, 1), False, 2023),
        (date(2023, 12, 31), False, 2023),
    ],
)
def test_the_year_it_began_in_is_the_first_with_it(day, is_school_year, year):
    assert first_year(day, is_school_year=is_school_year) == year


@pytest.mark.parametrize(
    "found",
    [
        an_effect(),
        an_effect(second=None, before_p=None, breakdown=None, left_out={"a": 2}),
        an_effect(low=-float("inf"), high=float("inf")),
        Refused(why=Refusal.TOO_FEW_ADOPTING, number=4, needed=5),
    ],
    ids=["effect", "with less", "open ends", "refused"],
)
def test_what_is_kept_is_read_as_it_was(found):
    kept = json.loads(json.dumps(said_of(found), allow_nan=False))

    assert found_in(kept) == found
