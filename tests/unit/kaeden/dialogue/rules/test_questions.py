import itertools
from datetime import date, timedelta

import pytest

from kaeden.dialogue.rules.questions import (
    LATEST,
    VERBS,
    State,
    Verb,
    is_a_fair_day,
    may_act,
    state_of,
)

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("answered_on", "withdrawn_on", "state"),
    [
        (None, None, State.OPEN),
        (TODAY, None, State.ANSWERED),
        (None, TODAY, State.WITHDRAWN),
    ],
)
def test_where_a_question_is_is_read_from_its_days(answered_on, withdrawn_on, state):
    assert state_of(answered_on=answered_on, withdrawn_on=withdrawn_on) is state


@pytest.mark.parametrize(
    ("state", "verb", "is_theirs"),
    list(itertools.product(State, Verb, [True, False])),
)
def test_only_an_open_question_is_closed_and_by_the_right_post(state, verb, is_theirs):
    verdict = may_act(verb, state, is_theirs=is_theirs)

    assert bool(verdict) is (verb in VERBS[state] and is_theirs)
    assert bool(verdict) or verdict.why_not


@pytest.mark.parametrize(
    ("days", "is_fair"), [(-1, False), (0, False), (1, True), (365, True), (366, False)]
)
def test_an_answer_is_asked_for_within_a_year(days, is_fair):
    assert is_a_fair_day(TODAY + timedelta(days=days), asked_on=TODAY) is is_fair
    assert timedelta(days=365) == LATEST
