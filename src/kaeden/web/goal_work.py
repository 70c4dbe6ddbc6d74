"""Take a goal up where one leads: what it means, the way, what is done and brought."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, require
from kaeden.goals import queries, rights
from kaeden.goals.actions import meaning
from kaeden.goals.models import Goal
from kaeden.goals.said import along, get_effort
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality
from kaeden.presentation import goal_here
from kaeden.shared.clock import today
from kaeden.web.goal_forms import (
    ContributionForm,
    EffortForm,
    MeaningForm,
    StrategyForm,
)
from kaeden.web.middleware import Request
from kaeden.web.policy import policy

NOTHING: Mapping[str, forms.Form] = {}


@policy(Permission.TAKE_UP_GOAL)
@require_safe
def here(request: Request, code: str, key: str) -> HttpResponse:
    """Show what a goal means, what is done for it and brought to it at one's post."""
    return _here(request, code, key)


def _here(
    request: Request,
    code: str,
    key: str,
    *,
    sent: Mapping[str, forms.Form] = NOTHING,
) -> HttpResponse:
    """Show the page; `sent` is a form with something wrong in it."""
    town, found = _found(request, code, key)
    view = goal_here.build(along(request.actor, found, today()), request.actor)
    shown: dict[str, forms.Form] = {
        "meaning": MeaningForm(prefix="meaning", initial={"words": view.meaning}),
        "strategy": StrategyForm(prefix="strategy", initial={"words": view.strategy}),
        "effort": EffortForm(prefix="effort"),
        "contribution": ContributionForm(
            prefix="contribution",
            initial={"words": view.brought, "indicator": view.brought_indicator},
        ),
    }
    context = {
        "town": town,
        "goal": found,
        "view": view,
        "forms": shown | dict(sent),
        "wrong": next(iter(sent.values()), None),
        "may_contribute": rights.may_contribute(request.actor, found),
    }
    return render(request, "goals/here.html", context, status=400 if sent else 200)


def _found(request: Request, code: str, key: str) -> tuple[Unit, queries.MunicipalGoal]:
    """Return an adopted goal that one's post can take up."""
    town = get_municipality(code)
    found = queries.get_goal(town, key)
    require(rights.may_take_up(request.actor, found))
    return town, found


def _row(request: Request, code: str, key: str) -> Goal:
    town, _goal = _found(request, code, key)
    return queries.get_adopted(town, key)


@policy(Permission.TAKE_UP_GOAL)
@require_POST
def take_up(request: Request, code: str, key: str) -> HttpResponse:
    """Say what the goal means where one leads."""
    form = MeaningForm(request.POST, prefix="meaning")
    row = _row(request, code, key)
    if not form.is_valid():
        return _here(request, code, key, sent={"meaning": form})
    meaning.take_up(row, form.cleaned_data["words"], by=request.actor)
    messages.success(request, _("The goal is taken up where you lead."))
    return redirect("web:goal", code=code, key=key)


@policy(Permission.TAKE_UP_GOAL)
@require_POST
def let_go(request: Request, code: str, key: str) -> HttpResponse:
    """Say no longer what the goal means where one leads."""
    meaning.let_go(_row(request, code, key), by=request.actor)
    messages.success(request, _("It is noted. What you wrote is kept in the history."))
    return redirect("web:goal", code=code, key=key)


@policy(Permission.TAKE_UP_GOAL)
@require_POST
def write_strategy(request: Request, code: str, key: str) -> HttpResponse:
    """Say which way the post means to go."""
    form = StrategyForm(request.POST, prefix="strategy")
    row = _row(request, code, key)
    if not form.is_valid():
        return _here(request, code, key, sent={"strategy": form})
    meaning.write_strategy(row, form.cleaned_data["words"], by=request.actor)
    messages.success(request, _("Your way is written."))
    return redirect("web:goal_here", code=code, key=key)


@policy(Permission.TAKE_UP_GOAL)
@require_POST
def begin_effort(request: Request, code: str, key: str) -> HttpResponse:
    """Note something that is done."""
    form = EffortForm(request.POST, prefix="effort")
    row = _row(request, code, key)
    if not form.is_valid():
        return _here(request, code, key, sent={"effort": form})
    meaning.begin_effort(row, form.cleaned_data["words"], by=request.actor)
    messages.success(request, _("It is noted."))
    return redirect("web:goal_here", code=code, key=key)


@policy(Permission.TAKE_UP_GOAL)
@require_POST
def end_effort(request: Request, code: str, key: str, pk: int) -> HttpResponse:
    """Note that something is no longer done."""
    row = _row(request, code, key)
    meaning.end_effort(get_effort(request.actor, row, pk), by=request.actor)
    messages.success(request, _("It is noted as ended."))
    return redirect("web:goal_here", code=code, key=key)


@policy(Permission.CONTRIBUTE)
@require_POST
def contribute(request: Request, code: str, key: str) -> HttpResponse:
    """Say what the post brings to the goal."""
    form = ContributionForm(request.POST, prefix="contribution")
    row = _row(request, code, key)
    if not form.is_valid():
        return _here(request, code, key, sent={"contribution": form})
    meaning.contribute(row, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Your contribution stands on the goal."))
    return redirect("web:goal_here", code=code, key=key)


@policy(Permission.CONTRIBUTE)
@require_POST
def end_contribution(request: Request, code: str, key: str) -> HttpResponse:
    """Contribute no longer."""
    meaning.end_contribution(_row(request, code, key), by=request.actor)
    messages.success(request, _("Your contribution is ended."))
    return redirect("web:goal_here", code=code, key=key)
