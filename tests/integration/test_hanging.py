"""Commitments that hang on something: made from there, shown there, held up against it."""

from datetime import timedelta

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.conditions.models import TimeRobber
from kaeden.dialogue.actions import commitments
from kaeden.dialogue.models import Commitment
from kaeden.dialogue.rules.commitments import About
from kaeden.organisation.communities import form_community
from kaeden.organisation.models import Link
from kaeden.shared.clock import now, standing_at, today
from tests.builders.dialogue import (
    GOAL,
    an_adopted_goal,
    an_expectation,
    holder_of,
    up_from,
)
from tests.builders.figures import a_release, a_result
from tests.builders.places import (
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    post_at,
    unit_at,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
SOON = (today() + timedelta(days=30)).isoformat()
ABSENCE = "school-absence"


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


def agreed_on(chief, leader, about, *, ago=0):
    """What the two have agreed on about something, so many days ago."""
    with standing_at(now() - timedelta(days=ago)):
        made = commitments.promise(
            up_from(leader).id,
            "Støtte hver tirsdag.",
            due=today() + timedelta(days=40),
            by=chief,
            about=about,
        )
        commitments.accept(made.pk, by=leader)
    return made


def on_absence(**facts):
    return About(unit_id=unit_at(NORDSKOLEN).pk, indicator=ABSENCE, **facts)


def test_a_commitment_begins_on_the_result_and_leads_back_to_it(chief, leader, to):
    page, result = signed_in(chief), to("result", "999001", ABSENCE)
    name = f"resultat.999001.{ABSENCE}"

    assert f"{to('begin_commitment')}?om={name}" in page.get(result).text
    whom = page.get(to("begin_commitment"), {"om": name}).text
    link = to("new_commitment", up_from(leader).id)
    assert f"{link}?om={name}" in whom
    form = page.get(link, {"om": name}).text
    assert "Om resultatet" in form
    page.post(
        to("promise_commitment", up_from(leader).id),
        {"who": "me", "words": "Støtte.", "due": SOON, "om": name},
    )

    made = Commitment.objects.get()
    assert made.about == on_absence()
    assert result in page.get(to("commitment", made.pk)).text


def test_what_was_to_be_agreed_on_is_kept_when_the_form_comes_back(chief, leader, to):
    name = f"resultat.999001.{ABSENCE}"
    sent = {"who": "me", "words": "", "due": SOON, "om": name}

    answer = signed_in(chief).post(to("promise_commitment", up_from(leader).id), sent)

    assert answer.status_code == 400
    assert f'value="{name}"' in answer.text
    assert "Om resultatet" in answer.text


@pytest.mark.parametrize(
    "name", ["resultat.998001.joy", "sludder", "maal", "maal.a.b.c"]
)
def test_an_address_of_nothing_is_told(chief, leader, to, name):
    page = signed_in(chief)
    sent = {"who": "me", "words": "Ja", "due": SOON, "om": name}
    address = to("promise_commitment", up_from(leader).id)

    assert page.get(to("begin_commitment"), {"om": name}).status_code == 404
    assert page.post(address, sent).status_code == 404
    assert not Commitment.objects.exists()


def test_the_result_shows_the_two_what_hangs_on_it_and_others_a_count(
    chief, leader, to
):
    made = agreed_on(chief, leader, on_absence(), ago=30)
    address = to("result", "999001", ABSENCE)

    for one in (chief, leader):
        shown = signed_in(one).get(address).text
        assert "Støtte hver tirsdag." in shown
        assert 'class="kd-chart-marks"' in shown
        assert to("commitment", made.pk) in shown
    director = signed_in(holder_of(Role.DIRECTOR, TOWN)).get(address).text
    assert "1 aftaler gælder" in director
    for text in (director, Client().get(address).text):
        assert "Støtte hver tirsdag." not in text
        assert 'class="kd-chart-marks"' not in text


def test_it_hangs_on_a_goal(chief, leader, to):
    goal = an_adopted_goal()
    agreed_on(chief, leader, About(goal_id=goal.pk))

    shown = signed_in(leader).get(to("goal", "999", GOAL)).text

    assert "Støtte hver tirsdag." in shown
    assert f"om=maal.{GOAL}" in shown
    assert "Støtte hver tirsdag." not in Client().get(to("goal", "999", GOAL)).text


def test_it_hangs_on_an_expectation_of_the_same_link(chief, leader, to):
    made = an_expectation(chief, leader)
    agreed_on(chief, leader, About(expectation_id=made.pk))
    link = up_from(leader).id

    shown = signed_in(leader).get(to("expectation_link", link)).text

    assert "Støtte hver tirsdag." in shown
    assert f"{to('new_commitment', link)}?om=forventning.{made.pk}" in shown


def test_it_hangs_on_a_community(chief, leader, to):
    members = [post_at(path, Role.LEADER).key for path in (NORDSKOLEN, SYDSKOLEN)]
    made = form_community(
        unit_at(TOWN), name="Læsning", purpose="At lære", members=members, by=chief
    )
    agreed_on(chief, leader, About(community_id=made.pk))

    assert (
        "Støtte hver tirsdag."
        in signed_in(leader).get(to("community", "999", made.key)).text
    )
    assert "Om fællesskabet" in signed_in(leader).get(to("commitments")).text


def a_time_robber():
    day = today()
    return TimeRobber.objects.create(
        municipality=unit_at(TOWN),
        title="Dobbelt skema",
        decider=post_at(TOWN, Role.DIRECTOR),
        opened_on=day,
        decide_by=day,
    )


def test_it_hangs_on_a_time_robber_that_leaders_read(chief, leader, to):
    robber = a_time_robber()
    name = f"tidsroever.{robber.pk}"

    shown = signed_in(chief).get(to("begin_commitment"), {"om": name}).text
    agreed_on(chief, leader, About(time_robber_id=robber.pk))

    assert f'Om tidsrøveren: <a href="{to("ledger", "999")}">Dobbelt skema' in shown
    assert "Dobbelt skema" in signed_in(leader).get(to("commitments")).text
    nothing = signed_in(chief).get(to("begin_commitment"), {"om": "tidsroever.0"})
    assert nothing.status_code == 404


def test_what_came_after_is_said_without_a_cause(chief, leader, to):
    made = agreed_on(chief, leader, on_absence(), ago=200)
    a_release(
        a_result(period="2024/25", value=7.9, low=6.9, high=8.9, is_latest=False),
        a_result(period="2025/26", value=7.1, low=6.1, high=8.1),
    )

    shown = signed_in(leader).get(to("commitment", made.pk)).text.replace("\xa0", " ")

    assert "Siden aftalen: 7,9 % → 7,1 % (fortsat inden for det tilfældige)" in shown
    assert "Det viser ikke, at aftalen er årsagen." in shown
    assert "Foreløbig: der er 1 tal siden." in shown
    assert "2025/26 var begyndt, da det blev aftalt." in shown


def test_before_there_is_a_later_number_that_is_said(chief, leader, to):
    made = agreed_on(chief, leader, on_absence())

    shown = signed_in(leader).get(to("commitment", made.pk)).text

    assert "Der er endnu intet tal fra tiden efter aftalen." in shown
    assert "årsagen" not in shown


def test_without_an_earlier_number_that_is_said(chief, leader, to):
    made = agreed_on(chief, leader, on_absence(), ago=150)
    a_release(a_result(period="2025/26", value=7.1, low=6.1, high=8.1))

    shown = signed_in(leader).get(to("commitment", made.pk)).text

    assert "Der er intet tal fra tiden før aftalen." in shown


def test_what_is_only_proposed_has_had_no_effect(chief, leader, to):
    link = up_from(leader).id
    made = commitments.promise(
        link, "Støtte.", due=today(), by=chief, about=on_absence()
    )

    shown = signed_in(leader).get(to("commitment", made.pk)).text

    assert "Hvad der skete bagefter" not in shown


def test_without_a_link_there_is_nobody_to_agree_with(leader, to):
    Link.objects.all().delete()

    shown = signed_in(leader).get(to("begin_commitment"))

    assert "ingen at aftale noget med" in shown.text


def test_a_neighbours_result_is_nothing_to_agree_on(chief, to):
    a_release(a_result(), a_result("998001"))

    shown = signed_in(chief).get(to("result", "998001", ABSENCE)).text

    assert "Aftal noget om dette" not in shown
