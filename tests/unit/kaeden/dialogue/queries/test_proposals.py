"""What comes on an agenda by itself, to whom, and why."""

from datetime import date, timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.dialogue.actions import concerns, meetings, questions
from kaeden.dialogue.actions.assessments import assess
from kaeden.dialogue.models import AgendaItem, MeetingItem
from kaeden.dialogue.queries.proposals import choices_for, proposals_for
from kaeden.dialogue.queries.results_at_hand import results_for
from kaeden.dialogue.rules.agenda import Why
from kaeden.dialogue.rules.assessments import Words
from kaeden.dialogue.rules.meetings import Body
from kaeden.goals.models import Deviation, Goal, Ownership, Target
from kaeden.publication.models import Release
from kaeden.publication.queries import get_figure
from kaeden.shared.clock import now, standing_at, today
from tests.builders.dialogue import (
    a_question,
    an_adopted_goal,
    holder_of,
    taken,
)
from tests.builders.figures import a_release, a_result, a_signal, a_town_result
from tests.builders.goals import a_goal
from tests.builders.meetings import a_meeting, the_director
from tests.builders.places import (
    DAYCARE,
    NORDSKOLEN,
    SCHOOLS,
    TOWN,
    a_country,
    post_at,
    unit_at,
)

pytestmark = pytest.mark.django_db
RESULT = "result 999001 school-absence"


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def chief():
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader():
    return holder_of(Role.LEADER, NORDSKOLEN)


def proposed_to(by, *, ahead=7):
    """What is proposed for a new meeting of a post, by its key."""
    return {one.key: one for one in proposals_for(a_meeting(by, ahead=ahead))}


def judged(by, judgement="challenge", path=NORDSKOLEN, sentence="Det er nyt."):
    """A chief's assessment of the newest release."""
    release = Release.objects.latest("pk")
    figure = get_figure(release.pk, unit_at(path), "school-absence")
    words = Words(judgement=judgement, sentence=sentence, next_step="Mødes.")
    with standing_at(now() + timedelta(days=15)):
        return assess(figure, words, release_id=release.pk, by=by)


# Results ------------------------------------------------------------------------------


@pytest.fixture
def released():
    return a_release(
        a_signal(),
        a_signal("999002", slope=2.0, slope_se=0.25, signal="development"),
        a_signal("999003"),
        a_signal("G99901"),
        a_town_result(signal="comparison", difference=1.0, swing=0.9),
        a_town_result(indicator="notifications", period="2023", signal="comparison"),
    )


def test_what_a_chief_has_assessed_comes_to_the_director(released, chief):
    made = judged(chief)

    one = proposed_to(the_director())[RESULT]

    assert one.why is Why.CHALLENGE
    assert one.title.startswith("Nordskolen: ")
    assert one.said == "Real challenge. Det er nyt."
    assert (one.about.assessment, one.about.unit) == (made.pk, made.unit_id)


def test_a_chiefs_proposal_follows_its_item(released, chief):
    judged(chief)
    director = the_director()
    first, second = (a_meeting(director, ahead=ahead) for ahead in (7, 14))
    own = meetings.add_item(first.pk, "Andet", by=director)

    meetings.approve_agenda(first.pk, on=[own.key], off=[RESULT], by=director)

    assert AgendaItem.objects.get().step == "declined"
    assert RESULT not in {one.key for one in proposals_for(second)}


def test_what_a_meeting_has_had_is_not_proposed_again(released, chief):
    judged(chief)
    director = the_director()
    first, second = (a_meeting(director, ahead=ahead) for ahead in (7, 14))

    meetings.approve_agenda(first.pk, on=[RESULT], by=director)

    assert AgendaItem.objects.get().step == "accepted"
    assert RESULT not in {one.key for one in proposals_for(second)}


def test_a_result_waits_for_its_assessment_for_a_month_before_the_director_is_asked(
    released,
):
    director = the_director()
    soon, later = (a_meeting(director, ahead=ahead) for ahead in (7, 40))

    assert not [one for one in proposals_for(soon) if one.is_result]
    waits = [one for one in proposals_for(later) if one.is_result]
    assert {one.why for one in waits} == {Why.WAITS}
    assert waits[0].title.startswith("Sydskolen")
    assert "999003" not in " ".join(one.key for one in waits)


def test_what_is_assessed_waits_no_more(released, chief):
    judged(chief)
    later = a_meeting(the_director(), ahead=40)

    assert {one.key: one.why for one in proposals_for(later)}[RESULT] is Why.CHALLENGE


def test_a_chief_meets_with_the_leaders_about_what_stands_out_there(released, chief):
    found = proposed_to(chief)

    assert {one for one in found if one.startswith("result")} == {
        RESULT,
        "result 999002 school-absence",
    }
    moved, outside = (found[f"result 99900{n} school-absence"] for n in (2, 1))
    assert "usually swings" in moved.said
    assert "chance explains" in outside.said
    assert outside.said.endswith(
        "It is about 400 children, and one of 6 that stand out among 6 results."
    )
    assert moved.strength > outside.strength


def test_a_chiefs_newest_words_count(released, chief):
    judged(chief, "challenge")
    a_release(a_signal())
    judged(chief, "improvement", sentence="Nu går det bedre.")

    one = proposed_to(chief)[RESULT]

    assert (one.why, one.said) == (
        Why.IMPROVEMENT,
        "Real improvement. Nu går det bedre.",
    )


def test_a_leader_team_meets_about_its_own_unit(released, leader):
    found = proposed_to(leader)

    assert [one for one in found if one.startswith("result")] == [RESULT]


def test_the_committee_meets_about_its_goals_and_no_unit(released):
    an_adopted_goal()

    found = proposed_to(holder_of(Role.COMMITTEE, TOWN))

    assert set(found) == {"result 999 high-absence"}
    one = found["result 999 high-absence"]
    assert one.why is Why.SIGNAL
    assert one.about.goal == Goal.objects.get().pk
    assert not one.title.startswith("Fjordby")


def test_without_a_release_there_is_no_result(chief):
    assert proposed_to(chief) == {}


@pytest.mark.parametrize(
    ("by_period", "comes"),
    [("2026/27", True), ("2027/28", False), ("2025/26", False), ("", False)],
)
def test_a_goal_comes_in_the_year_before_it_is_to_be_reached(by_period, comes):
    goal = a_goal(id=7, by_period=by_period, sentence="Alle har en ven.")
    town, day = unit_at(TOWN), date(2026, 12, 3)

    found = {
        one.key: one for one in results_for(Body.DIRECTORS, town, town, [goal], day)
    }

    assert ("goal 7" in found) is comes
    if comes:
        one = found["goal 7"]
        assert (one.why, one.title) == (Why.DEADLINE, "Alle har en ven.")
        assert "2026/27" in one.said


def test_a_further_result_counts_for_the_goal_it_serves(chief):
    goal = an_adopted_goal()
    a_release(a_signal())

    assert proposed_to(chief)[RESULT].about.goal == goal.pk


def test_five_results_at_most(chief):
    a_release(*(a_signal(code) for code in ("999001", "999002")))
    director = the_director()

    found = list(proposals_for(a_meeting(director, ahead=60)))

    assert len([one for one in found if one.is_result]) == 2


# Questions, concerns, deviations, promises --------------------------------------------


def test_a_question_comes_to_the_director_and_to_the_goals_owner(chief):
    an_adopted_goal()
    key = f"question {a_question().pk}"
    other = holder_of(Role.CHIEF_DAYCARE, DAYCARE)

    assert proposed_to(the_director())[key].why is Why.ASKED
    assert proposed_to(chief)[key].why is Why.ASKED
    assert key not in proposed_to(other)


def test_an_answer_comes_to_the_committee_and_goes_from_the_others(chief):
    an_adopted_goal()
    asked = a_question()
    key = f"question {asked.pk}"
    committee = holder_of(Role.COMMITTEE, TOWN)
    assert key not in proposed_to(committee)

    questions.answer(asked.pk, "Sådan.", by=chief)

    assert proposed_to(committee, ahead=8)[key].why is Why.ANSWERED
    assert key not in proposed_to(the_director())


def test_an_overdue_answer_comes_to_the_committee_too():
    an_adopted_goal()
    key = f"question {a_question().pk}"
    committee = holder_of(Role.COMMITTEE, TOWN)

    with standing_at(now() + timedelta(days=40)):
        assert proposed_to(committee)[key].why is Why.OVERDUE
        assert proposed_to(the_director())[key].why is Why.OVERDUE


def test_a_long_question_is_cut_to_a_line():
    an_adopted_goal()
    made = a_question("Hvorfor? " * 100)

    one = proposed_to(the_director())[f"question {made.pk}"]

    assert len(one.title) <= 390
    assert one.title.endswith("…")


def test_a_concern_comes_to_the_post_it_waits_for_without_its_words(chief, leader):
    made = concerns.write("Vi mangler to lærere.", by=leader)
    key = f"concern {made.pk}"

    one = proposed_to(chief)[key]

    assert one.why is Why.CONCERN
    assert one.title.endswith("leader, Nordskolen")
    assert "lærere" not in f"{one.title} {one.said}"
    assert key not in proposed_to(the_director())
    with standing_at(now() + timedelta(days=40)):
        assert proposed_to(chief)[key].why is Why.OVERDUE


def test_a_deviation_that_ends_soon_comes_to_those_above(chief):
    goal = an_adopted_goal()
    made = a_deviation(goal, NORDSKOLEN, days=30)
    key = f"deviation {made.pk}"

    assert proposed_to(chief)[key].said.startswith("Nordskolen.")
    assert key in proposed_to(the_director())
    assert key not in proposed_to(holder_of(Role.COMMITTEE, TOWN))


def test_the_committee_is_told_of_the_municipalitys_own_deviations_alone():
    goal = an_adopted_goal()
    own, late = a_deviation(goal, TOWN, days=30), a_deviation(goal, TOWN, days=300)

    found = proposed_to(holder_of(Role.COMMITTEE, TOWN))

    assert f"deviation {own.pk}" in found
    assert f"deviation {late.pk}" not in found


def a_deviation(goal, path, *, days):
    """A target in words that may be missed for so many days."""
    words = {"reached": "Ja", "on_the_way": "På vej", "not_yet": "Nej"}
    target = Target.objects.create(
        goal=goal,
        unit=unit_at(path),
        kind="words",
        by_period=f"20{30 + days // 100}",
        valid_from=today(),
        **words,
    )
    return Deviation.objects.create(
        target=target,
        post=post_at(TOWN, Role.DIRECTOR),
        reason="Vi mangler folk.",
        valid_from=today(),
        valid_to=today() + timedelta(days=days),
    )


def test_promises_past_their_day_are_counted_without_their_words(chief, leader):
    made = taken(chief, leader, to=leader)
    assert "commitments" not in proposed_to(chief)

    with standing_at(now() + timedelta(days=30)):
        one = proposed_to(chief)["commitments"]

    assert one.title.startswith("1 commitment between those who meet")
    assert made.words not in f"{one.title} {one.said}"


def test_a_goal_that_nobody_owns_comes_to_the_director_and_the_committee(chief):
    goal = an_adopted_goal()
    Ownership.objects.all().end(today())
    key = f"goal {goal.pk}"

    assert proposed_to(the_director())[key].why is Why.OWNERLESS
    assert key in proposed_to(holder_of(Role.COMMITTEE, TOWN))
    assert key not in proposed_to(chief)


# The chair's choice -------------------------------------------------------------------


def test_a_chair_chooses_among_what_is_on_what_is_new_and_what_was_taken_off():
    goal, director = an_adopted_goal(), the_director()
    asked = a_question()
    made = a_meeting(director)
    own = meetings.add_item(made.pk, "Andet", by=director)
    key = f"question {asked.pk}"
    meetings.approve_agenda(made.pk, on=[key], off=[own.key], by=director)
    Ownership.objects.all().end(today())

    lines = choices_for(made.pk)

    assert [(line[0], line[-1]) for line in lines] == [
        (key, True),
        (f"goal {goal.pk}", True),
        (own.key, False),
    ]
    assert MeetingItem.objects.count() == 2


def test_what_it_costs_to_propose(released, chief, django_assert_max_num_queries):
    an_adopted_goal()
    a_question()
    judged(chief)
    made = a_meeting(the_director(), ahead=40)

    with django_assert_max_num_queries(18):
        assert proposals_for(made)


def test_a_private_school_is_nobodys(chief):
    a_release(a_result(), a_signal("999003"))

    assert proposed_to(the_director(), ahead=40) == {}
