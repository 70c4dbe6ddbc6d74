"""Who reads what of goals: along the line, handed up, on a day."""

from datetime import date, timedelta

import pytest

from kaeden.access.rules import NOBODY
from kaeden.goals import queries, rights
from kaeden.goals.actions import following, meaning, values, writing
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.held import values_of, vision_of
from kaeden.goals.rules import (
    Confidence,
    LeadershipLevel,
    State,
    TargetState,
    further,
    judge_change,
    stricter,
)
from kaeden.goals.said import Along, along, drafts_of
from kaeden.goals.targets import get_target, targets_of
from kaeden.shared.clock import today
from tests.builders.chains import BEGAN
from tests.builders.goals import (
    a_goal,
    a_level,
    a_written_goal,
    acting,
    havby,
    in_words,
    unit_of,
)

LEADER, SISTER = "leder-999001", "leder-999002"
LINE = ["direktor", "skolechef", LEADER]


@pytest.fixture
def goal(town):
    return a_written_goal(on=BEGAN)


def told_by(key, goal):
    meaning.take_up(goal, f"Det betyder det hos {key}.", by=acting(key))
    meaning.write_strategy(goal, "Gennem leg.", by=acting(key))
    meaning.begin_effort(goal, "Legevagter", by=acting(key))


def read(key, goal, town, day=None):
    found = queries.get_goal(town, goal.key)
    return along(acting(key) if key else NOBODY, found, day or today())


@pytest.mark.parametrize("reader", [*LINE, "udvalg"])
def test_meanings_are_read_above_and_below(reader, goal, town):
    for key in LINE:
        told_by(key, goal)

    said = read(reader, goal, town).meanings

    assert [one.post_key for one in said] == LINE


@pytest.mark.parametrize("reader", [SISTER, "dagtilbudschef"])
def test_never_beside(reader, goal, town):
    told_by(LEADER, goal)
    told_by("direktor", goal)

    said = read(reader, goal, town)

    assert [one.post_key for one in said.meanings] == ["direktor"]
    assert {one.post_key for one in said.efforts} == {"direktor"}
    assert set(said.taken_up) == {LEADER, "direktor"}


def test_the_politicians_read_what_it_means_and_not_what_is_done(goal, town):
    told_by(LEADER, goal)

    said = read("udvalg", goal, town)

    assert said.meanings
    assert said.strategies == said.efforts == ()


@pytest.mark.parametrize("reader", [None, "havby-direktor"])
def test_others_read_no_words(reader, goal, town):
    havby()
    told_by(LEADER, goal)

    said = read(reader, goal, town)

    assert said == Along(taken_up=said.taken_up)
    assert set(said.taken_up) == {LEADER}


def test_the_owner_reads_what_other_areas_bring_and_they_read_their_own(goal, town):
    meaning.contribute(goal, "Vi bygger bro.", by=acting("dagtilbudschef"))
    meaning.contribute(goal, "Vi kigger ud.", by=acting(SISTER))

    owner, own = read("skolechef", goal, town), read("dagtilbudschef", goal, town)

    assert len(owner.contributions) == 2
    assert [one.words for one in own.contributions] == ["Vi bygger bro."]
    assert read(LEADER, goal, town).contributions == ()


def test_a_goal_that_is_only_proposed_has_nothing_said_of_it(town):
    found = queries.get_goal(town, "language-for-all")

    assert along(acting("direktor"), found, today()) == Along()


def test_words_are_read_as_they_were_on_a_day(goal, town):
    meaning.take_up(goal, "Først dette.", by=acting(LEADER), on=BEGAN)
    meaning.take_up(goal, "Nu dette.", by=acting(LEADER))

    then = read(LEADER, goal, town, BEGAN).meanings

    assert [one.words for one in then] == ["Først dette."]


def test_drafts_are_the_posts_own(goal):
    writing.save_draft({"sentence": "Vi vil"}, by=acting("udvalg"))

    assert [one.content for one in drafts_of(acting("udvalg"))] == [
        {"sentence": "Vi vil"}
    ]
    assert drafts_of(acting("direktor")) == drafts_of(NOBODY) == []


# Targets ------------------------------------------------------------------------------


def a_target(goal, unit="999001", by=LEADER, wanted=None):
    return following.set_target(
        goal, wanted or a_level(), unit=unit_of(unit), by=acting(by)
    )


def say(target, by=LEADER, *, hand_up=True):
    said = following.CheckInText(
        state=State.ON_THE_WAY,
        confidence=Confidence.HIGH,
        words="Godt.",
        hand_up=hand_up,
    )
    following.check_in(target, said, by=acting(by))


@pytest.mark.parametrize(
    ("reader", "sees"),
    [(LEADER, True), ("skolechef", True), ("udvalg", True), (SISTER, False)],
)
def test_a_units_target_is_read_in_its_line(reader, sees, goal, town):
    target = a_target(goal)
    say(target)
    following.accept_deviation(
        target,
        reason="Ombygning",
        until=today() + timedelta(days=9),
        by=acting("skolechef"),
    )

    found = targets_of(acting(reader), [goal.pk], today())

    assert bool(found) is sees
    assert all(one.newest and one.deviation for one in found)


def test_the_municipalitys_target_is_read_by_all_and_its_words_by_the_line(goal):
    target = a_target(goal, unit="999", by="udvalg", wanted=in_words())
    say(target, by="skolechef")

    public, chief, other = (
        targets_of(actor, [goal.pk], today())[0]
        for actor in (NOBODY, acting("direktor"), acting("dagtilbudschef"))
    )

    assert public.newest is None
    assert chief.newest.words == "Godt."
    assert other.newest is None
    assert public.reached == "Alle børn har nogen at lege med hver dag."


def test_what_is_not_handed_up_is_the_posts_own(goal, town):
    target = a_target(goal)
    say(target, hand_up=False)

    own = get_target(acting(LEADER), town, target.pk)
    above = get_target(acting("skolechef"), town, target.pk)

    assert own.newest.words == "Godt."
    assert above.newest is None


def test_a_target_that_nobody_answers_for_says_so(goal, town):
    target = a_target(goal, unit="999001-3a")

    assert get_target(acting(LEADER), town, target.pk).post == ""


@pytest.mark.parametrize("reader", [SISTER, "dagtilbudschef", "havby-direktor"])
def test_a_target_out_of_line_is_not_found(reader, goal, town):
    there = havby()
    target = a_target(goal)

    with pytest.raises(NoSuchGoal):
        get_target(acting(reader), town, target.pk)
    with pytest.raises(NoSuchGoal):
        get_target(acting(LEADER), there, target.pk)


def test_targets_cost_the_same_however_many(goal, django_assert_num_queries):
    reader = acting("skolechef")
    for year in ("2027/28", "2028/29", "2029/30"):
        say(a_target(goal, wanted=a_level(by_period=year)))

    with django_assert_num_queries(3):
        assert len(targets_of(reader, [goal.pk], today())) == 3


def test_without_targets_nothing_more_is_asked(town, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert targets_of(NOBODY, [1], today()) == []


# What a post may ----------------------------------------------------------------------


def test_who_may_do_what_is_one_answer_with_its_reason(goal, town):
    found = queries.get_goal(town, goal.key)
    proposed = a_goal(adopted_on=None)
    area = queries.get_goal(town, a_written_goal("skolechef", name="Ro").key)

    assert rights.may_take_up(acting(LEADER), found)
    assert "not been adopted" in rights.may_take_up(acting(LEADER), proposed).why_not
    other = rights.may_take_up(acting("leder-solstraalen"), area)
    assert "another place" in other.why_not
    assert "owns the goal" in rights.may_contribute(acting("skolechef"), found).why_not
    assert not rights.may_take_up(NOBODY, found)


def test_whoever_answers_does_not_accept_their_own_miss(goal, town):
    target = a_target(goal)
    own, chief = acting(LEADER), acting("skolechef")
    found = get_target(own, town, target.pk)

    assert rights.may_check_in(own, found)
    assert "Another post" in rights.may_check_in(chief, found).why_not
    assert "post above" in rights.may_accept(own, found).why_not
    assert rights.may_accept(chief, found)
    following.end_target(target, by=own)
    ended = get_target(own, town, target.pk)
    assert "has ended" in rights.may_check_in(own, ended).why_not
    assert "has ended" in rights.may_accept(chief, ended).why_not


# Vision and values --------------------------------------------------------------------


def test_the_vision_is_the_shipped_one_until_it_is_written(town):
    proposed = vision_of(town, today())
    writing.adopt("language-for-all", municipality=town, by=acting("udvalg"))
    shared = vision_of(town, today())
    writing.write_vision("Alle hører til.", municipality=town, by=acting("udvalg"))
    own = vision_of(town, today())

    assert (proposed.is_adopted, shared.is_adopted) == (False, True)
    assert proposed.sentence == shared.sentence
    assert (own.sentence, own.is_own) == ("Alle hører til.", True)
    assert vision_of(town, BEGAN).is_own is False


def test_values_are_read_with_how_they_are_seen_from_the_top_down(town):
    values.write_value(
        "Mod",
        meaning="Vi tør.",
        seen={
            LeadershipLevel.TEAM: "Vi siger det højt.",
            LeadershipLevel.DIRECTOR: "Direktøren takker.",
        },
        municipality=town,
        by=acting("udvalg"),
        on=BEGAN,
    )

    (value,) = values_of(town, BEGAN)

    assert (value.name, value.meaning) == ("Mod", "Vi tør.")
    assert list(value.seen) == [LeadershipLevel.DIRECTOR, LeadershipLevel.TEAM]
    assert values_of(town, BEGAN - timedelta(days=1)) == []


# Rules --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slope", "half", "at_most", "state"),
    [
        (-0.6, 0.1, True, TargetState.MET),
        (-0.4, 0.1, True, TargetState.UNCERTAIN),
        (-0.3, 0.1, True, TargetState.NOT_MET),
        (0.6, 0.1, False, TargetState.MET),
        (0.5, 0.1, False, TargetState.UNCERTAIN),
        (-0.6, 0.1, False, TargetState.NOT_MET),
        (None, 0.1, True, TargetState.NO_FIGURE),
        (-0.6, None, True, TargetState.NO_FIGURE),
    ],
)
def test_a_slope_is_held_up_to_the_change_it_must_bring(slope, half, at_most, state):
    found = judge_change(slope=slope, half=half, change=1.5, years=3, at_most=at_most)

    assert found is state


@pytest.mark.parametrize(
    ("one", "other", "at_most", "kept"),
    [
        (6.0, 7.0, True, 6.0),
        (6.0, 7.0, False, 7.0),
        (None, 7.0, True, 7.0),
        (None, None, False, None),
    ],
)
def test_a_ratchet_keeps_the_stricter_number(one, other, at_most, kept):
    assert stricter(one, other, at_most=at_most) == kept
    assert stricter(other, one, at_most=at_most) == kept


def test_a_ratchet_keeps_the_state_that_is_further_on():
    assert further("", "not_yet") == "not_yet"
    assert further("reached", "on_the_way") == "reached"


def test_a_goal_is_found_as_it_was_last_also_when_it_has_ended(town):
    goal = a_written_goal(on=date(2025, 1, 1))
    writing.end_goal(goal, by=acting("udvalg"), on=date(2025, 6, 1))

    assert queries.get_goal_of(town, goal.pk).sentence == "Alle børn har en ven."
