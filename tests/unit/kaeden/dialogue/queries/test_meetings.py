"""Who is told of which meetings, and what of them."""

import pytest

from kaeden.access.rules import NOBODY, Role
from kaeden.dialogue.actions import meetings as actions
from kaeden.dialogue.actions import minutes
from kaeden.dialogue.errors import NoSuchMeeting
from kaeden.dialogue.queries import agenda
from kaeden.dialogue.queries import meetings as queries
from kaeden.dialogue.queries.attention import attention_of
from kaeden.dialogue.queries.whereabouts import of_questions
from kaeden.dialogue.rules.meetings import Body, Reader
from kaeden.goals.queries import goals_of
from kaeden.shared.clock import today
from tests.builders.dialogue import a_question, an_adopted_goal, holder_of
from tests.builders.meetings import (
    TEXT,
    a_decision,
    a_meeting,
    agreed,
    at,
    item_of,
    minuted,
    the_director,
)
from tests.builders.places import (
    HAVBY,
    NEIGHBOUR_SCHOOL,
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
    unit_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def chief():
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader():
    return holder_of(Role.LEADER, NORDSKOLEN)


def test_one_sees_what_is_coming_and_what_has_been(
    chief, leader, django_assert_num_queries
):
    held = minuted(chief)
    a_meeting(chief)
    actions.cancel(a_meeting(chief, ahead=9).pk, by=chief)

    with django_assert_num_queries(3):
        found = queries.mine(leader)

    assert [one.stage.value for one in found.coming] == ["called"]
    assert not found.coming[0].is_led
    assert [one.id for one in found.earlier] == [held.item.meeting_id]


def test_those_above_read_it_first_when_it_is_approved(chief):
    director, made = the_director(), agreed(chief)
    with pytest.raises(NoSuchMeeting):
        queries.get_meeting(director, made.pk)
    assert queries.mine(director).below == ()

    minutes.approve(made.pk, by=chief)

    assert queries.get_meeting(director, made.pk).reader is Reader.ABOVE
    assert [one.id for one in queries.mine(director).below] == [made.pk]


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.COMMITTEE, TOWN),
        (Role.CHIEF_DAYCARE, f"{TOWN}/daycare"),
        (Role.DIRECTOR, f"dk/{HAVBY}"),
        (Role.LEADER, NEIGHBOUR_SCHOOL),
    ],
)
def test_for_others_it_is_not_there(chief, role, path):
    made = minuted(chief).item.meeting
    other = holder_of(role, path)

    for actor in (other, NOBODY):
        with pytest.raises(NoSuchMeeting):
            queries.get_meeting(actor, made.pk)
        assert queries.meeting_of(actor, made.pk) is None
    assert queries.mine(other).below == ()


def test_nobody_reads_the_committees_minutes_from_above():
    committee = holder_of(Role.COMMITTEE, TOWN)
    made = minuted(committee).item.meeting

    assert queries.get_meeting(the_director(), made.pk).reader is Reader.PARTICIPANT
    with pytest.raises(NoSuchMeeting):
        queries.get_meeting(holder_of(Role.CHIEF_SCHOOLS, SCHOOLS), made.pk)


def test_the_next_meeting_is_the_nearest_that_is_not_over(chief, leader):
    assert queries.next_of(leader) is None
    a_meeting(chief, ahead=20)
    near = a_meeting(chief, ahead=5)

    found = queries.next_of(leader)

    assert found
    assert (found.id, found.day) == (near.pk, near.day)


def test_an_agenda_that_is_not_approved_is_the_chairs_alone(chief, leader):
    made = a_meeting(chief)
    actions.add_item(made.pk, TEXT, by=chief)

    def seen(by):
        meeting = queries.get_meeting(by, made.pk)
        return [one.title for one in agenda.items_of(by, meeting)]

    assert (seen(chief), seen(leader)) == ([TEXT], [])


def test_an_item_holds_what_was_said_and_decided(
    chief, leader, django_assert_num_queries
):
    made = agreed(chief)
    item = item_of(made)
    minutes.write(made.pk, item.pk, "Først", after=0, by=leader)
    minutes.write(made.pk, item.pk, "Siden", after=1, by=chief)
    a_decision(made, chief, owner=leader)
    meeting = queries.get_meeting(leader, made.pk)

    with django_assert_num_queries(3):
        (found,) = agenda.items_of(leader, meeting)

    assert found.minute
    assert (found.minute.words, found.minute.number) == ("Siden", 2)
    assert [one.words for one in found.decisions] == ["Vi ringer hjem den første dag."]
    assert not found.decisions[0].may_settle


def test_one_finds_the_decisions_one_owns(chief, leader):
    made = minuted(chief, owner=leader)

    assert [one.id for one in agenda.decisions_of(leader)] == [made.pk]
    assert agenda.decisions_of(chief) == []


# Where a question is ------------------------------------------------------------------


def test_a_question_comes_up_at_the_directors_next_meeting():
    an_adopted_goal()
    asked, town = a_question(), unit_at(TOWN)
    assert of_questions(town, []) == {}
    assert of_questions(town, [asked.pk]) == {}
    made = a_meeting(the_director())

    found = of_questions(town, [asked.pk])[asked.pk]

    assert (found.body, found.day, found.is_on) == (Body.DIRECTORS, made.day, False)


def test_a_question_is_on_the_meeting_that_has_it(chief):
    an_adopted_goal()
    asked, town = a_question(), unit_at(TOWN)
    a_meeting(the_director())
    made = a_meeting(chief)
    actions.approve_agenda(made.pk, on=[f"question {asked.pk}"], by=chief)

    found = of_questions(town, [asked.pk])[asked.pk]

    assert (found.body, found.is_on) == (Body.CHIEFS, True)


# Decisions on what they are about, and attention ----------------------------------------


@pytest.fixture
def goal():
    return an_adopted_goal()


def decided_about_a_question(chief):
    """A question that a chief's meeting has decided something about."""
    asked = a_question()
    made = actions.call(at(today()), by=chief)
    actions.approve_agenda(made.pk, on=[f"question {asked.pk}"], by=chief)
    a_decision(made, chief)
    return asked, made


def test_a_decision_shows_on_its_question_and_goal_when_it_is_approved(goal, chief):
    asked, made = decided_about_a_question(chief)
    assert agenda.decisions_on_question(chief, asked.pk) == []
    minutes.approve(made.pk, by=chief)
    committee = holder_of(Role.COMMITTEE, TOWN)

    for by in (chief, the_director(), holder_of(Role.LEADER, SYDSKOLEN)):
        assert len(agenda.decisions_on_question(by, asked.pk)) == 1
        assert len(agenda.decisions_on_goal(by, goal.pk)) == 1
    for by in (committee, NOBODY, holder_of(Role.CHIEF_DAYCARE, f"{TOWN}/daycare")):
        assert agenda.decisions_on_question(by, asked.pk) == []
        assert agenda.decisions_on_goal(by, goal.pk) == []


def test_attention_is_counted_over_a_year(goal, chief, django_assert_num_queries):
    _asked, made = decided_about_a_question(chief)
    minutes.approve(made.pk, by=chief)
    town, director = unit_at(TOWN), the_director()
    goals = goals_of(town)

    with django_assert_num_queries(3):
        found = attention_of(director, town, goals)[goal.pk]

    assert (found.agendas, found.asked, found.decided) == (1, 1, 1)
    assert found


def test_attention_is_for_those_in_the_line(goal, chief):
    town = unit_at(TOWN)

    assert attention_of(NOBODY, town, goals_of(town)) == {}
    assert attention_of(chief, town, []) == {}
    assert not attention_of(chief, town, goals_of(town))[goal.pk]
