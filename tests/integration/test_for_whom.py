"""For whom? Who sees which gaps, in words first, and what is said where there are none."""

import re

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.engine.models import Run
from tests.builders.figures import a_gap_result, a_release, a_result, a_town_result
from tests.builders.places import NORDSKOLEN, SCHOOLS, TOWN, a_country, a_holder

pytestmark = pytest.mark.django_db
WELLBEING = "wellbeing-general"
HERE = ("999", WELLBEING)
MOST_QUERIES = 12
NB = "\N{NO-BREAK SPACE}"


@pytest.fixture
def released(db):
    a_country()
    made = a_release(
        a_result(indicator=WELLBEING, value=3.8),
        a_town_result(),
        gaps=(
            a_gap_result(
                "999",
                level="municipality",
                n_first=300,
                n_second=310,
                differ_p=0.4,
                compared=8,
            ),
            a_gap_result(
                *("999",),
                level="municipality",
                kind="slope",
                first="parents_education",
                second="parents_education",
                n_first=600,
                n_second=600,
            ),
            a_gap_result(difference=0.417, low=0.2, high=0.6, years=2, since="2023/24"),
            a_gap_result("999002", n_first=3, difference=None),
        ),
    )
    Run.objects.filter(pk=made.run_id).update(scope="999")
    return made


@pytest.fixture
def at_post(released):
    """A client that is signed in as the holder of a post."""

    def sign_in(role, path):
        client = Client()
        client.force_login(a_holder(Role(role), path))
        return client

    return sign_in


def test_the_gap_is_told_in_words_with_its_interval_for_everybody(released, client, to):
    page = client.get(to("for_whom", *HERE)).text

    assert f"Piger ligger 0,30{NB}point over drenge." in page
    assert f"mellem 0,10 og 0,50{NB}point" in page
    assert "1,09 gange" in page
    assert "kan ikke siges at være større nogle steder end andre" in page


def test_the_slope_from_the_lowest_to_the_highest_is_told(released, client, to):
    page = client.get(to("for_whom", *HERE)).text

    assert "Fra børn, hvis forældre har den korteste uddannelse" in page


@pytest.mark.parametrize("who", ["visitor", "politician"])
def test_nobody_outside_the_line_sees_a_school(who, at_post, client, to):
    reader = client if who == "visitor" else at_post("committee", TOWN)
    page = reader.get(to("for_whom", *HERE)).text

    assert "Nordskolen" not in page
    assert "0,42" not in page


def test_a_leader_sees_the_own_school_with_the_years_put_together(at_post, to):
    page = at_post("leader", NORDSKOLEN).get(to("for_whom", *HERE)).text

    assert "Nordskolen: Piger ligger" in page
    assert f"0,42{NB}point" in page
    assert "2 skoleår lagt sammen, 2023/24 til 2024/25" in page
    assert "Sydskolen" not in page


def test_a_chief_sees_the_schools_by_name_and_which_are_too_small(at_post, to):
    page = at_post("chief_schools", SCHOOLS).get(to("for_whom", *HERE)).text

    assert "Nordskolen" in page
    assert re.search(r"færre end 20 børn, også når op til 3 skoleår.*Sydskolen", page)
    assert "Stederne står efter navn, ikke efter størrelse" in page


def test_a_school_that_is_apart_from_the_others_is_named_by_the_difference(at_post, to):
    apart = a_gap_result(
        "999001", apart=0.31, apart_low=0.05, apart_high=0.57, compared=8
    )
    town = a_gap_result("999", level="municipality", n_first=300, n_second=310)
    made = a_release(a_result(indicator=WELLBEING, value=3.8), gaps=(town, apart))
    Run.objects.filter(pk=made.run_id).update(scope="999")
    page = at_post("chief_schools", SCHOOLS).get(to("for_whom", *HERE)).text

    assert (
        f"På Nordskolen ligger piger 0,31{NB}point højere i forhold til drenge" in page
    )
    assert "kan ikke siges at være større" not in page


def test_what_is_missing_is_said_and_what_it_would_take(released, client, to):
    page = client.get(to("for_whom", *HERE)).text
    nothing = client.get(to("for_whom", "999", "school-absence")).text

    assert "Drenge og piger" in page
    assert "Det kræver en kolonne i filen om børn" in page
    assert "Her er ingen tal for grupper af børn" in nothing
    assert "intet barn vises nogensinde" in nothing


def test_every_indicator_has_the_tab_and_every_place_the_way_to_it(
    released, client, to
):
    tab = to("for_whom", *HERE)
    a_release(a_result())

    assert tab in client.get(to("differences", *HERE)).text
    assert tab in client.get(to("institution", "999001")).text
    assert "For hvem?" in client.get(to("indicator", "school-absence")).text


@pytest.mark.parametrize(("role", "path"), [("leader", NORDSKOLEN), ("director", TOWN)])
def test_the_page_costs_the_same_whoever_reads(
    role, path, at_post, to, django_assert_max_num_queries
):
    reader = at_post(role, path)
    reader.get(to("for_whom", *HERE))

    with django_assert_max_num_queries(MOST_QUERIES):
        reader.get(to("for_whom", *HERE))
