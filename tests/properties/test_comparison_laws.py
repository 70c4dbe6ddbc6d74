"""Laws of the funnel, false discovery and neighbours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaeden_stats import (
    false_discovery,
    nearest_neighbours,
    overdispersed_funnel,
    peer_means,
)

p_values = st.lists(st.integers(0, 10_000).map(lambda x: x / 10_000), max_size=40)


@st.composite
def funnels(draw):
    """Differences to two decimals, with their variances."""
    k = draw(st.integers(2, 30))
    hundredths = st.integers(-500, 500).map(lambda x: x / 100)
    difference = draw(st.lists(hundredths, min_size=k, max_size=k))
    variance = draw(st.lists(st.floats(0.01, 2), min_size=k, max_size=k))
    return np.array(difference), np.array(variance)


@st.composite
def conditions(draw):
    """Units with two conditions each."""
    n = draw(st.integers(4, 15))
    whole = st.integers(0, 20)
    return np.array(
        draw(st.lists(st.tuples(whole, whole), min_size=n, max_size=n)), dtype=float
    )


@given(funnels())
def test_widening_never_makes_a_unit_stand_out_more(funnel):
    ours = overdispersed_funnel(*funnel)

    assert (np.abs(ours.adjusted_z) <= np.abs(ours.z)).all()
    assert ours.between_variance >= 0


@given(funnels(), st.floats(0.01, 100))
def test_a_change_of_unit_leaves_z_alone(funnel, factor):
    difference, variance = funnel
    ours = overdispersed_funnel(difference, variance)
    scaled = overdispersed_funnel(difference * factor, variance * factor**2)

    np.testing.assert_allclose(scaled.adjusted_z, ours.adjusted_z, rtol=1e-6, atol=1e-9)
    assert scaled.between_variance == pytest.approx(
        ours.between_variance * factor**2, abs=1e-9 * factor**2
    )


@given(funnels(), st.floats(0.5, 0.999))
def test_a_unit_lies_outside_the_limits_just_when_its_p_value_says_so(funnel, level):
    difference, variance = funnel
    ours = overdispersed_funnel(difference, variance)
    outside = np.abs(difference) > ours.limits(variance, level=level)
    sure = np.abs(ours.p_value - (1 - level)) > 1e-9

    assert (outside == (ours.p_value < 1 - level))[sure].all()


@given(p_values, st.floats(0.01, 0.2))
def test_flags_are_those_of_the_step_up_rule(p, level):
    ours = false_discovery(p, level=level)
    ordered, m = sorted(p), len(p)
    passing = [x for rank, x in enumerate(ordered, 1) if x <= level * rank / m - 1e-12]
    limit = max(passing, default=-1.0)

    assert all(flag for flag, x in zip(ours.flag, p, strict=True) if x <= limit)
    assert ours.found == ours.flag.sum()
    assert ours.scanned == m


@given(p_values)
def test_a_q_value_is_never_below_its_p_value_and_keeps_the_order(p):
    q = false_discovery(p).q_value

    assert (q >= np.array(p) - 1e-15).all()
    assert (np.diff(q[np.argsort(p, kind="stable")]) >= 0).all()
    assert (q <= 1).all()


@given(conditions(), st.integers(1, 3))
def test_nobody_is_their_own_neighbour_and_the_nearest_come_first(features, k):
    ours = nearest_neighbours(features, k)

    assert (ours.index != np.arange(len(features))[:, None]).all()
    assert (np.diff(ours.distance, axis=1) >= 0).all()


@given(conditions(), st.sampled_from([0.25, 0.5, 2.0, 1024.0]))
def test_a_change_of_a_features_unit_changes_no_neighbour(features, factor):
    scaled = features * [factor, 1.0]

    np.testing.assert_array_equal(
        nearest_neighbours(scaled, 3).index, nearest_neighbours(features, 3).index
    )


@given(conditions())
def test_a_feature_without_weight_counts_for_nothing(features):
    with_ = nearest_neighbours(features, 2, weights=[1.0, 0.0])
    without = nearest_neighbours(features[:, :1], 2)

    np.testing.assert_array_equal(with_.index, without.index)


@given(conditions(), st.floats(0, 10))
def test_a_peer_mean_lies_among_the_peers(features, between):
    value = features[:, 0]
    index = nearest_neighbours(features, 3).index
    ours = peer_means(value, 1 + features[:, 1], index, between_variance=between)

    assert (ours.mean >= value[index].min(axis=1) - 1e-9).all()
    assert (ours.mean <= value[index].max(axis=1) + 1e-9).all()
    assert (ours.peers == 3).all()
