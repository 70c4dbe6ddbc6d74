"""The breaks of goals: whose they are, since when, and the act that mends them."""

from datetime import date, timedelta

import pytest

from kaeden.goals.actions import following, meaning, writing
from kaeden.goals.breaks import breaks
from kaeden.goals.indicator_parts import Sector
from kaeden.goals.queries import threads
from kaeden.goals.rules import Confidence, State
from kaeden.organisation.models import Holding, Post
from kaeden.organisation.snapshot import all_chains
from kaeden.shared.breaks import BreakKind
from kaeden.shared.clock import today
from tests.builders.chains import without
from tests.builders.goals import (
    a_level,
    a_written_goal,
    acting,
    everybody_in_place,
    in_words,
    post_of,
    unit_of,
)

SPRING = date(2025, 2, 1)
LEADERS = ("leder-999001", "leder-999002")


@pytest.fixture(autouse=True)
def _town(town):
    """Every goal here is Fjordby's."""


def found(kind=None, *, on=None):
    day = on or today()
    return [
        one
        for one in breaks(all_chains(day), day, threads(day))
        if kind is None or one.kind is kind
    ]


def taken_up(goal, *posts):
    for key in posts:
        meaning.take_up(goal, "Hos os er ingen alene.", by=acting(key), on=SPRING)


def school_goal(**facts):
    known = {"sectors": (Sector.SCHOOL,), "indicator": "wellbeing-social", "on": SPRING}
    return a_written_goal(**(known | facts))


def test_a_goal_with_an_owner_an_indicator_and_everybody_on_board_is_whole():
    taken_up(school_goal(), "skolechef", *LEADERS)

    assert found() == []


def test_a_goal_without_an_owner_is_the_directors_to_give():
    taken_up(school_goal(owner=""), "direktor", "skolechef", *LEADERS)

    (one,) = found()
    assert one.kind is BreakKind.GOAL_WITHOUT_OWNER
    assert (one.about, one.unit, one.owner) == ("goal:en-ven", "999", "direktor")
    assert (one.since, one.path) == (SPRING, "/kommune/999/maal/en-ven/")
    assert one.sentence == "“En ven” has no owner: no post answers for it."
    assert one.act == "Give the goal an owner"


def test_where_the_director_is_vacant_nobody_held_is_there_to_give_it():
    school_goal(owner="")
    Holding.objects.filter(post=post_of("direktor")).end(SPRING)

    (one, *_rest) = found(BreakKind.GOAL_WITHOUT_OWNER)
    assert one.owner == "direktor"


def test_a_goal_whose_owners_post_has_ended_says_so():
    goal = school_goal(owner="dagtilbudschef")
    taken_up(goal, "skolechef", *LEADERS)
    Post.objects.filter(key="dagtilbudschef").end(today())

    (one,) = found(BreakKind.GOAL_WITHOUT_OWNER)
    assert one.sentence == "“En ven” is owned by a post that has ended."
    assert found(BreakKind.GOAL_WITHOUT_OWNER, on=SPRING) == []


def test_an_areas_goal_without_an_owner_is_its_chiefs_to_give():
    school_goal(by="skolechef", owner="")

    (one,) = found(BreakKind.GOAL_WITHOUT_OWNER)
    assert (one.unit, one.owner) == ("schools", "skolechef")


@pytest.mark.parametrize(
    ("owner", "whose"), [("skolechef", "skolechef"), ("", "direktor")]
)
def test_a_goal_without_an_indicator_is_its_owners_to_mend(owner, whose):
    school_goal(owner=owner, indicator="")

    (one,) = found(BreakKind.GOAL_WITHOUT_INDICATOR)
    assert one.owner == whose
    assert one.sentence == "“En ven” has no indicator: nothing shows whether it moves."


def test_a_goal_that_is_followed_in_words_needs_no_indicator():
    goal = school_goal(indicator="")
    following.set_target(goal, in_words(), unit=goal.unit, by=acting("udvalg"))

    assert found(BreakKind.GOAL_WITHOUT_INDICATOR) == []


def test_one_silent_post_owns_its_own_break():
    taken_up(school_goal(), "skolechef", LEADERS[0])

    (one,) = found()
    assert one.kind is BreakKind.GOAL_STOPS
    assert (one.owner, one.unit) == ("leder-999002", "999002")
    assert one.owner_name == "Institution leader, Sydskolen"
    assert one.sentence == (
        "“En ven” stops at Institution leader, Sydskolen, who has not taken it up."
    )
    assert one.path == "/kommune/999/maal/en-ven/hos-os/"


def test_several_silent_posts_are_one_break_of_the_post_above():
    taken_up(school_goal(), "skolechef")

    (one,) = found()
    assert (one.owner, one.unit, one.since) == ("skolechef", "schools", SPRING)
    assert one.sentence == (
        "“En ven” stops below Chief of schools: 2 of 2 leaders have not taken it up."
    )
    assert one.path == "/kommune/999/maal/en-ven/"


def test_a_goal_breaks_from_the_day_it_holds_and_no_earlier():
    school_goal(owner="")

    assert found(on=SPRING - timedelta(days=1)) == []
    assert {one.kind for one in found(on=SPRING)} == {
        BreakKind.GOAL_WITHOUT_OWNER,
        BreakKind.GOAL_STOPS,
    }


def test_a_goal_that_has_ended_is_no_longer_broken():
    writing.end_goal(school_goal(owner=""), by=acting("udvalg"))

    assert found() == []


def test_a_chain_that_was_not_asked_about_is_not_told_of():
    school_goal(owner="")

    assert list(breaks({}, today(), threads(today()))) == []


def test_nobody_can_mend_where_there_is_nobody():
    school_goal(owner="")
    chain = without(everybody_in_place(), "direktor", "skolechef")

    one = next(iter(breaks({"999": chain}, today(), threads(today()))))
    assert (one.owner, one.owner_name) == ("", "")


def test_more_goals_do_not_cost_more_queries(django_assert_num_queries):
    chains = all_chains(today())
    for _number in range(5):
        goal = school_goal()
        following.set_target(goal, in_words(), unit=goal.unit, by=acting("udvalg"))
    goals = threads(today())

    with django_assert_num_queries(3):
        assert len(list(breaks(chains, today(), goals))) == 5


# Accepted deviations ------------------------------------------------------------------


ACCEPTED, ENDS = date(2026, 1, 10), date(2026, 6, 1)


@pytest.fixture
def missed():
    goal = school_goal()
    taken_up(goal, "skolechef", *LEADERS)
    target = following.set_target(
        goal, in_words(), unit=unit_of("999001"), by=acting("leder-999001"), on=SPRING
    )
    say(target, State.ON_THE_WAY, date(2025, 11, 1))
    following.accept_deviation(
        target, reason="Ombygning", until=ENDS, by=acting("skolechef"), on=ACCEPTED
    )
    return target


def say(target, state, on, *, hand_up=True):
    text = following.CheckInText(
        state=state,
        confidence=Confidence.MIDDLE,
        words="Sådan går det.",
        hand_up=hand_up,
    )
    following.check_in(target, text, by=acting("leder-999001"), on=on)


def test_inside_an_accepted_deviation_all_is_well(missed):
    assert found(on=ACCEPTED) == found(on=ENDS - timedelta(days=1)) == []


@pytest.mark.parametrize("state", [State.ON_THE_WAY, State.REACHED])
def test_as_good_as_accepted_or_better_is_not_worse(missed, state):
    say(missed, state, date(2026, 3, 1))

    assert found(on=date(2026, 3, 1)) == []


def test_worse_than_accepted_is_a_break_of_the_post_that_accepted_it(missed):
    say(missed, State.NOT_YET, date(2026, 3, 1))

    (one,) = found(on=date(2026, 3, 1))
    assert one.kind is BreakKind.DEVIATION_WORSE
    assert (one.owner, one.unit, one.since) == (
        *("skolechef", "999001"),
        date(2026, 3, 1),
    )
    assert one.sentence.startswith("“En ven”, Nordskolen: the target is further off")
    assert one.path == f"/kommune/999/maaltal/{missed.pk}/"
    assert found(on=date(2026, 2, 28)) == []


def test_what_has_not_been_handed_up_is_nobody_elses_to_hear_of(missed):
    say(missed, State.NOT_YET, date(2026, 3, 1), hand_up=False)

    assert found(on=date(2026, 3, 1)) == []


def test_when_it_ends_it_is_a_plain_miss_again_that_the_answerable_post_owns(missed):
    (one,) = found(on=ENDS)

    assert one.kind is BreakKind.DEVIATION_EXPIRED
    assert (one.owner, one.since) == ("leder-999001", ENDS)
    assert one.act == "Say how it goes now"


def test_what_was_said_after_the_end_mends_it(missed):
    say(missed, State.NOT_YET, ENDS)

    assert found(on=ENDS) == []


def test_a_target_that_was_reached_inside_is_not_missed_at_the_end(missed):
    say(missed, State.REACHED, date(2026, 4, 1))

    assert found(on=ENDS) == []


def test_a_deviation_of_a_target_that_nobody_speaks_of_ends_too():
    goal = school_goal()
    target = following.set_target(
        goal, a_level(), unit=goal.unit, by=acting("udvalg"), on=SPRING
    )
    target.post = None
    target.save()
    following.accept_deviation(
        target, reason="Ombygning", until=ENDS, by=acting("direktor"), on=ACCEPTED
    )

    (one,) = found(BreakKind.DEVIATION_EXPIRED, on=ENDS)
    assert (one.owner, one.unit) == ("direktor", "999")
    assert found(BreakKind.DEVIATION_EXPIRED, on=ENDS - timedelta(days=1)) == []


def test_the_deviation_of_a_target_that_has_ended_is_done(missed):
    following.end_target(missed, by=acting("skolechef"), on=date(2026, 5, 1))

    assert found(on=ENDS) == []


def test_a_unit_that_has_closed_is_still_named(missed):
    chain = without(everybody_in_place(), "999001", "leder-999001")

    one = next(
        one
        for one in breaks({"999": chain}, ENDS, threads(ENDS))
        if one.kind is BreakKind.DEVIATION_EXPIRED
    )
    assert "Nordskolen" in one.sentence
    assert one.owner == ""
