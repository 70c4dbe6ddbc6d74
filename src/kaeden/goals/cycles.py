"""The years by which targets are to be met, as stops in a year."""

from collections.abc import Iterator
from datetime import timedelta

from kaeden.access.rules import Actor, Permission, may
from kaeden.goals.models import Target
from kaeden.goals.queries import goals_by_id
from kaeden.organisation.models import Unit
from kaeden.shared.clock import today
from kaeden.shared.cycles import Cycle, Stop
from kaeden.shared.periods import Period


def stops(actor: Actor, town: Unit, year: Period) -> Iterator[Stop]:
    """Give the targets of one's own unit and those above it (2 queries)."""
    parts = actor.path.split("/")
    paths = ["/".join(parts[:end]) for end in range(2, len(parts) + 1)]
    seen = [one for one in paths if may(actor, Permission.READ_MEANING, at=one)]
    rows = Target.objects.at(today()).filter(
        goal__municipality=town, unit__path__in=seen
    )
    found = list(rows.select_related("unit").order_by("by_period", "pk"))
    names = goals_by_id({one.goal_id for one in found})
    for one in found:
        day = Period.parse(one.by_period).ends - timedelta(days=1)
        if one.goal_id in names and year.begins <= day < year.ends:
            yield Stop(
                cycle=Cycle.TARGET,
                day=day,
                words=f"{names[one.goal_id].name}, {one.unit.full_name}",
                path=f"/kommune/{town.code}/maaltal/{one.pk}/",
                is_mine=one.post_id == actor.post_id,
            )
