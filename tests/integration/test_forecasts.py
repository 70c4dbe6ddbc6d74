"""Will it work here? As leaders, their chiefs and others meet it in the browser."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import number_format

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.learning.actions.adoptions import tell
from kaeden.learning.models import Forecast
from kaeden.learning.rules.practices import Fidelity
from tests.builders.dialogue import holder_of
from tests.builders.evidence import ABSENCE
from tests.builders.forecasts import asked, held, tried_by
from tests.builders.places import (
    DAYCARE,
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
)
from tests.builders.practices import TALKS, adopted, leader, other_leader
from tests.unit.kaeden.learning.queries.test_forecasts import BEGAN

pytestmark = pytest.mark.django_db
MOST_QUERIES = 26
"""PostgreSQL asks for its turn in the trail by one query more than SQLite."""
HERE = "Hos 9 af 10 steder som dette venter vi"


@pytest.fixture
def tried():
    return tried_by()


def signed_in(role, path):
    client = Client()
    client.force_login(User.objects.get(pk=holder_of(role, path).user_id))
    return client


def nord():
    return signed_in(Role.LEADER, NORDSKOLEN)


def here(code="999001"):
    return reverse("web:forecast", args=[TALKS, code])


def press(client, guess=""):
    to = reverse("web:ask_forecast", args=[TALKS, ABSENCE])
    return client.post(to, {"guess": guess}, follow=True)


def test_a_leader_guesses_before_the_forecast_is_shown(tried):
    text = nord().get(here()).text

    assert HERE not in text
    assert "<svg class" not in text.partition("<main")[2]
    assert "Hvad tror du selv?" in text
    assert "Ingen af dem, der har prøvet den, ligger der." in text


def test_the_forecast_comes_in_words_before_the_picture(tried):
    text = press(nord(), "-1,2").text

    assert HERE in text
    assert "Det er bedre hele vejen." in text
    assert "Det bygger på 7 skoler." in text
    assert "Lederens eget gæt var 1,2" in text
    assert text.index(HERE) < text.index('class="kd-picture')
    assert Forecast.objects.get().guess == -1.2


def test_a_guess_that_is_no_number_is_told_and_nothing_is_asked(tried):
    answer = press(nord(), "meget")

    assert answer.status_code == 400
    assert "Skriv et tal" in answer.text
    assert not Forecast.objects.exists()


def test_the_chief_sees_it_without_asking(tried):
    text = signed_in(Role.CHIEF_SCHOOLS, SCHOOLS).get(here()).text

    assert HERE in text
    assert "Vis forudsigelsen" not in text


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        (Role.LEADER, SYDSKOLEN, 404),
        (Role.CHIEF_DAYCARE, DAYCARE, 404),
        (Role.COMMITTEE, TOWN, 403),
        (Role.DIRECTOR, TOWN, 200),
    ],
)
def test_only_the_line_reads_it(tried, role, path, status):
    assert signed_in(role, path).get(here()).status_code == status


def test_too_few_is_a_plain_sentence_with_its_number():
    tried_by(4)

    text = nord().get(here()).text

    assert "Vi kan ikke sige, om det vil virke her: Kun 0 skoler" in text
    assert "Vis forudsigelsen" not in text


def test_what_others_have_adapted_is_told_and_by_whom(tried):
    made = adopted(by=other_leader())
    tell(made.pk, Fidelity.PARTLY, "Kun i udskolingen.", by=other_leader())

    text = nord().get(here()).text

    assert "Kun i udskolingen." in text
    assert "Sydskolen" in text


def test_afterwards_what_happened_stands_beside_it(tried):
    asked(-1.0)
    adopted(on=BEGAN)
    (outcome,) = held()

    text = nord().get(here()).text

    assert "Det, der skete:" in text
    assert number_format(abs(outcome.gain), 1) in text
    assert ("inden for det, vi ventede" in text) is outcome.is_inside


def test_the_chief_finds_the_places_and_how_often_forecasts_hold(tried):
    asked()
    text = (
        signed_in(Role.CHIEF_SCHOOLS, SCHOOLS)
        .get(reverse("web:forecasts", args=[TALKS]))
        .text
    )

    assert "Nordskolen" in text
    assert "spurgte 2. maj 2022" in text
    assert "Vi viser, hvor tit de rammer, fra 5." in text


def test_the_practice_leads_a_leader_to_their_own_place_and_others_to_the_list(tried):
    practice = reverse("web:practice", args=[TALKS])

    assert here() in nord().get(practice).text
    chief = signed_in(Role.CHIEF_SCHOOLS, SCHOOLS).get(practice).text
    assert reverse("web:forecasts", args=[TALKS]) in chief


def test_another_indicator_is_one_press_away(tried):
    text = nord().get(here(), {"indikator": "high-absence"}).text

    assert f"{here()}?indikator={ABSENCE}" in text
    assert nord().get(here(), {"indikator": "joy"}).status_code == 404


@pytest.mark.parametrize("users", [5, 7])
def test_the_page_costs_the_same_however_many_use_it(
    users, django_assert_max_num_queries
):
    tried_by(users)
    asked(by=leader())
    client = nord()
    client.get(here())

    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(here())
