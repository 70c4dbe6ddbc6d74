"""Practices that leaders write: written, reviewed, returned, taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, has
from kaeden.learning.actions import practices as actions
from kaeden.learning.queries import written as queries
from kaeden.learning.queries.practices import value_of
from kaeden.presentation import written_practice as page
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy
from kaeden.web.practice_forms import PracticeForm, SendBackForm, as_initial


@policy(Permission.WRITE_PRACTICE)
@require_safe
def new(request: Request) -> HttpResponse:
    """Show the form on which one writes a practice of one's own."""
    return _form(request, PracticeForm())


def _form(
    request: Request, form: PracticeForm, *, pk: int = 0, status: int = 200
) -> HttpResponse:
    shown = {"form": form, "pk": pk, "nav": "practices"}
    return render(request, "learning/write.html", shown, status=status)


@policy(Permission.WRITE_PRACTICE)
@require_POST
def write(request: Request) -> HttpResponse:
    """Write it; show the form again with what is wrong."""
    form = PracticeForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=400)
    made = actions.write(form.own_words(), by=request.actor)
    messages.success(request, _("It is sent to the post above you, which reviews it."))
    return redirect("web:written_practice", pk=made.pk)


@policy(Policy.POST)
@require_safe
def all_of_mine(request: Request) -> HttpResponse:
    """Show what one has written, and what one is to review."""
    shown = {
        "mine": page.lines(queries.mine(request.actor)),
        "to_review": page.lines(queries.to_review(request.actor)),
        "writes": has(request.actor, Permission.WRITE_PRACTICE),
        "reviews": has(request.actor, Permission.REVIEW_PRACTICE),
        "nav": "practices",
    }
    return render(request, "learning/written.html", shown)


@policy(Policy.POST)
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """Show one to the post that wrote it, and to those that review it."""
    return _one(request, pk, SendBackForm())


def _one(
    request: Request, pk: int, form: SendBackForm, *, status: int = 200
) -> HttpResponse:
    view = page.view(queries.get_written(request.actor, pk))
    shown = {"view": view, "form": form, "nav": "practices"}
    return render(request, "learning/written_one.html", shown, status=status)


@policy(Permission.WRITE_PRACTICE)
@require_safe
def again(request: Request, pk: int) -> HttpResponse:
    """Show the form on which one writes it anew."""
    row = queries.get_own(request.actor, pk)
    unsaid = [
        name
        for name in ("implementation", "effect", "economy")
        if not getattr(row, name)
    ]
    initial = as_initial(value_of(row), unsaid=unsaid)
    return _form(request, PracticeForm(initial=initial), pk=pk)


@policy(Permission.WRITE_PRACTICE)
@require_POST
def write_again(request: Request, pk: int) -> HttpResponse:
    """Send it anew; show the form again with what is wrong."""
    queries.get_own(request.actor, pk)
    form = PracticeForm(request.POST)
    if not form.is_valid():
        return _form(request, form, pk=pk, status=400)
    actions.write_again(pk, form.own_words(), by=request.actor)
    messages.success(request, _("It is sent to the post above you, which reviews it."))
    return redirect("web:written_practice", pk=pk)


@policy(Policy.POST)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take it back."""
    actions.withdraw(pk, by=request.actor)
    messages.success(request, _("The practice is taken back."))
    return redirect("web:written_practices")


@policy(Permission.REVIEW_PRACTICE)
@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    """Let it stand for all."""
    actions.accept(pk, by=request.actor)
    messages.success(request, _("The practice stands for all in the municipality."))
    return redirect("web:written_practice", pk=pk)


@policy(Permission.REVIEW_PRACTICE)
@require_POST
def send_back(request: Request, pk: int) -> HttpResponse:
    """Return it with what is missing; show the form again with what is wrong."""
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _one(request, pk, form, status=400)
    actions.send_back(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is returned, with what you wrote."))
    return redirect("web:written_practice", pk=pk)
