"""What is proposed for an agenda: five results at most, and each thing once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaeden.dialogue.rules.agenda import (
    ALWAYS,
    HEADINGS,
    MOST_ITEMS,
    MOST_RESULTS,
    RESULTS,
    THOSE_OF,
    Candidate,
    Why,
    proposed,
)
from kaeden.dialogue.rules.meetings import Body


def a_candidate(key="result 1", why=Why.CHALLENGE, stamp="new", strength=0.0):
    return Candidate(
        key=key, stamp=stamp, why=why, title=key, said="", strength=strength
    )


CANDIDATES = st.lists(
    st.builds(
        a_candidate,
        key=st.sampled_from([f"result {n}" for n in range(12)]),
        why=st.sampled_from(Why),
        stamp=st.sampled_from(["new", "old"]),
        strength=st.floats(0, 10),
    ),
    max_size=60,
)
SEEN = st.dictionaries(
    st.sampled_from([f"result {n}" for n in range(12)]),
    st.sampled_from(["new", "old"]),
)


@given(CANDIDATES, st.sampled_from(Body), SEEN)
def test_an_agenda_is_short_fresh_and_for_those_who_meet(candidates, body, seen):
    found = proposed(candidates, body=body, seen=seen)
    results = [one.why for one in found if one.is_result]
    fresh = [one for one in found if one.why not in ALWAYS]

    assert len(results) <= MOST_RESULTS
    assert len(found) <= MOST_ITEMS
    assert len({one.key for one in found}) == len(found)
    assert {one.why for one in found} <= THOSE_OF[body]
    assert all(seen.get(one.key) != one.stamp for one in fresh)
    assert results == sorted(results, key=RESULTS.index)
    assert [one.is_result for one in found] == sorted(
        (one.is_result for one in found), reverse=True
    )


def test_the_strongest_of_the_most_urgent_come_first():
    candidates = [
        *(a_candidate(f"w{n}", Why.WAITS, strength=n) for n in range(4)),
        a_candidate("better", Why.IMPROVEMENT),
        a_candidate("worse"),
    ]

    found = proposed(candidates, body=Body.DIRECTORS, seen={})

    assert [one.key for one in found] == ["worse", "w3", "w2", "w1", "w0"]


def test_of_two_reasons_for_the_same_thing_the_most_urgent_counts():
    both = [a_candidate(why=Why.IMPROVEMENT), a_candidate(why=Why.CHALLENGE)]

    (one,) = proposed(both, body=Body.CHIEFS, seen={})

    assert one.why is Why.CHALLENGE


def test_what_was_taken_off_comes_again_when_something_is_new():
    one = a_candidate(stamp="assessed 2")

    assert proposed([one], body=Body.CHIEFS, seen={one.key: "assessed 2"}) == ()
    assert proposed([one], body=Body.CHIEFS, seen={one.key: "assessed 1"}) == (one,)


def test_a_decision_comes_again_until_it_is_done():
    one = a_candidate("decision 1", Why.DECISION)

    assert proposed([one], body=Body.TEAM, seen={one.key: one.stamp}) == (one,)


@pytest.mark.parametrize(
    "why",
    [Why.CHALLENGE, Why.WAITS, Why.IMPROVEMENT, Why.ASSESSED, Why.CONCERN],
)
def test_nothing_of_a_single_unit_or_leader_comes_before_the_committee(why):
    assert proposed([a_candidate(why=why)], body=Body.COMMITTEE, seen={}) == ()


def test_commitments_are_for_those_who_lead_and_not_for_the_committee():
    whys = {body: Why.COMMITMENTS in THOSE_OF[body] for body in Body}

    assert whys == {
        Body.COMMITTEE: False,
        Body.DIRECTORS: True,
        Body.CHIEFS: True,
        Body.TEAM: True,
    }


def test_every_reason_has_its_words():
    assert set(HEADINGS) == set(Why)
