"""Compute: the one verb of the engine."""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.data import lake
from kaeden.engine import background, panel, recipe, results, scan
from kaeden.engine.errors import NothingToCompute
from kaeden.engine.models import COUNTRY, Run
from kaeden.goals.indicators import Indicator, published
from kaeden.shared.clock import now


def compute(*, by: Actor, told: Callable[[str], None] = lambda _text: None) -> Run:
    """Run the recipe over every published indicator; the same input is run once.

    `told` is called with the title of each indicator as it begins.

    Raises
    ------
    Forbidden
        If `by` may not run the engine.
    NothingToCompute
        If the lake has no figures for any indicator.
    """
    require(may(by, Permission.RUN_ENGINE, at=COUNTRY))
    indicators = list(published().values())
    key = {
        "scope": COUNTRY,
        "method": recipe.METHOD,
        "snapshot": lake.snapshot(),
        "catalogue_digest": _digest(indicators),
    }
    done = Run.objects.filter(**key).first()
    return done or _compute(indicators, key, by=by, told=told)


def _compute(
    indicators: Iterable[Indicator],
    key: Mapping[str, str],
    *,
    by: Actor,
    told: Callable[[str], None],
) -> Run:
    started = time.perf_counter()
    known = background.read()
    found: list[results.Result] = []
    notes: dict[str, Any] = {}
    for indicator in indicators:
        told(str(indicator.title))
        computed = recipe.compute(panel.read(indicator), known)
        found += computed.results
        notes[indicator.id] = computed.notes
    if not found:
        raise NothingToCompute(_("There is no data to compute from. Import it first."))
    scanned = scan.scan(found)
    digest = results.write(scanned.results, _peers(known))
    with transaction.atomic():
        run = Run.objects.create(
            **key,
            results_digest=digest,
            units=len({(one.level, one.code) for one in found}),
            scanned=scanned.scanned,
            signals=scanned.found,
            converged=all(note.get("converged", True) for note in notes.values()),
            seconds=round(time.perf_counter() - started, 3),
            notes=notes,
            made_at=now(),
        )
        record(Event.Kind.ENGINE_RUN, by=by, about=run)
    return run


def _peers(known: background.Background) -> results.Peers:
    schools = {("institution", c): near for c, near in known.school_peers.items()}
    towns = {("municipality", c): near for c, near in known.municipality_peers.items()}
    return schools | towns


def _digest(indicators: Iterable[Indicator]) -> str:
    """Return what names this state of the indicator files."""
    whole = "\n".join(one.model_dump_json() for one in indicators)
    return hashlib.sha256(whole.encode()).hexdigest()
