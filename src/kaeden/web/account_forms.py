"""The forms of signing in, the password and the second factor, in our words."""

from typing import Any, ClassVar

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _


class Plain(forms.Form):
    """A form in our words: no text inside a field, and no hints from elsewhere."""

    labels: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""
        for name, label in self.labels.items():
            self.fields[name].label = label


class SignInForm(Plain, LoginForm):
    """User name and password."""

    labels: ClassVar = {"login": _("User name"), "password": _("Password")}


class NewPasswordForm(Plain, ChangePasswordForm):
    """The password one has, and the new one twice."""

    labels: ClassVar = {
        "oldpassword": _("The password you have now"),
        "password1": _("New password"),
        "password2": _("The new password once more"),
    }


class PasswordAgainForm(Plain, ReauthenticateForm):
    """The password, asked for once more."""

    labels: ClassVar = {"password": _("Password")}


class CodeAgainForm(Plain, ReauthenticateByCodeForm):
    """A code, asked for once more."""

    labels: ClassVar = {"code": _("Code")}


class CodeForm(Plain, AuthenticateForm):
    """A code from the app, or a recovery code; each is used once."""

    labels: ClassVar = {"code": _("Code")}

    def clean_code(self) -> str:
        """Return a code that fits and has not been used for as long as it fits.

        A code fits some time before and after its own half minute; allauth remembers
        it for half a minute only.
        """
        code: str = super().clean_code()
        fits = settings.MFA_TOTP_TOLERANCE * 2 + 1
        key = f"kaeden.code.{self.user.pk}.{code}"
        if not cache.add(key, value=True, timeout=30 * fits):
            raise get_adapter().validation_error("incorrect_code")
        return code


class FirstCodeForm(Plain, ActivateTOTPForm):
    """The first code of an app that is being set up."""

    labels: ClassVar = {"code": _("Code from the app")}


class RemindersForm(forms.Form):
    """Where the weekly e-mail goes, and whether one wants it."""

    address = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Write an e-mail address, such as a@b.dk.")},
    )
    wants = forms.BooleanField(
        label=_("Tell me once a week at most, when something waits for me"),
        required=False,
    )
