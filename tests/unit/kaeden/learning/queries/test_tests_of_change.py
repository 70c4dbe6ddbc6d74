"""Who reads a test of change: those who take part, its leader, and whom it is shared with."""

import itertools

import pytest

from kaeden.access.rules import NOBODY, Role
from kaeden.learning.actions import tests_of_change as actions
from kaeden.learning.actions.tests_of_change import Counting
from kaeden.learning.queries import tests_of_change as queries
from kaeden.learning.queries.tests_of_change import audience_words
from kaeden.learning.rules.tests_of_change import Audience
from kaeden.organisation.models import Succession, Unit
from kaeden.shared.clock import today
from tests.builders.dialogue import a_team, holder_of
from tests.builders.places import (
    HAVBY,
    NEIGHBOUR_SCHOOL,
    NORDSKOLEN,
    SCHOOLS,
    SOLSTRAALEN,
    SYDSKOLEN,
    TOWN,
    a_country,
    unit_at,
)
from tests.builders.tests_of_change import (
    COUNTED,
    OUTCOME,
    a_running_test,
    a_test,
    counted,
    somebody,
)

pytestmark = pytest.mark.django_db
READERS = {
    "its leader": (Role.LEADER, NORDSKOLEN, Audience.NOBODY),
    "another team of the house": (Role.TEAM, NORDSKOLEN, Audience.HOUSE),
    "another leader": (Role.LEADER, SYDSKOLEN, Audience.COLLEAGUES),
    "a leader of day care": (Role.LEADER, SOLSTRAALEN, Audience.COLLEAGUES),
    "another school's team": (Role.TEAM, SYDSKOLEN, Audience.COLLEAGUES),
    "the chief": (Role.CHIEF_SCHOOLS, SCHOOLS, Audience.CHAIN),
    "the director": (Role.DIRECTOR, TOWN, Audience.CHAIN),
    "the committee": (Role.COMMITTEE, TOWN, None),
    "the analyst": (Role.ANALYST, TOWN, None),
    "data protection": (Role.DATA_PROTECTION, TOWN, None),
    "the system": (Role.SYSTEM, "dk", None),
    "the neighbour's director": (Role.DIRECTOR, f"dk/{HAVBY}", None),
    "the neighbour's leader": (Role.LEADER, NEIGHBOUR_SCHOOL, None),
}


@pytest.fixture
def team(db):
    a_country()
    return a_team(NORDSKOLEN, 1)[0]


def reader(role, path):
    if role is Role.TEAM:
        known = a_team(path, 2, role=Role.TEAM) if path != NORDSKOLEN else None
        return known[0] if known else a_team_more(path)
    return somebody(role, path)


def a_team_more(path):
    """A second team of a house that has one already."""
    first = a_team(path, 1, role=Role.DEPARTMENT_LEADER)[0]
    return type(first)(
        user_id=first.user_id, role=Role.TEAM, path=path, post_id=first.post_id
    )


@pytest.mark.parametrize(
    ("who", "audience"), list(itertools.product(READERS, Audience))
)
def test_a_test_is_read_from_the_audience_on_that_it_was_shared_with(
    team, who, audience
):
    role, path, least = READERS[who]
    made = a_running_test(team)
    order = list(Audience)
    if audience is not Audience.NOBODY:
        actions.share(made.pk, audience, by=team)
    reads = least is not None and order.index(least) <= order.index(audience)

    found = queries.seen_by(reader(role, path))

    assert [one.id for one in found] == ([made.pk] if reads else [])


def test_nobody_reads_without_a_post(team):
    a_test(team)
    assert queries.seen_by(NOBODY) == queries.mine(NOBODY) == []
    assert queries.tried_at(NOBODY) == []


def test_a_leader_sees_what_the_teams_below_try_beside_the_own(team):
    leader = holder_of(Role.LEADER, NORDSKOLEN)
    theirs, own = a_test(team), a_test(leader)

    assert [one.id for one in queries.tried_at(leader)] == [own.pk, theirs.pk]
    assert [one.id for one in queries.mine(leader)] == [own.pk]
    assert [one.id for one in queries.mine(team)] == [theirs.pk]
    assert [one.id for one in queries.tried_at(team)] == [theirs.pk]


def test_a_leaders_own_test_is_the_leaders_alone_until_it_is_shared(team):
    own = a_test(holder_of(Role.LEADER, NORDSKOLEN))
    assert queries.seen_by(team) == []
    chief = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)
    assert queries.seen_by(chief) == []

    actions.share(own.pk, Audience.HOUSE, by=holder_of(Role.LEADER, NORDSKOLEN))
    assert [one.id for one in queries.seen_by(team)] == [own.pk]


def test_a_tests_marks_are_on_a_result_for_those_who_may_read_it(team):
    absence = {OUTCOME: Counting(better="lower", indicator="school-absence")}
    made = a_running_test(team, measures=COUNTED | absence)
    leader, chief = (
        holder_of(Role.LEADER, NORDSKOLEN),
        holder_of(Role.CHIEF_SCHOOLS, SCHOOLS),
    )
    school = unit_at(NORDSKOLEN)

    def marked(who, unit=school, name="school-absence"):
        return [one.id for one in queries.shared_on_result(who, unit, name)]

    assert marked(leader) == marked(chief) == []
    actions.share(made.pk, Audience.HOUSE, by=team)
    assert (marked(leader), marked(chief)) == ([made.pk], [])
    actions.share(made.pk, Audience.CHAIN, by=team)
    assert marked(chief) == [made.pk]
    assert marked(chief, unit_at(SYDSKOLEN)) == []
    assert marked(chief, name="wellbeing-general") == []
    assert marked(holder_of(Role.COMMITTEE, TOWN)) == []


def test_who_carries_the_unit_on_reads_what_was_tried_there(team):
    made = a_running_test(team)
    heir = holder_of(Role.LEADER, SYDSKOLEN)
    assert queries.seen_by(heir) == []

    old = unit_at(NORDSKOLEN)
    Succession.objects.create(predecessor=old, successor=unit_at(SYDSKOLEN), on=today())
    Unit.objects.filter(pk=old.pk).update(valid_to=today())

    assert [one.id for one in queries.seen_by(heir)] == [made.pk]


def test_a_practice_shows_the_tests_of_it_that_one_may_read(team):
    a_test(team)
    made = a_test(team, practice="dialogic-reading")
    assert [one.id for one in queries.of_practice(team, "dialogic-reading")] == [
        made.pk
    ]
    chief = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)
    assert queries.of_practice(chief, "dialogic-reading") == []


def test_reading_costs_the_same_for_many_tests(team, django_assert_max_num_queries):
    for _one in range(3):
        counted(a_running_test(team), (1, 4), (3, 9), by=team)
    with django_assert_max_num_queries(5):
        found = queries.seen_by(team)
    assert len(found) == 3
    assert audience_words(found[0]) == "The team and its leader alone"
