"""What was learnt: find it, write it, take it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Actor, Permission
from kaeden.learning.actions import lessons as actions
from kaeden.learning.practices import Practice
from kaeden.learning.queries import lessons as queries
from kaeden.learning.queries.practices import practices
from kaeden.organisation.queries import get_municipality
from kaeden.presentation import lessons as page
from kaeden.web.change_forms import LearntForm
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy

FOLDER = "learning"
LONGEST_SEARCH = 100


@policy(Policy.POST)
@require_safe
def search(request: Request) -> HttpResponse:
    """Show what was learnt in the municipality; `q` says what is looked for."""
    asked = request.GET.get("q", "")[:LONGEST_SEARCH]
    found = queries.search(request.actor, asked)
    shown = {
        "asked": asked,
        "lessons": page.views(found, _practices(request.actor)),
        "may_write": bool(queries.may_write(request.actor)),
    }
    return render(request, f"{FOLDER}/lessons.html", shown)


@policy(Permission.WRITE_LESSON)
@require_safe
def new(request: Request) -> HttpResponse:
    """Show the form; `afproevning` and `praksis` say what the lesson is from."""
    first = {
        "test": request.GET.get("afproevning", ""),
        "practice": request.GET.get("praksis", ""),
    }
    return _new(request, LearntForm(practices=_practices(request.actor), initial=first))


def _new(request: Request, form: LearntForm, *, status: int = 200) -> HttpResponse:
    return render(request, f"{FOLDER}/new_lesson.html", {"form": form}, status=status)


@policy(Permission.WRITE_LESSON)
@require_POST
def write(request: Request) -> HttpResponse:
    """Write it; show the form again with what is missing."""
    form = LearntForm(request.POST, practices=_practices(request.actor))
    if not form.is_valid():
        return _new(request, form, status=400)
    actions.write(form.learnt(), by=request.actor)
    messages.success(request, _("It is kept with your unit, whoever leads it."))
    return redirect("web:lessons")


@policy(Policy.POST)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back a lesson that one's post has written."""
    actions.withdraw(pk, by=request.actor)
    messages.success(request, _("The lesson is taken back."))
    return redirect("web:lessons")


def _practices(actor: Actor) -> dict[str, Practice]:
    return practices(get_municipality(actor.path.split("/")[1]))
