"""What goes up and down the line: what waits, and concerns with their answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.dialogue.actions import concerns as actions
from kaeden.dialogue.queries import concerns as queries
from kaeden.dialogue.queries import waiting
from kaeden.dialogue.queries.line import next_above
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.queries.stays import stays_in
from kaeden.organisation.queries import get_municipality
from kaeden.presentation import concerns as page
from kaeden.presentation import stays as levels
from kaeden.presentation import up_and_down as both_ways
from kaeden.web.concern_forms import CarryForm, ConcernAnswerForm, ConcernForm
from kaeden.web.middleware import Request
from kaeden.web.origins import above_concern
from kaeden.web.policy import Policy, policy


@policy(Policy.POST)
@require_safe
def up_and_down(request: Request) -> HttpResponse:
    """Show what waits for one's post from both sides, and what it has sent."""
    actor = request.actor
    town = get_municipality(actor.path.split("/")[1])
    shown = {
        "stays": levels.build(stays_in(actor, town)),
        "sides": both_ways.sides(waiting.mine(actor)),
        "answered": [page.view(one) for one in queries.answered(actor)],
    }
    return render(request, "dialogue/up_and_down.html", shown)


@policy(Policy.POST)
@require_safe
def new(request: Request) -> HttpResponse:
    """Show the form that writes to the post above; `om` says what it is about."""
    subjects = queries.subjects_of(request.actor)
    form = ConcernForm(subjects=subjects, chosen=request.GET.get("om", ""))
    return _new(request, form)


def _new(request: Request, form: ConcernForm, *, status: int = 200) -> HttpResponse:
    above = next_above(request.actor.post_id or 0)
    shown = {"form": form, "above": name_of(above) if above else ""}
    return render(request, "dialogue/new_concern.html", shown, status=status)


@policy(Policy.POST)
@require_POST
def write(request: Request) -> HttpResponse:
    """Write it; show the form again with what is wrong."""
    form = ConcernForm(request.POST, subjects=queries.subjects_of(request.actor))
    if not form.is_valid():
        return _new(request, form, status=400)
    made = actions.write(by=request.actor, **form.concern())
    messages.success(request, _("It is sent. You can see here where it is."))
    return redirect("web:concern", pk=made.pk)


@policy(Policy.POST)
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """Show one concern with its way, and what can be done about it."""
    return _one(request, pk)


def _one(
    request: Request,
    pk: int,
    *,
    answer: ConcernAnswerForm | None = None,
    carry: CarryForm | None = None,
    status: int = 200,
) -> HttpResponse:
    view = page.view(queries.get_concern(request.actor, pk))
    above = next_above(request.actor.post_id or 0) if view.may_carry else None
    shown = {
        "view": view,
        "crumbs": above_concern(request.actor, pk),
        "wrong": answer or carry,
        "answer": answer or ConcernAnswerForm(prefix="svar"),
        "carry": carry or CarryForm(prefix="opad"),
        "above": name_of(above) if above else "",
    }
    return render(request, "dialogue/concern.html", shown, status=status)


@policy(Policy.POST)
@require_POST
def carry(request: Request, pk: int) -> HttpResponse:
    """Carry it further up; show the form again with what is wrong."""
    form = CarryForm(request.POST, prefix="opad")
    if not form.is_valid():
        return _one(request, pk, carry=form, status=400)
    actions.carry(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is carried further up with your words."))
    return redirect("web:concern", pk=pk)


@policy(Policy.POST)
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer it; show the form again with what is wrong."""
    form = ConcernAnswerForm(request.POST, prefix="svar")
    if not form.is_valid():
        return _one(request, pk, answer=form, status=400)
    actions.answer(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Your answer is with everybody it has passed."))
    return redirect("web:concern", pk=pk)


@policy(Policy.POST)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back a concern that one's post has written."""
    actions.withdraw(pk, by=request.actor)
    messages.success(request, _("The concern is taken back."))
    return redirect("web:up_and_down")
