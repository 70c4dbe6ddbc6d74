"""When an expectation between two posts holds, and whose turn it is.

What the upper post expects of the lower, and what the lower may expect of the upper, is
written in words that both read. The words hold when both have confirmed them, for a
year, and for as long as the same two people hold the posts.
"""

from datetime import date

from kaeden.dialogue.rules.expectations import (
    Confirmed,
    Way,
    Wording,
    condition,
)
from kaeden.dialogue.rules.links import End, Pair

CHIEF, LEADER = 1, 2
TOGETHER = Pair(upper=CHIEF, lower=LEADER, since=date(2026, 1, 1))


def words(number=1, *, proposed, talked="", taken_back="", **confirmed):
    """A wording that the chief has proposed; `chief` and `leader` are when each confirmed."""
    ends = {"chief": End.UPPER, "leader": End.LOWER}
    return Wording(
        id=number,
        number=number,
        words="Vi taler om resultater hver måned.",
        proposed_by=End.UPPER,
        proposed_on=day(proposed),
        discussed_on=day(talked),
        withdrawn_on=day(taken_back),
        confirmed=tuple(
            Confirmed(end=ends[who], on=day(when), upper=CHIEF, lower=LEADER)
            for who, when in confirmed.items()
        ),
    )


def day(text):
    return date.fromisoformat(text) if text else None


def stands(*wordings, on, pair=TOGETHER):
    """Return where it stands on a day, and who is to act."""
    found = condition(Way.DOWN, wordings, pair, on=day(on))
    names = {End.UPPER: "chief", End.LOWER: "leader"}
    return found.state.value, " and ".join(names[end] for end in found.waits_for)


AGREED = words(
    proposed="2026-01-10", talked="2026-01-15", chief="2026-01-15", leader="2026-01-20"
)


def test_the_way_from_nothing_to_confirmed():
    talked = {"proposed": "2026-01-10", "talked": "2026-01-15"}

    assert stands(on="2026-01-05") == ("none", "chief")
    assert stands(words(proposed="2026-01-10"), on="2026-01-11") == (
        *("proposed", "leader"),
    )
    assert stands(words(**talked), on="2026-01-16") == (
        *("discussed", "chief and leader"),
    )
    assert stands(words(**talked, chief="2026-01-15"), on="2026-01-16") == (
        *("half_confirmed", "leader"),
    )
    assert stands(AGREED, on="2026-01-20") == ("confirmed", "")


def test_it_holds_a_year_from_the_first_of_the_two_confirmations():
    assert stands(AGREED, on="2027-01-14") == ("confirmed", "")
    assert stands(AGREED, on="2027-01-15") == ("lapsed", "chief")
    assert stands(AGREED, on="2027-01-20") == ("lapsed", "chief and leader")


def test_a_new_leader_or_a_new_chief_confirms_it_anew_with_the_other():
    new_leader = Pair(upper=CHIEF, lower=3, since=date(2026, 6, 1))
    new_chief = Pair(upper=4, lower=LEADER, since=date(2026, 6, 1))

    for pair in (new_leader, new_chief):
        assert stands(AGREED, on="2026-06-01", pair=pair) == (
            *("lapsed", "chief and leader"),
        )


def test_other_words_take_the_confirmations_back():
    other = words(2, proposed="2026-03-01")

    assert stands(AGREED, other, on="2026-03-01") == ("proposed", "leader")


def test_words_that_are_taken_back_leave_nothing_agreed():
    over = words(
        proposed="2026-01-10",
        talked="2026-01-15",
        chief="2026-01-15",
        leader="2026-01-20",
        taken_back="2026-03-01",
    )

    assert stands(over, on="2026-03-01") == ("withdrawn", "chief")
