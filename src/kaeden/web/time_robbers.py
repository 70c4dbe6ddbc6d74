"""What robs leaders of time: reported, joined, decided, and measured again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, may, require
from kaeden.conditions.actions import time_robbers as actions
from kaeden.conditions.queries import time_robbers as queries
from kaeden.conditions.queries.form_minutes import own_cost
from kaeden.conditions.queries.ledger import ledger_of
from kaeden.conditions.queries.line import could_remove, leading_above
from kaeden.conditions.queries.time_robbers import SeenRobber
from kaeden.organisation.queries import get_municipality
from kaeden.presentation import ledger, time_robbers
from kaeden.web.conditions_forms import (
    DecisionForm,
    HandOnForm,
    JoinForm,
    MeasureForm,
    MergeForm,
    ReportForm,
)
from kaeden.web.hanging import on_time_robber
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy

FOLDER = "conditions"


@policy(Policy.POST)
@require_safe
def all_of_mine(request: Request) -> HttpResponse:
    """Show what one has reported, what waits for one, and what one is asked again."""
    actor = request.actor
    shown = {
        "page": time_robbers.my_page(queries.mine(actor)),
        "town": actor.path.split("/")[1],
        "may_report": may(actor, Permission.REPORT_TIME_ROBBER, at=actor.path),
    }
    return render(request, f"{FOLDER}/time_robbers.html", shown)


@policy(Permission.REPORT_TIME_ROBBER)
@require_safe
def new(request: Request) -> HttpResponse:
    """Show the form on which one reports one: three things to fill in."""
    return _new(request, ReportForm(posts=could_remove(request.actor)))


def _new(request: Request, form: ReportForm, *, status: int = 200) -> HttpResponse:
    shown = {"form": form, "town": request.actor.path.split("/")[1]}
    return render(request, f"{FOLDER}/new_time_robber.html", shown, status=status)


@policy(Permission.REPORT_TIME_ROBBER)
@require_POST
def report(request: Request) -> HttpResponse:
    """Report it; where others sound alike, show those first."""
    form = ReportForm(request.POST, posts=could_remove(request.actor))
    if not form.is_valid():
        return _new(request, form, status=400)
    given = form.report()
    alike = () if form.cleaned_data["anyway"] else _alike(request, given["title"])
    if alike:
        shown = {"form": form, "offers": alike}
        return render(request, f"{FOLDER}/alike.html", shown)
    made = actions.report(by=request.actor, **given)
    said = _("It is reported. You get an answer by %(day)s.")
    messages.success(request, said % {"day": date_format(made.decide_by)})
    return redirect("web:time_robber", pk=made.pk)


def _alike(request: Request, title: str) -> tuple[time_robbers.OfferView, ...]:
    return time_robbers.offers(queries.offers(request.actor, title))


@policy(Permission.REPORT_TIME_ROBBER)
@require_POST
def join(request: Request, pk: int) -> HttpResponse:
    """Say that one loses time to the same."""
    form = JoinForm(request.POST)
    if not form.is_valid():
        again = ReportForm(request.POST, posts=could_remove(request.actor))
        return _new(request, again, status=400)
    made = actions.join(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Your minutes are added. The answer comes here."))
    return redirect("web:time_robber", pk=made.pk)


@policy(Policy.POST)
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """Show one to those who reported it, and to the post that decides."""
    return _one(request, pk, DecisionForm())


def _one(
    request: Request, pk: int, form: DecisionForm, *, status: int = 200
) -> HttpResponse:
    seen = queries.get_seen(request.actor, pk)
    view = time_robbers.view(seen)
    shown = {
        "view": view,
        "form": form,
        "town": seen.municipality,
        "hanging": on_time_robber(request.actor, seen.id),
    }
    if view.may_decide:
        shown |= _for_the_decider(request, seen)
    return render(request, f"{FOLDER}/time_robber.html", shown, status=status)


def _for_the_decider(request: Request, seen: SeenRobber) -> dict[str, Any]:
    """Return what else the post that decides can do with it."""
    above = leading_above(request.actor)
    waiting = queries.mine(request.actor).to_decide
    others = [one for one in waiting if one.id != seen.id]
    return {
        "hand_on": HandOnForm(posts=above) if above else None,
        "merge": MergeForm(others=others) if others else None,
    }


@policy(Policy.POST)
@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Decide; show the form again with what is wrong."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _one(request, pk, form, status=400)
    actions.decide(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is decided, and those who reported it are told."))
    return redirect("web:time_robber", pk=pk)


@policy(Policy.POST)
@require_POST
def hand_on(request: Request, pk: int) -> HttpResponse:
    """Pass it on to a post further up."""
    form = HandOnForm(request.POST, posts=leading_above(request.actor))
    if not form.is_valid():
        return _one(request, pk, DecisionForm(), status=400)
    actions.hand_on(pk, form.cleaned_data["to"], by=request.actor)
    messages.success(request, _("It is passed on, and waits there for a decision."))
    return redirect("web:time_robbers")


@policy(Policy.POST)
@require_POST
def merge(request: Request, pk: int) -> HttpResponse:
    """Put it together with another that also waits for one's post."""
    waiting = queries.mine(request.actor).to_decide
    form = MergeForm(request.POST, others=waiting)
    if not form.is_valid():
        return _one(request, pk, DecisionForm(), status=400)
    given = form.cleaned_data
    actions.merge(pk, given["into"], title=given["title"], by=request.actor)
    messages.success(request, _("The two are one now, and can be split again."))
    return redirect("web:time_robber", pk=given["into"])


@policy(Policy.POST)
@require_POST
def split(request: Request, pk: int) -> HttpResponse:
    """Take it out of the other again."""
    actions.split(pk, by=request.actor)
    messages.success(request, _("It stands alone again."))
    return redirect("web:time_robber", pk=pk)


@policy(Policy.POST)
@require_POST
def measure(request: Request, pk: int) -> HttpResponse:
    """Say with one tap how much it takes now."""
    form = MeasureForm(request.POST)
    if not form.is_valid():
        return _one(request, pk, DecisionForm(), status=400)
    actions.measure(pk, form.cleaned_data["minutes_now"], by=request.actor)
    messages.success(request, _("Thank you. It counts in what is given back."))
    return redirect("web:time_robbers")


@policy(Permission.READ_LEDGER)
@require_safe
def town_ledger(request: Request, code: str) -> HttpResponse:
    """Show what the municipality decides about its leaders' time."""
    town = get_municipality(code)
    require(may(request.actor, Permission.READ_LEDGER, at=town.path))
    actor = request.actor
    shown = {
        "town": town,
        "page": ledger.build(ledger_of(town), own_cost()),
        "may_report": may(actor, Permission.REPORT_TIME_ROBBER, at=actor.path),
    }
    return render(request, f"{FOLDER}/ledger.html", shown)
