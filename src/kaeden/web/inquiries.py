"""A question sent further down, and its answer from below."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kaeden.dialogue.actions import inquiries as actions
from kaeden.dialogue.queries.inquiries import those_who_can_be_asked
from kaeden.web.concern_forms import FromBelowForm, SendDownForm
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy
from kaeden.web.questions import show


@policy(Policy.POST)
@require_POST
def send(request: Request, pk: int) -> HttpResponse:
    """Send it on; show the form again with what is wrong."""
    posts = those_who_can_be_asked(request.actor)
    form = SendDownForm(request.POST, posts=posts, prefix="ned")
    if not form.is_valid():
        return show(request, pk, down=form, status=400)
    actions.send(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is sent on. The answer comes here."))
    return redirect("web:question", pk=pk)


@policy(Policy.POST)
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer from below; show the form again with what is wrong."""
    form = FromBelowForm(request.POST, prefix="nedefra")
    if not form.is_valid():
        return show(request, pk, below=form, status=400)
    actions.answer(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Your answer is with the post that owns the goal."))
    return redirect("web:question", pk=pk)
