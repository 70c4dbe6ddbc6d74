"""Fjordby seen from outside: entered by a post, marked on every page."""

import pytest
from django.test import Client

from kaeden.access.rules import SYSTEM
from kaeden.organisation.loading import load_country
from kaeden.presentation.fjordby import DOORS
from tests.builders.figures import a_release, a_result
from tests.builders.fjordby import TODAY
from tests.builders.places import HAVBY

pytestmark = pytest.mark.django_db
MARK = "Fjordby Kommune er opdigtet."


@pytest.fixture(autouse=True)
def _released(told):
    load_country([(HAVBY, "Havby")], [], as_of=TODAY, by=SYSTEM)
    a_release(a_result(HAVBY, level="municipality", indicator="high-absence"))


def entered(to, key):
    client = Client()
    client.post(to("enter_demo"), {"post": key})
    return client


def test_there_is_a_door_for_each_role_and_real_municipalities_are_folded(client, to):
    page = client.get(to("sign_in")).text

    assert page.count('name="post"') == len(DOORS)
    assert "<details" in page.split("Vælg en rigtig kommune")[0]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.key)
def test_each_door_opens_on_a_desk_marked_as_invented(to, door):
    answer = entered(to, door.key).get(to("desk"))

    assert answer.status_code == 200
    assert MARK in answer.text


@pytest.mark.parametrize("post", ["borgmester", "leder-ungehuset-kajen"])
def test_a_post_that_nobody_holds_is_no_door(client, to, post):
    assert client.post(to("enter_demo"), {"post": post}).status_code == 404


def test_without_fjordby_there_are_no_doors(client, to, settings):
    settings.KAEDEN_DEMO = False

    assert 'name="post"' not in client.get(to("sign_in")).text


@pytest.mark.parametrize(
    ("route", "code"),
    [("municipality", "999"), ("chain", "999"), ("units", "999")],
)
def test_every_public_page_about_fjordby_says_that_it_is_invented(
    client, to, route, code
):
    answer = client.get(to(route, code))

    assert MARK in answer.text


def test_pages_about_others_do_not(client, to):
    assert MARK not in client.get(to("about")).text
    assert MARK not in client.get("/findes-ikke/").text
    assert MARK not in client.get(to("chain", HAVBY)).text


def test_a_search_finds_it_and_says_so(client, to):
    page = client.get(to("search"), {"q": "nordskolen"}).text

    assert "Nordskolen (opdigtet)" in page


def test_it_is_in_no_list_of_municipalities(client, to):
    page = client.get(to("sign_in")).text

    assert f'value="{HAVBY}"' in page
    assert 'value="999"' not in page
