"""The pages on which two posts agree on what they expect of each other."""

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.dialogue.actions.expectations import discuss, propose
from kaeden.dialogue.models import Confirmation, Expectation
from kaeden.dialogue.rules.expectations import Way
from kaeden.organisation.models import Holding, Link
from kaeden.shared.clock import today
from tests.builders.dialogue import (
    WORDS,
    agreed,
    an_expectation,
    holder_of,
    up_from,
)
from tests.builders.places import NORDSKOLEN, SCHOOLS, SYDSKOLEN, TOWN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]


@pytest.fixture
def chief(fjordby):
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader(fjordby):
    return holder_of(Role.LEADER, NORDSKOLEN)


def signed_in(actor):
    client = Client()
    client.force_login(Holding.objects.get(post_id=actor.post_id).user)
    return client


def typed(way="nedad", words="Vi mødes om resultater.", after=0):
    return {f"{way}-words": words, f"{way}-after": after}


def test_a_post_reads_what_waits_for_it_and_confirms_in_one_press(chief, leader, to):
    made = an_expectation(chief, leader)
    discuss(made.pk, by=chief)
    page = signed_in(leader)

    shown = page.get(to("expectations")).text
    assert WORDS in shown
    assert to("confirm_expectation", made.pk) in shown
    answer = page.post(to("confirm_expectation", made.pk), follow=True)

    assert "Du har bekræftet ordene." in answer.text
    assert Confirmation.objects.get().end == "lower"


def test_words_are_proposed_discussed_and_taken_back_on_the_pages(chief, leader, to):
    page, link = signed_in(chief), up_from(leader).id

    sent = page.post(to("propose_expectation", link, "nedad"), typed())
    made = Expectation.objects.get()
    noted = page.post(to("discuss_expectation", made.pk))
    back = page.post(to("withdraw_expectation", made.pk))

    assert sent.headers["Location"] == to("expectation_link", link)
    assert noted.headers["Location"] == to("expectations")
    assert back.headers["Location"] == to("expectations")
    made.refresh_from_db()
    assert (made.discussed_on, made.withdrawn_on) == (today(), today())


def test_a_link_shows_both_ways_their_state_and_earlier_words(chief, leader, to):
    agreed(chief, leader)
    an_expectation(chief, leader, words="Hver uge")

    shown = signed_in(leader).get(to("expectation_link", up_from(leader).id)).text

    assert "Det forventes af dig" in shown
    assert "Det kan du forvente" in shown
    assert "Hver uge" in shown
    assert "bekræftet af begge" in shown
    assert shown.index("Hver uge") < shown.index(WORDS)


@pytest.mark.parametrize("words", ["", "x" * 1001, "Barnet 010115-1234"])
def test_words_that_cannot_be_kept_come_back_with_the_reason(chief, leader, to, words):
    link = up_from(leader).id

    answer = signed_in(chief).post(
        to("propose_expectation", link, "nedad"), typed(words=words)
    )

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert words in answer.text
    assert not Expectation.objects.exists()


def test_who_was_slower_keeps_what_was_written_beside_the_newer_words(
    chief, leader, to
):
    link = up_from(leader).id
    propose(link, Way.DOWN, WORDS, after=0, by=chief)

    answer = signed_in(leader).post(
        to("propose_expectation", link, "nedad"), typed(words="Mine ord")
    )

    assert answer.status_code == 409
    assert "Mine ord" in answer.text
    assert WORDS in answer.text
    again = signed_in(leader).post(
        to("propose_expectation", link, "nedad"), typed(words="Mine ord", after=1)
    )
    assert again.status_code == 302


def test_for_others_the_pages_are_not_there(chief, leader, to):
    made = an_expectation(chief, leader)
    link = up_from(leader).id

    for who in ((Role.DIRECTOR, TOWN), (Role.LEADER, SYDSKOLEN)):
        other = signed_in(holder_of(*who))
        assert other.get(to("expectation_link", link)).status_code == 404
        assert WORDS not in other.get(to("expectations")).text
        for name in ("discuss", "confirm", "withdraw"):
            assert other.post(to(f"{name}_expectation", made.pk)).status_code == 404
        address = to("propose_expectation", link, "nedad")
        assert other.post(address, typed(after=1)).status_code == 404
    assert Expectation.objects.get().discussed_on is None


def test_a_way_that_is_neither_down_nor_up_is_not_there(chief, leader, to):
    address = to("propose_expectation", up_from(leader).id, "skraat")

    assert signed_in(chief).post(address, typed("skraat")).status_code == 404


def test_a_refusal_is_a_sentence(chief, leader, to):
    made = an_expectation(chief, leader)

    answer = signed_in(leader).post(to("confirm_expectation", made.pk))

    assert answer.status_code == 409
    assert "Tal om ordene først" in answer.text


def test_a_vacant_post_is_said_and_can_be_written_to(leader, to):
    shown = signed_in(leader).get(to("expectation_link", up_from(leader).id)).text

    assert "Ingen har den anden stilling nu." in shown
    assert "venter, til nogen har den anden stilling" in shown


def test_the_director_sees_further_down_whether_and_not_what(chief, leader, to):
    agreed(chief, leader)
    director = signed_in(holder_of(Role.DIRECTOR, TOWN))

    shown = director.get(to("expectations")).text

    assert "I 0 af 3 led er det bekræftet begge veje." in shown
    assert "1 af 2 bekræftet" in shown


def test_a_post_without_links_is_told_so(to, fjordby):
    actor = holder_of(Role.COMMITTEE, TOWN)
    Link.objects.all().end(today())

    assert "ikke noget led" in signed_in(actor).get(to("expectations")).text
