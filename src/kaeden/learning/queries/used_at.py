"""What units use, to learn from them; each docstring ends with what it costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kaeden.access.rules import Actor, Permission, may
from kaeden.learning.models import Adoption
from kaeden.learning.practices import Practice
from kaeden.learning.queries.practices import practices, town_of
from kaeden.organisation.queries import within


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedAt:
    """That a unit uses a practice, or used it."""

    practice: Practice
    started: date
    ended: date | None


def used_at(actor: Actor, units: Iterable[int]) -> Mapping[int, tuple[UsedAt, ...]]:
    """Return what some units of one's municipality use or used, by unit (3 queries).

    Nothing is asked for those who read no practices.
    """
    asked = set(units)
    if not asked or not may(actor, Permission.READ_PRACTICES, at=actor.path):
        return {}
    town = town_of(actor)
    known = practices(town)
    rows = Adoption.objects.filter(within(town, "unit__"), unit_id__in=asked)
    found: dict[int, list[UsedAt]] = {}
    for one in rows.order_by("started", "pk"):
        if practice := known.get(one.practice):
            used = UsedAt(practice=practice, started=one.started, ended=one.ended)
            found.setdefault(one.unit_id, []).append(used)
    return {unit: tuple(used) for unit, used in found.items()}
