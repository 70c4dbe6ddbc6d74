"""Who is shown what not everybody may see has a row in the trail, written first."""

import re

import pytest
from django.db import connection
from django.urls import get_resolver

from kaeden.access.rules import Role
from kaeden.audit.models import LookUp
from kaeden.web.policy import is_same_for_all
from tests.builders.places import (
    DAYCARE,
    FJORDBY,
    NORDSKOLEN,
    SCHOOLS,
    TOWN,
    an_account,
    post_at,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
ABSENCE = "school-absence"
CHIEF = (Role.CHIEF_SCHOOLS, SCHOOLS)
PROTECTED = [
    ("desk", ()),
    ("municipality", (FJORDBY,)),
    ("chain", (FJORDBY,)),
    ("institution", ("999001",)),
    ("result", ("999001", ABSENCE)),
]


@pytest.mark.parametrize(("name", "args"), PROTECTED)
def test_a_protected_page_gives_one_row_that_says_who_in_which_post(
    as_holder, to, name, args
):
    chief, address = as_holder(*CHIEF), to(name, *args)

    assert chief.get(address + "?a=b").status_code == 200

    seen = LookUp.objects.get()
    assert (seen.route, seen.address) == (f"web:{name}", address + "?a=b")
    assert seen.post_id == post_at(SCHOOLS, Role.CHIEF_SCHOOLS).pk
    assert (seen.role, seen.seat) == ("chief_schools", SCHOOLS)


@pytest.mark.parametrize(("name", "args"), PROTECTED)
def test_who_is_not_signed_in_leaves_no_row(client, to, name, args):
    client.get(to(name, *args))

    assert not LookUp.objects.exists()


def test_a_person_without_a_post_is_written_down_too(client, to):
    client.force_login(an_account("ny"))

    client.get(to("institution", "999001"))

    assert LookUp.objects.get().role == ""


@pytest.mark.parametrize(
    "address",
    [
        "/kommune/000/",
        "/nowhere/",
        "/soeg/?q=nord",
        "/om/",
        "/data/",
        "/indikator/",
        "/log-ind/?kommune=999",
    ],
)
def test_what_is_not_there_and_what_is_the_same_for_all_leaves_no_row(
    as_holder, address
):
    as_holder(*CHIEF).get(address)

    assert not LookUp.objects.exists()


def test_a_refusal_shows_nothing_and_leaves_no_row(as_holder, to):
    assert (
        as_holder(Role.CHIEF_DAYCARE, DAYCARE)
        .post(to("fill", post_at(NORDSKOLEN, Role.LEADER).pk), {"holder": "Kim"})
        .status_code
        == 403
    )

    assert not LookUp.objects.exists()


def test_a_form_that_comes_back_shows_the_page_again(as_holder, to):
    answer = as_holder(*CHIEF).post(to("assess", "999001", ABSENCE), {})

    assert answer.status_code == 400
    assert LookUp.objects.get().route == "web:assess"


FULL = {
    "sqlite": """
        CREATE TRIGGER full BEFORE INSERT ON audit_lookup
        BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
    """,
    "postgresql": """
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
        CREATE TRIGGER is_full BEFORE INSERT ON audit_lookup
        EXECUTE FUNCTION full_disk()
    """,
}


def test_a_page_whose_row_cannot_be_written_is_not_served(as_holder, to, caplog):
    chief = as_holder(*CHIEF)
    with connection.cursor() as cursor:
        cursor.execute(FULL[connection.vendor])

    answer = chief.get(to("institution", "999001"))

    assert answer.status_code == 503
    assert "Nordskolen" not in answer.text
    assert "ikke kan skrives ned" in answer.text
    assert "the page was not sent" in caplog.text
    assert chief.get(to("sources")).status_code == 200


def test_a_look_up_leaves_what_is_kept_for_visitors(
    as_holder, client, settings, to, django_assert_num_queries
):
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": memory}}
    kept = client.get(to("about"))

    as_holder(*CHIEF).get(to("desk"))

    assert LookUp.objects.count() == 1
    with django_assert_num_queries(1):
        assert client.get(to("about")).content == kept.content


# What is said to be the same for all is so ---------------------------------------------

THE_SAME = {
    "denmark": (),
    "units": (FJORDBY,),
    "unit": (FJORDBY, "schools"),
    "indicators": (),
    "indicator": (ABSENCE,),
    "download": (ABSENCE,),
    "sources": (),
    "all_differences": (FJORDBY,),
    "model_file": (FJORDBY, ABSENCE),
    "worked_example": (),
    "search": (),
    "about": (),
    "where": (),
    "sign_in": (),
}
POSTS = [CHIEF, (Role.DIRECTOR, TOWN), (Role.LEADER, NORDSKOLEN)]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def test_each_view_that_says_so_stands_here():
    routes = get_resolver("kaeden.web.urls").url_patterns

    assert {one.name for one in routes if is_same_for_all(one.callback)} == set(
        THE_SAME
    )


@pytest.mark.parametrize(("name", "args"), THE_SAME.items())
def test_a_page_that_is_the_same_for_all_is_the_same_for_all(
    as_holder, client, to, name, args
):
    def shown_to(reader):
        text = reader.get(to(name, *args) + "?q=nord").text
        return TOKEN.sub("", text.partition("<main")[2].partition("</main")[0] or text)

    assert {shown_to(as_holder(*post)) for post in POSTS} == {shown_to(client)}
