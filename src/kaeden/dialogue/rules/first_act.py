"""How long it takes from a signal to the first act on it, level by level. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kaeden.access.rules import Role

FEWEST_UNITS = 3
"""Of fewer units nothing is told: it would be about single persons."""
MOST_RELEASES = 6


class Level(StrEnum):
    """A level of the chain that acts on results."""

    LEADER = "leader"
    CHIEF = "chief"


LEVEL_OF: Mapping[str, Level] = {
    Role.LEADER.value: Level.LEADER,
    Role.CHIEF_SCHOOLS.value: Level.CHIEF,
    Role.CHIEF_DAYCARE.value: Level.CHIEF,
    Role.CHIEF_FAMILIES.value: Level.CHIEF,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """A signal at a unit, and the days until a level's first act; None: none yet."""

    unit: int
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAct:
    """What a level has done on the signals of a release.

    `half_within` are the days within which half of them had a first act; None while
    fewer than half have.
    """

    signals: int
    acted: int
    half_within: int | None


def first_act(waited: Sequence[Waited]) -> FirstAct | None:
    """Return how soon a level acts; None where too few units are behind."""
    if len({one.unit for one in waited}) < FEWEST_UNITS:
        return None
    known = sorted(one.days for one in waited if one.days is not None)
    middle = (len(waited) + 1) // 2
    return FirstAct(
        signals=len(waited),
        acted=len(known),
        half_within=known[middle - 1] if len(known) >= middle else None,
    )
