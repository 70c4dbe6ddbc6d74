"""Laws that gaps and slope indices keep whatever the data."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kaeden_stats import (
    design_effect,
    gap_between_means,
    gap_between_shares,
    gap_in_clusters,
    gaps_apart,
    pooled_gap,
    slope_index,
    slope_index_in_clusters,
)
from tests.plain import gaps_loop

cents = st.integers(100, 500).map(lambda whole: whole / 100)
spreads = st.integers(10, 200).map(lambda whole: whole / 100)
sizes = st.integers(5, 200)
means = st.tuples(cents, cents), st.tuples(spreads, spreads), st.tuples(sizes, sizes)
kinds = st.sampled_from(["means", "shares", "clusters"])


@st.composite
def rows(draw, groups=2, smallest=3):
    """Made-up rows: a cluster, a group and an outcome above 0."""
    clusters = draw(st.integers(smallest, 7))
    values = st.lists(cents, min_size=1, max_size=4)
    return [
        (cluster, group, value)
        for cluster in range(clusters)
        for group in range(groups)
        for value in draw(values)
    ]


def tables(some, groups=2):
    clusters = 1 + max(cluster for cluster, _group, _value in some)
    n, total = np.zeros((clusters, groups)), np.zeros((clusters, groups))
    for cluster, group, value in some:
        n[cluster, group] += 1
        total[cluster, group] += value
    return n, total


@st.composite
def gaps(draw):
    """A gap and the same with its groups swapped."""
    kind = draw(kinds)
    if kind == "clusters":
        n, total = tables(draw(rows()))
        return gap_in_clusters(n, total), gap_in_clusters(n[:, ::-1], total[:, ::-1])
    if kind == "means":
        said = [draw(one) for one in means]
        swapped = [one[::-1] for one in said]
        return gap_between_means(*said), gap_between_means(*swapped)
    n = draw(means[2])
    events = tuple(draw(st.integers(1, size)) for size in n)
    return gap_between_shares(events, n), gap_between_shares(events[::-1], n[::-1])


@given(gaps())
def test_swapped_groups_turn_the_sign_and_the_ratio(both):
    gap, swapped = both

    assert swapped.difference == pytest.approx(-gap.difference)
    assert (swapped.low, swapped.high) == pytest.approx((-gap.high, -gap.low))
    assert swapped.ratio == pytest.approx(1 / gap.ratio)
    ends = (swapped.ratio_low, swapped.ratio_high)
    assert ends == pytest.approx((1 / gap.ratio_high, 1 / gap.ratio_low))


@given(gaps())
def test_a_gap_lies_in_its_own_intervals(both):
    gap, _swapped = both

    assert gap.low <= gap.difference <= gap.high
    assert gap.ratio_low * (1 - 1e-12) <= gap.ratio <= gap.ratio_high * (1 + 1e-12)


@given(rows(), st.integers(2, 100))
def test_another_unit_of_measure_scales_the_gap_and_leaves_the_ratio(some, by):
    n, total = tables(some)
    gap, scaled = gap_in_clusters(n, total), gap_in_clusters(n, by * total)

    assert scaled.difference == pytest.approx(by * gap.difference)
    assert scaled.standard_error == pytest.approx(by * gap.standard_error, abs=1e-9)
    assert scaled.ratio_high == pytest.approx(gap.ratio_high)


@given(rows())
def test_a_gap_in_clusters_is_that_of_the_loop(some):
    gap = gap_in_clusters(*tables(some))
    difference, variance = gaps_loop.gap(some)

    assert gap.difference == pytest.approx(difference, abs=1e-12)
    assert gap.standard_error**2 == pytest.approx(variance, abs=1e-12)


@given(rows(groups=4))
def test_a_slope_index_in_clusters_is_that_of_the_loop(some):
    index = slope_index_in_clusters(*tables(some, groups=4))
    slope, variance = gaps_loop.slope(some, groups=4)

    assert index.slope == pytest.approx(slope, abs=1e-9)
    assert index.standard_error**2 == pytest.approx(variance, abs=1e-9)


@given(rows())
def test_what_a_cluster_gives_to_both_groups_is_no_gap(some):
    """In balanced clusters; else a group with more rows in high clusters lies higher."""
    one_each = {(cluster, group): value for cluster, group, value in some}
    lifted = [(c, g, value + 10 * c) for (c, g), value in one_each.items()]
    plain = [(c, g, value) for (c, g), value in one_each.items()]

    before, after = gap_in_clusters(*tables(plain)), gap_in_clusters(*tables(lifted))

    assert after.difference == pytest.approx(before.difference)
    assert after.standard_error == pytest.approx(before.standard_error, abs=1e-9)


@given(gaps(), gaps())
def test_two_gaps_differ_only_where_their_difference_leaves_out_nothing(one, other):
    first, second = one[0], other[0]
    apart = gaps_apart(first, second)

    holds_nothing = apart.low <= 0 <= apart.high
    assert apart.differ is not holds_nothing
    assert apart.difference == pytest.approx(second.difference - first.difference)
    surest = max(first.standard_error, second.standard_error)
    assert apart.standard_error >= surest * (1 - 1e-12)


@given(st.lists(gaps(), min_size=2, max_size=6))
def test_a_pooled_gap_lies_among_its_own_and_the_order_is_nothing(some):
    known = [gap for gap, _swapped in some]
    assume(all(gap.standard_error > 1e-6 for gap in known))
    pooled, turned = pooled_gap(known), pooled_gap(known[::-1])
    found = [gap.difference for gap in known]

    assert min(found) - 1e-9 <= pooled.difference <= max(found) + 1e-9
    assert turned.difference == pytest.approx(pooled.difference)
    assert turned.p_value == pytest.approx(pooled.p_value)
    assert 0 <= pooled.p_value <= 1


@given(gaps(), st.integers(2, 5))
def test_the_same_gap_over_again_is_surer_and_differs_from_nothing(both, times):
    gap, _swapped = both
    assume(gap.standard_error > 1e-6)
    pooled = pooled_gap([gap] * times)

    assert pooled.standard_error == pytest.approx(gap.standard_error / times**0.5)
    assert pooled.p_value == pytest.approx(1.0)


@st.composite
def ranked(draw):
    count = draw(st.integers(3, 8))
    drawn = (
        draw(st.lists(one, min_size=count, max_size=count))
        for one in (sizes, cents, spreads)
    )
    return tuple(np.array(one) for one in drawn)


@given(ranked())
def test_the_order_turned_turns_the_slope(some):
    size, value, error = some
    index = slope_index(size, value, error)
    turned = slope_index(size[::-1], value[::-1], error[::-1])

    assert turned.slope == pytest.approx(-index.slope, abs=1e-9)
    assert turned.bottom == pytest.approx(index.top)
    if index.bottom > 0 and index.top > 0:
        assert turned.ratio == pytest.approx(1 / index.ratio)


@given(ranked(), st.integers(2, 50))
def test_only_the_groups_shares_of_all_count(some, by):
    size, value, error = some
    index, larger = (
        slope_index(size, value, error),
        slope_index(by * size, value, error),
    )

    assert larger.slope == pytest.approx(index.slope)
    assert larger.standard_error == pytest.approx(index.standard_error)


@given(ranked())
def test_a_line_by_rank_is_found_as_it_is(some):
    size, _value, error = some
    share = size / size.sum()
    rank = np.cumsum(share) - share / 2
    index = slope_index(size, 3 + 0.7 * rank, error)

    assert index.slope == pytest.approx(0.7)
    assert (index.bottom, index.top) == pytest.approx((3.0, 3.7))


@given(st.lists(st.tuples(spreads, spreads, st.integers(2, 9)), min_size=1))
def test_a_design_effect_never_makes_anything_surer(units):
    clustered, plain, clusters = map(np.array, zip(*units, strict=True))
    found = design_effect(clustered, plain, clusters)

    assert found.factor >= 1
    assert found.factor <= max(1.0, float((clustered / plain).max())) + 1e-9
    assert found.df == (clusters - 1).sum()
