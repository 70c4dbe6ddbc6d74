"""What must hold of agreement, whatever people answer."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kaeden_stats import (
    SLIGHTLY_SKEWED,
    NullDistribution,
    intraclass_correlation,
    mean_with_interval,
    within_group_agreement,
)
from tests.plain.agreement_loop import agreement_of, correlation_of

UNIFORM = NullDistribution.uniform(5)
NULLS = [UNIFORM, SLIGHTLY_SKEWED]
answer = st.integers(1, 5)
people = st.integers(1, 4).flatmap(
    lambda items: st.lists(
        st.tuples(
            st.sampled_from("abc"), st.lists(answer, min_size=items, max_size=items)
        ),
        min_size=2,
        max_size=20,
    )
)
numbers = st.lists(st.integers(-50, 50), min_size=2, max_size=20)


def apart(said):
    groups, rows = zip(*said, strict=True)
    return np.array(rows, dtype=float), list(groups)


def of_groups(said, null=UNIFORM):
    rows, groups = apart(said)
    found = within_group_agreement(rows, groups, null=null)
    return dict(zip(found.groups.tolist(), found.agreement.tolist(), strict=True))


def shares(said):
    rows, groups = apart(said)
    values = rows.mean(axis=1)
    assume(len(set(groups)) > 1)
    assume(len(groups) > len(set(groups)))
    assume(np.ptp(values) > 0)
    return intraclass_correlation(values, groups), values, groups


@given(people, st.sampled_from(NULLS))
def test_agreement_is_that_of_the_loop(said, null):
    rows, groups = apart(said)
    plain = agreement_of(
        rows.astype(int).tolist(), groups, str(round(null.variance, 2))
    )

    ours = of_groups(said, null)

    for group, expected in plain.items():
        assert ours[group] == pytest.approx(float(expected), abs=1e-12)


@given(people)
def test_correlation_is_that_of_the_loop(said):
    found, _values, groups = shares(said)
    rows, _groups = apart(said)
    whole = rows.sum(axis=1).astype(int).tolist()

    single, mean = correlation_of(whole, groups)

    assert found.single == pytest.approx(float(single), abs=1e-9)
    assert found.mean == pytest.approx(float(mean), abs=1e-9)


@given(people, st.sampled_from(NULLS))
def test_agreement_lies_between_nothing_and_wholly_and_one_person_has_none(said, null):
    sizes = [group for group, _answers in said]

    for group, agreement in of_groups(said, null).items():
        assert np.isnan(agreement) is np.bool_(sizes.count(group) == 1)
        assert np.isnan(agreement) or 0 <= agreement <= 1


@given(st.lists(answer, min_size=1, max_size=4), st.integers(2, 9))
def test_those_who_all_say_the_same_agree_wholly(row, size):
    assert of_groups([("a", row)] * size) == {"a": 1}


@given(people)
def test_a_skewed_null_never_calls_more_agreement_than_a_uniform_one(said):
    strict, mild = of_groups(said, SLIGHTLY_SKEWED), of_groups(said)

    for group in mild:
        assert np.isnan(mild[group]) or strict[group] <= mild[group] + 1e-12


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_people_and_of_items_does_not_matter(said, random):
    shuffled = list(said)
    random.shuffle(shuffled)
    turned = [(group, row[::-1]) for group, row in shuffled]

    assert of_groups(turned) == pytest.approx(of_groups(said), nan_ok=True)


@given(people)
def test_turning_the_scale_round_changes_nothing(said):
    turned = [(group, [6 - one for one in row]) for group, row in said]

    assert of_groups(turned) == pytest.approx(of_groups(said), nan_ok=True)


@given(people, st.floats(-100, 100), st.floats(0.1, 10))
def test_correlation_has_no_unit_and_no_zero(said, added, factor):
    found, values, groups = shares(said)

    moved = intraclass_correlation(values * factor + added, groups)

    assert moved.single == pytest.approx(found.single, abs=1e-6)
    assert moved.mean == pytest.approx(found.mean, abs=1e-6)


@given(people)
def test_a_groups_mean_is_never_less_reliable_than_one_person(said):
    found, _values, _groups = shares(said)

    assert -1 / (found.group_size - 1) - 1e-9 <= found.single <= 1
    assert found.mean >= min(found.single, 0)
    if found.single > 0:
        stepped_up = (
            found.group_size
            * found.single
            / (1 + (found.group_size - 1) * found.single)
        )
        assert found.mean == pytest.approx(stepped_up)
        assert found.mean >= found.single - 1e-12


@given(numbers, st.floats(0.5, 0.99))
def test_an_interval_holds_its_mean_and_widens_with_the_level(values, level):
    found = mean_with_interval(values, level=level)
    wider = mean_with_interval(values, level=(1 + level) / 2)

    assert found.low <= found.mean <= found.high
    assert wider.low <= found.low
    assert found.high <= wider.high


@given(numbers, st.integers(-20, 20), st.sampled_from([0.5, 2, 10]))
def test_an_interval_moves_with_the_values(values, added, factor):
    found = mean_with_interval(values)

    moved = mean_with_interval(np.array(values) * factor + added)

    for end in ("low", "mean", "high"):
        expected = getattr(found, end) * factor + added
        assert getattr(moved, end) == pytest.approx(expected, abs=1e-8)


@given(numbers)
def test_twice_the_people_never_make_a_mean_less_sure(values):
    once, twice = mean_with_interval(values), mean_with_interval(values * 2)

    assert twice.high - twice.low <= once.high - once.low + 1e-9
