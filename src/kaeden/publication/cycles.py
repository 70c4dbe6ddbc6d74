"""The releases of results, as stops in a year."""

from collections.abc import Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor
from kaeden.engine.models import COUNTRY
from kaeden.organisation.models import Unit
from kaeden.publication.models import Release
from kaeden.shared.cycles import Cycle, Stop
from kaeden.shared.periods import Period


def stops(_actor: Actor, town: Unit, year: Period) -> Iterator[Stop]:
    """Give what has been released to be read by a municipality (1 query)."""
    rows = Release.objects.filter(
        run__scope__in={COUNTRY, town.code},
        made_at__date__gte=year.begins,
        made_at__date__lt=year.ends,
    )
    for one in rows.order_by("version"):
        yield Stop(
            cycle=Cycle.RELEASE,
            day=localdate(one.made_at),
            words=_("Version %(version)d") % {"version": one.version},
            path=f"/kommune/{town.code}/",
            is_done=True,
        )
