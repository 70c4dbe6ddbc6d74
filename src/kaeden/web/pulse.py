"""The pulse: asked in under a minute, opened by the director, read when it is closed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, may
from kaeden.dialogue.actions import pulse as actions
from kaeden.dialogue.errors import RoundIsClosed
from kaeden.dialogue.instrument import instrument
from kaeden.dialogue.queries import pulse as queries
from kaeden.dialogue.queries import pulse_results
from kaeden.presentation import pulse as page
from kaeden.web.dialogue_forms import PulseForm
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Policy.POST)
@require_safe
def ask(request: Request) -> HttpResponse:
    """Show the questions, or that one has answered, or that no round is open."""
    return _ask(request, queries.invitation(request.actor), None)


def _ask(
    request: Request,
    asked: queries.Invitation | None,
    form: PulseForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    if form is None and asked and not asked.has_answered:
        form = PulseForm(asked=asked)
    state = queries.state(request.actor)
    shown = {
        "instrument": instrument(),
        "asked": asked,
        "form": form,
        "state": state,
        "may_run": may(request.actor, Permission.RUN_PULSE, at=state.municipality.path),
    }
    return render(request, "dialogue/pulse.html", shown, status=status)


@policy(Policy.POST)
@require_POST
def answer(request: Request) -> HttpResponse:
    """Take the answers; show the questions again if one is missing."""
    asked = queries.invitation(request.actor)
    if asked is None:
        raise RoundIsClosed(_("No pulse is open for your post."))
    form = PulseForm(request.POST, asked=asked)
    if not form.is_valid():
        return _ask(request, asked, form, status=400)
    actions.answer(by=request.actor, **form.answers())
    messages.success(request, _("Thank you. Your answers are in the box."))
    return redirect("web:pulse")


@policy(Permission.RUN_PULSE)
@require_POST
def open_round(request: Request) -> HttpResponse:
    """Open this quarter's round in one's municipality."""
    actions.open_pulse(queries.municipality_of(request.actor), by=request.actor)
    messages.success(request, _("The pulse is open."))
    return redirect("web:pulse")


@policy(Permission.RUN_PULSE)
@require_POST
def close_round(request: Request) -> HttpResponse:
    """Close the open round in one's municipality."""
    actions.close_pulse(queries.municipality_of(request.actor), by=request.actor)
    messages.success(request, _("The pulse is closed."))
    return redirect("web:pulse_results")


@policy(Permission.SEE_PULSE)
@require_safe
def results(request: Request, pk: int | None = None) -> HttpResponse:
    """Show what the newest closed round says, or an earlier one."""
    found = pulse_results.results(request.actor, pk)
    view = page.build(found) if found else None
    return render(
        request,
        "dialogue/pulse_results.html",
        {"view": view, "instrument": instrument()},
    )
