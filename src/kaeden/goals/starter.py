"""A starter set of goals that a municipality can adopt: vision, goals, targets."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field, FiniteFloat, ValidationInfo, field_validator

from kaeden.goals.indicator_parts import Part, PeriodText, Sector, Slug, kept
from kaeden.goals.indicators import Indicator, catalogue
from kaeden.goals.rules import TargetKind
from kaeden.shared.files import read, refusal
from kaeden.shared.text import Text

SHIPPED = Path(__file__).parent / "catalogue" / "goals" / "starter.yaml"


class OwnerRole(StrEnum):
    """The chief whose post owns a goal."""

    CHIEF_SCHOOLS = "chief_schools"
    CHIEF_DAYCARE = "chief_daycare"
    CHIEF_FAMILIES = "chief_families"


class TargetDirection(StrEnum):
    """On which side of the value the target is met."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"


class SuggestedTarget(Part):
    """A target from law or national aims; without one the municipality decides."""

    indicator: Slug
    kind: Literal[TargetKind.LEVEL, TargetKind.DEVELOPMENT]
    value: FiniteFloat | None = None
    by: PeriodText | None = None
    direction: TargetDirection | None = None
    basis: Text
    reference: str = ""

    @field_validator("direction")
    @classmethod
    def _a_value_has_a_side(cls, side: Any, info: ValidationInfo) -> Any:
        fits = info.data.get("value") is None or side is not None
        return kept(
            side, if_=fits, else_=_("a value needs a side: at_most or at_least.")
        )

    @field_validator("reference")
    @classmethod
    def _a_value_has_a_source(cls, reference: str, info: ValidationInfo) -> str:
        fits = info.data.get("value") is None or bool(reference)
        why = _("a value needs its source; without one, leave the value out.")
        return kept(reference, if_=fits, else_=why)


class StarterGoal(Part):
    """A goal as a sentence about children, with the indicators that stand for it."""

    id: Slug
    vision: Slug
    name: Text
    sentence: Text
    here: Text
    sectors: tuple[Sector, ...] = Field(min_length=1)
    lead_indicator: Slug
    further_indicators: tuple[Slug, ...] = ()
    owner_role: OwnerRole
    targets: tuple[SuggestedTarget, ...] = Field(min_length=1)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The lead indicator, then the further ones."""
        return self.lead_indicator, *self.further_indicators

    @property
    def suggested_target(self) -> SuggestedTarget | None:
        """The target on the lead indicator, if there is one."""
        on_lead = (t for t in self.targets if t.indicator == self.lead_indicator)
        return next(on_lead, None)

    @field_validator("targets")
    @classmethod
    def _targets_are_on_the_goals_indicators(
        cls, targets: tuple[SuggestedTarget, ...], info: ValidationInfo
    ) -> tuple[SuggestedTarget, ...]:
        ours = {
            info.data.get("lead_indicator"),
            *info.data.get("further_indicators", ()),
        }
        strange = [t.indicator for t in targets if t.indicator not in ours]
        why = _("%(ids)s is not among the goal's indicators.")
        return kept(targets, if_=not strange, else_=why % {"ids": ", ".join(strange)})


class Vision(Part):
    """What the whole area is for, in a sentence."""

    id: Slug
    sentence: Text
    why: Text


class Starter(Part):
    """The whole file."""

    visions: tuple[Vision, ...] = Field(min_length=1)
    goals: tuple[StarterGoal, ...] = Field(min_length=1)


def load(path: Path, known: Mapping[str, Indicator]) -> Starter:
    """Read a file of goals.

    Raises
    ------
    BadInput
        If anything is wrong with it; the message has a sentence for each problem.
    """
    reading = read(path, Starter)
    if reading.thing is None:
        raise refusal(path, reading.problems)
    loose = _loose_ends(reading.thing, known)
    if loose:
        raise refusal(path, loose)
    return reading.thing


@lru_cache(maxsize=1)
def starter() -> Starter:
    """Return the shipped set; read once."""
    return load(SHIPPED, catalogue())


def goals() -> tuple[StarterGoal, ...]:
    """Return the shipped goals, in the order of the file."""
    return starter().goals


def vision() -> Vision:
    """Return the shipped vision."""
    return starter().visions[0]


def _loose_ends(thing: Starter, known: Mapping[str, Indicator]) -> tuple[str, ...]:
    """Return a sentence for each id that is used twice or points nowhere."""
    ids = [goal.id for goal in thing.goals]
    twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    visions = {vision.id for vision in thing.visions}
    return (
        *(_("The id %(id)s is used by two goals.") % {"id": id_} for id_ in twice),
        *(_no_vision(goal) for goal in thing.goals if goal.vision not in visions),
        *(line for goal in thing.goals for line in _no_indicator(goal, known)),
        *(line for goal in thing.goals for line in _judged(goal, known)),
    )


def _no_vision(goal: StarterGoal) -> str:
    values = {"goal": goal.id, "vision": goal.vision}
    return _("%(goal)s: there is no vision “%(vision)s” in the file.") % values


def _no_indicator(goal: StarterGoal, known: Mapping[str, Indicator]) -> Iterator[str]:
    for indicator in goal.indicators:
        if indicator not in known:
            values = {"goal": goal.id, "indicator": indicator}
            yield _("%(goal)s: there is no indicator “%(indicator)s”.") % values


def _judged(goal: StarterGoal, known: Mapping[str, Indicator]) -> Iterator[str]:
    """Give a sentence for each number set on what neither way makes better."""
    for target in goal.targets:
        indicator = known.get(target.indicator)
        has_no_direction = indicator is not None and not indicator.direction.judges
        if has_no_direction and target.value is not None:
            values = {"goal": goal.id, "indicator": target.indicator}
            yield (
                _("%(goal)s: %(indicator)s has no good direction. Leave the value out.")
                % values
            )
