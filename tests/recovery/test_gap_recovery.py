"""Intervals of gaps hold the truth about as often as they say, where rows hang together.

500 made-up municipalities of eight schools. An interval that says 95 % may miss by what
500 tries leave to chance, and by the little that eight clusters cost it.
"""

import numpy as np
import pytest

from kaeden_stats import (
    gap_between_means,
    gap_between_shares,
    gap_in_clusters,
    slope_index_in_clusters,
)

TRIES, SCHOOLS, PER_GROUP = 500, 8, 20
CHANCE = 0.03
"""Three standard errors of a share of 95 % in 500 tries."""


def towns(rng, *, gap, by_school):
    """Give tables of towns: a school lifts both groups, and has a gap of its own."""
    for _town in range(TRIES):
        both = rng.normal(0, 0.4, SCHOOLS)
        own_gap = gap + by_school * rng.normal(size=SCHOOLS)
        n = rng.integers(PER_GROUP // 2, PER_GROUP * 2, (SCHOOLS, 2))
        middle = np.column_stack([3 + both, 3 + both + own_gap])
        yield n, n * middle + rng.normal(0, np.sqrt(n))


def share_held(intervals, truth):
    return np.mean([low <= truth <= high for low, high in intervals])


def test_a_gap_in_clusters_holds_the_truth():
    rng = np.random.default_rng(20261124)
    found = [
        gap_in_clusters(n, total) for n, total in towns(rng, gap=0.3, by_school=0.2)
    ]

    assert (
        share_held([(one.low, one.high) for one in found], 0.3) > 0.95 - CHANCE - 0.02
    )
    assert np.mean([one.difference for one in found]) == pytest.approx(0.3, abs=0.02)


def test_rows_taken_for_independent_are_too_sure_where_schools_have_gaps_of_their_own():
    rng = np.random.default_rng(20261125)
    intervals = []
    for n, total in towns(rng, gap=0.3, by_school=0.5):
        mean = total.sum(axis=0) / n.sum(axis=0)
        gap = gap_between_means(mean, [1.2, 1.2], n.sum(axis=0))
        intervals.append((gap.low, gap.high))

    assert share_held(intervals, 0.3) < 0.85


def test_where_there_is_no_gap_none_is_claimed_too_often():
    rng = np.random.default_rng(20261126)
    found = [gap_in_clusters(n, t) for n, t in towns(rng, gap=0.0, by_school=0.2)]

    assert (
        np.mean([not one.low <= 0 <= one.high for one in found]) < 0.05 + CHANCE + 0.02
    )


def test_a_gap_between_shares_holds_the_truth_in_small_groups():
    rng = np.random.default_rng(20261127)
    found = [
        gap_between_shares(rng.binomial([12, 15], [0.85, 0.95]), [12, 15])
        for _try in range(TRIES)
    ]

    assert share_held([(one.low, one.high) for one in found], 0.1) > 0.95 - CHANCE


def test_a_slope_index_in_clusters_holds_the_truth():
    rng = np.random.default_rng(20261128)
    intervals = []
    rank = (np.arange(4) + 0.5) / 4
    for _town in range(TRIES):
        n = np.full((SCHOOLS, 4), PER_GROUP)
        lift = rng.normal(0, 0.3, (SCHOOLS, 1))
        total = n * (3 + 0.8 * rank + lift) + rng.normal(0, np.sqrt(PER_GROUP), n.shape)
        index = slope_index_in_clusters(n, total)
        intervals.append((index.low, index.high))

    assert share_held(intervals, 0.8) > 0.95 - CHANCE - 0.02
