"""What a practice can be expected to give, in words."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from kaeden.access.rules import YES, Actor, Role, Verdict
from kaeden.engine.calibration import calibrate
from kaeden.engine.effects.values import Refusal, Refused
from kaeden.engine.synthesis import foretell
from kaeden.goals.indicators import Direction
from kaeden.learning.cards import catalogue as cards
from kaeden.learning.queries.forecasts import Ahead, Asked, HowForecastsHeld, Outcome
from kaeden.organisation.models import Unit
from kaeden.presentation.forecasts import _said, build, entry, moved
from kaeden.presentation.forecasts_held import how_they_held
from kaeden.presentation.numbers import Form
from tests.builders.figures import an_indicator
from tests.builders.foretold import a_context, a_place
from tests.builders.places import NORDSKOLEN, SCHOOLS
from tests.builders.practices import TALKS

GAINS = (-2.0, -1.0, -0.5, -1.5, 0.2, -0.8)
NO = Verdict(allowed=False, why_not="no")
CHIEF = Actor(role=Role.CHIEF_SCHOOLS, path=SCHOOLS)
FEW = Refused(why=Refusal.TOO_FEW_ADOPTING, number=2, needed=5)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def told():
    sizes = enumerate(GAINS)
    there = [a_place(i, gain, size=100.0 + 50 * i) for i, gain in sizes]
    return foretell(there, a_context(size=900.0))


def view(found, *, asked=None, verdict=NO):
    unit = Unit(code="999001", kind="school", name="Nordskolen", form="Folkeskole")
    return build(
        CHIEF,
        cards()[TALKS],
        Ahead(
            unit=unit,
            practice=TALKS,
            indicator="school-absence",
            found=found,
            asked=asked,
            uses=(),
            verdict=verdict,
            release=1,
        ),
    )


def said(told, low, high, direction=Direction.LOWER):
    other = replace(told, low=low, high=high, mean=(low + high) / 2)
    return list(_said(an_indicator(direction=direction), other))


@pytest.mark.parametrize(
    ("low", "high", "direction", "way"),
    [
        (-2.0, -0.5, Direction.LOWER, "better all the way"),
        (-2.0, -0.5, Direction.HIGHER, "worse all the way"),
        (0.5, 2.0, Direction.HIGHER, "better all the way"),
        (0.5, 2.0, Direction.LOWER, "worse all the way"),
        (0.5, 2.0, Direction.NO_JUDGEMENT, "does not say"),
        (-1.0, 0.5, Direction.LOWER, "do nothing, or the opposite"),
    ],
)
def test_which_way_it_points_is_said_plainly(told, low, high, direction, way):
    assert way in said(told, low, high, direction)[1]


def test_the_ends_are_told_as_sizes_with_their_way(told):
    assert (
        "between 0.5 and 2.0\N{NO-BREAK SPACE}percentage points lower"
        in (said(told, -2.0, -0.5)[0])
    )
    assert (
        "between 0.5 and 2.0\N{NO-BREAK SPACE}percentage points higher"
        in (said(told, 0.5, 2.0)[0])
    )
    both = said(told, -1.0, 0.5)[0]
    assert "At 9 of 10 places" in both
    assert "points lower to 0.5" in both


def test_a_place_unlike_all_others_is_warned(told):
    assert told.is_outside
    assert "No place quite like this" in said(told, -1, 1)[-1]
    assert len(said(replace(told, matches=()), -1, 1)) == 3


def test_a_gain_that_rounds_to_nothing_is_no_different():
    form = Form(decimals=1)

    assert [moved(form, x) for x in (0.04, -0.04, 1.0)] == [
        *("no different", "no different", "1.0 higher")
    ]


def test_nothing_is_said_before_the_leader_has_asked(told):
    page = view(told, verdict=YES)

    assert (page.said, page.chart, page.method, page.refused) == ((), None, "", "")
    assert page.asks
    assert page.differs


def test_what_was_asked_is_told_with_guess_and_what_happened(told):
    outcome = Outcome(
        gain=0.7, low=-2.0, high=0.5, is_inside=False, held_on=date(2026, 1, 2)
    )
    asked = Asked(told=told, guess=-1.0, asked_on=date(2024, 1, 2), outcome=outcome)

    page = view(told, asked=asked, verdict=YES)

    assert "own guess was 1.0" in page.happened[0]
    assert "0.7\N{NO-BREAK SPACE}percentage points higher" in page.happened[1]
    assert "outside what was expected" in page.happened[2]
    assert len(page.chart.table.rows) == 4
    inside = replace(asked, guess=None, outcome=replace(outcome, is_inside=True))
    assert "within what was expected" in view(told, asked=inside).happened[1]


def test_a_refusal_has_its_number():
    assert "only 2 schools have used it long enough" in view(FEW).refused
    assert view(FEW).differs == ()


def test_what_is_outside_comes_first(told):
    assert "900 children" in view(told).differs[0]
    assert "None of those" in view(told).differs[0]


def test_what_is_not_known_is_said_so():
    there = [a_place(i, gain) for i, gain in enumerate(GAINS)]
    blank = foretell(there, a_context(size=None, earlier=None, form=""))

    assert all("not known" in line for line in view(blank).differs)


def test_a_kind_of_place_that_nobody_else_is_is_told():
    there = [a_place(i, gain) for i, gain in enumerate(GAINS)]
    other = foretell(there, a_context(form="Specialskole"))

    assert "None of those that have tried it is the same kind" in view(other).differs[0]


def test_each_post_is_led_to_what_it_reads():
    leader = Actor(role=Role.LEADER, path=NORDSKOLEN)

    assert entry(leader, TALKS).endswith("/hos-os/999001/")
    assert entry(CHIEF, TALKS).endswith("/hos-os/")
    assert entry(Actor(role=Role.ANALYST, path="dk/999"), TALKS) == ""


def test_how_often_they_held_is_told_with_its_uncertainty():
    ten = calibrate(8, 10, promised=0.9)

    few = how_they_held(HowForecastsHeld(here=FEW, overall=FEW))
    assert "The forecasts of 2 places" in few[0]
    some = how_they_held(HowForecastsHeld(here=FEW, overall=ten))
    assert some[0].startswith("Of all practices: 8 of 10 forecasts held.")
    assert "44 to 97 of 100" in some[0]
    both = how_they_held(HowForecastsHeld(here=ten, overall=ten))
    assert both[0].startswith("Of this practice: 8 of 10")
    assert both[-1] == "That fits what is promised."


@pytest.mark.parametrize(
    ("inside", "held", "words"), [(2, 10, "too seldom"), (70, 70, "more often")]
)
def test_a_promise_that_is_not_kept_is_told(inside, held, words):
    found = calibrate(inside, held, promised=0.9)

    assert words in how_they_held(HowForecastsHeld(here=found, overall=found))[-1]
