"""The table of promises: each has a state, and what works names the test of it."""

import re

import pytest

from tests.docs.reading import ROOT, read, rows_of

ROWS = rows_of(read("docs/mission.md"))
NUMBERED = [row for row in ROWS if re.fullmatch(r"[A-Z]\d+", row[0])]
STATE = re.compile(r"(Works|In part|Not yet)\b")
PROMISES = {"K": 2, "T": 7, "R": 10, "Q": 4, "A": 8, "V": 3}


def state_of(row):
    """Return what a row says of itself."""
    states = [found[1] for cell in row if (found := STATE.match(cell))]
    assert len(states) == 1, row
    return states[0]


def test_no_promise_is_left_out():
    expected = [
        f"{letter}{n + 1}" for letter, most in PROMISES.items() for n in range(most)
    ]

    assert sorted(row[0] for row in NUMBERED) == sorted(expected)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_promise_says_whether_it_works_and_where_that_is_tested(row):
    is_there = state_of(row) != "Not yet"

    assert (row[-1] != "–") is is_there
    assert not is_there or (ROOT / row[-1]).exists()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_promise_kept_in_part_says_what_lacks(row):
    own = next(cell for cell in row if STATE.match(cell))

    assert state_of(row) != "In part" or ":" in own
