"""Read the audit trail; each docstring ends with what it costs."""

from collections.abc import Collection

from django.db.models import Max
from django.utils.translation import gettext as _

from kaeden.audit.errors import TrailIsDamaged
from kaeden.audit.models import CHAINS, Entry, Event
from kaeden.audit.rules import Head, follow

BATCH = 2_000


def latest() -> int:
    """Return the number of the newest event; it grows with every change (1 query).

    Every action writes its event in its own transaction, so an unchanged number means
    that nothing has changed. What was seen changes nothing, and is not counted.
    """
    newest = Event.objects.aggregate(pk=Max("pk"))["pk"]
    return newest or 0


def head_of(entries: type[Entry]) -> Head:
    """Return the newest row of a chain (1 query)."""
    newest = entries._default_manager.order_by("-pk").first()
    return Head() if newest is None else Head(number=newest.pk, digest=newest.digest)


def verify(noted: Collection[str] = ()) -> dict[str, Head]:
    """Follow each chain, and return their heads (1 query for 2,000 rows).

    `noted` are heads as they were printed before, ``"812:9f3c…"``.

    Raises
    ------
    TrailIsDamaged
        At the first row that is not as it was written; or if a noted head is in no
        chain, because its end was cut off or written anew.
    """
    heads = {entries.chain: _verified(entries) for entries in CHAINS}
    for one in noted:
        if not _holds(one):
            raise TrailIsDamaged(
                _(
                    "No chain holds the head %(head)s. The end of the trail was cut "
                    "off or written anew. Compare it with a backup."
                )
                % {"head": one}
            )
    return heads


def _verified(entries: type[Entry]) -> Head:
    rows = entries._default_manager.order_by("pk").iterator(chunk_size=BATCH)
    return follow(entries.chain, (entry.as_row() for entry in rows))


def _holds(noted: str) -> bool:
    """Whether a head that was noted before stands in a chain (at most 2 queries)."""
    number, _colon, digest = noted.partition(":")
    if noted == str(Head()) or not number.isdecimal():
        return noted == str(Head())
    rows = (one._default_manager.filter(pk=number, digest=digest) for one in CHAINS)
    return any(found.exists() for found in rows)
