"""Read released gaps; each docstring ends with what it costs.

A municipality's gap is for everybody. A unit's is, like its gradient, for those whose own
unit it is or who stand above it (ADR 0024).
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from kaeden.access.rules import Actor, Permission, may
from kaeden.engine.gap_results import PAIR
from kaeden.goals.rules import Group
from kaeden.organisation.models import Unit
from kaeden.publication.models import GapFigure
from kaeden.publication.queries import CurrentRelease, ReleasedUnit
from kaeden.shared.status import ValueStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedGap:
    """A gap as it may be shown; `engine.gap_results.GapResult` says what each is.

    Counts are in tens.
    """

    unit: ReleasedUnit
    indicator: str
    kind: str
    first: str
    second: str
    since: str
    period: str
    years: int
    is_latest: bool
    status: ValueStatus
    n_first: int | None
    n_second: int | None
    clusters: int | None
    mean_first: float | None
    mean_second: float | None
    difference: float | None
    low: float | None
    high: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    apart: float | None
    apart_low: float | None
    apart_high: float | None
    differ_p: float | None
    compared: int | None
    slope: float | None
    slope_half: float | None
    points: int | None
    preliminary: bool | None
    direction: int | None

    @property
    def is_of_town(self) -> bool:
        """Whether it is of a whole municipality."""
        return self.unit.kind == "municipality"

    @property
    def pair(self) -> tuple[Group, Group] | None:
        """The two groups; None of a slope index."""
        return (Group(self.first), Group(self.second)) if self.kind == PAIR else None


def gaps_of(
    actor: Actor, town: Unit, release_id: int, indicator: str
) -> list[ReleasedGap]:
    """Return an indicator's gaps in a municipality, as far as one may (1 query)."""
    rows = GapFigure.objects.filter(
        Q(unit=town) | Q(unit__path__startswith=f"{town.path}/"),
        release_id=release_id,
        indicator=indicator,
    )
    found = rows.select_related("unit").order_by(
        "unit__name", "unit_id", "period", "pk"
    )
    return [
        _released(one)
        for one in found
        if one.unit_id == town.pk
        or may(actor, Permission.READ_SPREAD, at=one.unit.path)
    ]


def newest_gaps(
    release: CurrentRelease, town: Unit, indicators: Collection[str]
) -> list[ReleasedGap]:
    """Return a municipality's own newest gaps between two groups (1 query at most).

    Public figures have no rows of children behind them, so there is nothing to ask for.
    """
    if not release.is_own:
        return []
    rows = GapFigure.objects.filter(
        release_id=release.id,
        unit=town,
        kind=PAIR,
        is_latest=True,
        indicator__in=indicators,
    )
    return [_released(one) for one in rows.select_related("unit").order_by("pk")]


def _released(row: GapFigure) -> ReleasedGap:
    same = ReleasedGap.__dataclass_fields__.keys() - {"unit", "status"}
    unit = row.unit
    return ReleasedGap(
        unit=ReleasedUnit(
            id=unit.pk, code=unit.code, kind=unit.kind, name=unit.name, path=unit.path
        ),
        status=ValueStatus(row.status),
        **{name: getattr(row, name) for name in same},
    )
