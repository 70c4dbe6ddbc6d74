"""Minutes of a meeting, item by item, and the decisions that come of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.dialogue.actions import minutes as actions
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.queries import agenda as queries
from kaeden.dialogue.queries.meetings import meeting_of
from kaeden.presentation import meetings as page
from kaeden.web.meeting_forms import (
    CarryForm,
    CorrectionForm,
    DecisionForm,
    MinuteForm,
    OutcomeForm,
)
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Policy.POST)
@require_safe
def item(request: Request, pk: int, item_pk: int) -> HttpResponse:
    """Show one item, with the forms that minute what was said and decided."""
    return _item(request, pk, item_pk)


def _item(
    request: Request, pk: int, item_pk: int, *, status: int = 200, **forms: Any
) -> HttpResponse:
    meeting, found = queries.get_item(request.actor, pk, item_pk)
    newest = found.minute
    initial = {
        "words": newest.words if newest else "",
        "after": newest.number if newest else 0,
    }
    shown = {
        "meeting": page.view(meeting),
        "one": page.item(found, meeting),
        "minute": MinuteForm(initial=initial),
        "decision": DecisionForm(meeting=meeting),
        "correction": CorrectionForm(),
        "theirs": "",
        "nav": "meetings",
        **forms,
    }
    shown["wrong"] = next(iter(one for one in forms.values() if one), None)
    return render(request, "dialogue/meeting_item.html", shown, status=status)


@policy(Policy.POST)
@require_POST
def write(request: Request, pk: int, item_pk: int) -> HttpResponse:
    """Minute what was said; show both texts if somebody else was quicker."""
    form = MinuteForm(request.POST)
    if not form.is_valid():
        return _item(request, pk, item_pk, minute=form, status=400)
    try:
        actions.write(pk, item_pk, by=request.actor, **form.cleaned_data)
    except OthersWereQuicker:
        return _both(request, pk, item_pk, form.cleaned_data["words"])
    messages.success(request, _("The minute is saved."))
    return redirect("web:meeting_item", pk=pk, item_pk=item_pk)


def _both(request: Request, pk: int, item_pk: int, words: str) -> HttpResponse:
    """Show the other's words, and one's own in the form, to be made into one."""
    _meeting, found = queries.get_item(request.actor, pk, item_pk)
    newest = found.minute
    assert newest is not None, "somebody was quicker"
    form = MinuteForm(initial={"words": words, "after": newest.number})
    shown = {"minute": form, "theirs": newest.words}
    return _item(request, pk, item_pk, status=409, **shown)


@policy(Policy.POST)
@require_POST
def decide(request: Request, pk: int, item_pk: int) -> HttpResponse:
    """Minute a decision; show the form again with what is wrong."""
    meeting, _found = queries.get_item(request.actor, pk, item_pk)
    form = DecisionForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return _item(request, pk, item_pk, decision=form, status=400)
    actions.decide(pk, item_pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The decision is minuted."))
    return redirect("web:meeting_item", pk=pk, item_pk=item_pk)


@policy(Policy.POST)
@require_POST
def correct(request: Request, pk: int, item_pk: int) -> HttpResponse:
    """Add a correction to approved minutes."""
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _item(request, pk, item_pk, correction=form, status=400)
    actions.correct(pk, item_pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The correction stands beside the minutes."))
    return redirect("web:meeting_item", pk=pk, item_pk=item_pk)


@policy(Policy.POST)
@require_safe
def decision(request: Request, pk: int) -> HttpResponse:
    """Show one decision, with what its owner can do about it."""
    return _decision(request, pk)


def _decision(
    request: Request,
    pk: int,
    *,
    outcome: OutcomeForm | None = None,
    carry: CarryForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = queries.get_decision(request.actor, pk)
    meeting = meeting_of(request.actor, found.meeting)
    where = reverse("web:meeting_item", args=[found.meeting, found.item])
    shown = {
        "one": page.decision(found),
        "item_href": where if meeting and page.view(meeting).shows_agenda else "",
        "may_strike": meeting is not None and page.view(meeting).may_write,
        "wrong": outcome or carry,
        "outcome": outcome or OutcomeForm(),
        "carry": carry or CarryForm(),
        "nav": "meetings",
    }
    return render(request, "dialogue/decision.html", shown, status=status)


@policy(Policy.POST)
@require_POST
def finish(request: Request, pk: int) -> HttpResponse:
    """Mark it as done, with what came of it."""
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _decision(request, pk, outcome=form, status=400)
    actions.finish(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The decision is marked as done."))
    return redirect("web:decision", pk=pk)


@policy(Policy.POST)
@require_POST
def carry_on(request: Request, pk: int) -> HttpResponse:
    """Carry it on to a later day, and say why."""
    form = CarryForm(request.POST)
    if not form.is_valid():
        return _decision(request, pk, carry=form, status=400)
    actions.carry_on(pk, by=request.actor, **form.cleaned_data)
    messages.success(
        request, _("The decision is carried on. The next meeting sees it.")
    )
    return redirect("web:decision", pk=pk)


@policy(Policy.POST)
@require_POST
def strike(request: Request, pk: int) -> HttpResponse:
    """Take it out of minutes that are still being written."""
    found = queries.get_decision(request.actor, pk)
    actions.strike(pk, by=request.actor)
    messages.success(request, _("The decision is taken out of the minutes."))
    return redirect("web:meeting_item", pk=found.meeting, item_pk=found.item)
