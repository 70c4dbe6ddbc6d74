"""The pulse on the pages: asked, answered once, opened and closed, read when closed."""

import re

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.dialogue.instrument import instrument
from kaeden.dialogue.models import PulseAnswer, PulseRound, PulseTicket, TimeShare
from kaeden.organisation.models import Link
from tests.builders.dialogue import (
    a_closed_pulse,
    a_team,
    an_open_pulse,
    answered,
    holder_of,
)
from tests.builders.places import NORDSKOLEN, SCHOOLS, TOWN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]


@pytest.fixture
def director(fjordby):
    return holder_of(Role.DIRECTOR, TOWN)


@pytest.fixture
def leader(fjordby):
    return holder_of(Role.LEADER, NORDSKOLEN)


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def filled(**changes):
    """What a chief's form sends."""
    sides = ("lower", "upper")
    scores = {f"{side}_{item}": "4" for side in sides for item in instrument().items}
    return scores | {"tenths": "3"} | changes


def test_a_chief_answers_five_questions_for_both_links_on_one_page(director, to):
    an_open_pulse()
    chief = signed_in(holder_of(Role.CHIEF_SCHOOLS, SCHOOLS))

    form = chief.get(to("pulse")).text
    done = chief.post(to("answer_pulse"), filled(), follow=True)

    assert "Tager ca. 1 minut (anslået)." in form
    assert form.count('<h2 class="kd-finding"') == 4
    assert form.count('type="radio"') == 4 * 2 * 5
    assert "Opad: dig og Børne- og ungedirektør" in form
    assert "Tak. Dine svar ligger i kassen." in done.text
    assert "Du har svaret. Tak." in done.text
    assert "1 af 2 har svaret indtil nu." in done.text
    assert (PulseAnswer.objects.count(), TimeShare.objects.count()) == (2, 1)


def test_the_team_answers_four_statements_and_no_share_of_time(director, to):
    an_open_pulse()
    (member,) = a_team(NORDSKOLEN, 1)
    page = signed_in(member)
    scores = {f"team_{item}": "4" for item in instrument().items}

    form = page.get(to("pulse")).text
    page.post(to("answer_pulse"), scores)

    assert form.count('type="radio"') == 4 * 5
    assert "<select" not in form
    assert (PulseAnswer.objects.count(), TimeShare.objects.count()) == (1, 0)


def test_a_missing_answer_brings_the_form_back_with_what_was_chosen(director, to):
    an_open_pulse()
    chief = signed_in(holder_of(Role.CHIEF_SCHOOLS, SCHOOLS))

    answer = chief.post(to("answer_pulse"), filled(lower_clear="", tenths="12"))

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "Vælg et af de fem svar." in answer.text
    assert len(re.findall("checked", answer.text)) == 7
    assert not PulseTicket.objects.exists()


def test_a_second_press_is_refused_with_a_sentence(director, to):
    an_open_pulse()
    chief = signed_in(holder_of(Role.CHIEF_SCHOOLS, SCHOOLS))

    answers = [chief.post(to("answer_pulse"), filled()) for _press in "12"]

    assert [one.status_code for one in answers] == [302, 409]
    assert "Du har svaret på denne puls." in answers[1].text


def test_where_no_round_is_open_the_page_says_so_and_takes_nothing(leader, to):
    page = signed_in(leader)

    assert "Ingen puls er åben nu." in page.get(to("pulse")).text
    assert page.post(to("answer_pulse"), filled()).status_code == 409


def test_a_post_in_no_link_is_told_so(director, to):
    an_open_pulse()
    (member,) = a_team(NORDSKOLEN, 1)
    Link.objects.all().delete()

    assert "ikke i et led" in signed_in(member).get(to("pulse")).text


def test_the_director_opens_and_closes_the_round(director, leader, to):
    page = signed_in(director)

    assert "Åbn kvartalets runde" in page.get(to("pulse")).text
    page.post(to("open_pulse"))
    assert "Luk runden" in page.get(to("pulse")).text
    closed = page.post(to("close_pulse"))

    assert closed.headers["Location"] == to("pulse_results")
    assert PulseRound.objects.get().closed_on
    assert "runden" not in signed_in(leader).get(to("pulse")).text


def test_nobody_else_opens_or_closes_it(leader, to):
    an_open_pulse()

    for name in ("open_pulse", "close_pulse"):
        assert signed_in(leader).post(to(name)).status_code == 403
        assert Client().post(to(name)).status_code == 302
    assert PulseRound.objects.get().closed_on is None


def test_results_are_read_when_the_round_is_closed_and_not_before(leader, to):
    an_open_pulse()
    for number, one in enumerate(a_team(NORDSKOLEN, 6)):
        answered(one, *[2 + number % 2] * 4)
    answered(leader, 4, 4, 4, 4, down=(4, 4, 4, 4), tenths=5)
    page = signed_in(leader)

    before = page.get(to("pulse_results")).text
    a_closed_pulse()
    after = page.get(to("pulse_results")).text

    assert "Ingen runde er lukket endnu." in before
    assert "7 af 7 har svaret." in after
    assert "Dit eget led nedad" in after
    assert "2,5 af 5 (mellem 1,8 og 3,2)" in after
    assert "De, der ledes, ser det 1,5 lavere" in after
    assert "skjult: for få har svaret" in after
    made = PulseRound.objects.get()
    assert page.get(to("pulse_round", made.pk)).status_code == 200


def test_a_neighbour_and_others_do_not_read_a_round(leader, to):
    an_open_pulse()
    made = a_closed_pulse()
    neighbour = signed_in(holder_of(Role.DIRECTOR, "dk/998"))

    assert neighbour.get(to("pulse_round", made.pk)).status_code == 404
    assert Client().get(to("pulse_results")).status_code == 302
