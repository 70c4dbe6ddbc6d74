"""Claims that a number can test: read them, write one, close it with what was learnt."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, require
from kaeden.dialogue.actions import hypotheses as actions
from kaeden.dialogue.queries import hypotheses as queries
from kaeden.goals.queries import get_indicator
from kaeden.organisation import queries as organisation
from kaeden.presentation import hypotheses as page
from kaeden.presentation.figures import headline, unit_name
from kaeden.publication import queries as publication
from kaeden.web.assessment_forms import HypothesisForm, LearntForm
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Policy.POST)
@require_safe
def in_my_line(request: Request) -> HttpResponse:
    """Show the claims in one's line, those whose number has come first."""
    view = page.build(queries.seen_by(request.actor))
    return render(request, "dialogue/hypotheses.html", {"view": view})


@policy(Policy.POST)
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """Show one claim beside the number that tests it."""
    return _one(request, pk, LearntForm())


def _one(
    request: Request, pk: int, form: LearntForm, *, status: int = 200
) -> HttpResponse:
    view = page.view(queries.get_seen(request.actor, pk))
    shown = {"view": view, "form": form}
    return render(request, "dialogue/hypothesis.html", shown, status=status)


@policy(Policy.POST)
@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Close a claim with what was learnt."""
    form = LearntForm(request.POST)
    if not form.is_valid():
        return _one(request, pk, form, status=400)
    actions.close(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The hypothesis is closed with what was learnt."))
    return redirect("web:hypothesis", pk=pk)


@policy(Permission.WRITE_HYPOTHESIS)
@require_safe
def new(request: Request, code: str, name: str) -> HttpResponse:
    """Show the form that writes a claim about a result."""
    return _new(request, code, name, HypothesisForm())


def _new(
    request: Request, code: str, name: str, form: HypothesisForm, *, status: int = 200
) -> HttpResponse:
    unit, indicator = organisation.get_place(code), get_indicator(name)
    release = publication.current_release(unit.municipality_code)
    figure = publication.get_figure(release.id, unit, name)
    require(queries.may_write(request.actor, unit.path))
    shown = {
        "form": form,
        "unit": unit_name(figure.unit),
        "code": code,
        "indicator": indicator,
        "headline": headline(indicator, figure),
        "period": figure.period,
    }
    return render(request, "dialogue/new_hypothesis.html", shown, status=status)


@policy(Permission.WRITE_HYPOTHESIS)
@require_POST
def write(request: Request, code: str, name: str) -> HttpResponse:
    """Write a claim; show the form again with what is wrong."""
    form = HypothesisForm(request.POST)
    if not form.is_valid():
        return _new(request, code, name, form, status=400)
    unit = organisation.get_place(code)
    release = publication.current_release(unit.municipality_code)
    figure = publication.get_figure(release.id, unit, name)
    claim = actions.Claim(**form.cleaned_data)
    made = actions.write(figure, claim, release_id=release.id, by=request.actor)
    messages.success(request, _("It is written. It meets its number when that comes."))
    return redirect("web:hypothesis", pk=made.pk)
