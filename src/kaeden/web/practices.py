"""What works: the list of practices, one of them, several side by side, and its use."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, has, may
from kaeden.goals.indicators import catalogue
from kaeden.learning.actions import adoptions
from kaeden.learning.actions import practices as actions
from kaeden.learning.queries import practices as queries
from kaeden.learning.queries.lessons import of_practice
from kaeden.learning.queries.lives import get_life, lives
from kaeden.learning.queries.running import loads
from kaeden.presentation import (
    forecasts,
    lessons,
    practice_card,
    practice_choice,
    practices_in_use,
)
from kaeden.presentation import practices as page
from kaeden.shared.clock import today
from kaeden.web.middleware import Request
from kaeden.web.policy import policy
from kaeden.web.practice_forms import DecideForm, EndForm, StartForm, TellForm

SECTOR, INDICATOR, CHOSEN = "sektor", "indikator", "praksis"
"""What an address says of the list: ``?sektor=skole&indikator=school-absence``."""


@policy(Permission.READ_PRACTICES)
@require_safe
def all_of_them(request: Request) -> HttpResponse:
    """List the practices by what they should move."""
    asked = request.GET.get(INDICATOR, "")
    view = page.build(
        lives(queries.town_of(request.actor)),
        sector=page.SECTOR_IN_ADDRESS.get(request.GET.get(SECTOR, "")),
        indicator=asked if asked in catalogue() else "",
    )
    writes = has(request.actor, Permission.WRITE_PRACTICE)
    shown = {"view": view, "writes": writes, "nav": "practices"}
    return render(request, "learning/practices.html", shown)


@policy(Permission.READ_PRACTICES)
@require_safe
def side_by_side(request: Request) -> HttpResponse:
    """Show two to four practices beside each other."""
    found = lives(queries.town_of(request.actor))
    view = practice_choice.build(found, request.GET.getlist(CHOSEN))
    shown = {"view": view, "nav": "practices"}
    return render(request, "learning/choice.html", shown)


@policy(Permission.READ_PRACTICES)
@require_safe
def one(request: Request, key: str) -> HttpResponse:
    """Show one practice, who uses it, and what is decided of it."""
    return _one(request, key)


def _one(
    request: Request,
    key: str,
    *,
    wrong: StartForm | DecideForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    life = get_life(key, queries.town_of(actor))
    uses = {path for one in life.in_use for path in one.at}
    adopts = may(actor, Permission.ADOPT_PRACTICE, at=actor.path)
    shown = {
        "view": practice_card.build(actor, life),
        "adopts": bool(adopts) and actor.path not in uses,
        "ahead": forecasts.entry(actor, key),
        "decides": has(actor, Permission.DECIDE_PRACTICE),
        "lessons": lessons.views(of_practice(actor, key)),
        "wrong": wrong,
        "start": wrong if isinstance(wrong, StartForm) else StartForm(),
        "decide": wrong if isinstance(wrong, DecideForm) else DecideForm(),
        "nav": "practices",
    }
    return render(request, "learning/practice.html", shown, status=status)


@policy(Permission.ADOPT_PRACTICE)
@require_POST
def adopt(request: Request, key: str) -> HttpResponse:
    """Say that one's unit uses it, from today or from a day before."""
    form = StartForm(request.POST)
    if not form.is_valid():
        return _one(request, key, wrong=form, status=400)
    made = adoptions.start(key, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is noted that you use it. Tell how you do it."))
    return redirect("web:adoption", pk=made.pk)


@policy(Permission.DECIDE_PRACTICE)
@require_POST
def decide(request: Request, key: str) -> HttpResponse:
    """Decide what becomes of it, with the reason."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _one(request, key, wrong=form, status=400)
    actions.decide(key, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The decision stands on the practice's page."))
    return redirect("web:practice", key=key)


@policy(Permission.READ_ADOPTION)
@require_safe
def in_use(request: Request) -> HttpResponse:
    """Show what one's unit uses, and those below it."""
    actor = request.actor
    town = queries.town_of(actor)
    view = practices_in_use.build(
        actor,
        queries.adoptions_below(actor, town),
        queries.practices(town),
        loads(today(), below=actor.path),
    )
    adopts = has(actor, Permission.ADOPT_PRACTICE)
    shown = {"view": view, "adopts": adopts, "nothing": practices_in_use.nothing()}
    return render(request, "learning/in_use.html", shown | {"nav": "practices"})


@policy(Permission.ADOPT_PRACTICE)
@require_safe
def adoption(request: Request, pk: int) -> HttpResponse:
    """Show a use of one's own unit, to tell of it or to end it."""
    return _adoption(request, pk)


def _adoption(
    request: Request,
    pk: int,
    *,
    wrong: TellForm | EndForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = queries.get_adoption(request.actor, pk)
    practice = queries.practices(queries.town_of(request.actor)).get(found.practice)
    told = {"fidelity": found.fidelity, "adaptations": found.adaptations}
    shown = {
        "title": str(practice.title) if practice else found.practice,
        "href": page.href(found.practice) if practice else "",
        "use": practice_card.use(request.actor, found),
        "wrong": wrong,
        "tell": wrong if isinstance(wrong, TellForm) else TellForm(initial=told),
        "end": wrong if isinstance(wrong, EndForm) else EndForm(),
        "nav": "practices",
    }
    return render(request, "learning/adoption.html", shown, status=status)


@policy(Permission.ADOPT_PRACTICE)
@require_POST
def tell(request: Request, pk: int) -> HttpResponse:
    """Tell how far it is followed; show the form again with what is wrong."""
    form = TellForm(request.POST)
    if not form.is_valid():
        return _adoption(request, pk, wrong=form, status=400)
    adoptions.tell(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is noted how you use it."))
    return redirect("web:in_use")


@policy(Permission.ADOPT_PRACTICE)
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """End the use of it, from today."""
    form = EndForm(request.POST)
    if not form.is_valid():
        return _adoption(request, pk, wrong=form, status=400)
    adoptions.end(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("It is noted that you use it no longer."))
    return redirect("web:in_use")
