import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaeden.access.rules import (
    GRANTS,
    NOBODY,
    SYSTEM,
    YES,
    Actor,
    Permission,
    Reach,
    Role,
    Verdict,
    has,
    may,
    reaches,
    require,
)
from kaeden.shared.errors import Forbidden, Refused

PATHS = ("dk", "dk/999", "dk/9990", "dk/999/schools", "dk/999/schools/1", "dk/998")
CHIEFS = {Role.CHIEF_SCHOOLS, Role.CHIEF_DAYCARE, Role.CHIEF_FAMILIES}
LEADING = {
    *(Role.DIRECTOR, *CHIEFS, Role.AREA_LEADER, Role.LEADER, Role.DEPARTMENT_LEADER)
}
OUTSIDE = {Role.ANALYST, Role.DATA_PROTECTION, Role.SYSTEM}
IN_CHAIN = set(Role) - OUTSIDE

WHO_MAY = {
    Permission.READ_TRAIL: {Role.DATA_PROTECTION},
    Permission.MANAGE_ACCOUNTS: {Role.SYSTEM},
    Permission.IMPORT_DATA: {Role.SYSTEM},
    Permission.LOAD_ORGANISATION: {Role.SYSTEM},
    Permission.LOAD_CHAIN: {Role.SYSTEM, Role.DIRECTOR},
    Permission.RUN_ENGINE: {Role.SYSTEM},
    Permission.RELEASE_RESULTS: {Role.SYSTEM},
    Permission.FILL_POST: {Role.SYSTEM, Role.DIRECTOR, *CHIEFS},
    Permission.READ_HOLDERS: set(Role) - {Role.SYSTEM},
    Permission.READ_CHARTER: set(Role)
    - {Role.SYSTEM, Role.ANALYST, Role.DATA_PROTECTION},
    Permission.WRITE_CHARTER: {
        *(Role.DIRECTOR, *CHIEFS, Role.AREA_LEADER, Role.LEADER)
    },
    Permission.DRAW_DRAFT: {Role.DIRECTOR, *CHIEFS},
    Permission.FORM_COMMUNITY: {Role.DIRECTOR, *CHIEFS},
    Permission.ADOPT_GOAL: {Role.COMMITTEE, Role.DIRECTOR},
    Permission.WRITE_GOAL: {Role.COMMITTEE, Role.DIRECTOR, *CHIEFS},
    Permission.WRITE_VISION: {Role.COMMITTEE, Role.DIRECTOR},
    Permission.WRITE_VALUES: {Role.COMMITTEE, Role.DIRECTOR},
    Permission.TAKE_UP_GOAL: LEADING,
    Permission.CONTRIBUTE: LEADING,
    Permission.CHECK_IN: LEADING,
    Permission.SET_TARGET: {Role.COMMITTEE, *LEADING},
    Permission.READ_MEANING: {Role.COMMITTEE, *LEADING, Role.TEAM},
    Permission.READ_EFFORT: {*LEADING, Role.TEAM},
    Permission.ACCEPT_DEVIATION: {
        *(Role.COMMITTEE, Role.DIRECTOR, *CHIEFS, Role.AREA_LEADER, Role.LEADER)
    },
    Permission.ASSESS_RESULT: {*CHIEFS, Role.LEADER},
    Permission.READ_ASSESSMENT: {
        *(Role.DIRECTOR, *CHIEFS, Role.AREA_LEADER, Role.LEADER)
    },
    Permission.DECIDE_AGENDA: {Role.DIRECTOR},
    Permission.SEE_LINE: IN_CHAIN - {Role.TEAM},
    Permission.ASK_QUESTION: {Role.COMMITTEE},
    Permission.READ_QUESTION: IN_CHAIN,
    Permission.RUN_PULSE: {Role.DIRECTOR, Role.SYSTEM},
    Permission.SEND_REMINDERS: {Role.SYSTEM},
    Permission.VISIT: LEADING,
    Permission.SEE_PULSE: {*IN_CHAIN, Role.ANALYST},
    Permission.REPORT_TIME_ROBBER: LEADING,
    Permission.READ_LEDGER: set(Role) - {Role.SYSTEM},
    Permission.OFFER_SUPPORT: {
        *(*LEADING, Role.TEAM, Role.ANALYST, Role.DATA_PROTECTION)
    },
    Permission.WRITE_NEED: LEADING,
    Permission.DECIDE_NEED: {*LEADING} - {Role.DEPARTMENT_LEADER},
    Permission.NOTE_PRESENCE: LEADING,
    Permission.SEE_PRESENCE: {*IN_CHAIN, Role.ANALYST},
    Permission.WRITE_HYPOTHESIS: IN_CHAIN,
    Permission.READ_HYPOTHESIS: IN_CHAIN,
    Permission.SHARE_WHAT_WE_DID: {Role.LEADER},
    Permission.READ_WHAT_WE_DID: LEADING,
    Permission.READ_FAIR_VALUES: {*LEADING, Role.TEAM, Role.ANALYST},
    Permission.READ_SPREAD: {*LEADING, Role.TEAM, Role.ANALYST},
    Permission.HOLD_MEETING: {Role.COMMITTEE, *LEADING},
    Permission.READ_MINUTES: LEADING,
    Permission.READ_PRACTICES: {*LEADING, Role.TEAM, Role.ANALYST},
    Permission.READ_ADOPTION: {*LEADING, Role.TEAM},
    Permission.ADOPT_PRACTICE: {Role.LEADER},
    Permission.WRITE_PRACTICE: LEADING - {Role.DIRECTOR},
    Permission.REVIEW_PRACTICE: {Role.DIRECTOR, *CHIEFS},
    Permission.DECIDE_PRACTICE: {Role.DIRECTOR, *CHIEFS},
    Permission.TRY_CHANGE: {Role.LEADER, Role.DEPARTMENT_LEADER, Role.TEAM},
    Permission.READ_TEST: {Role.LEADER, Role.DEPARTMENT_LEADER},
    Permission.READ_TEST_OF_COLLEAGUES: {
        *(Role.LEADER, Role.DEPARTMENT_LEADER, Role.TEAM)
    },
    Permission.READ_SHARED_TEST: {*LEADING, Role.TEAM},
    Permission.WRITE_LESSON: {Role.LEADER, Role.DEPARTMENT_LEADER, Role.TEAM},
    Permission.READ_LESSON: {*LEADING, Role.TEAM},
    Permission.ASK_FORECAST: {Role.LEADER},
    Permission.READ_FORECAST: LEADING,
    Permission.READ_COMPETENCES: LEADING,
    Permission.WRITE_COMPETENCES: {Role.LEADER},
}

actors = st.builds(Actor, role=st.sampled_from(Role), path=st.sampled_from(PATHS))


@pytest.mark.parametrize(
    ("role", "permission"), list(itertools.product(Role, Permission))
)
def test_a_post_may_at_its_own_unit_exactly_what_the_table_says(role, permission):
    actor = Actor(role=role, path="dk/999")

    assert bool(may(actor, permission, at="dk/999")) is (role in WHO_MAY[permission])


@pytest.mark.parametrize(("home", "at"), list(itertools.product(PATHS, PATHS)))
def test_a_post_counts_at_its_unit_and_below_and_nowhere_else(home, at):
    actor = Actor(role=Role.DIRECTOR, path=home)
    parts, wanted = home.split("/"), at.split("/")

    below = wanted[: len(parts)] == parts

    assert bool(may(actor, Permission.ADOPT_GOAL, at=at)) is below


@pytest.mark.parametrize(("home", "at"), list(itertools.product(PATHS, PATHS)))
def test_a_line_runs_up_to_the_municipality_and_down_to_the_child(home, at):
    parts, wanted = home.split("/"), at.split("/")
    below = wanted[: len(parts)] == parts
    above = parts[: len(wanted)] == wanted and at != "dk"

    assert reaches(Reach.OWN, home=home, at=at) is (home == at)
    assert reaches(Reach.BELOW, home=home, at=at) is below
    assert reaches(Reach.LINE, home=home, at=at) is (below or above)


@pytest.mark.parametrize("permission", Permission)
def test_nobody_may_anything_and_is_told_to_sign_in(permission):
    verdict = may(NOBODY, permission, at="dk/999")

    assert not verdict
    assert str(verdict.why_not) == "Sign in with a post to do this."


def test_a_post_elsewhere_is_told_that_it_does_not_reach():
    actor = Actor(role=Role.DIRECTOR, path="dk/998")

    verdict = may(actor, Permission.ADOPT_GOAL, at="dk/999")

    assert str(verdict.why_not) == "Your post does not reach this unit."


def test_a_post_of_another_kind_is_told_that_it_is_not_its_to_do():
    actor = Actor(role=Role.LEADER, path="dk/999/schools/999001")

    for verdict in (
        has(actor, Permission.ADOPT_GOAL),
        may(actor, Permission.ADOPT_GOAL, at=actor.path),
    ):
        assert str(verdict.why_not) == "This is not for your post to do."


@given(actors, st.sampled_from(Permission), st.sampled_from(PATHS))
def test_what_may_be_done_somewhere_is_had(actor, permission, at):
    assert has(actor, permission) or not may(actor, permission, at=at)


def test_the_command_line_holds_no_post_of_the_chain():
    assert (SYSTEM.role, SYSTEM.post_id) == (Role.SYSTEM, None)
    assert not may(SYSTEM, Permission.READ_ASSESSMENT, at="dk/999")


@given(actors, st.sampled_from(Permission), st.sampled_from(PATHS))
def test_every_refusal_says_why(actor, permission, at):
    verdict = may(actor, permission, at=at)

    assert bool(verdict) is not bool(verdict.why_not)


def test_every_role_stands_in_the_table():
    assert set(GRANTS) == set(Role)


def test_a_yes_lets_one_go_on():
    require(YES)


@pytest.mark.parametrize("error", [Forbidden, Refused])
def test_a_no_raises_with_its_own_sentence(error):
    with pytest.raises(error, match="Vent på direktøren"):
        require(Verdict(allowed=False, why_not="Vent på direktøren."), otherwise=error)


def test_a_no_is_forbidden_unless_said_otherwise():
    with pytest.raises(Forbidden):
        require(Verdict(allowed=False, why_not="Nej."))
