"""Who has lifted themselves, and what they did."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission
from kaeden.dialogue.actions import lifted as actions
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.queries import lifted as queries
from kaeden.goals.queries import get_indicator
from kaeden.learning.queries.used_at import used_at
from kaeden.organisation import queries as organisation
from kaeden.presentation import lifted as page
from kaeden.presentation.figures import headline, unit_name
from kaeden.presentation.sources import attribution
from kaeden.publication import queries as publication
from kaeden.publication.queries import ReleasedFigure
from kaeden.web.assessment_forms import WhatWeDidForm
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Policy.PUBLIC)
@require_safe
def lifted(request: Request, code: str) -> HttpResponse:
    """Show who like a place has lifted themselves; what they did is for leaders."""
    unit = organisation.get_place(code)
    release = publication.current_release(unit.municipality_code)
    found = queries.lifted_like(request.actor, unit, release.id)
    lifted_units = {one.figure.unit.id for one in (*found.own, *found.others)}
    used = used_at(request.actor, lifted_units)
    names = {one.figure.indicator for one in (*found.own, *found.others)}
    shown = {
        "view": page.build(request.actor, unit, found, used),
        "attribution": attribution(names, release.scope) if names else "",
    }
    return render(request, "dialogue/lifted.html", shown)


@policy(Permission.SHARE_WHAT_WE_DID)
@require_safe
def what_we_did(request: Request, code: str, name: str) -> HttpResponse:
    """Show the form that tells what was done before a result became better."""
    return _form(request, code, name)


def _form(
    request: Request,
    code: str,
    name: str,
    *,
    wrong: WhatWeDidForm | None = None,
    kept: str = "",
    status: int = 200,
) -> HttpResponse:
    figure = _figure(code, name)
    now = queries.shared_now(request.actor, figure)
    words = kept or (now.words if now else "")
    initial = {"words": words, "after": now.pk if now else 0}
    shown = {
        "form": wrong or WhatWeDidForm(initial=initial),
        "now": now,
        "unit": unit_name(figure.unit),
        "code": code,
        "indicator": get_indicator(name),
        "headline": headline(get_indicator(name), figure),
        "verdict": queries.may_share(request.actor, figure),
    }
    return render(request, "dialogue/what_we_did.html", shown, status=status)


def _figure(code: str, name: str) -> ReleasedFigure:
    unit = organisation.get_place(code)
    release = publication.current_release(unit.municipality_code)
    return publication.get_figure(release.id, unit, name)


@policy(Permission.SHARE_WHAT_WE_DID)
@require_POST
def share(request: Request, code: str, name: str) -> HttpResponse:
    """Share it; show the form again with what is wrong."""
    form = WhatWeDidForm(request.POST)
    if not form.is_valid():
        return _form(request, code, name, wrong=form, status=400)
    given = form.cleaned_data
    try:
        actions.share(_figure(code, name), by=request.actor, **given)
    except OthersWereQuicker as error:
        messages.error(request, str(error.message))
        return _form(request, code, name, kept=given["words"], status=409)
    messages.success(request, _("It is shared with the leaders of the municipality."))
    return redirect("web:lifted", code=code)


@policy(Permission.SHARE_WHAT_WE_DID)
@require_POST
def take_back(request: Request, code: str, name: str) -> HttpResponse:
    """Share it no longer."""
    actions.take_back(_figure(code, name), by=request.actor)
    messages.success(request, _("It is shared no longer."))
    return redirect("web:lifted", code=code)
