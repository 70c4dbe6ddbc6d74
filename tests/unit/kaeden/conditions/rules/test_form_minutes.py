import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaeden.conditions.rules.form_minutes import (
    ENOUGH,
    LENGTHS,
    STANDS_FOR,
    in_all,
    length_of,
    median,
)


@pytest.mark.parametrize(
    ("seconds", "length"),
    [(-3, 0), (0, 0), (15, 0), (15.1, 1), (60, 2), (1800, 8), (10**6, 8)],
)
def test_a_use_has_one_of_nine_lengths_and_idle_time_is_capped(seconds, length):
    assert length_of(seconds) == length


def test_a_length_stands_for_seconds_within_it():
    below = (0, *LENGTHS)

    assert len(STANDS_FOR) == len(LENGTHS)
    assert all(
        low < one < high
        for low, one, high in zip(below, STANDS_FOR, LENGTHS, strict=False)
    )


def test_nothing_is_told_before_there_is_enough_use():
    assert median({2: ENOUGH - 1}) is None
    assert median({2: ENOUGH}) == 40
    assert median({}) is None


def test_the_middle_is_not_moved_by_the_few_who_were_elsewhere():
    assert median({1: 8, 8: 3}) == 20


uses = st.dictionaries(st.sampled_from(range(len(LENGTHS))), st.integers(1, 50))


@given(uses)
def test_half_take_no_longer_than_the_middle(counted):
    middle = median(counted)

    if middle is not None:
        shorter = sum(n for one, n in counted.items() if STANDS_FOR[one] <= middle)
        assert 2 * shorter >= sum(counted.values())


def test_all_uses_together():
    assert in_all({0: 3, 3: 2}) == 3 * 10 + 2 * 90
