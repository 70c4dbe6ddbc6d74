"""The competence map: what practices need of staff, and what staff can."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, has
from kaeden.learning.actions.competences import note
from kaeden.learning.queries.competences import get_competence, needs_below, newest_at
from kaeden.presentation import competences as page
from kaeden.web.middleware import Request
from kaeden.web.policy import policy
from kaeden.web.practice_forms import CountForm


@policy(Permission.READ_COMPETENCES)
@require_safe
def the_map(request: Request) -> HttpResponse:
    """Show the map of one's own unit and those below it."""
    view = page.build(request.actor, needs_below(request.actor))
    counts = has(request.actor, Permission.WRITE_COMPETENCES)
    shown = {"view": view, "counts": counts, "nav": "practices"}
    return render(request, "learning/competences.html", shown)


@policy(Permission.WRITE_COMPETENCES)
@require_safe
def count(request: Request, key: str) -> HttpResponse:
    """Show the form on which one counts who has a competence; by number, not by name."""
    newest = newest_at(request.actor.path, key)
    told = ("have", "wanted", "plan")
    initial = {name: getattr(newest, name) for name in told} if newest else {}
    return _count(request, key, CountForm(initial=initial))


def _count(
    request: Request, key: str, form: CountForm, *, status: int = 200
) -> HttpResponse:
    shown = {"competence": get_competence(key), "form": form, "nav": "practices"}
    return render(request, "learning/count.html", shown, status=status)


@policy(Permission.WRITE_COMPETENCES)
@require_POST
def note_count(request: Request, key: str) -> HttpResponse:
    """Note the count; show the form again with what is wrong."""
    form = CountForm(request.POST)
    if not form.is_valid():
        return _count(request, key, form, status=400)
    note(key, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is counted. The newest count holds."))
    return redirect("web:competences")
