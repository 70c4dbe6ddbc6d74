import hashlib
import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from kaeden.access.rules import NOBODY, SYSTEM, Role
from kaeden.audit.models import Event
from kaeden.engine.errors import ResultsAreDamaged
from kaeden.publication import actions
from kaeden.publication.errors import ReleaseIsDamaged
from kaeden.publication.models import Figure, PeerSet, Release
from kaeden.shared.errors import Forbidden
from tests.builders.figures import a_release, a_result, a_run, a_town_result
from tests.builders.places import (
    NORDSKOLEN,
    SYDSKOLEN,
    TOWN,
    a_country,
    an_actor,
    unit_at,
)

pytestmark = pytest.mark.django_db
TABLES = (Figure, PeerSet, Release)


@pytest.fixture(autouse=True)
def _country(db):
    a_country()


def released():
    peers = {("institution", "999001"): ("999002", "elsewhere")}
    return a_release(a_result(), a_result("999002", n=3.0), peers=peers)


def let_go(table, verb):
    """Take a guard off inside the test, as somebody with the database's keys could."""
    connection.check_constraints()
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_is_not_{verb}d{on}")


def test_a_release_holds_the_runs_results_as_they_may_be_shown():
    made = released()

    north, south = made.figures.order_by("unit__path")
    assert (north.unit, north.value, north.status) == (
        unit_at(NORDSKOLEN),
        7.5,
        "value",
    )
    assert (south.unit, south.value, south.status) == (
        unit_at(SYDSKOLEN),
        None,
        "hidden",
    )
    assert (made.figure_count, made.hidden_count) == (2, 1)
    assert (str(made), str(north)) == ("1", "school-absence 2024/25")


def test_a_release_keeps_the_peers_that_are_units_of_today():
    released()

    near = PeerSet.objects.get()
    assert (near.unit, near.peers) == (unit_at(NORDSKOLEN), [unit_at(SYDSKOLEN).pk])
    assert str(near) == f"{near.unit_id}: 1"


def test_results_and_peers_of_places_that_are_not_units_are_left_out():
    peers = {("institution", "nowhere"): ("999001",)}

    made = a_release(a_result("nowhere"), a_result(), peers=peers)

    assert made.figure_count == made.figures.count() == 1
    assert not PeerSet.objects.exists()


def test_releasing_a_run_again_changes_nothing():
    run = a_run(a_result())

    first = actions.release(run, by=SYSTEM)

    assert actions.release(run, by=SYSTEM) == first
    assert Figure.objects.count() == 1
    assert Event.objects.filter(kind=Event.Kind.RESULTS_RELEASED).count() == 1


def test_releases_are_numbered_and_the_older_stays():
    first, second = a_release(a_result()), a_release(a_result(value=8.0))

    assert (first.version, second.version) == (1, 2)
    actions.verify(first)
    actions.verify(second)


def test_a_slope_is_shown_with_the_half_width_of_its_interval():
    moved = a_town_result(slope=-0.5, slope_se=0.1, points=5.0, preliminary=False)

    figure = a_release(moved).figures.get()

    assert (figure.slope, figure.slope_half) == (-0.5, 0.196)


def test_a_reliability_leaves_as_a_class():
    assert a_release(a_result(reliability=0.81)).figures.get().reliability == "high"


@pytest.mark.parametrize("actor", [NOBODY, an_actor(Role.DIRECTOR, TOWN)])
def test_only_the_command_line_releases(actor):
    run = a_run(a_result())

    with pytest.raises(Forbidden):
        actions.release(run, by=actor)

    assert not Release.objects.exists()


@pytest.mark.parametrize("name", ["results", "peers"])
def test_damaged_results_are_not_released(settings, tmp_path, name):
    settings.KAEDEN_RESULTS = tmp_path
    run = a_run(a_result())
    file = tmp_path / f"{run.results_digest}.{name}"
    file.write_bytes(file.read_bytes().replace(b"PAR1", b"PAR2", 1))

    with pytest.raises(ResultsAreDamaged, match="Compute them again"):
        actions.release(run, by=SYSTEM)

    assert not Release.objects.exists()


def change(rows):
    rows.update(id=F("id"))


def delete(rows):
    rows._raw_delete(rows.db)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", [change, delete])
def test_the_database_itself_refuses_to_change_what_is_released(table, verb):
    released()

    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        verb(table.objects.all())

    actions.verify(Release.objects.get())


@pytest.mark.parametrize(
    "new",
    [
        {"value": 7.4},
        {"value": None},
        {"low": 7.0},
        {"n": 401},
        {"status": "zero"},
        {"signal": "comparison"},
        {"state": "worsened"},
        {"upper": 9.1},
        {"broken": "outside"},
        {"indicator": "high-absence"},
        {"is_latest": False},
    ],
)
def test_a_figure_changed_behind_the_guard_is_found(new):
    made = released()
    let_go("publication_figure", "update")

    made.figures.filter(unit=unit_at(NORDSKOLEN)).update(**new)

    with pytest.raises(ReleaseIsDamaged, match=r"Release 1 is damaged\. Restore it"):
        actions.verify(made)


def test_what_was_released_before_figures_had_a_state_keeps_its_digest():
    row = dict.fromkeys(actions.FIELDS) | {"value": 7.5, "state": "", "limits": ""}
    before = [row[name] for name in actions.FIELDS if name not in actions.LATER]

    signed = hashlib.sha256(json.dumps(before).encode()).hexdigest()

    assert actions.digest_of([row]) == signed
    assert actions.digest_of([row | {"state": "worsened"}]) != signed


def test_a_figure_taken_away_behind_the_guard_is_found():
    made = released()
    let_go("publication_figure", "delete")

    made.figures.filter(unit=unit_at(NORDSKOLEN)).delete()

    with pytest.raises(ReleaseIsDamaged):
        actions.verify(made)


def test_a_figure_that_was_added_is_found():
    made = released()
    extra = {"unit": unit_at(TOWN), "indicator": "school-absence", "period": "2024/25"}

    made.figures.create(is_latest=True, status="value", origin="computed", **extra)

    with pytest.raises(ReleaseIsDamaged):
        actions.verify(made)


def test_the_database_takes_no_number_for_a_hidden_figure():
    made = released()
    place = {"unit": unit_at(TOWN), "indicator": "x", "period": "2024/25"}

    with pytest.raises(DatabaseError, match="a_hidden_figure_has_no_number"):
        made.figures.create(is_latest=True, status="hidden", value=3.0, **place)
