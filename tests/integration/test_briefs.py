"""The team's brief: one press from the desk, and only what is ticked."""

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.dialogue.models import TeamShare
from tests.builders.dialogue import GOAL, an_adopted_goal, holder_of, taken
from tests.builders.documents import opened, text_of
from tests.builders.places import NORDSKOLEN, SCHOOLS, SOLSTRAALEN, TOWN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]


@pytest.fixture
def leader(fjordby):
    return holder_of(Role.LEADER, NORDSKOLEN)


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


@pytest.mark.parametrize("name", ["brief_sheet", "brief_slide"])
def test_one_press_on_the_desk_gives_the_paper(leader, to, name):
    goal = an_adopted_goal()
    page = signed_in(leader)
    assert f'href="{to(name)}"' in page.get(to("desk")).text

    made = page.get(to(name))

    assert made["Content-Type"] == "application/pdf"
    assert f"nordskolen-{goal.key}" in made["Content-Disposition"]
    assert len(opened(made.content).pages) == 1
    text = " ".join(text_of(made.content).split())
    assert "Alle elever er i skole" in text
    assert "Tal om det" in text


def test_without_an_adopted_goal_the_results_are_told_and_no_goal_is_claimed(
    leader, to
):
    text = " ".join(text_of(signed_in(leader).get(to("brief_sheet")).content).split())

    assert "Kommunen har ikke vedtaget et mål for dette i Kæden." in text


def test_the_goal_can_be_chosen_and_one_that_is_not_there_is_not_found(leader, to):
    an_adopted_goal()
    page = signed_in(leader)

    assert f"{to('brief_sheet')}?maal={GOAL}" in page.get(to("brief")).text
    assert page.get(f"{to('brief_sheet')}?maal={GOAL}").status_code == 200
    assert page.get(f"{to('brief_sheet')}?maal=joy").status_code == 404


def test_what_is_ticked_stands_on_the_page_and_nothing_else(leader, to):
    an_adopted_goal()
    chief = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)
    made = taken(chief, leader, to=leader)
    page = signed_in(leader)
    assert "Støtte tirsdag" not in text_of(page.get(to("brief_sheet")).content)
    assert "Støtte tirsdag" in page.get(to("brief")).text

    said = page.post(to("show_team"), {"vis": f"commitment-{made.pk}"}, follow=True)

    assert "checked" in said.text
    assert "Støtte tirsdag" in text_of(page.get(to("brief_sheet")).content)


def test_what_is_not_ones_own_is_refused(leader, to):
    answer = signed_in(leader).post(to("show_team"), {"vis": "effort-1"})

    assert (answer.status_code, TeamShare.objects.count()) == (400, 0)
    assert "Vælg mellem det" in answer.text


def test_where_there_is_nothing_to_print_the_page_says_so(to):
    page = signed_in(holder_of(Role.LEADER, SOLSTRAALEN))

    assert "Der er ikke noget at udskrive endnu" in page.get(to("brief")).text
    assert page.get(to("brief_sheet")).status_code == 302


def test_those_who_lead_nobody_have_no_brief(to):
    page = signed_in(holder_of(Role.COMMITTEE, TOWN))

    names = ("brief", "brief_sheet", "brief_slide")
    assert [page.get(to(name)).status_code for name in names] == [403] * 3
    assert page.post(to("show_team")).status_code == 403
