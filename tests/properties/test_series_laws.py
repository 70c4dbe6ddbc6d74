"""Series across mergers and splits: nothing counted twice, nothing hidden shown."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kaeden.organisation.lineage import Descent, Kin, Lineage
from kaeden.publication.series import Pooling, Rows, as_it_was, as_organised_now
from kaeden.shared.periods import Period
from kaeden.shared.status import ValueStatus
from tests.builders.figures import a_unit
from tests.builders.lineages import LONG_AGO, a_row

YEARS = [f"{year}/{year + 1 - 2000}" for year in range(2020, 2026)]
DAYS = [date(year, month, 1) for year in range(2021, 2026) for month in (2, 8)]
NAME = "school-absence"


@st.composite
def towns(draw, *, with_splits=True):
    """Units that merge, join and split, with their figures: the facts, and who is left."""
    count = draw(st.integers(2, 4))
    since, there, descents = (
        dict.fromkeys(range(count), LONG_AGO),
        set(range(count)),
        [],
    )
    for day in sorted(draw(st.sets(st.sampled_from(DAYS), max_size=4))):
        kinds = ["merge", "join"] if len(there) > 1 else []
        kinds += ["split"] if with_splits else []
        if not kinds:
            continue
        kind = draw(st.sampled_from(kinds))
        chosen = draw(st.permutations(sorted(there)))
        old, new = chosen[:1], [chosen[-1]]
        if kind == "merge":
            old, new = chosen[:2], [len(since)]
        elif kind == "split":
            new = [len(since), len(since) + 1]
        since |= {one: day for one in new if one not in since}
        there = there - set(old) | set(new)
        descents += [
            Descent(predecessor=a, successor=b, on=day) for a in old for b in new
        ]
    ended = {one.predecessor: one.on for one in descents}
    kin = {
        pk: Kin(name=f"u{pk}", code=str(pk), since=day, until=ended.get(pk))
        for pk, day in since.items()
    }
    rows = [
        draw(figures(unit, year))
        for unit in since
        for year in YEARS
        if since[unit] < Period.parse(year).ends
        and ended.get(unit, date.max) > Period.parse(year).begins
    ]
    return kin, tuple(descents), [row for row in rows if row], sorted(there)


def figures(unit, year):
    """A value, a hidden one, or none at all."""
    value = st.floats(0.1, 50).map(lambda v: round(v, 1))
    shown = st.builds(
        lambda v, n: a_row(unit, year, v, n=n), value, st.integers(5, 900)
    )
    return st.one_of(shown, shown, st.just(a_row(unit, year, None)), st.none())


def lineage_of(unit, kin, descents):
    return Lineage(unit=unit, kin=kin, descents=descents)


def now(unit, town):
    kin, descents, rows, _there = town
    return as_organised_now(
        rows,
        lineage_of(unit, kin, descents),
        a_unit(id=unit),
        pooling=lambda _name: Pooling.BY_CHILDREN,
    )


def parts_of(unit, year, town):
    kin, descents, rows, _there = town
    found = Rows(rows, lineage_of(unit, kin, descents))
    return found.parts(unit, NAME, Period.parse(year))


@given(towns())
def test_a_released_row_stands_in_one_unmarked_point_at_most(town):
    counted = Counter(
        (part, point.period)
        for unit in town[3]
        for series in [now(unit, town)]
        for point in series.figures
        if (NAME, point.period) not in series.common
        for part, row in parts_of(unit, point.period, town).items()
        if row is not None
    )

    assert not {row for row, times in counted.items() if times > 1}


@given(towns())
def test_what_stands_in_two_series_is_marked_in_both(town):
    users = {}
    for unit in town[3]:
        series = now(unit, town)
        for point in series.figures:
            for part in parts_of(unit, point.period, town):
                is_common = (NAME, point.period) in series.common
                users.setdefault((part, point.period), []).append(is_common)

    assert all(all(marks) for marks in users.values() if len(marks) > 1)


@given(towns())
def test_a_point_with_a_hidden_part_has_no_number(town):
    for unit in town[3]:
        for point in now(unit, town).figures:
            parts = parts_of(unit, point.period, town).values()
            if any(row and row.status is ValueStatus.HIDDEN for row in parts):
                assert point.status is ValueStatus.HIDDEN
                assert (point.value, point.n, point.low) == (None, None, None)


@given(towns())
def test_a_point_lies_among_its_parts_and_has_their_children(town):
    for unit in town[3]:
        for point in now(unit, town).figures:
            rows = [row for row in parts_of(unit, point.period, town).values() if row]
            if point.status.has_number:
                values = [row.value for row in rows]
                assert min(values) - 1e-9 <= point.value <= max(values) + 1e-9
                assert point.n == sum(row.n for row in rows)


@given(towns(with_splits=False))
def test_without_splits_no_child_of_a_year_before_all_changes_is_lost(town):
    kin, descents, rows, there = town
    year = YEARS[0]
    first = [row for row in rows if row.period == year]
    is_before = all(one.on >= Period.parse(year).ends for one in descents)
    is_whole = len(first) == sum(one.since == LONG_AGO for one in kin.values())
    if is_before and is_whole and all(row.status.has_number for row in first):
        points = [p for u in there for p in now(u, town).figures if p.period == year]
        assert sum(point.n for point in points) == sum(row.n for row in first)


@given(towns(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(town, chance):
    kin, descents, rows, there = town
    shuffled = list(rows)
    chance.shuffle(shuffled)

    for unit in there:
        other = now(unit, (kin, descents, shuffled, there))
        assert other.figures == now(unit, town).figures


@given(towns())
def test_a_unit_that_carries_nobody_on_is_the_same_then_and_now(town):
    kin, descents, rows, there = town
    for unit in there:
        lineage = lineage_of(unit, kin, descents)
        if not lineage.ancestors():
            then = {(p.period, p.value) for p in as_it_was(rows, lineage).figures}
            assert {(p.period, p.value) for p in now(unit, town).figures} == then


@given(towns(), st.sampled_from(DAYS))
def test_on_a_day_what_came_later_has_not_happened(town, day):
    kin, descents, _rows, _there = town
    for unit in kin:
        then = lineage_of(unit, kin, descents).at(day)
        assert all(one.on <= day for one in then.descents)
        assert all(kin[one].since <= day for one in then.ancestors())
        assert unit in then.heirs(unit) or kin[unit].until <= day


@given(towns())
def test_each_series_has_at_most_one_latest_figure(town):
    for unit in town[3]:
        found = now(unit, town).figures
        assert sum(point.is_latest for point in found) <= 1
        assert bool(found) is any(point.is_latest for point in found)
