import numpy as np
import pytest
from scipy import stats

from kaeden_stats import InvalidInput, NotIdentified, overdispersed_funnel


def test_units_closer_than_chance_do_not_narrow_the_funnel():
    funnel = overdispersed_funnel([0.1, -0.1, 0.2, -0.2], [1.0] * 4)

    assert funnel.between_variance == 0
    assert funnel.adjusted_z.tolist() == funnel.z.tolist()


def test_one_far_out_hardly_widens_the_funnel_it_falls_out_of():
    near = [0.5, -0.5, 1.0, -1.0, 0.8, -0.8, 0.3, -0.3, 1.2, -1.2]
    funnel = overdispersed_funnel([*near, 9.0], [1.0] * 11)

    assert funnel.winsorised_z[-1] == pytest.approx(1.2)
    assert funnel.p_value[-1] < 1e-9


def test_without_winsorising_every_z_counts():
    funnel = overdispersed_funnel([0.5, -0.5, 9.0], [1.0] * 3, winsorise=0)

    assert funnel.dispersion == pytest.approx((0.25 + 0.25 + 81) / 3)


def test_the_funnel_is_wider_where_there_are_fewer_pupils_and_at_a_higher_level():
    funnel = overdispersed_funnel([-3.0, 3.0, -3.0, 3.0], [1.0] * 4)
    small, large = funnel.limits([4.0, 0.01])

    assert small > large > 1.96 * funnel.between_variance**0.5
    assert funnel.limits([4.0], level=0.95)[0] < small


@pytest.mark.parametrize(
    ("difference", "variance", "winsorise", "sentence"),
    [
        ([1.0, float("nan")], [1.0, 1.0], 0.1, "1 missing"),
        ([1.0, 2.0], [1.0], 0.1, "difference and variance must have one shape"),
        ([1.0, 2.0], [1.0, -1.0], 0.1, "smallest is -1"),
        ([1.0, 2.0], [1.0, 1.0], 0.5, r"0 to below 0\.5, got 0\.5"),
    ],
)
def test_a_broken_promise_is_named(difference, variance, winsorise, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        overdispersed_funnel(difference, variance, winsorise=winsorise)


def test_one_unit_has_no_funnel():
    with pytest.raises(NotIdentified, match="give two or more"):
        overdispersed_funnel([1.0], [1.0])


@pytest.mark.parametrize("level", [0, 1, 99.8])
def test_limits_have_a_level_between_0_and_1(level):
    funnel = overdispersed_funnel([1.0, 2.0], [1.0, 1.0])

    with pytest.raises(InvalidInput, match="level must lie between 0 and 1"):
        funnel.limits([1.0], level=level)


def test_what_drawing_in_takes_from_ordinary_units_is_made_up_for():
    quantiles = stats.norm.ppf((np.arange(2000) + 0.5) / 2000)
    as_published = overdispersed_funnel(quantiles, np.ones(2000))
    consistent = overdispersed_funnel(quantiles, np.ones(2000), consistent=True)

    assert as_published.dispersion == pytest.approx(0.6787, abs=1e-3)
    assert consistent.dispersion == pytest.approx(1.0, abs=1e-3)


def test_nothing_is_made_up_for_where_nothing_is_drawn_in():
    plain, consistent = (
        overdispersed_funnel(
            [-3.0, 3.0, -3.0, 3.0], [1.0] * 4, winsorise=0, consistent=one
        )
        for one in (False, True)
    )

    assert consistent.between_variance == plain.between_variance
    assert plain.degrees_of_freedom is None
    assert consistent.degrees_of_freedom == 3


def test_a_consistent_funnel_judges_by_students_t():
    funnel = overdispersed_funnel(
        [0.4, -0.3, 2.5, -0.1, 0.2], [0.1] * 5, consistent=True
    )

    expected = 2 * stats.t.sf(np.abs(funnel.adjusted_z), 4)
    np.testing.assert_allclose(funnel.p_value, expected, rtol=1e-9)
    at_the_limit = funnel.limits([0.1], level=0.95) / np.sqrt(
        0.1 + funnel.between_variance
    )
    assert at_the_limit == pytest.approx(stats.t.ppf(0.975, 4))
