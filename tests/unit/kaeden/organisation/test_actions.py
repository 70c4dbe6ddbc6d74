import itertools
from datetime import date

import pytest

from kaeden.access.rules import GRANTS, NOBODY, Permission, Role
from kaeden.accounts.models import User
from kaeden.audit.models import Event
from kaeden.organisation import actions
from kaeden.organisation.errors import NoSuchUnit, PostIsTaken
from kaeden.organisation.identity import identity_of
from kaeden.organisation.models import Holding
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.places import (
    FJORDBY,
    HAVBY,
    LOADED,
    NORDSKOLEN,
    SCHOOLS,
    TOWN,
    a_country,
    an_account,
    an_actor,
    post_at,
)

pytestmark = pytest.mark.django_db
DIRECTOR = an_actor(Role.DIRECTOR, TOWN)
CHIEF = an_actor(Role.CHIEF_SCHOOLS, SCHOOLS)
CHAIN_ROLES = [role for role in Role if role is not Role.SYSTEM]


@pytest.fixture(autouse=True)
def _country(db):
    a_country()


@pytest.fixture
def leader_post():
    return post_at(NORDSKOLEN, Role.LEADER)


def fill(post, **facts):
    return actions.fill_post(post, **({"by": CHIEF, "holder_name": "Kim"} | facts))


def test_a_filled_post_is_held_from_today_and_the_audit_trail_says_so(leader_post):
    holding = fill(leader_post, holder_name="  Kim Fjord ")

    assert (holding.holder_name, holding.valid_to) == ("Kim Fjord", None)
    event = Event.objects.get(kind=Event.Kind.POST_FILLED)
    assert event.about == f"organisation.post:{leader_post.pk}"


def test_a_post_can_be_held_by_an_account_without_a_written_name(leader_post):
    user = an_account("lederen")

    assert fill(leader_post, holder_name="", user=user).user == user


def test_a_post_is_not_filled_by_nobody(leader_post):
    with pytest.raises(BadInput, match="Write who is to hold the post"):
        fill(leader_post, holder_name="   ")

    assert not Holding.objects.exists()


def test_the_slower_of_two_is_told_that_the_post_is_taken(leader_post):
    fill(leader_post)

    with pytest.raises(PostIsTaken, match="Vacate it first"):
        fill(leader_post, holder_name="Bo")

    assert Holding.objects.get().holder_name == "Kim"
    assert Event.objects.filter(kind=Event.Kind.POST_FILLED).count() == 1


@pytest.mark.parametrize(
    ("role", "home"), list(itertools.product(CHAIN_ROLES, [TOWN, SCHOOLS]))
)
def test_who_may_fill_and_vacate_a_post_follows_the_table(leader_post, role, home):
    actor = an_actor(role, home)
    allowed = Permission.FILL_POST in GRANTS[role]

    for verb in (fill, actions.vacate_post):
        if allowed:
            verb(leader_post, by=actor)
        else:
            with pytest.raises(Forbidden, match=r"not reach|not for your post"):
                verb(leader_post, by=actor)


@pytest.mark.parametrize(
    "actor",
    [NOBODY, an_actor(Role.DIRECTOR, f"dk/{HAVBY}"), an_actor(Role.LEADER, NORDSKOLEN)],
)
def test_neither_the_neighbour_nor_the_leader_fills_the_leaders_post(
    leader_post, actor
):
    with pytest.raises(Forbidden):
        fill(leader_post, by=actor)

    assert not Holding.objects.exists()


def test_a_chief_does_not_fill_the_directors_post():
    with pytest.raises(Forbidden):
        fill(post_at(TOWN, Role.DIRECTOR))


def test_a_vacated_post_keeps_its_history_and_can_be_filled_again(leader_post):
    fill(leader_post)

    actions.vacate_post(leader_post, by=DIRECTOR)
    fill(leader_post, holder_name="Bo")

    held = [(one.holder_name, one.valid_to) for one in Holding.objects.order_by("pk")]
    assert held == [("Kim", today()), ("Bo", None)]
    assert Event.objects.filter(kind=Event.Kind.POST_VACATED).count() == 1


def test_the_slower_of_two_is_told_that_the_post_is_vacant_already(leader_post):
    with pytest.raises(Refused, match="vacant already"):
        actions.vacate_post(leader_post, by=DIRECTOR)

    assert not Event.objects.filter(kind=Event.Kind.POST_VACATED).exists()


# The demo -----------------------------------------------------------------------------

POSTS = {
    Role.DIRECTOR: TOWN,
    Role.CHIEF_SCHOOLS: SCHOOLS,
    Role.CHIEF_DAYCARE: f"{TOWN}/daycare",
    Role.CHIEF_FAMILIES: f"{TOWN}/families",
    Role.LEADER: NORDSKOLEN,
}


def enter(role, **place):
    return actions.enter_demo(role, **({"municipality": FJORDBY} | place))


@pytest.mark.parametrize("role", POSTS)
def test_the_demo_is_entered_in_each_post_of_the_chain(role):
    user = enter(role.value, institution="999001")

    assert user.is_demo
    actor = identity_of(user).actor
    assert (actor.role, actor.path) == (role, POSTS[role])


def test_entering_the_demo_again_gives_the_same_account():
    assert enter("director") == enter("director")
    assert User.objects.count() == Holding.objects.count() == 1
    assert Event.objects.filter(kind=Event.Kind.POST_FILLED).count() == 1


def test_two_municipalities_have_demo_accounts_of_their_own():
    assert enter("director") != enter("director", municipality=HAVBY)


@pytest.mark.parametrize("role", ["committee", "system", "mayor", ""])
def test_the_demo_has_no_other_posts(role):
    with pytest.raises(Refused, match="no such post"):
        enter(role)


def test_a_private_school_has_no_post_to_enter():
    with pytest.raises(Refused, match="no such post"):
        enter("leader", institution="999003")


@pytest.mark.parametrize("place", [{"municipality": "000"}, {"institution": "000"}])
def test_the_demo_is_not_entered_in_a_place_that_is_not_there(place):
    role = "leader" if "institution" in place else "director"

    with pytest.raises(NoSuchUnit):
        enter(role, **place)


def test_the_demo_does_not_push_out_somebody_who_holds_the_post():
    post = post_at(TOWN, Role.DIRECTOR)
    Holding.objects.create(post=post, holder_name="Kim", valid_from=LOADED)

    with pytest.raises(PostIsTaken, match="Choose another one"):
        enter("director")

    assert not User.objects.exists()


def test_a_post_of_a_school_that_has_closed_is_not_entered():
    a_country([], as_of=date(2026, 8, 1))

    with pytest.raises(NoSuchUnit):
        enter("leader", institution="999001")
