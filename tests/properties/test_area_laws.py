"""Laws that the area model keeps whatever the data."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kaeden_stats import fit_area
from kaeden_stats._area_input import known_sampling, prepared
from kaeden_stats._area_likelihood import information, profile, score
from tests.plain import area_model

methods = st.sampled_from(["REML", "ML"])


@st.composite
def areas(draw, smallest=4, largest=14):
    """Made-up units in groups, values to two decimals, as they are published."""
    k = draw(st.integers(smallest, largest))
    whole = st.integers(100, 500).map(lambda cents: cents / 100)
    value = draw(st.lists(whole, min_size=k, max_size=k))
    groups = draw(st.lists(st.integers(0, 3), min_size=k, max_size=k))
    pupils = draw(st.lists(st.integers(3, 400), min_size=k, max_size=k))
    assume(1 < len(set(groups)) < k)
    return np.array(value), np.array(groups), np.array(pupils)


def fit(area, *, within=0.4, method="REML"):
    value, groups, pupils = area
    return fit_area(value, groups, n=pupils, within_variance=within, method=method)


def variances(area_fit):
    return area_fit.between_group_variance, area_fit.between_unit_variance


@given(areas(), methods)
def test_every_fit_is_certified(area, method):
    assert fit(area, method=method).convergence.converged


@given(areas(), methods)
def test_the_likelihood_is_that_of_the_whole_matrices(area, method):
    value, groups, pupils = area
    ours = fit(area, method=method)
    plain = area_model.log_likelihood(
        value, groups, 0.4 / pupils, variances(ours), method=method
    )

    assert ours.log_likelihood == pytest.approx(plain, abs=1e-8)


@given(areas())
@pytest.mark.parametrize(
    "field",
    [
        "mean",
        "mean_standard_error",
        "estimate",
        "standard_error",
        "effect_standard_error",
    ],
)
def test_predictions_are_those_of_the_whole_matrices(field, area):
    value, groups, pupils = area
    ours = fit(area)
    plain = area_model.predictions(value, groups, 0.4 / pupils, variances(ours))

    np.testing.assert_allclose(getattr(ours, field), plain[field], rtol=1e-8, atol=1e-8)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(areas(), methods)
def test_a_search_from_many_starts_finds_nothing_higher(area, method):
    value, groups, pupils = area
    found = area_model.highest(value, groups, 0.4 / pupils, method=method)

    assert fit(area, method=method).log_likelihood >= found - 1e-8


@given(areas(), st.randoms(use_true_random=False))
def test_the_order_of_the_units_does_not_matter(area, shuffler):
    value, groups, pupils = area
    order = list(range(len(value)))
    shuffler.shuffle(order)
    shuffled = fit((value[order], groups[order], pupils[order]))

    np.testing.assert_allclose(
        shuffled.estimate, fit(area).estimate[order], rtol=1e-7, atol=1e-7
    )


@given(areas())
def test_the_names_of_the_groups_do_not_matter(area):
    value, groups, pupils = area
    names = np.array(["Østerby", "Aaby", "Midtby", "Vesterby"])[groups]
    named = fit((value, names, pupils))

    np.testing.assert_allclose(named.estimate, fit(area).estimate, rtol=1e-7, atol=1e-7)


@given(areas(), st.floats(0.01, 1000))
def test_a_change_of_unit_changes_effects_by_the_factor(area, factor):
    value, groups, pupils = area
    ours = fit(area)
    scaled = fit((value * factor, groups, pupils), within=0.4 * factor**2)

    np.testing.assert_allclose(
        scaled.effect / factor, ours.effect, rtol=1e-6, atol=1e-7
    )
    np.testing.assert_allclose(scaled.reliability, ours.reliability, atol=1e-6)


@given(areas(), st.floats(-1000, 1000))
def test_a_constant_moves_only_the_mean(area, constant):
    value, groups, pupils = area
    ours, moved = fit(area), fit((value + constant, groups, pupils))

    assert moved.mean == pytest.approx(ours.mean + constant, abs=1e-6)
    np.testing.assert_allclose(moved.effect, ours.effect, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(
        moved.standard_error, ours.standard_error, rtol=1e-6, atol=1e-6
    )


@given(areas())
def test_more_pupils_never_make_a_unit_less_reliable(area):
    _, _, pupils = area
    reliability = fit(area).reliability[np.argsort(pupils, kind="stable")]

    assert (np.diff(reliability) >= -1e-15).all()


@given(areas(), methods)
def test_an_estimate_lies_between_the_value_and_the_groups_estimate(area, method):
    value = area[0]
    ours = fit(area, method=method)
    group = ours.group_estimate[ours.group_index]

    np.testing.assert_allclose(
        ours.estimate, group + ours.reliability * (value - group), atol=1e-9
    )
    assert ((ours.reliability >= 0) & (ours.reliability <= 1)).all()


@given(areas())
def test_without_variance_between_all_effects_are_zero(area):
    _, groups, pupils = area
    ours = fit((np.full(len(groups), 3.5), groups, pupils))

    assert variances(ours) == (0, 0)
    np.testing.assert_allclose(ours.effect, 0, atol=1e-12)
    assert not ours.reliability.any()


@given(areas())
def test_standard_errors_are_never_beyond_that_of_the_value_and_the_mean(area):
    """Shrinking helps: no estimate is less sure than the unit's own value."""
    pupils = area[2]
    ours = fit(area)

    assert (ours.standard_error <= np.sqrt(0.4 / pupils) * (1 + 1e-9)).all()


@given(areas(smallest=6), methods, st.booleans())
def test_slope_and_curvature_are_those_of_finite_differences(area, method, estimated):
    value, groups, pupils = area
    assume(len(set(pupils)) > 1)
    assume(any(np.ptp(value[groups == group]) > 0 for group in set(groups)))
    within = "estimate" if estimated else 0.4
    sampling = known_sampling(
        len(value), sampling_variance=None, n=pupils, within_variance=within
    )
    data = prepared(value, groups, sampling, restricted=method == "REML").data
    theta = np.array([0.3, 0.5, 0.7][: 1 + len(data.basis)])
    here = profile(data, theta)
    steps = 1e-5 * np.eye(len(theta))
    ahead = [profile(data, theta + step) for step in steps]
    behind = [profile(data, theta - step) for step in steps]

    slope = [
        (up.log_likelihood - down.log_likelihood) / 2e-5
        for up, down in zip(ahead, behind, strict=True)
    ]
    bend = [
        (score(data, down) - score(data, up)) / 2e-5
        for up, down in zip(ahead, behind, strict=True)
    ]

    np.testing.assert_allclose(score(data, here), slope, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(information(data, here)[1], bend, rtol=1e-4, atol=1e-4)


@given(areas(), methods)
def test_at_the_optimum_no_small_change_of_a_variance_helps(area, method):
    value, groups, pupils = area
    ours = fit(area, method=method)
    between_group, between_unit = variances(ours)
    for group_factor, unit_factor in [(1.01, 1), (0.99, 1), (1, 1.01), (1, 0.99)]:
        other = area_model.log_likelihood(
            value,
            groups,
            0.4 / pupils,
            (
                between_group * group_factor + 1e-6 * (group_factor > 1),
                between_unit * unit_factor + 1e-6 * (unit_factor > 1),
            ),
            method=method,
        )
        assert other <= ours.log_likelihood + 1e-9


@given(areas(smallest=8, largest=25))
def test_a_found_within_variance_is_certified_and_reproduces_itself(area):
    value, groups, pupils = area
    assume(len(set(pupils)) > 2)
    assume(any(np.ptp(value[groups == group]) > 0 for group in set(groups)))
    found = fit(area, within="estimate")
    assume(found.within_variance > 1e-6)
    again = fit(area, within=found.within_variance)

    assert found.convergence.converged
    assert again.log_likelihood == pytest.approx(found.log_likelihood, abs=1e-6)
