"""A community's page and form, for members, chiefs and others."""

import pytest
from django.test import Client
from django.utils import translation

from kaeden.access.rules import Role
from kaeden.organisation.models import Community
from tests.builders.chains import BEGAN, a_chain, applied
from tests.builders.places import an_account, post_at

pytestmark = pytest.mark.django_db
BASE = "/kommune/999/faellesskaber/"
TOWN, SCHOOLS = "dk/999", "dk/999/schools"
NORD = f"{SCHOOLS}/999001"
GOOD = {
    "name": "Skriftlighed",
    "purpose": "At alle børn skriver mere",
    "members": ["leder-999001", "leder-999002"],
}


@pytest.fixture(autouse=True)
def _english(db):
    applied(a_chain())
    with translation.override("en"):
        yield


def as_holder(role, path):
    user = an_account(f"{role} {path}")
    post = post_at(path, role)
    post.holdings.all().delete()
    post.holdings.create(user=user, valid_from=BEGAN)
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


def test_a_member_finds_the_community_and_its_members():
    leader = as_holder(Role.LEADER, NORD)

    assert "Læsefællesskabet" in leader.get(BASE).text
    text = leader.get(f"{BASE}laesning/").text
    assert "At flere børn læser med lyst" in text
    assert "Institution leader, Sydskolen" in text
    assert "Change the community" not in text


def test_who_is_not_in_it_finds_no_such_community():
    other = as_holder(Role.AREA_LEADER, "dk/999/daycare/nord")

    assert "There is no community that you see." in other.get(BASE).text
    assert other.get(f"{BASE}laesning/").status_code == 404


def test_a_community_shows_the_day_that_is_asked_for():
    leader = as_holder(Role.LEADER, NORD)

    assert leader.get(f"{BASE}laesning/?dato=2025-01-01").status_code == 200
    assert leader.get(f"{BASE}?dato=nu").status_code == 400


def test_a_chief_forms_a_community():
    chief = as_holder(Role.CHIEF_SCHOOLS, SCHOOLS)

    assert "Who is in it" in chief.get(f"{BASE}nyt/").text
    answer = chief.post(f"{BASE}nyt/gem/", GOOD, follow=True)

    assert answer.redirect_chain == [(f"{BASE}skriftlighed/", 302)]
    assert "The community is formed." in answer.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Write what the community is called."),
        ({"purpose": ""}, "Write what the community is for."),
        ({"members": []}, "Choose two members or more."),
        ({"members": ["leder-999001"]}, "Choose two members or more."),
        ({"members": ["leder-solstraalen"]}, "leder-solstraalen"),
    ],
)
@pytest.mark.parametrize("address", ["nyt/gem/", "laesning/gem/"])
def test_a_form_that_can_not_be_used_comes_back(address, changes, sentence):
    chief = as_holder(Role.CHIEF_SCHOOLS, SCHOOLS)

    answer = chief.post(f"{BASE}{address}", GOOD | changes)

    assert answer.status_code == 400
    assert sentence in answer.text


def test_a_chief_changes_a_community():
    chief = as_holder(Role.CHIEF_SCHOOLS, SCHOOLS)

    form = chief.get(f"{BASE}laesning/ret/").context["form"]
    answer = chief.post(f"{BASE}laesning/gem/", GOOD, follow=True)

    assert form["members"].value() == ["leder-999001", "leder-999002"]
    assert "The community is changed." in answer.text
    assert Community.objects.get().name == "Skriftlighed"


def test_a_chief_lets_a_community_end():
    chief = as_holder(Role.CHIEF_SCHOOLS, SCHOOLS)

    answer = chief.post(f"{BASE}laesning/afslut/", follow=True)

    assert "What it was is kept." in answer.text
    assert chief.get(f"{BASE}laesning/").status_code == 404


@pytest.mark.parametrize(
    ("verb", "address"),
    [
        ("get", "nyt/"),
        ("post", "nyt/gem/"),
        ("get", "laesning/ret/"),
        ("post", "laesning/gem/"),
        ("post", "laesning/afslut/"),
    ],
)
def test_a_leader_neither_forms_nor_changes(verb, address):
    leader = as_holder(Role.LEADER, NORD)

    assert getattr(leader, verb)(f"{BASE}{address}", GOOD).status_code == 403


def test_one_across_pillars_is_read_by_a_chief_in_it_and_changed_by_the_director():
    director = as_holder(Role.DIRECTOR, TOWN)
    across = {"members": ["skolechef", "leder-solstraalen"]}
    director.post(f"{BASE}nyt/gem/", GOOD | across)
    chief = as_holder(Role.CHIEF_SCHOOLS, SCHOOLS)

    assert chief.get(f"{BASE}skriftlighed/").status_code == 200
    assert chief.get(f"{BASE}skriftlighed/ret/").status_code == 403
