"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _


def demo_notice(_request: HttpRequest) -> dict[str, str]:
    """Say on every page of the demo what is real in it and what is not."""
    if not settings.KAEDEN_DEMO:
        return {}
    return {
        "demo_notice": _(
            "The figures are real and public. Adopted goals, filled posts and "
            "assessments are written by visitors to this demo."
        )
    }
