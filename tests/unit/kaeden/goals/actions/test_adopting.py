import math
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import GRANTS, NOBODY, Permission, Role
from kaeden.audit.models import Event
from kaeden.goals import starter
from kaeden.goals.actions.writing import (
    adopt,
)
from kaeden.goals.errors import GoalIsAdopted, NoSuchGoal
from kaeden.goals.models import Goal, Target
from kaeden.goals.starter import goals
from kaeden.organisation.models import Post
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden
from tests.builders.places import HAVBY, TOWN, a_country, an_actor, unit_at

pytestmark = pytest.mark.django_db
DIRECTOR = an_actor(Role.DIRECTOR, TOWN)
ABSENCE = "in-school-every-day"


@pytest.fixture(autouse=True)
def _country(db):
    a_country()


def take_up(key=ABSENCE, **facts):
    return adopt(key, **({"municipality": unit_at(TOWN), "by": DIRECTOR} | facts))


@pytest.mark.parametrize("goal", goals(), ids=lambda goal: goal.id)
def test_each_goal_of_the_starter_set_is_owned_by_a_chief_of_the_municipality(goal):
    adopted = take_up(goal.id)

    owner = adopted.ownerships.get().post
    assert owner.role == goal.owner_role.value
    assert owner.unit.path.startswith(f"{TOWN}/")
    assert str(adopted) == f"{goal.id} (Fjordby)"


def test_an_adoption_is_in_the_audit_trail():
    adopted = take_up()

    event = Event.objects.get(kind=Event.Kind.GOAL_ADOPTED)
    assert event.about == f"goals.goal:{adopted.pk}"


def test_a_goal_can_be_adopted_without_a_number():
    take_up()

    assert not Target.objects.exists()


@pytest.mark.parametrize(
    ("key", "indicator", "at_most"),
    [(ABSENCE, "school-absence", True), ("as-able-as-they-can", "exam-mark", False)],
)
def test_a_target_points_the_way_that_is_better(key, indicator, at_most):
    goal = take_up(key, target=6.5, by_period="2027/2028")

    target = goal.targets.get()
    assert (target.indicator, target.value) == (indicator, 6.5)
    assert (target.at_most, target.by_period) == (at_most, "2027/28")
    assert str(target) == f"{indicator}: 6.5"


@pytest.mark.parametrize("value", [-1, 1.99, 25.1, 1e12, math.inf, -math.inf, math.nan])
def test_a_target_that_cannot_be_is_refused_and_nothing_is_adopted(value):
    with pytest.raises(BadInput, match="Write another number"), transaction.atomic():
        take_up(target=value, by_period="2027/28")

    assert not Goal.objects.exists()
    assert not Event.objects.filter(kind=Event.Kind.GOAL_ADOPTED).exists()


@pytest.mark.parametrize("value", [math.inf, math.nan])
def test_a_target_is_a_number_also_where_no_range_is_known(value):
    with pytest.raises(BadInput, match="Write another number"), transaction.atomic():
        take_up("background-matters-less", target=value, by_period="2027/28")


@pytest.mark.parametrize("value", [2.0, 25.0])
def test_the_ends_of_the_plausible_range_can_be_targets(value):
    assert take_up(target=value, by_period="2027/28").targets.get().value == value


@pytest.mark.parametrize("year", ["", "soon", "2027/29"])
def test_a_target_needs_a_year_and_without_it_nothing_is_adopted(year):
    with pytest.raises(BadInput), transaction.atomic():
        take_up(target=6.5, by_period=year)

    assert not Goal.objects.exists()


def test_a_goal_is_adopted_once():
    take_up()

    with pytest.raises(GoalIsAdopted, match="adopted this goal already"):
        take_up()

    assert Goal.objects.count() == 1


def test_the_neighbour_adopts_the_same_goal_for_itself():
    take_up()
    there = f"dk/{HAVBY}"

    take_up(municipality=unit_at(there), by=an_actor(Role.DIRECTOR, there))

    assert Goal.objects.count() == 2


@pytest.mark.parametrize("role", Role)
def test_who_may_adopt_follows_the_table(role):
    actor = an_actor(role, TOWN)

    if Permission.ADOPT_GOAL in GRANTS[role]:
        assert take_up(by=actor)
    else:
        with pytest.raises(Forbidden):
            take_up(by=actor)


@pytest.mark.parametrize("actor", [NOBODY, an_actor(Role.DIRECTOR, f"dk/{HAVBY}")])
def test_neither_a_stranger_nor_the_neighbour_adopts_here(actor):
    with pytest.raises(Forbidden):
        take_up(by=actor)

    assert not Goal.objects.exists()


def test_a_goal_that_is_not_in_the_starter_set_is_not_adopted():
    with pytest.raises(NoSuchGoal):
        take_up("be-the-best")


def test_the_database_wants_a_period_with_each_target():
    goal = take_up()

    with pytest.raises(IntegrityError, match="a_target_has_a_period"):
        Target.objects.create(
            goal=goal,
            unit=goal.unit,
            kind="level",
            indicator="x",
            value=1,
            valid_from=goal.valid_from,
        )


def test_a_goal_whose_chief_is_not_there_is_adopted_without_an_owner():
    Post.objects.filter(role=Role.CHIEF_SCHOOLS.value).end(today())

    assert not take_up().ownerships.exists()


def test_the_first_goal_brings_the_shipped_vision_and_the_next_shares_it():
    first, second = take_up(), take_up("language-for-all")

    assert first.vision == second.vision
    assert first.vision.key == starter.vision().id
    assert str(first.vision) == "thrive-learn-ready (Fjordby)"


def test_a_day_that_has_not_come_is_refused():
    with pytest.raises(BadInput, match="has not come yet"):
        take_up(on=today() + timedelta(days=1))
