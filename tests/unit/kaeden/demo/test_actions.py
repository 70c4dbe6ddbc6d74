"""Fjordby in the database: written once, whole, as if it had happened."""

import pytest

from kaeden.access.rules import SYSTEM
from kaeden.accounts.models import User
from kaeden.audit.models import Event
from kaeden.audit.queries import verify
from kaeden.demo.actions import load_fjordby
from kaeden.demo.scene import noon
from kaeden.organisation.models import Holding, Unit
from kaeden.organisation.queries import get_municipality
from kaeden.organisation.snapshot import chain_of
from tests.builders.fjordby import TODAY

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("told")
def test_what_was_made_is_what_is_there(town):
    there = chain_of(get_municipality("999"), TODAY)

    assert set(there.unit) == set(town.chain.unit)
    assert {key: post.charter for key, post in there.post.items()} == {
        key: post.charter for key, post in town.chain.post.items()
    }
    assert there.post["leder-ungehuset-kajen"].since == town.days.left


@pytest.mark.usefixtures("told")
def test_the_past_is_there_and_was_known_then(town):
    day = town.days.began
    known = chain_of(get_municipality("999"), day, known_at=noon(day))

    assert "999011" in known.unit
    assert known.unit["G99914"].parent == "vest"


@pytest.mark.usefixtures("told")
def test_every_held_post_has_a_demo_account_that_nobody_can_guess():
    held = Holding.objects.at(TODAY)

    assert held.filter(user__is_demo=True).count() == held.count() > 150
    assert not [one for one in User.objects.all() if one.has_usable_password()]


@pytest.mark.usefixtures("told")
def test_told_again_it_is_left_as_it_is():
    before = Unit.objects.count(), Event.objects.count()

    assert not load_fjordby(by=SYSTEM, seed=7)
    assert (Unit.objects.count(), Event.objects.count()) == before


@pytest.mark.usefixtures("told")
def test_the_trail_tells_what_happened_in_its_order():
    talked = ("expectation", "commitment", "question", "pulse")
    events = Event.objects.order_by("pk").values_list("kind", "at")
    moments = [at for kind, at in events if kind.startswith(talked)]

    assert len(moments) > 1000
    assert moments == sorted(moments)
    assert verify()["events"].number == Event.objects.count()
