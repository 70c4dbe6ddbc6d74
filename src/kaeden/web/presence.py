"""Presence: one's own plan and notes, and what may be told of whole levels."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, has
from kaeden.conditions.actions import presence as actions
from kaeden.conditions.queries import presence as queries
from kaeden.conditions.rules.presence import PresenceKind
from kaeden.dialogue.queries import pulse_results
from kaeden.organisation.queries import get_municipality
from kaeden.presentation import presence as page
from kaeden.presentation import pulse
from kaeden.web.condition_forms import PlanForm, PresenceForm
from kaeden.web.middleware import Request
from kaeden.web.policy import policy


@policy(Permission.NOTE_PRESENCE)
@require_safe
def mine(request: Request) -> HttpResponse:
    """Show one's own plan and notes, and the two taps that note more."""
    return _mine(request)


def _mine(
    request: Request, *, form: PresenceForm | None = None, plan: PlanForm | None = None
) -> HttpResponse:
    actor = request.actor
    found = queries.own(actor)
    planned = {
        "visits": found.now.planned[PresenceKind.VISIT],
        "observations": found.now.planned[PresenceKind.OBSERVATION],
        "feedback": found.now.planned[PresenceKind.FEEDBACK],
    }
    wrong = form or plan
    shown = {
        "view": page.own(found),
        "form": form or PresenceForm(teams=queries.teams_of(actor)),
        "plan": plan or PlanForm(initial=planned),
        "wrong": wrong,
        "town": actor.path.split("/")[1],
    }
    status = 400 if wrong else 200
    return render(request, "conditions/presence.html", shown, status=status)


@policy(Permission.NOTE_PRESENCE)
@require_POST
def note(request: Request) -> HttpResponse:
    """Note that one was there today; show the form again with what is wrong."""
    form = PresenceForm(request.POST, teams=queries.teams_of(request.actor))
    if not form.is_valid():
        return _mine(request, form=form)
    actions.note(**form.cleaned_data, by=request.actor)
    messages.success(request, _("It is noted. Only you can see it."))
    return redirect("web:presence")


@policy(Permission.NOTE_PRESENCE)
@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Take back what one has noted today."""
    actions.take_back(pk, by=request.actor)
    messages.success(request, _("The note is taken back."))
    return redirect("web:presence")


@policy(Permission.NOTE_PRESENCE)
@require_POST
def plan(request: Request) -> HttpResponse:
    """Plan from this month on; show the form again with what is wrong."""
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _mine(request, plan=form)
    actions.plan(**form.cleaned_data, by=request.actor)
    messages.success(request, _("Your plan holds from this month on."))
    return redirect("web:presence")


@policy(Permission.SEE_PRESENCE)
@require_safe
def shares(request: Request, code: str) -> HttpResponse:
    """Show how many of each level followed their own plan, and how that is protected."""
    town = get_municipality(code)
    found = queries.shares(request.actor, town)
    results = pulse_results.results(request.actor)
    time = pulse.build(results).time if results else ()
    shown = {
        "town": town,
        "levels": page.levels(found, time),
        "notes_own": has(request.actor, Permission.NOTE_PRESENCE),
    }
    return render(request, "conditions/presence_shares.html", shown)
