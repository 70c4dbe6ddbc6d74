"""Conversations: plan, prepare, hold, agree, confirm; and the page that shows them."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.dialogue.actions import burdens
from kaeden.dialogue.actions import conversations as actions
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.queries import conversations as queries
from kaeden.dialogue.queries.conversations import WholeTalk
from kaeden.dialogue.queries.links import get_link
from kaeden.dialogue.rules.conversations import Verb
from kaeden.dialogue.rules.links import End
from kaeden.presentation import conversations as page
from kaeden.web import conversation_parts as parts
from kaeden.web.conversation_forms import (
    AddForm,
    BurdenForm,
    ConclusionForm,
    ConfirmForm,
    DayForm,
    HeldForm,
    SideForm,
)
from kaeden.web.dialogue_forms import NewCommitmentForm
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy

PROMISE_IDS = "aftale_%s"
"""The page has two forms with words: their fields are told from each other."""


@policy(Policy.POST)
@require_safe
def all_of_mine(request: Request) -> HttpResponse:
    """Show one's conversations, what waits for one first."""
    actor = request.actor
    view = page.build(queries.mine(actor), queries.in_line_below(actor))
    return render(request, "dialogue/conversations.html", {"view": view})


@policy(Policy.POST)
@require_safe
def new(request: Request, pk: int) -> HttpResponse:
    """Show the form that plans the next conversation across a link."""
    return _new(request, pk, DayForm())


def _new(request: Request, pk: int, form: Form, *, status: int = 200) -> HttpResponse:
    link = get_link(request.actor, pk)
    shown = {"form": form, "across": link.across, "pk": pk}
    return render(request, "dialogue/new_conversation.html", shown, status=status)


@policy(Policy.POST)
@require_POST
def plan(request: Request, pk: int) -> HttpResponse:
    """Plan it; show the form again with what is wrong."""
    form = DayForm(request.POST)
    if not form.is_valid():
        return _new(request, pk, form, status=400)
    made = actions.plan(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is planned. The leader now writes first."))
    return redirect("web:conversation", pk=made.pk)


@policy(Policy.POST)
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """Show one conversation, with what can be done about it."""
    return show(request, pk)


def show(
    request: Request,
    pk: int,
    *,
    status: int = 200,
    burden: BurdenForm | None = None,
    **sent: Form,
) -> HttpResponse:
    """Show a conversation; `sent` are forms with something wrong, by their names."""
    burdens.forget_due(conversation=pk)
    whole = queries.get_whole(request.actor, pk)
    shown: dict[str, Any] = {
        "view": parts.page_of(request.actor, whole),
        "wrong": next(iter(sent.values()), burden),
        "day": DayForm(initial={"planned_for": whole.talk.planned_for}),
        "held": HeldForm(),
        "conclusion": _conclusion(whole),
        "promise": NewCommitmentForm(across=whole.talk.across, auto_id=PROMISE_IDS),
        "added": AddForm(),
        "burden": parts.burden_part(request.actor, whole, burden),
    }
    return render(
        request, "dialogue/conversation.html", {**shown, **sent}, status=status
    )


def _conclusion(whole: WholeTalk) -> ConclusionForm:
    newest = whole.conclusion
    if newest is None:
        return ConclusionForm(initial={"after": 0})
    return ConclusionForm(
        initial={
            "words": newest.words,
            "open_parts": newest.open_parts,
            "after": newest.number,
        }
    )


@policy(Policy.POST)
@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """Move it to another day."""
    form = DayForm(request.POST)
    if not form.is_valid():
        return show(request, pk, status=400, day=form)
    actions.move(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The conversation is moved."))
    return redirect("web:conversation", pk=pk)


@policy(Policy.POST)
@require_safe
def write(request: Request, pk: int) -> HttpResponse:
    """Show the form of one's own side, if it is open."""
    whole = queries.get_whole(request.actor, pk)
    newest = whole.newest(whole.talk.end)
    initial: dict[str, Any] = {"after": newest.number if newest else 0}
    if newest is not None:
        focus = enumerate(newest.focus, start=1)
        initial |= {f"focus_{place}": line for place, line in focus}
        initial |= {
            "tried": newest.tried,
            "needs": newest.needs,
            "results": newest.results,
        }
    return _write(request, whole, SideForm(initial=initial, **_asked(whole)))


def _asked(whole: WholeTalk) -> dict[str, Any]:
    return {"end": whole.talk.end, "results": parts.results_to_choose(whole)}


def _write(
    request: Request, whole: WholeTalk, form: Form, *, status: int = 200
) -> HttpResponse:
    shown = {
        "form": form,
        "view": parts.page_of(request.actor, whole),
        "why_not": whole.talk.verdicts[Verb.WRITE].why_not,
        "is_leader": whole.talk.end is End.LOWER,
    }
    return render(request, "dialogue/write_conversation.html", shown, status=status)


@policy(Policy.POST)
@require_POST
def prepare(request: Request, pk: int) -> HttpResponse:
    """Write one's side; show the form again, with what was written, if it can't be."""
    whole = queries.get_whole(request.actor, pk)
    form = SideForm(request.POST, **_asked(whole))
    if not form.is_valid():
        return _write(request, whole, form, status=400)
    after = form.cleaned_data["after"]
    try:
        actions.prepare(pk, form.words(), after=after, by=request.actor)
    except OthersWereQuicker as error:  # both texts stand on the page
        messages.error(request, str(error.message))
        newest = max(one.number for one in whole.written[whole.talk.end])
        again = SideForm(
            {**request.POST.dict(), **_chosen(request), "after": newest},
            **_asked(whole),
        )
        return _write(request, whole, again, status=409)
    messages.success(request, _("It is shared with the other of you."))
    return redirect("web:conversation", pk=pk)


def _chosen(request: Request) -> dict[str, list[str]]:
    return {"results": request.POST.getlist("results")}


@policy(Policy.POST)
@require_POST
def hold(request: Request, pk: int) -> HttpResponse:
    """Note that it was held."""
    form = HeldForm(request.POST)
    if not form.is_valid():
        return show(request, pk, status=400, held=form)
    actions.hold(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is noted. Now write together what you agree on."))
    return redirect("web:conversation", pk=pk)


@policy(Policy.POST)
@require_POST
def conclude(request: Request, pk: int) -> HttpResponse:
    """Write what the two agree on; keep the words in the form if others are newer."""
    form = ConclusionForm(request.POST)
    if not form.is_valid():
        return show(request, pk, status=400, conclusion=form)
    given = form.cleaned_data
    said = {"open_parts": list(form.parts()), "after": given["after"]}
    try:
        actions.conclude(pk, given["words"], by=request.actor, **said)
    except OthersWereQuicker as error:  # nobody's words are lost: both stand there
        messages.error(request, str(error.message))
        newest = queries.get_whole(request.actor, pk).conclusion
        kept = {**given, "after": newest.number if newest else 0}
        return show(request, pk, status=409, conclusion=ConclusionForm(kept))
    messages.success(request, _("It is written. Confirm it when you both agree."))
    return redirect("web:conversation", pk=pk)


@policy(Policy.POST)
@require_POST
def promise(request: Request, pk: int) -> HttpResponse:
    """Propose a commitment that comes out of it."""
    across = queries.get_talk(request.actor, pk)[1].across
    form = NewCommitmentForm(request.POST, across=across, auto_id=PROMISE_IDS)
    if not form.is_valid():
        return show(request, pk, status=400, promise=form)
    actions.promise(pk, by=request.actor, **form.promise())
    messages.success(
        request, _("It is proposed. It holds when the other post accepts.")
    )
    return redirect("web:conversation", pk=pk)


@policy(Policy.POST)
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Confirm what the two agree on."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return show(request, pk, status=400)
    actions.confirm(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("You have confirmed the conversation."))
    return redirect("web:conversation", pk=pk)


@policy(Policy.POST)
@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """Add something after both have confirmed."""
    form = AddForm(request.POST)
    if not form.is_valid():
        return show(request, pk, status=400, added=form)
    actions.add(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is added."))
    return redirect("web:conversation", pk=pk)
