"""A municipality's own figures: the contract of its file, and where figures may stand."""

from collections.abc import Mapping
from functools import lru_cache

from kaeden.data.contract_parts import Range
from kaeden.data.contracts import Contract, Place, children_contract, own_contract
from kaeden.data.rules import children_source, own_source
from kaeden.goals.indicators import Indicator, Level, Sector, Status, catalogue
from kaeden.goals.indicators import Unit as Scale
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import institutions_ever_of
from kaeden.organisation.rules import Kind

KINDS = {
    Sector.SCHOOL: Kind.SCHOOL,
    Sector.DAYCARE: Kind.DAYCARE,
    Sector.SOCIAL: Kind.SOCIAL,
}
"""At which institutions a sector's indicators have figures."""

POSSIBLE: Mapping[Scale, Range] = {
    Scale.PERCENT: Range(min=0, max=100),
    Scale.MARK: Range(min=-3, max=12),
    Scale.SCORE: Range(min=1, max=5),
    Scale.CHILDREN_PER_ADULT: Range(min=0, max=60),
    Scale.PUPILS_PER_TEACHER: Range(min=0, max=200),
    Scale.PER_1000: Range(min=0, max=5000),
    Scale.DAYS: Range(min=0, max=366),
    Scale.VERDICT: Range(min=-1, max=1),
}
"""What a figure can possibly be, by what one of it is."""


def ownable() -> Mapping[str, Indicator]:
    """Return the indicators that a municipality can have own figures for.

    Those in development too: a municipality may count what no public source does.
    """
    known = catalogue().items()
    return {name: one for name, one in known if one.status is not Status.ARCHIVED}


def contract_of(town: Unit) -> Contract:
    """Return the contract of a municipality's own figures (0 queries)."""
    return _contract(own_source(town.code), tuple(ownable()))


_contract = lru_cache(maxsize=8)(own_contract)


def contract_of_children(town: str) -> Contract:
    """Return the contract of a municipality's rows of children (0 queries)."""
    return _contract_of_children(children_source(town))


_contract_of_children = lru_cache(maxsize=8)(children_contract)


def institutions_with_children(town: Unit) -> frozenset[str]:
    """Return the codes of a municipality's schools and day care, ended ones too (1 query)."""
    with_children = {Kind.SCHOOL.value, Kind.DAYCARE.value}
    there = institutions_ever_of(town)
    return frozenset(unit.code for unit in there if unit.kind in with_children)


def places_of(town: Unit) -> tuple[frozenset[str], Mapping[str, Place]]:
    """Return a municipality's units and, by indicator, which may have it (1 query).

    An indicator of institutions stands at those of its sector and not at the
    municipality, whose figure Kæden works out of theirs. Units that have ended count:
    others carry their figures on.
    """
    there: dict[Kind, set[str]] = {Kind.MUNICIPALITY: {town.code}}
    for unit in institutions_ever_of(town):
        there.setdefault(Kind(unit.kind), set()).add(unit.code)
    places = {
        name: Place(
            units=frozenset(there.get(_kind_of(one), ())), allowed=POSSIBLE[one.unit]
        )
        for name, one in ownable().items()
    }
    return frozenset().union(*there.values()), places


def _kind_of(indicator: Indicator) -> Kind:
    if indicator.level is Level.MUNICIPALITY:
        return Kind.MUNICIPALITY
    return KINDS[indicator.sector]
