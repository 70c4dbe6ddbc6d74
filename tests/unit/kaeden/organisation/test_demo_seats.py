"""Who sits in Fjordby: a demo account in each held post, and the way in to it."""

import pytest

from kaeden.access.rules import SYSTEM, Role
from kaeden.accounts.models import User
from kaeden.audit.models import Event
from kaeden.organisation.actions import enter_fjordby, seat_demo
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.identity import identity_of
from kaeden.organisation.models import Holding
from kaeden.shared.errors import Forbidden
from tests.builders.chains import a_chain, applied
from tests.builders.places import an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fjordby():
    applied(a_chain())


def test_each_held_post_gets_an_account_once():
    assert seat_demo(by=SYSTEM) == 2
    assert seat_demo(by=SYSTEM) == 0

    names = set(User.objects.values_list("username", flat=True))
    assert names == {"demo-direktor", "demo-skolechef"}
    assert Event.objects.filter(kind=Event.Kind.DEMO_SEATED).count() == 1


def test_a_post_of_fjordby_is_entered_by_its_key():
    seat_demo(by=SYSTEM)

    user = enter_fjordby("skolechef")

    assert identity_of(user).actor.role is Role.CHIEF_SCHOOLS
    assert Holding.objects.get(user=user).holder_name == "Skolechefen"


@pytest.mark.parametrize("key", ["dagtilbudschef", "borgmester", ""])
def test_a_vacant_or_unknown_post_is_not_entered(key):
    seat_demo(by=SYSTEM)

    with pytest.raises(NoSuchUnit, match="Choose another one"):
        enter_fjordby(key)


def test_a_post_that_is_left_is_not_entered():
    seat_demo(by=SYSTEM)
    Holding.objects.filter(post__key="skolechef").update(valid_to="2025-01-01")

    with pytest.raises(NoSuchUnit):
        enter_fjordby("skolechef")


def test_nobody_in_fjordby_seats_the_demo():
    with pytest.raises(Forbidden):
        seat_demo(by=an_actor(Role.CHIEF_SCHOOLS, "dk/999/schools"))
