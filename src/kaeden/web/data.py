"""The sources of everything shown."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaeden.data import queries
from kaeden.presentation import sources as sources_page
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Policy.PUBLIC, same_for_all=True)
@require_safe
def sources(request: Request) -> HttpResponse:
    """Show each source: where from, when, licence, traps, quality."""
    view = sources_page.build(queries.contracts(), queries.current_imports())
    return render(request, "data/sources.html", {"sources": view, "nav": "sources"})
