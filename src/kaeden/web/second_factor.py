"""The second factor: set up with an app, asked for at sign-in, and taken away again.

django-allauth holds the flows; these heirs give them our pages and our audit trail.
"""

from typing import Any, cast

from allauth.account.views import PasswordChangeView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.recovery_codes.views import (
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from kaeden.accounts import actions
from kaeden.accounts.models import User
from kaeden.shared.errors import NotFound
from kaeden.web.sessions import SECOND_FACTOR, end_others


class WithPassword:
    """A page for those who sign in here with a password; the others have no such."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, or say that there is no password here to change or to strengthen."""
        if not cast("User", request.user).has_own_password:
            raise NotFound(
                _("You sign in with another login. Password and codes belong to it.")
            )
        return cast("HttpResponse", super().dispatch(request, *args, **kwargs))  # type: ignore[misc]


class NewPassword(WithPassword, PasswordChangeView):
    """Choose a new password; sessions in other browsers end."""

    template_name = "accounts/new_password.html"


class PasswordAgain(WithPassword, ReauthenticateView):
    """Show once more who one is, with the password."""

    template_name = "accounts/password_again.html"


class CodeAgain(WithPassword, ReauthenticateByCodeView):
    """Show once more who one is, with a code."""

    template_name = "accounts/code_again.html"


class AskForCode(AuthenticateView):
    """Ask for a code before somebody is signed in."""

    template_name = "accounts/code.html"


class SetUpCodes(WithPassword, ActivateTOTPView):
    """Set up the app that says codes; sessions in other browsers end."""

    template_name = "accounts/set_up_codes.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the app, note it, and go on in a session that is strong now."""
        response = cast("HttpResponse", super().form_valid(form))
        actions.second_factor_is_set(cast("User", self.request.user))
        end_others(self.request)
        self.request.session[SECOND_FACTOR] = True
        return response


class RemoveCodes(WithPassword, DeactivateTOTPView):
    """Take the app away, to set up another one."""

    template_name = "accounts/remove_codes.html"
    success_url = reverse_lazy("web:account")

    def form_valid(self, form: Any) -> HttpResponse:
        """Forget the app and note it; the session is no longer strong."""
        response = cast("HttpResponse", super().form_valid(form))
        actions.second_factor_is_removed(cast("User", self.request.user))
        self.request.session[SECOND_FACTOR] = False
        return response


class RecoveryCodes(WithPassword, ViewRecoveryCodesView):
    """Show the recovery codes, once."""

    template_name = "accounts/recovery_codes.html"


class NewRecoveryCodes(WithPassword, GenerateRecoveryCodesView):
    """Make new recovery codes; the old ones are void."""

    template_name = "accounts/new_recovery_codes.html"
