"""What a commitment hangs on: only what one may see, named for its readers."""

from datetime import timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.dialogue.errors import NothingToAgreeOn
from kaeden.dialogue.queries.links import get_link
from kaeden.dialogue.queries.occasions import find, named, require_seen
from kaeden.dialogue.rules.commitments import NOTHING, About, Occasion
from kaeden.goals.actions import writing
from kaeden.organisation.communities import form_community
from kaeden.organisation.models import Unit
from kaeden.shared.clock import now, standing_at
from kaeden.shared.errors import NotFound
from tests.builders.dialogue import (
    GOAL,
    an_adopted_goal,
    an_expectation,
    holder_of,
    up_from,
)
from tests.builders.figures import a_release, a_result
from tests.builders.places import (
    NEIGHBOUR_SCHOOL,
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
    post_at,
    unit_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()
    a_release(a_result(), a_result("998001"))


@pytest.fixture
def chief():
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader():
    return holder_of(Role.LEADER, NORDSKOLEN)


@pytest.fixture
def link(leader):
    return up_from(leader)


def test_a_result_of_ones_own_municipality_is_found_and_named(leader, link):
    about = find(leader, Occasion.RESULT, ("999001", "school-absence"))

    require_seen(leader, about, link)
    (found,) = named(leader, [about])[about]
    assert about.unit_id == unit_at(NORDSKOLEN).pk
    assert (found.name.split(":")[0], found.address) == (
        "Nordskolen",
        ("999001", "school-absence"),
    )


@pytest.mark.parametrize(
    ("occasion", "address"),
    [
        (Occasion.RESULT, ("998001", "school-absence")),
        (Occasion.RESULT, ("999001", "high-absence")),
        (Occasion.RESULT, ("999001",)),
        (Occasion.GOAL, (GOAL,)),
        (Occasion.GOAL, ("a", "b")),
        (Occasion.EXPECTATION, ("12",)),
        (Occasion.EXPECTATION, ("tolv",)),
        (Occasion.COMMUNITY, ("laesning",)),
    ],
)
def test_what_is_not_there_for_ones_post_is_not_found(leader, occasion, address):
    with pytest.raises(NotFound):
        find(leader, occasion, address)


def test_an_address_of_another_form_is_told_apart_from_a_fault(leader):
    with pytest.raises(NothingToAgreeOn, match="nothing to agree on"):
        find(leader, Occasion.GOAL, ())


def test_nothing_hangs_on_what_one_may_not_see(leader, link):
    elsewhere = unit_at(NEIGHBOUR_SCHOOL).pk
    for about in (
        About(unit_id=elsewhere, indicator="school-absence"),
        About(unit_id=Unit.objects.order_by("-pk")[0].pk + 1, indicator="joy"),
        About(goal_id=7),
        About(expectation_id=7),
        About(community_id=7),
    ):
        with pytest.raises(NotFound):
            require_seen(leader, about, link)


def test_a_goal_is_named_by_its_sentence_also_when_it_has_ended(leader, link):
    with standing_at(now() - timedelta(days=10)):
        goal = an_adopted_goal()
    about = find(leader, Occasion.GOAL, (GOAL,))
    require_seen(leader, about, link)
    before = named(leader, [about])[about]

    writing.end_goal(goal, by=holder_of(Role.DIRECTOR, TOWN))

    assert about == About(goal_id=goal.pk)
    assert named(leader, [about])[about] == before
    assert before[0].address == ("999", GOAL)
    with pytest.raises(NotFound):
        require_seen(leader, about, link)


def test_an_expectation_belongs_to_its_own_link(chief, leader, link):
    made = an_expectation(chief, leader)
    other = up_from(holder_of(Role.LEADER, SYDSKOLEN))
    about = find(leader, Occasion.EXPECTATION, (str(made.pk),))

    require_seen(chief, about, get_link(chief, link.id))
    with pytest.raises(NotFound):
        require_seen(chief, about, get_link(chief, other.id))
    (found,) = named(chief, [about])[about]
    assert (found.name, found.address) == (made.words, (str(link.id),))


def test_a_community_is_named_for_those_who_see_it(chief, leader, link):
    keys = [post_at(path, Role.LEADER).key for path in (NORDSKOLEN, SYDSKOLEN)]
    made = form_community(
        unit_at(TOWN), name="Læsning", purpose="At lære", members=keys, by=chief
    )
    about = find(leader, Occasion.COMMUNITY, (made.key,))

    require_seen(leader, about, link)
    (found,) = named(leader, [about])[about]
    assert (found.name, found.address) == ("Læsning", ("999", made.key))
    outside = holder_of(Role.CHIEF_DAYCARE, "dk/999/daycare")
    assert named(outside, [about])[about] == ()


def test_nothing_is_asked_where_nothing_hangs(leader, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert named(leader, [NOTHING]) == {NOTHING: ()}


def test_naming_costs_the_same_for_one_and_for_many(
    leader, chief, django_assert_max_num_queries
):
    an_adopted_goal()
    made = [an_expectation(chief, leader)]
    abouts = [
        find(leader, Occasion.RESULT, ("999001", "school-absence")),
        find(leader, Occasion.GOAL, (GOAL,)),
        *(About(expectation_id=one.pk) for one in made),
    ]
    with django_assert_max_num_queries(4):
        named(leader, abouts * 3)
