import itertools
from datetime import date, timedelta

import pytest

from kaeden.conditions.rules.time_robbers import (
    ASKED_FOR,
    FOR_WHOM,
    LEAST_TO_DECIDE,
    MEASURED_AFTER,
    STATE_OF,
    VERBS,
    WHOSE,
    WHY_NOT,
    Decision,
    Part,
    State,
    Told,
    Verb,
    day_after_passing,
    is_asked_again,
    is_late,
    may_act,
    one_for_each,
    state_of,
)

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("verb", "state", "parts"),
    [
        (verb, state, frozenset(parts))
        for verb, state in itertools.product(Verb, State)
        for size in range(len(Part) + 1)
        for parts in itertools.combinations(Part, size)
    ],
)
def test_a_verb_is_open_to_its_part_in_its_state_and_a_refusal_says_why(
    verb, state, parts
):
    verdict = may_act(verb, state, parts)

    assert bool(verdict) is (verb in VERBS[state] and WHOSE[verb] in parts)
    assert bool(verdict) or verdict.why_not


def test_every_state_and_part_has_its_words():
    assert set(VERBS) == set(WHY_NOT) == set(State)
    assert (set(WHOSE), set(WHOSE.values())) == (set(Verb), set(FOR_WHOM))
    assert set(STATE_OF) == set(Decision)


@pytest.mark.parametrize(
    ("decision", "is_merged", "state"),
    [
        ("", False, State.OPEN),
        ("", True, State.MERGED),
        *(
            (one.value, merged, STATE_OF[one])
            for one in Decision
            for merged in (False, True)
        ),
    ],
)
def test_a_merged_one_follows_what_is_decided(decision, is_merged, state):
    assert state_of(decision, is_merged=is_merged) is state


@pytest.mark.parametrize(
    ("decision", "days", "late"),
    [("", 0, False), ("", 1, True), ("", -1, False), ("keep", 9, False)],
)
def test_it_is_late_from_the_day_after_its_day(decision, days, late):
    assert is_late(decision, DAY, on=DAY + timedelta(days=days)) is late


@pytest.mark.parametrize("decision", Decision)
def test_only_what_gives_time_is_asked_about_again_and_only_for_some_weeks(decision):
    begins = DAY + MEASURED_AFTER
    ends = begins + ASKED_FOR
    day = timedelta(days=1)
    asked = [
        is_asked_again(DAY, decision, on=on)
        for on in (begins - day, begins, ends - day, ends)
    ]

    gives = decision is not Decision.KEEP
    assert asked == [False, gives, gives, False]
    assert not is_asked_again(None, "", on=begins)


def test_who_gets_it_late_gets_time_to_decide():
    assert day_after_passing(DAY + timedelta(days=30), on=DAY) == DAY + timedelta(30)
    assert day_after_passing(DAY, on=DAY) == DAY + LEAST_TO_DECIDE


def test_a_post_counts_once_with_the_most_that_it_has_said():
    told = [
        Told(post_id=1, minutes=30),
        Told(post_id=2, minutes=15),
        Told(post_id=1, minutes=60),
        Told(post_id=1, minutes=15),
    ]

    counted = one_for_each(told)

    assert {(one.post_id, one.minutes) for one in counted} == {(1, 60), (2, 15)}
