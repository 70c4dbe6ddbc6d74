"""What two posts have promised each other: read, promise, accept, keep, renegotiate."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.dialogue.actions import commitments as actions
from kaeden.dialogue.queries import commitments as queries
from kaeden.dialogue.queries import occasions, shared
from kaeden.dialogue.queries.commitments import Promised
from kaeden.dialogue.queries.links import SeenLink, get_link, links_of
from kaeden.dialogue.rules.commitments import NOTHING, About
from kaeden.goals.indicators import published
from kaeden.organisation import queries as organisation
from kaeden.presentation import commitments as page
from kaeden.presentation import effects
from kaeden.presentation import occasions as occasions_page
from kaeden.presentation import shared as shared_page
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.effects import EffectView
from kaeden.publication import queries as publication
from kaeden.web.dialogue_forms import CommitmentForm, NewCommitmentForm, ReasonForm
from kaeden.web.middleware import Request
from kaeden.web.origins import above_commitment
from kaeden.web.policy import Policy, policy


@policy(Policy.POST)
@require_safe
def all_of_mine(request: Request) -> HttpResponse:
    """Show what one has promised and been promised, what waits for one first."""
    actor = request.actor
    view = page.build(
        queries.mine(actor), links_of(actor), queries.in_line_below(actor)
    )
    together = shared_page.open_ones(shared.mine(actor))
    shown = {"view": view, "together": together}
    return render(request, "dialogue/commitments.html", shown)


@policy(Policy.POST)
@require_safe
def begin(request: Request) -> HttpResponse:
    """Ask with whom one agrees on something: what the address names."""
    text = request.GET.get("om", "")
    shown = {
        "things": _things(request, _about(request, text)),
        "links": occasions_page.with_whom(links_of(request.actor), text),
    }
    return render(request, "dialogue/begin_commitment.html", shown)


def _about(request: Request, text: str) -> About:
    """Return what a form or an address names; nothing where it names nothing."""
    if not text:
        return NOTHING
    return occasions.find(request.actor, *occasions_page.read(text))


def _things(request: Request, about: About) -> tuple[ListItem, ...]:
    named = occasions.named(request.actor, [about])
    return tuple(occasions_page.item(one) for one in named[about])


@policy(Policy.POST)
@require_safe
def new(request: Request, pk: int) -> HttpResponse:
    """Show the form that promises something across a link, or asks for a promise."""
    link, text = get_link(request.actor, pk), request.GET.get("om", "")
    form = NewCommitmentForm(across=link.across, initial={"om": text})
    return _new(request, link, form, _about(request, text))


def _new(
    request: Request,
    link: SeenLink,
    form: NewCommitmentForm,
    about: About,
    *,
    status: int = 200,
) -> HttpResponse:
    earlier = queries.since_last(request.actor, [link.other])
    shown = {
        "form": form,
        "across": link.across,
        "pk": link.id,
        "things": _things(request, about),
        "earlier": tuple(page.view(one) for one in earlier),
    }
    return render(request, "dialogue/new_commitment.html", shown, status=status)


@policy(Policy.POST)
@require_POST
def promise(request: Request, pk: int) -> HttpResponse:
    """Propose it; show the form again with what is wrong."""
    link, about = (
        get_link(request.actor, pk),
        _about(request, request.POST.get("om", "")),
    )
    form = NewCommitmentForm(request.POST, across=link.across)
    if not form.is_valid():
        return _new(request, link, form, about, status=400)
    actions.promise(pk, by=request.actor, about=about, **form.promise())
    messages.success(
        request, _("It is proposed. It holds when the other post accepts.")
    )
    return redirect("web:commitments")


@policy(Policy.POST)
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """Show one commitment, with what can be done about it."""
    return _one(request, pk)


def _one(
    request: Request,
    pk: int,
    *,
    reason: ReasonForm | None = None,
    other: CommitmentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = queries.get_promised(request.actor, pk)
    initial = {"words": found.words, "due": found.due}
    shown = {
        "view": page.view(found),
        "crumbs": above_commitment(request.actor, pk),
        "effect": _effect(found),
        "wrong": reason or other,
        "reason": reason or ReasonForm(),
        "other": other or CommitmentForm(initial=initial),
    }
    return render(request, "dialogue/commitment.html", shown, status=status)


def _effect(found: Promised) -> EffectView | None:
    """Return what came after a commitment about a result; None where there is none."""
    unit_id, name = found.about.unit_id, found.about.indicator
    if unit_id is None or name not in published():
        return None
    town = organisation.get_unit_by_id(unit_id).municipality_code
    release = publication.current_release(town)
    series = publication.of_units(release.id, [unit_id])
    theirs = [one for one in series if one.indicator == name]
    return effects.build(found, published()[name], theirs)


@policy(Policy.POST)
@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    """Accept what the other post has proposed."""
    actions.accept(pk, by=request.actor)
    messages.success(request, _("The commitment holds."))
    return redirect("web:commitments")


@policy(Policy.POST)
@require_POST
def decline(request: Request, pk: int) -> HttpResponse:
    """Decline a proposal, or take one's own back."""
    actions.decline(pk, by=request.actor)
    messages.success(request, _("The proposal is declined."))
    return redirect("web:commitments")


@policy(Policy.POST)
@require_POST
def keep(request: Request, pk: int) -> HttpResponse:
    """Note that it is kept."""
    actions.keep(pk, by=request.actor)
    messages.success(request, _("The commitment is noted as kept."))
    return redirect("web:commitments")


@policy(Policy.POST)
@require_POST
def give_up(request: Request, pk: int) -> HttpResponse:
    """Note that it was not kept, and why."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _one(request, pk, reason=form, status=400)
    actions.give_up(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is noted that the commitment was not kept."))
    return redirect("web:commitments")


@policy(Policy.POST)
@require_POST
def renegotiate(request: Request, pk: int) -> HttpResponse:
    """Propose another one in its place."""
    form = CommitmentForm(request.POST)
    if not form.is_valid():
        return _one(request, pk, other=form, status=400)
    actions.renegotiate(pk, by=request.actor, **form.cleaned_data)
    messages.success(
        request, _("It is proposed. The old one holds until the other post accepts.")
    )
    return redirect("web:commitments")
