"""What may be shown of the gaps between groups of children. Pure; no database.

Both groups of a pair are shown or neither: the whole is known, so one would give the
other away. Counts leave in tens, and means with no more decimals than the indicator's
while children are few, so that those of no known group can't be found either. All that
is shown is tried against whoever adds and subtracts it: no unit's group under the limit
can be found so, in any span of years.
"""

from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kaeden.engine.gap_results import SLOPE, GapResult
from kaeden.publication.model_rules import FEWEST_FOR_A_DECIMAL, in_lots
from kaeden.publication.rules import (
    EXTRA_DECIMALS,
    MINIMUM_GROUP,
    Limits,
    is_hidden,
    rounded_down,
    rounded_nearest,
    rounded_up,
)
from kaeden.shared.status import ValueStatus

LimitsOf: TypeAlias = Callable[[str], Limits]
TOWN = "municipality"
NAMES = (
    *("indicator", "kind", "first", "second", "since", "period", "years"),
    "is_latest",
)
GAP_NUMBERS = (
    *("n_first", "n_second", "clusters", "mean_first", "mean_second", "difference"),
    *("low", "high", "ratio", "ratio_low", "ratio_high", "apart", "apart_low"),
    *("apart_high", "differ_p", "compared", "slope", "slope_half", "points"),
    *("preliminary", "direction"),
)
RATIO_DECIMALS = 2
P_DECIMALS = 3


def protect_gaps(
    found: Iterable[GapResult], limits_of: LimitsOf
) -> Iterator[tuple[GapResult, dict[str, Any]]]:
    """Give each gap with its fields as they may leave: hidden whole, or rounded."""
    alike: dict[tuple[str, str, str], list[GapResult]] = {}
    for one in found:
        alike.setdefault((one.indicator, one.first, one.second), []).append(one)
    for (indicator, _first, _second), gaps in alike.items():
        limits = limits_of(indicator)
        shown = shown_places(gaps, limits)
        for one in gaps:
            told = one.code in shown and is_shown(one, limits)
            yield one, _named(one) | (_rounded(one, limits) if told else _hidden())


def is_shown(one: GapResult, limits: Limits) -> bool:
    """Whether a gap is of groups large enough by themselves, and was found at all."""
    few = min(one.n_first, one.n_second)
    return one.difference is not None and not is_hidden(few, limits)


def shown_places(gaps: Sequence[GapResult], limits: Limits) -> frozenset[str]:
    """Return the codes of the places whose gaps of one pair are shown.

    The smallest units are hidden too, until nothing that is shown can be added and
    subtracted into a group that is too small; without any unit left to hide, the
    municipality is.
    """
    units = [one for one in gaps if one.level != TOWN and one.is_latest]
    shown = [one.code for one in gaps if one.level == TOWN and one.is_latest]
    shown += [
        one.code
        for one in sorted(units, key=lambda one: (-_smallest(one), one.code))
        if is_shown(one, limits)
    ]
    cells = cells_of(gaps)
    while shown and gives_away(cells, _sums(cells, gaps, shown, limits), limits):
        shown.pop()
    return frozenset(shown)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """How many of both groups each unit has each year: (units, years, 2).

    The last unit is what the municipality has beside all that are told of.
    """

    codes: tuple[str, ...]
    years: tuple[str, ...]
    count: NDArray[np.int64]

    @property
    def there(self) -> NDArray[np.bool_]:
        """Where anybody is at all: that nobody is, is known."""
        found: NDArray[np.bool_] = self.count.sum(axis=2) > 0
        return found


def cells_of(gaps: Sequence[GapResult]) -> Cells:
    """Return what there is to be found out."""
    newest = {one.code: one for one in gaps if one.by_year}
    towns = [code for code, one in newest.items() if one.level == TOWN]
    codes = tuple(code for code in newest if code not in towns)
    years = tuple(
        sorted({year for one in newest.values() for year, *_n in one.by_year})
    )
    count = np.zeros((len(codes) + 1, len(years), 2), dtype=np.int64)
    for code, one in newest.items():
        row = len(codes) if code in towns else codes.index(code)
        for year, first, second in one.by_year:
            count[row, years.index(year)] += (first, second)
    if towns:
        count[-1] -= count[:-1].sum(axis=0)
    return Cells(codes=codes, years=years, count=count)


def _sums(
    cells: Cells, gaps: Sequence[GapResult], shown: Collection[str], limits: Limits
) -> list[NDArray[np.float64]]:
    """Return each shown gap as the cells that it adds up."""
    found = []
    for one in gaps:
        if one.code in shown and is_shown(one, limits) and one.since in cells.years:
            added = np.zeros(cells.count.shape[:2])
            span = slice(
                cells.years.index(one.since), cells.years.index(one.period) + 1
            )
            rows = slice(None) if one.level == TOWN else cells.codes.index(one.code)
            added[rows, span] = 1.0
            found.append((added * cells.there).ravel())
    return found


def gives_away(
    cells: Cells, sums: Sequence[NDArray[np.float64]], limits: Limits
) -> bool:
    """Whether sums and differences of what is shown make up too small a group.

    Asked of every unit, in each span of years: it can be found when it is a combination
    of what is shown, and must not be when either group is there and under the limit.
    """
    if not sums:
        return False
    basis = np.array(sums).T
    onto = basis @ np.linalg.pinv(basis)
    limit = max(MINIMUM_GROUP, limits.minimum_group)
    spans = combinations(range(len(cells.years) + 1), 2)
    for unit, (since, until) in product(range(len(cells.count)), spans):
        count = cells.count[unit, since:until].sum(axis=0)
        if ((count > 0) & (count < limit)).any():
            wanted = np.zeros(cells.count.shape[:2])
            wanted[unit, since:until] = 1.0
            asked = (wanted * cells.there).ravel()
            if np.allclose(onto @ asked, asked, atol=1e-8):
                return True
    return False


def _smallest(one: GapResult) -> int:
    return min(one.n_first, one.n_second)


def _named(one: GapResult) -> dict[str, Any]:
    return {name: getattr(one, name) for name in NAMES}


def _hidden() -> dict[str, Any]:
    return dict.fromkeys(GAP_NUMBERS) | {"status": ValueStatus.HIDDEN.value}


def _rounded(one: GapResult, limits: Limits) -> dict[str, Any]:
    finer = limits.decimals + EXTRA_DECIMALS
    many = _smallest(one) >= FEWEST_FOR_A_DECIMAL
    of_means = finer if many or one.kind == SLOPE else limits.decimals
    plain: Mapping[str, Any] = {
        name: getattr(one, name)
        for name in ("clusters", "compared", "points", "preliminary", "direction")
    }
    return {
        **plain,
        "status": ValueStatus.VALUE.value,
        "n_first": in_lots(one.n_first),
        "n_second": in_lots(one.n_second),
        "mean_first": rounded_nearest(one.mean_first, of_means),
        "mean_second": rounded_nearest(one.mean_second, of_means),
        "difference": rounded_nearest(one.difference, finer),
        "low": rounded_down(one.low, finer),
        "high": rounded_up(one.high, finer),
        "ratio": rounded_nearest(one.ratio, RATIO_DECIMALS),
        "ratio_low": rounded_down(one.ratio_low, RATIO_DECIMALS),
        "ratio_high": rounded_up(one.ratio_high, RATIO_DECIMALS),
        "apart": rounded_nearest(one.apart, finer),
        "apart_low": rounded_down(one.apart_low, finer),
        "apart_high": rounded_up(one.apart_high, finer),
        "differ_p": rounded_nearest(one.differ_p, P_DECIMALS),
        "slope": rounded_nearest(one.slope, finer + 1),
        "slope_half": rounded_up(one.slope_half, finer + 1),
    }
