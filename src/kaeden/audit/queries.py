"""Read the audit trail; each docstring ends with what it costs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.errors import TrailIsDamaged
from kaeden.audit.models import CHAINS, Entry, Event, LookUp
from kaeden.audit.rules import Head, follow

BATCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows of a municipality's trail are asked for; what is empty asks nothing.

    `place` is the code of a unit: rows of posts there, and pages about it. `last` is
    the last day that counts.
    """

    post_id: int | None = None
    place: str = ""
    first: date | None = None
    last: date | None = None


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


def rows_of(
    actor: Actor, entries: type[Entry], wanted: Wanted, *, at: str
) -> QuerySet[Entry]:
    """Return the rows of a municipality's posts, newest first (0 queries until read).

    A row belongs to the municipality of the post that was acted in, as it was then.

    Raises
    ------
    Forbidden
        If the actor does not read the trail of the municipality with the path `at`.
    """
    require(may(actor, Permission.READ_TRAIL, at=at))
    found = entries._default_manager.filter(Q(seat=at) | Q(seat__startswith=f"{at}/"))
    if wanted.post_id is not None:
        found = found.filter(post_id=wanted.post_id)
    if wanted.place:
        found = found.filter(_about(entries, wanted.place))
    if wanted.first:
        found = found.filter(at__gte=_beginning(wanted.first))
    if wanted.last:
        found = found.filter(at__lt=_beginning(wanted.last + timedelta(days=1)))
    return found.order_by("-pk")


def posts_in(actor: Actor, *, at: str) -> set[int]:
    """Return the ids of the posts that a municipality's trail tells of (2 queries)."""
    return {
        post
        for entries in CHAINS
        for post in rows_of(actor, entries, Wanted(), at=at)
        .order_by()
        .values_list("post_id", flat=True)
        .distinct()
        if post is not None
    }


def _about(entries: type[Entry], code: str) -> Q:
    about = Q(seat__endswith=f"/{code}") | Q(seat__contains=f"/{code}/")
    return about | Q(address__contains=f"/{code}/") if entries is LookUp else about


def _beginning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
