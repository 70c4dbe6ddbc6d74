"""Targets, what is said of them, and the ones that may be missed for a time."""

import itertools
import math
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from kaeden.access.rules import NOBODY
from kaeden.audit.models import Event
from kaeden.goals.actions.following import (
    CheckInText,
    accept_deviation,
    check_in,
    end_target,
    set_target,
)
from kaeden.goals.actions.writing import end_goal, give_owner
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.models import CheckIn, Target
from kaeden.goals.rules import Confidence, Group, State, TargetKind
from kaeden.organisation.models import Link
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.chains import BEGAN
from tests.builders.goals import (
    a_level,
    a_written_goal,
    acting,
    in_words,
    post_of,
    unit_of,
)

pytestmark = pytest.mark.usefixtures("town")
LEADER, SCHOOL = "leder-999001", "999001"
PAIR = (Group.SHORT_EDUCATION, Group.LONG_EDUCATION)


def a_change(**facts):
    known = {"kind": TargetKind.DEVELOPMENT, "value": 1.5, "since_period": "2024/25"}
    return a_level(**(known | facts))


def a_gap(**facts):
    return a_level(**({"kind": TargetKind.GAP, "value": 2.0, "pair": PAIR} | facts))


def a_target(wanted=None, *, unit=SCHOOL, by=LEADER, **facts):
    on = facts.pop("on", None)
    goal = facts.pop("goal", None) or a_written_goal(**facts)
    return set_target(
        goal, wanted or a_level(), unit=unit_of(unit), by=acting(by), on=on
    )


def told(kind):
    return Event.objects.filter(kind=kind).count()


# Targets ------------------------------------------------------------------------------


def test_a_level_points_the_way_that_is_better():
    target = a_target()

    assert (target.value, target.at_most, target.by_period) == (6.0, True, "2027/28")
    assert (target.unit.code, target.post.key) == (SCHOOL, LEADER)
    assert str(target) == "school-absence: 6.0"
    assert told(Event.Kind.TARGET_SET) == 1


def test_a_change_has_a_year_that_it_begins_from():
    target = a_target(a_change())

    assert (target.kind, target.value) == ("development", 1.5)
    assert (target.since_period, target.at_most) == ("2024/25", True)


def test_a_gap_is_between_two_groups_and_is_always_to_be_narrower():
    target = a_target(a_gap(indicator="exam-mark"))

    assert (target.group, target.other_group) == ("short_education", "long_education")
    assert target.at_most


def test_where_no_number_fits_three_descriptions_say_how_far_it_is():
    target = a_target(in_words())

    assert (target.indicator, target.value) == ("", None)
    assert target.on_the_way == "De fleste børn har nogen at lege med."
    assert str(target) == "words: Alle børn har nogen at lege med hver dag."


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (a_level(indicator=""), "Choose the indicator"),
        (a_level(indicator="luck"), "Choose the indicator"),
        (a_level(indicator="notifications"), "no better way"),
        (a_level(value=None), "cannot be a target"),
        (a_level(value=math.nan), "cannot be a target"),
        (a_level(value=1.0), "cannot be a target"),
        (a_level(value=99.0), "cannot be a target"),
        (a_level(by_period=""), "is not a year"),
        (a_change(value=-1.0), "cannot be a target"),
        (a_change(value=24.0), "cannot be a target"),
        (a_change(since_period="2027/28"), "must begin before 2027/28"),
        (a_change(since_period="2024"), "years of one kind"),
        (a_gap(pair=None), "two groups"),
        (a_gap(pair=(Group.GIRLS, Group.LONG_EDUCATION)), "two groups"),
        (a_gap(value=math.inf), "cannot be a target"),
        (in_words(reached=" "), "when the target is reached"),
        (in_words(on_the_way=""), "on the way"),
        (in_words(not_yet=""), "before it is reached"),
    ],
)
def test_what_a_kind_needs_must_be_there(wanted, why):
    with pytest.raises(BadInput, match=why), transaction.atomic():
        a_target(wanted)

    assert not Target.objects.exists()


def test_a_number_without_a_known_range_only_needs_to_be_one():
    wanted = a_level(indicator="socioeconomic-reference", value=0.5)

    assert a_target(wanted).value == 0.5


def test_the_same_target_set_again_is_set_anew_and_another_year_stands_beside_it():
    goal = a_written_goal(on=BEGAN)
    a_target(goal=goal, on=BEGAN)

    a_target(a_level(value=5.0), goal=goal)
    a_target(a_level(by_period="2028/29"), goal=goal)

    now = Target.objects.at(today()).order_by("by_period")
    assert [(one.value, one.by_period) for one in now] == [
        *((5.0, "2027/28"), (6.0, "2028/29"))
    ]
    assert Target.objects.at(BEGAN).get().value == 6.0


@pytest.mark.parametrize(
    ("by", "unit", "allowed"),
    [
        (LEADER, SCHOOL, True),
        (LEADER, "999002", False),
        (LEADER, "999", False),
        ("skolechef", SCHOOL, True),
        ("skolechef", "G99901", False),
        ("leder-nord", "G99901", True),
        ("direktor", "G99901", True),
        ("direktor", "999", True),
        ("udvalg", "999", True),
        ("udvalg", SCHOOL, False),
    ],
)
def test_a_unit_and_those_above_it_set_its_targets(by, unit, allowed):
    if allowed:
        assert a_target(unit=unit, by=by)
    else:
        with pytest.raises(Forbidden):
            a_target(unit=unit, by=by)


def test_a_target_of_the_whole_is_the_owners_to_answer_for():
    assert a_target(unit="999", by="udvalg").post.key == "skolechef"
    assert a_target(unit="999", by="udvalg", owner="", name="To").post is None


def test_a_unit_without_a_leader_of_its_own_answers_through_nobody():
    assert a_target(unit="999001-3a").post is None


def test_an_areas_goal_has_no_targets_outside_the_area():
    goal = a_written_goal(by="skolechef")

    for unit in ("999", "G99901"):
        with pytest.raises(NoSuchGoal):
            a_target(goal=goal, unit=unit, by="direktor")


def test_a_goal_that_has_ended_gets_no_new_targets():
    goal = a_written_goal(on=BEGAN)
    end_goal(goal, by=acting("udvalg"))
    goal.refresh_from_db()

    with pytest.raises(Refused):
        a_target(goal=goal)


def test_a_target_ends_once_and_is_kept():
    target = a_target(on=BEGAN, goal=a_written_goal(on=BEGAN))

    end_target(target, by=acting("skolechef"))

    assert not Target.objects.at(today()).exists()
    assert told(Event.Kind.TARGET_ENDED) == 1
    with pytest.raises(Refused):
        end_target(target, by=acting("skolechef"))
    with pytest.raises(Forbidden):
        end_target(target, by=acting("dagtilbudschef"))


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "words", "value": 1.0},
        {"kind": "words", "reached": "x", "on_the_way": "x"},
        {"kind": "level", "value": None, "indicator": "x"},
        {"kind": "level", "value": 1.0},
        {"kind": "development", "value": 1.0, "indicator": "x"},
        {"kind": "gap", "value": 1.0, "indicator": "x"},
        {
            "kind": "gap",
            "value": 1.0,
            "indicator": "x",
            "group": "girls",
            "other_group": "girls",
        },
    ],
)
def test_the_database_itself_wants_what_a_kind_needs(facts):
    goal = a_written_goal()

    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(
            goal=goal,
            unit=goal.unit,
            by_period="2027/28",
            valid_from=today(),
            **facts,
        )


# Check-ins ----------------------------------------------------------------------------


def say(target, by=LEADER, **facts):
    known = {"state": State.ON_THE_WAY, "confidence": Confidence.HIGH, "words": "Godt."}
    return check_in(target, CheckInText(**(known | facts)), by=acting(by))


@pytest.mark.parametrize(
    ("state", "confidence"), list(itertools.product(State, Confidence))
)
def test_whoever_answers_says_how_it_goes_and_how_sure_they_are(state, confidence):
    made = say(a_target(), state=state, confidence=confidence)

    assert (made.state, made.confidence, made.made_on) == (state, confidence, today())
    assert str(made) == f"school-absence: 6.0 ({today()})"
    assert told(Event.Kind.CHECKED_IN) == 1


@pytest.mark.parametrize("by", ["skolechef", "leder-999002", "udvalg"])
def test_nobody_else_says_it_for_them(by):
    with pytest.raises(Forbidden):
        say(a_target(), by=by)


def test_a_new_owner_answers_for_targets_that_are_set_from_then_on():
    goal = a_written_goal(on=BEGAN)
    give_owner(goal, post_of("dagtilbudschef"), by=acting("udvalg"))

    target = a_target(goal=goal, unit="999", by="udvalg")

    assert say(target, by="dagtilbudschef")


def test_something_must_be_said_of_a_target_that_is_still_wanted():
    target = a_target(on=BEGAN, goal=a_written_goal(on=BEGAN))

    with pytest.raises(BadInput, match="how it goes"):
        say(target, words=" ")
    end_target(target, by=acting(LEADER))
    target.refresh_from_db()
    with pytest.raises(Refused, match="has ended"):
        say(target)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_keeps_what_was_said_as_it_was_said(verb):
    say(a_target())
    said = CheckIn.objects.all()
    verbs = {"update": lambda: said.update(words="Bedre."), "delete": said._raw_delete}

    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        verbs[verb]() if verb == "update" else verbs[verb](said.db)


# Accepted deviations ------------------------------------------------------------------


def accept(target, by="skolechef", **facts):
    until = today() + timedelta(days=100)
    known = {"reason": "Skolen bygges om.", "until": until}
    return accept_deviation(target, by=acting(by), **(known | facts))


@pytest.mark.parametrize("by", ["skolechef", "direktor"])
def test_a_post_above_accepts_that_a_target_is_missed_until_a_day(by):
    made = accept(a_target(), by=by)

    assert (made.post.key, made.reason) == (by, "Skolen bygges om.")
    assert made.valid_to == today() + timedelta(days=100)
    assert str(made) == f"school-absence: 6.0 → {made.valid_to}"
    assert told(Event.Kind.DEVIATION_ACCEPTED) == 1


@pytest.mark.parametrize("by", [LEADER, "leder-999002", "dagtilbudschef", "udvalg"])
def test_neither_the_answerable_post_nor_a_stranger_accepts_it(by):
    with pytest.raises(Forbidden):
        accept(a_target(), by=by)


@pytest.mark.parametrize(("by", "allowed"), [("udvalg", True), ("skolechef", False)])
def test_what_the_director_answers_for_is_the_committees_to_accept(by, allowed):
    target = a_target(unit="999", by="udvalg", owner="direktor")

    if allowed:
        assert accept(target, by=by)
    else:
        with pytest.raises(Forbidden):
            accept(target, by=by)


def test_a_target_that_nobody_answers_for_is_accepted_by_who_reaches_it():
    assert accept(a_target(unit="999001-3a"), by=LEADER)


def test_a_circle_of_links_has_no_end_and_is_left():
    chief = post_of("skolechef")
    Link.objects.filter(lower=chief).end(today())
    Link.objects.create(lower=chief, upper=post_of(LEADER), valid_from=today())

    with pytest.raises(Forbidden):
        accept(a_target(), by="direktor")


@pytest.mark.parametrize("days", [0, -1, 367, 4000])
def test_it_ends_within_a_year_and_not_before_it_begins(days):
    with pytest.raises(BadInput, match="within a year"):
        accept(a_target(), until=today() + timedelta(days=days))


@pytest.mark.parametrize("days", [1, 366])
def test_a_day_and_a_year_are_the_ends(days):
    assert accept(a_target(), until=today() + timedelta(days=days))


def test_it_has_a_reason_and_a_target_that_is_wanted():
    target = a_target(on=BEGAN, goal=a_written_goal(on=BEGAN))

    with pytest.raises(BadInput, match="why it is accepted"):
        accept(target, reason="")
    end_target(target, by=acting(LEADER))
    target.refresh_from_db()
    with pytest.raises(Refused):
        accept(target)


def test_it_is_accepted_as_it_stands_and_a_renewal_never_loosens_it():
    target = a_target(in_words(), on=BEGAN, goal=a_written_goal(on=BEGAN))
    first = accept(target, value=9.0)
    say(target, state=State.ON_THE_WAY, hand_up=True)
    second = accept(target, value=8.0)
    say(target, state=State.NOT_YET, hand_up=True)

    third = accept(target, value=12.0)

    assert [(one.state, one.value) for one in (first, second, third)] == [
        *(("", 9.0), ("on_the_way", 9.0), ("on_the_way", 12.0))
    ]
    first.refresh_from_db()
    assert first.valid_to == today()


def test_a_level_that_is_better_low_keeps_the_lowest_it_was_accepted_at():
    target = a_target()
    accept(target, value=9.0)
    accept(target)

    assert accept(target, value=12.0).value == 9.0


def test_a_deviation_without_an_end_cannot_be_stored():
    made = accept(a_target())

    with pytest.raises(IntegrityError, match="a_deviation_has_an_end"):
        type(made).objects.filter(pk=made.pk).update(valid_to=None)


def test_nobody_without_a_post_follows_up():
    target = a_target()

    for verb in (
        lambda: set_target(target.goal, a_level(), unit=target.unit, by=NOBODY),
        lambda: accept_deviation(target, reason="x", until=date.max, by=NOBODY),
        lambda: end_target(target, by=NOBODY),
    ):
        with pytest.raises(Forbidden):
            verb()
