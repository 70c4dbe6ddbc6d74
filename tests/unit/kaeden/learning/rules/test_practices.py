"""Which step a written practice takes, and what is too much at once."""

import itertools
from datetime import date

import pytest

from kaeden.learning.rules import practices as rules
from kaeden.learning.rules.practices import (
    CHOICE_NAMES,
    FIDELITY_NAMES,
    MOST_AT_ONCE,
    NEXT,
    REVIEWERS,
    WHY_NOT,
    Fidelity,
    PracticeChoice,
    ReviewStep,
    are_too_many,
    may_start_on,
    may_step,
)
from kaeden.learning.rules.stages import DECIDED, STAGE_NAMES, Stage, stage_of

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("now", "to", "is_writer"),
    list(itertools.product(ReviewStep, ReviewStep, [True, False])),
)
def test_only_mapped_steps_are_taken_by_whose_they_are(now, to, is_writer):
    verdict = may_step(to, now, is_writer=is_writer)

    is_theirs = is_writer is (to not in REVIEWERS)
    assert bool(verdict) is (to in NEXT[now] and is_theirs)
    assert bool(verdict) or verdict.why_not


@pytest.mark.parametrize(
    ("names", "values"),
    [
        (CHOICE_NAMES, PracticeChoice),
        (FIDELITY_NAMES, Fidelity),
        (STAGE_NAMES, Stage),
        (WHY_NOT, ReviewStep),
        (NEXT, ReviewStep),
        (DECIDED, PracticeChoice),
    ],
)
def test_everything_there_can_be_has_its_words(names, values):
    assert set(names) == set(values)


@pytest.mark.parametrize("tests", range(MOST_AT_ONCE + 2))
def test_practices_and_tests_count_together(tests):
    for practices in range(MOST_AT_ONCE + 2):
        total = practices + tests
        assert are_too_many(practices, tests) is (total > rules.MOST_AT_ONCE)


@pytest.mark.parametrize(
    ("day", "free_from", "fits"),
    [
        (DAY, None, True),
        (date(2000, 1, 1), None, True),
        (date(1999, 12, 31), None, False),
        (date(2026, 11, 25), None, False),
        (date(2026, 1, 1), date(2026, 1, 1), True),
        (date(2025, 12, 31), date(2026, 1, 1), False),
    ],
)
def test_a_use_begins_in_the_past_and_after_the_last_one(day, free_from, fits):
    verdict = may_start_on(day, on=DAY, free_from=free_from)

    assert bool(verdict) is fits
    assert fits or verdict.why_not


@pytest.mark.parametrize(
    ("choice", "is_compared", "is_tried"),
    list(itertools.product([None, *PracticeChoice], [True, False], [True, False])),
)
def test_a_stage_is_the_furthest_that_there_is_reason_for(
    choice, is_compared, is_tried
):
    stage = stage_of(choice=choice, is_compared=is_compared, is_tried=is_tried)

    if choice is not None:
        assert stage.value in {"spread", "stopped"}
    elif is_compared:
        assert stage is Stage.COMPARED
    else:
        assert (stage is Stage.TESTED) is is_tried
