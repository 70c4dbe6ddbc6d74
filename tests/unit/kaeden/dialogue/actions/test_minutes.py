from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions import meetings, minutes
from kaeden.dialogue.errors import NoSuchDecision, NoSuchMeeting, OthersWereQuicker
from kaeden.dialogue.models import Decision, Delay, Meeting, Minute
from kaeden.dialogue.queries.agenda import get_decision
from kaeden.dialogue.queries.proposals import proposals_for
from kaeden.shared.clock import now, standing_at, today
from kaeden.shared.errors import BadInput, Refused
from tests.builders.dialogue import holder_of
from tests.builders.meetings import (
    a_decision,
    a_meeting,
    agreed,
    item_of,
    minuted,
    the_director,
)
from tests.builders.places import NORDSKOLEN, SCHOOLS, SYDSKOLEN, a_country

pytestmark = pytest.mark.django_db
WORDS = "Vi talte om det."


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def chief():
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader():
    return holder_of(Role.LEADER, NORDSKOLEN)


@pytest.fixture
def meeting(chief, leader):
    return agreed(chief)


def write(meeting, by, words=WORDS, after=0):
    return minutes.write(meeting.pk, item_of(meeting).pk, words, after=after, by=by)


def test_who_takes_part_writes_what_was_said(meeting, leader):
    made = write(meeting, leader, f"  {WORDS} ")

    assert (made.words, made.number, made.is_correction) == (WORDS, 1, False)
    assert made.post_id == leader.post_id
    assert str(made) == "1. own fraværet i udskolingen (1)"


def test_every_version_stays(meeting, chief, leader):
    write(meeting, leader)
    write(meeting, chief, "Andet", after=1)

    assert list(Minute.objects.values_list("number", "words")) == [
        (1, WORDS),
        (2, "Andet"),
    ]


def test_who_has_not_read_the_newest_is_told_and_nothing_is_lost(
    meeting, chief, leader
):
    write(meeting, leader)

    with pytest.raises(OthersWereQuicker, match="Read that first"):
        write(meeting, chief, "Mine ord")

    assert Minute.objects.get().words == WORDS


@pytest.mark.parametrize("words", ["", "x" * 2001, "Barnet 010112-1234 kom."])
def test_words_that_cannot_be_kept_are_refused(meeting, leader, words):
    with pytest.raises(BadInput):
        write(meeting, leader, words)

    assert not Minute.objects.exists()


def test_minutes_wait_for_the_day_and_for_the_agenda(chief):
    ahead = agreed(chief, ahead=5)
    with pytest.raises(Refused, match="from the day of the meeting"):
        write(ahead, chief)

    called = a_meeting(chief, ahead=0)
    own = meetings.add_item(called.pk, "Et punkt", by=chief)
    with pytest.raises(Refused, match="not been approved yet"):
        minutes.write(called.pk, own.pk, WORDS, after=0, by=chief)


def test_for_others_there_is_no_such_meeting_or_item(meeting, leader):
    other = holder_of(Role.CHIEF_DAYCARE, "dk/999/daycare")

    with pytest.raises(NoSuchMeeting):
        write(meeting, other)
    with pytest.raises(NoSuchMeeting, match="no such item"):
        minutes.write(meeting.pk, 10**9, WORDS, after=0, by=leader)


def test_approved_minutes_stay_as_they_were(meeting, chief, leader):
    write(meeting, leader)
    minutes.approve(meeting.pk, by=chief)

    for verb in (
        lambda: write(meeting, leader, "Nyt", after=1),
        lambda: a_decision(meeting, chief),
        lambda: minutes.approve(meeting.pk, by=chief),
        lambda: meetings.move(meeting.pk, None, by=chief),
    ):
        with pytest.raises(Refused, match="stay as they are"):
            verb()
    assert Meeting.objects.get().minuted_on == today()


def test_a_correction_stands_beside_what_was_written(meeting, chief, leader):
    with pytest.raises(Refused, match="not been approved yet"):
        minutes.correct(meeting.pk, item_of(meeting).pk, "Rettet", by=leader)
    write(meeting, leader)
    minutes.approve(meeting.pk, by=chief)

    made = minutes.correct(meeting.pk, item_of(meeting).pk, "Rettet", by=leader)

    assert (made.number, made.is_correction) == (2, True)
    assert Minute.objects.filter(is_correction=False).get().words == WORDS


def test_an_item_that_nobody_wrote_about_can_be_corrected_too(meeting, chief):
    minutes.approve(meeting.pk, by=chief)

    made = minutes.correct(meeting.pk, item_of(meeting).pk, "Rettet", by=chief)

    assert made.number == 1


def test_the_chair_alone_approves_and_not_before_the_day(meeting, chief, leader):
    with pytest.raises(Refused, match="The post that leads it"):
        minutes.approve(meeting.pk, by=leader)
    ahead = agreed(chief, ahead=5)
    with pytest.raises(Refused, match="from the day of the meeting"):
        minutes.approve(ahead.pk, by=chief)


# Decisions ----------------------------------------------------------------------------


def test_a_decision_has_its_owner_and_its_day(meeting, chief, leader):
    made = a_decision(meeting, chief, owner=leader)

    assert made.owner_id == leader.post_id
    assert (made.made_on, made.due) == (today(), today() + timedelta(days=14))
    assert str(made) == f"{made.item_id}: {made.due} (open)"
    assert Event.objects.filter(kind=Event.Kind.DECISION_MADE).count() == 1


def test_a_decision_is_for_one_of_those_who_meet(meeting, chief):
    other = the_director()

    with pytest.raises(BadInput, match="one of those who meet"):
        a_decision(meeting, chief, owner=other)


@pytest.mark.parametrize("due", [-1, 800])
def test_a_decision_is_for_a_day_from_the_meeting_on(meeting, chief, due):
    with pytest.raises(BadInput, match="Choose a day from that of the meeting"):
        a_decision(meeting, chief, due=due)


def test_a_decision_is_minuted_once(meeting, chief):
    first = a_decision(meeting, chief)

    with pytest.raises(Refused, match="minuted already"):
        a_decision(meeting, chief)
    minutes.strike(first.pk, by=chief)
    assert a_decision(meeting, chief).pk != first.pk


def test_what_is_struck_stays_and_is_shown_to_nobody(meeting, chief):
    made = a_decision(meeting, chief)
    minutes.strike(made.pk, by=chief)

    assert Decision.objects.get().fate == "struck"
    with pytest.raises(NoSuchDecision):
        get_decision(chief, made.pk)


def test_a_decision_is_not_struck_from_approved_minutes(chief):
    made = minuted(chief)

    with pytest.raises(Refused, match="stay as they are"):
        minutes.strike(made.pk, by=chief)


def test_its_owner_marks_it_as_done(chief, leader):
    made = minuted(chief, owner=leader)

    minutes.finish(made.pk, "Ni skoler ringer.", by=leader)

    made.refresh_from_db()
    assert (made.fate, made.outcome) == ("done", "Ni skoler ringer.")
    for verb in (
        lambda: minutes.finish(made.pk, "Igen", by=leader),
        lambda: minutes.carry_on(made.pk, "Igen", due=today(), by=leader),
    ):
        with pytest.raises(Refused, match="has been done"):
            verb()


def test_others_do_not(chief, leader):
    made = minuted(chief, owner=leader)

    with pytest.raises(Refused, match="owns the decision"):
        minutes.finish(made.pk, "Gjort", by=chief)
    with pytest.raises(NoSuchDecision):
        minutes.finish(
            made.pk, "Gjort", by=holder_of(Role.LEADER, "dk/998/schools/998001")
        )


def test_it_is_settled_when_the_minutes_are_approved(meeting, chief):
    made = a_decision(meeting, chief)

    with pytest.raises(Refused, match="not been approved yet"):
        minutes.finish(made.pk, "Gjort", by=chief)


def test_its_owner_carries_it_on_with_a_reason(chief):
    made = minuted(chief)
    later = made.due + timedelta(days=10)

    minutes.carry_on(made.pk, "Det tager tid.", due=later, by=chief)

    made.refresh_from_db()
    delay = Delay.objects.get()
    assert (made.fate, made.due) == ("open", later)
    assert (delay.reason, delay.due) == ("Det tager tid.", later)
    assert str(delay) == f"{made.pk}: {delay.was_due} → {later}"


@pytest.mark.parametrize("days", [0, -3, 900])
def test_it_is_carried_on_to_a_later_day(chief, days):
    made = minuted(chief)

    with pytest.raises(BadInput, match="Choose a later day"):
        minutes.carry_on(
            made.pk, "Fordi", due=made.due + timedelta(days=days), by=chief
        )


def test_of_two_who_settle_from_the_same_reading_one_is_told(chief):
    made = minuted(chief)
    Decision.objects.filter(pk=made.pk).update(fate="done", settled_on=today())

    with pytest.raises(OthersWereQuicker, match="Read it again"):
        minutes._settle(made.pk, fate="done")


def test_it_comes_up_at_every_meeting_until_it_is_done(chief):
    made = minuted(chief)
    first, second = (a_meeting(chief, ahead=ahead) for ahead in (7, 30))
    key = f"decision {made.pk}"
    meetings.approve_agenda(first.pk, on=[key], by=chief)

    assert key in {one.key for one in proposals_for(second)}
    minutes.finish(made.pk, "Gjort", by=chief)
    assert key not in {one.key for one in proposals_for(second)}


def test_a_decision_past_its_day_says_so(chief):
    made = minuted(chief)

    with standing_at(now() + timedelta(days=30)):
        (one,) = proposals_for(a_meeting(chief))

    assert "it was due" in one.said
    assert one.about.decision == made.pk


def test_the_database_keeps_what_must_hold(chief):
    made = minuted(chief)

    for change, name in (
        (lambda: Decision.objects.update(words=""), "has_its_words"),
        (lambda: Decision.objects.update(fate="done"), "has_its_day"),
        (lambda: Minute.objects.update(words=""), "a_minute_has_its_words"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            change()
    assert made.fate == "open"


def test_another_leader_takes_part_too(meeting):
    other = holder_of(Role.LEADER, SYDSKOLEN)

    assert write(meeting, other).post_id == other.post_id
