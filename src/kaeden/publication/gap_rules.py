"""What may be shown of the gaps between groups of children. Pure; no database.

Both groups of a pair are shown or neither: the whole is known, so one would give the
other away. Counts leave in tens, and means with no more decimals than the indicator's
while children are few, so that those of no known group can't be found either. What is
left of a municipality when the shown units are taken from it, in any years that can be
put together, holds none of a group, or so many that two small groups could hide in it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from kaeden.engine.gap_results import SLOPE, GapResult
from kaeden.publication.model_rules import FEWEST_FOR_A_DECIMAL, in_lots
from kaeden.publication.rules import (
    EXTRA_DECIMALS,
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

    The smallest units are hidden too, until what is left of the municipality gives
    nobody away; without any unit left to hide, the municipality is.
    """
    shown = {one.code: one for one in gaps if one.level == TOWN} | {
        one.code: one
        for one in sorted(gaps, key=lambda one: (_smallest(one), one.code))
        if one.level != TOWN and one.is_latest and is_shown(one, limits)
    }
    while any(_gives_away(left, limits) for left in remainders(gaps, shown, limits)):
        units = [code for code, one in shown.items() if one.level != TOWN]
        del shown[units[0] if units else next(iter(shown))]
    return frozenset(shown)


def remainders(
    gaps: Sequence[GapResult], shown: Iterable[str], limits: Limits
) -> Iterator[tuple[int, int]]:
    """Give what is left of a municipality's groups, in years that can be put together."""
    told = [one for one in gaps if one.code in shown and is_shown(one, limits)]
    towns = {one.code for one in told if one.level == TOWN}
    for years in _horizons(told):
        sums = {code: _over(told, code, years) for code in {one.code for one in told}}
        for town in towns:
            whole = sums.pop(town)
            if whole:
                parts = [one for one in sums.values() if one]
                yield (
                    whole[0] - sum(first for first, _second in parts),
                    whole[1] - sum(second for _first, second in parts),
                )


def _horizons(told: Sequence[GapResult]) -> set[tuple[str, str]]:
    """Return every first and last year between which shown windows could be added up."""
    ends = {one.period for one in told}
    starts = {one.since for one in told}
    return {(since, last) for since in starts for last in ends if since <= last}


def _over(
    told: Sequence[GapResult], code: str, years: tuple[str, str]
) -> tuple[int, int] | None:
    """Return how many a place's shown windows hold of each group, if they fill the years."""
    since, last = years
    own = sorted(
        (one for one in told if one.code == code and since <= one.since), key=_since
    )
    own = [one for one in own if one.period <= last]
    fills = own and own[0].since == since and own[-1].period == last
    joined = all(
        int(one.period[:4]) + 1 == int(after.since[:4]) for one, after in pairwise(own)
    )
    if not (fills and joined):
        return None
    return sum(one.n_first for one in own), sum(one.n_second for one in own)


def _since(one: GapResult) -> str:
    return one.since


def _gives_away(left: tuple[int, int], limits: Limits) -> bool:
    """Whether a remainder holds children of a group, but fewer than two limits."""
    enough = 2 * limits.minimum_group
    return any(0 < count < enough for count in left)


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
