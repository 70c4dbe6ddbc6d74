"""Something that waits for a post, in the same form at every station: never words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias

WITHIN = timedelta(days=7)
"""How far ahead the week's e-mail looks."""


class DueKind(StrEnum):
    """What can wait for a post; each station reports its own."""

    COMMITMENT_TO_ANSWER = "commitment_to_answer"
    COMMITMENT_THIS_WEEK = "commitment_this_week"
    COMMITMENT_OVERDUE = "commitment_overdue"
    QUESTION_TO_ANSWER = "question_to_answer"
    EXPECTATION_TO_CONFIRM = "expectation_to_confirm"
    CONCERN_TO_ANSWER = "concern_to_answer"
    INQUIRY_TO_ANSWER = "inquiry_to_answer"
    DECISION_DUE = "decision_due"
    AGENDA_TO_APPROVE = "agenda_to_approve"
    MINUTES_TO_APPROVE = "minutes_to_approve"
    TIME_ROBBER_TO_DECIDE = "time_robber_to_decide"
    NEED_TO_ANSWER = "need_to_answer"
    PRACTICE_TO_REVIEW = "practice_to_review"
    TOO_MUCH_AT_ONCE = "too_much_at_once"
    VISIT_TO_ANSWER = "visit_to_answer"
    VISIT_THIS_WEEK = "visit_this_week"
    VISIT_TO_TELL = "visit_to_tell"
    TEST_TO_DECIDE = "test_to_decide"
    TEST_TO_COUNT = "test_to_count"
    TEST_TO_JOIN = "test_to_join"


@dataclass(frozen=True, slots=True)
class Due:
    """That something of a kind waits for a post."""

    kind: DueKind
    post_id: int


Reporter: TypeAlias = Callable[[date], Iterator[Due]]
"""A station's room `due`: what waits for posts on a day, in all municipalities."""
