"""Compute: the one verb of the engine."""

import hashlib
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeAlias

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.data import lake
from kaeden.data.own import ownable
from kaeden.engine import (
    background,
    gaps,
    own,
    panel,
    recipe,
    results,
    row_models,
    row_values,
    scan,
)
from kaeden.engine.errors import NothingToCompute
from kaeden.engine.gaps import Gaps
from kaeden.engine.model_recipes import ModelRecipe, of_scope
from kaeden.engine.models import COUNTRY, Run
from kaeden.engine.row_models import Modelled
from kaeden.goals.indicators import Indicator, published
from kaeden.organisation.queries import get_municipality
from kaeden.shared.clock import now

Kitchen: TypeAlias = tuple[Callable[[Indicator], recipe.Computed], results.Peers]
"""What makes the results of an indicator, and the units like each unit."""
Told: TypeAlias = Callable[[str], None]


def compute(
    *,
    by: Actor,
    scope: str = COUNTRY,
    told: Told = lambda _text: None,
) -> Run:
    """Run a scope's recipe over its indicators; the same input is run once.

    The scope is the country, whose public figures are computed, or the code of a
    municipality with figures of its own. `told` is called with the title of each
    indicator as it begins.

    Raises
    ------
    Forbidden
        If `by` may not run the engine there.
    NothingToCompute
        If the lake has no figures for any indicator.
    """
    is_own = scope != COUNTRY
    at = f"{COUNTRY}/{scope}" if is_own else COUNTRY
    require(may(by, Permission.RUN_ENGINE, at=at))
    indicators = list((ownable() if is_own else published()).values())
    models = of_scope(is_own=is_own)
    key = {
        "scope": scope,
        "method": own.METHOD if is_own else recipe.METHOD,
        "snapshot": lake.snapshot(scope),
        "catalogue_digest": _digest((*indicators, *models)),
    }
    done = Run.objects.filter(**key).first()
    return done or _compute(indicators, key, by=by, told=told)


def _compute(
    indicators: Collection[Indicator],
    key: Mapping[str, str],
    *,
    by: Actor,
    told: Told,
) -> Run:
    started = time.perf_counter()
    is_national = key["scope"] == COUNTRY
    modelled = {
        one.id: row_models.compute(one, key["scope"], told)
        for one in of_scope(is_own=not is_national)
    }
    found_gaps = {
        one.id: gaps.compute(one, key["scope"], told)
        for one in of_scope(is_own=not is_national)
    }
    cook, peers = _national() if is_national else _own(key["scope"], modelled)
    found: list[results.Result] = []
    notes = _notes_of_rows(modelled, found_gaps)
    for indicator in indicators:
        told(str(indicator.title))
        computed = cook(indicator)
        found += computed.results
        notes[indicator.id] = computed.notes | notes.get(indicator.id, {})
    if not found:
        raise NothingToCompute(_("There is no data to compute from. Import it first."))
    better = {one.id: one.direction for one in indicators}
    scanned = scan.scan(found, better)
    models_made = [model for one in modelled.values() for model in one.models]
    gaps_made = [gap for one in found_gaps.values() for gap in one.results]
    digest = results.write(scanned.results, peers, models_made, gaps_made)
    with transaction.atomic():
        run = Run.objects.create(
            **key,
            results_digest=digest,
            units=len({(one.level, one.code) for one in found}),
            scanned=scanned.scanned,
            signals=scanned.found,
            converged=all(map(_has_converged, notes.values())),
            seconds=round(time.perf_counter() - started, 3),
            notes=notes,
            made_at=now(),
        )
        record(Event.Kind.ENGINE_RUN, by=by, about=run)
    return run


def _notes_of_rows(
    modelled: Mapping[str, Modelled], found_gaps: Mapping[str, Gaps]
) -> dict[str, Any]:
    """Return what the run tells of each recipe that read any rows."""
    notes: dict[str, Any] = {
        name: _notes(one) for name, one in modelled.items() if one.notes
    }
    for name, one in found_gaps.items():
        if one.notes:
            notes[name] = notes.get(name, {}) | {"gaps": dict(one.notes)}
    return notes


def _notes(modelled: Modelled) -> dict[str, Any]:
    """Return what a run tells of the models of an indicator's rows."""
    change = modelled.changes.note
    return {"models": list(modelled.notes)} | ({"change": change} if change else {})


def _national() -> Kitchen:
    known = background.read()
    return lambda indicator: recipe.compute(panel.read(indicator), known), _peers(known)


def _own(town: str, modelled: Mapping[str, Modelled]) -> Kitchen:
    """Return what cooks a municipality's own figures, rows of children before a file's."""
    of_rows = row_values.by_indicator(modelled.values())
    panels = {
        name: row_values.laid_over(panel.read_own(one, town), one, of_rows.get(name))
        for name, one in ownable().items()
    }
    codes = {code for one in panels.values() if one for code in one.panel.codes}
    peers = own.peers_of(get_municipality(town), codes)

    def cook(indicator: Indicator) -> recipe.Computed:
        found = panels[indicator.id]
        if found is None:
            return recipe.Computed(results=[])
        made = own.compute(found, town, peers)
        return row_values.with_models(made, of_rows.get(indicator.id))

    return cook, peers


def _peers(known: background.Background) -> results.Peers:
    schools = {("institution", c): near for c, near in known.school_peers.items()}
    towns = {("municipality", c): near for c, near in known.municipality_peers.items()}
    return schools | towns


def _has_converged(notes: Mapping[str, Any]) -> bool:
    models = all(one.get("converged", True) for one in notes.get("models", ()))
    return models and bool(notes.get("converged", True))


def _digest(files: Iterable[Indicator | ModelRecipe]) -> str:
    """Return what names this state of the reviewed files."""
    whole = "\n".join(one.model_dump_json() for one in files)
    return hashlib.sha256(whole.encode()).hexdigest()
