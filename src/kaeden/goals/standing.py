"""All that a municipality wants on a day, as one value for one page."""

from dataclasses import dataclass
from datetime import date

from kaeden.access.rules import Actor
from kaeden.goals.held import HeldVision, vision_of
from kaeden.goals.queries import MunicipalGoal, area_goals, goals_of
from kaeden.goals.targets import UnitTarget, targets_of
from kaeden.organisation.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The vision, the municipality's goals with its own targets, the areas' goals."""

    town: Unit
    vision: HeldVision
    goals: tuple[MunicipalGoal, ...]
    areas: tuple[MunicipalGoal, ...]
    targets: tuple[UnitTarget, ...]


def standing_of(actor: Actor, town: Unit, as_of: date) -> Standing:
    """Return what a municipality wants, as somebody may read it (at most 9 queries)."""
    goals = goals_of(town, as_of)
    adopted = [goal.id for goal in goals if goal.id is not None]
    return Standing(
        town=town,
        vision=vision_of(town, as_of),
        goals=tuple(goals),
        areas=tuple(area_goals(town, as_of)),
        targets=tuple(targets_of(actor, adopted, as_of, unit=town)),
    )
