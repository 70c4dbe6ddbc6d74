"""The kept figures on false alarms hold in a smaller country, made anew."""

from dataclasses import replace

import numpy as np
import pytest
from bench.calibration.measure import DANISH, SEED, measure
from bench.calibration.rules import others, ours
from bench.calibration.world import Town, town

from kaeden.engine.false_alarms import RuleName, Size, false_alarms

SMALL = replace(DANISH, countries=1, towns=14)
KINDS = ("found", "right")


@pytest.fixture(scope="module")
def again():
    return measure(SMALL, SEED + 1)


def near(one, other):
    return abs(one.share - other.share) <= 4 * (one.error + other.error)


@pytest.mark.parametrize("rule", list(RuleName))
def test_false_alarms_are_as_many_as_kept(again, rule):
    assert near(again.of(rule).false_alarms, false_alarms().of(rule).false_alarms)


@pytest.mark.parametrize("rule", list(RuleName))
@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_found_and_right_is_as_much_as_kept(again, rule, size, kind):
    now = getattr(again.of(rule), kind)[size]

    assert near(now, getattr(false_alarms().of(rule), kind)[size])


def test_one_seed_gives_one_answer():
    tiny = replace(SMALL, towns=2, indicators=2)

    assert measure(tiny, 7) == measure(tiny, 7)


def test_the_kept_figures_are_of_the_world_that_is_described():
    assert false_alarms().world == DANISH
    assert false_alarms().seed == SEED


def drawn(size, seed=3, **changes):
    return town(np.random.default_rng(seed), replace(DANISH, **changes), size)


def a_town(*years):
    """One indicator at ten units of 36 children, each year given as ten values."""
    value = np.array(years).T[None, :, :]
    return Town(
        value=value,
        children=np.full(value.shape[1:], 36.0),
        change=np.zeros(value.shape[:2]),
    )


def test_a_made_up_municipality_is_as_its_world_says():
    made = drawn(1.0, units=4000, indicators=1)
    moved = made.change[made.change != 0]

    assert made.change.shape == (1, 4000)
    assert 0.08 < moved.size / 4000 < 0.12
    assert np.unique(np.abs(moved)) == pytest.approx([DANISH.unit_sd])
    assert 0.4 < (moved < 0).mean() < 0.6
    assert (made.children.min(), made.children.max()) == (12, 60)
    assert 5 <= made.value.shape[2] <= 8


def test_units_differ_in_truth_and_swing_by_chance_as_the_world_says():
    made = drawn(0.0, units=4000, indicators=1)
    swing = np.diff(made.value[0], axis=1) / np.sqrt(
        1 / made.children[:, 1:] + 1 / made.children[:, :-1]
    )
    means = made.value[0].mean(axis=1)
    by_chance = (0.36 / made.children).mean() / made.value.shape[2]

    assert not made.change.any()
    assert swing.std() == pytest.approx(0.6, rel=0.02)
    assert means.var() - by_chance == pytest.approx(DANISH.unit_sd**2, rel=0.1)


def test_a_change_came_one_to_three_years_ago_and_stays():
    many = {"fewest_children": 1_000_000, "most_children": 1_000_000}
    made = drawn(4.0, units=400, indicators=1, **many)
    step = np.abs(np.diff(made.value[0], axis=1)) > 0.1
    moved = made.change[0] != 0

    assert (step.sum(axis=1) == moved).all()
    assert set(np.flatnonzero(step.any(axis=0)) - step.shape[1]) == {-1, -2, -3}


def test_the_other_rules_say_what_they_are_described_to_say():
    before = [4.0] * 10
    newest = [3.9, 3.95, *[4.0] * 7, 3.6]
    said = {
        rule: np.flatnonzero(one.worse[0]).tolist()
        for rule, one in others([a_town(before, newest)], DANISH).items()
    }

    assert said == {
        RuleName.LIGHT: [9],
        RuleName.ARROW: [0, 9],
        RuleName.TESTED_ARROW: [9],
        RuleName.DECILE: [9],
    }


def test_the_other_rules_would_be_as_loud_of_what_is_good():
    worse = others([a_town([4.0] * 10, [3.9, 3.95, *[4.0] * 7, 3.6])], DANISH)
    better = others([a_town([4.0] * 10, [4.1, 4.05, *[4.0] * 7, 4.4])], DANISH)

    for rule, one in worse.items():
        np.testing.assert_allclose(better[rule].loud_better, one.loud, atol=1e-9)


def test_ours_are_the_signals_of_the_scan_with_their_side():
    rng = np.random.default_rng(5)
    value = 4 + rng.normal(0, 0.02, (1, 20, 6))
    value[0, 0] -= 0.3 * np.maximum(np.arange(6) - 1, 0)
    value[0, 1] += 0.3 * np.maximum(np.arange(6) - 1, 0)
    value[0, 2] += 1.2
    made = Town(value=value, children=np.full((20, 6), 40.0), change=np.zeros((1, 20)))

    said = ours([made], replace(DANISH, indicators=1))

    assert np.flatnonzero(said.worse[0]).tolist() == [0]
    assert np.flatnonzero(said.better[0]).tolist() == [1, 2]
    assert said.loud[0, 0] > said.loud[0, 3:].max()
