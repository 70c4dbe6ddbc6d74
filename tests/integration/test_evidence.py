"""What a practice has done, as those who read practices meet it."""

import pytest
from django.test import Client
from django.urls import reverse

from kaeden.access.rules import SYSTEM, Role
from kaeden.learning.actions.evidence import weigh_all
from tests.builders.evidence import ABSENCE, many_schools, released_years, weighed
from tests.builders.places import NORDSKOLEN, SCHOOLS, TOWN, a_holder, unit_at
from tests.builders.practices import TALKS

pytestmark = pytest.mark.django_db
MOST_QUERIES = 16


@pytest.fixture
def schools():
    return many_schools()


@pytest.fixture
def chief(schools):
    return signed_in(Role.CHIEF_SCHOOLS, SCHOOLS)


def signed_in(role, path):
    client = Client()
    client.force_login(a_holder(role, path))
    return client


def ladder():
    return reverse("web:all_effects", args=[TALKS])


def effect():
    return reverse("web:effect", args=[TALKS, ABSENCE])


def test_the_effect_is_said_in_words_before_the_picture(schools, chief):
    released_years(schools)
    weighed(unit_at(TOWN))

    page = chief.get(effect()).text

    assert "7 skoler har brugt den og kan følges" in page
    assert "procentpoint lavere i forhold til dem, der ikke var begyndt" in page
    assert "Det er bedre, og mere end tilfældigheder plejer at give" in page
    assert "13 skoler i Fjordby Kommune" in page
    assert page.index("7 skoler har brugt") < page.index('<svg class="kd-picture')
    assert "Vis som tabel" in page


def test_no_schools_own_effect_is_shown(schools, chief):
    released_years(schools)
    weighed(unit_at(TOWN))

    page = chief.get(effect()).text.partition("<main")[2]

    assert not [unit.name for unit in schools if unit.name in page]


def test_too_few_is_a_plain_sentence_with_its_number(schools, chief):
    released_years(schools, users=4)
    weighed(unit_at(TOWN))

    page = chief.get(effect()).text

    assert "4 skoler med tal er begyndt, og der skal 5 til" in page
    assert "<svg" not in page.partition("<main")[2]


def test_what_was_never_estimated_says_so(chief):
    assert "ikke beregnet endnu" in chief.get(effect()).text


def test_the_ladder_shows_where_we_stand_and_leads_to_the_effect(schools, chief):
    released_years(schools)
    weighed(unit_at(TOWN))

    page = chief.get(ladder()).text

    assert "7 enheder her bruger den eller har brugt den" in page
    assert "<strong>sammenlignet her</strong>" in page
    assert effect() in page


def test_a_practice_that_nobody_uses_is_an_idea(chief):
    page = chief.get(ladder()).text

    assert "Ingen her har brugt den endnu" in page
    assert "<strong>en idé</strong>" in page


@pytest.mark.parametrize("address", [ladder, effect])
def test_the_committee_meets_goals_and_not_practices(schools, address):
    answer = signed_in(Role.COMMITTEE, TOWN).get(address())

    assert answer.status_code == 403


@pytest.mark.parametrize("address", [ladder, effect])
def test_a_leader_may_read_it(schools, address):
    assert signed_in(Role.LEADER, NORDSKOLEN).get(address()).status_code == 200


@pytest.mark.parametrize("address", [ladder, effect])
def test_an_unknown_practice_is_not_there(chief, address):
    answer = chief.get(address().replace(TALKS, "no-such"))

    assert answer.status_code == 404


@pytest.mark.parametrize("address", [ladder, effect])
def test_a_page_costs_the_same_however_much_is_known(
    schools, chief, address, django_assert_max_num_queries
):
    released_years(schools)
    weigh_all(unit_at(TOWN), by=SYSTEM)

    with django_assert_max_num_queries(MOST_QUERIES):
        chief.get(address())
