"""How grave each kind of break is, and who may read it. Pure; no database."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.shared.breaks import BreakKind


class Shown(StrEnum):
    """Who may read breaks of a kind."""

    ALL = "all"
    SIGNED_IN = "signed_in"
    LINE = "line"


GRAVITY: tuple[BreakKind, ...] = (
    BreakKind.VACANT_POST,
    BreakKind.POST_WITHOUT_LINK,
    BreakKind.GOAL_WITHOUT_OWNER,
    BreakKind.GOAL_STOPS,
    BreakKind.DEVIATION_WORSE,
    BreakKind.DEVIATION_EXPIRED,
    BreakKind.QUESTION_UNANSWERED,
    BreakKind.COMMITMENT_OVERDUE,
    BreakKind.RESULT_NOT_ASSESSED,
    BreakKind.TASK_HELD_BY_NOBODY,
    BreakKind.EXPECTATION_UNCONFIRMED,
    BreakKind.GOAL_WITHOUT_INDICATOR,
    BreakKind.INDICATOR_WITHOUT_FRESH_DATA,
    BreakKind.TASK_HELD_BY_TWO,
    BreakKind.UNIT_FAR_FROM_LEADER,
    BreakKind.SPAN_OUTSIDE_BOUNDS,
    BreakKind.POST_WITHOUT_CHARTER,
)
"""Gravest first: where nobody is, nothing else holds; then goals, then answers."""

KIND_NAMES: Mapping[BreakKind, str | Promise] = {
    BreakKind.VACANT_POST: _("Vacant posts"),
    BreakKind.POST_WITHOUT_LINK: _("Posts with no leader above them"),
    BreakKind.GOAL_WITHOUT_OWNER: _("Goals that nobody owns"),
    BreakKind.GOAL_STOPS: _("Goals that stop on their way down"),
    BreakKind.DEVIATION_WORSE: _("Accepted deviations that have become worse"),
    BreakKind.DEVIATION_EXPIRED: _("Accepted deviations that have run out"),
    BreakKind.QUESTION_UNANSWERED: _("Questions without an answer"),
    BreakKind.COMMITMENT_OVERDUE: _("Commitments past their day"),
    BreakKind.RESULT_NOT_ASSESSED: _("Results that nobody has assessed"),
    BreakKind.TASK_HELD_BY_NOBODY: _("Tasks that nobody holds"),
    BreakKind.EXPECTATION_UNCONFIRMED: _("Expectations not confirmed by both"),
    BreakKind.GOAL_WITHOUT_INDICATOR: _("Goals without an indicator"),
    BreakKind.INDICATOR_WITHOUT_FRESH_DATA: _("Indicators without fresh data"),
    BreakKind.TASK_HELD_BY_TWO: _("Tasks that two hold"),
    BreakKind.UNIT_FAR_FROM_LEADER: _("Units far from their leader"),
    BreakKind.SPAN_OUTSIDE_BOUNDS: _("Leaders with too few or too many to lead"),
    BreakKind.POST_WITHOUT_CHARTER: _("Posts without a charter"),
}

SHOWN: Mapping[BreakKind, Shown] = {
    BreakKind.VACANT_POST: Shown.ALL,
    BreakKind.POST_WITHOUT_LINK: Shown.ALL,
    BreakKind.GOAL_WITHOUT_OWNER: Shown.ALL,
    BreakKind.GOAL_STOPS: Shown.LINE,
    BreakKind.DEVIATION_WORSE: Shown.LINE,
    BreakKind.DEVIATION_EXPIRED: Shown.LINE,
    BreakKind.QUESTION_UNANSWERED: Shown.LINE,
    BreakKind.COMMITMENT_OVERDUE: Shown.LINE,
    BreakKind.RESULT_NOT_ASSESSED: Shown.LINE,
    BreakKind.TASK_HELD_BY_NOBODY: Shown.SIGNED_IN,
    BreakKind.EXPECTATION_UNCONFIRMED: Shown.LINE,
    BreakKind.GOAL_WITHOUT_INDICATOR: Shown.ALL,
    BreakKind.INDICATOR_WITHOUT_FRESH_DATA: Shown.ALL,
    BreakKind.TASK_HELD_BY_TWO: Shown.SIGNED_IN,
    BreakKind.UNIT_FAR_FROM_LEADER: Shown.SIGNED_IN,
    BreakKind.SPAN_OUTSIDE_BOUNDS: Shown.SIGNED_IN,
    BreakKind.POST_WITHOUT_CHARTER: Shown.SIGNED_IN,
}
"""The public sees posts and adopted goals; what comes from words follows the line."""
