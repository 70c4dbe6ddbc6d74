"""Accounts are made and ended by the operator, and by nobody else."""

import pytest
from django.utils import timezone

from kaeden.access.rules import SYSTEM, Actor, Role
from kaeden.accounts import actions
from kaeden.accounts.models import User
from kaeden.accounts.rules import new_password
from kaeden.audit.models import Event
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.accounts import a_second_factor
from tests.builders.places import an_account

pytestmark = pytest.mark.django_db
DIRECTOR = Actor(user_id=1, role=Role.DIRECTOR, path="dk/999")
VERBS = (
    actions.give_password,
    actions.disable,
    actions.enable,
    actions.reset_second_factor,
)


def test_a_new_account_has_a_first_password_for_a_week():
    issued = actions.add("nordskolen", by=SYSTEM, full_name="Kim Nord Skov")

    user = User.objects.get()
    left = user.initial_password_until - timezone.now()
    assert user.check_password(issued.password)
    assert (user.first_name, user.last_name) == ("Kim", "Nord Skov")
    assert 6 <= left.days <= 7
    assert issued.password not in repr(issued)
    assert Event.objects.get().kind == Event.Kind.ACCOUNT_ADDED


def test_a_first_password_is_never_the_same_twice_and_passes_the_rules():
    several = {new_password() for _time in range(100)}

    assert len(several) == 100
    assert all(len(one) == 23 for one in several)


@pytest.mark.parametrize("name", ["nordskolen", "Nordskolen"])
def test_a_name_is_taken_once_in_capitals_or_not(name):
    an_account("nordskolen")

    with pytest.raises(Refused, match="There is an account of that name"):
        actions.add(name, by=SYSTEM)


@pytest.mark.parametrize("name", ["", "two words", "a" * 151, "<b>"])
def test_a_name_that_cannot_be_one_is_refused(name):
    with pytest.raises(BadInput):
        actions.add(name, by=SYSTEM)

    assert not User.objects.exists()


def test_only_the_operator_makes_accounts():
    with pytest.raises(Forbidden):
        actions.add("nordskolen", by=DIRECTOR)


@pytest.mark.parametrize("verb", VERBS)
def test_only_the_operator_looks_after_accounts(verb):
    with pytest.raises(Forbidden):
        verb(an_account("nordskolen"), by=DIRECTOR)


@pytest.mark.parametrize("is_demo", [True, False])
def test_who_signs_in_elsewhere_is_given_no_password(is_demo):
    user = an_account("nordskolen", is_demo=is_demo)
    if not is_demo:
        user.set_unusable_password()

    with pytest.raises(Refused, match="signs in with another login"):
        actions.give_password(user, by=SYSTEM)


@pytest.mark.parametrize("verb", [actions.disable, actions.reset_second_factor])
def test_what_takes_something_away_ends_the_sessions(verb):
    user = an_account("nordskolen")
    a_second_factor(user)
    before = user.get_session_auth_hash()

    verb(user, by=SYSTEM)

    assert User.objects.get().get_session_auth_hash() != before


def test_a_new_password_ends_the_sessions():
    user = an_account("nordskolen")
    before = user.get_session_auth_hash()

    actions.change_password(user, "solsikke-trompet-42")

    assert user.get_session_auth_hash() != before


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        (actions.give_password, Event.Kind.PASSWORD_GIVEN),
        (actions.disable, Event.Kind.ACCOUNT_DISABLED),
        (actions.reset_second_factor, Event.Kind.SECOND_FACTOR_REMOVED),
    ],
)
def test_each_verb_leaves_its_row_in_the_trail(verb, kind):
    user = an_account("nordskolen")
    a_second_factor(user)

    verb(user, by=SYSTEM)

    event = Event.objects.get()
    assert (event.kind, event.about) == (kind, f"accounts.user:{user.pk}")


@pytest.mark.parametrize("is_new", [True, False])
def test_a_municipal_login_says_what_somebody_is_called(is_new):
    user = an_account("entra-1")

    actions.know_as(user, "Åse Ærø Ødegård", is_new=is_new)

    user.refresh_from_db()
    assert user.get_full_name() == "Åse Ærø Ødegård"
    assert Event.objects.filter(kind=Event.Kind.ACCOUNT_ADDED).exists() is is_new
