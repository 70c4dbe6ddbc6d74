"""What a municipality's own file may not hold, besides what its contract says.

A figure stands at a unit of that municipality, on the level of its indicator, within
what it can possibly be, with the number of children behind it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from django.utils.translation import gettext_lazy

from kaeden.data.contracts import Contract, Place
from kaeden.data.lake import sql
from kaeden.data.lake.checking import IMPOSSIBLE, Rule

Key = TypeVar("Key")

NOT_HERE = gettext_lazy("“%(value)s” is not a unit of this municipality.")
OTHER_LEVEL = gettext_lazy(
    "“%(value)s” can't have this indicator: it is for another kind of unit."
)
NO_CHILDREN = gettext_lazy("A figure needs the number of children behind it.")


def of_children(contract: Contract, units: Iterable[str]) -> Iterator[Rule]:
    """Give the rule of a municipality's rows of children: they are in its own units."""
    unit = sql.quoted(contract.unit.column)
    yield Rule(
        column=contract.unit.column,
        found_by=f"{unit} NOT IN {sql.listed(sorted(units))}",
        says=NOT_HERE,
    )


def rules(
    contract: Contract, units: Iterable[str], places: Mapping[str, Place]
) -> Iterator[Rule]:
    """Give the rules of a municipality's own file; `places` are by indicator."""
    value, children = contract.measures
    unit, known = sql.quoted(contract.unit.column), sql.listed(sorted(units))
    number = sql.number(value.column, contract)
    yield Rule(
        column=contract.unit.column, found_by=f"{unit} NOT IN {known}", says=NOT_HERE
    )
    for of_these, where in _grouped(contract, places, lambda place: place.units):
        there = sql.listed(sorted(where))
        yield Rule(
            column=contract.unit.column,
            found_by=f"{of_these} AND {unit} IN {known} AND {unit} NOT IN {there}",
            says=OTHER_LEVEL,
        )
    for of_these, allowed in _grouped(contract, places, lambda place: place.allowed):
        yield Rule(
            column=value.column,
            found_by=f"{of_these}"
            f" AND {number} NOT BETWEEN {allowed.min} AND {allowed.max}",
            says=IMPOSSIBLE,
        )
    given = sql.number(children.column, contract)
    yield Rule(
        column=children.column,
        found_by=f"{number} IS NOT NULL AND {given} IS NULL",
        says=NO_CHILDREN,
    )


def _grouped(
    contract: Contract, places: Mapping[str, Place], asked: Callable[[Place], Key]
) -> Iterator[tuple[str, Key]]:
    """Give each answer with the condition that a row is of an indicator that has it."""
    assert contract.breakdown
    alike: dict[Key, list[str]] = {}
    for indicator, place in places.items():
        alike.setdefault(asked(place), []).append(indicator)
    for answer, indicators in alike.items():
        column = sql.quoted(contract.breakdown.column)
        yield f"{column} IN {sql.listed(indicators)}", answer
