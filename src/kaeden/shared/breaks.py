"""A break in the chain, in the same form at every station."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise


class BreakKind(StrEnum):
    """What can be broken; each station reports its own."""

    VACANT_POST = "vacant_post"
    POST_WITHOUT_CHARTER = "post_without_charter"
    POST_WITHOUT_LINK = "post_without_link"
    TASK_HELD_BY_NOBODY = "task_held_by_nobody"
    TASK_HELD_BY_TWO = "task_held_by_two"
    SPAN_OUTSIDE_BOUNDS = "span_outside_bounds"
    UNIT_FAR_FROM_LEADER = "unit_far_from_leader"
    GOAL_WITHOUT_OWNER = "goal_without_owner"
    GOAL_WITHOUT_INDICATOR = "goal_without_indicator"
    GOAL_STOPS = "goal_stops"
    DEVIATION_WORSE = "deviation_worse"
    DEVIATION_EXPIRED = "deviation_expired"
    INDICATOR_WITHOUT_FRESH_DATA = "indicator_without_fresh_data"
    RESULT_NOT_ASSESSED = "result_not_assessed"
    EXPECTATION_UNCONFIRMED = "expectation_unconfirmed"
    QUESTION_UNANSWERED = "question_unanswered"
    CONCERN_UNANSWERED = "concern_unanswered"
    COMMITMENT_OVERDUE = "commitment_overdue"
    CONVERSATION_OVERDUE = "conversation_overdue"
    TIME_ROBBER_UNDECIDED = "time_robber_undecided"
    NEED_UNANSWERED = "need_unanswered"
    TOO_MUCH_AT_ONCE = "too_much_at_once"
    TEST_UNDECIDED = "test_undecided"
    TEST_QUIET = "test_quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """One break: what, where, whose, since when, and the one act that mends it.

    `municipality` is its code; `about` names the thing as ``"post:skolechef"`` or
    ``"goal:trives"``, `unit` is the code of the unit where it is seen. `owner` is the
    key of the post that owns it, empty if there is none, and `owner_name` its title.
    `sentence` and `act` are what a person reads, `path` the address that the act
    begins at.
    """

    kind: BreakKind
    municipality: str
    about: str
    unit: str
    owner: str
    owner_name: str
    since: date | None
    sentence: str | Promise
    act: str | Promise
    path: str = ""
