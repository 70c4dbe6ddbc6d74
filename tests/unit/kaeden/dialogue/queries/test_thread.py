import pytest

from kaeden.access.rules import Actor, Role
from kaeden.dialogue.actions import commitments
from kaeden.dialogue.actions.concerns import carry
from kaeden.dialogue.models import Commitment
from kaeden.dialogue.queries.concerns import subjects_of
from kaeden.dialogue.queries.thread import (
    hanging_on,
    origin_of_commitment,
    origin_of_concern,
)
from kaeden.goals.models import Meaning
from kaeden.goals.queries import get_goal
from kaeden.goals.rules import LeadershipLevel
from kaeden.shared.clock import today
from tests.builders.dialogue import (
    GOAL,
    a_commitment,
    a_concern,
    an_adopted_goal,
    holder_of,
    the_line,
)
from tests.builders.places import DAYCARE, SYDSKOLEN, TOWN, a_country, unit_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def goal(db):
    a_country()
    return an_adopted_goal()


@pytest.fixture
def people():
    return the_line()


def on(goal, made):
    Commitment.objects.filter(pk=made.pk).update(goal=goal)
    return made


def hanging(actor):
    return hanging_on(actor, get_goal(unit_at(TOWN), GOAL))


def test_a_commitment_hangs_at_the_lower_post_with_words_for_the_two(goal, people):
    leader, chief, _director = people
    made = on(goal, a_commitment(chief, leader))

    for one in (leader, chief):
        ((key, found),) = hanging(one).items()
        assert key == "leader-999001"
        assert [own.id for own in found.own] == [made.pk]
        assert found.own[0].words == made.words
        assert found.others == 0


def test_posts_above_are_told_how_many_are_agreed_on_and_others_nothing(goal, people):
    leader, chief, director = people
    agreed = on(goal, a_commitment(chief, leader))
    on(goal, a_commitment(chief, leader))
    commitments.accept(agreed.pk, by=leader)
    others = [holder_of(Role.LEADER, SYDSKOLEN), holder_of(Role.CHIEF_DAYCARE, DAYCARE)]

    (found,) = hanging(director).values()
    assert (found.own, found.others) == ((), 1)
    for beside in (*others, Actor()):
        (found,) = hanging(beside).values()
        assert (found.own, found.others) == ((), 0)


def test_what_hangs_on_a_result_of_the_goal_hangs_on_the_goal(people):
    leader, chief, _director = people
    made = a_commitment(chief, leader)
    Commitment.objects.update(indicator="high-absence", unit=unit_at(TOWN))

    (found,) = hanging(chief).values()

    assert [own.id for own in found.own] == [made.pk]


def test_what_was_declined_hangs_nowhere(goal, people):
    leader, chief, _director = people
    made = on(goal, a_commitment(chief, leader))
    commitments.decline(made.pk, by=leader)

    assert hanging(chief) == {}


def test_the_way_back_up_tells_the_posts_words_uppermost_first(goal, people):
    leader, chief, _director = people
    made = on(goal, a_commitment(chief, leader))
    Meaning.objects.create(
        goal=goal, post_id=chief.post_id, words="Vi ringer hjem.", valid_from=today()
    )

    found = origin_of_commitment(leader, made.pk)

    assert (found.municipality, found.key) == ("999", GOAL)
    assert [(one.level, one.words) for one in found.steps] == [
        (LeadershipLevel.CHIEF, "Vi ringer hjem."),
        (LeadershipLevel.LEADER, ""),
    ]
    assert origin_of_commitment(people[2], made.pk) is None


def test_a_commitment_on_nothing_has_no_way_up_and_one_on_a_result_the_goals(people):
    leader, chief, _director = people
    made = a_commitment(chief, leader)
    assert origin_of_commitment(leader, made.pk) is None

    Commitment.objects.update(indicator="high-absence", unit=unit_at(TOWN))
    assert origin_of_commitment(leader, made.pk).key == GOAL
    Commitment.objects.update(indicator="school-grades")
    assert origin_of_commitment(leader, made.pk) is None


def test_a_concern_has_its_way_up_through_all_it_has_passed(goal, people):
    leader, chief, director = people
    ((subject, _about),) = subjects_of(leader)
    made = a_concern(leader, subject=subject)
    carry(made.pk, "Op.", by=chief)

    found = origin_of_concern(director, made.pk)

    assert [one.level.value for one in found.steps] == ["director", "chief", "leader"]
    assert origin_of_concern(holder_of(Role.LEADER, SYDSKOLEN), made.pk) is None
    nothing = a_concern(leader, "Andet")
    assert origin_of_concern(leader, nothing.pk) is None
