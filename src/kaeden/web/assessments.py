"""What one's own post has judged, and what became of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaeden.dialogue.queries import afterwards as queries
from kaeden.dialogue.rules.afterwards import record_of
from kaeden.presentation import assessments as page
from kaeden.presentation.sources import attribution
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Policy.POST)
@require_safe
def mine(request: Request) -> HttpResponse:
    """Show what one's post has judged, and how many of the judgements still stand."""
    found = queries.mine(request.actor)
    after = queries.came_after(found, queries.newest_of(request.actor, found))
    shown = {
        "assessments": page.judged(found, after),
        "record": page.record_words(record_of(one.fate for one in after.values())),
        "attribution": attribution({one.indicator for one in found}) if found else "",
    }
    return render(request, "dialogue/my_assessments.html", shown)
