"""What a community agrees on together: propose it, take part, follow it up."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission
from kaeden.dialogue.actions import shared as actions
from kaeden.dialogue.queries import shared as queries
from kaeden.organisation import communities as organisation
from kaeden.organisation.queries import get_municipality
from kaeden.presentation import shared as page
from kaeden.shared.clock import today
from kaeden.web.dialogue_forms import CommitmentForm, ReasonForm
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Permission.READ_HOLDERS)
@require_safe
def new(request: Request, code: str, key: str) -> HttpResponse:
    """Show the form that proposes something for all of a community."""
    return _new(request, code, key, CommitmentForm())


def _new(
    request: Request, code: str, key: str, form: CommitmentForm, *, status: int = 200
) -> HttpResponse:
    town = get_municipality(code)
    found = organisation.get_community(request.actor, town, key, today())
    shown = {"town": town, "key": key, "name": found.row.name, "form": form}
    return render(request, "dialogue/new_shared.html", shown, status=status)


@policy(Permission.READ_HOLDERS)
@require_POST
def propose(request: Request, code: str, key: str) -> HttpResponse:
    """Propose it; show the form again with what is wrong."""
    form = CommitmentForm(request.POST)
    if not form.is_valid():
        return _new(request, code, key, form, status=400)
    town = get_municipality(code)
    found = organisation.get_community(request.actor, town, key, today())
    actions.propose(found.row, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is proposed. Each member says yes or no."))
    return redirect("web:community", code=code, key=key)


@policy(Policy.POST)
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """Show one shared commitment with each member's part."""
    return _one(request, pk, ReasonForm())


def _one(
    request: Request, pk: int, form: ReasonForm, *, status: int = 200
) -> HttpResponse:
    view = page.view(queries.get_shared(request.actor, pk))
    shown = {"view": view, "form": form}
    return render(request, "dialogue/shared.html", shown, status=status)


@policy(Policy.POST)
@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    """Say yes."""
    actions.accept(pk, by=request.actor)
    messages.success(request, _("You take part. It stands among your commitments."))
    return redirect("web:shared_commitment", pk=pk)


@policy(Policy.POST)
@require_POST
def decline(request: Request, pk: int) -> HttpResponse:
    """Say that it is not for oneself."""
    actions.decline(pk, by=request.actor)
    messages.success(request, _("It is noted that you do not take part."))
    return redirect("web:shared_commitment", pk=pk)


@policy(Policy.POST)
@require_POST
def keep(request: Request, pk: int) -> HttpResponse:
    """Note that one has done one's part."""
    actions.keep(pk, by=request.actor)
    messages.success(request, _("The commitment is noted as kept."))
    return redirect("web:shared_commitment", pk=pk)


@policy(Policy.POST)
@require_POST
def give_up(request: Request, pk: int) -> HttpResponse:
    """Note that one has not done one's part, and why."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _one(request, pk, form, status=400)
    actions.give_up(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is noted that the commitment was not kept."))
    return redirect("web:shared_commitment", pk=pk)


@policy(Policy.POST)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back what one has proposed."""
    actions.withdraw(pk, by=request.actor)
    messages.success(request, _("It is taken back. Who said yes still has a part."))
    return redirect("web:shared_commitment", pk=pk)
