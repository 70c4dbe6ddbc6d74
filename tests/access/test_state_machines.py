"""Every state machine is one table: whole, without dead ends, and obeyed.

A module of rules that has a table of states has to stand here with the rule that judges
it; each table is then walked step by step.
"""

import importlib
import pkgutil
from datetime import date

import numpy as np
import pytest

import kaeden
from kaeden.conditions.rules import support, time_robbers
from kaeden.dialogue.rules import (
    assessments,
    commitments,
    concerns,
    decisions,
    expectations,
    meetings,
    questions,
    visits,
)
from kaeden.learning.rules import practices, tests_of_change

TABLES = ("NEXT", "VERBS")
WALK = 10_000


def tables():
    """Find the modules that have a table of states."""
    names = (one.name for one in pkgutil.walk_packages(kaeden.__path__, "kaeden."))
    rules = [importlib.import_module(name) for name in names if ".rules" in name]
    return {
        module.__name__: table
        for module in rules
        for table in TABLES
        if hasattr(module, table)
    }


def judged_agenda(now, to):
    return [assessments.may_move(now=now, to=to)]


def judged_commitment(now, to):
    return [
        commitments.may_step(to, now, is_proposer=is_proposer)
        for is_proposer in (True, False)
    ]


def judged_meeting(now, to):
    return [meetings.may_lead(to, now, reader=reader) for reader in meetings.Reader]


def judged_decision(now, to):
    return [
        decisions.may_settle(to, now, is_owners=is_owners)
        for is_owners in (True, False)
    ]


def judged_question(state, verb):
    return [
        questions.may_act(verb, state, is_theirs=theirs) for theirs in (True, False)
    ]


def judged_concern(state, verb):
    return [concerns.may_act(verb, state, is_theirs=theirs) for theirs in (True, False)]


def judged_time_robber(state, verb):
    return [time_robbers.may_act(verb, state, [part]) for part in time_robbers.Part]


def judged_need(now, to):
    return [support.may_step(to, now, side=side) for side in (*support.Side, None)]


def judged_visit(now, to):
    day = date(2026, 11, 24)
    return [visits.may_step(to, now, side=one, day=day, on=day) for one in visits.Side]


def judged_practice(now, to):
    return [
        practices.may_step(to, now, is_writer=is_writer) for is_writer in (True, False)
    ]


def judged_test(stage, act):
    return [tests_of_change.may_do(stage, act)]


MACHINES = {
    "kaeden.learning.rules.practices": judged_practice,
    "kaeden.learning.rules.tests_of_change": judged_test,
    "kaeden.dialogue.rules.decisions": judged_decision,
    "kaeden.dialogue.rules.meetings": judged_meeting,
    "kaeden.conditions.rules.support": judged_need,
    "kaeden.conditions.rules.time_robbers": judged_time_robber,
    "kaeden.dialogue.rules.concerns": judged_concern,
    "kaeden.dialogue.rules.assessments": judged_agenda,
    "kaeden.dialogue.rules.commitments": judged_commitment,
    "kaeden.dialogue.rules.questions": judged_question,
    "kaeden.dialogue.rules.visits": judged_visit,
}
ELSEWHERE = {
    "kaeden.dialogue.rules.conversations",
    "kaeden.dialogue.rules.expectations",
}
"""Their state is read from dated rows: their own tests hold it, with all it hangs on."""


def table_of(name):
    return getattr(importlib.import_module(name), tables()[name])


def test_every_table_of_states_stands_here():
    assert set(tables()) == set(MACHINES) | ELSEWHERE


@pytest.mark.parametrize("name", [*MACHINES, *ELSEWHERE])
def test_a_table_knows_every_state_and_leads_to_no_other(name):
    table = table_of(name)
    states = type(next(iter(table)))
    steps = {type(step) for after in table.values() for step in after}

    assert set(table) == set(states)
    assert len(steps) == 1


@pytest.mark.parametrize("name", MACHINES)
def test_what_the_table_says_is_what_is_judged_and_a_no_says_why(name):
    table, judge = table_of(name), MACHINES[name]
    (steps,) = {type(step) for after in table.values() for step in after}

    for now in table:
        for step in steps:
            verdicts = judge(now, step)
            assert any(verdicts) is (step in table[now]), (now, step)
            assert all(one or str(one.why_not) for one in verdicts)


NEXT = [name for name in MACHINES if tables()[name] == "NEXT"]


@pytest.mark.parametrize("name", NEXT)
def test_ten_thousand_random_steps_reach_every_state_and_no_other(name):
    table, judge = table_of(name), MACHINES[name]
    states, rng = list(table), np.random.default_rng(33)
    first = states[0]
    now, reached = first, {first}

    for _step in range(WALK):
        to = states[rng.integers(len(states))]
        if any(judge(now, to)):
            assert to in table[now]
            now = to
            reached.add(now)
        elif not table[now]:
            now = first

    assert reached == set(states)


def test_an_expectation_has_a_way_on_from_every_state():
    assert all(expectations.VERBS.values())
