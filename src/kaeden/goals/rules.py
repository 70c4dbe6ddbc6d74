"""When a target is met, and in which words it is followed. Pure; no database."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import Role


class TargetKind(StrEnum):
    """What a target is set on; each has its own way of being met."""

    LEVEL = "level"
    DEVELOPMENT = "development"
    GAP = "gap"
    WORDS = "words"


class State(StrEnum):
    """How far a target is, in words; from the least to the most."""

    NOT_YET = "not_yet"
    ON_THE_WAY = "on_the_way"
    REACHED = "reached"


class Confidence(StrEnum):
    """How sure one is that a target will be met, in five steps."""

    VERY_LOW = "very_low"
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    VERY_HIGH = "very_high"


class Group(StrEnum):
    """Groups of children between whom a gap can be a goal."""

    GIRLS = "girls"
    BOYS = "boys"
    LONG_EDUCATION = "long_education"
    SHORT_EDUCATION = "short_education"
    DANISH_ORIGIN = "danish_origin"
    OTHER_ORIGIN = "other_origin"
    DANISH_AT_HOME = "danish_at_home"
    OTHER_LANGUAGE = "other_language"
    WITHOUT_SUPPORT = "without_support"
    WITH_SUPPORT = "with_support"
    AT_HOME = "at_home"
    OUTSIDE_HOME = "outside_home"


class LeadershipLevel(StrEnum):
    """The levels of the chain, from the committee to the team."""

    COMMITTEE = "committee"
    DIRECTOR = "director"
    CHIEF = "chief"
    AREA_LEADER = "area_leader"
    LEADER = "leader"
    DEPARTMENT_LEADER = "department_leader"
    TEAM = "team"


STATE_NAMES: Mapping[State, str | Promise] = {
    State.NOT_YET: _("Not yet"),
    State.ON_THE_WAY: _("On the way"),
    State.REACHED: _("Reached"),
}

CONFIDENCE_NAMES: Mapping[Confidence, str | Promise] = {
    Confidence.VERY_LOW: _("We hardly believe in it"),
    Confidence.LOW: _("We doubt it"),
    Confidence.MIDDLE: _("It can go either way"),
    Confidence.HIGH: _("We believe in it"),
    Confidence.VERY_HIGH: _("We are quite sure"),
}

LEADERSHIP_LEVEL_NAMES: Mapping[LeadershipLevel, str | Promise] = {
    LeadershipLevel.COMMITTEE: _("Committee"),
    LeadershipLevel.DIRECTOR: _("Director"),
    LeadershipLevel.CHIEF: _("Chiefs"),
    LeadershipLevel.AREA_LEADER: _("Area leaders"),
    LeadershipLevel.LEADER: _("Institution leaders"),
    LeadershipLevel.DEPARTMENT_LEADER: _("Department leaders"),
    LeadershipLevel.TEAM: _("Teams"),
}

LEVEL_OF: Mapping[Role, LeadershipLevel] = {
    Role.COMMITTEE: LeadershipLevel.COMMITTEE,
    Role.DIRECTOR: LeadershipLevel.DIRECTOR,
    Role.CHIEF_SCHOOLS: LeadershipLevel.CHIEF,
    Role.CHIEF_DAYCARE: LeadershipLevel.CHIEF,
    Role.CHIEF_FAMILIES: LeadershipLevel.CHIEF,
    Role.AREA_LEADER: LeadershipLevel.AREA_LEADER,
    Role.LEADER: LeadershipLevel.LEADER,
    Role.DEPARTMENT_LEADER: LeadershipLevel.DEPARTMENT_LEADER,
    Role.TEAM: LeadershipLevel.TEAM,
}

PAIRS: tuple[tuple[Group, Group], ...] = (
    (Group.SHORT_EDUCATION, Group.LONG_EDUCATION),
    (Group.OTHER_ORIGIN, Group.DANISH_ORIGIN),
    (Group.OTHER_LANGUAGE, Group.DANISH_AT_HOME),
    (Group.BOYS, Group.GIRLS),
    (Group.WITH_SUPPORT, Group.WITHOUT_SUPPORT),
    (Group.OUTSIDE_HOME, Group.AT_HOME),
)
"""The gaps that can be a goal, each between two groups of one kind."""

GROUP_NAMES: Mapping[Group, str | Promise] = {
    Group.GIRLS: _("girls"),
    Group.BOYS: _("boys"),
    Group.LONG_EDUCATION: _("children of parents with a long education"),
    Group.SHORT_EDUCATION: _("children of parents with a short education"),
    Group.DANISH_ORIGIN: _("children of Danish origin"),
    Group.OTHER_ORIGIN: _("children with another origin"),
    Group.DANISH_AT_HOME: _("children who speak Danish at home"),
    Group.OTHER_LANGUAGE: _("children with another language at home"),
    Group.WITHOUT_SUPPORT: _("children without special support"),
    Group.WITH_SUPPORT: _("children with special support"),
    Group.AT_HOME: _("children who live at home"),
    Group.OUTSIDE_HOME: _("children placed outside their home"),
}

LONGEST_DEVIATION_DAYS = 366
"""An accepted deviation ends within a year."""

MOST_VALUES = 6
"""More values than this are not kept in mind."""


def further(one: str, other: str) -> str:
    """Return the state that is further on; an empty one is not known."""
    steps = ["", *State]
    return max(one, other, key=steps.index)


def stricter(one: float | None, other: float | None, *, at_most: bool) -> float | None:
    """Return the number that is harder to keep; one that is not known binds nobody."""
    known = [number for number in (one, other) if number is not None]
    if not known:
        return None
    return min(known) if at_most else max(known)


class TargetState(StrEnum):
    """What an interval says of a target."""

    MET = "met"
    NOT_MET = "not_met"
    UNCERTAIN = "uncertain"
    NO_TARGET = "no_target"
    NO_FIGURE = "no_figure"


def judge_target(
    *, low: float | None, high: float | None, target: float | None, at_most: bool
) -> TargetState:
    """Hold an interval against a target, ends included.

    A figure without sampling uncertainty is an interval whose ends are equal. The
    target is met when the whole interval meets it, not met when all of it fails.
    """
    if target is None:
        return TargetState.NO_TARGET
    if low is None or high is None:
        return TargetState.NO_FIGURE
    meets = (
        (low <= target, high <= target) if at_most else (low >= target, high >= target)
    )
    if all(meets):
        return TargetState.MET
    return TargetState.UNCERTAIN if any(meets) else TargetState.NOT_MET


def judge_change(
    *, slope: float | None, half: float | None, change: float, years: int, at_most: bool
) -> TargetState:
    """Hold a yearly slope with its half width against a change over some years.

    The change is how far the better way it is to go; a slope that would bring it there
    all along its interval meets it.
    """
    yearly = -change / years if at_most else change / years
    if slope is None or half is None:
        return TargetState.NO_FIGURE
    return judge_target(
        low=slope - half, high=slope + half, target=yearly, at_most=at_most
    )


def is_worse(*, low: float, high: float, than: float, at_most: bool) -> bool:
    """Whether a whole interval lies on the worse side of a number.

    A figure without sampling uncertainty is an interval whose ends are equal.
    """
    return low > than if at_most else high < than
