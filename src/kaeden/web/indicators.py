"""Indicators: all of them, one of them, and its figures as a file."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaeden.data import queries as data
from kaeden.goals.indicators import published
from kaeden.goals.queries import get_indicator
from kaeden.organisation.rules import Kind
from kaeden.presentation import indicator as indicator_page
from kaeden.publication import queries
from kaeden.publication.model_queries import towns_with
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy

EVERY_KIND = tuple(kind.value for kind in Kind)


@policy(Policy.PUBLIC, same_for_all=True)
@require_safe
def all_of_them(request: Request) -> HttpResponse:
    """List the indicators by sector."""
    groups = indicator_page.by_sector(published().values())
    return render(
        request, "indicators/all.html", {"groups": groups, "nav": "indicators"}
    )


@policy(Policy.PUBLIC, same_for_all=True)
@require_safe
def one(request: Request, name: str) -> HttpResponse:
    """Show an indicator: its definition, funnel, municipalities and run."""
    indicator = get_indicator(name)
    release = queries.current_release()
    figures = queries.of_indicator(release.id, name, EVERY_KIND)
    view = indicator_page.build(
        indicator,
        release,
        figures,
        data.contract(indicator.measure.source),
        own=request.GET.get("kommune", ""),
    )
    towns = towns_with(name)
    return render(
        request,
        "indicators/one.html",
        {
            "indicator": indicator,
            "view": view,
            "modelled": indicator_page.modelled(indicator, towns),
            "for_whom": indicator_page.for_whom(indicator, towns),
            "nav": "indicators",
        },
    )


@policy(Policy.PUBLIC, same_for_all=True)
@require_safe
def download(_request: Request, name: str) -> HttpResponse:
    """Answer with the released figures as CSV, as they are shown and no finer."""
    indicator = get_indicator(name)
    release = queries.current_release()
    figures = queries.of_indicator(release.id, name, EVERY_KIND)
    source = data.contract(indicator.measure.source)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="{name}-v{release.version}.csv"'
    )
    table = csv.writer(response, delimiter=";")
    table.writerows(indicator_page.csv_rows(indicator, release, figures, source))
    return response
