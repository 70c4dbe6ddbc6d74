import pytest

from kaeden.access.rules import Role
from kaeden.goals import queries, starter
from kaeden.goals.actions.writing import adopt
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.indicators import catalogue, published
from kaeden.shared.clock import today
from tests.builders.places import HAVBY, TOWN, a_country, an_actor, unit_at

pytestmark = pytest.mark.django_db
ABSENCE = "in-school-every-day"


@pytest.fixture(autouse=True)
def _country(db):
    a_country()


def adopt_absence():
    director = an_actor(Role.DIRECTOR, TOWN)
    adopt(
        *[ABSENCE],
        municipality=unit_at(TOWN),
        by=director,
        target=6,
        by_period="2028/29",
    )


def test_a_municipality_sees_the_whole_starter_set_before_it_adopts_anything(
    django_assert_num_queries,
):
    town = unit_at(TOWN)

    with django_assert_num_queries(2):
        found = queries.goals_of(town)

    assert [goal.key for goal in found] == [goal.id for goal in starter.goals()]
    assert not any(goal.is_adopted or goal.target for goal in found)


def test_what_is_adopted_has_its_day_and_its_target():
    adopt_absence()

    goal = queries.get_goal(unit_at(TOWN), ABSENCE)

    assert (goal.is_adopted, goal.adopted_on) == (True, today())
    assert (goal.target.value, goal.target.at_most) == (6.0, True)
    assert goal.target.by_period == "2028/29"
    assert goal.indicator.id == "school-absence"
    assert goal.owner_role == "chief_schools"


def test_what_the_neighbour_adopts_is_its_own():
    adopt_absence()

    assert not queries.get_goal(unit_at(f"dk/{HAVBY}"), ABSENCE).is_adopted


def test_only_goals_of_the_starter_set_are_found():
    with pytest.raises(NoSuchGoal):
        queries.get_goal(unit_at(TOWN), "be-the-best")


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_only_published_indicators_are_found(name):
    if name in published():
        assert queries.get_indicator(name).id == name
    else:
        with pytest.raises(NoSuchGoal):
            queries.get_indicator(name)


def test_an_indicator_that_does_not_exist_is_not_found():
    with pytest.raises(NoSuchGoal):
        queries.get_indicator("happiness")


def test_an_indicator_in_development_is_listed_too():
    name = "daycare-language"

    assert queries.get_listed_indicator(name).id == name
    with pytest.raises(NoSuchGoal):
        queries.get_indicator(name)


def test_an_indicator_that_is_in_no_file_is_not_listed():
    with pytest.raises(NoSuchGoal):
        queries.get_listed_indicator("happiness")
