"""From a political goal down to what hangs on it, and back up."""

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.dialogue.actions import commitments
from kaeden.dialogue.models import Commitment
from kaeden.dialogue.queries.concerns import subjects_of
from kaeden.goals.models import Meaning
from kaeden.shared.clock import today
from tests.builders.dialogue import (
    GOAL,
    a_commitment,
    a_concern,
    an_adopted_goal,
    holder_of,
    the_line,
)
from tests.builders.places import FJORDBY, HAVBY, TOWN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
HERE = (FJORDBY, GOAL, "ledere")


@pytest.fixture(autouse=True)
def goal(fjordby):
    return an_adopted_goal()


@pytest.fixture
def people(goal):
    return the_line()


@pytest.fixture
def made(goal, people):
    leader, chief, _director = people
    found = a_commitment(chief, leader)
    commitments.accept(found.pk, by=leader)
    Commitment.objects.update(goal=goal)
    return found


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_a_goals_page_leads_to_each_level_below_it(people, to):
    page = signed_in(people[1]).get(to("goal", FJORDBY, GOAL)).text

    assert to("goal_level", *HERE) in page
    assert to("goal_level", *HERE) not in Client().get(to("goal", FJORDBY, GOAL)).text


def test_a_level_shows_words_results_and_commitments_as_far_as_one_reads(
    goal, people, made, to
):
    leader, chief, director = people
    Meaning.objects.create(
        goal=goal, post_id=leader.post_id, words="Vi ringer.", valid_from=today()
    )

    for one in (leader, chief):
        page = signed_in(one).get(to("goal_level", *HERE)).text
        assert made.words in page
        assert to("commitment", made.pk) in page
        assert "Vi ringer." in page
        assert to("result", "999001", "school-absence") in page
    committee = holder_of(Role.COMMITTEE, TOWN)
    for one in (director, committee):
        page = signed_in(one).get(to("goal_level", *HERE)).text
        assert made.words not in page
        assert "1 aftale mellem andre hænger på målet her." in page


def test_a_commitment_leads_back_up_to_the_goal(people, made, to):
    page = signed_in(people[0]).get(to("commitment", made.pk)).text

    assert to("goal", FJORDBY, GOAL) in page
    assert f"{to('goal_level', FJORDBY, GOAL, 'chefer')}#chief-schools" in page
    assert f"{to('goal_level', *HERE)}#leader-999001" in page


def test_a_concern_about_the_goal_stands_there_and_leads_back_up(people, to):
    leader, chief, _director = people
    subject = subjects_of(leader)[0][0]
    concern = a_concern(leader, subject=subject)

    level = signed_in(chief).get(to("goal_level", *HERE)).text
    page = signed_in(chief).get(to("concern", concern.pk)).text

    assert concern.words in level
    assert f"{to('goal_level', *HERE)}#leader-999001" in page


def test_each_level_has_its_page_and_an_empty_one_says_so(people, to):
    page = signed_in(people[1])

    assert page.get(to("goal_level", FJORDBY, GOAL, "chefer")).status_code == 200
    empty = page.get(to("goal_level", FJORDBY, GOAL, "team")).text
    assert "Målet er ikke for nogen i dette led." in empty
    assert page.get(to("goal_level", FJORDBY, GOAL, "kongen")).status_code == 404
    assert page.get(to("goal_level", FJORDBY, "be-best", "ledere")).status_code == 404
    not_adopted = to("goal_level", FJORDBY, "language-for-all", "ledere")
    assert page.get(not_adopted).status_code == 404


def test_other_municipalities_and_visitors_read_none_of_it(to):
    stranger = signed_in(holder_of(Role.DIRECTOR, f"dk/{HAVBY}"))

    assert stranger.get(to("goal_level", *HERE)).status_code == 403
    assert Client().get(to("goal_level", *HERE)).status_code == 302


def test_a_leader_writes_up_about_a_goal_from_its_page_and_a_politician_does_not(
    goal, people, to
):
    up = f"{to('new_concern')}?om=maal-{goal.pk}"

    assert up in signed_in(people[0]).get(to("goal", FJORDBY, GOAL)).text
    for reader in (Client(), signed_in(holder_of(Role.COMMITTEE, TOWN))):
        assert up not in reader.get(to("goal", FJORDBY, GOAL)).text
