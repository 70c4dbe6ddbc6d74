"""The municipality's vision and values: read them, and write them anew."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, may, require
from kaeden.goals import held
from kaeden.goals.actions import values as value_actions
from kaeden.goals.actions import writing
from kaeden.goals.rules import LEADERSHIP_LEVEL_NAMES
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality
from kaeden.presentation.as_of import as_of
from kaeden.web.goal_forms import ValueForm, VisionForm
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy

VALUE = "vaerdi"
"""The name of a value in an address, to write it anew."""


@policy(Policy.PUBLIC)
@require_safe
def vision_and_values(request: Request, code: str) -> HttpResponse:
    """Show the vision and the values, each with how it is seen, on a day."""
    town = get_municipality(code)
    again = request.GET.get(VALUE, "")
    found = {str(one.id): one for one in held.values_of(town, as_of("", {}).day)}
    value = found.get(again)
    form = ValueForm(initial=_written(value)) if value else ValueForm()
    return _page(request, town, form, None)


def _written(value: held.HeldValue) -> dict[str, str]:
    seen = {level.value: words for level, words in value.seen.items()}
    return {"name": value.name, "meaning": value.meaning, **seen}


def _page(
    request: Request, town: Unit, value: ValueForm, vision: VisionForm | None
) -> HttpResponse:
    asked = {} if request.method == "POST" else request.GET.dict()
    shown = as_of(f"/kommune/{town.code}/vaerdier/", asked)
    standing = held.vision_of(town, shown.day)
    form = vision or VisionForm(
        initial={"sentence": standing.sentence, "why": standing.why}
    )
    wrong = next((one for one in (value, form) if one.errors), None)
    context = {
        "town": town,
        "nav": "goals",
        "as_of": shown,
        "vision": standing,
        "values": [
            (one, [(LEADERSHIP_LEVEL_NAMES[at], said) for at, said in one.seen.items()])
            for one in held.values_of(town, shown.day)
        ],
        "value_form": value,
        "vision_form": form,
        "wrong": wrong,
        "may_write_values": may(request.actor, Permission.WRITE_VALUES, at=town.path),
        "may_write_vision": may(request.actor, Permission.WRITE_VISION, at=town.path),
    }
    return render(request, "goals/held.html", context, status=400 if wrong else 200)


@policy(Permission.WRITE_VISION)
@require_POST
def write_vision(request: Request, code: str) -> HttpResponse:
    """Write the vision; the words until now are kept."""
    town = get_municipality(code)
    require(may(request.actor, Permission.WRITE_VISION, at=town.path))
    form = VisionForm(request.POST)
    if not form.is_valid():
        return _page(request, town, ValueForm(), form)
    writing.write_vision(municipality=town, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The vision is written. The old words are kept."))
    return redirect("web:held", code=code)


@policy(Permission.WRITE_VALUES)
@require_POST
def write_value(request: Request, code: str) -> HttpResponse:
    """Write a value, or what is known of it anew."""
    town = get_municipality(code)
    require(may(request.actor, Permission.WRITE_VALUES, at=town.path))
    form = ValueForm(request.POST)
    if not form.is_valid():
        return _page(request, town, form, None)
    value_actions.write_value(
        form.cleaned_data["name"],
        meaning=form.cleaned_data["meaning"],
        seen=form.seen(),
        municipality=town,
        by=request.actor,
    )
    messages.success(request, _("The value is written."))
    return redirect("web:held", code=code)


@policy(Permission.WRITE_VALUES)
@require_POST
def end_value(request: Request, code: str, pk: int) -> HttpResponse:
    """Let a value go; what it was is kept."""
    town = get_municipality(code)
    value_actions.end_value(held.get_value(town, pk), by=request.actor)
    messages.success(request, _("The value is let go. What it was is kept."))
    return redirect("web:held", code=code)
