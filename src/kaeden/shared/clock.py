"""The one place that knows what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return the current moment, aware of its time zone."""
    return _told.get() or timezone.now()


def today() -> date:
    """Return the current day in the installation's time zone."""
    return timezone.localdate(now())


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at a moment, for a story told from its beginning.

    Only `kaeden.demo` and tests stand anywhere but now; a test holds the rest to it.
    """
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
