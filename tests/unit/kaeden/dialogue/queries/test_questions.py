from datetime import timedelta

import pytest

from kaeden.access.rules import NOBODY, Role
from kaeden.dialogue.actions.questions import answer, withdraw
from kaeden.dialogue.errors import NoSuchQuestion
from kaeden.dialogue.models import Question
from kaeden.dialogue.queries.questions import (
    asked_by,
    get_question,
    on_goal,
    waiting_for,
)
from kaeden.dialogue.rules.questions import State, Verb
from kaeden.goals.models import Goal, Ownership
from kaeden.goals.queries import get_goal
from kaeden.shared.clock import today
from tests.builders.dialogue import (
    GOAL,
    a_question,
    an_adopted_goal,
    holder_of,
)
from tests.builders.places import (
    DAYCARE,
    HAVBY,
    NORDSKOLEN,
    SCHOOLS,
    SOLSTRAALEN,
    TOWN,
    a_country,
    post_at,
    unit_at,
)

pytestmark = pytest.mark.django_db
LINE = {
    Role.COMMITTEE: TOWN,
    Role.DIRECTOR: TOWN,
    Role.CHIEF_SCHOOLS: SCHOOLS,
    Role.LEADER: NORDSKOLEN,
}
BESIDE = {Role.CHIEF_DAYCARE: DAYCARE, Role.LEADER: SOLSTRAALEN}


@pytest.fixture(autouse=True)
def _goal(db):
    a_country()
    an_adopted_goal()


def here():
    return get_goal(unit_at(TOWN), GOAL)


def test_the_line_of_the_goal_reads_a_question_and_nobody_beside_it():
    made = a_question()

    for role, path in LINE.items():
        actor = holder_of(role, path)
        assert [one.id for one in on_goal(actor, here())] == [made.pk]
        assert get_question(actor, made.pk).words == made.words
    neighbour = holder_of(Role.COMMITTEE, f"dk/{HAVBY}")
    beside = [holder_of(role, path) for role, path in BESIDE.items()]
    for actor in (NOBODY, neighbour, *beside):
        assert on_goal(actor, here()) == []
        with pytest.raises(NoSuchQuestion):
            get_question(actor, made.pk)


def test_a_question_is_read_with_its_goal_its_answer_and_who_may_act():
    made = a_question()
    chief = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)
    before = get_question(chief, made.pk)
    answer(made.pk, "Sådan.", by=chief)

    after = get_question(holder_of(Role.COMMITTEE, TOWN), made.pk)

    assert (before.state, before.owner) == (State.OPEN, "Chief of schools")
    assert before.verdicts[Verb.ANSWER]
    assert not before.verdicts[Verb.WITHDRAW]
    assert (after.state, after.answer, after.answered_by) == (
        *(State.ANSWERED, "Sådan.", "Chief of schools"),
    )
    assert (after.municipality, after.goal) == ("999", GOAL)
    assert after.sentence
    assert after.asked_by == "Children and youth committee"


def test_what_waits_for_the_owner_stands_first_by_its_day():
    later = a_question("Senere?", answer_by=today() + timedelta(days=60))
    sooner = a_question("Før?", answer_by=today() + timedelta(days=7))
    chief = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)

    assert [one.id for one in waiting_for(chief)] == [sooner.pk, later.pk]
    answer(sooner.pk, "Ja.", by=chief)
    assert [one.id for one in waiting_for(chief)] == [later.pk]
    assert waiting_for(holder_of(Role.DIRECTOR, TOWN)) == []
    assert waiting_for(NOBODY) == []


def test_who_asked_sees_the_own_questions_the_newest_first():
    first, second = a_question("Først?"), a_question("Så?")
    third = a_question("Nej")
    committee = holder_of(Role.COMMITTEE, TOWN)
    withdraw(third.pk, by=committee)

    assert [one.id for one in asked_by(committee)] == [second.pk, first.pk]
    assert third.pk not in {one.id for one in on_goal(committee, here())}


def test_a_question_follows_the_goal_to_a_new_owner():
    made = a_question()
    Ownership.objects.all().end(today())
    director = holder_of(Role.DIRECTOR, TOWN)
    Ownership.objects.create(
        goal=Goal.objects.get(),
        post=post_at(TOWN, Role.DIRECTOR),
        valid_from=today(),
    )

    assert [one.id for one in waiting_for(director)] == [made.pk]
    assert waiting_for(holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)) == []


def test_without_an_owner_a_question_is_read_where_the_goal_is():
    made = a_question()
    Ownership.objects.all().end(today())

    assert get_question(holder_of(Role.COMMITTEE, TOWN), made.pk).owner == ""


def test_a_goal_that_has_ended_or_is_not_adopted_waits_for_nothing():
    a_question()
    committee = holder_of(Role.COMMITTEE, TOWN)
    Goal.objects.all().end(today())

    assert waiting_for(holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)) == []
    assert asked_by(committee) == []
    assert on_goal(committee, here()) == []


def test_a_question_is_overdue_the_day_after_its_day():
    made = a_question()
    Question.objects.update(answer_by=today())
    committee = holder_of(Role.COMMITTEE, TOWN)
    assert not get_question(committee, made.pk).is_overdue

    Question.objects.update(answer_by=today() - timedelta(days=1))
    assert get_question(committee, made.pk).is_overdue


def test_the_price_is_small(django_assert_num_queries):
    a_question()
    goal, committee = here(), holder_of(Role.COMMITTEE, TOWN)
    chief = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)

    with django_assert_num_queries(1):
        on_goal(committee, goal)
    with django_assert_num_queries(2):
        waiting_for(chief)
    with django_assert_num_queries(2):
        asked_by(committee)
