import itertools
from datetime import timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.dialogue.rules.concerns import (
    FOR_WHOM,
    LATEST,
    VERBS,
    WHY_NOT,
    State,
    Verb,
    is_a_fair_day,
    may_act,
    state_of,
    takes_concerns,
)
from kaeden.shared.clock import today


@pytest.mark.parametrize(
    ("verb", "state", "is_theirs"), list(itertools.product(Verb, State, (True, False)))
)
def test_an_open_concern_is_its_posts_to_act_on_and_refusals_say_why(
    verb, state, is_theirs
):
    verdict = may_act(verb, state, is_theirs=is_theirs)

    assert bool(verdict) is (state is State.OPEN and is_theirs)
    assert bool(verdict) or verdict.why_not


def test_every_state_and_verb_is_in_the_tables():
    assert set(VERBS) == set(State)
    assert set(WHY_NOT) == set(State) - {State.OPEN}
    assert set(FOR_WHOM) == set(Verb)


def test_its_days_say_where_it_is():
    day = today()

    assert state_of(answered_on=None, withdrawn_on=None) is State.OPEN
    assert state_of(answered_on=day, withdrawn_on=None) is State.ANSWERED
    assert state_of(answered_on=None, withdrawn_on=day) is State.WITHDRAWN


@pytest.mark.parametrize(
    ("days", "is_fair"), [(-1, False), (0, False), (1, True), (365, True), (366, False)]
)
def test_an_answer_is_wanted_by_a_later_day_within_a_year(days, is_fair):
    day = today()

    assert is_a_fair_day(day + timedelta(days=days), written_on=day) is is_fair
    assert timedelta(days=365) == LATEST


def test_a_concern_goes_to_any_post_but_a_committee():
    assert [role for role in Role if not takes_concerns(role.value)] == [Role.COMMITTEE]
