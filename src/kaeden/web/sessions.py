"""Sessions end by themselves, and what they show is kept nowhere."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kaeden.accounts import actions
from kaeden.accounts.models import User
from kaeden.accounts.rules import Stay
from kaeden.shared.clock import now
from kaeden.web.apps import BEGAN, SEEN
from kaeden.web.kept import sign_in_again
from kaeden.web.middleware import Answer

SECOND_FACTOR = "second_factor"
"""Where a session keeps whether one showed more than a password when it began."""


class StayMiddleware:
    """Sign out who has been away for too long, or signed in for too long."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a session that is over is emptied, and the person is told why.

        So is the session of an account that has been disabled.
        """
        if SESSION_KEY not in request.session:
            return self.answer(request)
        if not request.user.is_authenticated:
            request.session.flush()
            return self.answer(request)
        moment = now().timestamp()
        stay = Stay(
            began=request.session.get(BEGAN, 0.0), seen=request.session.get(SEEN, 0.0)
        )
        if stay.is_over(moment):
            return _ended(request)
        if stay.is_due(moment):
            request.session[SEEN] = moment
        return self.answer(request)


def _ended(request: HttpRequest) -> HttpResponse:
    logout(request)
    if request.method != "POST":
        messages.info(
            request,
            _("You have been signed out, because it was long ago. Sign in again."),
        )
    response = sign_in_again(request)
    response["Cache-Control"] = "no-store"
    return response


def end_others(request: HttpRequest) -> None:
    """End somebody's sessions in other browsers; this one gets a new key."""
    user = cast("User", request.user)
    actions.end_sessions(user)
    user.refresh_from_db(fields=["session_generation"])
    update_session_auth_hash(request, user)
