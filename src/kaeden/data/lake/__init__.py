"""The lake: values and units from the sources. Only data and engine may come here."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from kaeden.data.lake import storing
from kaeden.data.rules import COUNTRY
from kaeden.shared.errors import NotFound
from kaeden.shared.status import ValueStatus


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measure:
    """One measure of one source, a place per unit and period, sorted by both.

    `value` is nan wherever `status` says that there is no number.
    """

    source: str
    measure: str
    breakdown: str
    level: str
    unit_code: tuple[str, ...]
    period: tuple[str, ...]
    value: NDArray[np.float64]
    status: tuple[ValueStatus, ...]

    def __len__(self) -> int:
        return len(self.unit_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One row of a register, as the source has it."""

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
    retrieved: str


def snapshot(scope: str = COUNTRY) -> str:
    """Hash of all of a scope that counts now; equal lakes have equal snapshots.

    A municipality's own figures are in its own scope, and in no other.
    """
    return storing.snapshot(scope)


def measure(source: str, measure: str, breakdown: str = "") -> Measure:
    """Read one measure of what counts now.

    Raises
    ------
    NotFound
        If the source isn't imported or has no such measure and breakdown.
    LakeDamaged
        If a file isn't as it was written.
    """
    files = [_observations(batch) for batch in _batches(source)]
    table = _selected(pa.concat_tables(files), measure, breakdown) if files else None
    if table is None or not len(table):
        raise NotFound(
            _(
                "The lake has no “%(measure)s” with the breakdown “%(breakdown)s” from"
                " the source “%(source)s”. Import the source first."
            )
            % {"measure": measure, "breakdown": breakdown, "source": source}
        )
    return Measure(
        source=source,
        measure=measure,
        breakdown=breakdown,
        level=table.column("level")[0].as_py(),
        unit_code=tuple(table.column("unit_code").to_pylist()),
        period=tuple(table.column("period").to_pylist()),
        value=_numbers(table.column("value")),
        status=tuple(ValueStatus(each) for each in table.column("status").to_pylist()),
    )


def units(source: str) -> tuple[Unit, ...]:
    """Read the register of a source; the latest retrieval of each unit counts.

    Raises
    ------
    NotFound
        If the source isn't imported or isn't a register.
    """
    found: dict[str, Unit] = {}
    for batch in sorted(_batches(source), key=lambda each: each.retrieved):
        if storing.UNITS in batch.files:
            rows = storing.read(batch, storing.UNITS).to_pylist()
            found |= {
                row["code"]: Unit(**row, retrieved=batch.retrieved) for row in rows
            }
    if not found:
        raise NotFound(
            _("The lake has no register from the source “%(source)s”. Import it first.")
            % {"source": source}
        )
    return tuple(found[code] for code in sorted(found))


def verify() -> int:
    """Read every file that counts now, and return how many are whole.

    Raises
    ------
    LakeDamaged
        If a file is gone or its bytes are others.
    """
    names = [(batch, name) for batch in storing.current() for name in batch.files]
    for batch, name in names:
        storing.whole(batch, name)
    return len(names)


def _batches(source: str) -> list[storing.Batch]:
    return [batch for batch in storing.current() if batch.source == source]


def _observations(batch: storing.Batch) -> pa.Table:
    return storing.read(batch, storing.OBSERVATIONS)


def _selected(table: pa.Table, measure: str, breakdown: str) -> pa.Table:
    wanted = pc.and_(
        pc.equal(table.column("measure"), measure),
        pc.equal(table.column("breakdown"), breakdown),
    )
    order = [("unit_code", "ascending"), ("period", "ascending")]
    return table.filter(wanted).sort_by(order)


def _numbers(column: pa.ChunkedArray) -> NDArray[np.float64]:
    numbers: NDArray[np.float64] = np.array(pc.fill_null(column, np.nan), dtype=float)
    numbers.flags.writeable = False
    return numbers
