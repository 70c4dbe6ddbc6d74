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
    VISIT_TO_ANSWER = "visit_to_answer"
    VISIT_THIS_WEEK = "visit_this_week"
    VISIT_TO_TELL = "visit_to_tell"


@dataclass(frozen=True, slots=True)
class Due:
    """That something of a kind waits for a post."""

    kind: DueKind
    post_id: int


Reporter: TypeAlias = Callable[[date], Iterator[Due]]
"""A station's room `due`: what waits for posts on a day, in all municipalities."""
