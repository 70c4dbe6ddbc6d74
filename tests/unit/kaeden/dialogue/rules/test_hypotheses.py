"""A claim that a number can test, and what the number says of it."""

import itertools

import pytest

from kaeden.dialogue.rules.hypotheses import (
    SAYS,
    Evidence,
    Expected,
    evidence,
    is_testable,
    may_close,
)
from kaeden.publication.since import Moved
from kaeden.shared.periods import Period


@pytest.mark.parametrize(
    ("expected", "moved", "rose"),
    list(itertools.product(Expected, Moved, (True, False))),
)
def test_a_number_speaks_only_when_it_moved_by_more_than_chance(expected, moved, rose):
    says = evidence(expected, moved, rose=rose)

    if moved is not Moved.BEYOND_CHANCE:
        assert says is Evidence.UNDECIDED
    elif rose is (expected is Expected.RISES):
        assert says is Evidence.SPEAKS_FOR
    else:
        assert says is Evidence.SPEAKS_AGAINST


def test_the_table_knows_every_way_a_number_can_move():
    assert set(SAYS) == set(itertools.product(Moved, (True, False)))


@pytest.mark.parametrize(
    ("by", "can"),
    [
        ("2025/26", True),
        ("2029/30", True),
        ("2024/25", False),
        ("2023/24", False),
        ("2030/31", False),
        ("2026", False),
    ],
)
def test_a_claim_names_a_later_year_of_the_same_kind_and_not_long_off(by, can):
    assert is_testable(Period.parse(by), newest=Period.parse("2024/25")) is can


@pytest.mark.parametrize(
    ("is_mine", "is_closed", "why"),
    [
        (True, False, ""),
        (False, False, "Whoever wrote it closes it"),
        (True, True, "closed already"),
        (False, True, "closed already"),
    ],
)
def test_whoever_wrote_a_claim_closes_it_once(is_mine, is_closed, why):
    verdict = may_close(is_mine=is_mine, is_closed=is_closed)

    assert bool(verdict) is (why == "")
    assert why in str(verdict.why_not)
