"""A municipality's goals, one goal with its way down the chain, and its adoption."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, has, may
from kaeden.dialogue.queries import questions
from kaeden.dialogue.queries.agenda import decisions_on_goal
from kaeden.dialogue.queries.attention import attention_of
from kaeden.dialogue.queries.whereabouts import of_questions
from kaeden.dialogue.rules.questions import State
from kaeden.goals import queries, rights
from kaeden.goals.actions import writing
from kaeden.goals.said import along, drafts_of
from kaeden.goals.standing import Standing, standing_of
from kaeden.goals.targets import targets_of
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality, rights_in
from kaeden.organisation.rules import is_invented
from kaeden.organisation.snapshot import chain_of
from kaeden.presentation import attention, goal_thread, meetings
from kaeden.presentation import goal as goal_page
from kaeden.presentation import goals as goals_page
from kaeden.presentation import questions as question_page
from kaeden.presentation.as_of import AsOf, as_of
from kaeden.presentation.sources import attribution
from kaeden.publication import queries as publication
from kaeden.publication.gap_queries import newest_gaps
from kaeden.web.forms import TargetForm
from kaeden.web.hanging import on_goal
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Policy.PUBLIC)
@require_safe
def goals(request: Request, code: str) -> HttpResponse:
    """Show the goals as sentences: where, which way, will we get there, for whom."""
    town = get_municipality(code)
    shown = as_of(request.path, request.GET.dict())
    release = publication.current_release(town.code)
    stands = standing_of(request.actor, town, shown.day)
    figures = publication.of_units(release.id, [town.pk])
    may_write = rights.may_write_in(request.actor, town)
    leads = {one.lead for one in stands.goals} | {
        one.indicator for one in stands.targets
    }
    gaps = newest_gaps(release, town, leads)
    view = goals_page.build(stands, figures, release, gaps)
    context = {
        "town": town,
        "nav": "goals",
        "as_of": shown,
        "view": view,
        "attention": _attention(request, town, stands, view),
        "may_write": may_write,
        "drafts": drafts_of(request.actor) if may_write else (),
        "attribution": attribution(
            (one.lead for one in stands.goals if one.lead), release.scope
        ),
    }
    return render(request, "goals/goals.html", context)


def _attention(
    request: Request, town: Unit, stands: Standing, view: goals_page.GoalsPage
) -> tuple[attention.AttentionRow, ...]:
    """Return each goal's year, for those who lead the whole municipality."""
    if request.actor.path != town.path:
        return ()
    found = attention_of(request.actor, town, stands.goals)
    return attention.rows(view.lines, stands.goals, found)


@policy(Policy.PUBLIC)
@require_safe
def goal(request: Request, code: str, key: str) -> HttpResponse:
    """Show one goal with its figures and its way down the chain, on a day."""
    town = get_municipality(code)
    shown = as_of(request.path, request.GET.dict())
    found = queries.get_goal(town, key, shown.day)
    return _goal(request, town, found, shown, TargetForm(goal=found))


def _goal(
    request: Request,
    town: Unit,
    found: queries.MunicipalGoal,
    shown: AsOf,
    form: TargetForm,
) -> HttpResponse:
    actor, release = request.actor, publication.current_release(town.code)
    targets = targets_of(actor, found.ids, shown.day)
    units = {town.pk, *(one.unit.pk for one in targets)}
    figures = publication.of_units(release.id, units)
    gaps = newest_gaps(release, town, {one.indicator for one in targets})
    context = {
        "town": town,
        "nav": "goals",
        "goal": found,
        "as_of": shown,
        "view": goal_page.build(town, found, targets, figures, release, gaps),
        "acts": goal_page.acts(actor, town, found) if shown.is_now else (),
        "form": form,
        "may_open_targets": has(actor, Permission.READ_MEANING),
        "verdict": may(actor, Permission.ADOPT_GOAL, at=town.path),
        "is_demo": settings.KAEDEN_DEMO and not is_invented(town.code),
        "attribution": attribution((one.id for one in found.indicators), release.scope),
    }
    if found.is_adopted:
        said, chain = along(actor, found, shown.day), chain_of(town, shown.day)
        thread = goal_thread.build(found, chain, said, actor, rights_in(town))
        context |= {"said": goal_page.said(said), "thread": thread}
        if shown.is_now:
            context |= _questions(request, town, found)
            context["hanging"] = on_goal(actor, town, found)
    status = 400 if form.errors else 200
    return render(request, "goals/goal.html", context, status=status)


def _questions(
    request: Request, town: Unit, found: queries.MunicipalGoal
) -> dict[str, Any]:
    """Return what is asked, said and decided about a goal, and if one can ask more."""
    actor, goal_id = request.actor, found.id or 0
    may_ask = may(actor, Permission.ASK_QUESTION, at=town.path)
    asked = questions.on_goal(actor, found)
    waiting = [one.id for one in asked if one.state is State.OPEN]
    had = attention_of(actor, town, [found]).get(goal_id)
    decided = decisions_on_goal(actor, goal_id)
    return {
        "questions": question_page.views(asked, of_questions(town, waiting)),
        "may_ask": bool(may_ask and found.owner),
        "attention": attention.said(had) if had is not None else "",
        "decisions": [meetings.decision(one) for one in decided],
    }


@policy(Permission.ADOPT_GOAL)
@require_POST
def adopt(request: Request, code: str, key: str) -> HttpResponse:
    """Adopt the goal, with a target or without; show again what can't be used."""
    town = get_municipality(code)
    found = queries.get_goal(town, key)
    form = TargetForm(request.POST, goal=found)
    if not form.is_valid():
        return _goal(request, town, found, as_of(request.path, {}), form)
    writing.adopt(key, municipality=town, by=request.actor, **form.target())
    messages.success(request, _("The goal is adopted."))
    return redirect("web:goal", code=code, key=key)
