"""Released gaps: a municipality's for everybody, a unit's for its own line."""

import pytest
from django.db import DatabaseError, connection

from kaeden.access.rules import NOBODY, Role
from kaeden.goals.rules import Group
from kaeden.organisation.queries import get_municipality
from kaeden.publication import actions, gap_queries
from kaeden.publication.errors import ReleaseIsDamaged
from kaeden.publication.models import GapFigure
from kaeden.shared.status import ValueStatus
from tests.builders.figures import (
    a_current_release,
    a_gap_result,
    a_release,
    a_result,
    a_town_result,
)
from tests.builders.places import NORDSKOLEN, SCHOOLS, TOWN, a_country, an_actor

pytestmark = pytest.mark.django_db
WELLBEING = "wellbeing-general"


@pytest.fixture
def released(db):
    a_country()
    return a_release(
        a_result(indicator=WELLBEING, value=3.8),
        a_town_result(),
        gaps=(
            a_gap_result("999", level="municipality", n_first=300, n_second=310),
            a_gap_result(
                "999", level="municipality", kind="slope", first="x", second="x"
            ),
            a_gap_result("999001"),
            a_gap_result("999002", n_first=3, n_second=30, difference=None),
            a_gap_result("nowhere"),
        ),
    )


def read(actor, released):
    town = get_municipality("999")
    return gap_queries.gaps_of(actor, town, released.pk, WELLBEING)


def codes(found):
    return [one.unit.code for one in found]


def test_a_visitor_reads_the_municipality_s_gap_alone(released):
    found = read(NOBODY, released)

    assert codes(found) == ["999", "999"]
    assert all(one.is_of_town for one in found)


@pytest.mark.parametrize(
    ("role", "path", "own"),
    [
        (Role.LEADER, NORDSKOLEN, ["999001"]),
        (Role.CHIEF_SCHOOLS, SCHOOLS, ["999001", "999002"]),
        (Role.DIRECTOR, TOWN, ["999001", "999002"]),
        (Role.COMMITTEE, TOWN, []),
    ],
)
def test_a_unit_s_gap_is_for_its_own_line(released, role, path, own):
    actor = an_actor(role, path)

    assert [
        code for code in sorted(codes(read(actor, released))) if code != "999"
    ] == own


def test_a_small_group_is_hidden_without_any_number(released):
    hidden = GapFigure.objects.get(unit__code="999002")

    assert ValueStatus(hidden.status) is ValueStatus.HIDDEN
    assert hidden.n_first is hidden.n_second is hidden.difference is None


def test_a_gap_at_a_place_that_is_not_there_is_not_released(released):
    assert GapFigure.objects.count() == 4


def test_the_newest_gaps_of_a_municipality_are_between_two_groups(released):
    town = get_municipality("999")
    own = a_current_release(id=released.pk, scope="999")
    (found,) = gap_queries.newest_gaps(own, town, [WELLBEING])

    assert found.pair == (Group.BOYS, Group.GIRLS)
    assert found.difference == 0.3
    assert gap_queries.newest_gaps(own, town, ["exam-mark"]) == []


def test_public_figures_have_no_gaps_and_cost_no_query(
    released, django_assert_num_queries
):
    public, town = a_current_release(id=released.pk), get_municipality("999")
    with django_assert_num_queries(0):
        assert gap_queries.newest_gaps(public, town, [WELLBEING]) == []


def test_a_slope_index_is_of_no_pair(released):
    slope = next(one for one in read(NOBODY, released) if one.kind == "slope")

    assert slope.pair is None


def test_reading_costs_one_query(released, django_assert_num_queries):
    town = get_municipality("999")
    with django_assert_num_queries(1):
        gap_queries.gaps_of(NOBODY, town, released.pk, WELLBEING)
    with django_assert_num_queries(1):
        own = a_current_release(id=released.pk, scope="999")
        gap_queries.newest_gaps(own, town, [WELLBEING])


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_a_released_gap(released, verb):
    gaps = GapFigure.objects.filter(unit__code="999001")
    with pytest.raises(DatabaseError):
        gaps.update(difference=0.0) if verb == "update" else gaps.delete()


def test_a_gap_that_was_changed_behind_the_trigger_is_found(released):
    actions.verify(released)
    on = " ON publication_gapfigure" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER publication_gapfigure_is_not_updated{on}")
    GapFigure.objects.filter(unit__code="999001").update(difference=0.0)

    with pytest.raises(ReleaseIsDamaged):
        actions.verify(released)
