"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kaeden.access.rules import NOBODY, Actor
from kaeden.organisation.rules import INVENTED, is_invented
from kaeden.presentation.menu import Entry, menu
from kaeden.web.policy import is_same_for_all


def demo_notice(request: HttpRequest) -> dict[str, str]:
    """Say what is invented on every page of Fjordby, and on the demo's other pages."""
    if _is_about_fjordby(request):
        return {
            "demo_notice": _(
                "Fjordby Municipality is invented. Its places, posts, goals, figures "
                "and words exist nowhere else."
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


def main_menu(request: HttpRequest) -> dict[str, tuple[Entry, ...]]:
    """Give the main menu of the role that one acts in."""
    return {"main_menu": menu(getattr(request, "actor", NOBODY))}


def _is_about_fjordby(request: HttpRequest) -> bool:
    """Whether a page is about a place in Fjordby, or made for a post there."""
    route = request.resolver_match
    if route is None:
        return False
    if is_invented(route.kwargs.get("code", "")):
        return True
    actor: Actor = getattr(request, "actor", NOBODY)
    sits_there = actor.path.split("/")[1:2] == [INVENTED]
    return sits_there and not is_same_for_all(route.func)
