from datetime import timedelta

import pytest

from kaeden.dialogue.rules.inquiries import (
    WHY_NOT,
    State,
    is_a_fair_day,
    may_answer,
    state_of,
)
from kaeden.shared.clock import today


@pytest.mark.parametrize("state", State)
def test_only_an_open_one_is_answered_and_refusals_say_why(state):
    verdict = may_answer(state)

    assert bool(verdict) is (state is State.OPEN)
    assert bool(verdict) or verdict.why_not == WHY_NOT[state]


@pytest.mark.parametrize(
    ("answered_on", "is_open", "state"),
    [
        (None, True, State.OPEN),
        (today(), True, State.ANSWERED),
        (today(), False, State.ANSWERED),
        (None, False, State.OVERTAKEN),
    ],
)
def test_it_is_overtaken_when_the_question_is_closed_first(answered_on, is_open, state):
    assert state_of(answered_on=answered_on, is_question_open=is_open) is state


@pytest.mark.parametrize(
    ("days", "is_fair"), [(0, False), (1, True), (365, True), (366, False)]
)
def test_an_answer_is_asked_for_within_a_year(days, is_fair):
    day = today()

    assert is_a_fair_day(day + timedelta(days=days), asked_on=day) is is_fair
