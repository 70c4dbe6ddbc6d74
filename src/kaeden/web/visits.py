"""Visits to colleagues: ask, plan, hold, tell what one takes home."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission
from kaeden.dialogue.actions import visits as actions
from kaeden.dialogue.queries import visits as queries
from kaeden.organisation.queries import get_municipality, get_unit
from kaeden.presentation import visits as page
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy
from kaeden.web.visit_forms import AskForm, LessonForm, PlanForm


@policy(Policy.POST)
@require_safe
def all_of_mine(request: Request) -> HttpResponse:
    """Show one's visits, what waits for one first."""
    view = page.build(queries.visits_of(request.actor))
    return render(request, "dialogue/visits.html", {"view": view})


@policy(Permission.VISIT)
@require_safe
def at_unit(request: Request, code: str) -> HttpResponse:
    """Go to the form that asks whoever leads a unit of one's municipality."""
    town = get_municipality(request.actor.path.split("/")[1])
    unit = get_unit(town, code)
    return redirect("web:new_visit", pk=queries.leader_of(unit))


@policy(Permission.VISIT)
@require_safe
def new(request: Request, pk: int) -> HttpResponse:
    """Show the form that asks a leader for a visit."""
    host = queries.get_host(request.actor, pk)
    return _new(request, host, AskForm(host=host))


def _new(
    request: Request, host: queries.Host, form: AskForm, *, status: int = 200
) -> HttpResponse:
    shown = {"host": host, "form": form}
    return render(request, "dialogue/new_visit.html", shown, status=status)


@policy(Permission.VISIT)
@require_POST
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask for it; show the form again with what is wrong."""
    host = queries.get_host(request.actor, pk)
    form = AskForm(request.POST, host=host)
    if not form.is_valid():
        return _new(request, host, form, status=400)
    made = actions.ask_for_visit(host.post, by=request.actor, **form.cleaned_data)
    messages.success(request, _("You have asked for a visit. The other finds a day."))
    return redirect("web:visit", pk=made.pk)


@policy(Policy.POST)
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """Show one visit, with what can be done about it."""
    return _one(request, pk)


def _one(
    request: Request, pk: int, *, wrong: Any = None, status: int = 200
) -> HttpResponse:
    found = queries.get_visit(request.actor, pk)
    plan = (
        wrong if isinstance(wrong, PlanForm) else PlanForm(initial={"day": found.day})
    )
    shown = {
        "view": page.view(found),
        "wrong": wrong,
        "plan": plan,
        "lesson": wrong if isinstance(wrong, LessonForm) else LessonForm(),
    }
    return render(request, "dialogue/visit.html", shown, status=status)


@policy(Policy.POST)
@require_POST
def plan(request: Request, pk: int) -> HttpResponse:
    """Give it a day."""
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _one(request, pk, wrong=form, status=400)
    actions.plan(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The visit has its day."))
    return redirect("web:visit", pk=pk)


@policy(Policy.POST)
@require_POST
def hold(request: Request, pk: int) -> HttpResponse:
    """Tell what one takes home."""
    form = LessonForm(request.POST)
    if not form.is_valid():
        return _one(request, pk, wrong=form, status=400)
    actions.hold(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is noted what you take home."))
    return redirect("web:visit", pk=pk)


@policy(Policy.POST)
@require_POST
def decline(request: Request, pk: int) -> HttpResponse:
    """Say no."""
    actions.decline(pk, by=request.actor)
    messages.success(request, _("The visit is declined."))
    return redirect("web:visits")


@policy(Policy.POST)
@require_POST
def call_off(request: Request, pk: int) -> HttpResponse:
    """Let it not be."""
    actions.call_off(pk, by=request.actor)
    messages.success(request, _("The visit is called off."))
    return redirect("web:visits")
