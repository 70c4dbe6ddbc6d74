"""More at once than can be done well is a break with the leader, and told once a week."""

from datetime import timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.chaincheck.queries import check
from kaeden.learning import due as station
from kaeden.learning.actions import adoptions
from kaeden.learning.actions import practices as actions
from kaeden.learning.queries.running import Load, loads
from kaeden.learning.rules.practices import MOST_AT_ONCE
from kaeden.shared.breaks import BreakKind
from kaeden.shared.clock import today
from kaeden.shared.due import DueKind
from tests.builders.places import FJORDBY, NORDSKOLEN, SCHOOLS, a_country, post_at
from tests.builders.practices import (
    adopted,
    chief,
    director,
    leader,
    other_leader,
    too_many,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def found(day=None):
    report = check(day or today(), FJORDBY)
    return [one for one in report.breaks if one.kind is BreakKind.TOO_MUCH_AT_ONCE]


def waits(kind):
    return [one.post_id for one in station.due(today()) if one.kind is kind]


def test_one_too_many_is_a_break_of_the_units_leader_since_the_day_it_began():
    made = too_many()

    (one,) = found()

    assert (one.owner, one.unit, one.about) == (
        post_at(NORDSKOLEN, Role.LEADER).key,
        "999001",
        "unit:999001",
    )
    assert one.since == made[MOST_AT_ONCE].started
    assert one.sentence == "Nordskolen runs 5 practices and tests at once."
    assert one.path == "/det-der-virker/i-brug/"
    assert found(one.since - timedelta(days=1)) == []


def test_it_is_mended_by_letting_one_go():
    made = too_many()
    adopted(by=other_leader())
    adoptions.end(made[0].pk, by=leader())

    assert found() == []
    assert waits(DueKind.TOO_MUCH_AT_ONCE) == []


def test_it_waits_for_the_leader():
    too_many()

    assert waits(DueKind.TOO_MUCH_AT_ONCE) == [leader().post_id]


def test_what_a_unit_runs_is_counted_in_one_question(django_assert_num_queries):
    too_many()
    adopted(by=other_leader())

    with django_assert_num_queries(1):
        there = loads(today(), below=SCHOOLS)

    assert {one.unit: one.count for one in there.values()} == {"999001": 5, "999002": 1}
    assert loads(today(), below=f"{SCHOOLS}/999") == {}


def test_tests_count_with_practices():
    days = [today() - timedelta(days=nth) for nth in range(5)]

    load = Load(
        unit="999001", path=NORDSKOLEN, practices=tuple(days[:2]), tests=tuple(days[2:])
    )

    assert (load.count, load.is_too_much, load.since) == (5, True, days[0])


def test_what_is_written_waits_for_the_nearest_above_and_never_for_its_writer():
    written()
    written(chief())

    assert sorted(waits(DueKind.PRACTICE_TO_REVIEW)) == sorted(
        (chief().post_id, director().post_id)
    )


def test_what_is_reviewed_waits_for_nobody():
    actions.accept(written().pk, by=chief())

    assert waits(DueKind.PRACTICE_TO_REVIEW) == []
