"""Support: what is offered in a municipality, what one needs, and what is put to one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, has
from kaeden.conditions.actions import support as actions
from kaeden.conditions.queries import offers
from kaeden.conditions.queries import support as queries
from kaeden.conditions.rules.support import RATING_NAMES
from kaeden.organisation.queries import get_municipality, name_of
from kaeden.presentation import support as page
from kaeden.shared.errors import BadInput
from kaeden.web.condition_forms import (
    DecisionForm,
    NeedAnswerForm,
    NeedForm,
    NotMetForm,
    OfferForm,
    RatingForm,
)
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy

OFFER = "tilbud"
"""The name of an offer in an address: ``?tilbud=3``."""


@policy(Permission.READ_HOLDERS)
@require_safe
def offered(request: Request, code: str) -> HttpResponse:
    """Show what support is offered in a municipality, and how the promises are kept."""
    town = get_municipality(code)
    asks = bool(has(request.actor, Permission.WRITE_NEED))
    view = page.offered(offers.offered_in(request.actor, town), asks=asks)
    shown = {"town": town, "view": view, "asks": asks}
    return render(request, "conditions/offered.html", shown)


@policy(Policy.POST)
@require_safe
def mine(request: Request) -> HttpResponse:
    """Show what one's post needs, what is put to it, and what it offers."""
    return _mine(request, OfferForm())


def _mine(request: Request, form: OfferForm, *, status: int = 200) -> HttpResponse:
    actor = request.actor
    own = [
        page.offer(one, words=offers.words_to(one, actor))
        for one in offers.offers_of(actor)
    ]
    shown = {
        "view": page.page(queries.mine(actor), queries.unmet_below(actor), own),
        "form": form,
        "town": actor.path.split("/")[1],
        "may_need": has(actor, Permission.WRITE_NEED),
        "may_offer": has(actor, Permission.OFFER_SUPPORT),
    }
    return render(request, "conditions/support.html", shown, status=status)


@policy(Permission.OFFER_SUPPORT)
@require_POST
def offer(request: Request) -> HttpResponse:
    """Offer something; show the form again with what is wrong."""
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _mine(request, form, status=400)
    actions.offer(**form.cleaned_data, by=request.actor)
    messages.success(request, _("The offer stands on the municipality's page."))
    return redirect("web:support")


@policy(Permission.OFFER_SUPPORT)
@require_POST
def end_offer(request: Request, pk: int) -> HttpResponse:
    """Let an offer of one's post end."""
    actions.end_offer(pk, by=request.actor)
    messages.success(
        request, _("The offer has ended. What is asked is still answered.")
    )
    return redirect("web:support")


@policy(Permission.WRITE_NEED)
@require_safe
def new_need(request: Request) -> HttpResponse:
    """Show the form for a need, of an offer or of anybody who can help."""
    asked = request.GET.get(OFFER, "")
    offer_id = int(asked) if asked.isdecimal() else None
    return _new_need(request, NeedForm(initial={"offer": offer_id}), offer_id)


def _new_need(
    request: Request, form: NeedForm, offer_id: int | None, *, status: int = 200
) -> HttpResponse:
    town = "/".join(request.actor.path.split("/")[:2])
    found = offers.get_offer(offer_id, town=town) if offer_id else None
    shown = {
        "form": form,
        "offer": found,
        "to": name_of(found.post) if found else "",
        "town": town.split("/")[1],
    }
    return render(request, "conditions/new_need.html", shown, status=status)


@policy(Permission.WRITE_NEED)
@require_POST
def write_need(request: Request) -> HttpResponse:
    """Put the need; show the form again with what is wrong."""
    form = NeedForm(request.POST)
    if not form.is_valid():
        return _new_need(request, form, form.cleaned_data.get("offer"), status=400)
    made = actions.need(**form.need(), by=request.actor)
    messages.success(request, _("Your need is put. The answer comes here."))
    return redirect("web:need", pk=made.pk)


@policy(Policy.POST)
@require_safe
def need(request: Request, pk: int) -> HttpResponse:
    """Show one need, with what can be done about it."""
    return _need(request, pk)


def _need(
    request: Request,
    pk: int,
    *,
    answer: NeedAnswerForm | None = None,
    not_met: NotMetForm | None = None,
    decision: DecisionForm | None = None,
) -> HttpResponse:
    found = queries.get_need(request.actor, pk)
    wrong = answer or not_met or decision
    shown = {
        "view": page.view(found),
        "wrong": wrong,
        "answer": answer or NeedAnswerForm(initial={"met_by": found.wanted_by}),
        "not_met": not_met or NotMetForm(),
        "decision": decision or DecisionForm(),
        "ratings": [(one.value, name) for one, name in RATING_NAMES.items()],
    }
    return render(request, "conditions/need.html", shown, status=400 if wrong else 200)


@policy(Policy.POST)
@require_POST
def answer_need(request: Request, pk: int) -> HttpResponse:
    """Answer it with a day; show the form again with what is wrong."""
    form = NeedAnswerForm(request.POST)
    if not form.is_valid():
        return _need(request, pk, answer=form)
    actions.answer(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Your answer stands on the need."))
    return redirect("web:need", pk=pk)


@policy(Policy.POST)
@require_POST
def meet_need(request: Request, pk: int) -> HttpResponse:
    """Note that it is met."""
    actions.meet(pk, by=request.actor)
    messages.success(request, _("It is noted as met. Was it a help?"))
    return redirect("web:need", pk=pk)


@policy(Policy.POST)
@require_POST
def fail_need(request: Request, pk: int) -> HttpResponse:
    """Note that it is not met, and why."""
    form = NotMetForm(request.POST)
    if not form.is_valid():
        return _need(request, pk, not_met=form)
    actions.fail(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is noted as not met. The posts above are told."))
    return redirect("web:need", pk=pk)


@policy(Policy.POST)
@require_POST
def withdraw_need(request: Request, pk: int) -> HttpResponse:
    """Take one's need back."""
    actions.withdraw(pk, by=request.actor)
    messages.success(request, _("The need is taken back."))
    return redirect("web:support")


@policy(Policy.POST)
@require_POST
def rate_support(request: Request, pk: int) -> HttpResponse:
    """Rate the support with one press."""
    form = RatingForm(request.POST)
    if not form.is_valid():
        queries.get_need(request.actor, pk)
        raise BadInput(_("Choose one of the four, and write at most 500 characters."))
    actions.rate(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Thank you. Ratings are told of when five have rated."))
    return redirect("web:support")


@policy(Permission.DECIDE_NEED)
@require_POST
def decide_need(request: Request, pk: int) -> HttpResponse:
    """Answer from above a need that is not met."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _need(request, pk, decision=form)
    actions.decide(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Your answer stands on the need."))
    return redirect("web:need", pk=pk)
