"""A unit's figures as it was, and as organised now."""

import pytest

from kaeden.goals.indicators import Unit
from kaeden.organisation.history import lineage_of
from kaeden.publication.series import (
    CARRIED_ON,
    POOLED,
    Change,
    Pooling,
    as_it_was,
    as_organised_now,
    pooling_of,
    series_of,
)
from kaeden.shared.clock import today
from kaeden.shared.status import ValueStatus
from tests.builders.figures import a_release, a_result, a_unit, an_indicator
from tests.builders.lineages import MIDWINTER, SUMMER, a_lineage, a_row
from tests.builders.places import (
    LOADED,
    NORDSKOLEN,
    SYDSKOLEN,
    a_country,
    unit_at,
)

BEFORE, DURING, AFTER = "2023/24", "2024/25", "2025/26"
ABSORBED = a_lineage((2, 1, SUMMER))
FOUNDED = a_lineage((2, 1, SUMMER), (3, 1, SUMMER), new={1: SUMMER})
DIVIDED = a_lineage((2, 1, SUMMER), (2, 3, SUMMER), new={1: SUMMER, 3: SUMMER})
MIDYEAR = a_lineage((2, 1, MIDWINTER))


def now(lineage, *rows, pooling=Pooling.BY_CHILDREN):
    unit = a_unit(id=lineage.unit)
    return as_organised_now(rows, lineage, unit, pooling=lambda _name: pooling)


def told(series):
    return [(one.period, one.value, one.n) for one in series.figures]


# As it was -----------------------------------------------------------------------------


def test_as_it_was_there_are_only_its_own_rows():
    rows = [a_row(1, BEFORE, 6.0), a_row(2, BEFORE, 9.0), a_row(1, AFTER, 7.0)]

    series = as_it_was(rows, ABSORBED)

    assert told(series) == [(BEFORE, 6.0, 100), (AFTER, 7.0, 100)]


def test_the_change_is_told_in_its_own_rows_too():
    (change,) = as_it_was([], ABSORBED).changes

    assert change == Change(on=SUMMER, before=("u2",), others=(), is_new=False)


# Mergers -------------------------------------------------------------------------------


def test_before_a_merger_the_parts_are_pooled_by_their_children():
    series = now(
        ABSORBED, a_row(1, BEFORE, 6.0), a_row(2, BEFORE, 9.0, n=50), a_row(1, AFTER, 7)
    )

    assert told(series) == [(BEFORE, 7.0, 150), (AFTER, 7, 100)]
    assert [one.origin for one in series.figures] == [POOLED, "published"]
    assert series.common == frozenset()


def test_a_pooled_figure_has_nothing_that_was_worked_out_for_a_part():
    row = a_row(2, BEFORE, 9.0, low=8.0, high=10.0, signal="comparison", slope=1.0)

    (pooled,) = now(ABSORBED, row, a_row(1, BEFORE, 6.0)).figures

    assert (pooled.low, pooled.high, pooled.slope, pooled.signal) == (None,) * 3 + ("",)


def test_a_unit_founded_by_a_merger_goes_on_back_through_its_parts():
    series = now(FOUNDED, a_row(2, BEFORE, 6.0), a_row(3, BEFORE, 8.0))

    assert told(series) == [(BEFORE, 7.0, 200)]
    assert series.figures[0].is_latest
    assert series.figures[0].unit.id == 1
    assert series.changes[0].is_new


def test_a_ratio_to_adults_is_pooled_by_its_adults():
    rows = [a_row(2, BEFORE, 10.0, n=100), a_row(3, BEFORE, 20.0, n=100)]

    series = now(FOUNDED, *rows, pooling=Pooling.BY_ADULTS)

    (point,) = series.figures
    assert point.value == pytest.approx(200 / 15)


@pytest.mark.parametrize(
    ("rows", "pooling"),
    [
        ([a_row(2, BEFORE, 1.0), a_row(3, BEFORE, 2.0)], Pooling.NOT),
        ([a_row(2, BEFORE, 1.0), a_row(3, BEFORE, 0.0)], Pooling.BY_ADULTS),
        ([a_row(2, BEFORE, 1.0), a_row(3, BEFORE, 2.0, n=None)], Pooling.BY_CHILDREN),
        ([a_row(2, BEFORE, 1.0), a_row(3, AFTER, 2.0)], Pooling.BY_CHILDREN),
    ],
)
def test_what_can_not_be_pooled_is_missing(rows, pooling):
    point = now(FOUNDED, *rows, pooling=pooling).figures[0]

    assert (point.status, point.value, point.n) == (ValueStatus.MISSING, None, None)


def test_a_hidden_part_hides_the_whole():
    (point,) = now(FOUNDED, a_row(2, BEFORE, 6.0), a_row(3, BEFORE, None)).figures

    assert (point.status, point.value, point.n) == (ValueStatus.HIDDEN, None, None)


def test_a_part_where_the_indicator_was_never_measured_has_no_part_in_it():
    series = now(FOUNDED, a_row(2, BEFORE, 6.0))

    assert told(series) == [(BEFORE, 6.0, 100)]
    assert series.figures[0].origin == CARRIED_ON


def test_what_does_not_apply_to_a_part_leaves_the_others():
    none = {"status": ValueStatus.NOT_APPLICABLE, "n": None}
    rows = [a_row(2, BEFORE, 6.0), a_row(3, BEFORE, None, **none)]

    assert told(now(FOUNDED, *rows)) == [(BEFORE, 6.0, 100)]


def test_what_applies_to_no_part_does_not_apply():
    none = {"status": ValueStatus.NOT_APPLICABLE, "n": None}
    rows = [a_row(unit, BEFORE, None, **none) for unit in (2, 3)]

    assert now(FOUNDED, *rows).figures[0].status is ValueStatus.NOT_APPLICABLE


def test_zeros_pooled_are_zero():
    rows = [a_row(unit, BEFORE, 0.0, status=ValueStatus.ZERO) for unit in (2, 3)]

    (point,) = now(FOUNDED, *rows).figures

    assert (point.status, point.value) == (ValueStatus.ZERO, 0.0)


def test_years_that_the_source_has_counted_anew_are_not_pooled_once_more():
    rows = [a_row(1, BEFORE, 5.0), a_row(2, BEFORE, 6.0), a_row(3, BEFORE, 8.0)]

    assert told(now(FOUNDED, *rows)) == [(BEFORE, 5.0, 100)]


def test_a_change_in_the_middle_of_a_year_leaves_the_year_to_the_unit_itself():
    rows = [a_row(1, DURING, 5.0), a_row(2, DURING, 6.0), a_row(2, BEFORE, 7.0)]

    series = now(MIDYEAR, *rows, a_row(1, BEFORE, 5.0))

    assert told(series) == [(BEFORE, 6.0, 200), (DURING, 5.0, 100)]


def test_a_year_that_only_the_predecessor_counted_is_its_own():
    founded = a_lineage((2, 1, MIDWINTER), new={1: MIDWINTER})

    series = now(founded, a_row(2, DURING, 6.0, is_latest=True), a_row(1, AFTER, 7.0))

    assert told(series) == [(DURING, 6.0, 100), (AFTER, 7.0, 100)]
    assert [one.is_latest for one in series.figures] == [False, True]


def test_generations_are_followed_back():
    rows = [a_row(3, BEFORE, 6.0), a_row(4, BEFORE, 8.0)]
    lineage = a_lineage(
        (3, 2, SUMMER), (4, 2, SUMMER), (2, 1, MIDWINTER), new={2: SUMMER, 1: MIDWINTER}
    )

    assert told(now(lineage, *rows)) == [(BEFORE, 7.0, 200)]


def test_its_own_latest_figure_stays_the_latest():
    own = a_row(1, AFTER, 7.0, is_latest=True)

    series = now(ABSORBED, own, a_row(2, BEFORE, 6.0, is_latest=True))

    assert [one.is_latest for one in series.figures] == [False, True]


# Splits --------------------------------------------------------------------------------


def test_after_a_split_the_predecessors_figures_are_marked_as_common():
    series = now(DIVIDED, a_row(2, BEFORE, 6.0), a_row(1, AFTER, 7.0))

    assert told(series) == [(BEFORE, 6.0, 100), (AFTER, 7.0, 100)]
    assert series.common == {("school-absence", BEFORE)}
    assert series.changes == (
        Change(on=SUMMER, before=("u2",), others=("u3",), is_new=True),
    )


def test_what_split_and_came_together_again_is_common_no_more():
    lineage = a_lineage(
        (2, 3, SUMMER),
        (2, 4, SUMMER),
        (3, 1, MIDWINTER),
        (4, 1, MIDWINTER),
        new={3: SUMMER, 4: SUMMER, 1: MIDWINTER},
    )

    series = now(lineage, a_row(2, BEFORE, 6.0))

    assert told(series) == [(BEFORE, 6.0, 100)]
    assert series.common == frozenset()


# In the database -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "pooling"),
    [
        (Unit.PERCENT, Pooling.BY_CHILDREN),
        (Unit.CHILDREN_PER_ADULT, Pooling.BY_ADULTS),
        (Unit.PUPILS_PER_TEACHER, Pooling.BY_ADULTS),
        (Unit.VERDICT, Pooling.NOT),
    ],
)
def test_what_an_indicator_counts_says_how_it_is_pooled(unit, pooling):
    assert pooling_of(an_indicator(unit=unit)) is pooling


@pytest.mark.django_db
def test_a_series_is_read_at_once(django_assert_num_queries):
    a_country()
    made = a_release(a_result(n=100.0), a_result("999002", n=300.0, value=5.5))
    nord, syd = unit_at(NORDSKOLEN), unit_at(SYDSKOLEN)
    syd.successions.create(successor=nord, on=today())
    lineage = lineage_of(nord)

    with django_assert_num_queries(1):
        as_now = series_of(made.pk, nord, lineage.at(today()))
    then = series_of(made.pk, nord, lineage.at(LOADED))

    assert [(one.value, one.n) for one in as_now.figures] == [(6.0, 400)]
    assert [(one.value, one.n) for one in then.figures] == [(7.5, 100)]
