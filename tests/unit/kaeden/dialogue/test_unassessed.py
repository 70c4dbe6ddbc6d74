"""Results that stand out, and that no chief has assessed."""

from datetime import timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.dialogue.models import Assessment
from kaeden.dialogue.rules.assessments import LEADER_FIRST
from kaeden.dialogue.unassessed import breaks
from kaeden.organisation.models import Holding
from kaeden.organisation.snapshot import all_chains
from kaeden.shared.breaks import BreakKind
from kaeden.shared.clock import now, today
from tests.builders.figures import a_release, a_result, a_signal, a_town_result
from tests.builders.places import (
    DAYCARE,
    NORDSKOLEN,
    SCHOOLS,
    a_country,
    a_holder,
    post_at,
    unit_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def chief():
    return a_holder(Role.CHIEF_SCHOOLS, SCHOOLS)


def found(day=None):
    day = day or today()
    return list(breaks(all_chains(day), day))


def test_a_signal_that_nobody_has_assessed_is_a_break_of_the_chief(chief):
    a_release(a_signal(), a_result("999002"))
    (one,) = found()

    assert one.kind is BreakKind.RESULT_NOT_ASSESSED
    assert (one.about, one.unit) == ("result:999001/school-absence", "999001")
    assert (one.owner, one.since) == ("chief-schools", today())
    assert one.sentence == (
        "Nordskolen: “Absence from school” stands out, and nobody has assessed it."
    )
    assert one.path == "/vurder/999001/school-absence/"


def test_the_municipalitys_own_figure_is_the_break_of_the_chief_of_its_sector(chief):
    signal = {"signal": "development", "slope": 1.0}
    a_release(a_town_result(indicator="school-absence", period="2024/25", **signal))
    (one,) = found()

    assert (one.unit, one.owner) == ("schools", "chief-schools")
    assert one.sentence.startswith("Fjordby Municipality:")


def test_where_the_chiefs_post_is_vacant_the_vacancy_is_the_break():
    a_holder(Role.CHIEF_DAYCARE, DAYCARE)
    a_release(a_signal())

    assert found() == []
    Holding.objects.all().delete()
    assert found() == []


def test_a_school_that_leads_itself_is_nobodys_to_assess(chief):
    a_release(a_signal("999003"))

    assert found() == []


def test_what_is_assessed_is_no_break_from_that_day_on(chief):
    release = a_release(a_signal())
    Assessment.objects.create(
        unit=unit_at(f"{SCHOOLS}/999001"),
        indicator="school-absence",
        period="2024/25",
        release=release,
        judgement="chance",
        sentence="Et år er et år.",
        next_step="Vi venter.",
        post=post_at(SCHOOLS, Role.CHIEF_SCHOOLS),
        made_by=chief,
        made_at=now(),
    )

    assert found() == []


def test_before_the_first_release_there_was_nothing_to_assess(chief):
    a_release(a_signal())

    assert found(today() - timedelta(days=1)) == []


def test_an_indicator_that_is_no_longer_published_is_not_asked_about(
    chief, monkeypatch
):
    a_release(a_signal())
    monkeypatch.setattr("kaeden.dialogue.unassessed.published", dict)

    assert found() == []


def test_more_results_do_not_cost_more_queries(chief, django_assert_num_queries):
    a_release(a_signal(), a_signal("999002"), a_signal("998001"))
    chains = all_chains(today())

    with django_assert_num_queries(3):
        assert len(list(breaks(chains, today()))) == 2


@pytest.fixture
def leader():
    return a_holder(Role.LEADER, NORDSKOLEN)


def an_assessment(release, role, path, by, *, days=0):
    return Assessment.objects.create(
        unit=unit_at(NORDSKOLEN),
        indicator="school-absence",
        period="2024/25",
        release=release,
        judgement="chance",
        sentence="Et år er et år.",
        next_step="Vi venter.",
        post=post_at(path, role),
        made_by=by,
        made_at=now() + timedelta(days=days),
    )


def test_the_leader_is_waited_for_first(chief, leader):
    a_release(a_signal())
    (one,) = found()

    assert (one.owner, one.since) == ("leader-999001", today())
    assert "Its leader assesses it first." in one.sentence


def test_the_leader_is_waited_for_where_the_chiefs_post_is_vacant(leader):
    a_release(a_signal())

    assert [one.owner for one in found()] == ["leader-999001"]


def test_when_the_leader_has_written_the_chief_is_waited_for(chief, leader):
    an_assessment(a_release(a_signal()), Role.LEADER, NORDSKOLEN, leader)
    (one,) = found()

    assert (one.owner, one.since) == ("chief-schools", today())
    assert "Its leader has assessed it, and the chief has not." in one.sentence


def test_after_two_weeks_the_chief_is_waited_for(chief, leader):
    a_release(a_signal())
    day = today() + LEADER_FIRST
    (one,) = found(day)

    assert (one.owner, one.since) == ("chief-schools", day)
    assert one.sentence.endswith("and nobody has assessed it.")


def test_when_the_chief_has_written_nobody_is_waited_for(chief, leader):
    an_assessment(a_release(a_signal()), Role.CHIEF_SCHOOLS, SCHOOLS, chief)

    assert found() == []


def test_what_the_leader_has_assessed_waits_for_no_vacant_chief(leader):
    an_assessment(a_release(a_signal()), Role.LEADER, NORDSKOLEN, leader)

    assert found() == []
