"""No gap gives away a group that is too small, by itself or by subtraction."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kaeden.publication.gap_rules import (
    GAP_NUMBERS,
    cells_of,
    gives_away,
    protect_gaps,
    shown_places,
)
from kaeden.publication.rules import Limits
from tests.builders.figures import a_gap_result

FIVE = Limits(minimum_group=5, decimals=1)
YEARS = ("2022/23", "2023/24", "2024/25")


def told(*gaps, limits=FIVE):
    return [left for _one, left in protect_gaps(gaps, lambda _name: limits)]


def a_town(first, second, **changes):
    return a_gap_result(
        "999", level="municipality", n_first=first, n_second=second, **changes
    )


@pytest.mark.parametrize("small", [{"n_first": 4}, {"n_second": 4}])
def test_one_small_group_hides_both_with_every_number(small):
    (left,) = told(a_gap_result(**({"n_first": 30, "n_second": 30} | small)))

    assert left["status"] == "hidden"
    assert {left[name] for name in GAP_NUMBERS} == {None}


def test_a_gap_that_could_not_be_found_is_hidden_in_the_same_way():
    (left,) = told(a_gap_result(difference=None))

    assert left["status"] == "hidden"


def test_what_is_shown_is_rounded_and_ends_go_outwards():
    (left,) = told(
        a_gap_result(
            n_first=34,
            n_second=58,
            mean_first=3.6449,
            difference=0.3449,
            low=0.1289,
            high=0.5611,
            ratio=1.0947,
            ratio_low=1.0321,
            ratio_high=1.1601,
            differ_p=0.12345,
        )
    )

    assert (left["n_first"], left["n_second"]) == (30, 60)
    assert (left["mean_first"], left["difference"]) == (3.6, 0.34)
    assert (left["low"], left["high"]) == (0.12, 0.57)
    assert (left["ratio"], left["ratio_low"], left["ratio_high"]) == (1.09, 1.03, 1.17)
    assert left["differ_p"] == 0.123


def test_means_of_many_children_may_have_one_decimal_more():
    (left,) = told(a_gap_result(n_first=120, n_second=130, mean_first=3.6449))

    assert left["mean_first"] == 3.64


def one_year(code, first, second, **changes):
    year = (YEARS[-1], first, second)
    return a_gap_result(
        code, n_first=first, n_second=second, by_year=(year,), **changes
    )


def test_a_single_small_group_can_not_be_found_by_taking_the_others_from_the_whole():
    """Three schools shown beside the municipality would give the fourth away."""
    gaps = [
        one_year("999", 93, 92, level="municipality"),
        *(one_year(f"99900{n}", 30, 30) for n in (1, 2, 3)),
        one_year("999004", 3, 2, difference=None),
    ]
    shown = shown_places(gaps, FIVE)

    assert "999" in shown
    assert len(shown) == 3
    assert "999004" not in shown


def test_a_small_municipality_is_hidden():
    assert told(a_town(4, 40))[0]["status"] == "hidden"


def test_a_school_that_has_closed_is_not_found_either():
    """The municipality less all schools that are told of is the one that is gone."""
    gaps = [one_year("999", 63, 62, level="municipality")]
    gaps += [one_year(f"99900{n}", 30, 30) for n in (1, 2)]

    assert len(shown_places(gaps, FIVE)) == 2


def test_where_all_are_large_enough_all_are_shown():
    gaps = [one_year("999", 60, 60, level="municipality")]
    gaps += [one_year(f"9990{n}", 30, 30) for n in "12"]

    assert shown_places(gaps, FIVE) == {"999", "99901", "99902"}


def test_another_pair_or_indicator_is_judged_by_itself():
    small = a_gap_result(first="boys", second="girls", n_first=3)
    left = told(a_gap_result(), small)

    assert [one["status"] for one in left] == ["value", "hidden"]


# The attacker -------------------------------------------------------------------------


@st.composite
def towns(draw):
    """A town's true counts by unit and year, and the gaps an engine would make of them."""
    units, years = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    size = st.sampled_from([0, 1, 3, 4, 6, 9, 14, 22, 40])
    cells = np.array(
        [[[draw(size), draw(size)] for _year in range(years)] for _unit in range(units)]
    )
    return cells, draw(st.sampled_from([5, 10]))


def made_of(cells, fewest=20):
    """The gaps of the rule of windows: fewest years with 20 of each group."""
    periods = YEARS[-cells.shape[1] :]
    gaps, sums = [], []
    places = [("999", cells.sum(axis=0))]
    places += [(f"99900{place}", own) for place, own in enumerate(cells)]
    for place, (code, own) in enumerate(places):
        needed = next(
            (
                y
                for y in range(1, len(own) + 1)
                if (own[-y:].sum(axis=0) >= fewest).all()
            ),
            len(own),
        )
        for last in range(len(own), 0, -needed):
            if last < needed:
                break
            n = own[last - needed : last].sum(axis=0)
            gaps.append(
                a_gap_result(
                    code,
                    level="institution" if place else "municipality",
                    since=periods[last - needed],
                    period=periods[last - 1],
                    years=needed,
                    is_latest=last == len(own),
                    n_first=int(n[0]),
                    n_second=int(n[1]),
                    difference=0.3 if (n >= fewest).all() else None,
                    by_year=tuple(
                        (year, int(first), int(second))
                        for year, (first, second) in zip(periods, own, strict=True)
                    )
                    if last == len(own)
                    else (),
                )
            )
            member = np.zeros(cells.shape[:2])
            rows = range(len(cells)) if place == 0 else [place - 1]
            member[np.ix_(list(rows), range(last - needed, last))] = 1
            sums.append(member.ravel())
    return gaps, sums


@given(towns())
@example((np.array([[[0, 0], [0, 22], [22, 0]], [[1, 6], [22, 0], [0, 14]]]), 5))
@settings(max_examples=150, deadline=None)
def test_no_small_group_is_a_sum_or_a_difference_of_what_is_shown(town):
    """Whatever one adds and subtracts: each unit, alone and over all its years."""
    cells, limit = town
    gaps, sums = made_of(cells)
    left = told(*gaps, limits=Limits(minimum_group=limit, decimals=1))
    known = [
        own for own, one in zip(sums, left, strict=True) if one["status"] == "value"
    ]
    for unit, span in itertools.product(range(len(cells)), _spans(cells.shape[1])):
        counts = cells[unit, span[0] : span[1]].sum(axis=0)
        if not ((counts > 0) & (counts < limit)).any():
            continue
        wanted = np.zeros(cells.shape[:2])
        wanted[unit, span[0] : span[1]] = 1
        assert not _can_be_found(wanted.ravel(), known)


def _spans(years):
    return [(a, b) for a in range(years) for b in range(a + 1, years + 1)]


def _can_be_found(wanted, known):
    if not known:
        return False
    basis = np.array(known).T
    weights = np.linalg.lstsq(basis, wanted, rcond=None)[0]
    return np.allclose(basis @ weights, wanted, atol=1e-8)


def test_the_attacker_does_find_a_small_group_when_nothing_is_hidden():
    """So that the test above can fail."""
    cells = np.array([[[40, 40]], [[40, 40]], [[3, 3]]])
    gaps, sums = made_of(cells)
    by_itself = [
        own for own, one in zip(sums, gaps, strict=True) if one.difference is not None
    ]

    assert _can_be_found(np.array([0, 0, 1.0]), by_itself)
    # The rest of the municipality comes last, and is nobody here.
    padded = [np.append(own, 0.0) for own in by_itself]
    assert gives_away(cells_of(gaps), padded, FIVE)
    assert not gives_away(cells_of(gaps), [], FIVE)
