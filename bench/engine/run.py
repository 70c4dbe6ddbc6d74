"""Run parts of the engine's bench, and keep what they found."""

import sys
from collections.abc import Callable, Sequence
from typing import Any

from bench.engine import growth, parts
from bench.engine.measured import HELD, busy, note
from bench.timing import say

PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "race": parts.race,
    "race_lme4": parts.race_lme4,
    "sums": parts.sums,
    "memory": parts.memory,
    "alone": parts.alone,
    "crossed": parts.crossed,
    "binomial": parts.binomial,
    "engines": parts.engines,
}
HEAVY: dict[str, Callable[[], dict[str, Any]]] = {
    "race_intercepts": parts.race_intercepts,
    "whole": parts.whole,
    "growth_rows": growth.growth_rows,
    "growth_groups": growth.growth_groups,
}
"""What takes many minutes or gigabytes: only when it is asked for by name."""


def run(names: Sequence[str]) -> None:
    """Run the parts with these names, and keep each as soon as it is done."""
    known = PARTS | HEAVY
    for name in names:
        load = busy()
        say(f"{name} (load {load})")
        note(name, known[name](), load)
        sys.stdout.flush()
    say(f"Kept in {HELD}. make bench-docs takes it into the docs.")
