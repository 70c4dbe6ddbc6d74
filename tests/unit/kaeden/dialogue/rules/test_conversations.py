"""Who can do what in each step of a conversation: the whole table."""

import itertools
from datetime import date, timedelta

import pytest

from kaeden.dialogue.rules.conversations import (
    KEPT_FOR,
    VERBS,
    Facts,
    Standing,
    Step,
    Verb,
    forget_on,
    is_a_fair_day,
    may_act,
    opens_on,
    standing,
)
from kaeden.dialogue.rules.links import End

DAY = date(2026, 9, 1)
BOTH = frozenset(End)
READY = {"is_concluded": True, "taken": 1}


def facts(**changes):
    return Facts(**({"opens_on": DAY + timedelta(days=5)} | changes))


STANDINGS = {
    Step.PLANNED: facts(),
    Step.OPEN: facts(wrote=frozenset({End.LOWER})),
    Step.PREPARED: facts(wrote=BOTH),
    Step.HELD: facts(held_on=DAY, **READY),
    Step.HALF_CONFIRMED: facts(held_on=DAY, confirmed=frozenset({End.LOWER}), **READY),
    Step.CONFIRMED: facts(held_on=DAY, confirmed=BOTH, **READY),
}


@pytest.mark.parametrize("step", Step)
def test_a_step_follows_from_what_has_happened(step):
    assert standing(STANDINGS[step], on=DAY).step is step


@pytest.mark.parametrize(
    ("step", "verb", "end"), list(itertools.product(Step, Verb, End))
)
def test_only_mapped_verbs_are_open_and_refusals_say_why(step, verb, end):
    now = standing(STANDINGS[step], on=DAY)
    verdict = may_act(verb, now, end=end)

    has_confirmed = verb is Verb.CONFIRM and end in now.facts.confirmed
    is_mapped = end in VERBS[step].get(verb, frozenset())
    assert bool(verdict) is (is_mapped and not has_confirmed)
    assert bool(verdict) or verdict.why_not


@pytest.mark.parametrize(("verb", "end"), list(itertools.product(Verb, End)))
def test_without_the_link_nothing_is_open(verb, end):
    for step, known in STANDINGS.items():
        now = Standing(step=step, facts=Facts(opens_on=known.opens_on, is_linked=False))
        assert not may_act(verb, now, end=end)


@pytest.mark.parametrize(
    ("step", "waits"),
    [
        (Step.PLANNED, {End.LOWER}),
        (Step.OPEN, {End.UPPER}),
        (Step.PREPARED, set(End)),
        (Step.HELD, set(End)),
        (Step.HALF_CONFIRMED, {End.UPPER}),
        (Step.CONFIRMED, set()),
    ],
)
def test_it_waits_for_those_who_must_act(step, waits):
    assert standing(STANDINGS[step], on=DAY).waits_for == waits


def test_on_its_day_the_chiefs_side_opens_and_both_are_waited_for():
    now = standing(facts(opens_on=DAY), on=DAY)

    assert (now.step, now.waits_for) == (Step.OPEN, BOTH)


def test_days():
    assert is_a_fair_day(DAY, on=DAY)
    assert not is_a_fair_day(DAY, on=DAY + timedelta(days=1))
    assert opens_on(DAY, planned_on=DAY - timedelta(days=3)) == DAY - timedelta(days=3)
    assert opens_on(DAY, planned_on=date(2026, 6, 1)) == DAY - timedelta(days=7)
    assert forget_on(DAY) == DAY + KEPT_FOR
