"""The first screen of each role: its question, answered at a small price."""

import re

import pytest
from django.test import Client

from kaeden.access.rules import SYSTEM
from kaeden.organisation.loading import load_country
from kaeden.presentation.desks.questions import QUESTIONS
from kaeden.presentation.fjordby import DOORS
from kaeden.web.desks import PARTS
from tests.builders.figures import a_release, a_result
from tests.builders.fjordby import TODAY, the_town
from tests.builders.places import HAVBY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]
MOST_QUERIES = 113
"""The chain 18, breaks 31, figures 7, links 2, both ways 5, talks 5, time 5, trail 5.

What is tried takes 6, what waits in one's communities 2, what a form on it takes 1.
"""
SHOWN = {
    "boerne-og-ungeudvalget": ["Alle elever er i skole og er en del af fællesskabet."],
    "direktoer": [
        "Kæden i Fjordby Kommune",
        "Unge i gang« har ingen ejer",
        "Foreslået til din dagsorden",
    ],
    "skolechef": [
        "7 resultater at vurdere.",
        "Kilde: Fjordbys opdigtede tal",
        "af kommunens egne resultater",
        "Her kan du gøre kæden hel",
        "Skoleleder, Nordskolen",
    ],
    "dagtilbudschef": [
        "1 resultat at vurdere.",
        "Ingen forventninger venter på dig.",
    ],
    "familiechef": ["Ungehuset Kajen: Ingen har stillingen", "Familiehuset Fjord"],
    "omraadeleder-nord": ["I Område Nord"],
    "leder-nordskolen": [
        "Hold og skemaer, ansættelse af medarbejdere",
        "Leder, PPR Fjordby",
        "På Nordskolen ved vi inden klokken ni, hvem der mangler",
    ],
    "leder-boernehuset-solstraalen": [
        "læser vi med hvert barn",
        "Det forventes af dig",
    ],
    "team-999001-udskoling": [
        "I udskolingen har hver elev en voksen",
        "Sagt af Afdelingsleder for udskoling, Nordskolen",
    ],
    "analytiker": [
        "17 af 20 indikatorer for de vedtagne mål har et tal.",
        "Kilde: Fjordbys opdigtede tal",
    ],
    "databeskyttelsesraadgiver": [
        "De sidste 7 dage er der gjort",
        "De sidste 7 dage er sider, som ikke alle må se, blevet åbnet 0 gange.",
    ],
}


@pytest.fixture
def at_desk(to):
    def enter(key):
        client = Client()
        client.post(to("enter_demo"), {"post": key})
        return client

    return enter


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.key)
def test_each_role_meets_its_question_and_what_answers_it(
    at_desk, to, door, django_assert_max_num_queries
):
    client = at_desk(door.key)

    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(to("desk")).text

    role = the_town().chain.post[door.key].role
    assert f"<h1>{QUESTIONS[role]}</h1>" in page
    assert [one for one in SHOWN[door.key] if one not in page] == []


@pytest.mark.parametrize("role", PARTS)
def test_no_part_stands_twice_on_a_desk(role):
    assert sorted(map(str, PARTS[role])) == sorted(map(str, {*PARTS[role]}))


def test_a_department_leader_has_a_desk_too(at_desk, to):
    page = at_desk("leder-nordskolen-uds").get(to("desk")).text

    assert "Afdelingsleder for udskoling, Nordskolen" in page
    assert "Sparring med lærere" in page


def test_somebody_without_a_charter_is_told_whom_to_ask(at_desk, to):
    page = at_desk("leder-engskolen").get(to("desk")).text

    assert "Bed din egen leder om at skrive funktionsbeskrivelsen" in page


def test_somebody_without_a_link_up_is_told_so(at_desk, to):
    page = at_desk("leder-sundhedsplejen").get(to("desk")).text

    assert "Din stilling refererer ikke til nogen" in page


def test_a_leader_does_not_read_what_a_sister_is_expected(at_desk, to):
    page = at_desk("leder-sydskolen").get(to("desk")).text

    assert "Nordskolen" not in page


def test_a_page_marks_the_entry_of_the_menu_it_is_behind(at_desk, to):
    client = at_desk("skolechef")

    for route, args in (("desk", ()), ("chain", ("999",)), ("expectations", ())):
        page = client.get(to(route, *args)).text
        assert f'href="{to(route, *args)}" aria-current="page"' in page


@pytest.fixture
def released():
    load_country([(HAVBY, "Havby")], [], as_of=TODAY, by=SYSTEM)
    a_release(a_result(HAVBY, level="municipality", indicator="high-absence"))


@pytest.mark.usefixtures("released")
def test_a_politician_asks_about_a_goal_that_somebody_owns(at_desk, to):
    page = at_desk("boerne-og-ungeudvalget").get(to("desk")).text

    assert to("new_question", "999", "in-school-every-day") in page
    assert to("new_question", "999", "unge-i-gang") not in page


@pytest.mark.usefixtures("released")
def test_a_politician_reads_no_unit_and_no_effort(at_desk, to):
    page = at_desk("boerne-og-ungeudvalget").get(to("desk")).text

    for word in ("Nordskolen", "Familiehuset", "Morgensang"):
        assert word not in page


def test_a_politician_without_a_release_reads_the_goals_all_the_same(at_desk, to):
    page = at_desk("boerne-og-ungeudvalget").get(to("desk")).text

    assert page.count("Alle elever er i skole") >= 1


@pytest.mark.usefixtures("released")
def test_a_chief_reads_the_municipalitys_own_also_when_the_countrys_is_newer(
    at_desk, to
):
    page = at_desk("skolechef").get(to("desk")).text

    assert "7 resultater at vurdere." in page
    assert "Uddannelsesstatistik" not in page


def test_whoever_has_answered_the_pulse_is_led_to_what_it_said(at_desk, to):
    client = at_desk("team-999001-udskoling")
    assert "Svar på pulsen" in client.get(to("desk")).text

    answer = pulse_answers(client.get(to("pulse")).text)
    client.post(to("answer_pulse"), answer)

    assert "Se, hvad den seneste puls sagde" in client.get(to("desk")).text


def pulse_answers(page):
    names = set(re.findall(r'type="radio"[^>]*name="([^"]+)"', page))
    names |= set(re.findall(r'name="([^"]+)"[^>]*type="radio"', page))
    assert names
    return dict.fromkeys(names, "4")


@pytest.mark.parametrize("role", PARTS)
def test_no_desk_shows_a_part_twice(role):
    assert len(set(PARTS[role])) == len(PARTS[role])
