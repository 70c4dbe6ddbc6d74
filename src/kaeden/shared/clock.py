"""The one place that knows what time it is."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return the current moment, aware of its time zone."""
    return timezone.now()


def today() -> date:
    """Return the current day in the installation's time zone."""
    return timezone.localdate()
