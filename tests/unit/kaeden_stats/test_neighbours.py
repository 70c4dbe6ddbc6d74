import numpy as np
import pytest

from kaeden_stats import (
    InvalidInput,
    NotIdentified,
    nearest_neighbours,
    peer_means,
)

CONDITIONS = [[1.0, 10.0], [2.0, 10.0], [4.0, 30.0], [8.0, 30.0], [9.0, 20.0]]


def test_ties_go_to_the_unit_that_was_given_first():
    assert nearest_neighbours([[1.0]] * 4, 2).index.tolist() == [
        [1, 2],
        [0, 2],
        [0, 1],
        [0, 1],
    ]


def test_neighbours_come_from_other_municipalities_when_asked():
    towns = ["Fjordby", "Fjordby", "Bakkeby", "Bakkeby", "Skovby"]
    index = nearest_neighbours(CONDITIONS, 2, exclude_within=towns).index

    own = np.array(towns)
    assert (own[index] != own[:, None]).all()


def test_one_extreme_unit_does_not_make_all_others_alike():
    features = [[1.0], [2.0], [3.0], [4.0], [1e6]]
    distance = nearest_neighbours(features, 1).distance[0, 0]

    assert distance == pytest.approx(1 / 1.4826)


def test_a_feature_that_most_units_share_is_scaled_by_its_standard_deviation():
    features = [[0.0]] * 9 + [[10.0]]

    assert nearest_neighbours(features, 1).distance[9, 0] == pytest.approx(10 / 3)


def test_a_weight_of_four_doubles_the_distance():
    once = nearest_neighbours([[1.0], [2.0], [4.0]], 1)
    four = nearest_neighbours([[1.0], [2.0], [4.0]], 1, weights=[4.0])

    np.testing.assert_allclose(four.distance, 2 * once.distance)


def test_a_feature_that_is_the_same_everywhere_counts_for_nothing():
    with_constant = [[*row, 5.0] for row in CONDITIONS]

    np.testing.assert_array_equal(
        nearest_neighbours(with_constant, 3).index,
        nearest_neighbours(CONDITIONS, 3).index,
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"features": [1.0, 2.0], "k": 1}, "features must be a table"),
        ({"features": [[1.0], [float("nan")]], "k": 1}, "features has 1 missing"),
        ({"features": CONDITIONS, "k": 0}, "k must be at least 1, got 0"),
        ({"features": CONDITIONS, "k": 1, "weights": [1.0]}, "columns and weights"),
        ({"features": CONDITIONS, "k": 1, "weights": [1.0, -2.0]}, "smallest is -2"),
        (
            {"features": CONDITIONS, "k": 1, "exclude_within": ["a"]},
            "one label for each",
        ),
    ],
)
def test_a_broken_promise_is_named(arguments, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        nearest_neighbours(**arguments)


def test_more_neighbours_than_there_are_others_is_refused():
    with pytest.raises(NotIdentified, match="only 4 others"):
        nearest_neighbours(CONDITIONS, 5)


def test_peers_without_a_value_are_left_out_and_counted():
    nan = float("nan")
    means = peer_means([nan, 2.0, 4.0], [nan, 1.0, 1.0], [[1, 2], [0, 2], [0, 0]])

    assert means.peers.tolist() == [2, 1, 0]
    assert means.mean[:2].tolist() == [3.0, 4.0]
    assert np.isnan(means.mean[2])
    assert np.isnan(means.variance[2])
    assert means.variance[:2].tolist() == [0.5, 1.0]


def test_the_variance_of_a_peer_mean_is_chance_alone():
    known = ([0.0, 1.0, 2.0], [1.0, 0.2, 0.6], [[1, 2], [0, 2], [0, 1]])
    weight = 1 / np.array([0.2 + 0.3, 0.6 + 0.3])

    means = peer_means(*known, between_variance=0.3)

    by_hand = (weight**2 @ [0.2, 0.6]) / weight.sum() ** 2
    assert means.variance[0] == pytest.approx(by_hand)


def test_the_more_units_truly_differ_the_more_alike_peers_count():
    known = ([0.0, 1.0, 2.0], [1.0, 0.01, 1.0], [[1, 2], [0, 2], [0, 1]])

    assert peer_means(*known).mean[0] == pytest.approx(1.0, abs=0.02)
    assert peer_means(*known, between_variance=1e6).mean[0] == pytest.approx(
        1.5, abs=1e-3
    )


@pytest.mark.parametrize(
    ("variance", "neighbours", "between", "sentence"),
    [
        ([1.0], [[1], [0]], 0.0, "value and variance must have one shape"),
        ([1.0, 0.0], [[1], [0]], 0.0, "above 0 wherever there is a value"),
        ([1.0, 1.0], [[1.0], [0.0]], 0.0, "whole numbers in 2 rows, got float64"),
        (
            [1.0, 1.0],
            [[1]],
            0.0,
            r"whole numbers in 2 rows, got int64 of shape \(1, 1\)",
        ),
        ([1.0, 1.0], [[1], [2]], 0.0, "must be rows 0 to 1"),
        (
            [1.0, 1.0],
            [[1], [0]],
            -1.0,
            r"between_variance must be 0 or more, got -1\.0",
        ),
    ],
)
def test_a_broken_promise_about_peers_is_named(variance, neighbours, between, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        peer_means([1.0, 2.0], variance, neighbours, between_variance=between)


@pytest.mark.parametrize("grouped", [False, True])
def test_many_units_taken_in_blocks_have_the_neighbours_of_all_at_once(grouped):
    rng = np.random.default_rng(11)
    features = rng.integers(0, 6, (600, 2)).astype(float)  # many are equally near
    group = rng.integers(0, 40, 600) if grouped else np.arange(600)
    found = nearest_neighbours(features, 7, exclude_within=group if grouped else None)

    spread = [1.4826 * np.median(np.abs(x - np.median(x))) for x in features.T]
    away = (features[:, None] - features) / spread
    distance = np.sqrt((away**2).sum(axis=2))
    distance[group[:, None] == group] = np.inf
    nearest = np.argsort(distance.round(9), axis=1, kind="stable")[:, :7]
    np.testing.assert_array_equal(found.index, nearest)
    assert found.distance == pytest.approx(np.take_along_axis(distance, nearest, 1))
