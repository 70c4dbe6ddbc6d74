"""Targets of a unit, what is said of them, and the deviations that are accepted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, may, require
from kaeden.goals import queries, rights
from kaeden.goals.actions import following
from kaeden.goals.models import Target
from kaeden.goals.rules import TargetKind
from kaeden.goals.targets import get_target, get_target_row, targets_of
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality, get_unit
from kaeden.presentation import targets as presented
from kaeden.publication import queries as publication
from kaeden.publication.gap_queries import newest_gaps
from kaeden.shared.clock import today
from kaeden.web.goal_forms import CheckInForm, DeviationForm
from kaeden.web.middleware import Request
from kaeden.web.policy import policy
from kaeden.web.target_forms import ADDRESS, KIND_NAMES, UnitTargetForm

KIND = "slags"
"""The name of a target's kind in an address."""


def _kind(request: Request) -> TargetKind:
    """Return the kind that is asked for; a level if none is known."""
    return ADDRESS.get(request.GET.get(KIND, ""), TargetKind.LEVEL)


@policy(Permission.SET_TARGET)
@require_safe
def new(request: Request, code: str, key: str, unit: str) -> HttpResponse:
    """Show a unit's targets of a goal, and the form that sets another."""
    town, found, place = _place(request, code, key, unit)
    form = UnitTargetForm(kind=_kind(request), goal=found)
    return _new(request, town, found, place, form)


def _place(
    request: Request, code: str, key: str, unit: str
) -> tuple[Unit, queries.MunicipalGoal, Unit]:
    town = get_municipality(code)
    place = get_unit(town, unit)
    found = queries.get_goal(town, key)
    require(may(request.actor, Permission.SET_TARGET, at=place.path))
    return town, found, place


def _new(
    request: Request,
    town: Unit,
    found: queries.MunicipalGoal,
    place: Unit,
    form: UnitTargetForm,
) -> HttpResponse:
    release = publication.current_release(town.code)
    figures = publication.of_units(release.id, [place.pk])
    there = targets_of(request.actor, found.ids, today(), unit=place)
    gaps = newest_gaps(release, town, {one.indicator for one in there})
    words = {kind: word for word, kind in ADDRESS.items()}
    context = {
        "town": town,
        "goal": found,
        "unit": place,
        "form": form,
        "kind": words[form.kind],
        "kinds": [
            (word, KIND_NAMES[kind], kind is form.kind)
            for word, kind in ADDRESS.items()
        ],
        "targets": [presented.build(one, figures, gaps) for one in there],
    }
    status = 400 if form.errors else 200
    return render(request, "goals/set_target.html", context, status=status)


@policy(Permission.SET_TARGET)
@require_POST
def save(request: Request, code: str, key: str, unit: str) -> HttpResponse:
    """Set the target; show the form again with what can't be."""
    town, found, place = _place(request, code, key, unit)
    form = UnitTargetForm(request.POST, kind=_kind(request), goal=found)
    if not form.is_valid():
        return _new(request, town, found, place, form)
    row = queries.get_adopted(town, key)
    made = following.set_target(row, form.wanted(), unit=place, by=request.actor)
    messages.success(request, _("The target is set."))
    return redirect("web:target", code=code, pk=made.pk)


@policy(Permission.READ_MEANING)
@require_safe
def target(request: Request, code: str, pk: int) -> HttpResponse:
    """Show a target, what was said of it, and what one's post may do with it."""
    return _target(request, code, pk, CheckInForm(), DeviationForm())


def _target(
    request: Request, code: str, pk: int, said: CheckInForm, deviation: DeviationForm
) -> HttpResponse:
    town = get_municipality(code)
    found = get_target(request.actor, town, pk)
    release = publication.current_release(town.code)
    figures = publication.of_units(release.id, [found.unit.pk])
    gaps = newest_gaps(release, town, [found.indicator])
    wrong = next((one for one in (said, deviation) if one.errors), None)
    context = {
        "town": town,
        "goal": queries.get_goal_of(town, found.goal_id),
        "view": presented.build(found, figures, gaps),
        "check_in": said,
        "deviation": deviation,
        "wrong": wrong,
        "may_check_in": rights.may_check_in(request.actor, found),
        "may_accept": rights.may_accept(request.actor, found),
        "may_end": may(request.actor, Permission.SET_TARGET, at=found.unit.path),
    }
    status = 400 if wrong else 200
    return render(request, "goals/target.html", context, status=status)


@policy(Permission.CHECK_IN)
@require_POST
def check_in(request: Request, code: str, pk: int) -> HttpResponse:
    """Say how it goes; earlier words stay."""
    row = get_target_row(request.actor, get_municipality(code), pk)
    form = CheckInForm(request.POST)
    if not form.is_valid():
        return _target(request, code, pk, form, DeviationForm())
    following.check_in(row, form.text(), by=request.actor)
    messages.success(request, _("It is written down. What you wrote before is kept."))
    return redirect("web:target", code=code, pk=pk)


@policy(Permission.ACCEPT_DEVIATION)
@require_POST
def accept(request: Request, code: str, pk: int) -> HttpResponse:
    """Accept that the target is missed until a day, as it stands now and no worse."""
    row = get_target_row(request.actor, get_municipality(code), pk)
    form = DeviationForm(request.POST)
    if not form.is_valid():
        return _target(request, code, pk, CheckInForm(), form)
    following.accept_deviation(
        row, by=request.actor, value=_value_now(row), **form.cleaned_data
    )
    messages.success(request, _("The deviation is accepted."))
    return redirect("web:target", code=code, pk=pk)


def _value_now(row: Target) -> float | None:
    """Return the value that the target's indicator has at its unit now."""
    release = publication.current_release(row.unit.municipality_code)
    figures = publication.of_units(release.id, [row.unit_id])
    now = (
        one.value for one in figures if one.is_latest and one.indicator == row.indicator
    )
    return next(now, None)


@policy(Permission.SET_TARGET)
@require_POST
def end(request: Request, code: str, pk: int) -> HttpResponse:
    """End the target; what was said of it is kept."""
    row = get_target_row(request.actor, get_municipality(code), pk)
    following.end_target(row, by=request.actor)
    messages.success(request, _("The target is ended."))
    return redirect("web:target", code=code, pk=pk)
