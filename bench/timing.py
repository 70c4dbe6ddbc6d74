"""Time two things in turn, and say how they compare."""

import statistics
import sys
import time
from collections.abc import Callable

ROUNDS = 7


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def compare(
    title: str, ours: Callable[[], object], theirs: Callable[[], object], *, peer: str
) -> None:
    """Run both in turn, after one warm-up each, and print medians and their ratio."""
    ours(), theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _round in range(ROUNDS)]
    own, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratios = sorted(mine / yours for mine, yours in pairs)
    say(
        f"{title}: {own * 1000:.0f} ms; {peer} {other * 1000:.0f} ms; ratio "
        f"{statistics.median(ratios):.2f} [{ratios[0]:.2f}, {ratios[-1]:.2f}]"
    )


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")
