"""What is known of a practice's effect, for posts that read practices."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaeden.access.rules import Permission
from kaeden.goals.indicators import catalogue
from kaeden.goals.queries import get_listed_indicator
from kaeden.learning.queries.evidence import get_known
from kaeden.learning.queries.practices import get_practice, town_of
from kaeden.presentation import evidence
from kaeden.web.middleware import Request
from kaeden.web.policy import policy


@policy(Permission.READ_PRACTICES)
@require_safe
def all_effects(request: Request, key: str) -> HttpResponse:
    """Show how far up the ladder of evidence a practice stands (5 queries)."""
    town = town_of(request.actor)
    practice = get_practice(key, town)
    known = get_known(request.actor, key, town)
    view = evidence.build_all(known, practice, catalogue())
    return render(
        request, "learning/effects.html", {"practice": practice, "view": view}
    )


@policy(Permission.READ_PRACTICES)
@require_safe
def effect(request: Request, key: str, name: str) -> HttpResponse:
    """Show what a practice did to one indicator (5 queries)."""
    town, indicator = town_of(request.actor), get_listed_indicator(name)
    practice = get_practice(key, town)
    known = get_known(request.actor, key, town)
    weighed = known.by_indicator.get(name)
    return render(
        request,
        "learning/effect.html",
        {
            "practice": practice,
            "indicator": indicator,
            "rung": evidence.rung_words(known.rung),
            "view": evidence.build(indicator, practice, town.full_name, weighed),
        },
    )
