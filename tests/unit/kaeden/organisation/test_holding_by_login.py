"""A municipal login gives posts and takes them back, and nothing else."""

from datetime import timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.organisation.actions import hold_by_login
from kaeden.organisation.identity import identity_of
from kaeden.organisation.models import Holding
from kaeden.shared.clock import today
from tests.builders.places import (
    LOADED,
    SCHOOLS,
    TOWN,
    a_country,
    a_holder,
    an_account,
    post_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fjordby():
    a_country()


@pytest.fixture
def director():
    return post_at(TOWN, Role.DIRECTOR)


@pytest.fixture
def chief():
    return post_at(SCHOOLS, Role.CHIEF_SCHOOLS)


def seats_of(user):
    return {seat.role for seat in identity_of(user).seats}


def test_posts_are_held_from_today_and_say_who_gave_them(director, chief):
    user = an_account("entra-1")

    given = hold_by_login(user, [director, chief], login="entra")

    assert given.held == (director, chief)
    assert seats_of(user) == {Role.DIRECTOR, Role.CHIEF_SCHOOLS}
    kept = set(Holding.objects.values_list("login", "valid_from", "valid_to"))
    assert kept == {("entra", today(), None)}


def test_the_same_posts_again_change_nothing(director):
    user = an_account("entra-1")
    hold_by_login(user, [director], login="entra")
    Holding.objects.update(valid_from=LOADED)

    hold_by_login(user, [director], login="entra")

    assert Holding.objects.get().valid_from == LOADED
    assert Event.objects.filter(kind=Event.Kind.POST_FILLED).count() == 1


def test_what_is_given_no_more_ends_today_whichever_login_gave_it(director, chief):
    user = an_account("entra-1")
    hold_by_login(user, [director], login="another")
    Holding.objects.update(valid_from=LOADED)

    hold_by_login(user, [chief], login="entra")

    assert seats_of(user) == {Role.CHIEF_SCHOOLS}
    assert Holding.objects.get(post=director).valid_to == today()
    assert Event.objects.filter(kind=Event.Kind.POST_VACATED).count() == 1


def test_a_post_can_come_and_go_on_one_day(director):
    user = an_account("entra-1")

    for posts in ([director], [], [director], []):
        hold_by_login(user, posts, login="entra")

    assert seats_of(user) == set()
    assert Holding.objects.count() == 2


def test_a_post_goes_over_from_one_login_to_the_next(director):
    before, after = an_account("entra-1"), an_account("entra-2")
    hold_by_login(before, [director], login="entra")

    hold_by_login(after, [director], login="entra")

    assert (seats_of(before), seats_of(after)) == (set(), {Role.DIRECTOR})


@pytest.mark.parametrize("by_hand", ["account", "name"])
def test_a_post_that_was_filled_by_hand_is_left_alone(director, by_hand):
    if by_hand == "account":
        a_holder(Role.DIRECTOR, TOWN)
    else:
        Holding.objects.create(post=director, holder_name="Kim", valid_from=LOADED)
    user = an_account("entra-1")

    given = hold_by_login(user, [director], login="entra")

    assert (given.held, given.taken) == ((), (director,))
    assert seats_of(user) == set()
    assert not Event.objects.filter(kind=Event.Kind.POST_VACATED).exists()


def test_ones_own_post_that_was_filled_by_hand_stays(director, chief):
    user = a_holder(Role.DIRECTOR, TOWN)

    hold_by_login(user, [chief], login="entra")
    hold_by_login(user, [director], login="entra")
    hold_by_login(user, [], login="entra")

    assert seats_of(user) == {Role.DIRECTOR}
    assert Holding.objects.get(post=director).login == ""


def test_what_has_ended_before_is_not_ended_again(director):
    user = an_account("entra-1")
    hold_by_login(user, [director], login="entra")
    ended = today() - timedelta(days=30)
    Holding.objects.update(valid_from=LOADED, valid_to=ended)

    hold_by_login(user, [], login="entra")

    assert Holding.objects.get().valid_to == ended
