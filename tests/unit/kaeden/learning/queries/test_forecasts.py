"""Who reads what a practice can be expected to give a unit, and what it costs."""

from dataclasses import replace
from datetime import date

import pytest

from kaeden.access.rules import NOBODY, SYSTEM, Role
from kaeden.engine.calibration import Calibration
from kaeden.engine.effects.values import Refused
from kaeden.engine.synthesis import Foretold
from kaeden.learning.errors import NoSuchForecast
from kaeden.learning.models import Evidence, ForecastOutcome
from kaeden.learning.queries.forecasts import (
    ahead,
    how_forecasts_held,
    institutions_below,
)
from kaeden.learning.queries.places import places_of
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.models import Unit
from kaeden.shared.errors import Forbidden
from tests.builders.dialogue import holder_of
from tests.builders.evidence import ABSENCE, code
from tests.builders.forecasts import asked, held, tried_by
from tests.builders.places import FJORDBY, HAVBY, SCHOOLS, TOWN, unit_at
from tests.builders.practices import (
    TALKS,
    adopted,
    chief,
    director,
    leader,
    other_leader,
)

pytestmark = pytest.mark.django_db
NORD = "999001"
BEGAN = date(2022, 8, 15)


@pytest.fixture
def tried():
    return tried_by()


def look(actor, at=NORD):
    return ahead(actor, TALKS, ABSENCE, at)


def test_a_leader_reads_what_is_foretold_and_who_else_uses_it(tried):
    found = look(leader())

    assert isinstance(found.found, Foretold)
    assert found.verdict
    assert found.asked is None
    assert len(found.uses) == 7


@pytest.mark.parametrize("who", [chief, director])
def test_those_above_read_it_and_do_not_ask(tried, who):
    found = look(who())

    assert isinstance(found.found, Foretold)
    assert not found.verdict


@pytest.mark.parametrize(
    "who",
    [
        other_leader,
        lambda: holder_of(Role.CHIEF_DAYCARE, f"{TOWN}/daycare"),
        lambda: holder_of(Role.COMMITTEE, TOWN),
    ],
)
def test_nobody_beside_the_line_reads_it(tried, who):
    with pytest.raises(NoSuchForecast):
        look(who())


def test_another_municipalitys_unit_or_an_area_is_not_there(tried):
    with pytest.raises(NoSuchUnit):
        look(director(), "998001")
    with pytest.raises(NoSuchForecast):
        look(chief(), "schools")


def test_what_was_asked_is_shown_as_it_was(tried):
    asked(-1.0)

    found = look(leader())

    assert found.asked.guess == -1.0
    assert found.asked.told == found.found
    assert found.asked.outcome is None
    assert not found.verdict


def test_what_happened_stands_beside_it(tried):
    asked(-1.0)
    adopted(on=BEGAN)
    held()

    outcome = look(chief()).asked.outcome

    assert outcome.low < outcome.high
    assert outcome.is_inside is (outcome.low <= outcome.gain <= outcome.high)


def test_ones_own_gain_foretells_nothing_of_oneself(tried):
    adopted(on=BEGAN)
    held()

    assert look(leader()).found.places == 7


def test_too_few_is_told_with_the_number():
    tried_by(4)

    found = look(leader()).found

    assert isinstance(found, Refused)
    assert (found.number, found.needed) == (0, 5)


def test_a_place_is_known_by_the_year_before_it_began(tried):
    places = {one.gain.unit: one for one in places_of(TALKS, ABSENCE, FJORDBY)}

    last = places[tried[-1].code].context
    assert last.size == 300
    assert last.form == "folkeskole"
    assert 6 < last.earlier < 8


def test_others_gains_count_where_they_are_found_in_the_countrys_figures(tried):
    row = Evidence.objects.get(practice=TALKS, indicator=ABSENCE)
    facts = {
        name: getattr(row, name)
        for name in ("practice", "indicator", "release_id", "method", "has_effect")
    }
    there = unit_at(f"dk/{HAVBY}")
    said = {**row.said, "units": [{**row.said["units"][0], "unit": "998001"}]}
    Evidence.objects.create(
        **facts,
        municipality=there,
        digest="e" * 64,
        said=said,
        weighed_at=row.weighed_at,
    )

    assert len(places_of(TALKS, ABSENCE, FJORDBY)) == 8
    type(row.release.run).objects.filter(pk=row.release.run_id).update(scope=FJORDBY)
    assert len(places_of(TALKS, ABSENCE, FJORDBY)) == 7


@pytest.mark.parametrize("users", [5, 7])
def test_the_cost_is_the_same_however_many_use_it(users, django_assert_max_num_queries):
    tried_by(users)
    actor = leader()

    with django_assert_max_num_queries(13):
        look(actor)


def test_a_chief_sees_which_institutions_have_asked(
    tried, django_assert_max_num_queries
):
    asked()
    adopted(by=other_leader())
    actor = chief()

    with django_assert_max_num_queries(5):
        found = institutions_below(actor, TALKS)

    by = {one.unit.code: one for one in found}
    assert len(found) == 16
    assert by[NORD].asked_on
    assert not by[NORD].uses_it
    assert by["999002"].uses_it
    assert by[code(4)].asked_on is None


def test_a_leader_sees_only_their_own_institution(tried):
    assert [one.unit.code for one in institutions_below(leader(), TALKS)] == [NORD]


@pytest.mark.parametrize("actor", [NOBODY, SYSTEM])
def test_who_leads_nothing_sees_no_institutions(tried, actor):
    with pytest.raises(Forbidden):
        institutions_below(actor, TALKS)
    with pytest.raises(Forbidden):
        how_forecasts_held(replace(actor, path="dk"), TALKS, unit_at(TOWN))


def outcomes(tried, inside):
    """What was foretold to schools, and whether it held at each."""
    made = asked()
    for unit, is_inside in zip(tried[1:], inside, strict=False):
        made.pk = None
        made.unit = unit
        made.digest = f"{unit.code}"
        made.save(force_insert=True)
        ForecastOutcome.objects.create(
            forecast_id=made.pk,
            release_id=made.release_id,
            method="m",
            digest="d",
            gain=0.0 if is_inside else 3.0,
            standard_error=1.0,
            low=-1.0,
            high=1.0,
            is_inside=is_inside,
            held_on=made.asked_on,
        )


def test_how_often_forecasts_held_is_told_from_five_units_on(tried):
    actor, town = chief(), unit_at(TOWN)
    outcomes(tried, [True, True, False, True])
    said = how_forecasts_held(actor, TALKS, town)
    assert isinstance(said.here, Refused)
    assert (said.here.number, said.here.needed) == (4, 5)


def test_it_is_told_of_the_practice_and_of_all_to_those_who_read_practices(
    tried, django_assert_num_queries
):
    outcomes(tried, [True, True, False, True, True])
    town, reader = unit_at(TOWN), leader()

    with django_assert_num_queries(1):
        said = how_forecasts_held(reader, TALKS, town)

    assert isinstance(said.here, Calibration)
    assert (said.here.inside, said.here.held) == (4, 5)
    assert isinstance(how_forecasts_held(reader, "co-teaching", town).here, Refused)
    assert how_forecasts_held(reader, "co-teaching", town).overall == said.overall
    with pytest.raises(Forbidden):
        how_forecasts_held(holder_of(Role.COMMITTEE, TOWN), TALKS, town)


def test_an_institution_that_closed_still_counts(tried):
    before = len(places_of(TALKS, ABSENCE, FJORDBY))
    Unit.objects.filter(path=f"{SCHOOLS}/{tried[-1].code}").update(
        valid_to="2026-05-01"
    )

    assert len(places_of(TALKS, ABSENCE, FJORDBY)) == before
