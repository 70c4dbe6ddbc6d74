"""The pages on which two posts promise each other something."""

from datetime import timedelta

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.dialogue.models import Commitment
from kaeden.shared.clock import today
from tests.builders.dialogue import a_commitment, holder_of, taken, up_from
from tests.builders.meetings import a_meeting, minuted
from tests.builders.places import NORDSKOLEN, SCHOOLS, SYDSKOLEN, TOWN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
SOON = (today() + timedelta(days=30)).isoformat()


@pytest.fixture
def chief(fjordby):
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader(fjordby):
    return holder_of(Role.LEADER, NORDSKOLEN)


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_something_is_promised_accepted_and_kept_on_the_pages(chief, leader, to):
    page, other = signed_in(chief), signed_in(leader)
    link = up_from(leader).id
    form = {"who": "me", "words": "Støtte tirsdag.", "due": SOON}

    assert (
        "Dig og Institutionsleder, Nordskolen"
        in page.get(to("new_commitment", link)).text
    )
    page.post(to("promise_commitment", link), form)
    made = Commitment.objects.get()
    assert "Venter på dit ja" in other.get(to("commitments")).text
    other.post(to("accept_commitment", made.pk))
    kept = other.post(to("keep_commitment", made.pk), follow=True)

    assert "Aftalen er noteret som holdt." in kept.text
    made.refresh_from_db()
    assert (made.step, made.settled_by_id) == ("kept", leader.post_id)


def test_a_promise_can_be_asked_for(chief, leader, to):
    form = {"who": "other", "words": "Støtte tirsdag.", "due": SOON}

    signed_in(leader).post(to("promise_commitment", up_from(leader).id), form)

    assert Commitment.objects.get().promiser_id == chief.post_id


@pytest.mark.parametrize(
    "change", [{"words": ""}, {"due": ""}, {"due": "2020-01-01"}, {"who": "they"}]
)
def test_what_cannot_be_promised_comes_back_with_the_reason(chief, leader, to, change):
    form = {"who": "me", "words": "Støtte tirsdag.", "due": SOON} | change

    answer = signed_in(chief).post(to("promise_commitment", up_from(leader).id), form)

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert not Commitment.objects.exists()


def test_it_is_declined_on_the_page(chief, leader, to):
    made = a_commitment(chief, leader)

    answer = signed_in(leader).post(to("decline_commitment", made.pk), follow=True)

    assert "Forslaget er afvist." in answer.text


def test_something_else_is_agreed_on(chief, leader, to):
    old = taken(chief, leader, to=leader)
    address = to("renegotiate_commitment", old.pk)
    page = signed_in(leader)

    wrong = page.post(address, {"words": "Onsdag.", "due": "i morgen"})
    right = page.post(address, {"words": "Onsdag.", "due": SOON}, follow=True)

    assert (wrong.status_code, 'role="alert"' in wrong.text) == (400, True)
    assert "Den gamle gælder" in right.text
    new = Commitment.objects.get(follows=old)
    assert "Den aftale, som denne afløser" in page.get(to("commitment", new.pk)).text
    assert (
        "Der er allerede foreslået noget andet."
        in page.get(to("commitment", old.pk)).text
    )


def test_it_is_noted_that_it_was_not_kept_and_why(chief, leader, to):
    made = taken(chief, leader, to=leader)
    address = to("give_up_commitment", made.pk)
    page = signed_in(chief)

    wrong = page.post(address, {"reason": " "})
    page.post(address, {"reason": "Støtten blev syg."})

    assert (wrong.status_code, 'role="alert"' in wrong.text) == (400, True)
    assert "Støtten blev syg." in page.get(to("commitments")).text


def test_for_others_the_pages_are_not_there(chief, leader, to):
    made = taken(chief, leader, to=leader)
    link = up_from(leader).id
    names = ("accept", "decline", "keep", "give_up", "renegotiate")
    form = {"who": "me", "words": "Mit", "due": SOON, "reason": "Mit"}

    for who in ((Role.DIRECTOR, TOWN), (Role.LEADER, SYDSKOLEN)):
        other = signed_in(holder_of(*who))
        assert made.words not in other.get(to("commitments")).text
        assert other.get(to("commitment", made.pk)).status_code == 404
        assert other.get(to("new_commitment", link)).status_code == 404
        assert other.post(to("promise_commitment", link), form).status_code == 404
        for name in names:
            address = to(f"{name}_commitment", made.pk)
            assert other.post(address, form).status_code == 404
    assert Commitment.objects.get().step == "accepted"


def test_the_director_is_told_how_many_further_down(chief, leader, to):
    taken(chief, leader, to=leader)

    shown = signed_in(holder_of(Role.DIRECTOR, TOWN)).get(to("commitments")).text

    assert "1 aftaler gælder, 0 af dem er over tiden" in shown


def test_a_refusal_is_a_sentence(chief, leader, to):
    made = a_commitment(chief, leader)

    answer = signed_in(chief).post(to("accept_commitment", made.pk))

    assert answer.status_code == 409
    assert "Det er den anden, der accepterer den." in answer.text


def test_last_times_commitments_open_the_next_one_and_the_meeting(chief, leader, to):
    made = taken(chief, leader, to=leader)
    meeting = a_meeting(chief)
    page = signed_in(leader)

    for address in (
        to("new_commitment", up_from(leader).id),
        to("meeting", meeting.pk),
    ):
        shown = page.get(address).text
        assert "Det aftalte I sidst: 1 aftale" in shown
        assert made.words in shown
    other = signed_in(holder_of(Role.LEADER, SYDSKOLEN))
    assert made.words not in other.get(to("meeting", meeting.pk)).text


def test_minuted_meetings_look_no_further_back(chief, leader, to):
    taken(chief, leader, to=leader)
    meeting = minuted(chief).item.meeting

    shown = signed_in(leader).get(to("meeting", meeting.pk)).text

    assert "Det aftalte I sidst" not in shown
