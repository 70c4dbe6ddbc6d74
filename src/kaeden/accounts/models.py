"""The person who logs in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac


class User(AbstractUser):
    """An account. What it may do follows from the posts it holds, never from here.

    `initial_password_until` is set while the password is one that somebody else chose,
    and says until when it can be used. A new `session_generation` ends every session
    that was begun in an older one. Who `wants_reminders` and has an address gets an
    e-mail of what waits, once a week at most.
    """

    is_demo = models.BooleanField(default=False)
    initial_password_until = models.DateTimeField(null=True, blank=True)
    session_generation = models.PositiveIntegerField(default=0)
    wants_reminders = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def has_own_password(self) -> bool:
        """Whether one signs in here with a password, and not elsewhere or as a demo."""
        return self.has_usable_password() and not self.is_demo

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must match; Django asks at every request."""
        told = f"{self.password} {self.session_generation}"
        return salted_hmac(
            "kaeden.accounts.session", told, secret=secret, algorithm="sha256"
        ).hexdigest()
