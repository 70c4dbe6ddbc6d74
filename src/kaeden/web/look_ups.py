"""Write down who is shown what not everybody may see, before it is sent.

Protected is each page and file that somebody who is signed in is shown, unless its view
says that it is the same for all: what anybody may read tells nothing of who reads it,
and a log of that would only be a log of people. A refusal or a redirect shows nothing.
"""

import logging
from typing import ClassVar, cast

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kaeden.audit.actions import record_look_up
from kaeden.shared.errors import KaedenError
from kaeden.web.middleware import Answer, ErrorPage, Request, page_of
from kaeden.web.policy import is_same_for_all

SHOWN = frozenset({200, 400, 409})
"""Answers that hold a page or a file; with 400 and 409 a form comes back."""
log = logging.getLogger(__name__)


class CannotBeLogged(KaedenError):
    """Who saw it can't be written down now, so it is not shown."""

    http_status: ClassVar[int] = 503


class LookUpMiddleware:
    """Give every protected answer its row in the trail; without one, no answer."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, when what is shown stands in the trail (at most 2 queries)."""
        response = self.answer(request)
        route = _protected_route(request, response)
        if not route:
            return response
        actor = cast("Request", request).actor
        try:
            record_look_up(route, request.get_full_path(), by=actor)
        except DatabaseError:
            log.exception("A look-up could not be written; the page was not sent.")
            error = _(
                "The page can't be shown, because it can't be written down who sees "
                "it. Try again in a moment."
            )
            return page_of(request, CannotBeLogged(error))
        return response


def _protected_route(request: HttpRequest, response: HttpResponse) -> str:
    """Return the route of an answer that not everybody may see; else nothing."""
    match, actor = request.resolver_match, cast("Request", request).actor
    if match is None or actor.user_id is None or is_same_for_all(match.func):
        return ""
    shows = response.status_code in SHOWN and not isinstance(response, ErrorPage)
    return match.view_name if shows else ""
