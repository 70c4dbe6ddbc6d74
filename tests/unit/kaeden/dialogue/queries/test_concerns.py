from datetime import timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.dialogue.actions.concerns import answer, carry, withdraw
from kaeden.dialogue.errors import NoSuchConcern
from kaeden.dialogue.models import Concern
from kaeden.dialogue.queries import concerns, line, waiting
from kaeden.dialogue.queries.waiting import Kind, Side
from kaeden.goals.models import Goal
from kaeden.organisation.models import Holding, Link, Post
from kaeden.shared.clock import today
from tests.builders.dialogue import (
    a_commitment,
    a_concern,
    a_question,
    a_team,
    an_adopted_goal,
    days_ago,
    holder_of,
    the_line,
)
from tests.builders.figures import a_release, a_result
from tests.builders.places import DAYCARE, NORDSKOLEN, SCHOOLS, a_country

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def people():
    return the_line()


def told(found):
    return [one.id for one in found]


def test_a_concern_waits_for_one_post_and_was_sent_by_those_before(people):
    leader, chief, director = people
    made = a_concern(leader)
    carry(made.pk, "Op.", by=chief)

    assert told(concerns.waiting_for(director)) == [made.pk]
    assert not concerns.waiting_for(chief)
    for one in people:
        assert told(concerns.open_at(one)) == [made.pk]
    assert [sides(one) for one in people] == [
        *([(Side.SENT_UP, Kind.CONCERN)], [(Side.SENT_UP, Kind.CONCERN)]),
        [(Side.FROM_BELOW, Kind.CONCERN)],
    ]


def test_the_oldest_comes_first_and_each_tells_its_age(people):
    leader, chief, _director = people
    first, second = a_concern(leader, "Et"), a_concern(leader, "To")
    Concern.objects.filter(pk=second.pk).update(written_on=days_ago(30))
    Concern.objects.filter(pk=second.pk).update(answer_by=days_ago(9))

    found = concerns.waiting_for(chief)

    assert told(found) == [second.pk, first.pk]
    assert [one.age for one in found] == [30, 0]
    assert [one.is_overdue for one in found] == [True, False]


def test_what_is_answered_stands_with_all_it_has_passed(people):
    leader, chief, director = people
    made = a_concern(leader)
    answer(made.pk, "Sådan.", by=chief)

    assert told(concerns.answered(leader)) == told(concerns.answered(chief))
    assert not concerns.answered(director)
    assert not concerns.waiting_for(chief)


def test_what_is_taken_back_is_nowhere_but_on_its_own_page(people):
    leader, chief, _director = people
    goal = an_adopted_goal()
    ((subject, _about),) = concerns.subjects_of(leader)
    made = a_concern(leader, subject=subject)
    assert told(concerns.on_goal(chief, goal.pk)) == [made.pk]

    withdraw(made.pk, by=leader)

    assert not concerns.waiting_for(chief)
    assert not concerns.on_goal(chief, goal.pk)
    assert concerns.get_concern(leader, made.pk).state == "withdrawn"


def test_a_number_tells_nothing_to_others(people):
    made = a_concern(people[0])

    for other in (people[2], holder_of(Role.CHIEF_DAYCARE, DAYCARE)):
        with pytest.raises(NoSuchConcern):
            concerns.get_concern(other, made.pk)


def test_a_post_writes_of_goals_and_of_its_own_results(people):
    leader, chief, _director = people
    goal = an_adopted_goal()
    a_release(a_result("999001", indicator="school-absence", n=40.0))

    found = dict(concerns.subjects_of(leader))

    assert [one.words.endswith("Nordskolen") for one in found.values()] == [False, True]
    of_goal, of_result = found
    seen = concerns.get_concern(leader, a_concern(leader, subject=of_result).pk)
    assert seen.about == found[of_result]
    seen = concerns.get_concern(leader, a_concern(leader, "To", subject=of_goal).pk)
    assert seen.about == found[of_goal]
    assert len(concerns.subjects_of(chief)) == 1
    Goal.objects.filter(pk=goal.pk).end(today())
    Goal.objects.filter(pk=goal.pk).update(valid_to=today())
    assert concerns.get_concern(leader, seen.id).about is None


def test_a_result_whose_indicator_is_gone_is_named_by_its_id(people):
    leader = people[0]
    made = a_concern(leader)
    unit = Post.objects.get(pk=leader.post_id).unit
    Concern.objects.update(unit=unit, indicator="gone")

    assert concerns.get_concern(leader, made.pk).about.words == "gone, Nordskolen"


def test_a_post_that_is_no_more_leaves_it_stranded(people):
    leader, chief, _director = people
    made = a_concern(leader)
    assert not concerns.get_concern(leader, made.pk).is_stranded

    Post.objects.filter(pk=chief.post_id).update(valid_to=today())

    assert concerns.get_concern(leader, made.pk).is_stranded


def test_lists_cost_the_same_for_one_and_for_many(people, django_assert_num_queries):
    leader, chief, _director = people
    an_adopted_goal()
    ((subject, _about),) = concerns.subjects_of(leader)
    for number in range(4):
        a_concern(leader, f"Nummer {number}", subject=subject)

    with django_assert_num_queries(3):
        assert len(concerns.waiting_for(chief)) == 4


# Who is above and below ---------------------------------------------------------------


def test_those_below_are_the_posts_that_somebody_holds_level_by_level(
    people, django_assert_num_queries
):
    leader, chief, director = people
    a_team(NORDSKOLEN, 2)

    with django_assert_num_queries(1):
        found = line.held_below(director.post_id, director.path)

    roles = [one.role for one in found]
    assert roles == ["chief_schools", "leader", "team", "team"]
    Holding.objects.filter(post_id=leader.post_id).end(today())
    below = line.held_below(chief.post_id, SCHOOLS)
    assert [one.role for one in below] == ["team", "team"]


# What waits at a pin ------------------------------------------------------------------


def sides(actor):
    return [(one.side, one.kind) for one in waiting.mine(actor)]


def test_a_pin_sees_what_waits_from_both_sides_and_what_it_sent(people):
    leader, chief, _director = people
    an_adopted_goal()
    a_question()
    a_concern(leader)
    a_commitment(leader, leader)
    a_commitment(chief, leader)

    assert sorted(sides(chief)) == [
        (Side.FROM_ABOVE, Kind.QUESTION),
        (Side.FROM_BELOW, Kind.COMMITMENT),
        (Side.FROM_BELOW, Kind.CONCERN),
        (Side.SENT_DOWN, Kind.COMMITMENT),
    ]
    assert sorted(sides(leader)) == [
        (Side.FROM_ABOVE, Kind.COMMITMENT),
        (Side.SENT_UP, Kind.COMMITMENT),
        (Side.SENT_UP, Kind.CONCERN),
    ]


def test_the_oldest_of_all_kinds_comes_first_with_its_age(people):
    leader, chief, _director = people
    an_adopted_goal()
    a_question()
    a_concern(leader)
    Concern.objects.update(written_on=days_ago(12), answer_by=days_ago(1))

    first, second = waiting.mine(chief)

    assert (first.kind, first.age, first.is_overdue) == (Kind.CONCERN, 12, True)
    assert (second.kind, second.age, second.is_overdue) == (Kind.QUESTION, 0, False)
    assert second.due == today() + timedelta(weeks=4)


def test_a_proposal_across_a_link_that_has_ended_waits_for_nobody(people):
    leader, chief, _director = people
    a_commitment(chief, leader)
    assert sides(leader) == [(Side.FROM_ABOVE, Kind.COMMITMENT)]

    Link.objects.filter(lower_id=leader.post_id).end(today())

    assert sides(leader) == sides(chief) == []


def test_what_a_pin_sees_costs_the_same_however_much_it_is(
    people, django_assert_num_queries
):
    leader, chief, _director = people
    an_adopted_goal()
    a_question()
    for number in range(3):
        a_concern(leader, f"Nummer {number}")
    a_commitment(leader, leader)

    with django_assert_num_queries(8):
        waiting.mine(chief)
