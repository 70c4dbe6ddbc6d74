"""How grave each kind of break is, and who may read it. Pure; no database."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import Permission
from kaeden.shared.breaks import BreakKind

GRAVITY: tuple[BreakKind, ...] = (
    BreakKind.VACANT_POST,
    BreakKind.POST_WITHOUT_LINK,
    BreakKind.GOAL_WITHOUT_OWNER,
    BreakKind.GOAL_STOPS,
    BreakKind.DEVIATION_WORSE,
    BreakKind.DEVIATION_EXPIRED,
    BreakKind.QUESTION_UNANSWERED,
    BreakKind.CONCERN_UNANSWERED,
    BreakKind.COMMITMENT_OVERDUE,
    BreakKind.CONVERSATION_OVERDUE,
    BreakKind.TIME_ROBBER_UNDECIDED,
    BreakKind.NEED_UNANSWERED,
    BreakKind.TEST_UNDECIDED,
    BreakKind.TEST_QUIET,
    BreakKind.RESULT_NOT_ASSESSED,
    BreakKind.TASK_HELD_BY_NOBODY,
    BreakKind.EXPECTATION_UNCONFIRMED,
    BreakKind.GOAL_WITHOUT_INDICATOR,
    BreakKind.INDICATOR_WITHOUT_FRESH_DATA,
    BreakKind.TASK_HELD_BY_TWO,
    BreakKind.TOO_MUCH_AT_ONCE,
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
    BreakKind.CONCERN_UNANSWERED: _("Concerns without an answer"),
    BreakKind.COMMITMENT_OVERDUE: _("Commitments past their day"),
    BreakKind.CONVERSATION_OVERDUE: _("Conversations not held in time"),
    BreakKind.TIME_ROBBER_UNDECIDED: _("Time robbers that nobody has decided on"),
    BreakKind.NEED_UNANSWERED: _("Needs without an answer in time"),
    BreakKind.TEST_UNDECIDED: _("Tests of change past their end"),
    BreakKind.TEST_QUIET: _("Tests of change where nothing is counted"),
    BreakKind.RESULT_NOT_ASSESSED: _("Results that nobody has assessed"),
    BreakKind.TASK_HELD_BY_NOBODY: _("Tasks that nobody holds"),
    BreakKind.EXPECTATION_UNCONFIRMED: _("Expectations not confirmed by both"),
    BreakKind.GOAL_WITHOUT_INDICATOR: _("Goals without an indicator"),
    BreakKind.INDICATOR_WITHOUT_FRESH_DATA: _("Indicators without fresh data"),
    BreakKind.TASK_HELD_BY_TWO: _("Tasks that two hold"),
    BreakKind.TOO_MUCH_AT_ONCE: _("Units with too many practices at once"),
    BreakKind.UNIT_FAR_FROM_LEADER: _("Units far from their leader"),
    BreakKind.SPAN_OUTSIDE_BOUNDS: _("Leaders with too few or too many to lead"),
    BreakKind.POST_WITHOUT_CHARTER: _("Posts without a charter"),
}

NEEDED: Mapping[BreakKind, Permission | None] = {
    BreakKind.VACANT_POST: None,
    BreakKind.POST_WITHOUT_LINK: None,
    BreakKind.GOAL_WITHOUT_OWNER: None,
    BreakKind.GOAL_STOPS: Permission.READ_MEANING,
    BreakKind.DEVIATION_WORSE: Permission.READ_MEANING,
    BreakKind.DEVIATION_EXPIRED: Permission.READ_MEANING,
    BreakKind.QUESTION_UNANSWERED: Permission.READ_QUESTION,
    BreakKind.CONCERN_UNANSWERED: Permission.READ_MEANING,
    BreakKind.COMMITMENT_OVERDUE: Permission.READ_MEANING,
    BreakKind.CONVERSATION_OVERDUE: Permission.READ_MEANING,
    BreakKind.TIME_ROBBER_UNDECIDED: Permission.READ_LEDGER,
    BreakKind.NEED_UNANSWERED: Permission.READ_MEANING,
    BreakKind.TEST_UNDECIDED: Permission.READ_SHARED_TEST,
    BreakKind.TEST_QUIET: Permission.READ_SHARED_TEST,
    BreakKind.RESULT_NOT_ASSESSED: Permission.READ_ASSESSMENT,
    BreakKind.TASK_HELD_BY_NOBODY: Permission.READ_CHARTER,
    BreakKind.EXPECTATION_UNCONFIRMED: Permission.READ_MEANING,
    BreakKind.GOAL_WITHOUT_INDICATOR: None,
    BreakKind.INDICATOR_WITHOUT_FRESH_DATA: None,
    BreakKind.TASK_HELD_BY_TWO: Permission.READ_CHARTER,
    BreakKind.TOO_MUCH_AT_ONCE: Permission.READ_ADOPTION,
    BreakKind.UNIT_FAR_FROM_LEADER: Permission.READ_HOLDERS,
    BreakKind.SPAN_OUTSIDE_BOUNDS: Permission.READ_HOLDERS,
    BreakKind.POST_WITHOUT_CHARTER: Permission.READ_HOLDERS,
}
"""What a post must be allowed, where a break is, to read of it; None is for all.

The public sees posts and adopted goals. How the municipality is organised is for those
who hold a post in it, and what comes from words for those in the line.
"""

BETWEEN_TWO = frozenset(
    {
        BreakKind.EXPECTATION_UNCONFIRMED,
        BreakKind.COMMITMENT_OVERDUE,
        BreakKind.TIME_ROBBER_UNDECIDED,
        BreakKind.CONCERN_UNANSWERED,
        BreakKind.NEED_UNANSWERED,
    }
)
"""Breaks whose page opens only for those it lies between; the owner is one."""

KNOWN_ALL_OVER = frozenset({Permission.READ_HOLDERS, Permission.READ_LEDGER})
"""What counts in the whole municipality when it counts anywhere in it."""
