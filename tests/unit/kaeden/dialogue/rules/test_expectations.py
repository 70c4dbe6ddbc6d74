import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaeden.dialogue.rules.expectations import (
    AGREED,
    RENEW_EARLY,
    VERBS,
    Confirmed,
    State,
    Verb,
    Way,
    Wording,
    a_year_after,
    condition,
    may_act,
)
from kaeden.dialogue.rules.links import End, Pair

TODAY = date(2026, 11, 20)
TOGETHER = date(2026, 2, 1)
PAIR = Pair(upper=1, lower=2, since=TOGETHER)


def days_ago(days):
    return TODAY - timedelta(days=days)


def given_by(end, days, *, upper=1, lower=2):
    return Confirmed(end=end, on=days_ago(days), upper=upper, lower=lower)


def a_wording(number=1, **facts):
    known = {
        "id": number,
        "words": "Vi taler om resultater hver måned.",
        "proposed_by": End.UPPER,
        "proposed_on": days_ago(90),
    }
    return Wording(number=number, **(known | facts))


def by_both(upper=30, lower=30, **facts):
    confirmed = (given_by(End.UPPER, upper), given_by(End.LOWER, lower))
    return a_wording(discussed_on=days_ago(80), confirmed=confirmed, **facts)


def judged(*wordings, way=Way.DOWN, pair=PAIR, on=TODAY):
    return condition(way, wordings, pair, on=on)


ONE_IN_EACH_STATE = {
    State.NONE: (),
    State.PROPOSED: (a_wording(),),
    State.DISCUSSED: (a_wording(discussed_on=days_ago(80)),),
    State.HALF_CONFIRMED: (
        a_wording(discussed_on=days_ago(80), confirmed=(given_by(End.LOWER, 5),)),
    ),
    State.CONFIRMED: (by_both(),),
    State.LAPSED: (by_both(upper=400, lower=30),),
    State.WITHDRAWN: (by_both(withdrawn_on=days_ago(3)),),
}


@pytest.mark.parametrize("state", State)
def test_every_state_is_read_from_the_words_and_confirmations(state):
    assert judged(*ONE_IN_EACH_STATE[state]).state is state


@pytest.mark.parametrize(("state", "verb"), list(itertools.product(State, Verb)))
def test_only_the_tables_verbs_are_open_and_refusals_say_why(state, verb):
    now = judged(*ONE_IN_EACH_STATE[state])

    verdicts = [may_act(verb, now, end=end, pair=PAIR, on=TODAY) for end in End]

    if verb not in VERBS[state]:
        assert not any(verdicts)
    if verb in {Verb.PROPOSE, Verb.DISCUSS}:
        assert all(bool(one) is (verb in VERBS[state]) for one in verdicts)
    assert all(one or one.why_not for one in verdicts)


@pytest.mark.parametrize("state", [one for one in State if Verb.WITHDRAW in VERBS[one]])
def test_a_proposal_is_taken_back_by_its_own_end_an_agreement_by_either(state):
    now = judged(*ONE_IN_EACH_STATE[state])

    may = {
        end: bool(may_act(Verb.WITHDRAW, now, end=end, pair=PAIR, on=TODAY))
        for end in End
    }

    assert may == {End.UPPER: True, End.LOWER: state in AGREED}


@pytest.mark.parametrize(
    ("state", "down", "up"),
    [
        (State.NONE, {End.UPPER}, {End.LOWER}),
        (State.PROPOSED, {End.LOWER}, {End.LOWER}),
        (State.DISCUSSED, set(End), set(End)),
        (State.HALF_CONFIRMED, {End.UPPER}, {End.UPPER}),
        (State.CONFIRMED, set(), set()),
        (State.LAPSED, {End.UPPER}, {End.UPPER}),
        (State.WITHDRAWN, {End.UPPER}, {End.LOWER}),
    ],
)
def test_it_is_known_who_must_act(state, down, up):
    wordings = ONE_IN_EACH_STATE[state]

    assert set(judged(*wordings).waits_for) == down
    assert set(judged(*wordings, way=Way.UP).waits_for) == up


def test_a_confirmation_counts_for_a_year_and_not_a_day_more():
    now = by_both(upper=0, lower=0)
    last = a_year_after(TODAY) - timedelta(days=1)

    assert judged(now).until == a_year_after(TODAY)
    assert judged(now, on=last).state is State.CONFIRMED
    assert judged(now, on=a_year_after(TODAY)).state is State.LAPSED


@pytest.mark.parametrize(
    "pair",
    [
        Pair(upper=9, lower=2, since=days_ago(4)),
        Pair(upper=1, lower=9, since=days_ago(4)),
        Pair(upper=None, lower=2, since=days_ago(4)),
    ],
)
def test_a_new_holder_of_either_end_lets_it_lapse_for_both(pair):
    now = judged(by_both(), pair=pair)

    assert now.state is State.LAPSED
    assert set(now.waits_for) == set(End)
    assert now.since == days_ago(4)


def test_new_words_take_the_confirmations_back():
    newer = a_wording(2, proposed_on=days_ago(6))

    now = judged(by_both(), newer)

    assert (now.state, now.confirmed, now.since) == (State.PROPOSED, {}, days_ago(6))


def test_it_is_broken_since_it_last_held_and_not_since_the_last_step():
    lapsed = by_both(upper=400, lower=400)
    pair = Pair(upper=1, lower=2, since=days_ago(500))
    newer = a_wording(2, proposed_on=days_ago(6), discussed_on=days_ago(1))

    ended = a_year_after(days_ago(400))

    assert judged(lapsed, pair=pair).since == ended
    assert judged(lapsed, newer, pair=pair).since == ended
    assert judged(by_both(withdrawn_on=days_ago(3))).since == days_ago(3)
    assert judged().since == judged(a_wording()).since == TOGETHER


def test_each_end_may_confirm_anew_before_it_runs_out_but_not_at_once():
    now = judged(by_both(upper=0, lower=0))
    early = a_year_after(TODAY) - RENEW_EARLY

    def may(day):
        return may_act(Verb.CONFIRM, now, end=End.UPPER, pair=PAIR, on=day)

    assert may(early)
    assert (
        str(may(early - timedelta(days=1)).why_not)
        == "Your post has confirmed these words."
    )


def test_renewed_it_runs_from_the_later_confirmation_of_each_end():
    renewed = a_wording(
        confirmed=(
            *(given_by(End.UPPER, 400), given_by(End.LOWER, 350)),
            given_by(End.UPPER, 340),
        )
    )

    assert judged(renewed).until == a_year_after(days_ago(350))


def test_nobody_confirms_towards_a_vacant_post():
    vacant = Pair(upper=None, lower=2, since=TOGETHER)
    now = judged(a_wording(discussed_on=days_ago(80)), pair=vacant)

    verdict = may_act(Verb.CONFIRM, now, end=End.LOWER, pair=vacant, on=TODAY)

    assert not verdict
    assert "vacant" in str(verdict.why_not)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_year_after_is_the_same_day_next_year(day):
    after = a_year_after(day)

    assert timedelta(days=365) <= after - day <= timedelta(days=366)
    assert (after.year, after.month) == (day.year + 1, day.month)


@given(st.permutations([by_both(), a_wording(2, proposed_on=days_ago(6))]))
def test_the_order_in_which_wordings_are_read_does_not_matter(wordings):
    assert judged(*wordings).state is State.PROPOSED


@given(st.integers(0, 800), st.integers(0, 800), st.integers(0, 800))
def test_confirmed_means_that_both_ends_did_within_the_year(upper, lower, together):
    pair = Pair(upper=1, lower=2, since=days_ago(together))
    now = judged(by_both(upper=upper, lower=lower), pair=pair)

    fresh = all(a_year_after(days_ago(days)) > TODAY for days in (upper, lower))
    assert (now.state is State.CONFIRMED) is fresh
    assert (now.since is None) is (now.until is not None) is fresh
