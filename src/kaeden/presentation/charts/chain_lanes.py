"""In which order threads run across, so that they cross as little as can be.

Each thread comes down at one place, runs across in a lane of its own, and goes down at
one place or several. Of nine threads there are 362,880 orders; the best one is found by
building up sets, 512 of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

MOST = 9  # threads that are put in the best order; more keep the order they have
NEAR = 7.0  # two threads this close would run on top of each other
ON_TOP = 100  # how many crossings that is as bad as


@dataclass(frozen=True, kw_only=True, slots=True)
class Net:
    """A thread that runs across: where it comes down, and where it goes down."""

    key: str
    top: float
    feet: tuple[float, ...]

    @property
    def span(self) -> tuple[float, float]:
        """How far it runs, from the left to the right."""
        places = (self.top, *self.feet)
        return min(places), max(places)

    @property
    def is_straight(self) -> bool:
        """Whether it has nowhere to run."""
        left, right = self.span
        return right - left < 0.5


def lanes_of(nets: Sequence[Net]) -> dict[str, int]:
    """Return the lane of each thread, counted from the top; two apart may share one."""
    running = [net for net in nets if not net.is_straight]
    placed: list[tuple[Net, int]] = []
    for net in best_order(running):
        above = (lane for other, lane in placed if meet(net, other))
        placed.append((net, max(above, default=-1) + 1))
    return {net.key: lane for net, lane in placed}


def meet(one: Net, other: Net) -> bool:
    """Whether two threads would touch in the same lane, or must keep their order."""
    (left, right), (begin, end) = one.span, other.span
    return left - 3 * NEAR < end and begin - 3 * NEAR < right


def best_order(nets: Sequence[Net]) -> list[Net]:
    """Return the order from the top that crosses least."""
    if len(nets) > MOST:
        return list(nets)
    price = [[cost(upper, lower) for lower in nets] for upper in nets]

    @cache
    def best(left: frozenset[int]) -> tuple[int, tuple[int, ...]]:
        """Return the least cost of putting these below all others, and the order."""
        options = []
        for first in sorted(left):
            rest = left - {first}
            below, order = best(rest) if rest else (0, ())
            own = sum(price[first][other] for other in rest)
            options.append((own + below, (first, *order)))
        return min(options)

    everything = frozenset(range(len(nets)))
    return [nets[place] for place in best(everything)[1]] if nets else []


def cost(upper: Net, lower: Net) -> int:
    """Return how often two threads cross when one runs above the other."""
    (left, right), (begin, end) = upper.span, lower.span
    crossings = sum(begin < foot < end for foot in upper.feet)
    crossings += left < lower.top < right
    on_top = sum(abs(foot - lower.top) < NEAR for foot in upper.feet)
    return crossings + ON_TOP * on_top
