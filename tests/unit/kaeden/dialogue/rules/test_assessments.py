import itertools

import pytest

from kaeden.access.rules import GRANTS, Permission
from kaeden.dialogue.rules.assessments import (
    JUDGEMENT_NAMES,
    NEXT,
    SECTORS,
    AgendaStep,
    Judgement,
    may_move,
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

    assert set(SECTORS) == assess
    assert set(SECTORS.values()) == {sector.value for sector in Sector}
