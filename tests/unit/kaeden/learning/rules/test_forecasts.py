from datetime import date, timedelta

import pytest

from kaeden.engine.effects.values import Refusal, Refused, UnitEffect
from kaeden.engine.synthesis import foretell
from kaeden.learning.rules.forecasts import (
    LEAST_USE,
    Use,
    foretold_in,
    hold,
    is_used_long_enough,
    may_ask_now,
    said_of,
)
from tests.builders.foretold import a_context, a_place

ASKED = date(2022, 5, 2)
REFUSED = Refused(why=Refusal.TOO_FEW_ADOPTING, number=2, needed=5)


@pytest.fixture(scope="module")
def told():
    gains = (-2.0, -1.0, -0.5, -1.5, 0.2, -0.8)
    there = [a_place(i, gain, size=100 + 50 * i) for i, gain in enumerate(gains)]
    return foretell(there, a_context(size=220))


def test_a_forecast_is_kept_as_it_was(told):
    assert foretold_in(said_of(told)) == told


@pytest.mark.parametrize("in_use", [False, True])
@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("is_told", [False, True])
def test_it_is_asked_for_before_the_start_once_and_when_there_is_one(
    told, in_use, asked, is_told
):
    verdict = may_ask_now(told if is_told else REFUSED, in_use=in_use, asked=asked)

    assert bool(verdict) is (is_told and not in_use and not asked)
    assert bool(verdict) or verdict.why_not


def use(started, ended=None):
    return Use(started=started, ended=ended)


@pytest.mark.parametrize(
    ("uses", "until", "is_ripe"),
    [
        ([], date(2024, 8, 1), False),
        ([use(ASKED)], ASKED + LEAST_USE, True),
        ([use(ASKED)], ASKED + LEAST_USE - timedelta(days=1), False),
        ([use(ASKED - timedelta(days=1))], date(2024, 8, 1), False),
        ([use(ASKED, date(2022, 12, 1))], date(2024, 8, 1), False),
        (
            [use(date(2023, 9, 1)), use(ASKED, date(2022, 12, 1))],
            date(2025, 8, 1),
            False,
        ),
        ([use(ASKED, date(2024, 1, 1))], date(2024, 8, 1), True),
    ],
)
def test_it_is_held_when_the_first_use_after_the_ask_has_lasted_a_year(
    uses, until, is_ripe
):
    assert is_used_long_enough(uses, asked_on=ASKED, until=until) is is_ripe


@pytest.mark.parametrize(
    ("off", "is_inside"), [(0.99, True), (-0.99, True), (1.01, False)]
)
def test_what_happened_is_inside_as_far_as_it_can_be_measured(told, off, is_inside):
    low, high = told.around(0.4)
    gain = told.mean + off * (high - low) / 2

    said = hold(told, UnitEffect(unit="1", effect=gain, standard_error=0.4, years=2))

    assert said.is_inside is is_inside
    assert (said.low, said.high, said.gain) == (low, high, gain)
