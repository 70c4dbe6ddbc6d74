"""What every page knows."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kaeden.organisation.rules import INVENTED, is_invented
from kaeden.web.middleware import Request


def demo_notice(request: HttpRequest) -> dict[str, str]:
    """Say what is invented on every page of Fjordby, and on the demo's other pages."""
    if _is_about_fjordby(request):
        return {
            "demo_notice": _(
                "Fjordby Municipality is invented. Its places, posts, goals and words "
                "exist nowhere else."
            )
        }
    if not settings.KAEDEN_DEMO:
        return {}
    return {
        "demo_notice": _(
            "The figures are real and public. Adopted goals, filled posts and "
            "assessments are written by visitors to this demo."
        )
    }


def _is_about_fjordby(request: HttpRequest) -> bool:
    """Whether a page is about a place in Fjordby, or for a post there."""
    route = request.resolver_match
    code = route.kwargs.get("code", "") if route else ""
    actor = getattr(cast("Request", request), "actor", None)
    sits_there = actor is not None and actor.path.split("/")[1:2] == [INVENTED]
    return sits_there or is_invented(code)
