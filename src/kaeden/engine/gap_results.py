"""What is found of the gaps between groups of children; not released.

Nothing here is about one child, but a group may be so small that it is almost so:
publication decides which gaps are told of.
"""

from dataclasses import dataclass

FEWEST_CHILDREN = 20
"""In each group; with fewer, years are put together, and then nothing is told."""
MOST_YEARS = 3
PAIR, SLOPE = "pair", "slope"
"""A gap between two groups, or from the lowest to the highest of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapResult:
    """The gap between two groups of children at one place, over some years together.

    `difference` is the `second` group's mean less the `first`'s, in the outcome's unit,
    and `ratio` the second over the first; None where too few children are in a group, or
    a mean is not above 0. `since` to `period` are the `years` put together, and
    `clusters` what the interval rests on. `apart` is this unit's gap less that of the
    other units together, with an interval so wide that of all units compared no one
    stands out by chance more often than in one of twenty. `differ_p` is the test that
    all units have one gap. `slope` is how the gap moves a year. Of a slope index the
    `first` is the lower end of the line and the `second` the upper. `by_year` counts both
    groups in every year of the place, for publication to judge what could be found out.
    """

    indicator: str
    kind: str
    level: str
    code: str
    first: str
    second: str
    since: str
    period: str
    years: int
    is_latest: bool
    n_first: int
    n_second: int
    clusters: int
    mean_first: float | None = None
    mean_second: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    standard_error: float | None = None
    apart: float | None = None
    apart_low: float | None = None
    apart_high: float | None = None
    differ_p: float | None = None
    compared: int | None = None
    slope: float | None = None
    slope_half: float | None = None
    points: int | None = None
    preliminary: bool | None = None
    direction: int | None = None
    by_year: tuple[tuple[str, int, int], ...] = ()
