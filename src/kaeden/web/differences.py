"""Where differences between children lie, and raw beside fair values.

What a model says as a whole is for everybody. What it says of units is for posts of the
municipality: `publication.model_queries` judges it, and leaves out what one may not read.
"""

import csv
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaeden.access.rules import Permission, require
from kaeden.goals.indicators import Indicator
from kaeden.goals.queries import get_indicator
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.differences import (
    example,
    gradients,
    labels,
    open_data,
    overview,
    ways,
    within,
)
from kaeden.presentation.differences import fair as fair_page
from kaeden.presentation.differences import method as method_page
from kaeden.presentation.differences import shares as shares_page
from kaeden.presentation.differences.words import Subject, subject_of
from kaeden.presentation.places import town_of
from kaeden.presentation.sources import attribution
from kaeden.publication import model_queries as models
from kaeden.publication.model_queries import ReleasedFair, ReleasedModel
from kaeden.publication.queries import CurrentRelease, current_release
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an address names: a municipality, an indicator, and its model if it has one."""

    town: Unit
    indicator: Indicator
    release: CurrentRelease
    model: ReleasedModel | None

    @property
    def subject(self) -> Subject | None:
        """What the pages are about; None without a model."""
        if self.model is None:
            return None
        facts = self.model.facts
        return subject_of(self.indicator, facts, labels.labels_of(facts))


def find(code: str, name: str) -> Found:
    """Return what an address names (3 queries)."""
    town, indicator = get_municipality(code), get_indicator(name)
    release = current_release(town.code)
    model = models.model_of(release.id, name)
    return Found(town=town, indicator=indicator, release=release, model=model)


def ways_to_differences(
    unit: Unit, release_id: int, indicators: Collection[str]
) -> tuple[ListItem, ...]:
    """Return the way to the models of what a place has figures of (1 query)."""
    town = town_of(unit) or unit
    found = models.municipal_models(release_id)
    told = (one for one in found if one.facts.indicator in indicators)
    return ways.links(town.code, told)


def ways_to_gaps(unit: Unit, indicators: Collection[str]) -> tuple[ListItem, ...]:
    """Return the way to “For whom?” for what a place has figures of (no query)."""
    town = unit.municipality_code
    return ways.gap_links(town, indicators) if town else ()


def page(
    request: Request, found: Found, name_of_page: str, view: object
) -> HttpResponse:
    """Answer with a page of a model, and the way to its other pages (no query)."""
    title = str(found.indicator.title)
    reads_units = bool(models.may_read_units(request.actor, found.town))
    code, name = found.town.code, found.indicator.id
    context = {
        "town": found.town,
        "indicator": found.indicator,
        "crumbs": ways.crumbs(code, found.town.full_name, title),
        "tabs": ways.tabs(code, name, found.subject, reads_units=reads_units),
        "view": view,
        "attribution": attribution([name], found.release.scope),
    }
    return render(request, f"differences/{name_of_page}.html", context)


@policy(Policy.PUBLIC, same_for_all=True)
@require_safe
def all_of_them(request: Request, code: str) -> HttpResponse:
    """List a municipality's models, each with where its differences lie."""
    town = get_municipality(code)
    release = current_release(town.code)
    lines = overview.lines(town.code, models.municipal_models(release.id))
    return render(
        request,
        "differences/all.html",
        {
            "town": town,
            "lines": lines,
            "attribution": attribution((one.indicator for one in lines), release.scope),
        },
    )


@policy(Policy.PUBLIC)
@require_safe
def differences(request: Request, code: str, name: str) -> HttpResponse:
    """Show where the differences lie, level by level."""
    found = find(code, name)
    view = shares_page.build(found.subject) if found.subject else None
    return page(request, found, "shares", view)


@policy(Permission.READ_FAIR_VALUES)
@require_safe
def fair(request: Request, code: str, name: str) -> HttpResponse:
    """Show each unit's raw and fair value side by side."""
    return _of_units(request, find(code, name), "fair", fair_page.build)


@policy(Permission.READ_SPREAD)
@require_safe
def spread(request: Request, code: str, name: str) -> HttpResponse:
    """Show how far children within the units that one reaches lie apart."""
    return _of_units(request, find(code, name), "spread", within.spread)


@policy(Permission.READ_SPREAD)
@require_safe
def gradient(request: Request, code: str, name: str) -> HttpResponse:
    """Show what background means at the units that one reaches."""
    return _of_units(request, find(code, name), "gradient", gradients.build)


def _of_units(
    request: Request,
    found: Found,
    name_of_page: str,
    build: Callable[[Subject, Sequence[ReleasedFair], str], object],
) -> HttpResponse:
    """Answer with a page about units; another municipality's are not there (1 query)."""
    reads = models.may_read_units(request.actor, found.town)
    require(reads, otherwise=NoSuchUnit)
    if found.subject is None or found.model is None:
        return page(request, found, name_of_page, None)
    units = models.fair_in(request.actor, found.town, found.model)
    view = build(found.subject, units, request.actor.path)
    return page(request, found, name_of_page, view)


@policy(Policy.PUBLIC)
@require_safe
def method(request: Request, code: str, name: str) -> HttpResponse:
    """Say how a model's numbers are worked out, and when not to use them."""
    found = find(code, name)
    view = method_page.build(found.subject, found.release) if found.subject else None
    return page(request, found, "method", view)


@policy(Policy.PUBLIC, same_for_all=True)
@require_safe
def download(_request: Request, code: str, name: str) -> HttpResponse:
    """Answer with what a model says as a whole, as CSV and no finer than it is shown."""
    found = find(code, name)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="{name}-{code}-v{found.release.version}.csv"'
    )
    table = csv.writer(response, delimiter=";")
    table.writerows(open_data.csv_rows(found.subject, found.release))
    return response


@policy(Policy.PUBLIC, same_for_all=True)
@require_safe
def worked_example(request: Request) -> HttpResponse:
    """Show the same on public rows of real Danish pupils (3 queries)."""
    found = models.examples()
    units = models.example_units(found)
    source = labels.example_source()
    view = example.build(found, units, source)
    return render(
        request,
        "differences/example.html",
        {"view": view, "attribution": str(source.attribution)},
    )
