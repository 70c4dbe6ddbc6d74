"""Columns come to mean 0 and variance 1, and back."""

import numpy as np
import pytest

from kaeden_stats.multilevel.binomial._scales import Scales


@pytest.fixture
def scales():
    draw = np.random.default_rng(1)
    far = draw.normal(1e6, 2.0, 50)
    columns = np.column_stack([np.ones(50), far, 2 * far + 3, np.full(50, -4.0)])
    columns = np.column_stack([columns, np.zeros(50)])
    mean = columns.mean(axis=0)
    return Scales.of(
        ("1", "far", "twice", "same", "nothing"),
        mean=mean,
        covariance=(columns - mean).T @ (columns - mean) / 50,
        total=50.0,
    ), columns


def test_a_column_is_centred_and_divided_by_its_spread(scales):
    found, columns = scales
    standard = found.standard("far", columns[:, 1])

    assert standard.mean() == pytest.approx(0, abs=1e-8)
    assert standard.std() == pytest.approx(1)


def test_a_constant_column_stays_where_it_is(scales):
    found, columns = scales

    assert set(found.standard("same", columns[:, 3])) == {-1.0}
    assert set(found.standard("nothing", columns[:, 4])) == {0.0}
    assert set(found.standard("1", columns[:, 0])) == {1.0}


def test_columns_that_others_determine_say_nothing_new(scales):
    found, _columns = scales

    assert found.independent(("1", "far", "twice", "same", "nothing")) == (
        ("1", "far"),
        ("twice", "same", "nothing"),
    )


def test_effects_of_standard_columns_are_taken_back(scales):
    found, columns = scales
    effect = np.array([0.3, 0.7])

    raw = found.back(("1", "far")) @ effect

    assert columns[:, :2] @ raw == pytest.approx(
        0.3 + 0.7 * found.standard("far", columns[:, 1]), abs=1e-8
    )


def test_moments_are_those_of_the_columns_as_they_are(scales):
    found, columns = scales
    z = columns[:, [0, 1]]

    assert found.moments(("1", "far")) == pytest.approx(z.T @ z / 50)
