"""Sessions end by themselves, and what they show is kept nowhere."""

from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kaeden.accounts.rules import Stay
from kaeden.shared.clock import now
from kaeden.web.middleware import Answer

BEGAN, SEEN = "began", "seen"
"""Where a session keeps when it began and when it was last seen."""


class StayMiddleware:
    """Sign out who has been away for too long, or signed in for too long."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a session that is over is emptied, and the person is told why."""
        if SESSION_KEY not in request.session:
            return self.answer(request)
        moment = now().timestamp()
        stay = Stay(
            began=request.session.setdefault(BEGAN, moment),
            seen=request.session.setdefault(SEEN, moment),
        )
        if stay.is_over(moment):
            return _ended(request)
        if stay.is_due(moment):
            request.session[SEEN] = moment
        return self.answer(request)


def _ended(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(
        request,
        _("You have been signed out, because it was long ago. Sign in again."),
    )
    response = redirect("web:sign_in")
    response["Cache-Control"] = "no-store"
    return response
