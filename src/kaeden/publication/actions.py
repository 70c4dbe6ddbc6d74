"""Release: the one way out for results."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.engine import results
from kaeden.engine.gap_results import GapResult
from kaeden.engine.model_results import ModelResult
from kaeden.engine.models import COUNTRY, Run
from kaeden.goals.indicators import catalogue
from kaeden.organisation.queries import unit_ids
from kaeden.publication.errors import ReleaseIsDamaged
from kaeden.publication.gap_rules import protect_gaps
from kaeden.publication.model_rules import (
    EXAMPLE_LIMITS,
    UNITS_TOLD_OF,
    protect_model,
    protect_unit,
)
from kaeden.publication.models import (
    FairFigure,
    Figure,
    GapFigure,
    ModelFigure,
    PeerSet,
    Release,
)
from kaeden.publication.rules import Limits, protect, reliability_class
from kaeden.shared.clock import now
from kaeden.shared.database import refresh_statistics

Z95 = 1.959963984540054
BATCH = 400
Row: TypeAlias = Mapping[str, Any]


def _fields_of(table: type[Model], *without: str) -> tuple[str, ...]:
    names = (field.attname for field in table._meta.concrete_fields)
    return tuple(name for name in names if name not in {"id", *without})


FIELDS = _fields_of(Figure, "release_id")
LATER = ("state", "centre", "lower", "upper", "limits", "broken", "change_of")
"""Fields that figures had not at first."""
MODEL_FIELDS = _fields_of(ModelFigure, "release_id")
FAIR_FIELDS = _fields_of(FairFigure, "model_id")
GAP_FIELDS = _fields_of(GapFigure, "release_id")


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
    said = [_model(one, units) for one in results.read_models(run)]
    gaps = _gaps(results.read_gaps(run), units)
    latest = Release.objects.aggregate(number=Max("version"))["number"] or 0
    made = Release.objects.create(
        version=latest + 1,
        run=run,
        digest=digest_of(rows, said, gaps),
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
    _keep_models(made, said)
    GapFigure.objects.bulk_create(
        (GapFigure(release=made, **row) for row in gaps), batch_size=BATCH
    )
    refresh_statistics(Figure, PeerSet, ModelFigure, FairFigure, GapFigure)
    record(Event.Kind.RESULTS_RELEASED, by=by, about=made)
    return made


def verify(made: Release) -> None:
    """Read everything of a release again and hold it against its digest.

    Raises
    ------
    ReleaseIsDamaged
        If a figure is gone, new or changed.
    """
    rows = list(made.figures.order_by("pk").values(*FIELDS))
    said = [
        Said(
            model={name: getattr(one, name) for name in MODEL_FIELDS},
            units=list(one.units.order_by("pk").values(*FAIR_FIELDS)),
        )
        for one in made.models.order_by("pk")
    ]
    gaps = list(made.gaps.order_by("pk").values(*GAP_FIELDS))
    if digest_of(rows, said, gaps) != made.digest:
        raise ReleaseIsDamaged(
            _("Release %(version)s is damaged. Restore it from a backup.")
            % {"version": made.version}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a model says as it may leave: as a whole, and of each unit."""

    model: Row
    units: Sequence[Row]


def digest_of(
    rows: Iterable[Row], said: Iterable[Said] = (), gaps: Iterable[Row] = ()
) -> str:
    """Return the digest that a release signs its figures, its models and its gaps with."""
    whole = hashlib.sha256()
    for row in rows:
        whole.update(_signed(row, FIELDS))
    for one in said:
        whole.update(_signed(one.model, MODEL_FIELDS))
        for unit in one.units:
            whole.update(_signed(unit, FAIR_FIELDS))
    for gap in gaps:
        whole.update(_signed(gap, GAP_FIELDS))
    return whole.hexdigest()


def _signed(row: Row, names: Iterable[str]) -> bytes:
    """Return what is signed of a row: all fields it began with, later ones if they say something.

    So what was released before a field was there keeps its digest.
    """
    first = [row[name] for name in names if name not in LATER]
    later = {name: row[name] for name in LATER if row.get(name) not in {None, ""}}
    return json.dumps([*first, later] if later else first, sort_keys=True).encode()


def _limits(indicator: str) -> Limits:
    """Return what an indicator allows; a worked example has none."""
    if not indicator:
        return EXAMPLE_LIMITS
    known = catalogue()[indicator]
    return Limits(minimum_group=known.minimum_group, decimals=known.decimals)


def _model(found: ModelResult, units: Mapping[tuple[str, str], int]) -> Said:
    """Return a model as it may leave; of an indicator, only units that there are."""
    limits, is_example = _limits(found.indicator), not found.indicator
    return Said(
        model={
            "recipe": found.recipe,
            "indicator": found.indicator,
            "period": found.period,
            "said": json.loads(json.dumps(asdict(protect_model(found, limits)))),
        },
        units=[
            protect_unit(one, limits)
            | {"code": one.code, "unit_id": units.get((one.level, one.code))}
            for one in found.units
            if one.level in UNITS_TOLD_OF
            and (is_example or (one.level, one.code) in units)
        ],
    )


def _gaps(
    found: Iterable[GapResult], units: Mapping[tuple[str, str], int]
) -> list[dict[str, Any]]:
    """Return the gaps as they may leave, of units that there are."""
    there = [one for one in found if (one.level, one.code) in units]
    return [
        told | {"unit_id": units[one.level, one.code]}
        for one, told in protect_gaps(there, _limits)
    ]


def _keep_models(made: Release, said: Iterable[Said]) -> None:
    for one in said:
        model = ModelFigure.objects.create(release=made, **one.model)
        FairFigure.objects.bulk_create(
            (FairFigure(model=model, **row) for row in one.units), batch_size=BATCH
        )


def _protected(
    found: Iterable[results.Result], units: Mapping[tuple[str, str], int]
) -> list[dict[str, Any]]:
    limits = {name: _limits(name) for name in catalogue()}
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
