"""What somebody must do before anything else: a password and a second factor."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kaeden.access.rules import Actor
from kaeden.accounts.models import User
from kaeden.accounts.rules import needs_second_factor
from kaeden.web.middleware import Answer, Request
from kaeden.web.policy import Policy, policy_of
from kaeden.web.sessions import SECOND_FACTOR

NEW_PASSWORD, SET_UP_CODES = "account_change_password", "mfa_activate_totp"

ALWAYS_OPEN = frozenset(
    {
        *(NEW_PASSWORD, SET_UP_CODES, "web:sign_out"),
        *("account_reauthenticate", "mfa_reauthenticate"),
    }
)
"""The routes that one can use while something is still to be done first."""


class DutyMiddleware:
    """Send who has something to do first to the page where it is done."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; as long as there is something to do, one acts in no post."""
        known = cast("Request", request)
        known.duty = _duty_of(known) if known.actor.user_id else ""
        if known.duty:
            known.actor = Actor(user_id=known.actor.user_id)
            known.actor_label, known.seats = "", ()
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_arguments: Any
    ) -> HttpResponse | None:
        """Let public pages through, and send from all others to the duty's page."""
        duty = cast("Request", request).duty
        route = request.resolver_match.view_name if request.resolver_match else ""
        if not duty or route in ALWAYS_OPEN or policy_of(view) is Policy.PUBLIC:
            return None
        return redirect(duty)


def _duty_of(request: Request) -> str:
    """Return the route of what is to be done first; empty for nothing (0 queries)."""
    user = cast("User", request.user)
    if user.initial_password_until is not None:
        return NEW_PASSWORD
    if not settings.KAEDEN_SECOND_FACTOR or user.is_demo:
        return ""
    is_strong = request.session.get(SECOND_FACTOR, False)
    roles = (seat.role for seat in request.seats)
    return SET_UP_CODES if needs_second_factor(roles) and not is_strong else ""
