"""A stop in a year's cycles, in the same form at every station."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Cycle(StrEnum):
    """What comes back again and again; each station reports its own stops."""

    CONVERSATION = "conversation"
    EXPECTATION = "expectation"
    PULSE = "pulse"
    MEETING = "meeting"
    TARGET = "target"
    TRIAL = "trial"
    RELEASE = "release"
    TESTS = "tests"
    WELLBEING = "wellbeing"
    SUPERVISION = "supervision"
    CURRICULUM = "curriculum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop of a cycle: on which day, about what, where it is done.

    `count` stands for so many that are told as one, on the first day of their month.
    """

    cycle: Cycle
    day: date
    words: str
    path: str = ""
    is_mine: bool = False
    is_done: bool = False
    count: int = 1
