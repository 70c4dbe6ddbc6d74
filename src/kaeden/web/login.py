"""What signing in means here: django-allauth does it and asks these adapters."""

import base64
import logging
import secrets
from typing import Any, ClassVar, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.accounts import actions
from kaeden.accounts.models import User
from kaeden.shared.clock import now
from kaeden.shared.errors import Refused
from kaeden.web.apps import BEGAN
from kaeden.web.middleware import page_of
from kaeden.web.municipal_login import give_posts
from kaeden.web.sessions import SECOND_FACTOR

log = logging.getLogger(__name__)
JUST_NOW = 300
"""Seconds after signing in, in which one need not show again who one is."""
STRONG = {"mfa", "socialaccount"}
"""The ways to sign in that show more than a password."""


class AccountAdapter(DefaultAccountAdapter):
    """Accounts with a password: made by the operator alone, changed by their owner."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy(
            "The user name or the password is wrong. Try again."
        ),
        "incorrect_password": gettext_lazy("The password is wrong. Try again."),
        "enter_current_password": gettext_lazy("The password is wrong. Try again."),
        "too_many_login_attempts": gettext_lazy(
            "It has been wrong too many times. Wait five minutes, and try again."
        ),
        "rate_limited": gettext_lazy(
            "It has been wrong too many times. Wait five minutes, and try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def pre_login(
        self, request: HttpRequest, user: User, **about: Any
    ) -> HttpResponse | None:
        """Refuse who is disabled and a first password that is too old; give posts."""
        until = user.initial_password_until
        if until is not None and until <= now():
            return page_of(
                request,
                Refused(
                    _(
                        "Your first password has not been used in time, and is no "
                        "longer valid. Ask for a new one."
                    )
                ),
            )
        stop = cast("HttpResponse | None", super().pre_login(request, user, **about))
        sociallogin = (about.get("signal_kwargs") or {}).get("sociallogin")
        if sociallogin and not stop:
            give_posts(request, user, sociallogin, is_new=about["signup"])
        return stop

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Begin a session that knows how strongly one has signed in."""
        super().login(request, user)
        used = {one["method"] for one in get_authentication_records(request, user)}
        request.session[SECOND_FACTOR] = bool(used & STRONG)

    def authentication_failed(self, _request: HttpRequest, **_credentials: Any) -> None:
        """Note that somebody was refused, not who."""
        log.warning("A password was refused.")

    def set_password(self, user: User, password: str) -> None:
        """Let somebody's own choice be their password."""
        actions.change_password(user, password)

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        """Return where one goes with a new password."""
        return reverse("web:account")

    def is_reauthentication_required(self, *, app: str, **_also: Any) -> bool:
        """Whether one must show again who one is: not just after signing in."""
        began: float = self.request.session[BEGAN]
        return bool(app) and now().timestamp() - began > JUST_NOW


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor: its secrets lie sealed in the database."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "The code is wrong or has been used. Wait for the next one, and try again."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret with the installation's own."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret; if the seal is another's, return one that fits no code."""
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.warning("A second factor was sealed with another secret key.")
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _seal() -> Fernet:
    key = salted_hmac("kaeden.second_factor", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
