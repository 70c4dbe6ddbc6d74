import pytest

from kaeden.access.rules import SYSTEM, Actor
from kaeden.accounts.models import User
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from tests.builders.places import an_account

pytestmark = pytest.mark.django_db


def test_an_event_says_who_did_what_to_which_thing():
    user = an_account("direktøren")

    record(Event.Kind.POST_FILLED, by=Actor(user_id=user.pk), about=user)

    event = Event.objects.get()
    assert (event.kind, event.actor_id) == ("post_filled", user.pk)
    assert event.about == f"accounts.user:{user.pk}"
    assert str(event) == f"post_filled accounts.user:{user.pk}"


def test_what_the_command_line_does_has_no_person():
    record(Event.Kind.ENGINE_RUN, by=SYSTEM, about=an_account("nogen"))

    assert Event.objects.get().actor_id is None


def test_an_event_outlives_what_it_tells_of():
    user = an_account("en der rejser")
    record(Event.Kind.POST_FILLED, by=Actor(user_id=user.pk), about=user)

    User.objects.all().delete()

    assert Event.objects.count() == 1
