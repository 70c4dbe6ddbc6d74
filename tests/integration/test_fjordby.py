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


# Its results --------------------------------------------------------------------------


SOURCE = "Kilde: Fjordbys opdigtede tal"


@pytest.mark.parametrize(
    ("route", "args", "says"),
    [
        ("institution", ["999001"], "Dårligere, næppe tilfældigt"),
        ("institution", ["999006"], "Bedre, næppe tilfældigt"),
        ("institution", ["999007"], "Lavere end institutioner, der ligner"),
        ("institution", ["G99901"], "Uddannede pædagoger i dagtilbud"),
        ("municipality", ["999"], "Stiger, næppe tilfældigt"),
        ("goals", ["999"], "Alle elever er i skole"),
        ("goal", ["999", "in-school-every-day"], "elever er væk"),
        ("result", ["999001", "school-absence"], "Dårligere, næppe tilfældigt"),
    ],
)
def test_its_results_stand_with_their_marks_and_are_said_to_be_invented(
    client, to, route, args, says
):
    page = client.get(to(route, *args)).text

    assert says in page
    assert SOURCE in page
    assert "tallene og ordene findes kun her" in page
    assert "Uddannelsesstatistik" not in page


def test_its_schools_are_beside_its_own(client, to):
    page = client.get(to("institution", "999001")).text

    assert "Kommunens egne af samme slags." in page
    assert to("institution", "999006") in page


def test_a_merged_school_goes_on_from_those_that_it_came_of(client, to):
    page = client.get(to("institution", "999004")).text

    assert "fører Havneskolen, Vesterskolen videre" in page
    assert "2018/19" in page


def test_denmark_leaves_it_out(client, to):
    page = client.get(to("denmark")).text

    assert "Fjordby" not in page
    assert SOURCE not in page
