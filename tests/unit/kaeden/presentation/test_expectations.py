from datetime import date, timedelta

import pytest
from django.utils import translation

from kaeden.access.rules import Role
from kaeden.dialogue.queries.expectations import (
    Expected,
    LineState,
    LinkExpectations,
    MyExpectations,
)
from kaeden.dialogue.queries.links import SeenLink
from kaeden.dialogue.rules.expectations import (
    Confirmed,
    State,
    Verb,
    Way,
    Wording,
    condition,
    may_act,
)
from kaeden.dialogue.rules.links import End, Pair
from kaeden.organisation.rules import Kind
from kaeden.presentation.charts.marks import Tone
from kaeden.presentation.expectations import STATES, TITLES, build, link

DAY = date(2026, 11, 20)
PAIR = Pair(upper=1, lower=2, since=date(2026, 1, 1))
WORDS = "Vi taler om resultater."


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def a_wording(number=1, **facts):
    known = {"id": number, "words": f"{WORDS} {number}", "proposed_by": End.UPPER}
    return Wording(number=number, **(known | {"proposed_on": DAY} | facts))


def by_both(days=30, **facts):
    on = DAY - timedelta(days=days)
    confirmed = tuple(Confirmed(end=end, on=on, upper=1, lower=2) for end in End)
    return a_wording(discussed_on=on, confirmed=confirmed, **facts)


def expected(way, *wordings, end, pair=PAIR):
    now = condition(way, wordings, pair, on=DAY)
    return Expected(
        way=way,
        now=now,
        verdicts={
            verb: may_act(verb, now, end=end, pair=pair, on=DAY) for verb in Verb
        },
        is_mine=end in now.waits_for,
        wordings=wordings,
    )


def a_link(*down, up=(), end=End.LOWER, pair=PAIR):
    seen = SeenLink(
        id=4,
        upper=1,
        lower=2,
        role=Role.LEADER,
        kind=Kind.SCHOOL,
        end=end,
        across="Chief of schools",
        pair=pair,
    )
    return LinkExpectations(
        link=seen,
        down=expected(Way.DOWN, *down, end=end, pair=pair),
        up=expected(Way.UP, *up, end=end, pair=pair),
    )


def seen_down(*down, **facts):
    return link(a_link(*down, **facts)).ways[0]


@pytest.mark.parametrize(
    ("wordings", "state", "waits", "tone"),
    [
        ((), "Not written yet", "waits for Chief of schools", Tone.UNSURE),
        (
            (a_wording(),),
            "Proposed Nov. 20, 2026, not talked about yet",
            "waits for you",
            Tone.UNSURE,
        ),
        (
            (a_wording(discussed_on=DAY),),
            "Talked about Nov. 20, 2026, not confirmed yet",
            "waits for you both",
            Tone.UNSURE,
        ),
        ((by_both(),), "Confirmed by both until Oct. 21, 2027", "", Tone.GOOD),
        ((by_both(400),), "To be confirmed again", "waits for you both", Tone.UNSURE),
        (
            (a_wording(withdrawn_on=DAY),),
            "Taken back Nov. 20, 2026",
            "waits for Chief of schools",
            Tone.UNSURE,
        ),
    ],
)
def test_it_is_said_where_it_stands_and_who_it_waits_for(wordings, state, waits, tone):
    seen = seen_down(*wordings)

    assert (seen.state, seen.waits, seen.tone) == (state, waits, tone)


def test_every_state_and_every_side_has_its_words():
    assert set(STATES) == set(State)
    assert set(TITLES) == {(way, end) for way in Way for end in End}


def test_with_a_vacant_post_nobody_is_waited_for():
    vacant = Pair(upper=None, lower=2, since=DAY)
    seen = link(a_link(a_wording(), pair=vacant))

    assert seen.is_vacant
    assert seen.ways[0].waits == "waits until somebody holds the other post"


@pytest.mark.parametrize(
    ("wordings", "buttons", "next_ones"),
    [
        ((), [], []),
        (
            (a_wording(),),
            ["We have talked about it", "Confirm"],
            ["We have talked about it"],
        ),
        ((a_wording(discussed_on=DAY),), ["Confirm"], ["Confirm"]),
        (
            (by_both(320),),
            ["Confirm for another year", "Take the words back"],
            ["Confirm for another year"],
        ),
        ((by_both(),), ["Confirm", "Take the words back"], []),
        ((a_wording(withdrawn_on=DAY),), [], []),
    ],
)
def test_buttons_are_open_or_say_why_not(wordings, buttons, next_ones):
    seen = seen_down(*wordings)

    assert [one.text for one in seen.presses] == buttons
    assert [one.text for one in seen.next_presses] == next_ones
    assert all(one.why_not or one.href for one in seen.presses)


def test_earlier_words_are_kept_in_sight_those_taken_back_as_well():
    newer = a_wording(2)
    seen = seen_down(by_both(), newer)
    taken_back = seen_down(a_wording(withdrawn_on=DAY))

    assert (seen.words, seen.number) == (newer.words, 2)
    assert [one.words for one in seen.earlier] == [f"{WORDS} 1"]
    assert seen.earlier[0].note == "Proposed Nov. 20, 2026, confirmed by both"
    assert (taken_back.words, taken_back.is_written) == ("", False)
    assert taken_back.earlier[0].note == "Proposed Nov. 20, 2026"


def test_the_page_begins_with_what_waits_for_the_reader():
    up = a_link(a_wording(), up=(by_both(),))
    below = [
        LineState(upper="A", lower="B", confirmed=2, asked=2),
        LineState(upper="A", lower="C", confirmed=1, asked=2),
    ]

    page = build(MyExpectations(up=up, down=()), below)

    assert page.lead == "1 of 2 are confirmed by both ends. 1 waits for you."
    assert [way.title for _link, way in page.waiting] == ["What is expected of you"]
    assert page.below == (below[1],)
    assert page.below_words == "1 of 2 links have confirmed both ways."


def test_words_that_are_missing_are_a_list_of_links():
    page = build(MyExpectations(up=a_link(by_both()), down=()), [])

    assert [(one.text, one.note) for one in page.unwritten] == [
        ("Chief of schools", "What you may expect")
    ]
    assert page.waiting == ()


@pytest.mark.parametrize(
    ("found", "lead"),
    [
        (
            MyExpectations(up=None, down=()),
            "Your post has no link to another one in the chain.",
        ),
        (
            MyExpectations(up=a_link(by_both(), up=(by_both(),)), down=()),
            "2 of 2 are confirmed by both ends.",
        ),
    ],
)
def test_where_nothing_waits_nothing_is_asked(found, lead):
    assert build(found, []).lead == lead
