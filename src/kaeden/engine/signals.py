"""What a result says as a signal: one state for each unit and indicator. Pure."""

from collections.abc import Collection
from enum import StrEnum

from kaeden.engine.results import Result
from kaeden.goals.indicators import Direction

LEAST_RELIABLE = 0.5
"""Below it, more of a unit's distance from the others is noise than is its own."""


class By(StrEnum):
    """What a result stands out by: its own years, or the units like it."""

    DEVELOPMENT = "development"
    COMPARISON = "comparison"


class State(StrEnum):
    """What a result says; it says one of these, and never two.

    The first six stand out from chance. `TOO_UNCERTAIN` could not have stood out: too
    few years, or too few children. `UNTESTED` has no number, or nothing to be held
    against.
    """

    IMPROVED = "improved"
    WORSENED = "worsened"
    MOVED = "moved"
    BETTER = "better_than_alike"
    WORSE = "worse_than_alike"
    DIFFERS = "differs"
    INSIDE_CHANCE = "inside_chance"
    TOO_UNCERTAIN = "too_uncertain"
    UNTESTED = "untested"

    @property
    def is_good(self) -> bool:
        """Whether it stands out as good news."""
        return self in {State.IMPROVED, State.BETTER}

    @property
    def is_bad(self) -> bool:
        """Whether it stands out as bad news."""
        return self in {State.WORSENED, State.WORSE}

    @property
    def by(self) -> By | None:
        """The test that it stands out by; None where it does not."""
        return next((test for test, told in STATES.items() if self in told), None)


STATES = {
    By.DEVELOPMENT: (State.WORSENED, State.MOVED, State.IMPROVED),
    By.COMPARISON: (State.WORSE, State.DIFFERS, State.BETTER),
}
"""What a test that finds something says: worse, another, or better."""


def state_of(result: Result, *, found: Collection[By], better: Direction) -> State:
    """Return the state of a result, of which the scan found these tests beyond chance.

    A unit's own development goes before how it stands beside others, and better and
    worse are told by the same rule.
    """
    if result.value is None:
        return State.UNTESTED
    for test, (worse, other, best) in STATES.items():
        if test in found:
            return (other, best, worse)[_side(result, test, better)]
    if _could_be_found(result):
        return State.INSIDE_CHANCE
    was_tried = result.preliminary or result.comparison_p is not None
    return State.TOO_UNCERTAIN if was_tried else State.UNTESTED


def _side(result: Result, test: By, better: Direction) -> int:
    """Return 1 for better, −1 for worse, 0 where neither way is better."""
    moved = result.direction if test is By.DEVELOPMENT else result.difference
    up = ((moved or 0) > 0) - ((moved or 0) < 0)
    return {Direction.HIGHER: up, Direction.LOWER: -up}.get(better, 0)


def _could_be_found(result: Result) -> bool:
    """Whether a test was made that a real difference could have been found by."""
    few = result.reliability is not None and result.reliability < LEAST_RELIABLE
    return result.development_p is not None or (
        result.comparison_p is not None and not few
    )
