import itertools
from datetime import date, timedelta

import pytest

from kaeden.access.rules import GRANTS, Permission, Role
from kaeden.dialogue.rules.assessments import (
    JUDGEMENT_NAMES,
    NEXT,
    SECTORS,
    AgendaStep,
    Judgement,
    may_move,
    opening,
)
from kaeden.goals.indicators import Sector

TAKEN = {
    (AgendaStep.PROPOSED, AgendaStep.ACCEPTED),
    (AgendaStep.PROPOSED, AgendaStep.DECLINED),
}


@pytest.mark.parametrize(("now", "to"), list(itertools.product(AgendaStep, AgendaStep)))
def test_an_item_is_decided_once_and_refusals_say_why(now, to):
    verdict = may_move(now=now, to=to)

    assert bool(verdict) is ((now, to) in TAKEN)
    assert bool(verdict) or "has been decided" in str(verdict.why_not)


def test_every_step_stands_in_the_map():
    assert set(NEXT) == set(AgendaStep)


def test_there_are_four_judgements_and_each_has_a_name():
    assert set(JUDGEMENT_NAMES) == {one.value for one in Judgement}
    assert len(set(map(str, JUDGEMENT_NAMES.values()))) == 4


def test_whoever_assesses_has_a_sector_and_every_sector_has_its_chief():
    assess = {role for role, can in GRANTS.items() if Permission.ASSESS_RESULT in can}

    assert set(SECTORS) | {Role.LEADER} == assess
    assert set(SECTORS.values()) == {sector.value for sector in Sector}


@pytest.mark.parametrize(
    ("days", "is_led", "has_written", "is_open"),
    [
        (0, True, False, False),
        (13, True, False, False),
        (14, True, False, True),
        (0, True, True, True),
        (0, False, False, True),
    ],
)
def test_who_is_above_the_leader_waits_for_the_words_or_two_weeks(
    days, is_led, has_written, is_open
):
    released = date(2026, 11, 24)
    on = released + timedelta(days=days)

    found = opening(released=released, on=on, is_led=is_led, has_written=has_written)

    assert (found.is_open, found.day) == (is_open, date(2026, 12, 8))
    assert bool(found.verdict) is is_open
