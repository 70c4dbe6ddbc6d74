"""The assessment of a result, and the director's agenda."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission
from kaeden.dialogue.actions import assessments as actions
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.queries import assessments as queries
from kaeden.dialogue.queries import hypotheses
from kaeden.dialogue.queries.afterwards import came_after
from kaeden.dialogue.queries.agenda import decisions_on_result
from kaeden.dialogue.rules.assessments import AgendaStep
from kaeden.goals.queries import get_indicator
from kaeden.learning.queries import tests_of_change
from kaeden.organisation import queries as organisation
from kaeden.presentation import assessments as judgements
from kaeden.presentation import hypotheses as hypothesis_page
from kaeden.presentation import meetings
from kaeden.presentation import result as result_page
from kaeden.presentation.sources import attribution
from kaeden.presentation.tests_of_change import marks_of as test_marks
from kaeden.publication import queries as publication
from kaeden.web.assessment_forms import AssessmentForm, assessment_form
from kaeden.web.differences import ways_to_differences, ways_to_gaps
from kaeden.web.hanging import on_result
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Policy.PUBLIC)
@require_safe
def result(request: Request, code: str, name: str) -> HttpResponse:
    """Show one result with the form that assesses it."""
    return _result(request, code, name)


def _result(
    request: Request,
    code: str,
    name: str,
    *,
    wrong: AssessmentForm | None = None,
    written: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a result; `written` are words that somebody else in the post came before."""
    unit = organisation.get_place(code)
    release = publication.current_release(unit.municipality_code)
    figure = publication.get_figure(release.id, unit, name)
    figures = publication.of_units(release.id, [unit.pk])
    verdict = queries.may_assess(request.actor, figure, release.id)
    own = queries.own_words(request.actor, figure, release.id) if verdict else None
    found = queries.assessments_at(request.actor, unit, name)
    hanging, marks = on_result(request.actor, unit, name)
    tried = tests_of_change.shared_on_result(request.actor, unit, name)
    marks = (*marks, *judgements.marks(found), *test_marks(tried))
    indicator = get_indicator(name)
    shown = {
        "view": result_page.build(indicator, figure, figures, release, marks),
        "hanging": hanging,
        "said": judgements.beside(found, came_after(found, figures), release.id),
        "decisions": [
            meetings.decision(one)
            for one in decisions_on_result(request.actor, unit.pk, name)
        ],
        "form": wrong or assessment_form(own, written),
        "is_anew": own is not None,
        "hypotheses": [
            hypothesis_page.view(one)
            for one in hypotheses.hypotheses_at(request.actor, unit, name)
        ],
        "may_claim": hypotheses.may_write(request.actor, unit.path),
        "verdict": verdict,
        "differences": ways_to_differences(unit, release.id, [name]),
        "for_whom": ways_to_gaps(unit, [name]),
        "attribution": attribution([name], release.scope),
    }
    return render(request, "dialogue/result.html", shown, status=status)


@policy(Permission.ASSESS_RESULT)
@require_POST
def assess(request: Request, code: str, name: str) -> HttpResponse:
    """Write the assessment; show the form again with what is missing."""
    form = AssessmentForm(request.POST)
    if not form.is_valid():
        return _result(request, code, name, wrong=form, status=400)
    unit = organisation.get_place(code)
    release = publication.current_release(unit.municipality_code)
    figure = publication.get_figure(release.id, unit, name)
    said = form.said()
    try:
        actions.assess(figure, release_id=release.id, by=request.actor, **said)
    except OthersWereQuicker as error:
        messages.error(request, str(error.message))
        return _result(request, code, name, written=form.cleaned_data, status=409)
    messages.success(request, judgements.thanks(request.actor.role))
    return redirect("web:desk")


@policy(Permission.DECIDE_AGENDA)
@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    """Put a proposed item on the agenda."""
    item = queries.get_item(request.actor, pk)
    actions.decide(item, AgendaStep.ACCEPTED, by=request.actor)
    messages.success(request, _("The item is on the agenda."))
    return redirect("web:desk")


@policy(Permission.DECIDE_AGENDA)
@require_POST
def decline(request: Request, pk: int) -> HttpResponse:
    """Leave a proposed item off the agenda."""
    item = queries.get_item(request.actor, pk)
    actions.decide(item, AgendaStep.DECLINED, by=request.actor)
    messages.success(request, _("The item is declined."))
    return redirect("web:desk")
