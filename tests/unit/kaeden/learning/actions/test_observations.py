"""What teams count, and who takes part in a joint test."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.learning.actions import observations as actions
from kaeden.learning.actions import tests_of_change
from kaeden.learning.actions.observations import Count
from kaeden.learning.actions.tests_of_change import Counting
from kaeden.learning.errors import NoSuchTest
from kaeden.learning.models import Observation, TestOfChange
from kaeden.learning.queries.taking_part import can_be_asked
from kaeden.learning.queries.tests_of_change import get_seen, mine
from kaeden.learning.rules.tests_of_change import Audience, Decision
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.dialogue import a_team, holder_of
from tests.builders.places import NORDSKOLEN, SCHOOLS, SOLSTRAALEN, SYDSKOLEN, a_country
from tests.builders.tests_of_change import (
    BALANCING,
    COUNTED,
    OUTCOME,
    a_running_test,
    a_test,
    counted,
    measure_of,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def team(db):
    a_country()
    return a_team(NORDSKOLEN, 1)[0]


@pytest.fixture
def daycare(team):
    return holder_of(Role.LEADER, SOLSTRAALEN)


def count(test, number, of=None, *, by, day=None, kind=OUTCOME):
    what = Count(
        measure=measure_of(test, kind).pk, day=day or today(), number=number, of=of
    )
    return actions.observe(test.pk, what, by=by)


def joined(test, by, *, asked_by):
    actions.ask_to_join(test.pk, by.post_id, by=asked_by)
    actions.join(test.pk, by=by)


def test_a_team_counts_before_the_start_and_while_it_runs(team):
    made = a_test(team)
    before = count(made, 15, 23, by=team, day=today() - DAY)
    tests_of_change.begin(made.pk, today(), by=team)
    count(made, 20, 23, by=team)
    count(made, 4.5, by=team, kind=BALANCING)

    seen = get_seen(team, made.pk)
    assert [(o.number, o.of) for o in seen.measure(OUTCOME).observations] == [
        *((15, 23), (20, 23)),
    ]
    assert [o.number for o in seen.measure(BALANCING).observations] == [4.5]
    assert seen.newest_day == today()
    assert str(before) == f"{measure_of(made).pk} {today() - DAY}"
    assert Event.objects.filter(kind=Event.Kind.TEST_OBSERVED).count() == 3


def test_a_new_count_of_a_day_takes_the_old_ones_place_and_the_old_one_stays_kept(team):
    made = a_running_test(team)
    count(made, 12, 23, by=team)
    count(made, 13, 23, by=team)

    (shown,) = get_seen(team, made.pk).measure(OUTCOME).observations
    assert shown.number == 13
    assert Observation.objects.count() == 2


@pytest.mark.parametrize(
    ("number", "of", "day"), [(24, 23, 0), (3, None, 0), (3, 23, 1), (-1, 23, 0)]
)
def test_what_cannot_have_been_counted_is_refused(team, number, of, day):
    made = a_running_test(team)
    with pytest.raises(BadInput):
        count(made, number, of, by=team, day=today() + day * DAY)

    assert not Observation.objects.exists()


def test_an_indicator_is_not_counted_by_hand_nor_another_tests_measure(team):
    absence = Counting(better="lower", indicator="school-absence")
    made = a_running_test(team, measures=COUNTED | {OUTCOME: absence})
    other = a_running_test(team)
    with pytest.raises(BadInput, match="count yourselves"):
        count(made, 3, 23, by=team)
    wrong = Count(measure=measure_of(other).pk, day=today(), number=1, of=2)
    with pytest.raises(BadInput, match="count yourselves"):
        actions.observe(made.pk, wrong, by=team)


def test_what_is_over_is_not_counted(team):
    made = a_running_test(team)
    tests_of_change.decide(made.pk, Decision.ADOPT, "Fordi.", by=team)
    with pytest.raises(Refused, match="over"):
        count(made, 3, 23, by=team)


def test_the_leader_reads_and_does_not_count(team):
    made = a_running_test(team)
    leader = holder_of(Role.LEADER, NORDSKOLEN)
    with pytest.raises(Forbidden, match="take part"):
        count(made, 3, 23, by=leader)


def test_what_was_counted_wrong_is_taken_back(team):
    made = a_running_test(team)
    wrong = count(made, 3, 23, by=team)
    actions.take_back(made.pk, wrong.pk, by=team)

    assert get_seen(team, made.pk).newest_day is None
    with pytest.raises(NoSuchTest):
        actions.take_back(made.pk, wrong.pk, by=team)


def test_a_joint_test_has_one_who_answers_and_several_who_count(team, daycare):
    made = a_running_test(team)
    joined(made, daycare, asked_by=team)
    counted(made, (20, 23), by=team)
    counted(made, (9, 12), by=daycare)

    seen = get_seen(daycare, made.pk)
    assert [(part.unit, part.leads) for part in seen.joined] == [
        ("Nordskolen", True),
        ("Børnehuset Solstrålen", False),
    ]
    assert not seen.leads
    numbers = {o.part: o.number for o in seen.measure(OUTCOME).observations}
    assert numbers == {seen.parts[0].id: 20, seen.parts[1].id: 9}
    with pytest.raises(Forbidden):
        tests_of_change.decide(made.pk, Decision.ADOPT, "Fordi.", by=daycare)


def test_a_unit_takes_back_its_own_counts_alone(team, daycare):
    made = a_running_test(team)
    joined(made, daycare, asked_by=team)
    theirs = count(made, 20, 23, by=team)
    with pytest.raises(NoSuchTest):
        actions.take_back(made.pk, theirs.pk, by=daycare)


def test_who_is_asked_reads_it_and_counts_when_they_have_joined(team, daycare):
    made = a_running_test(team)
    actions.ask_to_join(made.pk, daycare.post_id, by=team)

    (asked,) = mine(daycare)
    assert (asked.part, asked.asked is not None) == (None, True)
    with pytest.raises(Forbidden):
        count(made, 3, 12, by=daycare)
    actions.join(made.pk, by=daycare)
    assert get_seen(daycare, made.pk).part
    with pytest.raises(Refused):
        actions.join(made.pk, by=daycare)


def test_a_team_that_is_asked_does_not_show_it_to_its_leader_before_it_joins(team):
    others = a_team(SYDSKOLEN, 1)[0]
    leader = holder_of(Role.LEADER, SYDSKOLEN)
    made = a_running_test(team)
    actions.ask_to_join(made.pk, others.post_id, by=team)
    with pytest.raises(NoSuchTest):
        get_seen(leader, made.pk)

    actions.join(made.pk, by=others)
    assert get_seen(leader, made.pk).name == made.name


def test_who_declines_or_leaves_reads_no_more_and_can_be_asked_again(team, daycare):
    made = a_running_test(team)
    joined(made, daycare, asked_by=team)
    counted(made, (9, 12), by=daycare)
    actions.leave(made.pk, by=daycare)

    assert mine(daycare) == []
    assert len(get_seen(team, made.pk).measure(OUTCOME).observations) == 1
    actions.ask_to_join(made.pk, daycare.post_id, by=team)
    assert mine(daycare)[0].asked


def test_who_leads_does_not_leave(team):
    made = a_running_test(team)
    with pytest.raises(Refused, match="Abandon it"):
        actions.leave(made.pk, by=team)


def test_only_those_who_try_changes_and_are_not_in_it_are_asked(team, daycare):
    chief = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)
    vacant = holder_of(Role.LEADER, SYDSKOLEN)
    made = a_running_test(team)
    known = {one.pk for one in can_be_asked(team, made)}

    assert known == {daycare.post_id, vacant.post_id}
    for wrong in (chief.post_id, team.post_id, 10**6):
        with pytest.raises(BadInput):
            actions.ask_to_join(made.pk, wrong, by=team)
    leader = holder_of(Role.LEADER, NORDSKOLEN)
    with pytest.raises(Forbidden):
        actions.ask_to_join(made.pk, daycare.post_id, by=leader)


def test_nobody_is_asked_to_join_what_is_over(team, daycare):
    made = a_running_test(team)
    tests_of_change.decide(made.pk, Decision.ABANDON, "Fordi.", by=team)
    with pytest.raises(Refused):
        actions.ask_to_join(made.pk, daycare.post_id, by=team)


def test_days_with_very_few_children_are_for_the_house_alone(team):
    made = a_running_test(team)
    count(made, 1, 4, by=team, day=today() - DAY)
    count(made, 7, 9, by=team)
    tests_of_change.share(made.pk, Audience.CHAIN, by=team)
    chief = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)

    inside, outside = (
        [o.number for o in get_seen(who, made.pk).measure(OUTCOME).observations]
        for who in (team, chief)
    )
    assert inside == [1, 7]
    assert outside == [None, 7]


@pytest.mark.parametrize(
    "facts", [{"number": 24}, {"of": 0}, {"number": -1}, {"noted_on": today() - DAY}]
)
def test_the_database_holds_what_a_count_must_be(team, facts):
    made = a_running_test(team)
    count(made, 7, 23, by=team)
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.update(**facts)


def test_the_database_counts_a_day_once(team):
    made = a_running_test(team)
    one = count(made, 7, 23, by=team)
    one.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)
    assert TestOfChange.objects.count() == 1
