from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from kaeden.access.rules import NOBODY, Role
from kaeden.organisation import queries
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.identity import identity_of
from kaeden.organisation.models import Holding, Post
from tests.builders.places import (
    FJORDBY,
    FRISKOLEN,
    HAVBY,
    NORDSKOLEN,
    SCHOOLS,
    TOWN,
    a_country,
    a_daycare,
    a_holder,
    a_school,
    an_account,
    post_at,
    the_registers,
    unit_at,
)

pytestmark = pytest.mark.django_db
LATER = date(2026, 8, 1)


@pytest.fixture(autouse=True)
def _country(db):
    a_country()


def codes(units):
    return [unit.code for unit in units]


def test_who_is_not_signed_in_is_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        identity = identity_of(AnonymousUser())

    assert (identity.actor, identity.label) == (NOBODY, "")


def test_somebody_who_holds_no_post_has_an_account_and_no_rights():
    identity = identity_of(an_account("ny"))

    assert identity.actor.role is None
    assert identity.label == ""


@pytest.mark.parametrize(
    ("role", "path", "label"),
    [
        (Role.DIRECTOR, TOWN, "Director of children and youth, Fjordby"),
        (Role.CHIEF_SCHOOLS, SCHOOLS, "Chief of schools, Fjordby"),
        (Role.LEADER, NORDSKOLEN, "Institution leader, Nordskolen"),
    ],
)
def test_who_asks_is_known_by_post_and_place(
    role, path, label, django_assert_num_queries
):
    user = a_holder(role, path)

    with django_assert_num_queries(1):
        identity = identity_of(user)

    assert (identity.actor.role, identity.actor.path) == (role, path)
    assert (identity.actor.user_id, identity.label) == (user.pk, label)


def test_a_post_that_has_been_left_gives_no_right():
    user = a_holder(Role.DIRECTOR, TOWN)
    Holding.objects.update(valid_to=LATER)

    assert identity_of(user).actor.role is None


def test_a_post_at_a_school_that_has_closed_gives_no_right():
    user = a_holder(Role.LEADER, NORDSKOLEN)
    a_country([one for one in the_registers() if one.code != "999001"], as_of=LATER)

    assert identity_of(user).actor.role is None


def test_only_real_municipalities_are_listed(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert codes(queries.municipalities()) == [HAVBY]
    assert codes(queries.municipalities(with_invented=True)) == [FJORDBY, HAVBY]
    assert queries.is_there(FJORDBY)
    assert not queries.is_there("000")


def test_a_place_is_found_by_its_code():
    assert queries.get_municipality(FJORDBY).name == "Fjordby"
    assert queries.get_institution("999001").name == "Nordskolen"
    assert codes([queries.get_place(FJORDBY), queries.get_place("G99901")]) == [
        FJORDBY,
        "G99901",
    ]


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (queries.get_municipality, "999001"),
        (queries.get_municipality, "000"),
        (queries.get_institution, FJORDBY),
        (queries.get_institution, ""),
        (queries.get_place, "schools"),
        (queries.get_place, "dk"),
    ],
)
def test_a_code_of_something_else_is_no_such_place(ask, code):
    with pytest.raises(NoSuchUnit, match="Search for its name"):
        ask(code)


def test_a_school_that_has_closed_is_no_longer_found():
    a_country([], as_of=LATER)

    with pytest.raises(NoSuchUnit):
        queries.get_institution("999001")


def test_a_municipalitys_institutions_are_listed_by_name():
    names = [unit.name for unit in queries.institutions_of(unit_at(TOWN))]

    assert names == [
        "Børnehuset Solstrålen",
        "Fjord Friskole",
        "Nordskolen",
        "Sydskolen",
    ]


def test_a_municipality_whose_code_begins_alike_is_another():
    town = unit_at(TOWN)
    town.path = "dk/99"

    assert queries.institutions_of(town) == []


def test_a_post_of_today_is_found_and_one_that_ended_is_not():
    post = post_at(NORDSKOLEN, Role.LEADER)
    assert queries.get_post(post.pk) == post

    Post.objects.filter(pk=post.pk).update(valid_to=LATER)
    with pytest.raises(NoSuchUnit, match="no such post"):
        queries.get_post(post.pk)


def test_a_post_is_known_by_its_key_within_its_own_municipality():
    post = post_at(NORDSKOLEN, Role.LEADER)

    assert queries.key_of(post.pk, unit_at(TOWN)) == post.key
    assert queries.key_of(post.pk, unit_at("dk/998")) == ""
    assert queries.key_of(None, unit_at(TOWN)) == ""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("nord", ["999001"]),
        ("  NORDSKOLEN ", ["999001"]),
        ("solstraalen", ["G99901"]),
        ("fjord", [FJORDBY, "999003"]),
        ("skole", ["999003", "998001", "999001", "999002"]),
        ("n", []),
        ("", []),
        ("100 %", []),
        ("_", []),
    ],
)
def test_a_search_finds_names_as_they_are_typed(words, found):
    assert codes(queries.search(words)) == found


def test_a_search_puts_names_that_begin_with_the_words_first():
    a_country([*the_registers(), a_school("999008", "Aalborg Sydskole")])

    assert codes(queries.search("syd")) == ["999002", "999008"]


def test_a_search_stops_at_thirty():
    many = [a_daycare(f"G{number}", f"Hus {number}") for number in range(40)]
    a_country([*the_registers(), *many])

    assert len(queries.search("hus")) == 30


def test_units_are_known_by_the_levels_of_the_data():
    ids = queries.unit_ids()

    assert ids["country", "dk"] == unit_at("dk").pk
    assert ids["municipality", FJORDBY] == unit_at(TOWN).pk
    assert ids["institution", "999003"] == unit_at(FRISKOLEN).pk
    assert len(ids) == 1 + 2 + 5
