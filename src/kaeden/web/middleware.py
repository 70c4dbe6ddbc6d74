"""Who asks, and what an error looks like to them."""

import logging
from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor
from kaeden.accounts.models import User
from kaeden.organisation.identity import Seat, identity_of
from kaeden.shared.errors import BadInput, KaedenError

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)
ACTING_POST = "acting_post"
"""Where the session keeps the post that its holder has chosen to act in."""


class Request(HttpRequest):
    """A request that the middleware has given its actor."""

    actor: Actor
    actor_label: str
    seats: tuple[Seat, ...]
    duty: str


class ActorMiddleware:
    """Give every request its actor, and the words for it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the actor known."""
        known = cast("Request", request)
        chosen = request.session.get(ACTING_POST)
        identity = identity_of(cast("User", request.user), chosen)
        known.actor, known.actor_label = identity.actor, identity.label
        known.seats = identity.seats
        response = self.answer(request)
        if identity.actor.user_id is not None:
            response["Cache-Control"] = "no-store"
        return response


class ErrorMiddleware:
    """Turn our errors into pages that say what happened and what to do."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a zero byte is nobody's word, and PostgreSQL can't store one."""
        if _holds_zero_byte(request):
            error = BadInput(
                _("What was sent holds a zero byte. Go back, and write it anew.")
            )
            return page_of(request, error)
        return self.answer(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Show an error of ours; leave others to Django, which logs them."""
        if not isinstance(exception, KaedenError):
            return None
        return page_of(request, exception)


class ErrorPage(HttpResponse):
    """A page that says an error of ours, and shows nothing else."""


def page_of(request: HttpRequest, error: KaedenError) -> ErrorPage:
    """Return the page that says an error of ours."""
    said = render_to_string("error.html", {"message": error.message}, request)
    return ErrorPage(said, status=error.http_status)


def _holds_zero_byte(request: HttpRequest) -> bool:
    sent = (request.path, *request.GET.values(), *request.POST.values())
    return any("\0" in str(text) for text in sent)
