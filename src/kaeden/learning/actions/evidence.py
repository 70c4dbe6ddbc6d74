"""Estimate what practices did from released figures, and keep it; each verb once."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.db import transaction

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.engine.effects.estimate import METHOD, estimate
from kaeden.engine.effects.panel import figures_of
from kaeden.engine.effects.values import Effect, UnitYear
from kaeden.engine.models import COUNTRY
from kaeden.goals.indicators import Indicator
from kaeden.goals.queries import get_listed_indicator
from kaeden.learning.models import Adoption, Evidence
from kaeden.learning.queries.practices import adoption_starts, get_practice
from kaeden.learning.rules.evidence import first_year, said_of
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality, within
from kaeden.publication.queries import (
    ReleasedFigure,
    current_release,
    years_below,
)
from kaeden.shared.clock import now
from kaeden.shared.periods import Period


def weigh_evidence(
    practice: str, indicator: str, town: Unit, *, by: Actor, drawn_by_lot: bool = False
) -> Evidence:
    """Estimate what a practice did to an indicator in a municipality, and keep it.

    It is made of released figures alone, of all units of the kinds that use it. The same
    figures and starts are weighed once. `drawn_by_lot` says that lots decided who began
    when.

    Raises
    ------
    Forbidden
        If `by` may not release results there.
    NoSuchPractice
        If the municipality knows no such practice.
    """
    require(may(by, Permission.RELEASE_RESULTS, at=town.path))
    get_practice(practice, town)
    known = get_listed_indicator(indicator)
    release = current_release(town.code)
    starts = adoption_starts(practice, town)
    figures = list(
        comparable(years_below(release.id, town.path, indicator), known, set(starts))
    )
    rows = [unit_year(one) for one in figures]
    adopted = adopted_years(figures, starts)
    found = estimate(rows, adopted, direction=known.direction)
    with transaction.atomic():
        made, is_new = Evidence.objects.get_or_create(
            practice=practice,
            indicator=indicator,
            municipality=town,
            release_id=release.id,
            method=METHOD,
            digest=figures_of(rows, adopted).digest,
            defaults={
                "has_effect": isinstance(found, Effect),
                "drawn_by_lot": drawn_by_lot,
                "said": said_of(found),
                "weighed_at": now(),
            },
        )
        if is_new:
            record(Event.Kind.EVIDENCE_WEIGHED, by=by, about=made)
    return made


def weigh_all(town: Unit, *, by: Actor) -> list[Evidence]:
    """Weigh every practice that somebody uses there, by each indicator it should move.

    Raises
    ------
    Forbidden
        If `by` may not release results there.
    """
    require(may(by, Permission.RELEASE_RESULTS, at=town.path))
    used = Adoption.objects.filter(within(town, "unit__"))
    keys = sorted(set(used.values_list("practice", flat=True)))
    return [
        weigh_evidence(key, indicator, town, by=by)
        for key in keys
        for indicator in get_practice(key, town).indicators
    ]


def weigh_released(scope: str, *, by: Actor) -> list[Evidence]:
    """Weigh all evidence that a release has new figures for.

    `scope` is a municipality's code, or the country's: then all municipalities that use
    a practice and have no figures of their own.

    Raises
    ------
    Forbidden
        If `by` may not release results there.
    """
    if scope != COUNTRY:
        return weigh_all(get_municipality(scope), by=by)
    paths = Adoption.objects.values_list("unit__path", flat=True).distinct()
    codes = sorted({path.split("/")[1] for path in paths})
    read = [code for code in codes if not current_release(code).is_own]
    return [one for code in read for one in weigh_all(get_municipality(code), by=by)]


def comparable(
    figures: Sequence[ReleasedFigure], indicator: Indicator, users: set[int]
) -> Iterator[ReleasedFigure]:
    """Give the figures since the last break that have a number, of users' kinds of units."""
    kinds = {one.unit.kind for one in figures if one.unit.id in users}
    breaks = [one.periods[1] for one in indicator.breaks]
    for one in figures:
        is_since = all(Period.parse(one.period) >= after for after in breaks)
        if one.unit.kind in kinds and is_since and one.value is not None:
            yield one


def unit_year(figure: ReleasedFigure) -> UnitYear:
    """Return a released figure as the engine takes it."""
    assert figure.value is not None, "only figures with a number are compared"
    return UnitYear(
        unit=figure.unit.code,
        year=Period.parse(figure.period).start,
        value=figure.value,
        n=figure.n,
    )


def adopted_years(
    figures: Sequence[ReleasedFigure], starts: Mapping[int, date]
) -> dict[str, int]:
    """Return the first year with the practice of each unit that there are figures of."""
    return {
        one.unit.code: first_year(
            starts[one.unit.id], is_school_year=Period.parse(one.period).is_school_year
        )
        for one in figures
        if one.unit.id in starts
    }
