"""Write a wanted chain's units: begun, placed, named, carried on and ended."""

from collections.abc import Iterable, Mapping
from datetime import date

from kaeden.organisation.chain import Chain, ChainUnit
from kaeden.organisation.changes import is_outside
from kaeden.organisation.models import Placement, Succession, Unit, UnitName
from kaeden.organisation.rules import Hierarchy, Origin
from kaeden.organisation.wanted import BATCH, Writing
from kaeden.shared.words import fold

FACTS = ("form", "owner", "latitude", "longitude")
REFRESHED = ("kind", "origin", "path", *FACTS)
PLACES = {Hierarchy.LINE: "parent", Hierarchy.CLUSTER: "cluster"}


def write_units(writing: Writing) -> dict[str, Unit]:
    """Begin, rename, move and end units; return those that are there, by code."""
    there = Unit.objects.filter(writing.rows_of(), valid_to__isnull=True)
    units = {unit.code: unit for unit in there}
    _begin_units(writing, units)
    _place(writing, units)
    _rename(writing, units)
    gone = [
        unit
        for code, unit in units.items()
        if code not in writing.wanted.unit and not is_outside(writing.now, code)
    ]
    _succeed(writing, units)
    _end_units(gone, writing.on)
    _refresh(writing, units)
    return units


def _begin_units(writing: Writing, units: dict[str, Unit]) -> None:
    """Begin the units that are new, level by level: a child needs its parent."""
    waiting = [one for one in writing.wanted.units if one.code not in units]
    while waiting:
        level = [one for one in waiting if one.parent in units]
        waiting = [one for one in waiting if one.parent not in units]
        begun = [_begun(one, units[one.parent], writing.on) for one in level]
        Unit.objects.bulk_create(begun, batch_size=BATCH)
        units.update({unit.code: unit for unit in begun})


def _begun(one: ChainUnit, above: Unit, on: date) -> Unit:
    return Unit(
        code=one.code,
        kind=one.kind.value,
        name=one.name,
        search_name=fold(one.name),
        parent=above,
        path=f"{above.path}/{one.code}",
        origin=Origin.CHAIN.value,
        valid_from=on,
        **{fact: getattr(one, fact) for fact in FACTS},
    )


def _place(writing: Writing, units: Mapping[str, Unit]) -> None:
    """Give units the places they are to have in each hierarchy."""
    for hierarchy, field in PLACES.items():
        moved = {
            one.code: getattr(one, field)
            for one in writing.wanted.units
            if one.code != writing.town.code
            and _place_of(writing.now, one.code, field) != getattr(one, field)
        }
        Placement.objects.filter(
            unit_id__in=[units[code].pk for code in moved if code in writing.now.unit],
            hierarchy=hierarchy.value,
        ).end(writing.on)
        fresh = [
            Placement(
                unit=units[code],
                parent=units[above],
                hierarchy=hierarchy.value,
                valid_from=writing.on,
            )
            for code, above in moved.items()
            if above
        ]
        Placement.objects.bulk_create(fresh, batch_size=BATCH)


def _place_of(chain: Chain, code: str, field: str) -> str:
    unit = chain.unit.get(code)
    return getattr(unit, field) if unit else ""


def _rename(writing: Writing, units: Mapping[str, Unit]) -> None:
    """Keep what units were called, and call them what they are called now."""
    for code, one in writing.wanted.unit.items():
        unit = units[code]
        if unit.name == one.name:
            continue
        names = UnitName.objects.filter(unit=unit)
        if not names.exists():
            names.create(
                unit=unit,
                name=unit.name,
                valid_from=unit.valid_from,
                recorded_at=unit.recorded_at,
            )
        names.end(writing.on)
        names.create(unit=unit, name=one.name, valid_from=writing.on)
        unit.name, unit.search_name = one.name, fold(one.name)


def _succeed(writing: Writing, units: Mapping[str, Unit]) -> None:
    known = writing.now.carried_on
    fresh = [
        Succession(predecessor=units[old], successor=units[new], on=writing.on)
        for old, successors in writing.wanted.carried_on.items()
        if old not in known
        for new in successors
    ]
    Succession.objects.bulk_create(fresh)


def _end_units(gone: Iterable[Unit], on: date) -> None:
    ids = [unit.pk for unit in gone]
    Placement.objects.filter(unit_id__in=ids).end(on)
    Unit.objects.filter(pk__in=ids).end(on)


def _refresh(writing: Writing, units: Mapping[str, Unit]) -> None:
    """Bring each unit's facts, parent and path in step with its place of today."""
    changed = []
    for one in writing.wanted.units:
        unit = units[one.code]
        before = [getattr(unit, column) for column in REFRESHED]
        unit.kind, unit.origin = one.kind.value, Origin.CHAIN.value
        for fact in FACTS:
            setattr(unit, fact, getattr(one, fact))
        if one.parent:
            unit.parent = units[one.parent]
            unit.path = f"{unit.parent.path}/{unit.code}"
        was_named = writing.now.unit.get(one.code, one).name == one.name
        if before != [getattr(unit, column) for column in REFRESHED] or not was_named:
            changed.append(unit)
    columns = ("name", "search_name", "parent", *REFRESHED)
    Unit.objects.bulk_update(changed, columns, batch_size=BATCH)
