"""What a test of change may do, and who may read it, as tables."""

import itertools
from datetime import date, timedelta

import pytest

from kaeden.access.rules import GRANTS, Permission, Role
from kaeden.learning.rules.tests_of_change import (
    AUDIENCE_NAMES,
    BETTER_NAMES,
    COUNTED_NAMES,
    DECISION_NAMES,
    FEWEST_SHOWN,
    KIND_NAMES,
    LATEST,
    QUIET,
    VERBS,
    Act,
    Audience,
    Better,
    Counted,
    Decision,
    MeasureKind,
    Stage,
    is_a_fair_end,
    is_quiet,
    is_shown,
    is_undecided,
    may_do,
    may_share,
    observed_wrong,
    openings,
    stage_of,
)

TODAY = date(2026, 9, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(("stage", "act"), list(itertools.product(Stage, Act)))
def test_only_mapped_acts_are_done_and_refusals_say_why(stage, act):
    verdict = may_do(stage, act)

    assert bool(verdict) is (act in VERBS[stage])
    assert bool(verdict) or verdict.why_not


def test_a_decided_cycle_is_over():
    assert not any(may_do(Stage.DECIDED, act) for act in Act)


@pytest.mark.parametrize(
    ("begun_on", "decision", "stage"),
    [
        (None, "", Stage.PLANNED),
        (TODAY, "", Stage.RUNNING),
        (TODAY, "adopt", Stage.DECIDED),
    ],
)
def test_a_cycle_is_as_far_as_its_days_say(begun_on, decision, stage):
    assert stage_of(begun_on=begun_on, decision=decision) is stage


@pytest.mark.parametrize(("now", "to"), list(itertools.product(Audience, Audience)))
def test_sharing_goes_further_and_never_back(now, to):
    order = ["nobody", "house", "colleagues", "chain"]
    verdict = may_share(now, to)

    assert bool(verdict) is (order.index(to) > order.index(now))
    assert bool(verdict) or verdict.why_not


READS = {
    Audience.NOBODY: {Role.LEADER, Role.DEPARTMENT_LEADER},
    Audience.HOUSE: {Role.LEADER, Role.DEPARTMENT_LEADER, Role.TEAM},
    Audience.COLLEAGUES: {Role.LEADER, Role.DEPARTMENT_LEADER, Role.TEAM},
    Audience.CHAIN: {
        *(Role.LEADER, Role.DEPARTMENT_LEADER, Role.TEAM, Role.AREA_LEADER),
        *(Role.CHIEF_SCHOOLS, Role.CHIEF_DAYCARE, Role.CHIEF_FAMILIES, Role.DIRECTOR),
    },
}


@pytest.mark.parametrize(("audience", "role"), list(itertools.product(Audience, Role)))
def test_a_role_reads_a_test_somewhere_only_when_it_is_shared_so_far(audience, role):
    rights = {one.permission for one in openings(audience)}

    assert bool(rights & set(GRANTS[role])) is (role in READS[audience])


def test_the_committee_reads_no_test_at_all():
    every = {one.permission for one in openings(Audience.CHAIN)}

    assert not every & set(GRANTS[Role.COMMITTEE])
    assert Permission.TRY_CHANGE not in GRANTS[Role.COMMITTEE]


def test_each_audience_reads_what_those_before_it_read():
    for narrow, wide in itertools.pairwise(Audience):
        assert set(openings(narrow)) < set(openings(wide))


@pytest.mark.parametrize(
    ("ends_on", "fair"),
    [
        *((TODAY, False), (TODAY + DAY, True), (TODAY + LATEST, True)),
        (TODAY + LATEST + DAY, False),
    ],
)
def test_a_test_ends_after_today_and_not_years_ahead(ends_on, fair):
    assert is_a_fair_end(ends_on, on=TODAY) is fair


@pytest.mark.parametrize(
    ("counted", "number", "of", "fair"),
    [
        (Counted.NUMBER, 0, None, True),
        (Counted.NUMBER, 2.5, None, True),
        (Counted.NUMBER, -1, None, False),
        (Counted.NUMBER, 1_000_001, None, False),
        (Counted.NUMBER, 3, 4, False),
        (Counted.NUMBER, float("nan"), None, False),
        (Counted.SHARE, 7, 23, True),
        (Counted.SHARE, 0, 1, True),
        (Counted.SHARE, 7, None, False),
        (Counted.SHARE, 7, 0, False),
        (Counted.SHARE, 7, 1_000_001, False),
        (Counted.SHARE, 24, 23, False),
        (Counted.SHARE, 1.5, 23, False),
    ],
)
def test_a_count_is_one_that_can_be(counted, number, of, fair):
    assert (not observed_wrong(counted, number, of)) is fair


def test_a_day_with_very_few_is_shown_to_those_it_is_from_alone():
    assert is_shown(FEWEST_SHOWN, to_the_house=False)
    assert not is_shown(FEWEST_SHOWN - 1, to_the_house=False)
    assert is_shown(1, to_the_house=True)
    assert is_shown(None, to_the_house=False)


@pytest.mark.parametrize(
    ("newest", "begun", "quiet"),
    [
        (None, None, False),
        (None, TODAY - QUIET, False),
        (None, TODAY - QUIET - DAY, True),
        (TODAY - QUIET - DAY, TODAY - QUIET - 9 * DAY, True),
        (TODAY - DAY, TODAY - QUIET - 9 * DAY, False),
        (TODAY - QUIET - 9 * DAY, TODAY - DAY, False),
    ],
)
def test_a_test_that_runs_is_quiet_after_three_weeks(newest, begun, quiet):
    said = is_quiet(newest, begun_on=begun, today=TODAY, until=TODAY + DAY)

    assert said is quiet


def test_a_test_past_its_end_is_not_quiet_but_undecided():
    long_ago = TODAY - QUIET - 9 * DAY
    assert not is_quiet(None, begun_on=long_ago, today=TODAY, until=TODAY - DAY)
    assert is_undecided(TODAY - DAY, stage=Stage.RUNNING, today=TODAY)


@pytest.mark.parametrize(
    ("ends_on", "stage", "undecided"),
    [
        (TODAY, Stage.RUNNING, False),
        (TODAY - DAY, Stage.DECIDED, False),
        (TODAY - DAY, Stage.PLANNED, False),
    ],
)
def test_what_is_not_past_its_end_is_not_undecided(ends_on, stage, undecided):
    assert is_undecided(ends_on, stage=stage, today=TODAY) is undecided


def test_everything_that_can_be_chosen_has_words():
    assert set(KIND_NAMES) == set(MeasureKind)
    assert set(COUNTED_NAMES) == set(Counted)
    assert set(BETTER_NAMES) == set(Better)
    assert set(DECISION_NAMES) == set(Decision)
    assert set(AUDIENCE_NAMES) == set(Audience)
