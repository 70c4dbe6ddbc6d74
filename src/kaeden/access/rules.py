"""May this person do this here, and if not, why not? Pure; no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.shared.errors import Forbidden, KaedenError


class Role(StrEnum):
    """What kind of place in the leadership chain a post is."""

    COMMITTEE = "committee"
    DIRECTOR = "director"
    CHIEF_SCHOOLS = "chief_schools"
    CHIEF_DAYCARE = "chief_daycare"
    CHIEF_FAMILIES = "chief_families"
    AREA_LEADER = "area_leader"
    LEADER = "leader"
    DEPARTMENT_LEADER = "department_leader"
    TEAM = "team"
    ANALYST = "analyst"
    DATA_PROTECTION = "data_protection"
    SYSTEM = "system"


class Permission(StrEnum):
    """Something a person can be allowed to do at a unit."""

    MANAGE_ACCOUNTS = "manage_accounts"
    READ_TRAIL = "read_trail"
    IMPORT_DATA = "import_data"
    LOAD_ORGANISATION = "load_organisation"
    LOAD_CHAIN = "load_chain"
    RUN_ENGINE = "run_engine"
    RELEASE_RESULTS = "release_results"
    FILL_POST = "fill_post"
    READ_HOLDERS = "read_holders"
    READ_CHARTER = "read_charter"
    WRITE_CHARTER = "write_charter"
    DRAW_DRAFT = "draw_draft"
    FORM_COMMUNITY = "form_community"
    ADOPT_GOAL = "adopt_goal"
    WRITE_GOAL = "write_goal"
    WRITE_VISION = "write_vision"
    WRITE_VALUES = "write_values"
    TAKE_UP_GOAL = "take_up_goal"
    READ_MEANING = "read_meaning"
    READ_EFFORT = "read_effort"
    CONTRIBUTE = "contribute"
    SET_TARGET = "set_target"
    CHECK_IN = "check_in"
    ACCEPT_DEVIATION = "accept_deviation"
    ASSESS_RESULT = "assess_result"
    READ_ASSESSMENT = "read_assessment"
    WRITE_HYPOTHESIS = "write_hypothesis"
    READ_HYPOTHESIS = "read_hypothesis"
    SHARE_WHAT_WE_DID = "share_what_we_did"
    READ_WHAT_WE_DID = "read_what_we_did"
    READ_FAIR_VALUES = "read_fair_values"
    READ_SPREAD = "read_spread"
    DECIDE_AGENDA = "decide_agenda"
    SEE_LINE = "see_line"
    ASK_QUESTION = "ask_question"
    READ_QUESTION = "read_question"
    RUN_PULSE = "run_pulse"
    SEND_REMINDERS = "send_reminders"
    VISIT = "visit"
    SEE_PULSE = "see_pulse"
    REPORT_TIME_ROBBER = "report_time_robber"
    READ_LEDGER = "read_ledger"
    OFFER_SUPPORT = "offer_support"
    WRITE_NEED = "write_need"
    DECIDE_NEED = "decide_need"
    NOTE_PRESENCE = "note_presence"
    SEE_PRESENCE = "see_presence"
    HOLD_MEETING = "hold_meeting"
    READ_MINUTES = "read_minutes"
    READ_PRACTICES = "read_practices"
    READ_ADOPTION = "read_adoption"
    ADOPT_PRACTICE = "adopt_practice"
    WRITE_PRACTICE = "write_practice"
    REVIEW_PRACTICE = "review_practice"
    DECIDE_PRACTICE = "decide_practice"
    ASK_FORECAST = "ask_forecast"
    READ_FORECAST = "read_forecast"
    READ_COMPETENCES = "read_competences"
    WRITE_COMPETENCES = "write_competences"
    TRY_CHANGE = "try_change"
    READ_TEST = "read_test"
    READ_TEST_OF_COLLEAGUES = "read_test_of_colleagues"
    READ_SHARED_TEST = "read_shared_test"
    WRITE_LESSON = "write_lesson"
    READ_LESSON = "read_lesson"


class Reach(StrEnum):
    """Where a permission counts, seen from the unit of the post that has it."""

    OWN = "own"
    BELOW = "below"
    LINE = "line"


def reaches(reach: Reach, *, home: str, at: str) -> bool:
    """Whether a permission of the post at `home` counts at the unit with path `at`.

    `OWN` is the post's own unit; `BELOW` also every unit below it; `LINE` also every
    unit above it, up to the municipality. Sisters are in nobody's line.
    """
    if at == home:
        return True
    below = at.startswith(f"{home}/")
    above = home.startswith(f"{at}/") and at.count("/") >= 1
    return (below and reach is not Reach.OWN) or (above and reach is Reach.LINE)


Grants: TypeAlias = Mapping[Permission, Reach]

WITHIN: Grants = {
    Permission.READ_HOLDERS: Reach.LINE,
    Permission.READ_LEDGER: Reach.LINE,
}
"""What everybody with a post in the municipality may.

They know who holds which post, and what is decided about leaders' time.
"""

IN_LINE: Grants = {**WITHIN, Permission.READ_CHARTER: Reach.LINE}
"""What the posts of the chain may: read what those above and below them decide."""

IN_THE_CHAIN: Grants = {
    **IN_LINE,
    Permission.READ_MEANING: Reach.LINE,
    Permission.READ_QUESTION: Reach.LINE,
    Permission.SEE_PULSE: Reach.LINE,
    Permission.SEE_PRESENCE: Reach.LINE,
}
"""What every post may read, from the committee to the team."""

READING_OF_UNITS: Grants = {
    Permission.READ_FAIR_VALUES: Reach.LINE,
    Permission.READ_SPREAD: Reach.BELOW,
}
"""What models of children's rows say of single units: never for the committee."""

READING_OF_PRACTICES: Grants = {
    Permission.READ_PRACTICES: Reach.LINE,
    Permission.READ_ADOPTION: Reach.BELOW,
}
"""Practices are efforts: never for the committee, which meets goals and results."""

ABOVE_OTHERS: Grants = {**IN_THE_CHAIN, Permission.SEE_LINE: Reach.BELOW}

TESTING_CLAIMS: Grants = {
    Permission.WRITE_HYPOTHESIS: Reach.LINE,
    Permission.READ_HYPOTHESIS: Reach.LINE,
}
"""What every post from the director to the team does with claims that can be tested."""

LEARNING: Grants = {
    Permission.READ_SHARED_TEST: Reach.LINE,
    Permission.READ_LESSON: Reach.LINE,
}
"""What every post from the director to the team reads of what others have tried."""

TRYING: Grants = {
    **LEARNING,
    Permission.TRY_CHANGE: Reach.OWN,
    Permission.READ_TEST_OF_COLLEAGUES: Reach.LINE,
    Permission.WRITE_LESSON: Reach.OWN,
}
"""What those nearest the children do with tests of change."""

LEADS_WHO_TRY: Grants = {**TRYING, Permission.READ_TEST: Reach.BELOW}
"""What the leaders nearest to them may: also read what their teams have not shared."""

FOLLOWING_GOALS: Grants = {
    **ABOVE_OTHERS,
    **TESTING_CLAIMS,
    **READING_OF_UNITS,
    **READING_OF_PRACTICES,
    Permission.READ_COMPETENCES: Reach.BELOW,
    Permission.READ_FORECAST: Reach.BELOW,
    **LEARNING,
    Permission.READ_WHAT_WE_DID: Reach.LINE,
    Permission.READ_EFFORT: Reach.LINE,
    Permission.TAKE_UP_GOAL: Reach.OWN,
    Permission.CONTRIBUTE: Reach.OWN,
    Permission.CHECK_IN: Reach.OWN,
    Permission.VISIT: Reach.OWN,
    Permission.SET_TARGET: Reach.BELOW,
    Permission.REPORT_TIME_ROBBER: Reach.OWN,
    Permission.OFFER_SUPPORT: Reach.OWN,
    Permission.WRITE_NEED: Reach.OWN,
    Permission.NOTE_PRESENCE: Reach.OWN,
    Permission.HOLD_MEETING: Reach.OWN,
    Permission.READ_MINUTES: Reach.BELOW,
}
"""What every leading post does with goals and time, from the director down."""

CHIEF: Grants = {
    **FOLLOWING_GOALS,
    Permission.WRITE_GOAL: Reach.OWN,
    Permission.ACCEPT_DEVIATION: Reach.BELOW,
    Permission.ASSESS_RESULT: Reach.BELOW,
    Permission.READ_ASSESSMENT: Reach.BELOW,
    Permission.FILL_POST: Reach.BELOW,
    Permission.WRITE_CHARTER: Reach.BELOW,
    Permission.DRAW_DRAFT: Reach.BELOW,
    Permission.FORM_COMMUNITY: Reach.BELOW,
    Permission.DECIDE_NEED: Reach.BELOW,
    Permission.WRITE_PRACTICE: Reach.OWN,
    Permission.REVIEW_PRACTICE: Reach.BELOW,
    Permission.DECIDE_PRACTICE: Reach.OWN,
}

LEADS_LEADERS: Grants = {
    **FOLLOWING_GOALS,
    Permission.WRITE_PRACTICE: Reach.OWN,
    Permission.ACCEPT_DEVIATION: Reach.BELOW,
    Permission.READ_ASSESSMENT: Reach.BELOW,
    Permission.WRITE_CHARTER: Reach.BELOW,
    Permission.DECIDE_NEED: Reach.BELOW,
}

LEADER: Grants = {
    **LEADS_LEADERS,
    **LEADS_WHO_TRY,
    Permission.ASSESS_RESULT: Reach.OWN,
    Permission.SHARE_WHAT_WE_DID: Reach.OWN,
    Permission.ADOPT_PRACTICE: Reach.OWN,
    Permission.ASK_FORECAST: Reach.OWN,
    Permission.WRITE_COMPETENCES: Reach.OWN,
}
"""An institution's leader also assesses its results, before those above do."""

GRANTS: Mapping[Role, Grants] = {
    Role.COMMITTEE: {
        **ABOVE_OTHERS,
        Permission.WRITE_HYPOTHESIS: Reach.OWN,
        Permission.READ_HYPOTHESIS: Reach.OWN,
        Permission.ADOPT_GOAL: Reach.OWN,
        Permission.WRITE_GOAL: Reach.OWN,
        Permission.WRITE_VISION: Reach.OWN,
        Permission.WRITE_VALUES: Reach.OWN,
        Permission.SET_TARGET: Reach.OWN,
        Permission.ACCEPT_DEVIATION: Reach.OWN,
        Permission.ASK_QUESTION: Reach.BELOW,
        Permission.HOLD_MEETING: Reach.OWN,
    },
    Role.DIRECTOR: {
        **FOLLOWING_GOALS,
        Permission.WRITE_GOAL: Reach.BELOW,
        Permission.WRITE_VISION: Reach.OWN,
        Permission.WRITE_VALUES: Reach.OWN,
        Permission.ACCEPT_DEVIATION: Reach.BELOW,
        Permission.READ_ASSESSMENT: Reach.BELOW,
        Permission.FILL_POST: Reach.BELOW,
        Permission.LOAD_CHAIN: Reach.BELOW,
        Permission.WRITE_CHARTER: Reach.BELOW,
        Permission.DRAW_DRAFT: Reach.BELOW,
        Permission.FORM_COMMUNITY: Reach.BELOW,
        Permission.ADOPT_GOAL: Reach.BELOW,
        Permission.DECIDE_AGENDA: Reach.BELOW,
        Permission.RUN_PULSE: Reach.BELOW,
        Permission.DECIDE_NEED: Reach.BELOW,
        Permission.REVIEW_PRACTICE: Reach.BELOW,
        Permission.DECIDE_PRACTICE: Reach.OWN,
    },
    Role.CHIEF_SCHOOLS: CHIEF,
    Role.CHIEF_DAYCARE: CHIEF,
    Role.CHIEF_FAMILIES: CHIEF,
    Role.AREA_LEADER: LEADS_LEADERS,
    Role.LEADER: LEADER,
    Role.DEPARTMENT_LEADER: {
        **FOLLOWING_GOALS,
        **LEADS_WHO_TRY,
        Permission.WRITE_PRACTICE: Reach.OWN,
    },
    Role.TEAM: {
        **IN_THE_CHAIN,
        **TESTING_CLAIMS,
        **TRYING,
        **READING_OF_UNITS,
        **READING_OF_PRACTICES,
        Permission.READ_EFFORT: Reach.LINE,
        Permission.OFFER_SUPPORT: Reach.OWN,
    },
    Role.ANALYST: {
        **WITHIN,
        **READING_OF_UNITS,
        Permission.READ_PRACTICES: Reach.LINE,
        Permission.SEE_PULSE: Reach.LINE,
        Permission.SEE_PRESENCE: Reach.LINE,
        Permission.OFFER_SUPPORT: Reach.OWN,
    },
    Role.DATA_PROTECTION: {
        **WITHIN,
        Permission.READ_TRAIL: Reach.BELOW,
        Permission.OFFER_SUPPORT: Reach.OWN,
    },
    Role.SYSTEM: {
        Permission.MANAGE_ACCOUNTS: Reach.BELOW,
        Permission.FILL_POST: Reach.BELOW,
        Permission.IMPORT_DATA: Reach.BELOW,
        Permission.LOAD_ORGANISATION: Reach.BELOW,
        Permission.LOAD_CHAIN: Reach.BELOW,
        Permission.RUN_ENGINE: Reach.BELOW,
        Permission.RELEASE_RESULTS: Reach.BELOW,
        Permission.RUN_PULSE: Reach.BELOW,
        Permission.SEND_REMINDERS: Reach.BELOW,
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks: one person, and the one post they act in now.

    `path` is the path of the post's unit, such as ``"dk/101/schools"``. Somebody who
    holds several posts chooses one; rights are never added up.
    """

    user_id: int | None = None
    role: Role | None = None
    path: str = ""
    post_id: int | None = None


NOBODY = Actor()
SYSTEM = Actor(role=Role.SYSTEM, path="dk")
"""The command line on the installation's own machine: data and releases, no post."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no with the sentence the person is shown."""

    allowed: bool
    why_not: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(allowed=True)


def has(actor: Actor, permission: Permission) -> Verdict:
    """Judge whether the post one acts in has a permission anywhere at all."""
    if actor.role is None:
        return Verdict(allowed=False, why_not=_("Sign in with a post to do this."))
    if permission not in GRANTS[actor.role]:
        return Verdict(allowed=False, why_not=_("This is not for your post to do."))
    return YES


def may(actor: Actor, permission: Permission, *, at: str) -> Verdict:
    """Judge a permission at the unit with path `at`, by the table `GRANTS`."""
    grants = GRANTS[actor.role] if actor.role else {}
    reach = grants.get(permission)
    if reach is None or reaches(reach, home=actor.path, at=at):
        return has(actor, permission)
    return Verdict(allowed=False, why_not=_("Your post does not reach this unit."))


def may_at_any(actor: Actor, permission: Permission, *, at: Iterable[str]) -> Verdict:
    """Judge a permission at several units: a yes at one of them is enough."""
    verdicts = [may(actor, permission, at=path) for path in at]
    return next((one for one in verdicts if one), verdicts[-1])


def require(verdict: Verdict, *, otherwise: type[KaedenError] = Forbidden) -> None:
    """Go on, or raise `otherwise` with the verdict's own sentence."""
    if not verdict:
        raise otherwise(verdict.why_not)
