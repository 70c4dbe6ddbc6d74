"""Read the audit trail; each docstring ends with what it costs."""

from django.db.models import Max

from kaeden.audit.models import Event


def latest() -> int:
    """Return the number of the newest event; it grows with every change (1 query).

    Every action writes its event in its own transaction, so an unchanged number means
    that nothing has changed.
    """
    newest = Event.objects.aggregate(pk=Max("pk"))["pk"]
    return newest or 0
