"""Change goals: each verb once, for every door."""

import math

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.goals import starter
from kaeden.goals.errors import GoalIsAdopted, NoSuchGoal
from kaeden.goals.indicators import Direction, catalogue
from kaeden.goals.models import Goal, Target
from kaeden.organisation.models import Post, Unit
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput
from kaeden.shared.periods import Period


@transaction.atomic
def adopt(
    key: str,
    *,
    municipality: Unit,
    by: Actor,
    target: float | None = None,
    by_period: str = "",
) -> Goal:
    """Take up a goal of the starter set, with a target for its lead indicator or none.

    Raises
    ------
    Forbidden
        If none of `by`'s posts reaches the municipality.
    NoSuchGoal
        If the starter set has no such goal.
    GoalIsAdopted
        If the municipality has it already.
    BadInput
        If the target is out of range, or has no year.
    """
    require(may(by, Permission.ADOPT_GOAL, at=municipality.path))
    wanted = next((goal for goal in starter.goals() if goal.id == key), None)
    if wanted is None:
        raise NoSuchGoal(_("There is no such goal in the starter set."))
    owner = Post.objects.get(
        unit__path__startswith=f"{municipality.path}/",
        role=wanted.owner_role.value,
        valid_to__isnull=True,
    )
    goal, is_new = Goal.objects.get_or_create(
        municipality=municipality,
        key=key,
        defaults={"owner_post": owner, "adopted_on": today()},
    )
    if not is_new:
        raise GoalIsAdopted(_("The municipality has adopted this goal already."))
    if target is not None:
        _set_target(goal, wanted.lead_indicator, target, by_period)
    record(Event.Kind.GOAL_ADOPTED, by=by, about=goal)
    return goal


def _set_target(goal: Goal, indicator_id: str, value: float, by_period: str) -> None:
    indicator = catalogue()[indicator_id]
    if not indicator.direction.judges:
        raise BadInput(
            _("“%(title)s” has no better way, so it can have no target.")
            % {"title": indicator.title}
        )
    plausible = indicator.plausible
    if not math.isfinite(value) or (
        plausible and not plausible.lowest <= value <= plausible.highest
    ):
        raise BadInput(
            _("%(value)s cannot be a target for “%(title)s”. Write another number.")
            % {"value": value, "title": indicator.title}
        )
    Target.objects.create(
        goal=goal,
        indicator=indicator_id,
        value=value,
        at_most=indicator.direction is Direction.LOWER,
        by_period=str(Period.parse(by_period)),
    )
