from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import Actor, Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions import concerns
from kaeden.dialogue.actions.concerns import answer, carry, withdraw, write
from kaeden.dialogue.errors import NoSuchConcern, OthersWereQuicker
from kaeden.dialogue.models import Concern, Passage
from kaeden.dialogue.queries.concerns import get_concern, subjects_of
from kaeden.dialogue.rules.concerns import Subject
from kaeden.organisation.models import Holding, Link
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Refused
from tests.builders.dialogue import (
    a_concern,
    a_team,
    an_adopted_goal,
    holder_of,
    the_line,
)
from tests.builders.places import NORDSKOLEN, SYDSKOLEN, TOWN, a_country

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def line():
    return the_line()


def test_a_concern_goes_to_the_post_above_with_three_weeks_to_answer(line):
    leader, chief, _director = line

    made = write("  Vi mangler en rådgiver.  ", by=leader)

    assert (made.words, made.post_id, made.at_id) == (
        *("Vi mangler en rådgiver.", leader.post_id, chief.post_id),
    )
    assert made.answer_by == today() + timedelta(weeks=3)
    assert str(made).endswith(f"{today()} – {made.answer_by}")
    (step,) = Passage.objects.all()
    assert (step.sender_id, step.to_id, step.words, step.number) == (
        *(leader.post_id, chief.post_id, "", 1),
    )
    assert str(step) == f"{made.pk}.1: {leader.post_id} → {chief.post_id}"


def test_the_post_above_answers_and_the_words_stay(line):
    leader, chief, _director = line
    made = a_concern(leader)

    answer(made.pk, " Fra uge 40. ", by=chief)

    made.refresh_from_db()
    assert (made.answer, made.answered_on) == ("Fra uge 40.", today())
    assert (made.answered_by_id, made.written_by_id) == (chief.post_id, chief.user_id)


def test_it_is_carried_further_up_with_words_added_and_the_day_stays(line):
    leader, chief, director = line
    (team,) = a_team(NORDSKOLEN, 1)
    made = a_concern(team)

    carry(made.pk, "Det gælder tre klasser.", by=leader)
    carry(made.pk, "Det gælder fire skoler.", by=chief)

    seen = get_concern(director, made.pk)
    assert seen.words == made.words
    assert [stage.words for stage in seen.stages] == [
        *("", "Det gælder tre klasser.", "Det gælder fire skoler."),
    ]
    assert seen.waits_for_me
    assert seen.answer_by == made.answer_by
    answer(made.pk, "Fra januar.", by=director)
    for passed in (team, leader, chief, director):
        assert get_concern(passed, made.pk).answer == "Fra januar."


def test_it_never_reaches_the_committee(line):
    leader, chief, director = line
    holder_of(Role.COMMITTEE, TOWN)
    made = a_concern(leader)
    carry(made.pk, "Jeg kan ikke.", by=chief)

    with pytest.raises(Refused, match="Nobody above"):
        carry(made.pk, "Jeg kan heller ikke.", by=director)
    with pytest.raises(Refused, match="Nobody above"):
        a_concern(director)


def test_it_passes_by_a_vacant_post(line):
    leader, chief, director = line
    Holding.objects.filter(post_id=chief.post_id).end(today())

    assert a_concern(leader).at_id == director.post_id


def test_posts_that_lead_each_other_in_a_circle_end_nowhere(line):
    leader, chief, director = line
    Holding.objects.exclude(post_id=leader.post_id).end(today())
    Link.objects.filter(lower_id=director.post_id).update(upper_id=chief.post_id)

    with pytest.raises(Refused, match="Nobody above"):
        a_concern(leader)


def test_who_holds_no_post_writes_to_nobody():
    with pytest.raises(Refused, match="Nobody above"):
        write("Hjælp", by=Actor(user_id=1))


@pytest.mark.parametrize("days", [0, 366])
def test_a_day_that_is_not_within_a_year_is_refused(line, days):
    with pytest.raises(BadInput, match="Choose a day"):
        a_concern(line[0], answer_by=today() + timedelta(days=days))


@pytest.mark.parametrize("words", ["  ", "x" * 1001, "010101-1234 har det svært"])
def test_words_that_cannot_be_kept_are_refused_whole(line, words):
    leader, chief, _director = line
    made = a_concern(leader)

    for verb in (
        lambda: write(words, by=leader),
        lambda: carry(made.pk, words, by=chief),
        lambda: answer(made.pk, words, by=chief),
    ):
        with pytest.raises(BadInput):
            verb()
    assert Concern.objects.get().at_id == chief.post_id
    assert Passage.objects.count() == 1


def test_it_is_about_a_goal_or_nothing_but_never_what_the_post_cannot_write_of(line):
    leader = line[0]
    goal = an_adopted_goal()
    ((subject, about),) = subjects_of(leader)

    made = a_concern(leader, subject=subject)

    assert (made.goal, subject) == (goal, Subject(goal=goal.pk))
    assert about.goal == goal.key
    with pytest.raises(BadInput, match="from the list"):
        a_concern(leader, "Andet", subject=Subject(goal=goal.pk + 1))


def test_the_same_is_not_written_twice_while_it_waits(line):
    leader, chief, _director = line
    made = a_concern(leader)

    with pytest.raises(Refused, match="written already"):
        a_concern(leader)
    answer(made.pk, "Sådan.", by=chief)
    assert a_concern(leader)


def test_only_the_post_that_has_it_acts_and_those_beside_know_nothing(line):
    leader, chief, director = line
    made = a_concern(leader)

    for verb in (answer, carry):
        with pytest.raises(Refused, match="waits for"):
            verb(made.pk, "Nå", by=leader)
    with pytest.raises(Refused, match="Only the post that wrote"):
        withdraw(made.pk, by=chief)
    for outside in (director, holder_of(Role.LEADER, SYDSKOLEN)):
        for verb in (answer, carry):
            with pytest.raises(NoSuchConcern):
                verb(made.pk, "Nå", by=outside)


def test_who_has_carried_it_no_longer_answers(line):
    leader, chief, _director = line
    made = a_concern(leader)
    carry(made.pk, "Over til dig.", by=chief)

    with pytest.raises(Refused, match="waits for"):
        answer(made.pk, "Alligevel.", by=chief)


def test_who_wrote_it_takes_it_back_and_then_it_is_closed(line):
    leader, chief, _director = line
    made = a_concern(leader)

    withdraw(made.pk, by=leader)

    made.refresh_from_db()
    assert made.withdrawn_on == today()
    with pytest.raises(Refused, match="taken back"):
        answer(made.pk, "For sent", by=chief)


def test_an_answered_concern_is_closed(line):
    leader, chief, _director = line
    made = a_concern(leader)
    answer(made.pk, "Sådan.", by=chief)

    with pytest.raises(Refused, match="has been answered"):
        withdraw(made.pk, by=leader)


def test_who_comes_second_is_told(line, monkeypatch):
    leader, chief, _director = line
    made = a_concern(leader)
    before = get_concern(chief, made.pk)
    answer(made.pk, "Sådan.", by=chief)
    monkeypatch.setattr(concerns, "get_concern", lambda _by, _pk: before)

    with pytest.raises(OthersWereQuicker):
        answer(made.pk, "Også", by=chief)


def test_each_verb_leaves_its_row(line):
    leader, chief, director = line
    made = a_concern(leader)
    carry(made.pk, "Op.", by=chief)
    answer(made.pk, "Ned.", by=director)
    withdraw(a_concern(leader, "Andet").pk, by=leader)

    kinds = Event.objects.filter(about__startswith="dialogue.concern")
    assert [one.kind for one in kinds.order_by("pk")] == [
        *("concern_written", "concern_carried", "concern_answered"),
        *("concern_written", "concern_withdrawn"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ""},
        {"answer": "Ja"},
        {"indicator": "school-absence"},
        {"answered_on": today()},
    ],
)
def test_the_database_holds_it_whole(line, wrong):
    a_concern(line[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.update(**wrong)


def test_who_carries_it_cannot_add_nothing(line):
    a_concern(line[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.update(number=2)
