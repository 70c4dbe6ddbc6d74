"""Tell a year of presence: most leaders plan, and some follow their plan.

What they note is put in at once, like the answers to the pulse: the verbs would take
one step for each of some thousand visits.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from kaeden.conditions.models import PresenceNote, PresencePlan
from kaeden.conditions.rules.presence import (
    LEADER_LEVELS,
    LeaderLevel,
    PresenceKind,
    month_after,
    month_of,
    months_before,
)
from kaeden.demo.scene import Scene, Telling
from kaeden.organisation.models import Holding
from kaeden.shared.clock import today
from kaeden.shared.workdays import is_workday

PLAN_AT_ALL = 0.8
USUAL = {
    LeaderLevel.TOP: (2, 1, 1),
    LeaderLevel.LEADERS: (4, 2, 2),
    LeaderLevel.DEPARTMENTS: (6, 3, 3),
}
"""Visits, observations and talks with feedback that a level plans in a month."""
FOLLOWED, BETTER_EACH_MONTH, SPREAD = 0.75, 0.025, 0.25
"""How much of a plan is done when the year begins, and how that grows and varies."""


def tell_of_presence(scene: Scene) -> Iterator[Telling]:
    """Give the plans and notes of every leader who held the post."""
    yield _a_year(scene)


def _a_year(scene: Scene) -> Telling:
    yield scene.town.days.today
    (rng,) = scene.rng.spawn(1)
    months = (*months_before(today()), month_of(today()))
    plans: list[PresencePlan] = []
    notes: list[PresenceNote] = []
    for holding, level, since in _leaders(scene):
        if rng.random() > PLAN_AT_ALL:
            continue
        begun = [month for month in months if month >= since]
        usual = np.maximum(np.array(USUAL[level]) + rng.integers(-1, 2, 3), 0)
        plans += [_plan(holding, month, usual) for month in begun[:1]]
        for place, month in enumerate(begun):
            notes += _notes(holding, month, usual, place, rng)
    PresencePlan.objects.bulk_create(plans)
    PresenceNote.objects.bulk_create(notes)


def _leaders(scene: Scene) -> list[tuple[int, LeaderLevel, date]]:
    """Return who holds a leading post, by key, and since when (1 query)."""
    roles = {role.value: level for role, level in LEADER_LEVELS.items()}
    held = Holding.objects.filter(post__in=scene.posts.values(), valid_to=None)
    leading = held.filter(post__role__in=roles).order_by("post__key")
    rows = leading.values_list("pk", "post__role", "valid_from")
    return [(pk, roles[role], since) for pk, role, since in rows]


def _plan(holding: int, month: date, usual: np.ndarray) -> PresencePlan:
    visits, observations, feedback = map(int, usual)
    return PresencePlan(
        holding_id=holding,
        month=month,
        visits=visits,
        observations=observations,
        feedback=feedback,
    )


def _notes(
    holding: int, month: date, usual: np.ndarray, place: int, rng: np.random.Generator
) -> Iterator[PresenceNote]:
    """Give what was noted in a month; of the present one as much as has passed."""
    days = _workdays(month)
    share = rng.normal(FOLLOWED + BETTER_EACH_MONTH * place, SPREAD)
    for kind, planned in zip(PresenceKind, usual, strict=True):
        done = round(max(share, 0) * int(planned))
        for day in rng.choice(len(days), done) if days else ():
            if days[day] < today():
                yield PresenceNote(holding_id=holding, day=days[day], kind=kind.value)


def _workdays(month: date) -> list[date]:
    count = (month_after(month) - month).days
    days = (month + timedelta(days=n) for n in range(count))
    return [day for day in days if is_workday(day)]
