"""A municipality's own release stands beside the country's, and never in it."""

from datetime import timedelta

import pytest

from kaeden.access.rules import SYSTEM
from kaeden.engine.models import Run
from kaeden.organisation.models import Unit
from kaeden.publication.actions import release, verify
from kaeden.publication.models import Release
from kaeden.publication.queries import current_release, releases_on, signals_of
from kaeden.shared.clock import today
from tests.builders.figures import a_release, a_result, a_run, a_signal
from tests.builders.goals import fjordby

pytestmark = pytest.mark.django_db


def of_fjordby(made: Release) -> Release:
    """Make a release one of Fjordby's own figures."""
    Run.objects.filter(pk=made.run_id).update(scope="999")
    return made


@pytest.fixture
def releases() -> tuple[Release, Release]:
    """Fjordby's own release, and a newer one of the country."""
    fjordby()
    return of_fjordby(a_release(a_signal())), a_release(a_signal())


def test_a_municipality_reads_its_own_release_also_when_the_countrys_is_newer(releases):
    own, national = releases

    assert current_release("999").id == own.pk
    assert current_release("101").id == national.pk
    assert current_release().id == national.pk


def test_a_municipality_without_its_own_reads_the_countrys():
    fjordby()
    national = a_release(a_signal())

    assert current_release("999").id == national.pk


def test_a_signal_counts_once_from_the_release_that_the_municipality_reads(releases):
    own, _national = releases
    on = releases_on(today())

    assert [one.unit.code for one in signals_of(on)] == ["999001"]
    assert on.of("999") == own
    assert on.is_read_by("999", own.pk)


def test_a_municipalitys_own_release_holds_units_that_have_ended():
    fjordby()
    ended = Unit.objects.get(code="999002")
    Unit.objects.filter(pk=ended.pk).update(valid_to=today())
    run = a_run(a_result("999002"))
    Run.objects.filter(pk=run.pk).update(scope="999")
    run.refresh_from_db()

    own, national = release(run, by=SYSTEM), a_release(a_result("999002"))

    assert own.figures.get().unit == ended
    assert not national.figures.exists()
    verify(own)
    verify(national)


def test_before_the_first_release_there_is_none(releases):
    assert releases_on(today() - timedelta(days=1)).of("999") is None
