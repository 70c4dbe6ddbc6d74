"""Release: the one way out for results."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.engine import results
from kaeden.engine.models import COUNTRY, Run
from kaeden.goals.indicators import catalogue
from kaeden.organisation.queries import unit_ids
from kaeden.publication.errors import ReleaseIsDamaged
from kaeden.publication.models import Figure, PeerSet, Release
from kaeden.publication.rules import Limits, protect, reliability_class
from kaeden.shared.clock import now
from kaeden.shared.database import refresh_statistics

Z95 = 1.959963984540054
BATCH = 400
FIELDS = tuple(
    field.attname
    for field in Figure._meta.concrete_fields
    if field.attname not in {"id", "release_id"}
)


@transaction.atomic
def release(run: Run, *, by: Actor) -> Release:
    """Protect a run's results and make them the current release, whole or not at all.

    A run that is released already keeps its release.

    Raises
    ------
    Forbidden
        If `by` may not release.
    ResultsAreDamaged
        If the run's results are not what it wrote.
    """
    scope = "" if run.scope == COUNTRY else run.scope
    at = f"{COUNTRY}/{scope}" if scope else COUNTRY
    require(may(by, Permission.RELEASE_RESULTS, at=at))
    done = Release.objects.filter(run=run).first()
    if done:
        return done
    units = unit_ids(ever_in=scope)
    rows = _protected(results.read(run), units)
    latest = Release.objects.aggregate(number=Max("version"))["number"] or 0
    made = Release.objects.create(
        version=latest + 1,
        run=run,
        digest=digest_of(rows),
        figure_count=len(rows),
        hidden_count=sum(row["status"] == "hidden" for row in rows),
        made_at=now(),
    )
    Figure.objects.bulk_create(
        (Figure(release=made, **row) for row in rows), batch_size=BATCH
    )
    PeerSet.objects.bulk_create(
        _peer_sets(made, results.read_peers(run), units), batch_size=BATCH
    )
    refresh_statistics(Figure, PeerSet)
    record(Event.Kind.RESULTS_RELEASED, by=by, about=made)
    return made


def verify(made: Release) -> None:
    """Read every figure of a release again and hold it against its digest.

    Raises
    ------
    ReleaseIsDamaged
        If a figure is gone, new or changed.
    """
    rows = list(made.figures.order_by("pk").values(*FIELDS))
    if digest_of(rows) != made.digest:
        raise ReleaseIsDamaged(
            _("Release %(version)s is damaged. Restore it from a backup.")
            % {"version": made.version}
        )


def digest_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the digest that a release signs its figures with."""
    whole = hashlib.sha256()
    for row in rows:
        whole.update(json.dumps([row[name] for name in FIELDS]).encode())
    return whole.hexdigest()


def _protected(
    found: Iterable[results.Result], units: Mapping[tuple[str, str], int]
) -> list[dict[str, Any]]:
    limits = {
        one.id: Limits(minimum_group=one.minimum_group, decimals=one.decimals)
        for one in catalogue().values()
    }
    return [
        protect(
            _fields(one, units[one.level, one.code]),
            limits[one.indicator],
            children=one.children,
        )
        for one in found
        if (one.level, one.code) in units
    ]


def _fields(one: results.Result, unit_id: int) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in FIELDS if hasattr(one, name)}
    half = None if one.slope_se is None else Z95 * one.slope_se
    return plain | {
        "unit_id": unit_id,
        "reliability": reliability_class(one.reliability),
        "slope_half": half,
    }


def _peer_sets(
    made: Release, peers: results.Peers, units: Mapping[tuple[str, str], int]
) -> list[PeerSet]:
    return [
        PeerSet(
            release=made,
            unit_id=units[level, code],
            peers=[units[level, other] for other in others if (level, other) in units],
        )
        for (level, code), others in peers.items()
        if (level, code) in units
    ]
