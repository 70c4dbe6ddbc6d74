"""Read goals; each docstring ends with what it costs."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kaeden.goals import starter
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.indicators import Indicator, catalogue, published
from kaeden.goals.models import Goal
from kaeden.organisation.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetNumber:
    """A number to reach by a period."""

    value: float
    at_most: bool
    by_period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalGoal:
    """A goal of the starter set as it stands in one municipality."""

    key: str
    name: str
    sentence: str
    here: str
    indicator: Indicator
    further: tuple[Indicator, ...]
    owner_role: str
    adopted_on: date | None
    target: TargetNumber | None
    suggestion: starter.SuggestedTarget | None

    @property
    def is_adopted(self) -> bool:
        """Whether the municipality has taken it up."""
        return self.adopted_on is not None


def goals_of(municipality: Unit) -> list[MunicipalGoal]:
    """Return the starter set with what the municipality has adopted (1 query)."""
    adopted = Goal.objects.filter(municipality=municipality).select_related("target")
    by_key = {goal.key: goal for goal in adopted}
    return [_municipal(one, by_key.get(one.id)) for one in starter.goals()]


def get_goal(municipality: Unit, key: str) -> MunicipalGoal:
    """Return one goal as it stands in a municipality (1 query).

    Raises
    ------
    NoSuchGoal
        If the starter set has no such goal.
    """
    found = next((one for one in goals_of(municipality) if one.key == key), None)
    if found is None:
        raise NoSuchGoal(_("There is no such goal in the starter set."))
    return found


def _municipal(one: starter.StarterGoal, goal: Goal | None) -> MunicipalGoal:
    target = getattr(goal, "target", None)
    known = catalogue()
    return MunicipalGoal(
        key=one.id,
        name=str(one.name),
        sentence=str(one.sentence),
        here=str(one.here),
        indicator=known[one.lead_indicator],
        further=tuple(known[name] for name in one.further_indicators),
        owner_role=one.owner_role.value,
        adopted_on=goal.adopted_on if goal else None,
        target=target
        and TargetNumber(
            value=target.value, at_most=target.at_most, by_period=target.by_period
        ),
        suggestion=one.suggested_target,
    )


def get_indicator(name: str) -> Indicator:
    """Return a published indicator (0 queries).

    Raises
    ------
    NoSuchGoal
        If none has that name.
    """
    found = published().get(name)
    if found is None:
        raise NoSuchGoal(_("There is no indicator with that name."))
    return found
