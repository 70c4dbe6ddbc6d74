"""What a model says as a whole, as rows of a file: no unit, no child."""

from collections.abc import Iterator

from kaeden.presentation.differences.words import Subject
from kaeden.publication.queries import CurrentRelease

HEADS = (
    *("indicator", "period", "what", "name", "value"),
    *("estimate", "low_95", "high_95", "groups", "release", "method"),
)


def csv_rows(
    subject: Subject | None, release: CurrentRelease
) -> Iterator[tuple[object, ...]]:
    """Return the shares of the levels, and what background goes with."""
    yield HEADS
    if subject is None:
        return
    facts = subject.facts
    first, last = (facts.indicator, facts.period), (release.version, facts.method)
    for one in facts.shares:
        ends = (_blank(one.low), _blank(one.high))
        yield (*first, "share", one.level, "", one.share, *ends, one.groups, *last)
    for two in facts.coefficients:
        name = two.column or "(intercept)"
        numbers = (two.estimate, two.low, two.high)
        yield (*first, "coefficient", name, two.value, *numbers, "", *last)


def _blank(number: float | None) -> float | str:
    return "" if number is None else number
