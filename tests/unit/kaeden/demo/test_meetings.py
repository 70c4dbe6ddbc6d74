"""Fjordby's year of meetings: what came up, what was decided, what waits."""

from collections import Counter
from datetime import timedelta

import pytest

from kaeden.demo.meetings import year
from kaeden.dialogue.models import Decision, Delay, Meeting, MeetingItem, Minute
from kaeden.dialogue.queries.proposals import choices_for
from tests.builders.fjordby import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


def test_every_body_has_met_and_the_directors_once_a_month():
    held = Counter(
        Meeting.objects.filter(day__lte=TODAY).values_list("body", flat=True)
    )

    assert set(held) == {"committee", "directors", "chiefs", "team"}
    assert held["directors"] == 12
    assert held["committee"] == 4
    assert Meeting.objects.count() == len(year().meetings)


def test_nobody_meets_on_a_saturday_or_a_sunday():
    days = {one.weekday() for one in Meeting.objects.values_list("day", flat=True)}

    assert days <= set(range(5))


def test_one_agenda_waits_for_the_director():
    (waits,) = Meeting.objects.filter(stage="called")

    assert waits.post.key == "direktoer"
    assert TODAY < waits.day <= TODAY + timedelta(days=14)
    assert len(choices_for(waits.pk)) > 3


def test_the_minutes_of_every_meeting_that_was_are_approved():
    was = Meeting.objects.filter(day__lte=TODAY)

    assert set(was.values_list("stage", flat=True)) == {"minuted"}
    assert Minute.objects.filter(is_correction=True).count() == 1
    assert Minute.objects.count() > 20


def test_what_was_decided_is_done_carried_on_or_still_open():
    fates = Counter(Decision.objects.values_list("fate", flat=True))

    assert fates["done"] > 10
    assert fates["open"] > 3
    assert Delay.objects.count() == 3
    assert Decision.objects.filter(fate="open", due__lt=TODAY).exists()


def test_everything_in_the_file_was_said():
    said = sum(len(one.said) for one in year().meetings)

    assert Minute.objects.filter(is_correction=False).count() == said


def test_the_committees_agenda_holds_no_unit_below_the_municipality():
    items = MeetingItem.objects.filter(meeting__body="committee", unit__isnull=False)

    assert set(items.values_list("unit__kind", flat=True)) <= {"municipality"}


def test_a_question_was_on_an_agenda_and_its_answer_came_back():
    whys = set(
        MeetingItem.objects.filter(question__isnull=False, is_on=True).values_list(
            "meeting__body", "why"
        )
    )

    assert ("directors", "asked") in whys
    assert ("committee", "answered") in whys
