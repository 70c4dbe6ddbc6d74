"""The engine on all Denmark's public results: one module, loaded once."""

import collections

import numpy as np
import pytest

from kaeden.access.rules import NOBODY, SYSTEM, Role
from kaeden.audit.models import Event
from kaeden.data import queries as data
from kaeden.engine import actions, background, panel, results
from kaeden.engine.errors import NothingToCompute
from kaeden.engine.models import Run
from kaeden.engine.queries import values_of
from kaeden.goals.indicators import Level, published
from kaeden.organisation.rules import Area, area_of
from kaeden.publication import actions as publication
from kaeden.shared.errors import Forbidden
from kaeden.shared.periods import Period
from kaeden.shared.status import ValueStatus
from tests.builders.places import TOWN, an_actor
from tests.plain.panel import places_of, sizes_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]


@pytest.fixture(scope="module")
def known(country, django_db_blocker):
    return background.read()


@pytest.fixture(scope="module")
def computed(country, django_db_blocker):
    return results.read(country.run)


# Reading ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(published()))
def test_a_panel_agrees_with_a_plain_loop_over_the_source(name):
    indicator = published()[name]
    expected = places_of(indicator.measure)

    read = panel.read(indicator)

    periods = sorted({Period.parse(period) for _unit, period in expected})
    assert read.codes == tuple(sorted({unit for unit, _period in expected}))
    assert read.periods == tuple(periods)
    for (unit, period), (number, status) in expected.items():
        row, column = read.codes.index(unit), periods.index(Period.parse(period))
        assert read.status[row, column] is status
        np.testing.assert_equal(
            read.value[row, column], np.nan if number is None else number
        )


@pytest.mark.parametrize("name", sorted(published()))
def test_the_children_behind_a_value_agree_with_a_plain_loop(name):
    indicator = published()[name]
    expected = sizes_of(indicator)

    read = panel.read(indicator)

    wanted = [expected.get(code, np.nan) for code in read.codes]
    np.testing.assert_allclose(read.n, wanted)


def test_an_indicators_latest_values_can_be_previewed():
    values = values_of(published()["school-absence"])

    assert len(values) == 2303
    with_number = [one for one in values if one.value is not None]
    assert all(one.status is ValueStatus.VALUE for one in with_number)
    assert {one.status for one in values} > {ValueStatus.MISSING}


# Units like it ------------------------------------------------------------------------


def test_the_schools_a_school_is_compared_with_are_of_its_own_type(known):
    for code, peers in known.school_peers.items():
        forms = {known.schools[other].form for other in peers}
        assert forms == {known.schools[code].form}


def test_nothing_is_compared_with_itself_or_twice(known):
    for peers, most in ((known.school_peers, 20), (known.municipality_peers, 10)):
        for code, near in peers.items():
            assert code not in near
            assert len(set(near)) == len(near)
            assert 5 <= len(near) <= most


def test_every_school_with_pupils_and_every_municipality_has_peers(known):
    sized = {c for c, one in known.schools.items() if np.isfinite(one.pupils)}

    assert set(known.school_peers) == sized
    assert len(known.municipality_peers) == 98


def test_the_municipalitys_pupils_are_those_of_the_schools_it_leads(known):
    expected = collections.defaultdict(float)
    for unit in data.register_units("schools"):
        one = known.schools[unit.code]
        led = area_of(is_school=True, form=unit.type, owner="") is Area.SCHOOLS
        assert one.in_chain is led
        if led and np.isfinite(one.pupils):
            expected[unit.municipality_code] += one.pupils

    assert known.pupils == pytest.approx(expected)


def test_a_schools_reference_is_its_mark_less_the_published_difference(known):
    marks = places_of(published()["exam-mark"].measure)
    with_reference = [o for o in known.schools.values() if np.isfinite(o.reference)]

    assert len(with_reference) > 500
    for one in with_reference:
        mark, _status = marks[one.code, "2024/25"]
        assert abs(mark - one.reference) <= 15


# Computing ----------------------------------------------------------------------------


def test_computing_twice_is_one_run(country):
    before = Event.objects.filter(kind=Event.Kind.ENGINE_RUN).count()

    assert actions.compute(by=SYSTEM) == country.run
    assert Run.objects.count() == before == 1
    assert Event.objects.filter(kind=Event.Kind.ENGINE_RUN).count() == 1


def test_the_same_snapshot_and_recipe_give_the_same_bits(country):
    told = []
    key = {"scope": "dk", "method": "again", "snapshot": "s"}
    key |= {"catalogue_digest": "c"}

    again = actions._compute(published().values(), key, by=SYSTEM, told=told.append)

    assert again.results_digest == country.run.results_digest
    example, *titles = told
    assert example.strip() == "Mathematics in PISA 2003: 2003"
    assert titles == [str(one.title) for one in published().values()]


def test_every_published_indicator_has_results_at_its_level_and_for_the_country(
    computed,
):
    levels = {(one.indicator, one.level) for one in computed}

    for name, one in published().items():
        assert (name, one.level.value) in levels
        if one.unit.value != "verdict":
            assert (name, "country") in levels
            assert (name, "municipality") in levels or one.level is Level.MUNICIPALITY


def test_a_run_counts_what_it_held_up_and_what_it_found(country, computed):
    run = country.run
    tests = sum(
        (one.comparison_p is not None) + (one.development_p is not None)
        for one in computed
    )

    assert (run.scanned, run.signals) == (tests, sum(bool(o.signal) for o in computed))
    assert run.units == len({(one.level, one.code) for one in computed})
    assert run.converged
    assert str(run).startswith("public-results@3 ")


@pytest.mark.parametrize("actor", [NOBODY, an_actor(Role.DIRECTOR, TOWN)])
def test_only_the_command_line_computes(actor):
    with pytest.raises(Forbidden):
        actions.compute(by=actor)


def test_nothing_is_computed_from_nothing(known, monkeypatch):
    monkeypatch.setattr(actions, "published", dict)

    with pytest.raises(NothingToCompute, match="Import it first"):
        actions.compute(by=SYSTEM)

    assert Run.objects.count() == 1


# Published ----------------------------------------------------------------------------


def test_the_countrys_release_is_intact_and_hides_every_small_group(country):
    publication.verify(country)

    assert not country.figures.filter(n__lt=5).exists()
    hidden = country.figures.filter(status="hidden")
    assert hidden.count() == country.hidden_count
    assert not hidden.exclude(value=None, low=None, difference=None, n=None).exists()


def test_results_of_small_groups_do_exist_before_they_are_hidden(computed):
    small = [one for one in computed if one.n is not None and one.n < 5]

    assert small
    assert any(one.value is not None for one in small)
