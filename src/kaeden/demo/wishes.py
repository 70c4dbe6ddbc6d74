"""Read what Fjordby wants: the goals of its file, with all that was said of them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from pydantic import Field

from kaeden.demo.cast import Line, from_file
from kaeden.goals.indicator_parts import Sector
from kaeden.goals.rules import (
    Confidence,
    Group,
    LeadershipLevel,
    State,
    TargetKind,
)

Words: TypeAlias = Mapping[str, str]


class VisionLine(Line):
    """The vision in Fjordby's own words."""

    sentence: str
    why: str
    ago: int


class ContributionLine(Line):
    """What a post brings to a goal that another owns."""

    words: str
    indicator: str


class GoalLine(Line):
    """A goal: one of the starter set by `key`, or Fjordby's own by `name`.

    `meanings` and what follows are by the key of a post, `by_kind` by the kind of its
    charter. Whoever is in `stops_at` has not taken it up.
    """

    key: str = ""
    name: str = ""
    sentence: str = ""
    here: str = ""
    for_whom: str = ""
    sectors: tuple[Sector, ...] = ()
    indicator: str = ""
    by: int | None = None
    owner: str = ""
    ago: int
    stops_at: tuple[str, ...] = ()
    meanings: Words = Field(default_factory=dict)
    by_kind: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    strategies: Words = Field(default_factory=dict)
    efforts: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    contributions: Mapping[str, ContributionLine] = Field(default_factory=dict)


class CheckInLine(Line):
    """How somebody said that it goes with a target."""

    by: str
    ago: int
    state: State
    confidence: Confidence
    words: str


class DeviationLine(Line):
    """That a target may be missed, so many days long."""

    by: str
    ago: int
    lasts: int
    reason: str


class TargetLine(Line):
    """A target of a unit, set by a post, by a school year from the present one."""

    goal: str
    unit: str
    kind: TargetKind
    indicator: str = ""
    value: float | None = None
    pair: tuple[Group, Group] | None = None
    since: int | None = None
    by: int
    set_by: str
    ago: int
    reached: str = ""
    on_the_way: str = ""
    not_yet: str = ""
    check_ins: tuple[CheckInLine, ...] = ()
    deviation: DeviationLine | None = None


class ValueLine(Line):
    """A value, and how it is seen at a level."""

    name: str
    ago: int
    meaning: str
    seen: Mapping[LeadershipLevel, str]


class Wishes(Line):
    """Everything in the file."""

    vision: VisionLine
    goals: tuple[GoalLine, ...]
    targets: tuple[TargetLine, ...]
    values: tuple[ValueLine, ...]


@lru_cache(maxsize=1)
def wishes() -> Wishes:
    """Return what Fjordby wants; read once."""
    return from_file("goals.yaml", Wishes)
