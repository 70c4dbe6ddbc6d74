"""Which of all results call for a look: a false discovery rate over the whole scan."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kaeden.engine.results import Result
from kaeden.engine.signals import By, state_of
from kaeden.goals.indicators import Direction
from kaeden_stats import false_discovery

FALSE_SHARE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """Results with their signals set, and how many units × indicators were held up."""

    results: list[Result]
    scanned: int
    found: int


def scan(results: Sequence[Result], better: Mapping[str, Direction]) -> Scan:
    """Hold every comparison and every development up at once.

    Benjamini–Hochberg at 5 %: of the signals found, about one in twenty is expected
    to be chance. `better` is which way is better, by indicator. The newest result of
    a unit gets one state, and with it one signal at the most.
    """
    tests = [
        (row, test, p)
        for row, one in enumerate(results)
        for test, p in (
            (By.DEVELOPMENT, one.development_p if one.direction else None),
            (By.COMPARISON, one.comparison_p),
        )
        if p is not None
    ]
    tested = _tested(results)
    padded = [p for _row, _test, p in tests] + [1.0] * (tested - len(tests))
    flags = false_discovery(padded, level=FALSE_SHARE).flag if tests else np.array([])
    found: dict[int, set[By]] = {}
    for (row, test, _p), flagged in zip(tests, flags, strict=False):
        if flagged:
            found.setdefault(row, set()).add(test)
    return Scan(
        results=[
            _told(one, found.get(row, ()), better) if one.is_latest else one
            for row, one in enumerate(results)
        ],
        scanned=tested,
        found=len(found),
    )


def _told(
    one: Result, found: Collection[By], better: Mapping[str, Direction]
) -> Result:
    state = state_of(one, found=found, better=better[one.indicator])
    return replace(one, state=state.value, signal=state.by or "")


def _tested(results: Sequence[Result]) -> int:
    """Return how many tests were made, those without a claim counted too."""
    return sum(
        (one.comparison_p is not None) + (one.development_p is not None)
        for one in results
    )
