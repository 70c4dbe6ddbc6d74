"""A member's part in what is agreed on together, and the way of a visit."""

import itertools
from datetime import date, timedelta

import pytest

from kaeden.dialogue.rules import shared, visits
from kaeden.dialogue.rules.commitments import NEXT, Step
from kaeden.dialogue.rules.shared import Rate
from kaeden.dialogue.rules.visits import Side, VisitStep

DAY = date(2026, 11, 24)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "to", "withdrawn"), list(itertools.product(Step, Step, (True, False)))
)
def test_a_member_answers_and_follows_up_and_refusals_say_why(now, to, withdrawn):
    verdict = shared.may_answer(to, now, is_withdrawn=withdrawn)
    asked_no_more = withdrawn and now is Step.PROPOSED
    assert bool(verdict) is (to in NEXT[now] and not asked_no_more)
    assert bool(verdict) or str(verdict.why_not)


WAYS = {
    (VisitStep.ASKED, VisitStep.PLANNED): {Side.HOST},
    (VisitStep.ASKED, VisitStep.DECLINED): {Side.HOST},
    (VisitStep.ASKED, VisitStep.CALLED_OFF): {Side.VISITOR},
    (VisitStep.PLANNED, VisitStep.PLANNED): {Side.VISITOR, Side.HOST},
    (VisitStep.PLANNED, VisitStep.CALLED_OFF): {Side.VISITOR, Side.HOST},
    (VisitStep.PLANNED, VisitStep.HELD): {Side.VISITOR},
}


@pytest.mark.parametrize(
    ("now", "to", "side"), list(itertools.product(VisitStep, VisitStep, Side))
)
def test_each_takes_the_steps_that_are_theirs_and_refusals_say_why(now, to, side):
    verdict = visits.may_step(to, now, side=side, day=DAY, on=DAY)
    assert bool(verdict) is (side in WAYS.get((now, to), ()))
    assert bool(verdict) or str(verdict.why_not)


@pytest.mark.parametrize(
    ("day", "allowed"), [(BEFORE, True), (DAY, True), (AFTER, False), (None, False)]
)
def test_a_visit_is_held_on_its_day_or_later(day, allowed):
    verdict = visits.may_step(
        VisitStep.HELD, VisitStep.PLANNED, side=Side.VISITOR, day=day, on=DAY
    )
    assert bool(verdict) is allowed


def test_a_rate_counts_what_was_due_and_not_what_was_declined_or_lies_ahead():
    parts = [
        (Step.KEPT, AFTER),
        (Step.BROKEN, AFTER),
        (Step.ACCEPTED, BEFORE),
        (Step.ACCEPTED, DAY),
        (Step.DECLINED, BEFORE),
        (Step.PROPOSED, BEFORE),
    ]
    assert shared.rate_of(parts, on=DAY) == Rate(1, 3)


def test_a_visit_counts_when_its_day_has_passed_or_it_was_held():
    found = [
        (VisitStep.HELD, BEFORE),
        (VisitStep.PLANNED, BEFORE),
        (VisitStep.PLANNED, DAY),
        (VisitStep.ASKED, None),
        (VisitStep.CALLED_OFF, BEFORE),
    ]
    assert visits.rate_of(found, on=DAY) == Rate(1, 2)


@pytest.mark.parametrize(
    ("day", "fair"),
    [(BEFORE, False), (DAY, True), (DAY + visits.LATEST, True)],
)
def test_a_visit_is_planned_for_a_day_from_today(day, fair):
    assert visits.is_a_fair_day(day, on=DAY) is fair
