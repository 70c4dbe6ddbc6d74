"""The pages on which leaders note presence, and on which levels are told of."""

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.audit.models import Event
from kaeden.conditions.models import PresenceNote, PresencePlan
from tests.builders.dialogue import a_team, holder_of
from tests.builders.places import FJORDBY, HAVBY, NORDSKOLEN, SYDSKOLEN, TOWN
from tests.builders.presence import a_note, leaders, noted, planned
from tests.builders.support import analyst

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]


@pytest.fixture
def leader(fjordby):
    return holder_of(Role.LEADER, NORDSKOLEN)


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_presence_is_planned_noted_and_taken_back_on_the_page(leader, to):
    page = signed_in(leader)
    assert "Du har ingen plan for" in page.get(to("presence")).text
    numbers = {"visits": "4", "observations": "2", "feedback": "0"}
    page.post(to("plan_presence"), numbers)

    said = page.post(to("note_presence"), {"kind": "visit"}, follow=True).text

    assert "Det er noteret. Kun du kan se det." in said
    assert "har du noteret 1 af de 6, du har planlagt." in said
    assert "1 af 4 besøg" in said
    made = PresenceNote.objects.get()
    after = page.post(to("take_back_presence", made.pk), follow=True).text
    assert "Noten er slettet." in after
    assert not PresenceNote.objects.exists()


def test_the_desk_has_the_two_taps(leader, to):
    (team,) = a_team(NORDSKOLEN, 1)
    page = signed_in(leader)

    assert 'name="kind" value="feedback"' in page.get(to("desk")).text
    form = {"kind": "feedback", "team": team.post_id}
    said = page.post(to("note_presence"), form, follow=True).text

    assert "Feedback · " in said
    assert PresenceNote.objects.get().team_id == team.post_id


@pytest.mark.parametrize(
    "form", [{}, {"kind": "control"}, {"kind": "visit", "team": 7}]
)
def test_what_cannot_be_noted_comes_back_with_the_reason(leader, to, form):
    answer = signed_in(leader).post(to("note_presence"), form)

    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)
    assert not PresenceNote.objects.exists()


@pytest.mark.parametrize("visits", ["", "61", "-1", "mange"])
def test_a_plan_that_cannot_be_kept_comes_back_with_the_reason(leader, to, visits):
    form = {"visits": visits, "observations": "1", "feedback": "1"}

    answer = signed_in(leader).post(to("plan_presence"), form)

    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)
    assert not PresencePlan.objects.exists()


def test_ones_own_page_states_the_rule(leader, to):
    text = signed_in(leader).get(to("presence")).text

    assert "Ingen andre kan læse dem i Kæden" in text
    assert "mindst fem ledere" in text


def test_levels_are_told_of_and_the_rule_is_stated(to, django_assert_max_num_queries):
    for one in leaders(7)[:4]:
        planned(one, 1)
        noted(one, 1)
    page = signed_in(holder_of(Role.COMMITTEE, TOWN))

    with django_assert_max_num_queries(24):
        text = page.get(to("presence_shares", FJORDBY)).text

    assert "4 af 7 fulgte deres egen plan" in text
    assert "Skjult: færre end fem ledere." in text
    assert "så ingen kan findes" in text


def test_nobody_reads_or_takes_back_what_another_has_noted(leader, to):
    made = a_note(leader)
    others = (
        *(holder_of(Role.LEADER, SYDSKOLEN), holder_of(Role.DIRECTOR, TOWN)),
        *(analyst(), holder_of(Role.COMMITTEE, TOWN)),
    )

    statuses = [
        signed_in(one).post(to("take_back_presence", made.pk)).status_code
        for one in others
    ]

    assert statuses == [404, 404, 403, 403]
    assert signed_in(others[2]).get(to("presence")).status_code == 403
    assert PresenceNote.objects.get() == made


def test_the_shares_are_for_the_own_municipality_alone(to):
    far = signed_in(holder_of(Role.DIRECTOR, f"dk/{HAVBY}"))

    assert far.get(to("presence_shares", FJORDBY)).status_code == 404
    assert Client().get(to("presence_shares", FJORDBY)).status_code == 302


def test_the_log_does_not_say_who_was_present(leader, to):
    signed_in(leader).post(to("note_presence"), {"kind": "visit"})

    row = Event.objects.order_by("-pk").first()
    assert (row.kind, row.post_id, row.seat) == ("presence_noted", None, TOWN)
