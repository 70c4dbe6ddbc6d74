import itertools
from datetime import date, timedelta

import pytest

from kaeden.dialogue.rules.commitments import (
    NEXT,
    OPEN,
    TAKEN,
    Step,
    is_a_fair_day,
    is_overdue,
    may_renegotiate,
    may_step,
)

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("now", "to", "is_proposer"),
    list(itertools.product(Step, Step, [True, False])),
)
def test_only_mapped_steps_are_taken_and_nobody_accepts_the_own_proposal(
    now, to, is_proposer
):
    verdict = may_step(to, now, is_proposer=is_proposer)

    own_proposal = to is Step.ACCEPTED and is_proposer
    assert bool(verdict) is (to in NEXT[now] and not own_proposal)
    assert bool(verdict) or verdict.why_not


@pytest.mark.parametrize(
    ("now", "is_pending"), list(itertools.product(Step, [True, False]))
)
def test_only_what_holds_is_renegotiated_and_once_at_a_time(now, is_pending):
    verdict = may_renegotiate(now, is_pending=is_pending)

    assert bool(verdict) is (now is Step.ACCEPTED and not is_pending)
    assert bool(verdict) or verdict.why_not


def test_every_step_is_open_or_settled_and_taken_or_not():
    settled = {step for step in Step if not NEXT[step]}

    assert settled == set(Step) - set(OPEN)
    assert set(TAKEN) == set(Step) - {Step.PROPOSED, Step.DECLINED}


@pytest.mark.parametrize(
    ("step", "days", "is_late"),
    [
        (Step.ACCEPTED, 1, True),
        (Step.ACCEPTED, 0, False),
        (Step.PROPOSED, 9, False),
        (Step.KEPT, 9, False),
    ],
)
def test_what_holds_is_overdue_the_day_after(step, days, is_late):
    assert is_overdue(step, TODAY - timedelta(days=days), on=TODAY) is is_late


@pytest.mark.parametrize(
    ("days", "is_fair"), [(-1, False), (0, True), (730, True), (731, False)]
)
def test_something_is_promised_for_today_or_within_two_years(days, is_fair):
    assert is_a_fair_day(TODAY + timedelta(days=days), proposed_on=TODAY) is is_fair
