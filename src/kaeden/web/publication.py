"""Danmark, a municipality, an institution."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kaeden.chaincheck import queries as chaincheck
from kaeden.dialogue.queries import assessments as dialogue
from kaeden.dialogue.queries.afterwards import came_after
from kaeden.goals import queries as goals
from kaeden.goals.queries import get_indicator
from kaeden.organisation import queries as organisation
from kaeden.organisation.history import unit_history
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import Kind
from kaeden.organisation.snapshot import chain_of
from kaeden.presentation import chain, places
from kaeden.presentation import denmark as denmark_page
from kaeden.presentation import institution as institution_page
from kaeden.presentation import municipality as municipality_page
from kaeden.presentation import unit as unit_page
from kaeden.presentation.as_of import as_of
from kaeden.presentation.assessments import JudgementView, judged
from kaeden.presentation.sources import attribution, map_attribution
from kaeden.publication import queries
from kaeden.publication.model_queries import municipal_models
from kaeden.publication.queries import ReleasedFigure
from kaeden.publication.series import series_of
from kaeden.shared.clock import today
from kaeden.web.desk_parts_learning import uses_at
from kaeden.web.differences import ways_to_differences, ways_to_gaps
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy

ON_THE_MAP = "school-absence"
TOWNS = (Kind.MUNICIPALITY.value, Kind.COUNTRY.value)


@policy(Policy.PUBLIC, same_for_all=True)
@require_safe
def denmark(request: Request) -> HttpResponse:
    """Show the country: a map, what the numbers say, and what they do not say."""
    if code := request.GET.get("kommune"):
        town = organisation.get_municipality(code)
        return redirect("web:municipality", code=town.code)
    indicator = get_indicator(request.GET.get("indikator", ON_THE_MAP))
    release = queries.current_release()
    figures = queries.of_indicator(release.id, indicator.id, TOWNS)
    view = denmark_page.build(indicator, release, figures)
    context = {
        "view": view,
        "nav": "denmark",
        "attribution": map_attribution([indicator.id]),
    }
    return render(request, "publication/denmark.html", context)


@policy(Policy.PUBLIC)
@require_safe
def municipality(request: Request, code: str) -> HttpResponse:
    """Show a municipality: its goals with three marks, its chain, its units."""
    town = organisation.get_municipality(code)
    release = queries.current_release(town.code)
    adopted = goals.goals_of(town)
    figures = queries.of_units(release.id, [town.pk])
    known = chaincheck.known_to(request.actor, town, today())
    return render(
        request,
        "publication/municipality.html",
        {
            "town": town,
            "view": municipality_page.build(town, adopted, figures, release),
            "chain": chain.build(known, adopted, as_of=as_of(request.path, {})),
            "assessments": _judged(request, town, figures),
            "has_models": bool(municipal_models(release.id)),
            "attribution": attribution(
                (figure.indicator for figure in figures), release.scope
            ),
        },
    )


@policy(Policy.PUBLIC)
@require_safe
def institution(request: Request, code: str) -> HttpResponse:
    """Show an institution: its results, units like it, what is written about them."""
    unit = organisation.find_institution(code)
    release = queries.current_release(unit.municipality_code)
    organised = _organised(request, unit)
    lineage = organised.history.lineage.at(organised.as_of.day)
    own = series_of(release.id, unit, lineage)
    town = places.town_of(unit)
    above = queries.of_units(release.id, [town.pk]) if town else []
    peers = queries.peers_of(release.id, unit)
    view = institution_page.build(unit, own, above, peers, release, organised)
    shown = {figure.indicator for figure in (*own.figures, *above)}
    return render(
        request,
        "publication/institution.html",
        {
            "unit": unit,
            "view": view,
            "as_of": organised.as_of,
            "assessments": _judged(request, unit, own.figures),
            "uses": uses_at(request.actor, unit, town),
            "differences": ways_to_differences(
                unit, release.id, {one.indicator for one in own.figures}
            ),
            "for_whom": ways_to_gaps(unit, {one.indicator for one in own.figures}),
            "attribution": attribution(sorted(shown), release.scope),
        },
    )


def _judged(
    request: Request, unit: Unit, newest: Sequence[ReleasedFigure]
) -> tuple[JudgementView, ...]:
    """Return what is judged of a unit, and what the numbers have done since."""
    found = dialogue.assessments_at(request.actor, unit)
    return judged(found, came_after(found, newest))


def _organised(request: Request, unit: Unit) -> institution_page.Organised:
    """Return the day that is asked for, and where the unit was then."""
    shown = as_of(request.path, request.GET.dict())
    history, town = unit_history(unit), places.town_of(unit)
    place = None
    if town and not shown.is_now:
        place = unit_page.build(chain_of(town, shown.day), history, shown)
    return institution_page.Organised(as_of=shown, history=history, place=place)


@policy(Policy.PUBLIC, same_for_all=True)
@require_safe
def about(request: Request) -> HttpResponse:
    """Say what Kæden is, its licence, and how accessible it is."""
    return render(request, "about.html")


@policy(Policy.PUBLIC, same_for_all=True)
@require_safe
def where(request: Request) -> HttpResponse:
    """Say where what one writes stays until it is sent."""
    return render(request, "where.html")
