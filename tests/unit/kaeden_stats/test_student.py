import numpy as np
import pytest
from scipy import stats

from kaeden_stats._student import held_within, two_sided_p

T = np.array([0.0, 0.3, -1.0, 2.5, -4.0, 20.0])


@pytest.mark.parametrize("df", [1, 2, 3, 19, 20, 97, 2299])
def test_the_chance_of_lying_so_far_out_is_students(df):
    expected = 2 * stats.t.sf(np.abs(T), df)

    np.testing.assert_allclose(two_sided_p(T, df), expected, rtol=1e-9, atol=1e-13)


def test_many_at_once_are_as_one_at_a_time():
    one_by_one = [1 - held_within(abs(t), 7) for t in T]

    np.testing.assert_allclose(two_sided_p(T, 7), one_by_one, atol=1e-15)


def test_what_is_not_known_stays_so():
    assert np.isnan(two_sided_p(np.array([np.nan]), 5)).all()
