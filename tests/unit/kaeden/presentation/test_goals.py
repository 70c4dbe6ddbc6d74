"""Goals as sentences with four answers, targets in words, and the check in words."""

from dataclasses import replace
from datetime import date

import pytest

from kaeden.goals.goalcheck import Draft, check
from kaeden.goals.held import HeldVision
from kaeden.goals.indicators import catalogue
from kaeden.goals.rules import Confidence, Group, State, TargetKind
from kaeden.goals.standing import Standing
from kaeden.goals.targets import AcceptedDeviation, ToldState, UnitTarget
from kaeden.organisation.models import Unit
from kaeden.presentation import goal_check, goals, targets
from kaeden.presentation.charts.marks import Tone
from tests.builders.figures import a_current_release, a_figure, a_town, an_indicator
from tests.builders.goals import a_goal
from tests.builders.models import a_town_gap

pytestmark = pytest.mark.usefixtures("english")
TOWN = Unit(
    pk=a_town().id, code="999", name="Fjordby", kind="municipality", path="dk/999"
)
RELEASE = a_current_release()
VISION = HeldVision(sentence="All thrive.", why="", is_own=True, is_adopted=True)


def a_target(**changes):
    facts = {
        "id": 1,
        "goal_id": 5,
        "goal_key": "in-school-every-day",
        "unit": TOWN,
        "kind": TargetKind.LEVEL,
        "indicator": "school-absence",
        "value": 6.0,
        "at_most": True,
        "since_period": "",
        "by_period": "2027/28",
        "pair": None,
        "reached": "",
        "on_the_way": "",
        "not_yet": "",
        "post_id": 3,
        "post": "Chief of schools",
        "has_ended": False,
    }
    return UnitTarget(**(facts | changes))


def in_words(**changes):
    words = {"reached": "All play.", "on_the_way": "Most play.", "not_yet": "Few play."}
    return a_target(
        kind=TargetKind.WORDS, indicator="", value=None, **(words | changes)
    )


def a_gap(**changes):
    pair = (Group.BOYS, Group.GIRLS)
    return a_target(kind=TargetKind.GAP, pair=pair, value=2.0, **changes)


def told(**changes):
    facts = {
        "state": State.ON_THE_WAY,
        "confidence": Confidence.LOW,
        "words": "Half of them do.",
        "on": date(2026, 9, 1),
        "post": "Chief of schools",
        "is_handed_up": True,
    }
    return ToldState(**(facts | changes))


def a_town_figure(**changes):
    return a_figure(**({"unit": a_town()} | changes))


# Targets in words ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (a_target(), "Absence from school: at most 6.0% in 2027/28"),
        (
            a_target(indicator="exam-mark", value=7.5, at_most=False),
            "Marks in the year 9 exams: at least 7.5 in 2027/28",
        ),
        (
            a_target(kind=TargetKind.DEVELOPMENT, value=1.5, since_period="2024/25"),
            "Absence from school: 1.5 percentage points lower in 2027/28 than in 2024/25",
        ),
        (
            a_target(
                kind=TargetKind.DEVELOPMENT,
                indicator="exam-mark",
                value=0.5,
                at_most=False,
                since_period="2024/25",
            ),
            "Marks in the year 9 exams: 0.50 higher in 2027/28 than in 2024/25",
        ),
        (
            a_gap(),
            (
                "Absence from school: at most 2.0 percentage points between boys and "
                "girls in 2027/28"
            ),
        ),
        (in_words(), "By 2027/28: All play"),
        (a_target(indicator="gone"), "gone: at most 6.0 in 2027/28"),
    ],
)
def test_what_is_wanted_stands_as_a_sentence(target, words):
    assert targets.wanted(target).replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("target", "figures", "finding", "tone"),
    [
        (a_target(), [a_town_figure(value=5.0)], "The target is met", Tone.GOOD),
        (
            a_target(),
            [a_town_figure(value=5.9, low=5.5, high=6.5)],
            "Too close to say",
            Tone.UNSURE,
        ),
        (a_target(), [], "There is no released figure yet", Tone.NEUTRAL),
        (
            a_target(),
            [a_town_figure(value=9.0, is_latest=False)],
            "There is no released figure yet",
            Tone.NEUTRAL,
        ),
        (
            a_gap(),
            [a_town_figure()],
            "There are no figures for the groups yet",
            "neutral",
        ),
        (in_words(), [], "Nobody has said how it goes", Tone.NEUTRAL),
        (in_words(told=(told(),)), [], "On the way", Tone.UNSURE),
    ],
)
def test_how_a_target_stands(target, figures, finding, tone):
    mark = targets.standing(target, figures)

    assert (mark.finding, mark.tone) == (finding, tone)


@pytest.mark.parametrize(
    ("slope", "half", "preliminary", "finding"),
    [
        (-0.6, 0.05, 0, "The target is met"),
        (-0.5, 0.2, 0, "Too close to say"),
        (0.3, 0.1, 0, "The target is not met yet"),
        (-0.6, 0.05, 1, "Too few years to say"),
        (None, None, 0, "Too few years to say"),
    ],
)
def test_a_change_is_held_up_to_the_yearly_slope(slope, half, preliminary, finding):
    target = a_target(kind=TargetKind.DEVELOPMENT, value=1.5, since_period="2024/25")
    figure = a_town_figure(slope=slope, slope_half=half, preliminary=preliminary)

    assert targets.standing(target, [figure]).finding == finding


def test_a_target_is_shown_with_what_was_said_and_accepted():
    accepted = {"reason": "Rebuilding", "post": "Director", "since": date(2026, 1, 1)}
    open_, past = (
        AcceptedDeviation(until=until, is_open=is_open, **accepted)
        for until, is_open in ((date(2026, 12, 1), True), (date(2025, 12, 1), False))
    )
    earlier = told(words="Few do.", is_handed_up=False)

    view = targets.build(in_words(told=(told(), earlier), deviations=(open_, past)), [])

    assert view.newest.words == "Half of them do."
    assert view.newest.confidence == "We doubt it"
    assert [one.words for one in view.earlier] == ["Few do."]
    assert view.deviation.endswith("that the target is missed: Rebuilding")
    assert view.past_deviations[0].endswith("by Director: Rebuilding")
    assert view.steps[0] == ("Not yet", "Few play.")
    assert view.href == "/kommune/999/maaltal/1/"


# Goals as sentences -------------------------------------------------------------------


def a_page(goal=None, wanted=(), figures=(), gaps=()):
    goal = goal or a_goal(id=5)
    stands = Standing(
        town=TOWN, vision=VISION, goals=(goal,), areas=(), targets=tuple(wanted)
    )
    return goals.build(stands, figures, RELEASE, gaps)


def answers(**facts):
    (line,) = a_page(**facts).lines
    return {answer.asks: answer for answer in line.answers}


def test_a_figure_answers_where_we_are_and_which_way():
    found = answers(
        figures=[
            a_town_figure(value=7.5, slope=-0.4, slope_half=0.1, direction=-1, points=6)
        ]
    )

    assert "of 100" in found["Where are we?"].says or found["Where are we?"].says
    assert found["Where are we?"].note == "2024/25"
    assert found["Which way?"].says == "Better, hardly by chance"
    assert found["Which way?"].tone is Tone.GOOD


def test_without_a_figure_what_was_said_last_answers():
    wanted = [in_words(told=(told(),)), a_gap()]

    found = answers(wanted=wanted)

    assert found["Where are we?"].says == "Half of them do."
    assert found["Which way?"].says == "It can't be told yet"
    assert found["Will we get there?"].says == "On the way"
    assert "The owner: We doubt it." in found["Will we get there?"].note
    assert found["Is it for all?"].says == "There are no figures for the groups yet"
    assert "between boys and girls" in found["Is it for all?"].note


def test_what_was_said_of_the_gap_answers_whether_it_is_for_all():
    found = answers(wanted=[a_gap(told=(told(),))])

    assert found["Is it for all?"].says == "On the way"
    assert found["Will we get there?"].says == "We doubt it"


def a_found_gap(**changes):
    found = a_town_gap(**({"indicator": "school-absence"} | changes))
    return replace(found, unit=replace(found.unit, id=TOWN.pk))


def test_a_gap_that_was_found_is_held_against_its_target_before_what_was_said():
    found = answers(wanted=[a_gap(told=(told(),))], gaps=[a_found_gap()])
    answer = found["Is it for all?"]

    assert answer.says == "The gap is as small as is wanted"
    assert answer.tone is Tone.GOOD
    assert answer.href.endswith("/forskelle/school-absence/for-hvem/")


def test_without_a_target_the_gap_that_is_sure_is_told_and_opened():
    answer = answers(gaps=[a_found_gap()])["Is it for all?"]

    assert answer.says.startswith("Girls lie 0.3")
    assert answer.note == "Open the gap: for whom is it so?"
    assert answer.href


def test_gaps_that_are_not_sure_are_not_told_as_gaps():
    answer = answers(gaps=[a_found_gap(low=-0.1)])["Is it for all?"]

    assert answer.says == "No gap between the groups is sure"


def test_a_gap_of_another_indicator_or_a_hidden_one_answers_nothing():
    other = a_found_gap(indicator="exam-mark")
    hidden = a_found_gap(difference=None, low=None, high=None)

    for gap in (other, hidden):
        answer = answers(gaps=[gap])["Is it for all?"]
        assert answer.says == "There are no figures for groups yet"


def test_where_nothing_is_known_that_is_said():
    found = answers()

    assert found["Where are we?"].says == "There is no released figure yet"
    assert found["Will we get there?"].says == "No target has been set"
    assert found["Is it for all?"].says == "There are no figures for groups yet"


def test_what_has_not_been_adopted_is_proposed_apart():
    page = a_page(goal=a_goal(adopted_on=None))

    assert page.lines == ()
    assert [item.text for item in page.proposals] == ["Alle børn er i skole hver dag."]


def test_a_goal_without_an_indicator_has_no_figure_of_its_own():
    goal = a_goal(id=5, indicator=None, further=(an_indicator("exam-mark"),))

    assert goal.indicators == (an_indicator("exam-mark"),)
    assert answers(goal=goal)["Which way?"].says == "It can't be told yet"


# The check in words -------------------------------------------------------------------


def checked(sentence):
    return goal_check.build(check(Draft(sentence=sentence), catalogue()))


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Alle elever trives.", "Yes."),
        ("Vi holder møder.", "»møder« is something you do."),
        ("Vi holder møder, så flere elever trives.", "It begins with an effort"),
        ("Det skal være bedre.", "It can't be told."),
    ],
)
def test_the_check_says_what_the_sentence_reads_as_and_asks(sentence, says):
    page = checked(sentence)

    assert says in page.lines[0].says
    assert page.lines[0].is_answered is (says == "Yes.")


def test_the_check_proposes_the_result_and_indicators_that_could_show_it():
    page = checked("Vi holder møder, så fraværet falder.")

    assert page.proposal == "Fraværet falder."
    assert "school-absence" in {name for name, _title, _question in page.suggested}
    assert page.heading == "The goal answers 0 of 7 questions."
