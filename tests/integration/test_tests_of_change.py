"""Tests of change and lessons, through the browser's doors."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.learning.actions import observations
from kaeden.learning.actions import tests_of_change as actions
from kaeden.learning.actions.lessons import Learnt
from kaeden.learning.actions.lessons import write as write_lesson
from kaeden.learning.actions.tests_of_change import Counting
from kaeden.learning.models import Lesson, Observation, TestCycle, TestOfChange
from kaeden.learning.queries.tests_of_change import get_seen
from kaeden.learning.rules.tests_of_change import Audience, Decision, MeasureKind, Stage
from kaeden.organisation.models import Holding
from kaeden.shared.clock import today
from tests.builders.dialogue import a_team, holder_of
from tests.builders.places import NORDSKOLEN, SCHOOLS, SOLSTRAALEN, SYDSKOLEN, TOWN
from tests.builders.tests_of_change import (
    COUNTED,
    OUTCOME,
    a_running_test,
    a_test,
    counted,
    measure_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
ABSENCE = "school-absence"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def team(fjordby):
    return a_team(NORDSKOLEN, 1)[0]


def door(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def at_work(team):
    return door(team)


def planned(**facts):
    form = {
        "name": "Vi ringer hjem",
        "change": "Klasselæreren ringer.",
        "aim": "Flere er der.",
        "aim_value": "90",
        "aim_by": str(today() + 90 * DAY),
        "ends_on": str(today() + 40 * DAY),
    }
    for kind in MeasureKind:
        form[f"{kind}_by"] = "share" if kind is OUTCOME else "number"
        form[f"{kind}_words"] = f"Tal for {kind}"
        form[f"{kind}_unit"] = "børn"
        form[f"{kind}_better"] = "higher"
    return form | facts


def test_a_team_plans_a_test_from_its_first_screen(at_work, to, team):
    desk = at_work.get(to("desk")).text
    assert "What do we try, and does it help?" in desk
    assert to("new_test_of_change") in desk
    assert "What do you call it?" in at_work.get(to("new_test_of_change")).text

    answer = at_work.post(to("plan_test"), planned(), follow=True)

    made = TestOfChange.objects.get()
    assert answer.redirect_chain[-1][0] == to("test_of_change", made.pk)
    assert (made.aim_value, made.post_id) == (0.9, team.post_id)
    assert "Aim: 90% by" in answer.text
    assert "Nobody assesses it." in answer.text
    assert "Vi ringer hjem" in at_work.get(to("tests_of_change")).text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Write some words."),
        ({"outcome_words": " "}, "Write what you count."),
        ({"aim_value": "mange"}, "Write a number"),
        ({"aim_value": ""}, "Write a number."),
        ({"ends_on": str(today())}, "two years ahead"),
        ({"process_by": "joy"}, "Choose one from the list."),
        ({"practice": "joy"}, "Choose a practice from the list."),
    ],
)
def test_a_plan_comes_back_with_what_is_missing(at_work, to, wrong, told):
    answer = at_work.post(to("plan_test"), planned(**wrong))

    assert answer.status_code == 400
    assert told in answer.text
    assert not TestOfChange.objects.exists()


def test_a_measure_can_be_an_indicator_with_its_released_curve(at_work, to, team):
    form = planned(outcome_by=ABSENCE, outcome_better="lower", aim_value="6,5")
    at_work.cookies["django_language"] = "da"
    at_work.post(to("plan_test"), form)
    made = TestOfChange.objects.get()

    text = at_work.get(to("test_of_change", made.pk)).text
    assert made.aim_value == 6.5
    assert 'id="curve-outcome"' in text
    assert get_seen(team, made.pk).measures[0].indicator == ABSENCE


def test_the_three_things_are_done_from_the_first_screen(at_work, to, team):
    made = a_test(team)
    outcome = measure_of(made)
    desk = at_work.get(to("desk")).text
    for name in ("observe_test", "begin_test"):
        assert to(name, made.pk) in desk
    assert to("decide_test", made.pk) not in desk

    count = {"tael-measure": outcome.pk, "tael-number": "7", "tael-of": "23"}
    answer = at_work.post(
        to("observe_test", made.pk), count | {"tael-day": str(today())}, follow=True
    )
    assert "It is on the curve." in answer.text
    assert "7 of 23 børn" in answer.text
    at_work.post(to("begin_test", made.pk), {"start-day": str(today())})
    assert to("decide_test", made.pk) in at_work.get(to("desk")).text
    words = {"beslut-decision": "adopt", "beslut-why": "Flere kom."}
    answer = at_work.post(to("decide_test", made.pk), words, follow=True)

    assert "Adopted: Flere kom." in answer.text
    assert f"{to('new_lesson')}?afproevning={made.pk}" in answer.text
    assert get_seen(team, made.pk).stage is Stage.DECIDED
    assert "You try nothing now" in at_work.get(to("desk")).text


def test_the_curve_carries_its_marks_its_middle_and_its_limits(at_work, to, team):
    made = a_test(team)
    counted(made, *[(12, 23)] * 6, by=team, ago=8)
    actions.begin(made.pk, today() - 7 * DAY, by=team)
    counted(made, (21, 23), (22, 23), by=team, ago=1)
    onward = actions.Onward(change="To og to.", ends_on=today() + 30 * DAY)
    actions.decide(made.pk, Decision.ADAPT, "For langsomt.", onward=onward, by=team)

    text = at_work.get(to("test_of_change", made.pk)).text

    assert "Since the start it lies higher than swings explain." in text
    assert "That is the way you want." in text
    assert "The limits are from the 6 counts before the start." in text
    assert "Trial limits: with fewer than 12 counts they may still move." in text
    assert "Start: Klasselæreren ringer" in text
    assert "Adapted: To og to." in text
    assert "the middle 52%" in text
    assert "aim 90%" in text
    assert "Adapted: For langsomt." in text


def test_a_count_that_cannot_be_comes_back(at_work, to, team):
    made = a_running_test(team)
    count = {"tael-measure": measure_of(made).pk, "tael-number": "7", "tael-of": ""}
    count["tael-day"] = str(today() + DAY)
    answer = at_work.post(to("observe_test", made.pk), count)
    assert (answer.status_code, "has not come" in answer.text) == (400, True)

    count["tael-day"] = str(today())
    answer = at_work.post(to("observe_test", made.pk), count)
    assert (answer.status_code, "of how many" in answer.text) == (400, True)
    count["tael-of"] = "mange"
    answer = at_work.post(to("observe_test", made.pk), count)
    assert "Write a whole number." in answer.text
    assert not Observation.objects.exists()


def test_a_count_is_taken_back(at_work, to, team):
    made = a_running_test(team)
    counted(made, (7, 23), by=team)
    button = to("take_back_count", made.pk, Observation.objects.get().pk)
    assert button in at_work.get(to("test_of_change", made.pk)).text

    assert "taken back" in at_work.post(button, follow=True).text
    assert at_work.post(button).status_code == 404


@pytest.mark.parametrize(
    ("act", "form", "told"),
    [
        ("begin_test", {"start-day": ""}, "Choose a day."),
        ("decide_test", {"beslut-why": "Fordi."}, "Choose one of the three."),
        (
            "decide_test",
            {"beslut-decision": "adapt", "beslut-why": "Fordi.", "beslut-ends_on": ""},
            "Write what you try from now on.",
        ),
        ("prolong_test", {"til-ends_on": str(today())}, "two years ahead"),
        ("share_test", {"del-audience": "everybody"}, "shared that far already"),
        ("ask_to_join_test", {"med-post": "0"}, "Choose a post that somebody holds."),
    ],
)
def test_an_act_comes_back_with_what_is_missing(at_work, to, team, act, form, told):
    made = a_test(team)
    answer = at_work.post(to(act, made.pk), form)

    assert answer.status_code == 400
    assert told in answer.text


def test_a_change_is_adapted_in_the_form(at_work, to, team):
    made = a_running_test(team)
    form = {
        "beslut-decision": "adapt",
        "beslut-why": "Det tog for lang tid.",
        "beslut-change": "Vi ringer to og to.",
        "beslut-ends_on": str(today() + 30 * DAY),
    }
    text = at_work.post(to("decide_test", made.pk), form, follow=True).text

    assert "Vi ringer to og to." in text
    assert TestCycle.objects.count() == 2


def test_a_test_is_given_another_end_and_shared(at_work, to, team):
    made = a_running_test(team)
    end = {"til-ends_on": str(today() + 10 * DAY)}
    assert (
        "another end"
        in at_work.post(to("prolong_test", made.pk), end, follow=True).text
    )
    page = at_work.get(to("test_of_change", made.pk)).text
    assert "Sharing is not taken back." in page

    text = at_work.post(
        to("share_test", made.pk), {"del-audience": "house"}, follow=True
    ).text
    assert "It is read by: everybody in our own house." in text
    made.refresh_from_db()
    assert made.audience == Audience.HOUSE


def test_units_of_two_sectors_try_together_on_one_curve(at_work, to, team):
    daycare = holder_of(Role.LEADER, SOLSTRAALEN)
    there = door(daycare)
    made = a_running_test(team, since=30)
    assert "Ask another unit" in at_work.get(to("test_of_change", made.pk)).text
    at_work.post(to("ask_to_join_test", made.pk), {"med-post": daycare.post_id})
    assert to("test_of_change", made.pk) in there.get(to("desk")).text
    page = there.get(to("test_of_change", made.pk)).text
    assert "You are asked to take part" in page
    assert "is asked, and has not answered" in page

    assert "You take part." in there.post(to("join_test", made.pk), follow=True).text
    counted(made, (20, 23), (21, 23), by=team)
    counted(made, (9, 12), by=daycare)
    text = there.get(to("test_of_change", made.pk)).text
    assert "added up week by week" in text
    assert "Each unit's own curve" in text
    assert "Børnehuset Solstrålen" in text
    assert to("decide_test", made.pk) not in text
    assert "take no part" in there.post(to("leave_test", made.pk), follow=True).text
    assert there.get(to("test_of_change", made.pk)).status_code == 404


def test_a_team_is_told_that_it_is_asked(at_work, to, team):
    leader = holder_of(Role.LEADER, SYDSKOLEN)
    made = a_test(leader)
    observations.ask_to_join(made.pk, team.post_id, by=leader)

    text = at_work.get(to("desk")).text
    assert "You are asked to take part" in text
    assert to("test_of_change", made.pk) in text


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.LEADER, SYDSKOLEN),
        (Role.CHIEF_SCHOOLS, SCHOOLS),
        (Role.DIRECTOR, TOWN),
        (Role.COMMITTEE, TOWN),
    ],
)
def test_for_others_a_test_is_on_no_page(team, to, role, path):
    absence = {OUTCOME: Counting(better="lower", indicator=ABSENCE)}
    made = a_running_test(team, measures=COUNTED | absence)
    write_lesson(
        Learnt(words="Vi ringer før 9.", conditions="To.", test=made.pk), by=team
    )
    client = door(holder_of(role, path))

    assert client.get(to("test_of_change", made.pk)).status_code == 404
    pages = ("desk", "tests_of_change", "lessons", "up_and_down", "commitments")
    addresses = [to(name) for name in pages]
    addresses += [to("result", "999001", ABSENCE), to("institution", "999001")]
    addresses += [to(name, "999") for name in ("chain", "breaks", "year")]
    for address in addresses:
        text = client.get(address).text
        assert "Vi ringer" not in text
        assert "Klasselæreren ringer" not in text
    form = {"beslut-decision": "adopt", "beslut-why": "Fordi."}
    assert client.post(to("decide_test", made.pk), form).status_code == 404


def test_its_leader_reads_it_and_does_not_decide(team, to):
    made = a_running_test(team)
    client = door(holder_of(Role.LEADER, NORDSKOLEN))

    text = client.get(to("test_of_change", made.pk)).text
    assert "Vi ringer hjem" in text
    for act in ("decide_test", "observe_test", "share_test"):
        assert to(act, made.pk) not in text
    assert "Vi ringer hjem" in client.get(to("desk")).text
    assert "What your teams try" in client.get(to("tests_of_change")).text


def test_a_shared_tests_marks_stand_on_the_curve_of_the_result(team, to):
    absence = {OUTCOME: Counting(better="lower", indicator=ABSENCE)}
    made = a_running_test(team, measures=COUNTED | absence)
    chief, leader = (
        door(holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)),
        door(holder_of(Role.LEADER, NORDSKOLEN)),
    )
    page = to("result", "999001", ABSENCE)
    assert "Vi ringer hjem" not in leader.get(page).text

    actions.share(made.pk, Audience.CHAIN, by=team)
    for client in (chief, leader):
        assert "Vi ringer hjem – Start: Klasselæreren ringer" in client.get(page).text
    assert "Vi ringer hjem" not in Client().get(page).text
    assert "Vi ringer hjem" in chief.get(to("tests_of_change")).text


def test_a_quiet_test_and_one_past_its_end_say_so_to_the_team(at_work, to, team):
    made = a_running_test(team, since=30)
    page = to("test_of_change", made.pk)
    assert (
        "Nothing has been counted for more than three weeks." in at_work.get(page).text
    )

    TestCycle.objects.update(ends_on=today() - DAY)
    assert "Adopt, adapt or abandon it." in at_work.get(to("desk")).text


def test_lessons_are_written_found_and_taken_back(at_work, to, team):
    made = a_running_test(team)
    actions.decide(made.pk, Decision.ABANDON, "Fordi.", by=team)
    new = at_work.get(f"{to('new_lesson')}?afproevning={made.pk}").text
    assert f'value="{made.pk}"' in new
    form = {"words": "Ring før 9.", "conditions": "To voksne.", "test": made.pk}

    text = at_work.post(to("write_lesson"), form, follow=True).text
    assert "kept with your unit" in text
    assert "Ring før 9." in text
    assert "Ring før 9." in at_work.get(to("test_of_change", made.pk)).text
    assert "No lesson holds" in at_work.get(to("lessons"), {"q": "svømning"}).text
    pk = Lesson.objects.get().pk
    assert "taken back" in at_work.post(to("withdraw_lesson", pk), follow=True).text
    assert "Nothing is written yet." in at_work.get(to("lessons")).text


def test_a_lesson_comes_back_with_what_is_missing(at_work, to):
    answer = at_work.post(to("write_lesson"), {"words": "Ja."})
    assert (answer.status_code, Lesson.objects.count()) == (400, 0)
    assert "Write some words." in answer.text


def test_a_lesson_names_the_practice_it_is_about(at_work, to):
    form = {"words": "Læs hver dag.", "conditions": "Små grupper."}
    at_work.post(to("write_lesson"), form | {"practice": "dialogic-reading"})
    assert "About the practice" in at_work.get(to("lessons")).text


def test_a_new_leader_meets_what_was_learnt_before(team, to):
    write_lesson(Learnt(words="Ring før 9.", conditions="To."), by=team)
    Lesson.objects.update(written_on=today() - 900 * DAY)
    leader = holder_of(Role.LEADER, NORDSKOLEN)
    leader_since = today() - 10 * DAY
    Holding.objects.filter(post_id=leader.post_id).update(valid_from=leader_since)
    text = door(leader).get(to("desk")).text
    assert "this was learnt before you" in text
    assert "Ring før 9." in text


def test_the_first_screen_costs_the_same_for_much_counted(
    at_work, to, team, django_assert_max_num_queries
):
    for _one in range(3):
        counted(a_running_test(team), *[(5, 9)] * 9, by=team)
    with django_assert_max_num_queries(60):
        at_work.get(to("desk"))
