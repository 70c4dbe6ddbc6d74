"""A session: whose it is, in which post, and when it ends."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from kaeden.access.rules import Role
from kaeden.organisation.models import Holding
from kaeden.shared import clock
from kaeden.web import sessions
from tests.builders.places import (
    DAYCARE,
    LOADED,
    SCHOOLS,
    TOWN,
    a_holder,
    post_at,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
CHIEF = (Role.CHIEF_SCHOOLS, SCHOOLS)
SECOND = (Role.CHIEF_DAYCARE, DAYCARE)
PASSWORD = "fjordby-fjordby"


@pytest.fixture
def chief(db):
    """A chief of schools who stands in for the chief of day care."""
    user = a_holder(*CHIEF)
    Holding.objects.create(
        post=post_at(DAYCARE, Role.CHIEF_DAYCARE), user=user, valid_from=LOADED
    )
    return user


@pytest.fixture
def later(monkeypatch):
    """Let time pass for the sessions."""

    def pass_by(**time):
        moment = clock.now() + timedelta(**time)
        monkeypatch.setattr(sessions, "now", lambda: moment)

    return pass_by


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


# The post one acts in -------------------------------------------------------------------


def test_who_has_several_posts_sees_the_one_they_act_in_and_changes_it(chief, to):
    client = signed_in(chief)
    second = post_at(DAYCARE, Role.CHIEF_DAYCARE)
    assert "Du handler som</span> Skolechef, Fjordby" in client.get(to("desk")).text

    answer = client.post(to("act"), {"post": second.pk})

    assert answer.headers["Location"] == to("desk")
    text = client.get(to("denmark")).text
    assert "Du handler som</span> Dagtilbudschef, Fjordby" in text
    assert 'aria-current="true">Dagtilbudschef, Fjordby' in text


def test_who_has_one_post_has_nothing_to_choose(to):
    text = signed_in(a_holder(*CHIEF)).get(to("desk")).text

    assert "Du handler som</span> Skolechef, Fjordby" in text
    assert to("act") not in text


@pytest.mark.parametrize("choice", ["", "0", "x", "9" * 30, "other"])
def test_a_post_that_is_not_theirs_is_not_found(chief, to, choice):
    client = signed_in(chief)
    others = post_at(TOWN, Role.DIRECTOR).pk if choice == "other" else choice

    answer = client.post(to("act"), {"post": others})

    assert answer.status_code == 404
    assert "Du har ikke den stilling." in answer.text
    assert sessions_post(client) is None


def sessions_post(client):
    return client.session.get("acting_post")


def test_who_is_not_signed_in_has_no_post_to_act_in(client, to):
    assert client.post(to("act"), {"post": 1}).status_code == 302


def test_a_post_that_ends_is_acted_in_no_more_from_the_next_request(chief, to):
    client = signed_in(chief)
    second = post_at(DAYCARE, Role.CHIEF_DAYCARE)
    client.post(to("act"), {"post": second.pk})

    Holding.objects.filter(post=second).end(clock.today())

    assert "Du handler som</span> Skolechef, Fjordby" in client.get(to("desk")).text


# Ends -----------------------------------------------------------------------------------


def test_a_disabled_holders_next_request_is_refused(chief, to):
    client = signed_in(chief)
    assert client.get(to("desk")).status_code == 200

    type(chief).objects.filter(pk=chief.pk).update(is_active=False)

    assert client.get(to("desk")).status_code == 302
    assert client.post(to("act"), {"post": 1}).status_code == 302
    assert "Log ud" not in client.get(to("denmark")).text


def test_a_session_ends_after_an_hour_of_nothing(chief, to, later):
    client = signed_in(chief)
    client.get(to("desk"))
    later(minutes=61)

    answer = client.get(to("desk"), follow=True)

    assert answer.redirect_chain == [(f"{to('sign_in')}?next={to('desk')}", 302)]
    assert "Du er blevet logget ud" in answer.text
    assert "_auth_user_id" not in client.session


def test_a_session_goes_on_while_something_happens_and_ends_after_twelve_hours(
    chief, to, later
):
    client = signed_in(chief)
    client.get(to("desk"))
    for half_hours in range(1, 24):
        later(minutes=30 * half_hours)
        assert client.get(to("desk")).status_code == 200

    later(hours=12)

    assert client.get(to("desk")).status_code == 302


def test_a_session_is_written_once_a_minute_and_not_at_each_page(
    chief, to, later, django_assert_num_queries
):
    client = signed_in(chief)
    client.get(to("about"))

    with django_assert_num_queries(3):
        client.get(to("about"))


def test_signing_in_gives_a_new_session_key(client, to, chief):
    session = client.session
    session["planted"] = "by another"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    form = {"login": chief.username, "password": PASSWORD}
    client.post(to("sign_in"), form)

    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_signing_out_leaves_nothing_in_the_browser(chief, to):
    client = signed_in(chief)
    key = client.session.session_key

    answer = client.post(to("sign_out"))

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(pk=key).exists()


def test_what_a_signed_in_person_is_shown_is_kept_nowhere(chief, to):
    client = signed_in(chief)

    for answer in (
        client.get(to("desk")),
        client.get(to("denmark")),
        client.get("/nowhere/"),
        client.post(to("act"), {"post": 0}),
    ):
        assert answer["Cache-Control"] == "no-store"
