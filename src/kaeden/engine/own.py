"""The recipe «own results»: within one municipality, from its own figures.

Each institution is held against its own earlier years, and beside those like it in the
municipality. The figures of other municipalities are in none of it.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from kaeden.engine import charts, development, facts, fair
from kaeden.engine.background import FEWEST_PEERS, SCHOOL_PEERS
from kaeden.engine.comparison import Comparison, compare
from kaeden.engine.development import Development
from kaeden.engine.panel import FloatArray, OwnPanel, Panel
from kaeden.engine.recipe import Computed
from kaeden.engine.results import Peers, Result
from kaeden.goals.indicators import Comparison as Compared
from kaeden.goals.indicators import Level, WordingKind
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import institutions_of

METHOD = "own-results@4"
FEWEST_UNITS = FEWEST_PEERS + 1
"""A unit and five others: fewer are neither drawn together nor compared."""


def compute(own: OwnPanel, town: str, peers: Peers) -> Computed:
    """Return the results of one indicator at every unit of a municipality."""
    if own.panel.indicator.level is Level.MUNICIPALITY:
        return _municipality(own)
    return _institutions(own, town, peers)


def peers_of(town: Unit, with_figures: Collection[str]) -> Peers:
    """Return, for institutions with figures, those of the same kind and form (1 query)."""
    alike: dict[tuple[str, str], list[str]] = {}
    for unit in institutions_of(town):
        if unit.code in with_figures:
            alike.setdefault((unit.kind, unit.form), []).append(unit.code)
    return {
        ("institution", code): tuple(other for other in codes if other != code)[
            :SCHOOL_PEERS
        ]
        for codes in alike.values()
        for code in codes
        if len(codes) >= FEWEST_UNITS
    }


def _municipality(own: OwnPanel) -> Computed:
    moved = development.assess_few(own.panel)
    drawn = charts.chart(own.panel, own.children)
    results = [
        Result(
            **place,
            **drawn.at(row, column),
            **facts.interval(place, moved.variance, row),
            **(facts.developed(moved, row) if place["is_latest"] else {}),
        )
        for row, column, place in _places(own)
    ]
    return Computed(results=results, notes={"years": moved.years})


def _institutions(own: OwnPanel, town: str, peers: Peers) -> Computed:
    shown = _without_small(own)
    if own.panel.indicator.wording.kind is WordingKind.VERDICT:
        return Computed(results=[Result(**place) for *_at, place in _places(own)])
    moved = development.assess_few(shown.panel)
    drawn = charts.chart(shown.panel, shown.children)
    near = {code: others for (_level, code), others in peers.items()}
    fits = [_fitted(shown.until(c), town) for c in range(len(own.panel.periods))]
    beside = _beside(shown.panel, moved.variance, fits[-1], near)
    estimates = [facts.estimates(fit) for fit in fits]
    results = []
    for row, column, place in _places(own):
        estimate = estimates[column].get(row) or facts.interval(
            place, moved.variance, row
        )
        derived = facts.compared(beside, row) | facts.developed(moved, row)
        told = drawn.at(row, column) | (derived if place["is_latest"] else {})
        results.append(Result(**place, **estimate, **told))
    notes = facts.notes(fits[-1]) | {"years": moved.years}
    return Computed(results=results + _above(shown, town), notes=notes)


def _places(own: OwnPanel) -> list[tuple[int, int, dict[str, Any]]]:
    """Return row, column and fields of each place that the file has a row for."""
    last = len(own.panel.periods) - 1
    return [
        (row, column, _place(own, row, column) | {"is_latest": column == last})
        for row, column in zip(*np.nonzero(own.there), strict=True)
    ]


def _place(own: OwnPanel, row: int, column: int) -> dict[str, Any]:
    n = facts.number(own.children[row, column])
    return facts.place(own.panel, row, column) | {"n": n, "children": n}


def _without_small(own: OwnPanel) -> OwnPanel:
    """Return the panel without what will be hidden: it must not be in a mean either."""
    small = own.children < own.panel.indicator.minimum_group
    value = np.where(small, np.nan, own.panel.value)
    return replace(own, panel=replace(own.panel, value=value))


def _fitted(panel: Panel, town: str) -> fair.Fair | None:
    return fair.fit(panel, [town] * len(panel.codes), fewest=FEWEST_UNITS)


def _beside(
    panel: Panel,
    noise: FloatArray | None,
    fitted: fair.Fair | None,
    peers: Mapping[str, tuple[str, ...]],
) -> Comparison | None:
    """Hold the newest values beside those like them, as sure as the fit says they are.

    Without a fit, as sure as a value that moves so much from year to year.
    """
    if panel.indicator.comparison is Compared.NONE:
        return None
    spread = np.full(len(panel.codes), panel.rounding_variance)
    variance = spread if noise is None else noise
    if fitted:
        variance = spread
        variance[fitted.used] = fitted.variance
    value = panel.value[:, -1]
    return compare(panel.codes, value, variance, peers, fewest=FEWEST_UNITS)


def _above(own: OwnPanel, town: str) -> list[Result]:
    """Return the municipality year by year: its institutions' mean by children."""
    value, n = own.panel.value, own.children
    everyone, even = np.ones(len(value), dtype=bool), np.ones(len(value))
    columns = range(len(own.panel.periods))
    means = [
        facts.mean(value[:, c], even, n[:, c], everyone)
        if own.there[:, c].any()
        else (np.nan, 1.0, np.nan)
        for c in columns
    ]
    panel = replace(
        own.panel,
        codes=(town,),
        value=np.array([[mean for mean, _spread, _n in means]]),
        n=np.array([means[-1][2]]),
    )
    moved = development.assess_few(panel)
    drawn = charts.chart(panel)
    return [
        replace(_of_town(panel, moved, c, means[c][0], means[c][2]), **drawn.at(0, c))
        for c in columns
    ]


def _of_town(
    panel: Panel, moved: Development, column: int, value: float, n: float
) -> Result:
    place = facts.computed(panel, "municipality", panel.codes[0], value, n) | {
        "period": str(panel.periods[column]),
        "is_latest": column == len(panel.periods) - 1,
    }
    derived = facts.developed(moved, 0) if place["is_latest"] else {}
    return Result(**place, **facts.interval(place, moved.variance, 0), **derived)
