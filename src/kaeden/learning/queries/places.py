"""The places that tried a practice, with what each gained and what is known of it."""

from collections.abc import Iterable, Mapping
from datetime import date

from kaeden.engine.effects.values import UnitEffect
from kaeden.engine.models import COUNTRY
from kaeden.engine.synthesis import Context, Place
from kaeden.learning.models import Adoption, Evidence
from kaeden.learning.rules.evidence import first_year, found_in
from kaeden.organisation.models import Unit
from kaeden.publication.queries import ReleasedFigure, figures_at
from kaeden.shared.periods import Period


def places_of(practice: str, indicator: str, town: str) -> list[Place]:
    """Return what each unit gained, with what is known of it (4 queries).

    Gains in other municipalities count where they were found in the country's figures.
    """
    found = newest_evidence(practice, indicator, town)
    gains = [(code, gain) for code, one in found.items() for gain in gains_in(one)]
    units = _units(gain.unit for _town, gain in gains)
    known = [one.pk for one in units.values()]
    starts = _first_starts(practice, known)
    releases = {one.release_id for one in found.values()}
    figures: dict[int, list[ReleasedFigure]] = {}
    for figure in figures_at(releases, known, indicator):
        figures.setdefault(figure.unit.id, []).append(figure)
    return [
        Place(
            gain=gain,
            municipality=code,
            context=context_of(
                unit.form, _before(figures.get(unit.pk, ()), starts.get(unit.pk))
            ),
        )
        for code, gain in gains
        for unit in (units[code, gain.unit],)
    ]


def newest_evidence(practice: str, indicator: str, town: str) -> Mapping[str, Evidence]:
    """Return the newest effects that a municipality may learn from, by code (1 query)."""
    rows = Evidence.objects.filter(practice=practice, indicator=indicator)
    newest = {
        one.municipality.code: one
        for one in rows.select_related("municipality", "release__run").order_by("pk")
    }
    return {
        code: one
        for code, one in newest.items()
        if one.has_effect and (code == town or one.release.run.scope == COUNTRY)
    }


def gains_in(one: Evidence) -> tuple[UnitEffect, ...]:
    """Return what each unit gained by an effect (0 queries)."""
    found = found_in(one.said)
    return getattr(found, "units", ())


def context_of(form: str, figures: Iterable[ReleasedFigure]) -> Context:
    """Return what is known of a unit by its newest figures, of those given."""
    counted = [one for one in figures if one.value is not None]
    newest = counted[-1] if counted else None
    return Context(
        size=newest.n if newest else None,
        earlier=newest.value if newest else None,
        form=form,
    )


def _units(codes: Iterable[str]) -> Mapping[tuple[str, str], Unit]:
    """Return units by municipality and code, of each the one of today (1 query)."""
    rows = Unit.objects.filter(code__in=set(codes)).order_by("valid_from", "pk")
    return {(one.municipality_code, one.code): one for one in rows}


def _first_starts(practice: str, units: Iterable[int]) -> Mapping[int, date]:
    """Return the first day on which each of some units used a practice (1 query)."""
    rows = Adoption.objects.filter(practice=practice, unit_id__in=list(units))
    return dict(rows.order_by("-started").values_list("unit_id", "started"))


def _before(
    figures: Iterable[ReleasedFigure], start: date | None
) -> Iterable[ReleasedFigure]:
    """Give the figures of the years before a unit began."""
    for one in figures:
        period = Period.parse(one.period)
        if start is not None and period.start < first_year(
            start, is_school_year=period.is_school_year
        ):
            yield one
