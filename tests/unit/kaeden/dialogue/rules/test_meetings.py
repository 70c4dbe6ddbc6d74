"""Who reads what of a meeting, and who does what, as truth tables."""

from datetime import date, timedelta
from itertools import product

import pytest

from kaeden.access.rules import GRANTS, Permission, Role
from kaeden.dialogue.rules.meetings import (
    ASKED,
    BODY_OF,
    LATEST,
    SEES_MEETING,
    Body,
    Reader,
    Stage,
    is_a_fair_day,
    may_correct,
    may_lead,
    may_write,
    reader_of,
    sees_agenda,
)

DAY = date(2026, 12, 3)
CALLED, AGREED, MINUTED, CANCELLED = Stage
CHAIR, PARTICIPANT, ABOVE, OTHER = Reader
ALL = list(product(Stage, Reader))


def test_who_may_hold_meetings_has_a_body_and_nobody_else():
    may = {role for role in Role if Permission.HOLD_MEETING in GRANTS[role]}

    assert may == set(BODY_OF)
    assert set(BODY_OF.values()) == set(Body)


def test_staff_outside_the_chain_are_asked_to_no_meeting():
    assert ASKED.isdisjoint({Role.ANALYST, Role.DATA_PROTECTION, Role.SYSTEM})


@pytest.mark.parametrize(
    ("leads", "takes_part", "is_above", "reader"),
    [
        (True, True, True, CHAIR),
        (True, False, False, CHAIR),
        (False, True, True, PARTICIPANT),
        (False, False, True, ABOVE),
        (False, False, False, OTHER),
    ],
)
def test_who_somebody_is_to_a_meeting(leads, takes_part, is_above, reader):
    found = reader_of(leads=leads, takes_part=takes_part, is_above=is_above)

    assert found is reader


def test_who_is_told_of_a_meeting():
    told = {one for one in ALL if one[1] in SEES_MEETING[one[0]]}

    assert told == {(s, r) for s in Stage for r in (CHAIR, PARTICIPANT)} | {
        (MINUTED, ABOVE)
    }


def test_who_reads_the_agenda():
    assert {one for one in ALL if sees_agenda(*one)} == {
        (CALLED, CHAIR),
        (AGREED, CHAIR),
        (AGREED, PARTICIPANT),
        (MINUTED, CHAIR),
        (MINUTED, PARTICIPANT),
        (MINUTED, ABOVE),
    }


def test_who_leads_what():
    led = {
        (to, now, reader)
        for to, (now, reader) in product(Stage, ALL)
        if may_lead(to, now, reader=reader)
    }

    assert led == {
        (AGREED, CALLED, CHAIR),
        (CANCELLED, CALLED, CHAIR),
        (AGREED, AGREED, CHAIR),
        (MINUTED, AGREED, CHAIR),
        (CANCELLED, AGREED, CHAIR),
    }


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_who_writes_minutes_and_when(days):
    on = DAY + timedelta(days=days)
    found = {one for one in ALL if may_write(one[0], DAY, reader=one[1], on=on)}

    wanted = {(AGREED, CHAIR), (AGREED, PARTICIPANT)} if days >= 0 else set()
    assert found == wanted


def test_who_corrects_minutes():
    assert {one for one in ALL if may_correct(one[0], reader=one[1])} == {
        (MINUTED, CHAIR),
        (MINUTED, PARTICIPANT),
    }


@pytest.mark.parametrize(
    ("day", "is_fair"),
    [
        (DAY - timedelta(days=1), False),
        (DAY, True),
        (DAY + LATEST, True),
        (DAY + LATEST + timedelta(days=1), False),
    ],
)
def test_for_which_days_a_meeting_can_be_called(day, is_fair):
    assert is_a_fair_day(day, called_on=DAY) is is_fair
