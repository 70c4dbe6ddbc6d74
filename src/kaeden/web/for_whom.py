"""For whom? The gaps between groups of children behind an indicator."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kaeden.presentation import for_whom as for_whom_page
from kaeden.presentation.differences import gradients
from kaeden.presentation.differences.gradients import GradientPage
from kaeden.publication import gap_queries
from kaeden.publication import model_queries as models
from kaeden.web.differences import Found, find, page
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Policy.PUBLIC)
@require_safe
def for_whom(request: Request, code: str, name: str) -> HttpResponse:
    """Show an indicator's gaps; the municipality's for all, a unit's for its line."""
    found = find(code, name)
    gaps = gap_queries.gaps_of(request.actor, found.town, found.release.id, name)
    view = for_whom_page.build(
        found.indicator, code, gaps, request.actor.path, _gradient(request, found)
    )
    return page(request, found, "for_whom", view)


def _gradient(request: Request, found: Found) -> GradientPage | None:
    """Return what background means unit by unit, for those who read it (1 query)."""
    subject, model = found.subject, found.model
    if subject is None or model is None or not subject.facts.gradient_of:
        return None
    if not models.may_read_units(request.actor, found.town):
        return None
    units = models.fair_in(request.actor, found.town, model)
    return gradients.build(subject, units, request.actor.path)
