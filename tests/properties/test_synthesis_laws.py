"""Laws of putting effects together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaeden_stats import random_effects

hundredths = st.integers(-200, 200).map(lambda x: x / 100)


@st.composite
def found_at_places(draw):
    """Effects and their sampling variances at three to nine places."""
    effect = draw(st.lists(hundredths, min_size=3, max_size=9))
    variance = st.integers(1, 90).map(lambda x: x / 100)
    return np.array(effect), np.array(
        draw(st.lists(variance, min_size=len(effect), max_size=len(effect)))
    )


@given(found_at_places())
def test_the_order_of_places_does_not_matter(found):
    order = np.argsort(found[0], kind="stable")
    ours, sorted_ = (
        random_effects(*found),
        random_effects(*(part[order] for part in found)),
    )

    assert sorted_.between_variance == pytest.approx(ours.between_variance, abs=1e-9)
    np.testing.assert_allclose(sorted_.effects, ours.effects[order], atol=1e-7)


@given(found_at_places(), st.integers(2, 9), hundredths)
def test_another_unit_gives_the_same_answer_in_that_unit(found, scale, shift):
    effect, variance = found
    ours = random_effects(effect, variance).forecast()
    theirs = random_effects(effect * scale + shift, variance * scale**2).forecast()

    assert theirs.mean == pytest.approx(ours.mean * scale + shift, abs=1e-6)
    assert theirs.expected_low == pytest.approx(
        ours.expected_low * scale + shift, abs=1e-5 * scale
    )


@given(found_at_places())
def test_the_mean_lies_among_the_effects_and_each_place_between_its_own_and_the_mean(
    found,
):
    effect, variance = found
    ours = random_effects(effect, variance)
    mean = ours.coefficients[0]

    assert effect.min() - 1e-9 <= mean <= effect.max() + 1e-9
    assert (np.abs(ours.effects - mean) <= np.abs(effect - mean) + 1e-9).all()


@given(found_at_places())
def test_no_other_spread_is_likelier(found):
    """On a grid: the restricted likelihood of few effects can have two tops."""
    effect, variance = found
    ours = random_effects(effect, variance)
    x = np.ones((len(effect), 1))

    def likelihood(tau2):
        w = 1 / (variance + tau2)
        mean = np.sum(w * effect) / w.sum()
        return (
            -(
                (len(effect) - 1) * np.log(2 * np.pi)
                - np.log(w).sum()
                + np.log(w.sum())
                - np.log(np.linalg.det(x.T @ x))
                + np.sum(w * (effect - mean) ** 2)
            )
            / 2
        )

    best = max(map(likelihood, np.append(0.0, np.geomspace(1e-4, 30, 200))))
    assert ours.log_likelihood >= best - 1e-9
