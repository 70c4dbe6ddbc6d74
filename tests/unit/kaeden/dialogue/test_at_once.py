"""Two people press at once: nobody's words are lost, and the second is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from kaeden.access.rules import Role
from kaeden.dialogue.actions import (
    commitments,
    expectations,
    hypotheses,
    meetings,
    minutes,
    questions,
    shared,
    visits,
)
from kaeden.dialogue.actions.assessments import assess
from kaeden.dialogue.actions.hypotheses import Claim
from kaeden.dialogue.actions.lifted import share
from kaeden.dialogue.models import (
    Assessment,
    Commitment,
    Decision,
    Expectation,
    Hypothesis,
    Meeting,
    MeetingItem,
    Minute,
    Part,
    PulseAnswer,
    PulseTicket,
    Question,
    Visit,
    WhatWeDid,
)
from kaeden.dialogue.rules.assessments import LEADER_FIRST, Words
from kaeden.dialogue.rules.expectations import Way
from kaeden.publication.queries import get_figure
from kaeden.shared.clock import now, standing_at, today
from kaeden.shared.errors import Refused
from tests.builders.dialogue import (
    a_question,
    a_team,
    an_adopted_goal,
    an_open_pulse,
    answered,
    holder_of,
    taken,
    up_from,
)
from tests.builders.figures import a_release, a_result, a_signal
from tests.builders.meetings import a_decision, a_meeting, agreed, item_of, minuted
from tests.builders.places import NORDSKOLEN, SCHOOLS, SYDSKOLEN, a_country
from tests.builders.together import a_community, a_visit, agreed_together, unit_at

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _places(own_database):
    a_country()


@pytest.fixture
def chief():
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader():
    return holder_of(Role.LEADER, NORDSKOLEN)


def at_once(*verbs):
    """Let each verb run in a thread of its own; return how many were refused."""
    ready = Barrier(len(verbs))

    def run(verb):
        ready.wait()
        try:
            verb()
        except Refused:
            return 1
        finally:
            connection.close()
        return 0

    with ThreadPoolExecutor(len(verbs)) as threads:
        return sum(threads.map(run, verbs))


def test_of_two_ends_that_write_the_first_words_one_is_told(chief, leader):
    link = up_from(leader).id

    def write(by, words):
        return lambda: expectations.propose(link, Way.DOWN, words, after=0, by=by)

    assert at_once(write(chief, "Chefens"), write(leader, "Lederens")) == 1
    assert Expectation.objects.count() == 1


def test_ten_who_answer_the_pulse_at_once_are_all_counted_once(leader):
    an_open_pulse()
    team = a_team(NORDSKOLEN, 10)

    refused = at_once(
        *(
            lambda one=one, n=n: answered(one, n % 5 + 1, 1, 1, 1)
            for n, one in enumerate(team)
        )
    )

    scores = [one.scores["clear"] for one in PulseAnswer.objects.all()]
    assert (refused, sorted(scores)) == (0, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    assert PulseTicket.objects.count() == 10


def test_who_presses_twice_at_once_has_answered_once(leader):
    an_open_pulse()
    (one,) = a_team(NORDSKOLEN, 1)

    assert at_once(*[lambda: answered(one, 3, 3, 3, 3)] * 3) == 2
    assert (PulseAnswer.objects.count(), PulseTicket.objects.count()) == (1, 1)


def test_a_commitment_is_kept_or_given_up_and_never_both(chief, leader):
    made = taken(chief, leader, to=leader)

    refused = at_once(
        lambda: commitments.keep(made.pk, by=leader),
        lambda: commitments.give_up(made.pk, "Nej", by=chief),
    )

    assert refused == 1
    assert Commitment.objects.get().step in {"kept", "broken"}


def test_of_two_who_renegotiate_one_is_told(chief, leader):
    made = taken(chief, leader, to=leader)

    def other(by):
        return lambda: commitments.renegotiate(made.pk, "Andet", due=made.due, by=by)

    assert at_once(other(chief), other(leader)) == 1
    assert Commitment.objects.filter(follows=made).count() == 1


def test_a_question_has_one_answer(chief):
    an_adopted_goal()
    made = a_question()

    refused = at_once(
        *[lambda: questions.answer(made.pk, "Sådan.", by=chief)] * 2,
    )

    assert (refused, Question.objects.get().answer) == (1, "Sådan.")


def test_two_in_one_post_who_assess_at_once_lose_no_words(chief):
    made = a_release(a_signal())
    figure = get_figure(made.pk, unit_at(NORDSKOLEN), "school-absence")

    def write(sentence):
        words = Words(judgement="chance", sentence=sentence, next_step="Vent.")
        return lambda: assess(figure, words, release_id=made.pk, by=chief)

    assert at_once(write("Den ene"), write("Den anden")) == 1
    assert Assessment.objects.get().number == 1


def test_leader_and_chief_who_assess_at_once_both_keep_theirs(chief, leader):
    with standing_at(now() - LEADER_FIRST):
        made = a_release(a_signal())
    figure = get_figure(made.pk, unit_at(NORDSKOLEN), "school-absence")
    words = Words(judgement="chance", sentence="Et år.", next_step="Vent.")

    refused = at_once(
        lambda: assess(figure, words, release_id=made.pk, by=chief),
        lambda: assess(figure, words, release_id=made.pk, by=leader),
    )

    assert refused == 0
    assert {one.post.role for one in Assessment.objects.all()} == {
        "chief_schools",
        "leader",
    }


def test_a_member_who_answers_twice_at_once_has_one_part(leader):
    holder_of(Role.LEADER, SYDSKOLEN)
    made = agreed_together(a_community(NORDSKOLEN, SYDSKOLEN), leader)
    other = holder_of(Role.LEADER, SYDSKOLEN)

    refused = at_once(
        lambda: shared.accept(made.pk, by=other),
        lambda: shared.decline(made.pk, by=other),
        lambda: shared.accept(made.pk, by=other),
    )

    assert refused == 2
    assert Part.objects.filter(post_id=other.post_id).count() == 1


def test_a_visit_that_is_planned_and_called_off_at_once_is_one_of_the_two(leader):
    host = holder_of(Role.LEADER, SYDSKOLEN)
    made = a_visit(leader, SYDSKOLEN)

    refused = at_once(
        lambda: visits.plan(made.pk, day=today(), by=host),
        lambda: visits.call_off(made.pk, by=leader),
    )

    step = Visit.objects.get().step
    assert (refused, step) in {(1, "planned"), (1, "called_off"), (0, "called_off")}


def test_of_two_who_ask_for_the_same_visit_at_once_one_is_told(leader):
    holder_of(Role.LEADER, SYDSKOLEN)

    assert at_once(*[lambda: a_visit(leader, SYDSKOLEN)] * 2) == 1
    assert Visit.objects.count() == 1


def test_of_two_who_minute_the_same_item_one_is_told_and_nothing_is_lost(chief, leader):
    meeting = agreed(chief)
    item = item_of(meeting).pk

    def write(by, words):
        return lambda: minutes.write(meeting.pk, item, words, after=0, by=by)

    assert at_once(write(chief, "Chefens"), write(leader, "Lederens")) == 1
    assert Minute.objects.get().words in {"Chefens", "Lederens"}


def test_minutes_are_written_or_approved_and_never_changed_after(chief, leader):
    meeting = agreed(chief)
    item = item_of(meeting).pk

    at_once(
        lambda: minutes.write(meeting.pk, item, "Lederens", after=0, by=leader),
        lambda: minutes.approve(meeting.pk, by=chief),
    )

    meeting.refresh_from_db()
    assert meeting.stage == "minuted"
    assert Minute.objects.count() <= 1


def test_the_same_decision_is_minuted_once(chief):
    meeting = agreed(chief)

    assert at_once(*[lambda: a_decision(meeting, chief)] * 3) == 2
    assert Decision.objects.count() == 1


def test_a_decision_is_done_or_carried_on_and_never_both(chief):
    made = minuted(chief)
    later = made.due + timedelta(days=9)

    refused = at_once(
        lambda: minutes.finish(made.pk, "Gjort", by=chief),
        lambda: minutes.carry_on(made.pk, "Fordi", due=later, by=chief),
    )

    made.refresh_from_db()
    assert refused in {0, 1}
    assert made.fate == "done" or made.due == later


def test_an_agenda_is_approved_by_two_windows_without_a_thing_standing_twice(chief):
    meeting = a_meeting(chief)
    own = meetings.add_item(meeting.pk, "Et punkt", by=chief)

    at_once(
        *[lambda: meetings.approve_agenda(meeting.pk, on=[own.key], by=chief)] * 3,
        lambda: meetings.add_item(meeting.pk, "Et andet", by=chief),
    )

    assert MeetingItem.objects.count() == 2


def test_a_post_calls_one_meeting_a_day(chief):
    assert at_once(*[lambda: a_meeting(chief)] * 3) == 2
    assert Meeting.objects.count() == 1


def test_a_claim_is_closed_once_and_says_what_one_of_the_two_has_learnt(leader):
    made = a_release(a_result())
    figure = get_figure(made.pk, unit_at(NORDSKOLEN), "school-absence")
    claim = Claim(words="Flere.", expected="falls", by_period="2026/27")
    one = hypotheses.write(figure, claim, release_id=made.pk, by=leader)

    refused = at_once(
        lambda: hypotheses.close(one.pk, "Det ene.", by=leader),
        lambda: hypotheses.close(one.pk, "Det andet.", by=leader),
    )

    assert refused == 1
    assert Hypothesis.objects.get().learnt in {"Det ene.", "Det andet."}


def test_of_two_in_one_post_who_tell_what_was_done_one_is_told(leader):
    better = {"slope": -0.3, "slope_se": 0.05, "preliminary": False, "direction": -1}
    made = a_release(a_result(**better))
    figure = get_figure(made.pk, unit_at(NORDSKOLEN), "school-absence")

    refused = at_once(
        lambda: share(figure, "Det ene.", by=leader),
        lambda: share(figure, "Det andet.", by=leader),
    )

    assert (refused, WhatWeDid.objects.filter(ended_on=None).count()) == (1, 1)
