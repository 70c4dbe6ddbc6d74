"""Drafts of a reorganisation: a page of them, one beside today, and what is done to it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, may
from kaeden.organisation import drafting
from kaeden.organisation.errors import NoSuchDraft
from kaeden.organisation.files.reading import write_chain
from kaeden.organisation.models import Draft, Unit
from kaeden.organisation.queries import get_municipality
from kaeden.presentation import drafts as drafts_page
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput
from kaeden.web.middleware import Request
from kaeden.web.policy import policy
from kaeden.web.step_forms import ASKED, BY_SLUG, StepForm


@policy(Permission.DRAW_DRAFT)
@require_safe
def drafts(request: Request, code: str) -> HttpResponse:
    """List the drafts that one sees, with the form that begins one."""
    town = get_municipality(code)
    found = drafting.drafts_of(request.actor, town)
    context = {"town": town, "drafts": list(drafts_page.listed(found))}
    return render(request, "organisation/drafts.html", context)


@policy(Permission.DRAW_DRAFT)
@require_POST
def begin(request: Request, code: str) -> HttpResponse:
    """Begin a draft."""
    town = get_municipality(code)
    draft = drafting.begin_draft(town, request.POST.get("name", ""), by=request.actor)
    return redirect("web:draft", code=code, pk=draft.pk)


@policy(Permission.DRAW_DRAFT)
@require_safe
def draft(request: Request, code: str, pk: int) -> HttpResponse:
    """Show a draft beside today, with the form of a step if one is asked for."""
    town = get_municipality(code)
    return _draft(request, town, drafting.get_draft(request.actor, town, pk))


def _draft(
    request: Request, town: Unit, found: Draft, data: Any = None, kind: str = ""
) -> HttpResponse:
    now = drafting.base_of(found)
    taken = drafting.drawn_on(found, now)
    asked = kind or BY_SLUG.get(request.GET.get("trin", ""), "")
    form = StepForm(data, kind=asked, chain=taken.chain) if asked else None
    context = {
        "town": town,
        "draft": found,
        "view": drafts_page.build(found, now, taken),
        "form": form,
        "kinds": ASKED.values(),
        "today": today(),
        "may_carry_out": may(request.actor, Permission.LOAD_CHAIN, at=town.path),
    }
    status = 400 if form is not None and data is not None else 200
    return render(request, "organisation/draft.html", context, status=status)


@policy(Permission.DRAW_DRAFT)
@require_POST
def add_step(request: Request, code: str, pk: int, slug: str) -> HttpResponse:
    """Add a step; show the form again with what is wrong in it."""
    town = get_municipality(code)
    found = drafting.get_draft(request.actor, town, pk)
    if slug not in BY_SLUG:
        raise NoSuchDraft(_("There is no such step in a draft."))
    chain = drafting.drawn_on(found, drafting.base_of(found)).chain
    form = StepForm(request.POST, kind=BY_SLUG[slug], chain=chain)
    if not form.is_valid():
        return _draft(request, town, found, request.POST, BY_SLUG[slug])
    drafting.add_step(found, form.step(), by=request.actor)
    return redirect("web:draft", code=code, pk=pk)


@policy(Permission.DRAW_DRAFT)
@require_POST
def remove_step(request: Request, code: str, pk: int, place: int) -> HttpResponse:
    """Take a step out again."""
    town = get_municipality(code)
    found = drafting.get_draft(request.actor, town, pk)
    drafting.remove_step(found, place, by=request.actor)
    return redirect("web:draft", code=code, pk=pk)


@policy(Permission.LOAD_CHAIN)
@require_POST
def carry_out(request: Request, code: str, pk: int) -> HttpResponse:
    """Let the chain be as drawn from a day on."""
    town = get_municipality(code)
    found = drafting.get_draft(request.actor, town, pk)
    drafting.carry_out(found, on=_day(request.POST.get("on", "")), by=request.actor)
    messages.success(request, _("The draft is carried out. The chain is as drawn."))
    return redirect("web:draft", code=code, pk=pk)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        words = _("“%(text)s” is not a day. Write it as 2026-08-01.")
        raise BadInput(words % {"text": text[:40]}) from error


@policy(Permission.DRAW_DRAFT)
@require_POST
def drop(request: Request, code: str, pk: int) -> HttpResponse:
    """Throw a draft away."""
    town = get_municipality(code)
    drafting.drop_draft(drafting.get_draft(request.actor, town, pk), by=request.actor)
    messages.success(request, _("The draft is thrown away. The chain is as it was."))
    return redirect("web:drafts", code=code)


@policy(Permission.LOAD_CHAIN)
@require_safe
def download(request: Request, code: str, pk: int) -> HttpResponse:
    """Give the drawn chain as a chain file; it holds every post's charter."""
    town = get_municipality(code)
    found = drafting.get_draft(request.actor, town, pk)
    chain = drafting.drawn_on(found, drafting.base_of(found)).chain
    name = f"udkast-{town.code}-{found.pk}.yaml"
    answer = HttpResponse(write_chain(chain, name), content_type="application/yaml")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
