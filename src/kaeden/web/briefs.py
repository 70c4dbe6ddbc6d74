"""The team's brief: a page for the wall and a slide, and what they show of what we try."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission
from kaeden.dialogue.actions import briefs as actions
from kaeden.dialogue.queries.briefs import Briefing, tickable
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality, get_unit_at
from kaeden.presentation import brief as words
from kaeden.reports import briefs as papers
from kaeden.reports.document import Document, Shape
from kaeden.reports.paper import pdf
from kaeden.shared.words import slug
from kaeden.web.middleware import Request
from kaeden.web.policy import policy

GOAL, SHOWN = "maal", "vis"
"""The names of a goal in an address, and of what is ticked in the form."""


@policy(Permission.TAKE_UP_GOAL)
@require_safe
def brief(request: Request) -> HttpResponse:
    """Show the goals one can print a brief on, and what one may tick for the team."""
    briefing, unit = _at(request)
    shown = {
        "unit": unit,
        "goals": briefing.goals_at(unit),
        "ticks": tickable(request.actor),
    }
    return render(request, "dialogue/brief.html", shown)


@policy(Permission.TAKE_UP_GOAL)
@require_POST
def show_team(request: Request) -> HttpResponse:
    """Keep what is ticked: that is shown the team, and nothing else."""
    actions.show_team(request.POST.getlist(SHOWN), by=request.actor)
    messages.success(request, _("The brief shows what you have ticked."))
    return redirect("web:brief")


@policy(Permission.TAKE_UP_GOAL)
@require_safe
def sheet(request: Request) -> HttpResponse:
    """Send the A4 page."""
    return _paper(request, papers.sheet)


@policy(Permission.TAKE_UP_GOAL)
@require_safe
def slide(request: Request) -> HttpResponse:
    """Send the slide."""
    return _paper(request, papers.slide)


def _at(request: Request) -> tuple[Briefing, Unit]:
    unit = get_unit_at(request.actor.path)
    return Briefing(get_municipality(unit.municipality_code)), unit


def _paper(
    request: Request, lay_out: Callable[[words.BriefView], Document]
) -> HttpResponse:
    """Send a brief, or say on the page of briefs that there is nothing to print."""
    briefing, unit = _at(request)
    found = briefing.brief(unit, request.GET.get(GOAL, ""))
    if found is None:
        nothing = _(
            "There is nothing to print yet: no goal is adopted, no figure released."
        )
        messages.info(request, nothing)
        return redirect("web:brief")
    document = lay_out(words.build(found))
    end = "-slide" if document.shape is Shape.SLIDE else ""
    name = f"{slug(found.unit.name)}-{slug(found.goal.key)}{end}.pdf"
    return HttpResponse(
        pdf(document),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
