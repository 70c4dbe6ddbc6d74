import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaeden.access.rules import Role
from kaeden.dialogue.rules.pulse import (
    AGREE,
    IN_THE_CHAIN,
    PERCENT,
    TIME_LEVEL_NAMES,
    TIME_LEVELS,
    Side,
    Strength,
    TimeLevel,
    is_shown,
    level_of,
    part_is_shown,
    quarter_of,
    shown_difference,
    shown_mean,
    side_of_the_led,
    strength_of,
    time_of,
)
from kaeden.organisation.rules import LEADING
from kaeden.publication.rules import MINIMUM_GROUP


@pytest.mark.parametrize("role", Role)
def test_each_role_is_asked_by_its_place_in_the_chain(role):
    in_chain = role not in {Role.ANALYST, Role.DATA_PROTECTION, Role.SYSTEM}

    assert (role in IN_THE_CHAIN) is in_chain
    assert (role in TIME_LEVELS) is (role in LEADING)
    assert (side_of_the_led(role) is Side.TEAM) is (role is Role.TEAM)
    if in_chain:
        assert 0 <= level_of(role) <= 6


def test_levels_run_from_the_committee_to_the_team():
    chain = [Role.COMMITTEE, Role.DIRECTOR, Role.CHIEF_FAMILIES, Role.LEADER, Role.TEAM]

    assert [level_of(role) for role in chain] == [0, 1, 2, 4, 6]
    assert set(TIME_LEVEL_NAMES) == set(TimeLevel) == set(TIME_LEVELS.values())


@pytest.mark.parametrize(
    ("day", "quarter", "time"),
    [
        (date(2026, 1, 1), "2026-1", 2026.0),
        (date(2026, 3, 31), "2026-1", 2026.0),
        (date(2026, 4, 1), "2026-2", 2026.25),
        (date(2026, 12, 31), "2026-4", 2026.75),
    ],
)
def test_a_quarter_is_named_and_placed_in_time(day, quarter, time):
    assert (quarter_of(day), time_of(quarter)) == (quarter, time)


@pytest.mark.parametrize(
    ("part", "whole"), list(itertools.product(range(12), range(12)))
)
def test_a_part_is_shown_only_where_neither_it_nor_the_rest_is_small(part, whole):
    if part > whole:
        return
    rest = whole - part

    expected = part >= MINIMUM_GROUP and (rest == 0 or rest >= MINIMUM_GROUP)

    assert part_is_shown(part, whole) is expected
    assert is_shown(part) is (part >= 5)


def test_a_mean_has_one_decimal_and_an_interval_that_claims_less():
    shown = shown_mean(AGREE, 3.549, 3.2, 3.9)

    assert (shown.mean, shown.low, shown.high, shown.end) == (3.5, 3.1, 4.0, 0)


@pytest.mark.parametrize(
    ("scale", "mean", "told", "end"),
    [
        (AGREE, 1.0, 1.2, -1),
        (AGREE, 5.0, 4.8, 1),
        (PERCENT, 2.0, 5, -1),
        (PERCENT, 100.0, 95, 1),
    ],
)
def test_a_mean_at_an_end_is_told_as_beyond_it_and_no_more(scale, mean, told, end):
    shown = shown_mean(scale, mean, mean, mean)

    assert (shown.mean, shown.end) == (told, end)
    assert (shown.low, shown.high) == (None, None)


@given(st.floats(1.2, 4.8), st.floats(0, 2))
def test_nobody_reads_from_an_interval_that_all_said_the_same(mean, half):
    shown = shown_mean(AGREE, mean, mean - half, mean + half)

    assert shown.low <= shown.mean <= shown.high
    assert shown.high - shown.low >= 0.1 - 1e-9
    assert shown.low >= 1
    assert shown.high <= 5
    assert shown.low <= max(1, mean - half)


@given(st.floats(-4, 4), st.floats(0, 2))
def test_a_difference_has_its_interval_rounded_outwards(mean, half):
    shown = shown_difference(AGREE, mean, mean - half, mean + half)

    assert shown.low < mean - half <= mean + half < shown.high
    assert str(shown.mean) != "-0.0"


@pytest.mark.parametrize(
    ("agreement", "word"),
    [
        (0.0, Strength.NONE),
        (0.30, Strength.NONE),
        (0.31, Strength.WEAK),
        (0.51, Strength.MODERATE),
        (0.71, Strength.STRONG),
        (0.91, Strength.VERY_STRONG),
        (1.0, Strength.VERY_STRONG),
    ],
)
def test_an_agreement_is_said_in_a_word(agreement, word):
    assert strength_of(agreement) is word
