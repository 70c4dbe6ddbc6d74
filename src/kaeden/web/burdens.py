"""What weighs on the two of a conversation: write it, or delete it before its day."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kaeden.dialogue.actions import burdens as actions
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.queries import conversations as queries
from kaeden.web import conversation_parts as parts
from kaeden.web.conversation_forms import BurdenForm
from kaeden.web.conversations import show
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Policy.POST)
@require_POST
def write(request: Request, pk: int) -> HttpResponse:
    """Write it; keep the words in the form if the other one was quicker."""
    form = BurdenForm(request.POST)
    if not form.is_valid():
        return show(request, pk, status=400, burden=form)
    try:
        actions.write(pk, by=request.actor, **form.cleaned_data)
    except OthersWereQuicker as error:  # both texts stand on the page
        messages.error(request, str(error.message))
        return show(request, pk, status=409, burden=_again(request, pk, form))
    messages.success(request, _("It is kept for the two of you, until the day shown."))
    return redirect("web:conversation", pk=pk)


def _again(request: Request, pk: int, form: BurdenForm) -> BurdenForm:
    """Return the form with the writer's words, on top of those that stand now."""
    whole = queries.get_whole(request.actor, pk)
    now = parts.burden_part(request.actor, whole)
    after = now.form.initial["after"] if now else 0
    kept = {"words": form.cleaned_data["words"], "after": after}
    return BurdenForm(kept)


@policy(Policy.POST)
@require_POST
def delete(request: Request, pk: int) -> HttpResponse:
    """Delete it now."""
    actions.delete(pk, by=request.actor)
    messages.success(request, _("It is deleted."))
    return redirect("web:conversation", pk=pk)
