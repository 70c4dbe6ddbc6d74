import pytest

from kaeden.access.rules import NOBODY, Role
from kaeden.conditions.queries.line import Town, could_remove, leading_above, town_of
from kaeden.conditions.queries.time_robbers import around, offers
from kaeden.organisation.models import Holding, Link
from kaeden.shared.clock import today
from tests.builders.conditions import chief, director, leader
from tests.builders.places import TOWN, a_country, unit_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def test_the_posts_above_are_those_that_somebody_holds_the_nearest_first():
    by, nearest = leader(), chief()

    assert [post.pk for post in leading_above(by)] == [nearest.post_id]
    above = director()
    assert [post.pk for post in could_remove(by)] == [nearest.post_id, above.post_id]


def test_who_has_nobody_above_can_only_wait_for_oneself():
    boss = director()

    assert leading_above(boss) == ()
    assert [post.pk for post in could_remove(boss)] == [boss.post_id]


def test_a_circle_is_gone_round_once():
    by, above = leader(), chief()
    Link.objects.filter(lower_id=above.post_id).end(today())
    Link.objects.create(lower_id=above.post_id, upper_id=by.post_id, valid_from=today())

    assert [post.pk for post in leading_above(by)] == [above.post_id]


def test_where_nobody_leads_nobody_decides():
    post = chief().post_id
    Holding.objects.all().end(today())

    assert town_of(unit_at(TOWN)).acting(post) is None


def test_a_post_that_is_no_more_is_decided_for_by_the_uppermost():
    leader()
    boss = director()

    assert town_of(unit_at(TOWN)).acting(10**9).pk == boss.post_id
    assert town_of(unit_at(TOWN)).could_remove(10**9) == ()


def test_a_committee_sets_goals_and_removes_no_time_robber():
    director()
    roles = {Role(post.role) for post in could_remove(leader())}

    assert Role.COMMITTEE not in roles


def test_who_has_no_post_has_no_time_robbers_around():
    assert around(NOBODY) == (Town(posts={}, upper={}, held=frozenset()), {})
    assert offers(NOBODY, "Fravær") == ()
