"""Tests of change: what is tried, what is counted, what is decided and shared."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Actor, Permission
from kaeden.learning.actions import observations
from kaeden.learning.actions import tests_of_change as actions
from kaeden.learning.practices import Practice
from kaeden.learning.queries import lessons
from kaeden.learning.queries import tests_of_change as queries
from kaeden.learning.queries.practices import practices
from kaeden.learning.queries.taking_part import can_be_asked
from kaeden.learning.queries.tests_of_change import SeenTest
from kaeden.organisation.queries import get_municipality
from kaeden.presentation import lessons as lesson_views
from kaeden.presentation import tests_of_change as page
from kaeden.presentation.tests_of_change import TestView
from kaeden.web.change_forms import (
    AskToJoinForm,
    BeginForm,
    CountForm,
    DecideForm,
    PlanForm,
    ProlongForm,
    ShareForm,
)
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy

FOLDER = "learning"


@policy(Policy.POST)
@require_safe
def all_of_mine(request: Request) -> HttpResponse:
    """Show the tests that one reads."""
    actor = request.actor
    view = page.page(
        queries.seen_by(actor),
        {one.id for one in queries.tried_at(actor)},
        may_try=bool(queries.may_try(actor)),
    )
    return render(request, f"{FOLDER}/tests_of_change.html", {"view": view})


@policy(Permission.TRY_CHANGE)
@require_safe
def new(request: Request) -> HttpResponse:
    """Show the form on which a test is planned; `praksis` names a practice."""
    chosen = {"practice": request.GET.get("praksis", "")}
    return _new(request, PlanForm(practices=_practices(request.actor), initial=chosen))


def _new(request: Request, form: PlanForm, *, status: int = 200) -> HttpResponse:
    return render(
        request, f"{FOLDER}/new_test_of_change.html", {"form": form}, status=status
    )


@policy(Permission.TRY_CHANGE)
@require_POST
def plan(request: Request) -> HttpResponse:
    """Plan it; show the form again with what is missing."""
    form = PlanForm(request.POST, practices=_practices(request.actor))
    if not form.is_valid():
        return _new(request, form, status=400)
    made = actions.plan(form.plan(), by=request.actor)
    messages.success(
        request, _("It is written down. Count a few days, and then mark the start.")
    )
    return redirect("web:test_of_change", pk=made.pk)


def _practices(actor: Actor) -> dict[str, Practice]:
    return practices(get_municipality(actor.path.split("/")[1]))


@policy(Policy.POST)
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """Show one test, with what may be done now."""
    return _one(request, pk, {})


def _one(
    request: Request, pk: int, written: dict[str, forms.Form], *, status: int = 200
) -> HttpResponse:
    """Show a test; `written` are forms that come back with what is wrong."""
    seen = queries.get_seen(request.actor, pk)
    view = page.build(seen)
    shown = {
        "view": view,
        "forms": forms_of(request.actor, seen, view) | written,
        "wrong": next(iter(written.values()), None),
        "lessons": lesson_views.views(lessons.of_test(request.actor, pk)),
        "may_learn": bool(lessons.may_write(request.actor)),
    }
    return render(request, f"{FOLDER}/test_of_change.html", shown, status=status)


def forms_of(actor: Actor, seen: SeenTest, view: TestView) -> dict[str, forms.Form]:
    """Return the forms of a test (at most 6 queries, for whom to ask)."""
    found: dict[str, Any] = {
        "count": CountForm(view=view, prefix="tael"),
        "begin": BeginForm(prefix="start"),
        "decide": DecideForm(prefix="beslut"),
        "share": ShareForm(view=view, prefix="del"),
        "prolong": ProlongForm(prefix="til"),
    }
    if seen.leads:
        posts = can_be_asked(actor, queries.get_test(actor, seen.id))
        found["ask"] = AskToJoinForm(posts=posts, prefix="med")
    return found


@policy(Policy.POST)
@require_POST
def begin(request: Request, pk: int) -> HttpResponse:
    """Mark the start on the curve."""
    form = BeginForm(request.POST, prefix="start")
    if not form.is_valid():
        return _one(request, pk, {"begin": form}, status=400)
    actions.begin(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The start is marked on the curve."))
    return redirect("web:test_of_change", pk=pk)


@policy(Policy.POST)
@require_POST
def observe(request: Request, pk: int) -> HttpResponse:
    """Write a count; show the form again with what is wrong."""
    view = page.build(queries.get_seen(request.actor, pk))
    form = CountForm(request.POST, view=view, prefix="tael")
    if not form.is_valid():
        return _one(request, pk, {"count": form}, status=400)
    observations.observe(pk, form.count(), by=request.actor)
    messages.success(request, _("It is on the curve."))
    return redirect("web:test_of_change", pk=pk)


@policy(Policy.POST)
@require_POST
def take_back(request: Request, pk: int, count: int) -> HttpResponse:
    """Take back a count of one's own."""
    observations.take_back(pk, count, by=request.actor)
    messages.success(request, _("The count is taken back."))
    return redirect("web:test_of_change", pk=pk)


@policy(Policy.POST)
@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Adopt, adapt or abandon; show the form again with what is missing."""
    form = DecideForm(request.POST, prefix="beslut")
    if not form.is_valid():
        return _one(request, pk, {"decide": form}, status=400)
    actions.decide(pk, by=request.actor, **form.decided())
    messages.success(
        request, _("It is decided. Write what you have learnt, if you will.")
    )
    return redirect("web:test_of_change", pk=pk)


@policy(Policy.POST)
@require_POST
def prolong(request: Request, pk: int) -> HttpResponse:
    """Give it another end."""
    form = ProlongForm(request.POST, prefix="til")
    if not form.is_valid():
        return _one(request, pk, {"prolong": form}, status=400)
    actions.prolong(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It has another end."))
    return redirect("web:test_of_change", pk=pk)


@policy(Policy.POST)
@require_POST
def share(request: Request, pk: int) -> HttpResponse:
    """Let others read it."""
    view = page.build(queries.get_seen(request.actor, pk))
    form = ShareForm(request.POST, view=view, prefix="del")
    if not form.is_valid():
        return _one(request, pk, {"share": form}, status=400)
    actions.share(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is shared."))
    return redirect("web:test_of_change", pk=pk)


@policy(Policy.POST)
@require_POST
def ask_to_join(request: Request, pk: int) -> HttpResponse:
    """Ask another post to take part."""
    test = queries.get_test(request.actor, pk)
    posts = can_be_asked(request.actor, test)
    form = AskToJoinForm(request.POST, posts=posts, prefix="med")
    if not form.is_valid():
        return _one(request, pk, {"ask": form}, status=400)
    observations.ask_to_join(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("They are asked, and can read the test."))
    return redirect("web:test_of_change", pk=pk)


@policy(Policy.POST)
@require_POST
def join(request: Request, pk: int) -> HttpResponse:
    """Take part with one's own unit."""
    observations.join(pk, by=request.actor)
    messages.success(request, _("You take part. Count what you see."))
    return redirect("web:test_of_change", pk=pk)


@policy(Policy.POST)
@require_POST
def leave(request: Request, pk: int) -> HttpResponse:
    """Take no part from now on."""
    observations.leave(pk, by=request.actor)
    messages.success(request, _("You take no part from now on."))
    return redirect("web:tests_of_change")
