"""Which of all results call for a look: a false discovery rate over the whole scan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kaeden.engine.results import Result
from kaeden_stats import false_discovery

FALSE_SHARE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """Results with their signals set, and how many units × indicators were held up."""

    results: list[Result]
    scanned: int
    found: int


def scan(results: Sequence[Result]) -> Scan:
    """Hold every comparison and every development up at once.

    Benjamini–Hochberg at 5 %: of the signals found, about one in twenty is expected
    to be chance. A result has one signal at the most; development comes first,
    because it is the unit's own.
    """
    tests = [
        (row, name, p)
        for row, one in enumerate(results)
        for name, p in (
            ("development", one.development_p if one.direction else None),
            ("comparison", one.comparison_p),
        )
        if p is not None
    ]
    tested = _tested(results)
    if not tests:
        return Scan(results=list(results), scanned=tested, found=0)
    padded = [p for _row, _name, p in tests] + [1.0] * (tested - len(tests))
    flags = false_discovery(padded, level=FALSE_SHARE).flag
    marked: dict[int, str] = {}
    for (row, name, _p), flagged in zip(tests, flags, strict=False):
        if flagged:
            marked.setdefault(row, name)
    signalled = [
        replace(one, signal=marked[row]) if row in marked else one
        for row, one in enumerate(results)
    ]
    return Scan(results=signalled, scanned=tested, found=len(marked))


def _tested(results: Sequence[Result]) -> int:
    """Return how many tests were made, those without a claim counted too."""
    return sum(
        (one.comparison_p is not None) + (one.development_p is not None)
        for one in results
    )
