"""The ends of one's own tests of change, as stops in a year."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kaeden.access.rules import Actor
from kaeden.learning.queries.tests_of_change import mine
from kaeden.organisation.models import Unit
from kaeden.shared.cycles import Cycle, Stop
from kaeden.shared.periods import Period


def stops(actor: Actor, _town: Unit, year: Period) -> Iterator[Stop]:
    """Give the ends of tests that one's own post takes part in (5 queries)."""
    words = _("“%(name)s” ends")
    for one in mine(actor):
        for cycle in one.cycles:
            day = cycle.decided_on or cycle.ends_on
            if one.part and year.begins <= day < year.ends:
                yield Stop(
                    cycle=Cycle.TRIAL,
                    day=day,
                    words=words % {"name": one.name},
                    path=f"/afproevninger/{one.id}/",
                    is_mine=True,
                    is_done=cycle.decision is not None,
                )
