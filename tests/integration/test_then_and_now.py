"""Every page of a place answers as organised then and as organised now."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from kaeden.access.rules import Role
from kaeden.dialogue.models import Assessment
from kaeden.organisation.models import Unit
from tests.builders.chains import a_chain, applied, with_unit, without
from tests.builders.figures import a_release, a_result
from tests.builders.places import an_account, post_at

pytestmark = pytest.mark.django_db
MERGED = date(2025, 8, 1)
SCHOOLS = "dk/999/schools"


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def release():
    """Sydskolen was renamed and then merged into Nordskolen; figures from both."""
    chain = replace(a_chain(), communities=())
    applied(chain)
    chain = with_unit(chain, "999002", name="Fjordskolen")
    applied(chain, on=date(2025, 2, 1))
    made = a_release(
        a_result(n=100.0, period="2023/24", is_latest=False, value=6.0),
        a_result("999002", n=300.0, period="2023/24", value=8.0, is_latest=True),
        a_result(n=400.0, period="2025/26", value=7.0),
    )
    chain = without(chain, "999002", "leder-999002")
    applied(replace(chain, carried_on={"999002": ("999001",)}), on=MERGED)
    return made


def sign_in(role, path):
    user = an_account(f"{role} {path}")
    post = post_at(path, role)
    post.holdings.all().delete()
    post.holdings.create(user=user, valid_from=MERGED)
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


# Places --------------------------------------------------------------------------------


def test_the_list_of_units_is_that_of_the_day(client, release):
    now = client.get("/kommune/999/enheder/").text
    then = client.get("/kommune/999/enheder/?dato=2024-09-01").text

    assert "Sydskolen" not in now
    assert "Sydskolen" in then
    assert "/institution/999002/?dato=2024-09-01" in then


def test_an_ended_institution_still_answers_and_says_who_carries_it_on(client, release):
    text = client.get("/institution/999002/").text

    assert "The unit was closed on Aug. 1, 2025." in text
    assert "Carried on by Nordskolen" in text
    assert "8.0%" in text


def test_on_its_own_day_it_has_its_own_name(client, release):
    text = client.get("/institution/999002/?dato=2024-09-01").text

    assert "was closed" not in text
    assert 'aria-current="page">Sydskolen<' in text


def test_a_units_page_tells_its_history(client, release):
    text = client.get("/kommune/999/enhed/999002/").text

    assert "Name: Fjordskolen" in text
    assert "Name: Sydskolen" in text
    assert "Carried on by Nordskolen" in text


@pytest.mark.parametrize("address", ["enheder/", "enhed/999001/"])
def test_a_day_that_can_not_be_read_is_refused(client, release, address):
    assert client.get(f"/kommune/999/{address}?dato=nu").status_code == 400


# Series --------------------------------------------------------------------------------


def values(client, address):
    (card,) = client.get(address).context["view"].cards
    return [row.cells[0] for row in card.curve.table.rows]


def test_the_series_goes_on_back_through_the_merged_school(client, release):
    assert values(client, "/institution/999001/") == ["7.5%", "7.0%"]


def test_as_organised_then_it_holds_only_its_own(client, release):
    (one,) = client.get("/institution/999001/").context["view"].series

    assert one.href == "/institution/999001/?dato=2025-07-31"
    assert values(client, one.href) == ["6.0%", "7.0%"]


# Rights --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "path", "sees"),
    [
        (Role.LEADER, f"{SCHOOLS}/999001", True),
        (Role.CHIEF_SCHOOLS, SCHOOLS, True),
        (Role.AREA_LEADER, "dk/999/daycare/nord", False),
    ],
)
def test_an_ended_units_assessments_follow_its_successor(release, role, path, sees):
    chief = post_at(SCHOOLS, Role.CHIEF_SCHOOLS)
    Assessment.objects.create(
        release_id=release.pk,
        unit=Unit.objects.get(code="999002"),
        indicator="school-absence",
        period="2023/24",
        judgement="chance",
        sentence="Det er et udsving.",
        next_step="Vi ser til næste år.",
        post=chief,
        made_by=an_account("chief"),
        made_at="2025-01-01T12:00Z",
    )

    text = sign_in(role, path).get("/institution/999002/").text

    assert ("Det er et udsving." in text) is sees


def test_the_former_leader_sees_nothing(release):
    user = an_account("formerly")
    former = Client()
    former.force_login(user)

    assert former.get("/kommune/999/stillinger/").status_code == 403
