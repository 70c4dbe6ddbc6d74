"""One level below a political goal."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kaeden.access.rules import Permission, may, require
from kaeden.dialogue.queries import concerns
from kaeden.dialogue.queries.thread import hanging_on
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.queries import get_goal
from kaeden.goals.said import along
from kaeden.organisation.queries import get_municipality
from kaeden.organisation.snapshot import chain_of
from kaeden.presentation import concerns as concern_page
from kaeden.presentation import goal_level as page
from kaeden.presentation.goal_thread import thread_of
from kaeden.presentation.sources import attribution
from kaeden.publication import queries as publication
from kaeden.shared.clock import today
from kaeden.web.middleware import Request
from kaeden.web.policy import policy

LEVELS = {address: level for level, address in page.ADDRESSES.items()}


@policy(Permission.READ_MEANING)
@require_safe
def level(request: Request, code: str, key: str, level: str) -> HttpResponse:
    """Show what a goal means at a level, what is agreed there, and the results."""
    actor, town = request.actor, get_municipality(code)
    goal = get_goal(town, key)
    if level not in LEVELS or not goal.is_adopted or goal.id is None:
        raise NoSuchGoal(_("There is no such goal here."))
    require(may(actor, Permission.READ_MEANING, at=goal.unit_path))
    said, release = along(actor, goal, today()), publication.current_release(town.code)
    chain, used = chain_of(town, today()), [one.id for one in goal.indicators]
    view = page.build(
        goal,
        thread_of(goal, chain, said),
        chain,
        LEVELS[level],
        page.Below(
            said=said,
            hanging=hanging_on(actor, goal),
            figures=publication.below(release.id, town.path, used),
        ),
    )
    shown = {
        "nav": "goals",
        "goal": goal,
        "view": view,
        "concerns": [concern_page.view(o) for o in concerns.on_goal(actor, goal.id)],
        "attribution": attribution(used, release.scope),
    }
    return render(request, "goals/level.html", shown)
