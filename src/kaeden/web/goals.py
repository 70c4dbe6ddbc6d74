"""A goal as it stands in a municipality, and its adoption."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, may
from kaeden.goals import queries
from kaeden.goals.actions import writing
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality
from kaeden.presentation import goal as goal_page
from kaeden.presentation.sources import attribution
from kaeden.publication import queries as publication
from kaeden.web.forms import TargetForm
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Policy.PUBLIC)
@require_safe
def goal(request: Request, code: str, key: str) -> HttpResponse:
    """Show one goal with its figures, and the form that adopts it."""
    town = get_municipality(code)
    found = queries.get_goal(town, key)
    return _goal(request, town, found, TargetForm(goal=found))


def _goal(
    request: Request,
    town: Unit,
    found: queries.MunicipalGoal,
    form: TargetForm,
    *,
    status: int = 200,
) -> HttpResponse:
    release = publication.current_release()
    figures = publication.of_units(release.id, [town.pk])
    shown = [one for one in (found.indicator, *found.further) if one]
    return render(
        request,
        "goals/goal.html",
        {
            "town": town,
            "goal": found,
            "view": goal_page.build(found, figures, release),
            "form": form,
            "verdict": may(request.actor, Permission.ADOPT_GOAL, at=town.path),
            "is_demo": settings.KAEDEN_DEMO,
            "attribution": attribution(one.id for one in shown),
        },
        status=status,
    )


@policy(Permission.ADOPT_GOAL)
@require_POST
def adopt(request: Request, code: str, key: str) -> HttpResponse:
    """Adopt the goal, with a target or without; show again what can't be used."""
    town = get_municipality(code)
    found = queries.get_goal(town, key)
    form = TargetForm(request.POST, goal=found)
    if not form.is_valid():
        return _goal(request, town, found, form, status=400)
    writing.adopt(key, municipality=town, by=request.actor, **form.target())
    messages.success(request, _("The goal is adopted."))
    return redirect("web:goal", code=code, key=key)
