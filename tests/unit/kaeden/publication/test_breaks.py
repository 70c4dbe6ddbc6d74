"""Where a goal can't be followed, because its indicator has no fresh figure."""

from datetime import date, timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.goals.models import Goal, GoalWords, Ownership
from kaeden.goals.queries import threads
from kaeden.organisation.snapshot import all_chains
from kaeden.publication.breaks import breaks, stale_from
from kaeden.shared.breaks import BreakKind
from kaeden.shared.clock import today
from kaeden.shared.periods import Period
from tests.builders.figures import a_release, a_result, a_town_result
from tests.builders.places import (
    HAVBY,
    LOADED,
    SCHOOLS,
    TOWN,
    a_country,
    post_at,
    unit_at,
)

pytestmark = pytest.mark.django_db
GOAL, INDICATOR = "in-school-every-day", "school-absence"


@pytest.fixture(autouse=True)
def goal(db):
    """Fjordby's goal that children are in school, owned by the chief of schools."""
    a_country()
    found = Goal.objects.create(
        municipality=unit_at(TOWN), unit=unit_at(TOWN), key=GOAL, valid_from=LOADED
    )
    chief = post_at(SCHOOLS, Role.CHIEF_SCHOOLS)
    Ownership.objects.create(goal=found, post=chief, valid_from=LOADED)
    return found


def found(day=None):
    day = day or today()
    return list(breaks(all_chains(day), day, threads(day)))


def test_an_indicator_without_any_figure_in_the_municipality_is_a_break():
    (one,) = found()

    assert one.kind is BreakKind.INDICATOR_WITHOUT_FRESH_DATA
    assert (one.about, one.unit) == (f"indicator:{INDICATOR}", "999")
    assert (one.owner, one.since) == ("chief-schools", LOADED)
    assert one.sentence == (
        "“In school every day”: there are no figures for “Absence from school” here."
    )
    assert one.path == f"/kommune/999/maal/{GOAL}/"


def test_a_fresh_figure_of_any_unit_in_the_municipality_is_enough():
    a_release(a_result(period="2024/25"))

    assert found(date(2026, 11, 24)) == []


def test_a_figure_of_another_municipality_is_not():
    a_release(a_result("998001", period="2024/25"))

    assert len(found()) == 1
    assert HAVBY == "998"


def test_a_figure_that_is_hidden_is_no_figure():
    a_release(a_result(n=3.0))

    assert len(found()) == 1


def test_figures_grow_old_two_years_after_the_end_of_their_period():
    a_release(a_town_result(indicator=INDICATOR, period="2023/24", value=6.5))
    (one,) = found()

    assert one.since == date(2026, 8, 1) == stale_from(Period.parse("2023/24"))
    assert one.sentence.endswith("“Absence from school” are of 2023/24.")
    assert stale_from(Period.parse("2023")) == date(2026, 1, 1)


def test_a_release_that_came_later_is_not_known_on_the_day():
    a_release(a_result(period="2024/25"))

    assert found(today()) == []
    assert len(found(today() - timedelta(days=1))) == 1


def test_a_goal_that_nobody_owns_leaves_the_break_to_nobody(goal):
    Ownership.objects.all().delete()
    (one,) = found()

    assert (one.owner, one.owner_name) == ("", "")


def test_a_goal_without_an_indicator_is_a_break_of_another_kind(goal):
    GoalWords.objects.create(
        goal=goal,
        name="En ven",
        sentence="Alle børn har en ven.",
        post=post_at(TOWN, Role.DIRECTOR),
        valid_from=LOADED,
    )

    assert found() == []


def test_an_indicator_that_is_no_longer_in_the_catalogue_is_named_by_its_id(
    monkeypatch,
):
    monkeypatch.setattr("kaeden.publication.breaks.catalogue", dict)

    assert INDICATOR in found()[0].sentence


def test_more_goals_do_not_cost_more_queries(django_assert_num_queries):
    chains = all_chains(today())
    Goal.objects.create(
        municipality=unit_at(f"dk/{HAVBY}"),
        unit=unit_at(f"dk/{HAVBY}"),
        key=GOAL,
        valid_from=LOADED,
    )
    a_release(a_result())
    goals = threads(today())

    with django_assert_num_queries(2):
        assert len(list(breaks(chains, today(), goals))) == 1


def test_where_nothing_is_adopted_nothing_is_asked(django_assert_num_queries):
    Ownership.objects.all().delete()
    Goal.objects.all().delete()
    chains, goals = all_chains(today()), threads(today())

    with django_assert_num_queries(0):
        assert list(breaks(chains, today(), goals)) == []
