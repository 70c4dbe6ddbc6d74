"""What is judged of results: by one's own post, and how soon by each level."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaeden.access.rules import Permission, may, require
from kaeden.dialogue.queries import afterwards as queries
from kaeden.dialogue.queries.first_act import first_acts
from kaeden.dialogue.rules.afterwards import record_of
from kaeden.organisation import queries as organisation
from kaeden.organisation.errors import NoSuchUnit
from kaeden.presentation import assessments as page
from kaeden.presentation import first_act as acts_page
from kaeden.presentation.sources import attribution
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Policy.POST)
@require_safe
def mine(request: Request) -> HttpResponse:
    """Show what one's post has judged, and how many of the judgements still stand."""
    found = queries.mine(request.actor)
    scope, newest = queries.newest_of(request.actor, found)
    after = queries.came_after(found, newest)
    shown = {
        "assessments": page.judged(found, after),
        "record": page.record_words(record_of(one.fate for one in after.values())),
        "attribution": attribution({one.indicator for one in found}, scope)
        if found
        else "",
    }
    return render(request, "dialogue/my_assessments.html", shown)


@policy(Permission.READ_HOLDERS)
@require_safe
def first_act(request: Request, code: str) -> HttpResponse:
    """Show how soon each level acts on what stands out; never of single units."""
    town = organisation.get_municipality(code)
    within = may(request.actor, Permission.READ_HOLDERS, at=town.path)
    require(within, otherwise=NoSuchUnit)
    view = acts_page.build(town, first_acts(town))
    return render(request, "dialogue/first_act.html", {"town": town, "view": view})
