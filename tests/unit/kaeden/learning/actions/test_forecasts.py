"""A leader asks what a practice can give, and what happens is held against it."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from kaeden.access.rules import NOBODY, SYSTEM
from kaeden.audit.models import Event
from kaeden.learning.actions.adoptions import end
from kaeden.learning.actions.forecasts import ask, hold_forecasts
from kaeden.learning.cards import catalogue
from kaeden.learning.errors import NoSuchForecast, NoSuchPractice
from kaeden.learning.models import Forecast, ForecastOutcome
from kaeden.learning.rules.forecasts import foretold_in
from kaeden.shared.clock import standing_at
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.evidence import ABSENCE
from tests.builders.forecasts import BEFORE, asked, held, tried_by
from tests.builders.places import NORDSKOLEN, TOWN, unit_at
from tests.builders.practices import (
    PAIRS,
    TALKS,
    adopted,
    chief,
    director,
    leader,
    other_leader,
)

pytestmark = pytest.mark.django_db
BEGAN = date(2022, 8, 15)


@pytest.fixture
def tried():
    return tried_by()


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_a_leader_asks_before_the_practice_is_begun(tried):
    made = asked(-1.0)

    told = foretold_in(made.said)
    assert (made.unit.path, made.asked_on) == (NORDSKOLEN, BEFORE.date())
    assert (made.guess, made.post_id) == (-1.0, leader().post_id)
    assert (made.method, made.digest) == (told.method, told.digest)
    assert told.places == 7
    assert told.low < -1.5 < told.high
    assert kinds()[-1] == "forecast_asked"


def test_the_guess_may_be_left_out_but_is_a_number(tried):
    with pytest.raises(BadInput, match="as a number"):
        asked(float("nan"))

    assert asked().guess is None


def test_what_is_known_of_the_school_is_that_of_the_release(tried):
    told = foretold_in(asked().said)

    size = next(one for one in told.matches if one.column == "size")
    assert round(size.here) == 315
    assert size.fit == "outside"
    earlier = next(one for one in told.matches if one.column == "earlier")
    assert 4 < earlier.here < 12


@pytest.mark.parametrize("who", [chief, director])
def test_nobody_above_asks_for_an_institution(tried, who):
    with pytest.raises(Forbidden):
        asked(by=who())


def test_who_is_not_signed_in_asks_for_nothing(tried):
    with pytest.raises(Forbidden):
        asked(by=NOBODY)


def test_four_schools_foretell_nothing():
    tried_by(4)

    with pytest.raises(Refused, match="Too few"):
        asked()


def test_before_anybody_has_tried_it_there_is_nothing_to_ask_for(tried):
    with pytest.raises(Refused, match="Too few"):
        ask(PAIRS, catalogue()[PAIRS].indicators[0], by=leader())


def test_an_unknown_practice_or_what_it_should_not_move_is_not_there(tried):
    with pytest.raises(NoSuchPractice):
        ask("no-such-thing", ABSENCE, by=leader())
    with pytest.raises(NoSuchForecast, match="not meant to move"):
        ask(TALKS, "wellbeing-academic", by=leader())


def test_who_uses_it_already_has_nothing_to_foretell(tried):
    adopted()

    with pytest.raises(Refused, match="use the practice already"):
        asked()


def test_the_same_is_asked_for_once(tried):
    asked()

    with pytest.raises(Refused, match="these figures already"):
        asked(-2.0)

    assert asked(by=other_leader()).pk
    assert Forecast.objects.count() == 2


def test_what_happened_is_held_against_it_when_it_was_used_for_a_year(tried):
    made = asked()
    adopted(on=BEGAN)

    (outcome,) = held()

    assert outcome.forecast == made
    assert outcome.is_inside is (outcome.low <= outcome.gain <= outcome.high)
    told = foretold_in(made.said)
    assert outcome.low < told.low < told.high < outcome.high
    assert outcome.release.version == 1
    assert len(outcome.digest) == 64
    assert "forecast_held" in kinds()


def test_it_is_held_once(tried):
    asked()
    adopted(on=BEGAN)

    assert len(held()) == 1
    assert held() == []
    assert ForecastOutcome.objects.count() == 1


def test_the_newest_that_was_asked_before_the_start_counts(tried):
    asked()
    asked(by=other_leader())
    adopted(by=other_leader(), on=BEGAN)
    held()
    newer = asked(at=datetime(2022, 6, 1, 10, tzinfo=UTC))
    adopted(on=BEGAN)

    (outcome,) = held()

    assert outcome.forecast == newer


def test_what_was_asked_after_the_start_is_never_held(tried):
    asked()
    adopted(on=date(2021, 8, 15))

    assert held() == []


def test_nothing_is_held_before_it_was_used_for_a_year(tried):
    asked()
    used = adopted(on=BEGAN)
    with standing_at(datetime(2023, 1, 9, 10, tzinfo=UTC)):
        end(used.pk, by=leader())

    assert held() == []


def test_nothing_is_held_where_nobody_began(tried):
    asked()

    assert held() == []


def test_nothing_is_held_before_it_is_weighed_anew(tried):
    asked()
    adopted(on=BEGAN)

    assert hold_forecasts(unit_at(TOWN), by=SYSTEM) == []


@pytest.mark.parametrize("who", [leader, chief, director])
def test_only_who_releases_results_holds_forecasts(tried, who):
    with pytest.raises(Forbidden):
        hold_forecasts(unit_at(TOWN), by=who())


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_what_was_foretold(tried, verb):
    asked()
    adopted(on=BEGAN)
    held()
    changes = {Forecast: {"guess": 2.0}, ForecastOutcome: {"gain": 2.0}}

    for model, change in changes.items():
        rows = model.objects.all()
        with (
            pytest.raises(DatabaseError, match="stays as it was"),
            transaction.atomic(),
        ):
            rows.update(**change) if verb == "update" else rows._raw_delete("default")
