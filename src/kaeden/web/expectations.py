"""What linked posts expect of each other: read, propose, discuss, confirm."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.dialogue.actions import expectations as actions
from kaeden.dialogue.errors import NoSuchLink, OthersWereQuicker
from kaeden.dialogue.queries import expectations as queries
from kaeden.presentation import expectations as page
from kaeden.web.dialogue_forms import ExpectationForm
from kaeden.web.hanging import on_expectation
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy

NOTHING: Mapping[str, Any] = {}
WAYS = {word: way for way, word in page.ADDRESS.items()}


@policy(Policy.POST)
@require_safe
def all_of_mine(request: Request) -> HttpResponse:
    """Show what is expected in each of one's post's links, what waits for one first."""
    view = page.build(queries.mine(request.actor), queries.in_line_below(request.actor))
    return render(request, "dialogue/expectations.html", {"view": view})


@policy(Policy.POST)
@require_safe
def one_link(request: Request, pk: int) -> HttpResponse:
    """Show one link, both ways, with the forms that propose other words."""
    return _link(request, pk)


def _link(
    request: Request,
    pk: int,
    *,
    sent: Mapping[str, ExpectationForm] = NOTHING,
    kept: Mapping[str, str] = NOTHING,
    status: int = 200,
) -> HttpResponse:
    """Show a link; `sent` are forms with something wrong, `kept` words not yet sent."""
    view = page.link(queries.of_link(request.actor, pk))
    forms = {
        one.way: ExpectationForm(
            initial={"words": kept.get(one.way, one.words), "after": one.number},
            prefix=one.way,
        )
        for one in view.ways
    }
    ways = [
        (
            *(one, {**forms, **sent}[one.way], one.way in kept),
            on_expectation(request.actor, pk, one.wording) if one.wording else None,
        )
        for one in view.ways
    ]
    wrong = next(iter(sent.values()), None)
    shown = {"view": view, "ways": ways, "form": wrong}
    return render(request, "dialogue/expectation_link.html", shown, status=status)


@policy(Policy.POST)
@require_POST
def propose(request: Request, pk: int, way: str) -> HttpResponse:
    """Propose words; show the form again, with what was written, if they can't be."""
    if way not in WAYS:
        raise NoSuchLink(_("There is no such link in the chain for your post."))
    form = ExpectationForm(request.POST, prefix=way)
    if not form.is_valid():
        return _link(request, pk, sent={way: form}, status=400)
    try:
        actions.propose(pk, WAYS[way], by=request.actor, **form.cleaned_data)
    except (
        OthersWereQuicker
    ) as error:  # nobody's words are lost: both stand on the page
        messages.error(request, str(error.message))
        words = form.cleaned_data["words"]
        return _link(request, pk, kept={way: words}, status=409)
    messages.success(request, _("Your words are proposed. Now talk about them."))
    return redirect("web:expectation_link", pk=pk)


@policy(Policy.POST)
@require_POST
def discuss(request: Request, pk: int) -> HttpResponse:
    """Note that the two have talked about the words."""
    actions.discuss(pk, by=request.actor)
    messages.success(request, _("It is noted. Now both of you can confirm."))
    return redirect("web:expectations")


@policy(Policy.POST)
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Confirm the words for one's own end."""
    actions.confirm(pk, by=request.actor)
    messages.success(request, _("You have confirmed the words."))
    return redirect("web:expectations")


@policy(Policy.POST)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take words back."""
    actions.withdraw(pk, by=request.actor)
    messages.success(request, _("The words are taken back."))
    return redirect("web:expectations")
