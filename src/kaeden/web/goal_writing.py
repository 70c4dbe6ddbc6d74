"""Write a goal with the goal check beside it, keep drafts, give a goal an owner."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, may, require
from kaeden.goals import queries, rights
from kaeden.goals.actions import writing
from kaeden.goals.goalcheck import check as held_up
from kaeden.goals.indicators import catalogue
from kaeden.goals.models import Goal
from kaeden.goals.said import get_draft
from kaeden.organisation import queries as organisation
from kaeden.organisation.models import Post, Unit
from kaeden.presentation import goal_check
from kaeden.presentation.figures import value_words
from kaeden.publication import queries as publication
from kaeden.web.goal_forms import GoalForm, OwnerForm, owners, typed, written
from kaeden.web.middleware import Request
from kaeden.web.policy import policy

DRAFT = "kladde"
"""The name of a draft in an address and in the form."""


def _place(request: Request, code: str) -> tuple[Unit, Unit]:
    """Return the municipality, and the unit that one's post writes goals for."""
    town = organisation.get_municipality(code)
    require(rights.may_write_in(request.actor, town))
    own = request.actor.path.rsplit("/", 1)[-1]
    return town, organisation.get_unit(town, own)


def _form(town: Unit, unit: Unit, *data: Any, **facts: Any) -> GoalForm:
    """Return the form of a goal of a unit; an area's is a step towards another."""
    posts = organisation.posts_by_key(town)
    above = [one for one in queries.goals_of(town) if one.is_adopted]
    return GoalForm(
        *data, owners=owners(posts, unit), above=above if unit != town else (), **facts
    )


def _baseline(town: Unit, indicator: str) -> str:
    """Return where an indicator is today, in words; empty where there is no figure."""
    release = publication.current_release(town.code)
    figures = publication.of_units(release.id, [town.pk])
    latest = (one for one in figures if one.is_latest and one.indicator == indicator)
    figure = next(latest, None)
    if figure is None or figure.value is None:
        return ""
    return f"{value_words(catalogue()[indicator], figure)} ({figure.period})"


def _page(
    request: Request,
    town: Unit,
    unit: Unit,
    form: GoalForm,
    *,
    draft: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the form with the check of what is written so far."""
    so_far = form.draft()
    baseline = _baseline(town, so_far.indicator)
    found = held_up(form.draft(baseline=baseline), catalogue())
    context = {
        "town": town,
        "nav": "goals",
        "unit": unit,
        "form": form,
        "check": goal_check.build(found) if so_far.sentence.strip() else None,
        "baseline": baseline,
        "draft": draft,
    }
    name = "goals/write.html"
    if request.headers.get("HX-Request"):
        name += "#check"
    return render(request, name, context, status=status)


@policy(Permission.WRITE_GOAL)
@require_safe
def write(request: Request, code: str) -> HttpResponse:
    """Show the form, empty or with a draft."""
    town, unit = _place(request, code)
    draft = request.GET.get(DRAFT, "")
    kept = get_draft(request.actor, draft) if draft else None
    initial = kept.content if kept else {}
    form = _form(town, unit, initial=initial)
    return _page(request, town, unit, form, draft=kept.id if kept else None)


@policy(Permission.WRITE_GOAL)
@require_POST
def check(request: Request, code: str) -> HttpResponse:
    """Hold what is written up to the questions; nothing is kept and nothing refused."""
    town, unit = _place(request, code)
    form = _form(town, unit, initial=typed(request.POST))
    return _page(request, town, unit, form, draft=_draft_id(request))


@policy(Permission.WRITE_GOAL)
@require_POST
def save(request: Request, code: str) -> HttpResponse:
    """Keep what is written as a draft."""
    _place(request, code)
    kept = writing.save_draft(
        typed(request.POST), by=request.actor, draft=_draft_id(request)
    )
    messages.success(request, _("The draft is kept. Only your post sees it."))
    there = reverse("web:write_goal", kwargs={"code": code})
    return redirect(f"{there}?{DRAFT}={kept.pk}")


@policy(Permission.WRITE_GOAL)
@require_POST
def adopt(request: Request, code: str) -> HttpResponse:
    """Adopt the goal as it is written; only the sentence must be there."""
    town, unit = _place(request, code)
    form = _form(town, unit, request.POST)
    draft = _draft_id(request)
    if not form.is_valid():
        return _page(request, town, unit, form, draft=draft, status=400)
    made = writing.write_goal(
        form.text(),
        unit=unit,
        by=request.actor,
        owner=_chosen(town, form.cleaned_data["owner"]),
        serves=_served(town, form.cleaned_data.get("serves", "")),
    )
    if draft is not None:
        writing.drop_draft(draft, by=request.actor)
    messages.success(request, _("The goal is adopted. Set a target when you can."))
    return redirect("web:goal", code=code, key=made.key)


def _draft_id(request: Request) -> int | None:
    text = request.POST.get(DRAFT, "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _chosen(town: Unit, key: str) -> Post | None:
    return organisation.get_post_by_key(town, key) if key else None


def _served(town: Unit, key: str) -> Goal | None:
    return queries.get_adopted(town, key) if key else None


@policy(Permission.WRITE_GOAL)
@require_POST
def drop(request: Request, code: str, pk: int) -> HttpResponse:
    """Throw a draft away."""
    _place(request, code)
    writing.drop_draft(pk, by=request.actor)
    messages.success(request, _("The draft is thrown away."))
    return redirect("web:goals", code=code)


@policy(Permission.WRITE_GOAL)
@require_safe
def reword(request: Request, code: str, key: str) -> HttpResponse:
    """Show the municipality's own goal in the form that writes it anew."""
    town, found, row = _own(request, code, key)
    form = _form(town, row.unit, initial=written(found))
    return _reword(request, town, found, form)


@policy(Permission.WRITE_GOAL)
@require_POST
def save_reworded(request: Request, code: str, key: str) -> HttpResponse:
    """Write the goal anew; the words until now are kept."""
    town, found, row = _own(request, code, key)
    form = _form(town, row.unit, request.POST, initial=written(found))
    if not form.is_valid():
        return _reword(request, town, found, form, status=400)
    writing.reword(row, form.text(), by=request.actor)
    messages.success(request, _("The goal is written anew. The old words are kept."))
    return redirect("web:goal", code=code, key=key)


def _own(
    request: Request, code: str, key: str
) -> tuple[Unit, queries.MunicipalGoal, Goal]:
    """Return a goal that one's post writes, with its row."""
    town = organisation.get_municipality(code)
    row = queries.get_adopted(town, key)
    require(may(request.actor, Permission.WRITE_GOAL, at=row.unit.path))
    return town, queries.get_goal(town, key), row


def _reword(
    request: Request,
    town: Unit,
    found: queries.MunicipalGoal,
    form: GoalForm,
    *,
    status: int = 200,
) -> HttpResponse:
    baseline = _baseline(town, form.draft().indicator)
    so_far = replace(form.draft(baseline=baseline), owner=_owner_key(found))
    del form.fields["owner"]
    form.fields.pop("serves", None)
    context = {
        "town": town,
        "goal": found,
        "form": form,
        "check": goal_check.build(held_up(so_far, catalogue())),
        "baseline": baseline,
    }
    return render(request, "goals/reword.html", context, status=status)


@policy(Permission.WRITE_GOAL)
@require_safe
def owner(request: Request, code: str, key: str) -> HttpResponse:
    """Show who answers for a goal, and the forms that give it to another or end it."""
    town, found, row = _own(request, code, key)
    form = _owner_form(town, row.unit, initial={"owner": _owner_key(found)})
    return _owner(request, town, found, form)


def _owner_form(town: Unit, unit: Unit, *data: Any, **facts: Any) -> OwnerForm:
    posts = organisation.posts_by_key(town)
    return OwnerForm(*data, owners=owners(posts, unit), **facts)


def _owner_key(found: queries.MunicipalGoal) -> str:
    return found.owner.key if found.owner else ""


def _owner(
    request: Request,
    town: Unit,
    found: queries.MunicipalGoal,
    form: OwnerForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"town": town, "goal": found, "form": form}
    return render(request, "goals/owner.html", context, status=status)


@policy(Permission.WRITE_GOAL)
@require_POST
def give(request: Request, code: str, key: str) -> HttpResponse:
    """Let a post answer for the goal from today."""
    town, found, row = _own(request, code, key)
    form = _owner_form(town, row.unit, request.POST)
    if not form.is_valid():
        return _owner(request, town, found, form, status=400)
    post = organisation.get_post_by_key(town, form.cleaned_data["owner"])
    writing.give_owner(row, post, by=request.actor)
    messages.success(request, _("The goal has an owner."))
    return redirect("web:goal", code=code, key=key)


@policy(Permission.WRITE_GOAL)
@require_POST
def end(request: Request, code: str, key: str) -> HttpResponse:
    """End the goal today; what was written and reached under it is kept."""
    _town, _found, row = _own(request, code, key)
    writing.end_goal(row, by=request.actor)
    messages.success(request, _("The goal is ended. What was reached is kept."))
    return redirect("web:goals", code=code)
