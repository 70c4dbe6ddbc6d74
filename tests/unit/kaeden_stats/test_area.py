import dataclasses

import numpy as np
import pytest

from kaeden_stats import InvalidInput, NotIdentified, StatisticsError, fit_area
from kaeden_stats import _area_optimum as optimum
from kaeden_stats._area_input import Sampling, known_sampling, prepared
from kaeden_stats._area_likelihood import profile

VALUE = [3.6, 3.8, 3.7, 3.5, 3.3, 3.4]
GROUPS = ["Fjordby"] * 3 + ["Bakkeby"] * 3
VARIANCE = [0.01] * 6


def fit(value=VALUE, groups=GROUPS, **known):
    return fit_area(value, groups, **(known or {"sampling_variance": VARIANCE}))


def test_groups_come_sorted_and_units_in_the_order_given():
    area = fit()

    assert area.group_label.tolist() == ["Bakkeby", "Fjordby"]
    assert area.group_index.tolist() == [1, 1, 1, 0, 0, 0]
    assert area.group_units.tolist() == [3, 3]
    assert (area.group_estimate[0] < area.mean) & (area.mean < area.group_estimate[1])


def test_the_two_ways_of_giving_chance_are_one():
    by_variance = fit(sampling_variance=np.full(6, 0.02))
    by_pupils = fit(n=[20] * 6, within_variance=0.4)

    np.testing.assert_allclose(by_variance.estimate, by_pupils.estimate, rtol=1e-12)
    assert by_variance.within_variance is None
    assert by_pupils.within_variance == 0.4
    assert not by_pupils.within_variance_estimated


@pytest.mark.parametrize("groups", [None, ["Fjordby"] * 6])
def test_without_groups_or_with_one_there_are_two_levels(groups):
    area = fit(groups=groups)

    assert area.between_group_variance == 0
    assert area.between_unit_variance > 0
    np.testing.assert_allclose(area.group_estimate, [area.mean])
    assert area.group_standard_error[0] == pytest.approx(area.mean_standard_error)


def test_a_within_variance_that_is_found_says_so():
    area = fit(n=[10, 20, 40, 80, 160, 320], within_variance="estimate")

    assert area.within_variance_estimated
    assert area.within_variance >= 0
    assert area.convergence.converged


def test_a_result_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        fit().mean = 4.0


def test_what_was_handed_in_is_left_alone():
    value, variance = np.array(VALUE), np.array(VARIANCE)
    fit(value, sampling_variance=variance)

    assert value.tolist() == VALUE
    assert variance.tolist() == VARIANCE


def test_few_groups_and_units_that_are_alike_are_told():
    warnings = fit(value=[3.5, 3.5, 3.5, 3.5, 3.5, 3.51]).convergence.warnings

    assert "Differences between groups rest on 2 groups only." in warnings
    assert "Units do not differ more than chance explains." in warnings
    assert "Groups do not differ more than their units explain." in warnings


def test_a_fit_that_has_not_arrived_says_so(monkeypatch):
    monkeypatch.setattr(optimum, "MAX_STEPS", 1)
    convergence = fit().convergence

    assert not convergence.converged
    assert "do not use it" in convergence.warnings[0]


def a_summit():
    sampling = Sampling(fixed=np.array(VARIANCE), per_pupil=None, within_variance=None)
    data = prepared(np.array(VALUE), None, sampling, restricted=True).data
    return data, optimum.highest(data, grouped=False)


def test_a_step_that_leads_nowhere_is_not_taken():
    data, summit = a_summit()
    here = (summit.theta, summit.profile)

    assert optimum._uphill(data, here, np.array([0.0, 1.0]), gain=1.0) is here


def test_a_step_that_is_too_long_is_halved_until_the_likelihood_rises():
    data, summit = a_summit()
    below = summit.theta / 4
    here = (below, optimum.profile(data, below))

    ahead, then = optimum._uphill(data, here, 40 * (summit.theta - below), gain=1.0)

    assert then.log_likelihood > here[1].log_likelihood
    assert ahead[1] < below[1] + 40 * (summit.theta - below)[1]


def test_a_variance_of_zero_that_wants_to_grow_is_no_summit():
    data, _ = a_summit()
    at_zero = np.zeros(2)
    here = optimum.profile(data, at_zero)
    left = optimum._distance_to_summit(
        at_zero,
        optimum.score(data, here),
        optimum.information(data, here)[0],
        np.array([False, True]),
    )

    assert left > 1


def test_several_peaks_are_told():
    area = fit_area(
        [-0.3, -1.2, -1.2, -1.2, -1.6, 0.9],
        ["a", "b", "b", "a", "a", "c"],
        n=[3, 200, 40, 200, 10, 3],
        within_variance=1.0,
    )

    assert area.convergence.converged
    assert "more than one peak" in area.convergence.warnings[0]


def test_a_unit_without_any_variance_has_no_likelihood():
    sampling = known_sampling(
        6, sampling_variance=None, n=[9, 8, 7, 6, 5, 4], within_variance="estimate"
    )
    data = prepared(np.array(VALUE), GROUPS, sampling, restricted=True).data

    assert profile(data, np.zeros(3)) is None


def test_many_units_and_no_variance_between_them_are_no_obstacle():
    area = fit_area(np.full(500, 3.5), sampling_variance=np.full(500, 0.01))

    assert area.mean == pytest.approx(3.5)
    assert area.effect.max() == 0


def test_very_unequal_units_still_end_at_a_certified_optimum():
    rng = np.random.default_rng(7)
    n = np.geomspace(1, 1e6, 60)
    value = rng.normal(0, 0.1, 60) + rng.normal(0, 1 / np.sqrt(n))
    area = fit_area(value, np.arange(60) % 7, n=n, within_variance=1.0)

    assert area.convergence.converged
    assert (np.diff(area.reliability) >= 0).all()


NATIONAL = 1300


@pytest.mark.slow
def test_a_country_is_fitted_well_under_a_third_of_a_second():
    from time import perf_counter

    rng = np.random.default_rng(1)
    groups, n = rng.integers(0, 98, NATIONAL), rng.integers(5, 400, NATIONAL)
    value = rng.normal(0, 0.1, NATIONAL) + rng.normal(0, 0.6 / np.sqrt(n))
    fit_area(value, groups, n=n, within_variance=0.36)
    start = perf_counter()
    fit_area(value, groups, n=n, within_variance=0.36)

    assert perf_counter() - start < 0.3


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"value": [[3.6]], "sampling_variance": VARIANCE}, "must be a vector"),
        ({"value": [3.6, float("nan")], "sampling_variance": [1, 1]}, "has 1 missing"),
        ({"sampling_variance": [0.01] * 5}, "must have one shape"),
        ({"sampling_variance": [0.0] * 6}, "above 0 everywhere, smallest is 0"),
        ({"groups": GROUPS, "method": "reml"}, "must be 'REML' or 'ML', got 'reml'"),
        ({"within_variance": 0.4}, "Give either sampling_variance, or n"),
        ({"n": [9] * 6, "sampling_variance": VARIANCE}, "Give either"),
        (
            {"sampling_variance": VARIANCE, "within_variance": 0.4},
            "within_variance belongs to n",
        ),
        ({"n": [9] * 6}, "a number above 0 or 'estimate', got None"),
        ({"n": [9] * 6, "within_variance": -1.0}, "got -1.0"),
        ({"n": [0.5] * 6, "within_variance": 1.0}, "at least 1 pupil"),
        (
            {"groups": ["Fjordby"], "sampling_variance": VARIANCE},
            "one label for each of the 6 units",
        ),
        (
            {"groups": [1.0] * 6, "sampling_variance": VARIANCE},
            "all text or all whole numbers",
        ),
        (
            {"groups": [None, *GROUPS[1:]], "sampling_variance": VARIANCE},
            "must be left out or given a group of its own",
        ),
    ],
)
def test_a_broken_promise_is_named(arguments, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        fit_area(**({"value": VALUE} | arguments))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"value": [3.6], "sampling_variance": [0.01]}, "nobody to differ from"),
        (
            {"groups": list("abcdef"), "sampling_variance": VARIANCE},
            "Every group has one unit",
        ),
        ({"n": [9] * 6, "within_variance": "estimate"}, "All n are equal"),
        (
            {
                "value": [3.0, 3.0, 3.0, 4.0, 4.0, 4.0],
                "groups": GROUPS,
                "n": [9, 8, 7, 6, 5, 4],
                "within_variance": "estimate",
            },
            "No two units of one group differ",
        ),
    ],
)
def test_a_question_that_the_data_cannot_answer_is_refused(arguments, sentence):
    with pytest.raises(NotIdentified, match=sentence):
        fit_area(**({"value": VALUE} | arguments))


def test_both_kinds_of_refusal_are_statistics_errors():
    assert issubclass(InvalidInput, StatisticsError)
    assert issubclass(InvalidInput, ValueError)
    assert issubclass(NotIdentified, StatisticsError)
