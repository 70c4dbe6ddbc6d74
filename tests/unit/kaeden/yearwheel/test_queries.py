"""The year wheel: what the stations report, in the order of the year."""

from datetime import date, timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.dialogue.models import PulseRound
from kaeden.goals.models import Target
from kaeden.shared.clock import today
from kaeden.shared.cycles import Cycle
from kaeden.shared.errors import BadInput
from kaeden.shared.periods import Period
from kaeden.yearwheel.catalogue import cycles, load
from kaeden.yearwheel.queries import wheel, year_of
from tests.builders.dialogue import (
    a_closed_pulse,
    a_team,
    agreed,
    an_adopted_goal,
    an_open_pulse,
    holder_of,
)
from tests.builders.figures import a_release, a_result
from tests.builders.meetings import a_meeting
from tests.builders.places import (
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
    unit_at,
)
from tests.builders.talks import at, confirmed, planned

pytestmark = pytest.mark.django_db
CONVERSATION = Cycle.CONVERSATION


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def chief():
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader():
    return holder_of(Role.LEADER, NORDSKOLEN)


def stops(actor, cycle, year=None):
    found = wheel(actor, unit_at(TOWN), year).stops
    return [one for one in found if one.cycle is cycle]


def test_every_cycle_has_its_words_and_its_review():
    assert set(cycles()) == set(Cycle)
    assert all(line.prepares for line in cycles().values())


def test_a_file_of_cycles_that_cannot_be_used_is_refused(tmp_path):
    (tmp_path / "cycles.yaml").write_text("version: 1\n", encoding="utf-8")

    with pytest.raises(BadInput, match="can't be used"):
        load(tmp_path / "cycles.yaml")


def test_ones_own_conversations_stand_on_their_days(chief, leader):
    before = today() - timedelta(days=50)
    with at(before):
        old = confirmed(chief, leader)
    made = planned(chief, leader)

    years = {year_of(before), year_of(made.planned_for)}
    found = {
        one.path: one for year in years for one in stops(leader, CONVERSATION, year)
    }

    held, ahead = found[f"/samtaler/{old.pk}/"], found[f"/samtaler/{made.pk}/"]
    assert (held.day, held.is_done, held.is_mine) == (before, True, True)
    assert (ahead.day, ahead.is_done) == (made.planned_for, False)


def test_those_of_another_year_and_those_of_others_are_left_out(chief, leader):
    planned(chief, leader)
    (team,) = a_team(NORDSKOLEN, 1)

    assert stops(leader, CONVERSATION, Period(start=2040, is_school_year=True)) == []
    assert stops(team, CONVERSATION) == []


def test_further_down_the_line_they_are_counted_by_month(chief, leader):
    made = planned(chief, leader)
    director = holder_of(Role.DIRECTOR, TOWN)

    (one,) = stops(director, Cycle.CONVERSATION, year_of(made.planned_for))

    assert (one.day, one.count) == (made.planned_for.replace(day=1), 1)
    assert not one.is_mine
    assert stops(holder_of(Role.LEADER, SYDSKOLEN), Cycle.CONVERSATION) == []


def test_expectations_are_renewed_a_year_after(chief, leader):
    agreed(chief, leader)
    year = year_of(today().replace(year=today().year + 1))

    (one,) = stops(leader, Cycle.EXPECTATION, year)

    assert one.day == today().replace(year=today().year + 1)
    assert "Chief of schools" in one.words
    assert stops(leader, Cycle.EXPECTATION) == []


def test_many_expectations_on_one_day_are_told_as_a_number(chief, leader):
    for lower in (leader, holder_of(Role.LEADER, SYDSKOLEN)):
        agreed(chief, lower)
    director = holder_of(Role.DIRECTOR, TOWN)
    agreed(director, chief)

    (one,) = stops(chief, Cycle.EXPECTATION, year_of(today() + timedelta(days=365)))

    assert one.words == "With 3 posts"


def test_the_pulse_comes_every_quarter(leader):
    an_open_pulse()
    a_closed_pulse()

    found = stops(leader, Cycle.PULSE)

    assert len(found) == 4
    (done,) = [one for one in found if one.is_done]
    assert done.day == PulseRound.objects.get().opened_on
    assert not done.is_mine


def test_a_release_and_the_tests_have_their_months(leader):
    a_release(a_result("999001", value=7.0))

    (one,) = stops(leader, Cycle.RELEASE)
    (tests,) = stops(leader, Cycle.TESTS, Period(start=2026, is_school_year=True))

    assert (one.day, one.is_done) == (today(), True)
    assert tests.day == date(2026, 8, 1)
    assert stops(leader, Cycle.TESTS, Period(start=2025, is_school_year=True)) == []


def test_what_is_to_be_reached_stands_at_the_end_of_its_year(chief, leader):
    goal = an_adopted_goal()
    Target.objects.create(
        goal=goal,
        unit=unit_at(TOWN),
        kind="words",
        by_period="2027/28",
        reached="Ja",
        on_the_way="Lidt",
        not_yet="Nej",
        valid_from=today(),
    )

    (one,) = stops(leader, Cycle.TARGET, Period(start=2027, is_school_year=True))

    assert one.day == date(2028, 7, 31)
    assert stops(leader, Cycle.TARGET, Period(start=2028, is_school_year=True)) == []


def test_what_is_next_is_mine_and_ahead(chief, leader):
    made = planned(chief, leader)
    found = wheel(leader, unit_at(TOWN), year_of(made.planned_for))

    own = found.next_of_mine(today())

    assert made.planned_for in {one.day for one in own}
    assert all(one.is_mine and one.day >= today() for one in own)
    assert found.next_of_mine(date(2100, 1, 1)) == ()


def test_what_has_no_known_day_is_told_of_apart(leader):
    found = wheel(leader, unit_at(TOWN))

    told = {line.id for line in found.undated}
    assert told == {Cycle.WELLBEING, Cycle.SUPERVISION, Cycle.CURRICULUM}


def test_a_wheel_costs_the_same_however_much_is_planned(
    chief, leader, django_assert_max_num_queries
):
    town = unit_at(TOWN)
    planned(chief, leader)

    with django_assert_max_num_queries(24):
        wheel(chief, town)


def test_meetings_stand_on_their_days_for_those_who_are_asked(chief, leader):
    made = a_meeting(chief)

    (one,) = stops(chief, Cycle.MEETING, year_of(made.day))

    assert (one.day, one.is_mine, one.is_done) == (made.day, True, False)
    assert one.path == f"/moeder/{made.pk}/"


def test_a_school_year_runs_from_august_to_july():
    assert str(year_of(date(2027, 7, 31))) == "2026/27"
    assert str(year_of(date(2027, 8, 1))) == "2027/28"
