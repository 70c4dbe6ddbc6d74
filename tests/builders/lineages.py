"""Units that merge and split, and their released figures, in memory."""

from datetime import date
from typing import Any

from kaeden.organisation.lineage import Descent, Kin, Lineage
from kaeden.publication.queries import ReleasedFigure
from kaeden.shared.status import ValueStatus
from tests.builders.figures import a_figure, a_unit

LONG_AGO = date(2000, 8, 1)
SUMMER = date(2024, 8, 1)
MIDWINTER = date(2025, 2, 1)


def a_kin(
    name: str = "Nordskolen", *, since: date = LONG_AGO, is_there: bool = True
) -> Kin:
    """A unit that began long ago and is there."""
    return Kin(name=name, code=name, since=since, until=None if is_there else SUMMER)


def a_lineage(
    *descents: tuple[int, int, date],
    unit: int = 1,
    new: dict[int, date] | None = None,
    gone: set[int] | None = None,
) -> Lineage:
    """A unit with its descents; units that are predecessors have ended.

    `new` says when units began that did not begin long ago.
    """
    began = new or {}
    ids = {unit, *(one for pair in descents for one in pair[:2])}
    ended = {one[0] for one in descents} | (gone or set())
    return Lineage(
        unit=unit,
        kin={
            pk: a_kin(f"u{pk}", since=began.get(pk, LONG_AGO), is_there=pk not in ended)
            for pk in ids
        },
        descents=tuple(
            Descent(predecessor=old, successor=fresh, on=on)
            for old, fresh, on in descents
        ),
    )


def a_row(unit: int, period: str, value: float | None, **facts: Any) -> ReleasedFigure:
    """A unit's released figure of 100 children; without a value, hidden."""
    known: dict[str, Any] = {
        "unit": a_unit(id=unit),
        "period": period,
        "value": value,
        "n": None if value is None else 100,
        "is_latest": False,
    }
    if value is None:
        known["status"] = ValueStatus.HIDDEN
    return a_figure(**(known | facts))
