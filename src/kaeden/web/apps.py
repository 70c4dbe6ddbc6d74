"""Django finds the pages here; and a session notes here when it begins."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from kaeden.shared.clock import now

BEGAN, SEEN = "began", "seen"
"""Where a session keeps when it began and when it was last seen."""


class WebConfig(AppConfig):
    """The pages and their template tags."""

    name = "kaeden.web"


@receiver(user_logged_in)
def begin_stay(request: HttpRequest, **_about: Any) -> None:
    """Note when somebody signs in, in whichever way: from then on it is counted."""
    request.session[BEGAN] = request.session[SEEN] = now().timestamp()
