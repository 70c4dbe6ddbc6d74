import numpy as np
import pytest

from kaeden_stats import (
    InvalidInput,
    NotIdentified,
    _variance_parts,
    between_interval,
    random_effects,
)
from tests.plain import synthesis_joint

EFFECT = [0.1, 0.5, 0.9, 0.3]
VARIANCE = [0.01, 0.02, 0.01, 0.03]


def places(k=24, c=3, seed=20261124):
    """Effects that follow the first of some context columns."""
    rng = np.random.default_rng(seed)
    context = rng.normal(size=(k, c)) * [2.0, 5.0, 0.1][:c] + [1.0, 40.0, 0.3][:c]
    variance = rng.uniform(0.01, 0.05, k)
    effect = 0.3 + 0.2 * (context[:, 0] - 1) + rng.normal(0, np.sqrt(0.02 + variance))
    return effect, variance, context


def test_effects_no_further_apart_than_chance_are_one():
    found = random_effects([0.2, 0.21, 0.19, 0.2], [0.01] * 4)

    assert found.between_variance == 0
    assert found.inconsistency == 0
    np.testing.assert_allclose(found.effects, 0.2)


def test_effects_that_happen_to_lie_close_don_t_make_the_interval_narrower():
    close = [0.2, 0.21, 0.19, 0.2], [0.01] * 4
    held, free = random_effects(*close), random_effects(*close, at_least_one=False)

    assert held.widening == 1
    assert free.widening < 0.01
    assert held.standard_errors[0] == pytest.approx(0.05)
    assert free.standard_errors[0] < held.standard_errors[0]


def test_the_next_place_is_less_certain_than_the_mean():
    foreseen = random_effects(EFFECT, VARIANCE).forecast()

    assert foreseen.expected_low < foreseen.low < foreseen.mean
    assert foreseen.mean < foreseen.high < foreseen.expected_high
    assert foreseen.level == 0.95


def test_a_wider_level_gives_a_wider_forecast():
    found = random_effects(EFFECT, VARIANCE)
    wide, narrow = found.forecast(level=0.99), found.forecast(level=0.8)

    assert wide.low < narrow.low
    assert wide.expected_high > narrow.expected_high


def test_a_place_s_own_effect_is_drawn_towards_the_others():
    found = random_effects(EFFECT, VARIANCE)
    mean = found.coefficients[0]

    assert abs(found.effects[3] - mean) < abs(EFFECT[3] - mean)
    assert (found.effect_errors < np.sqrt(VARIANCE)).all()


def test_context_parts_are_the_most_likely_of_a_search():
    effect, variance, context = places()
    found = random_effects(effect, variance, context=context)
    z = (context - context.mean(0)) / context.std(0, ddof=1)
    x = np.ones((len(effect), 1))
    parts = synthesis_joint.best(effect, variance, x, z)

    ours = np.array([found.between_variance, found.context_variance])
    np.testing.assert_allclose(ours, parts, rtol=1e-4)
    assert synthesis_joint.likelihood(ours, effect, variance, x, z) >= (
        synthesis_joint.likelihood(parts, effect, variance, x, z) - 1e-9
    )


def test_the_forecast_in_a_context_is_that_of_the_joint_distribution():
    effect, variance, context = places()
    found = random_effects(effect, variance, context=context)
    z = (context - context.mean(0)) / context.std(0, ddof=1)
    theta = found.between_variance, found.context_variance
    place = np.array([2.5, 38.0, 0.25])
    around = (place - context.mean(0)) / context.std(0, ddof=1)
    mean, spread = synthesis_joint.expected_at(
        theta, effect, variance, np.ones((len(effect), 1)), z, around
    )

    foreseen = found.forecast(context=place)

    assert foreseen.mean == pytest.approx(mean, rel=1e-4)
    assert foreseen.standard_error**2 == pytest.approx(
        found.widening * spread, rel=1e-4
    )


def test_the_column_that_matters_keeps_its_effect_and_the_others_are_drawn_to_none():
    effect, variance, context = places(k=60)
    found = random_effects(effect, variance, context=context)

    assert found.context_effects[0] == pytest.approx(0.4, abs=0.12)
    assert (np.abs(found.context_effects[1:]) < 0.1).all()
    assert (found.context_errors > 0).all()


def test_context_that_explains_nothing_is_set_aside():
    effect, variance, _context = places(k=12, c=1)
    rng = np.random.default_rng(5)
    found = random_effects(effect, variance, context=rng.normal(size=(12, 1)))

    assert found.context_variance == 0
    assert found.context_effects.tolist() == [0.0]


def test_places_all_alike_are_expected_to_do_as_their_mean():
    effect, variance, context = places()
    found = random_effects(effect, variance, context=context)

    foreseen = found.forecast(context=context.mean(axis=0))

    assert foreseen.mean == pytest.approx(found.coefficients[0])


def test_few_far_apart_have_a_wide_interval_of_their_spread():
    low, high = between_interval(EFFECT, VARIANCE)
    narrow = between_interval(EFFECT, VARIANCE, level=0.5)

    assert 0 < low < narrow[0] < narrow[1] < high


def test_moderators_take_their_part_of_the_spread():
    effect, variance, context = places(k=40)
    alone = between_interval(effect, variance)
    explained = between_interval(effect, variance, moderators=context[:, :1])

    assert explained[1] < alone[0]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"variance": [0.1, 0.1, 0.1]}, "one shape"),
        ({"variance": [0.1, 0.1, 0.1, 0.0]}, "above 0"),
        ({"effect": [0.1, 0.5, 0.9, np.nan]}, "1 missing"),
        ({"moderators": [1.0, 2.0, 3.0, 4.0]}, r"got shape \(4,\)"),
        ({"moderators": [[1.0], [2.0], [3.0]]}, "one row for each of the 4"),
        ({"context": [[1.0], [2.0], [np.inf], [4.0]]}, "context has 1 missing"),
        ({"context": [[1.0, 3.0], [2.0, 3.0], [0.0, 3.0], [4.0, 3.0]]}, "Column 2"),
    ],
)
def test_what_can_t_be_put_together_is_refused_in_a_sentence(wrong, says):
    with pytest.raises(InvalidInput, match=says):
        random_effects(**({"effect": EFFECT, "variance": VARIANCE} | wrong))


def test_two_effects_are_too_few():
    with pytest.raises(NotIdentified, match="2 effects are too few"):
        random_effects([0.1, 0.2], [0.1, 0.1])


def test_as_many_coefficients_as_effects_are_too_many():
    with pytest.raises(NotIdentified, match="give 4 or more"):
        random_effects(EFFECT[:3], VARIANCE[:3], moderators=np.eye(3)[:, :2])


def test_nothing_is_foretold_without_a_degree_of_freedom():
    found = random_effects(EFFECT[:3], VARIANCE[:3], moderators=[[1.0], [2.0], [4.0]])

    with pytest.raises(NotIdentified, match="3 effects don't foretell"):
        found.forecast([2.0])


def test_a_place_needs_all_its_numbers():
    found = random_effects(EFFECT, VARIANCE)

    with pytest.raises(InvalidInput, match="moderators must be 0 numbers, got 1"):
        found.forecast([2.0])


def test_a_spread_that_no_start_leads_to_is_said(monkeypatch):
    monkeypatch.setattr(_variance_parts, "STEPS", 0)

    with pytest.raises(NotIdentified, match="not found from any start"):
        random_effects(EFFECT, VARIANCE)
