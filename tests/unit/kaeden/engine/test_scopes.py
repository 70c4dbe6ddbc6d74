"""A municipality's own run stands beside the country's, and changes nothing in it."""

import pytest

from kaeden.access.rules import NOBODY, SYSTEM, Role
from kaeden.data.actions import import_own
from kaeden.demo.children import rows_of
from kaeden.demo.children_file import without_rows
from kaeden.demo.figures import figures_of, file_of
from kaeden.engine import actions, results
from kaeden.engine.errors import NothingToCompute
from kaeden.engine.models import Run
from kaeden.goals.indicators import published
from kaeden.organisation.queries import get_municipality
from kaeden.publication import actions as publication
from kaeden.shared.errors import Forbidden
from kaeden.shared.periods import Period
from tests.builders.fjordby import the_town
from tests.builders.places import TOWN, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country", "told")]
NEWEST = Period(start=2025, is_school_year=True)


def national(**changes):
    key = {"scope": "dk", "method": "again", "snapshot": "s", "catalogue_digest": "c"}
    return actions._compute(
        published().values(), key | changes, by=SYSTEM, told=lambda _title: None
    )


def test_fjordbys_figures_change_no_national_result(country):
    assert actions.compute(by=SYSTEM) == country.run
    assert national().results_digest == country.run.results_digest


def test_fjordby_is_in_no_national_result_and_nobodys_peer(country):
    codes = {one.code for one in results.read(country.run)}
    peers = results.read_peers(country.run)

    assert not {code for code in codes if code.startswith("999")}
    assert not [one for near in peers.values() for one in near if one[:3] == "999"]


def test_a_municipalitys_run_holds_its_own_units_alone():
    run = actions.compute(scope="999", by=SYSTEM)

    codes = {one.code for one in results.read(run)}
    assert (run.scope, run.method) == ("999", "own-results@4")
    assert {code[:4] for code in codes} <= {"999", "9990", "G999"}
    assert run.scanned < 1000
    assert run.signals == sum(bool(one.signal) for one in results.read(run))


def test_its_schools_are_beside_each_other_by_form():
    peers = results.read_peers(actions.compute(scope="999", by=SYSTEM))

    assert ("institution", "999014") not in peers  # the only school for special needs
    assert "999014" not in peers["institution", "999001"]
    assert len(peers["institution", "999001"]) == 10
    schools = {code for _level, code in peers if code.startswith("999")}
    assert not [
        near
        for code in schools
        for near in peers["institution", code]
        if near.startswith("G")
    ]


def test_the_same_figures_are_computed_once():
    run = actions.compute(scope="999", by=SYSTEM)
    figures = figures_of(the_town(), NEWEST, seed=1975)
    rows = rows_of(the_town(), figures, NEWEST, seed=1975)
    figures = without_rows(figures, rows)

    import_own(get_municipality("999"), file_of(figures, NEWEST), by=SYSTEM)

    assert actions.compute(scope="999", by=SYSTEM) == run
    assert Run.objects.filter(scope="999").count() == 2


def test_a_municipality_without_figures_has_nothing_to_compute():
    with pytest.raises(NothingToCompute):
        actions.compute(scope="101", by=SYSTEM)


@pytest.mark.parametrize("actor", [NOBODY, an_actor(Role.DIRECTOR, TOWN)])
def test_only_the_command_line_computes_and_releases(actor):
    with pytest.raises(Forbidden):
        actions.compute(scope="999", by=actor)
    with pytest.raises(Forbidden):
        publication.release(actions.compute(scope="999", by=SYSTEM), by=actor)


def test_who_stops_a_computation_leaves_everything_as_it_was(settings):
    before = set(settings.KAEDEN_RESULTS.iterdir()), Run.objects.count()

    def stop(title):
        if "2024/25" in title:
            raise KeyboardInterrupt

    key = {"scope": "999", "method": "again", "snapshot": "s", "catalogue_digest": "c"}
    with pytest.raises(KeyboardInterrupt):
        actions._compute([], key, by=SYSTEM, told=stop)

    assert (set(settings.KAEDEN_RESULTS.iterdir()), Run.objects.count()) == before


def test_a_run_tells_of_each_model_how_it_got_there():
    notes = actions.compute(scope="999", by=SYSTEM).notes["wellbeing-general"]["models"]

    assert [one["period"] for one in notes] == ["2023/24", "2024/25", "2025/26"]
    for one in notes:
        assert one["converged"]
        assert one["rows"] > 1500
        assert one["left_out"].keys() == {"wellbeing", "parents_education"}
        assert one["evaluations"] > 0


def test_a_run_has_not_converged_if_one_of_its_models_has_not():
    models = [{"converged": True}, {"no_result": "too few rows"}]

    assert actions._has_converged({"models": models})
    assert not actions._has_converged({"models": [*models, {"converged": False}]})
    assert not actions._has_converged({"converged": False})
