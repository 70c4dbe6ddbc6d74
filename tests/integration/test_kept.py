"""What one writes is not lost when a session is over, and the browser knows when to forget."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.dialogue.models import Concern
from kaeden.organisation.models import Holding
from kaeden.shared import clock
from kaeden.shared.clock import today
from kaeden.web import sessions
from tests.builders.dialogue import a_concern, the_line
from tests.builders.places import DAYCARE, LOADED, post_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
FORM = {
    "words": "Vi mangler en rådgiver.",
    "subject": "",
    "answer_by": (today() + timedelta(weeks=3)).isoformat(),
}
HERE = "http://testserver"
KEEPER = re.compile('data-keeper="([0-9a-f]+)"')


@pytest.fixture
def people(fjordby):
    return the_line()


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def keeper_of(client, to):
    return KEEPER.findall(client.get(to("about")).text)


def test_pages_name_whoever_writes_by_account_and_post_and_tell_nothing(people, to):
    leader, chief, _director = people
    page = signed_in(leader)

    (first,) = keeper_of(page, to)

    assert keeper_of(page, to) == [first]
    assert keeper_of(signed_in(chief), to) != [first]
    assert keeper_of(Client(), to) == []
    Holding.objects.create(
        post=post_at(DAYCARE, Role.CHIEF_DAYCARE),
        user_id=leader.user_id,
        valid_from=LOADED,
    )
    page.post(to("act"), {"post": post_at(DAYCARE, Role.CHIEF_DAYCARE).pk})
    assert keeper_of(page, to) != [first]


def test_a_form_that_has_come_through_is_told_to_the_browser(people, to):
    answer = signed_in(people[0]).post(to("write_concern"), FORM)

    cookie = answer.cookies["sent"]
    assert cookie.value == to("write_concern")
    assert (cookie["samesite"], cookie["httponly"], cookie["max-age"]) == (
        "Lax",
        "",
        60,
    )


def test_a_form_that_has_not_come_through_is_not(people, to):
    page = signed_in(people[0])
    made = a_concern(people[0])

    for address, sent in (
        (to("write_concern"), FORM | {"words": ""}),
        (to("answer_concern", made.pk), {"svar-words": "Nå"}),
        (to("sign_out"), {}),
        (to("write_concern"), FORM),
    ):
        assert "sent" not in page.post(address, sent).cookies


def lost(client):
    Session.objects.all().delete()
    return client


@pytest.mark.parametrize(
    ("sender", "back"),
    [
        ("/op-og-ned/ny/?om=maal-1", "/op-og-ned/ny/?om=maal-1"),
        ("/op-og-ned/ny/send/", "/op-og-ned/ny/"),
        ("", "/op-og-ned/ny/"),
    ],
)
def test_whose_session_is_gone_signs_in_and_comes_back_to_the_form(
    people, to, sender, back
):
    client = lost(signed_in(people[0]))
    referer = {"Referer": HERE + sender} if sender else {}

    answer = client.post(to("write_concern"), FORM, headers=referer)
    page = client.get(answer.headers["Location"]).text

    assert answer.status_code == 302
    assert "er ikke sendt. Log ind, så kommer du tilbage" in page
    assert "uden JavaScript er det ikke" in page
    assert f'name="next" value="{back}"' in page
    assert "sent" not in answer.cookies
    assert not Concern.objects.exists()
    known = {"login": User.objects.get(pk=people[0].user_id).username}
    done = client.post(
        answer.headers["Location"],
        known | {"password": "fjordby-fjordby", "next": back},
    )
    assert done.headers["Location"] == back


@pytest.mark.parametrize("sender", ["https://andre.dk/op-og-ned/ny/", "//andre.dk/x/"])
def test_nobody_is_led_to_another_site(people, to, sender):
    client = lost(signed_in(people[0]))

    answer = client.post(to("write_concern"), FORM, headers={"Referer": sender})

    assert answer.headers["Location"].endswith("next=/op-og-ned/ny/")


def test_where_there_is_no_page_to_come_back_to_it_is_the_desk(people, to):
    client = lost(signed_in(people[0]))
    gone = {"Referer": f"{HERE}/findes/ikke/"}

    answer = client.post(to("write_concern"), FORM, headers=gone)

    assert answer.headers["Location"].endswith(f"next={to('desk')}")


def test_a_session_that_has_lasted_too_long_leads_back_too(people, to, monkeypatch):
    moment = clock.now() + timedelta(days=3)
    for verb, said in (("get", "Du er blevet logget ud"), ("post", "er ikke sendt")):
        client = signed_in(people[0])
        monkeypatch.setattr(sessions, "now", lambda: moment)
        address = to("new_concern") if verb == "get" else to("write_concern")

        answer = getattr(client, verb)(address)

        assert answer.headers["Location"].endswith(f"next={to('new_concern')}")
        assert answer.headers["Cache-Control"] == "no-store"
        assert said in client.get(answer.headers["Location"]).text
        monkeypatch.undo()


def test_a_part_of_a_page_is_not_swapped_for_the_sign_in_page(to):
    swapped = {"HX-Request": "true"}

    answer = Client().post(to("check_goal", "999"), {}, headers=swapped)

    assert answer.status_code == 403


def test_the_demo_lets_one_back_to_the_form(to, settings):
    client = Client()
    sent = {"role": "director", "kommune": "999", "next": "/op-og-ned/ny/"}

    assert client.post(to("enter_demo"), sent).headers["Location"] == "/op-og-ned/ny/"
    sent["next"] = "https://andre.dk/"
    assert client.post(to("enter_demo"), sent).headers["Location"] == to("desk")


def test_a_page_says_where_it_stays_what_one_writes(to):
    page = Client().get(to("where")).text

    assert "Hvor bliver det, jeg skriver?" in page
    assert "log ud, når du går fra den" in page
    assert to("where") in Client().get(reverse("web:about")).text


def test_codes_passwords_and_the_pulse_are_never_kept(people, to):
    page = signed_in(people[0])
    page.get(to("about"))

    assert 'data-kept="no"' in page.get(reverse("mfa_activate_totp")).text
