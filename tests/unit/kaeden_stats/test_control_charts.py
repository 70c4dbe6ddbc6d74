from math import isnan, nan

import numpy as np
import pytest
from scipy import stats

from kaeden_stats import InvalidInput
from kaeden_stats._runs import fewest_crossings_by_chance
from kaeden_stats.control_charts import Rule, p_prime, u_prime, xmr

CALM = [7.1, 6.9, 7.0, 7.2, 7.0, 6.8, 7.1, 7.0, 6.9, 7.2, 7.0, 7.1]
N = [50] * 12


def test_a_calm_series_breaks_no_rule():
    assert xmr(CALM).rules == ((),) * 12


def test_a_point_far_off_is_outside_on_either_side():
    assert xmr([*CALM, 8.4]).rules[-1] == (Rule.OUTSIDE,)
    assert xmr([*CALM, 5.6]).rules[-1] == (Rule.OUTSIDE,)


def test_a_step_that_is_far_too_long_does_not_widen_the_limits():
    around = np.abs(np.diff(CALM)).mean() / 1.128

    assert xmr([*CALM, 14.0]).sigma[0] == pytest.approx(around)


def test_a_lasting_lift_is_a_long_run_with_few_crossings():
    chart = xmr([*CALM[:8], *(value + 0.6 for value in CALM[:8])])

    assert chart.longest_run.tolist() == [8]
    assert chart.longest_run_expected.tolist() == [7]
    assert Rule.LONG_RUN in chart.rules[-1]
    assert Rule.FEW_CROSSINGS in chart.rules[0]


def test_only_the_points_of_the_long_run_are_part_of_it():
    low_and_high = [1.0, -1.0] * 4
    chart = xmr([*low_and_high, *[1.0] * 10, *low_and_high[::-1], *[-1.0] * 2])

    assert np.flatnonzero(chart.in_long_run).tolist() == list(range(8, 18))


def test_a_gap_and_a_point_on_the_line_neither_break_nor_lengthen_a_run():
    chart = xmr([1.0, 1.0, nan, 0.0, 1.0, -1.0, -1.0, -1.0])

    assert chart.longest_run.tolist() == [3]
    assert chart.crossings.tolist() == [1]


def test_a_gap_has_no_step_to_either_side():
    chart = xmr([1.0, 2.0, nan, 9.0, 8.0])

    assert chart.sigma[0] == pytest.approx(1 / 1.128)
    assert isnan(chart.value[2])
    assert not chart.outside[2]


def test_points_that_never_stand_side_by_side_have_a_centre_and_no_limits():
    chart = xmr([1.0, nan, 3.0])

    assert chart.centre.tolist() == [2.0] * 3
    assert np.isnan(chart.upper).all()
    assert not chart.outside.any()


def test_a_phase_without_points_has_no_lines():
    chart = xmr([1.0, 2.0, nan, nan], changes=[2])

    assert np.isnan(chart.centre[2:]).all()
    assert chart.points.tolist() == [2, 0]
    assert chart.longest_run.tolist() == [1, 0]


def test_limits_from_fewer_than_twelve_points_are_trial_limits():
    assert not xmr(CALM).is_trial.any()
    assert xmr(CALM[:11]).is_trial.all()
    assert xmr([nan, *CALM[:11]]).is_trial.all()


def test_after_a_known_change_all_begins_anew():
    chart = xmr([*CALM, 9.1, 8.9, 9.0], changes=[12])

    assert chart.phase.tolist() == [0] * 12 + [1] * 3
    assert chart.is_trial.tolist() == [False] * 12 + [True] * 3
    assert chart.centre[[0, -1]] == pytest.approx([np.mean(CALM), 9.0])
    assert chart.rules == ((),) * 15


def test_later_points_are_held_up_to_the_baseline():
    chart = xmr([*CALM, 9.1, 8.9, 9.0], baseline=12)

    assert chart.centre[-1] == pytest.approx(np.mean(CALM))
    assert chart.points.tolist() == [12]
    assert [Rule.OUTSIDE in broken for broken in chart.rules] == [False] * 12 + [
        True
    ] * 3


def test_laney_widens_what_swings_more_than_chance_and_plain_does_not():
    events = [5, 20, 6, 22, 4, 19, 5, 21, 6, 20, 5, 22]
    ours, plain = p_prime(events, N), p_prime(events, N, plain=True)

    assert ours.dispersion[0] > 3
    assert plain.dispersion.tolist() == [1.0]
    assert ours.sigma == pytest.approx(plain.sigma * ours.dispersion[0])


def test_limits_of_a_share_are_wider_for_few_pupils():
    chart = p_prime([10] * 6 + [2] * 6, [50] * 6 + [10] * 6, plain=True)

    assert chart.centre[0] == chart.centre[-1] == 0.2
    assert chart.sigma[-1] == pytest.approx(chart.sigma[0] * 5**0.5)


@pytest.mark.parametrize(("events", "at"), [([0] * 12, 0.0), ([50] * 12, 1.0)])
def test_none_or_all_is_a_chart_without_width(events, at):
    chart = p_prime(events, N)

    assert (chart.lower[0], chart.upper[0], chart.dispersion[0]) == (at, at, 0.0)
    assert not any(chart.rules)


def test_a_rate_may_have_more_events_than_pupils():
    chart = u_prime([120, 130, 110, 125], [50] * 4)

    assert chart.centre[0] == pytest.approx(2.425)


def test_many_series_are_charted_at_once_and_taken_out_one_by_one():
    chart = xmr([CALM, [*CALM[:11], 9.9]])

    assert chart.outside.shape == (2, 12)
    assert Rule.OUTSIDE in chart.of(1).rules[-1]
    assert chart.of(0).rules[-1] == ()


def test_rules_in_words_are_told_of_one_series_at_a_time():
    with pytest.raises(InvalidInput, match="2 series: pick one with `of`"):
        xmr([CALM, CALM]).rules  # noqa: B018 - the attribute raises

    with pytest.raises(InvalidInput, match="none to pick"):
        xmr(CALM).of(0)


@pytest.mark.parametrize("useful", [0, 1, 2, 5, 12, 24, 100])
def test_the_fewest_crossings_are_a_quantile_of_fair_tosses(useful):
    expected = stats.binom.ppf(0.05, max(useful - 1, 0), 0.5)

    assert fewest_crossings_by_chance(useful) == expected


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: xmr([]), r"got shape \(0,\)"),
        (lambda: xmr([[[1.0]]]), r"got shape \(1, 1, 1\)"),
        (lambda: xmr([1.0, np.inf]), "Use NaN where there is none"),
        (lambda: xmr(CALM, changes=[12]), r"from 1 to 11 at most.*got \[12\]"),
        (lambda: xmr(CALM, changes=[5, 3]), "must rise"),
        (lambda: xmr(CALM, changes=[0]), "must rise"),
        (lambda: xmr(CALM, changes=[5], baseline=4), "limits of its own"),
        (lambda: xmr(CALM, baseline=1), "2 to 12 points, got 1"),
        (lambda: xmr(CALM, baseline=13), "2 to 12 points, got 13"),
        (lambda: p_prime([3, 4], [3, 3]), "above it at 1 points"),
        (lambda: p_prime([-1, 4], [5, 5]), "0 or more, smallest is -1"),
        (lambda: p_prime([1, 4], [5, 0]), "n must be above 0"),
        (lambda: p_prime([1, 4], [5, nan]), "n must be above 0"),
        (lambda: u_prime([1, 4], [5, 5, 5]), "events and exposure must have one shape"),
    ],
)
def test_what_cannot_be_charted_is_refused_in_a_sentence(make, words):
    with pytest.raises(InvalidInput, match=words):
        make()


def test_the_size_of_a_missing_point_does_not_matter():
    chart = p_prime([5, nan, 6], [20, 0, 20])

    assert chart.points.tolist() == [2]
    assert isnan(chart.upper[1])
