"""What somebody who signs in has set up."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from kaeden.accounts.models import User


def a_second_factor(user: User) -> Authenticator:
    """An app on somebody's telephone."""
    kept: Authenticator = TOTP.activate(user, generate_totp_secret()).instance
    return kept
