"""Read what is known of practices' effects; each docstring ends with what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.engine.effects.values import Effect, Refused
from kaeden.learning.errors import NoSuchPractice
from kaeden.learning.models import Evidence
from kaeden.learning.queries.practices import adoption_starts
from kaeden.learning.rules.evidence import Rung, found_in, rung_of
from kaeden.organisation.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What a practice did to an indicator, and where the numbers came from.

    `release` is the version that the figures are of, `run` the method of its run.
    """

    practice: str
    indicator: str
    found: Effect | Refused
    drawn_by_lot: bool
    release: int
    snapshot: str
    method: str
    digest: str
    weighed_at: datetime

    @property
    def effect(self) -> Effect | None:
        """The effect; None where it was refused."""
        return self.found if isinstance(self.found, Effect) else None


def evidence_in(town: Unit) -> dict[str, dict[str, Weighed]]:
    """Return the newest evidence by practice and indicator (1 query)."""
    rows = Evidence.objects.filter(municipality=town).select_related("release__run")
    by: dict[str, dict[str, Weighed]] = {}
    for row in rows.order_by("pk"):
        by.setdefault(row.practice, {})[row.indicator] = _weighed(row)
    return by


def effect_of(practice: str, indicator: str, town: Unit) -> Weighed | None:
    """Return the newest evidence of one practice and one indicator (1 query)."""
    rows = Evidence.objects.filter(
        municipality=town, practice=practice, indicator=indicator
    )
    newest = rows.select_related("release__run").order_by("pk").last()
    return _weighed(newest) if newest else None


def compared_in(practice: str) -> int:
    """Count the municipalities here in which a practice has been compared (1 query)."""
    rows = Evidence.objects.filter(practice=practice, has_effect=True)
    return rows.values("municipality").distinct().count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that is known of a practice's effect in a municipality."""

    by_indicator: Mapping[str, Weighed]
    users: int
    rung: Rung


def get_known(actor: Actor, practice: str, town: Unit) -> Known:
    """Return what is known of a practice, for those who read practices there (3 queries).

    Raises
    ------
    NoSuchPractice
        If one's post reads no practices of that municipality.
    """
    reads = may(actor, Permission.READ_PRACTICES, at=town.path)
    require(reads, otherwise=NoSuchPractice)
    rows = Evidence.objects.filter(municipality=town, practice=practice)
    rows = rows.select_related("release__run").order_by("pk")
    found = {row.indicator: _weighed(row) for row in rows}
    users = len(adoption_starts(practice, town))
    by_lot = any(one.drawn_by_lot and one.effect for one in found.values())
    rung = rung_of(users=users, compared_in=compared_in(practice), drawn_by_lot=by_lot)
    return Known(by_indicator=found, users=users, rung=rung)


def _weighed(row: Evidence) -> Weighed:
    run = row.release.run
    return Weighed(
        practice=row.practice,
        indicator=row.indicator,
        found=found_in(row.said),
        drawn_by_lot=row.drawn_by_lot,
        release=row.release.version,
        snapshot=run.snapshot,
        method=row.method,
        digest=row.digest,
        weighed_at=row.weighed_at,
    )
