"""A gap says in a sentence what it can't be made of."""

import math

import numpy as np
import pytest

from kaeden_stats import (
    InvalidInput,
    NotIdentified,
    design_effect,
    gap_between_means,
    gap_between_shares,
    gap_in_clusters,
    gaps_apart,
    pooled_gap,
    slope_index,
    slope_index_in_clusters,
)

A_GAP = gap_between_means([3.0, 3.5], [1.0, 1.0], [40, 40])
ROWS, SUMS = [[5, 5]] * 3, [[15, 18], [14, 19], [16, 17]]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (([3.0], [1.0], [9]), "mean must be of two groups, got 1"),
        (([3.0, math.nan], [1.0, 1.0], [9, 9]), "mean has 1 missing"),
        (([3.0, 4.0], [1.0, 0.0], [9, 9]), "variance must be above 0"),
        (([3.0, 4.0], [1.0, 1.0, 1.0], [9, 9]), "mean and variance must have"),
        (([3.0, 4.0], [1.0, 1.0], [9, 1]), "n must be 2 or more"),
        (([3.0, 4.0], [1.0, 1.0], [9, 9, 9]), "n must be of two groups"),
    ],
)
def test_means_that_are_no_gap_are_refused(given, said):
    with pytest.raises(InvalidInput, match=said):
        gap_between_means(*given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (([11, 2], [10, 10]), r"got \[11.0, 2.0\] of \[10.0, 10.0\]"),
        (([-1, 2], [10, 10]), "events must lie from 0 to n"),
        (([0, 2], [0, 10]), "events must lie from 0 to n"),
        (([1, 2, 3], [9, 9]), "events must be of two groups, got 3"),
    ],
)
def test_counts_that_are_no_shares_are_refused(given, said):
    with pytest.raises(InvalidInput, match=said):
        gap_between_shares(*given)


@pytest.mark.parametrize(
    ("n", "total", "refusal", "said"),
    [
        (ROWS[:2], SUMS[:2], NotIdentified, "2 clusters can't say"),
        (ROWS, SUMS[:2], InvalidInput, "tables of one shape"),
        ([5, 5, 5], [1, 2, 3], InvalidInput, "tables of one shape"),
        ([[5]] * 3, [[1]] * 3, InvalidInput, "tables of one shape"),
        ([[5, math.nan]] * 3, SUMS, InvalidInput, "put 0 where there is no row"),
        ([[5, -1]] * 3, SUMS, InvalidInput, "n must be 0 or more"),
        ([[5, 0]] * 3, SUMS, InvalidInput, "total 0 where n is 0"),
        ([[5, 0]] * 3, [[5, 0]] * 3, NotIdentified, "A group has no rows"),
        ([[5, 5, 5]] * 3, [[5, 5, 5]] * 3, InvalidInput, "between two groups, got 3"),
    ],
)
def test_tables_that_are_no_gap_are_refused(n, total, refusal, said):
    with pytest.raises(refusal, match=said):
        gap_in_clusters(n, total)


def test_a_level_outside_0_to_1_is_refused():
    with pytest.raises(InvalidInput, match="level must lie between 0 and 1"):
        gap_in_clusters(ROWS, SUMS, level=95)


def test_the_input_is_left_as_it_was():
    n, total = np.array(ROWS), np.array(SUMS)
    gap_in_clusters(n, total)

    assert (n.tolist(), total.tolist()) == (ROWS, SUMS)


def test_without_an_event_there_is_a_gap_and_no_ratio():
    gap = gap_between_shares([0, 3], [10, 10])

    assert gap.low < 0.3 < gap.high
    assert all(map(math.isnan, (gap.ratio, gap.ratio_low, gap.ratio_high)))


@pytest.mark.parametrize("sums", [[[-2, 2]] * 3, [[0, 2]] * 3])
def test_a_mean_that_is_not_above_0_has_no_ratio(sums):
    gap = gap_in_clusters([[1, 1]] * 3, sums)

    assert gap.difference > 0
    assert math.isnan(gap.ratio)


def test_a_smaller_sample_of_the_same_share_is_less_sure():
    few, many = (
        gap_between_shares([1, 3], [10, 10]),
        gap_between_shares([9, 27], [90, 90]),
    )

    assert few.high - few.low > many.high - many.low


def test_gaps_of_different_levels_are_not_held_together():
    other = gap_between_means([3.0, 3.5], [1.0, 1.0], [40, 40], level=0.9)

    with pytest.raises(InvalidInput, match=r"one level, got 0\.95 and 0\.9"):
        gaps_apart(A_GAP, other)


def test_one_gap_that_is_sure_and_one_that_is_not_do_not_differ_by_that():
    sure = gap_between_means([3.0, 3.5], [1.0, 1.0], [40, 40])
    unsure = gap_between_means([3.0, 3.3], [1.0, 1.0], [40, 40])
    wide = gap_between_means([3.0, 4.5], [1.0, 1.0], [40, 40])

    assert sure.low > 0 > unsure.low
    assert not gaps_apart(sure, unsure).differ
    assert gaps_apart(unsure, wide).differ


def test_gaps_known_without_doubt_differ_if_they_do():
    rows, sums = [[1, 1]] * 3, [[1, 2]] * 3
    first, second = gap_in_clusters(rows, sums), gap_in_clusters(rows, [[1, 3]] * 3)

    assert gaps_apart(first, second).differ
    assert not gaps_apart(first, first).differ


@pytest.mark.parametrize(
    ("gaps", "weight", "refusal", "said"),
    [
        ([A_GAP], None, NotIdentified, "1 gaps can't be pooled"),
        ([A_GAP, A_GAP], [1.0], InvalidInput, "gaps and weight must have one shape"),
        ([A_GAP, A_GAP], [1.0, 0.0], InvalidInput, "weight must be above 0"),
        (
            [gap_in_clusters([[1, 1]] * 3, [[1, 2]] * 3)] * 2,
            None,
            InvalidInput,
            "above 0",
        ),
    ],
)
def test_gaps_that_can_not_be_pooled_are_refused(gaps, weight, refusal, said):
    with pytest.raises(refusal, match=said):
        pooled_gap(gaps, weight=weight)


@pytest.mark.parametrize(
    ("given", "refusal", "said"),
    [
        (([], [], []), NotIdentified, "No unit has two clusters"),
        (([1.0], [0.0], [3]), InvalidInput, "plain must be above 0"),
        (([1.0], [1.0, 1.0], [3]), InvalidInput, "clustered and plain"),
        (([1.0], [1.0], [3, 3]), InvalidInput, "clustered and clusters"),
        (([1.0], [1.0], [1]), InvalidInput, "clusters 2 or more"),
        (([-1.0], [1.0], [3]), InvalidInput, "clustered must be 0 or more"),
    ],
)
def test_a_design_effect_of_nothing_is_refused(given, refusal, said):
    with pytest.raises(refusal, match=said):
        design_effect(*given)


@pytest.mark.parametrize(
    ("given", "refusal", "said"),
    [
        (([9, 9], [1, 2], [0.1, 0.1]), NotIdentified, "2 groups are no order"),
        (([9, 9, 0], [1, 2, 3], [0.1] * 3), InvalidInput, "size must be above 0"),
        (([9, 9, 9], [1, 2], [0.1] * 3), InvalidInput, "size and value"),
        (([9, 9, 9], [1, 2, 3], [0.1] * 2), InvalidInput, "value and standard_error"),
        (([9, 9, 9], [1, 2, 3], [0.1, -1, 0.1]), InvalidInput, "0 or more, got -1"),
    ],
)
def test_groups_without_an_order_have_no_slope(given, refusal, said):
    with pytest.raises(refusal, match=said):
        slope_index(*given)


def test_a_line_that_falls_below_nothing_has_no_relative_index():
    index = slope_index([9, 9, 9], [0.1, 1.0, 4.0], [0.1] * 3)

    assert index.bottom < 0
    assert math.isnan(index.ratio_low)


def test_two_groups_in_clusters_have_no_slope():
    with pytest.raises(NotIdentified, match="3 or more"):
        slope_index_in_clusters(ROWS, SUMS)
