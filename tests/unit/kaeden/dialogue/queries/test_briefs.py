import pytest

from kaeden.access.rules import NOBODY, Role
from kaeden.dialogue.actions import commitments
from kaeden.dialogue.actions.briefs import show_team
from kaeden.dialogue.queries.briefs import Briefing, tickable
from kaeden.goals.actions import meaning
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.models import Effort
from kaeden.goals.queries import get_adopted
from kaeden.shared.errors import Forbidden
from tests.builders.dialogue import GOAL, an_adopted_goal, holder_of, taken
from tests.builders.figures import a_release, a_result
from tests.builders.places import (
    NORDSKOLEN,
    SCHOOLS,
    SOLSTRAALEN,
    SYDSKOLEN,
    TOWN,
    a_country,
    unit_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def chief(db):
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader(db):
    return holder_of(Role.LEADER, NORDSKOLEN)


def briefing():
    return Briefing(unit_at(TOWN))


def an_effort(leader, words="Vi ringer hjem den første dag."):
    goal = get_adopted(unit_at(TOWN), GOAL)
    return meaning.begin_effort(goal, words, by=leader)


def test_a_brief_has_the_units_own_figures_of_the_goal(leader):
    an_adopted_goal()
    a_release(a_result(), a_result("999002", n=3.0))

    found = briefing().brief(unit_at(NORDSKOLEN))

    assert found.goal.key == GOAL
    assert {one.unit.code for one in found.series} == {"999001"}
    assert found.release.version == 1


def test_without_own_figures_those_nearest_above_are_told(leader):
    an_adopted_goal()
    a_release(a_result("999", level="municipality", period="2024/25", n=None))

    found = briefing().brief(unit_at(SYDSKOLEN), GOAL)

    assert {one.unit.code for one in found.series} == {"999"}


def test_without_a_release_there_is_the_goal_and_no_figure():
    an_adopted_goal()

    found = briefing().brief(unit_at(NORDSKOLEN))

    assert (found.series, found.release) == ((), None)


def test_where_no_goal_is_adopted_the_results_are_told_and_no_words():
    a_release(a_result())
    known = briefing()

    found = known.brief(unit_at(NORDSKOLEN))

    assert not found.goal.is_adopted
    assert (found.meanings, found.tries) == ((), ())
    assert known.brief(unit_at(SYDSKOLEN)) is None
    assert known.goals_at(unit_at(SOLSTRAALEN)) == []


def test_a_goal_of_another_sector_is_no_goal_for_a_unit():
    an_adopted_goal()

    assert briefing().brief(unit_at(SOLSTRAALEN)) is None
    with pytest.raises(NoSuchGoal):
        briefing().brief(unit_at(SOLSTRAALEN), GOAL)


def test_what_the_goal_means_is_read_from_the_top_down_to_here(chief, leader):
    goal = an_adopted_goal()
    meaning.take_up(goal, "Vi ser på det hver måned.", by=chief)
    meaning.take_up(goal, "Klasselæreren ringer.", by=leader)
    meaning.take_up(goal, "Sydskolens ord.", by=holder_of(Role.LEADER, SYDSKOLEN))

    found = briefing().brief(unit_at(NORDSKOLEN))

    assert [one.words for one in found.meanings] == [
        *("Vi ser på det hver måned.", "Klasselæreren ringer.")
    ]


def test_what_is_tried_is_what_the_leader_has_ticked(chief, leader):
    an_adopted_goal()
    shown, hidden = an_effort(leader), an_effort(leader, "Noget, vi ikke viser.")
    promise = taken(chief, leader, to=leader)
    show_team([f"effort-{shown.pk}", f"commitment-{promise.pk}"], by=leader)

    found = briefing().brief(unit_at(NORDSKOLEN))

    assert set(found.tries) == {
        shown.words,
        f"Chief of schools: {promise.words}",
    }
    assert hidden.words not in found.tries
    assert briefing().brief(unit_at(SYDSKOLEN)).tries == ()


def test_ones_own_promise_needs_no_name(chief, leader):
    an_adopted_goal()
    promise = taken(leader, leader, to=chief)
    show_team([f"commitment-{promise.pk}"], by=leader)

    assert briefing().brief(unit_at(NORDSKOLEN)).tries == (promise.words,)


def test_what_has_ended_or_is_kept_stands_there_no_more(chief, leader):
    an_adopted_goal()
    effort, promise = an_effort(leader), taken(chief, leader, to=leader)
    show_team([f"effort-{effort.pk}", f"commitment-{promise.pk}"], by=leader)

    Effort.objects.filter(pk=effort.pk).update(valid_to=effort.valid_from)
    commitments.keep(promise.pk, by=leader)

    assert briefing().brief(unit_at(NORDSKOLEN)).tries == ()


def test_one_can_tick_what_ones_own_post_does_and_has_agreed_on(
    chief, leader, django_assert_num_queries
):
    an_adopted_goal()
    effort, promise = an_effort(leader), taken(chief, leader, to=leader)
    an_effort(holder_of(Role.LEADER, SYDSKOLEN), "Sydskolens.")
    show_team([f"effort-{effort.pk}"], by=leader)

    with django_assert_num_queries(3):
        found = tickable(leader)

    assert [(one.key, one.is_shared) for one in found] == [
        (f"effort-{effort.pk}", True),
        (f"commitment-{promise.pk}", False),
    ]
    for actor in (NOBODY, holder_of(Role.COMMITTEE, TOWN)):
        with pytest.raises(Forbidden):
            tickable(actor)


def test_a_municipality_is_read_once_for_all_its_units(django_assert_num_queries):
    an_adopted_goal()
    a_release(a_result(), a_result("999002"))
    known, units = briefing(), [unit_at(NORDSKOLEN), unit_at(SYDSKOLEN)]
    known.brief(units[0])

    with django_assert_num_queries(2):
        known.brief(units[1])
    assert [one.name for one in known.institutions()] == [
        *("Børnehuset Solstrålen", "Nordskolen", "Sydskolen")
    ]
