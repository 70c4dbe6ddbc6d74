"""Signing in and out, the demo, the language, and an empty product."""

import pytest
from django.test import Client
from django.utils import translation

from kaeden.access.rules import Role
from kaeden.organisation.models import Holding
from kaeden.publication.models import Release
from tests.builders.places import (
    FJORDBY,
    LOADED,
    NORDSKOLEN,
    TOWN,
    a_holder,
    post_at,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
DIRECTOR = (Role.DIRECTOR, TOWN)
LEADER = (Role.LEADER, NORDSKOLEN)


@pytest.fixture(autouse=True)
def _english(client):
    with translation.override("en"):
        yield


def english(client):
    client.cookies["django_language"] = "en"
    return client


def test_one_signs_in_with_an_account_and_out_again(client, to):
    a_holder(*DIRECTOR)
    form = {"login": f"director {TOWN}", "password": "fjordby-fjordby"}

    assert client.post(to("sign_in"), form).headers["Location"] == to("desk")
    page = client.get(to("denmark"))
    assert "Director of children and youth, Fjordby" in english(client).get("/").text
    assert page["Cache-Control"] == "no-store"

    client.post(to("sign_out"))
    assert "_auth_user_id" not in client.session


def test_a_session_is_kept_from_scripts_and_other_sites(client, to):
    client.post(to("enter_demo"), {"role": "director", "kommune": FJORDBY})

    cookie = client.cookies["sessionid"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_wrong_password_comes_back_with_the_form(client, to):
    a_holder(*DIRECTOR)
    form = {"login": f"director {TOWN}", "password": "guess"}

    answer = client.post(to("sign_in"), form)

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "guess" not in answer.text


def test_a_demo_account_has_no_password_to_guess(client, to):
    client.post(to("enter_demo"), {"role": "director", "kommune": FJORDBY})
    name = Holding.objects.get().user.username
    visitor = Client()

    for password in ("", name):
        form = {"login": name, "password": password}
        assert visitor.post(to("sign_in"), form).status_code == 400


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        ("director", {}, 302),
        ("chief_families", {}, 302),
        ("leader", {"institution": "999001"}, 302),
        ("leader", {"institution": "999003"}, 409),
        ("leader", {}, 404),
        ("director", {"kommune": "000"}, 404),
        ("committee", {}, 409),
        ("system", {}, 409),
        ("", {}, 409),
    ],
)
def test_the_demo_is_entered_in_a_post_of_a_chosen_place(
    client, to, role, place, status
):
    form = {"role": role, "kommune": FJORDBY} | place

    answer = client.post(to("enter_demo"), form)

    assert answer.status_code == status
    assert ("_auth_user_id" in client.session) is (status == 302)


def test_the_demo_does_not_push_out_a_real_holder(client, to):
    Holding.objects.create(
        post=post_at(*reversed(DIRECTOR)), holder_name="Kim", valid_from=LOADED
    )

    answer = client.post(to("enter_demo"), {"role": "director", "kommune": FJORDBY})

    assert answer.status_code == 409


def test_without_the_demo_there_are_no_demo_logins(client, settings, to):
    settings.KAEDEN_DEMO = False

    answer = client.post(to("enter_demo"), {"role": "director", "kommune": FJORDBY})

    assert answer.status_code == 404
    assert to("enter_demo") not in client.get(to("sign_in") + "?kommune=999").text


def test_a_reader_changes_language_and_stays_on_the_page():
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/sprog/", {"language": "en", "next": "/om/"})

    assert answer.headers["Location"] == "/om/"
    assert '<html lang="en">' in client.get("/om/").text
    client.post("/sprog/", {"language": "da", "next": "/om/"})
    assert '<html lang="da">' in client.get("/om/").text


def test_the_language_form_sends_nobody_to_another_site(client):
    answer = client.post("/sprog/", {"language": "en", "next": "https://evil.example/"})

    assert answer.headers["Location"] == "/"


def test_a_language_that_is_not_here_changes_nothing(client):
    client.post("/sprog/", {"language": "xx", "next": "/om/"})

    assert '<html lang="da">' in client.get("/om/").text


def test_an_empty_product_says_that_nothing_is_released(client, to, monkeypatch):
    monkeypatch.setattr(Release, "objects", Release.objects.none())

    answer = english(client).get(to("denmark"))

    assert answer.status_code == 404
    assert "No results have been released yet." in answer.text
