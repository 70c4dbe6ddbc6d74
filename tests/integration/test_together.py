"""The pages on which a community agrees on something, and leaders visit each other."""

from datetime import timedelta

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.dialogue.actions import shared, visits
from kaeden.dialogue.models import Part, SharedCommitment, Visit
from kaeden.shared.clock import now, standing_at, today
from tests.builders.dialogue import a_team, holder_of
from tests.builders.places import NORDSKOLEN, SOLSTRAALEN, SYDSKOLEN, TOWN
from tests.builders.together import (
    a_community,
    a_visit,
    agreed_together,
    chief,
    leader_at,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
SOON = (today() + timedelta(days=30)).isoformat()


@pytest.fixture
def community(fjordby):
    return a_community()


@pytest.fixture
def north(fjordby):
    return leader_at(NORDSKOLEN)


@pytest.fixture
def south(fjordby):
    return leader_at(SYDSKOLEN)


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


# What is agreed on together ---------------------------------------------------------------


def test_a_member_proposes_and_each_says_yes_and_follows_up(
    community, north, south, to
):
    page, other = signed_in(north), signed_in(south)
    place = ("999", community.key)

    assert "Aftal noget sammen" in page.get(to("new_shared", *place)).text
    sent = {"words": "Vi læser højt hver dag.", "due": SOON}
    page.post(to("propose_shared", *place), sent)
    made = SharedCommitment.objects.get()
    waiting = other.get(to("commitments")).text
    assert "Sammen i Læsefællesskabet" in waiting
    assert "Venter på dit svar." in waiting
    other.post(to("accept_shared", made.pk))
    kept = other.post(to("keep_shared", made.pk), follow=True)

    assert "Aftalen er noteret som holdt." in kept.text
    assert "Vi læser højt hver dag." not in other.get(to("commitments")).text
    shown = page.get(to("community", *place)).text
    assert "Vi læser højt hver dag." in shown
    assert "er 1 af 1 holdt" in shown


def test_a_member_says_no_or_that_it_was_not_done_and_why(community, north, south, to):
    made = agreed_together(community, north)
    page = signed_in(north)

    signed_in(south).post(to("decline_shared", made.pk))
    wrong = page.post(to("give_up_shared", made.pk), {"reason": ""})
    page.post(to("give_up_shared", made.pk), {"reason": "Vi nåede det ikke."})

    assert (wrong.status_code, 'role="alert"' in wrong.text) == (400, True)
    shown = page.get(to("shared_commitment", made.pk)).text
    assert "har ikke gjort det: Vi nåede det ikke." in shown
    assert "er ikke med" in shown


def test_what_cannot_be_proposed_comes_back_with_the_reason(community, north, to):
    address = to("propose_shared", "999", community.key)

    answer = signed_in(north).post(address, {"words": "", "due": SOON})

    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)
    assert not SharedCommitment.objects.exists()


def test_it_is_taken_back(community, north, south, to):
    made = agreed_together(community, north)

    shown = signed_in(north).post(to("withdraw_shared", made.pk), follow=True).text

    assert "Den er trukket tilbage." in shown
    assert "trukket tilbage" in (
        signed_in(south).get(to("shared_commitment", made.pk)).text
    )


def test_the_chief_sees_numbers_and_no_person(community, north, south, to):
    made = agreed_together(community, north)
    shared.keep(made.pk, by=north)
    director = signed_in(holder_of(Role.DIRECTOR, TOWN))

    shown = director.get(to("community", "999", community.key)).text

    assert "er 1 af 1 holdt" in shown
    assert made.words not in shown
    assert director.get(to("shared_commitment", made.pk)).status_code == 404
    for verb in ("accept", "decline", "keep", "withdraw"):
        assert director.post(to(f"{verb}_shared", made.pk)).status_code == 404
    assert (
        director.post(to("give_up_shared", made.pk), {"reason": "Ja"}).status_code
        == 404
    )
    sent = {"words": "Ja", "due": SOON}
    answer = director.post(to("propose_shared", "999", community.key), sent)
    assert answer.status_code == 404


def test_with_two_members_there_are_no_numbers(fjordby, to):
    community = a_community(NORDSKOLEN, SYDSKOLEN)
    shown = signed_in(holder_of(Role.DIRECTOR, TOWN)).get(
        to("community", "999", community.key)
    )
    assert "så få medlemmer" in shown.text


def test_before_anything_was_due_the_page_says_so(community, north, to):
    shown = signed_in(north).get(to("community", "999", community.key)).text
    assert "Der er ikke aftalt noget sammen endnu." in shown
    assert "har haft sin dag endnu" in shown


def test_a_part_past_its_day_is_told(community, north, to):
    agreed_together(community, north, due=today())
    with standing_at(now() + timedelta(days=3)):
        shown = signed_in(north).get(to("commitments")).text
    assert "kd-tone-bad" in shown
    assert Part.objects.count() == 1


# Visits ---------------------------------------------------------------------------------


def test_a_visit_is_asked_for_planned_and_told_of(community, north, south, to):
    page, other = signed_in(north), signed_in(south)
    place = to("community", "999", community.key)

    assert to("new_visit", south.post_id) in page.get(place).text
    form = page.get(to("new_visit", south.post_id)).text
    assert "Som en del af et fællesskab?" in form
    wrong = page.post(to("ask_for_visit", south.post_id), {"why": ""})
    sent = {"why": "Jeres læsestunder", "community": community.pk}
    page.post(to("ask_for_visit", south.post_id), sent)
    made = Visit.objects.get()
    assert "Venter på dig" in other.get(to("visits")).text
    bad = other.post(to("plan_visit", made.pk), {"day": "2020-01-01"})
    other.post(to("plan_visit", made.pk), {"day": today().isoformat()})
    empty = page.post(to("hold_visit", made.pk), {"lesson": ""})
    told = page.post(
        to("hold_visit", made.pk), {"lesson": "De læser højt."}, follow=True
    )

    assert [one.status_code for one in (wrong, bad, empty)] == [400, 400, 400]
    assert "Det er noteret, hvad du tager med hjem." in told.text
    for one in (north, leader_at(SOLSTRAALEN)):
        assert "De læser højt." in signed_in(one).get(place).text
    assert "De læser højt." in other.get(to("visits")).text


def test_without_a_community_in_common_none_is_asked_for(north, south, to):
    page = signed_in(north)

    form = page.get(to("new_visit", south.post_id)).text
    page.post(to("ask_for_visit", south.post_id), {"why": "Jeres morgen"})

    assert "Som en del af et fællesskab?" not in form
    assert Visit.objects.get().community is None


def test_a_visit_between_two_is_theirs_alone(community, north, south, to):
    made = a_visit(north, SYDSKOLEN)
    visits.plan(made.pk, day=today(), by=south)
    page = signed_in(chief())

    for verb, form in (
        ("plan", {"day": SOON}),
        ("hold", {"lesson": "Ja"}),
        ("decline", {}),
        ("call_off", {}),
    ):
        assert page.post(to(f"{verb}_visit", made.pk), form).status_code == 404
    assert page.get(to("visit", made.pk)).status_code == 404
    assert made.why not in page.get(to("visits")).text


def test_a_visit_is_declined_or_called_off_on_the_page(fjordby, north, south, to):
    first = a_visit(north, SYDSKOLEN)
    no = signed_in(south).post(to("decline_visit", first.pk), follow=True).text
    second = a_visit(north, SYDSKOLEN)
    off = signed_in(north).post(to("call_off_visit", second.pk), follow=True).text

    assert "Besøget er afvist." in no
    assert "Besøget er aflyst." in off


def test_whoever_leads_a_unit_is_found_by_the_units_code(north, south, to):
    answer = signed_in(north).get(to("visit_unit", "999002"))

    assert answer["Location"] == to("new_visit", south.post_id)
    assert signed_in(north).get(to("visit_unit", "000")).status_code == 404


def test_a_team_asks_for_no_visit(community, south, to):
    (one,) = a_team(NORDSKOLEN, 1)
    page = signed_in(one)

    assert page.get(to("new_visit", south.post_id)).status_code == 403
    assert page.get(to("visit_unit", "999002")).status_code == 403
    sent = {"why": "Ja"}
    assert page.post(to("ask_for_visit", south.post_id), sent).status_code == 403
