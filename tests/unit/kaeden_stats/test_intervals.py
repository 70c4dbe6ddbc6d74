import numpy as np
import pytest
from scipy import stats

from kaeden_stats import (
    InvalidInput,
    NotIdentified,
    mean_with_interval,
    share_with_interval,
)
from kaeden_stats._student import held_within, reach


@pytest.mark.parametrize("df", [1, 2, 3, 4, 9, 10, 29, 30, 99, 500])
@pytest.mark.parametrize("level", [0.1, 0.5, 0.95, 0.998])
def test_students_t_is_scipys(df, level):
    t = stats.t.ppf((1 + level) / 2, df)

    assert reach(level, df) == pytest.approx(t, rel=1e-12)
    assert held_within(t, df) == pytest.approx(level, rel=1e-12)


def test_one_value_has_no_spread():
    with pytest.raises(NotIdentified, match="1 values have no spread"):
        mean_with_interval([3.0])


@pytest.mark.parametrize("values", [[1.0, np.nan], [[1.0, 2.0]]])
def test_values_that_are_no_row_of_numbers_are_refused(values):
    with pytest.raises(InvalidInput):
        mean_with_interval(values)


def test_the_interval_holds_the_true_mean_as_often_as_it_says():
    """Answers on five steps, twelve at a time; the truth is 3.6."""
    rng = np.random.default_rng(20261124)
    shares = [0.05, 0.15, 0.20, 0.35, 0.25]
    drawn = rng.choice([1, 2, 3, 4, 5], size=(4000, 12), p=shares)

    held = [one.low <= 3.6 <= one.high for one in map(mean_with_interval, drawn)]

    assert np.mean(held) == pytest.approx(0.95, abs=0.012)


@pytest.mark.parametrize(("hits", "n"), [(3, 2), (-1, 4), (0, 0)])
def test_more_hits_than_trials_are_refused(hits, n):
    with pytest.raises(InvalidInput, match=f"got {hits} of {n}"):
        share_with_interval(hits, n)


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_a_level_of_a_share_lies_between_0_and_1(level):
    with pytest.raises(InvalidInput, match="level"):
        share_with_interval(1, 2, level=level)


@pytest.mark.parametrize("true", [0.05, 0.5, 0.9])
def test_the_interval_of_a_share_holds_at_least_as_often_as_it_says(true):
    """Counted over all that can happen in twelve trials, not drawn."""
    hits = np.arange(13)
    chance = stats.binom.pmf(hits, 12, true)

    said = [share_with_interval(int(one), 12, level=0.9) for one in hits]

    held = [one.low <= true <= one.high for one in said]
    assert chance[held].sum() >= 0.9
