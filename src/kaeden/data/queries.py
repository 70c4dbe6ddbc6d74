"""Reads of data: contracts, what has been imported, registers and the map."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from kaeden.data import lake
from kaeden.data.contracts import HOME, Contract, MeasureRule, shipped_contracts
from kaeden.data.models import DataImport
from kaeden.data.rules import WANTED_BACK, State
from kaeden.shared.clock import now
from kaeden.shared.errors import NotFound

MAP = HOME / "files" / "dk_kommuner_map.topojson"
"""The municipalities' borders as TopoJSON, object ``kommuner``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSource:
    """An import that counts now; `statuses` counts the places of each status."""

    import_id: int
    source: str
    period: str
    rows: int
    statuses: Mapping[str, int]
    quality: Mapping[str, Any]
    imported_at: datetime
    batch: str
    file_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterUnit:
    """A municipality, school or day care as its source describes it.

    A text is empty where the source says nothing.
    """

    level: str
    code: str
    name: str
    type: str
    owner: str
    municipality_code: str
    postcode: str
    town: str
    latitude: float | None
    longitude: float | None
    as_of: date


@cache
def contracts() -> tuple[Contract, ...]:
    """Every source contract, by id (0 queries)."""
    return shipped_contracts()


def contract(source: str) -> Contract:
    """Return the contract of one source (0 queries).

    Raises
    ------
    NotFound
        If there is no such source.
    """
    for each in contracts():
        if each.id == source:
            return each
    raise NotFound(
        _("There is no source “%(source)s”. The sources are: %(known)s.")
        % {"source": source[:60], "known": ", ".join(each.id for each in contracts())}
    )


def current_imports() -> tuple[ImportedSource, ...]:
    """What counts now, by source and period (1 query)."""
    return tuple(
        ImportedSource(
            import_id=each.pk,
            source=each.source,
            period=each.period,
            rows=each.rows,
            statuses=each.statuses,
            quality=each.quality,
            imported_at=each.imported_at,
            batch=each.batch,
            file_digest=each.file_digest,
        )
        for each in DataImport.objects.filter(state=State.CURRENT)
    )


def get_import(pk: int) -> DataImport:
    """Return an import by its number (1 query).

    Raises
    ------
    NotFound
        If there is none.
    """
    found = DataImport.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no import number %(number)s.") % {"number": pk})
    return found


def known_measures() -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the breakdowns of each (source, measure), "" for none (0 queries)."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for one in contracts():
        for rule in one.measures:
            known = found.get((one.id, rule.name), frozenset())
            found[one.id, rule.name] = known | _breakdowns(one, rule)
    return found


def _breakdowns(contract: Contract, rule: MeasureRule) -> frozenset[str]:
    if contract.breakdown:
        return frozenset(contract.breakdown.allowed)
    return frozenset({rule.breakdown})


def current_import(source: str, period: str) -> DataImport | None:
    """Return what counts now of one source and period, if anything (1 query)."""
    return DataImport.objects.filter(
        source=source, period=period, state=State.CURRENT
    ).first()


def current_batches() -> tuple[str, ...]:
    """The batches that ought to count in the lake (1 query)."""
    found = DataImport.objects.filter(state=State.CURRENT)
    return tuple(found.values_list("batch", flat=True))


def past_rows() -> tuple[DataImport, ...]:
    """Return imports of children's rows that can't be wanted back any more (2 queries)."""
    of_children = DataImport.objects.filter(quality__has_key="children")
    counting = set(current_batches())
    recent = of_children.filter(imported_at__gt=now() - WANTED_BACK)
    past = of_children.exclude(state=State.CURRENT)
    found = past.exclude(source__in=recent.values("source"))
    return tuple(one for one in found if one.batch not in counting)


def register_units(source: str) -> tuple[RegisterUnit, ...]:
    """Every unit of a register, by code (0 queries; reads the lake).

    Raises
    ------
    NotFound
        If the source isn't imported or isn't a register.
    """
    return tuple(
        RegisterUnit(
            level=unit.level,
            code=unit.code,
            name=unit.name,
            type=unit.type,
            owner=unit.owner,
            municipality_code=unit.municipality_code,
            postcode=unit.postcode,
            town=unit.town,
            latitude=unit.latitude,
            longitude=unit.longitude,
            as_of=date.fromisoformat(unit.retrieved),
        )
        for unit in lake.units(source)
    )


def verify() -> int:
    """Check the files of the lake that count now; return how many are whole.

    Raises
    ------
    LakeDamaged
        If one is gone or altered.
    """
    return lake.verify()
