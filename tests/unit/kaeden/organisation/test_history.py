"""What a unit has been: names, places, whom it carries on and who carries it on."""

from dataclasses import replace
from datetime import date

import pytest

from kaeden.organisation import queries
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.history import lineage_of, unit_history
from kaeden.organisation.lineage import Lineage
from kaeden.shared.clock import today
from tests.builders.chains import (
    BEGAN,
    FJORDBY,
    a_chain,
    applied,
    with_unit,
    without,
)
from tests.builders.lineages import MIDWINTER, SUMMER, a_kin, a_lineage

RENAMED, MERGED = date(2025, 2, 1), date(2025, 8, 1)


def names(spells):
    return [(one.words, one.since, one.until) for one in spells]


@pytest.fixture
def town(db):
    """Sydskolen is renamed, moves to another area, and is merged into Nordskolen."""
    chain = replace(a_chain(), communities=())
    applied(chain)
    chain = with_unit(chain, "999002", name="Fjordskolen", parent="daycare")
    applied(chain, on=RENAMED)
    chain = without(chain, "999002", "leder-999002")
    applied(replace(chain, carried_on={"999002": ("999001",)}), on=MERGED)
    return queries.get_municipality(FJORDBY)


def test_a_unit_tells_what_it_was_called_and_where_it_lay(town):
    history = unit_history(queries.get_unit(town, "999002"))

    assert names(history.names) == [
        ("Fjordskolen", RENAMED, None),
        ("Sydskolen", BEGAN, RENAMED),
    ]
    assert names(history.places) == [
        ("Day care", RENAMED, MERGED),
        ("Schools", BEGAN, RENAMED),
    ]


def test_a_unit_that_never_changed_name_has_had_one(town, django_assert_num_queries):
    unit = queries.get_unit(town, "999001-3a")

    with django_assert_num_queries(4):
        history = unit_history(unit)

    assert names(history.names) == [("3.a", BEGAN, None)]


def test_a_merger_is_told_at_both_ends(town):
    old, new = (
        unit_history(queries.get_unit(town, code)) for code in ("999002", "999001")
    )

    assert [(one.name, on) for one, on in old.after] == [("Nordskolen", MERGED)]
    assert [(one.code, on) for one, on in new.before] == [("999002", MERGED)]
    assert (old.before, new.after) == ((), ())


def test_an_ended_institution_is_found_by_its_code(town):
    assert queries.find_institution("999002").valid_to == MERGED
    with pytest.raises(NoSuchUnit):
        queries.get_institution("999002")
    with pytest.raises(NoSuchUnit):
        queries.find_institution("000000")


def test_a_lineage_holds_those_who_carry_the_others_on(town):
    chain = replace(a_chain(), communities=())
    split = without(chain, "999002", "leder-999002", "999001", "leder-999001")
    split = without(split, "999001-3a")
    more = (replace(chain.unit["999001"], code=code, name=code) for code in "ab")
    units = (*split.units, *more)
    ways = {"999002": ("999001",), "999001": ("a", "b")}
    applied(replace(split, units=units, carried_on=ways), on=today())

    lineage = lineage_of(queries.get_unit(town, "a"))

    named = {lineage.kin[pk].name for pk in lineage.ancestors()}
    assert named == {"Nordskolen", "Fjordskolen"}
    first = next(pk for pk, one in lineage.kin.items() if one.code == "999002")
    assert {lineage.kin[pk].name for pk in lineage.heirs(first)} == {"a", "b"}


# The lineage itself --------------------------------------------------------------------


def test_what_came_after_a_day_has_not_happened_then():
    lineage = a_lineage((2, 1, SUMMER), (3, 1, MIDWINTER), new={1: SUMMER})

    assert lineage.ancestors() == {2, 3}
    assert lineage.at(SUMMER).ancestors() == {2}
    assert lineage.at(date(2024, 7, 31)).ancestors() == frozenset()


def test_on_a_day_before_it_ended_a_unit_was_there():
    kin = {1: a_kin(), 2: replace(a_kin(), until=MIDWINTER)}
    lineage = Lineage(unit=1, kin=kin)

    assert lineage.at(SUMMER).kin[2].is_there
    assert not lineage.at(MIDWINTER).kin[2].is_there


def test_a_unit_that_nobody_carries_on_has_no_heirs():
    assert a_lineage(gone={1}).heirs(1) == frozenset()


def test_a_circle_of_units_is_gone_round_once():
    lineage = a_lineage((2, 1, SUMMER), (1, 2, MIDWINTER))

    assert lineage.ancestors() == {1, 2}
    assert lineage.heirs(1) == frozenset()


def test_the_earliest_comes_first():
    lineage = a_lineage((3, 1, MIDWINTER), (2, 1, SUMMER))

    assert [one.predecessor for one in lineage.into(1)] == [2, 3]
