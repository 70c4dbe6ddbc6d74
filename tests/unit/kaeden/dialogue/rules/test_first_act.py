"""How long it takes from a signal to the first act on it."""

import pytest

from kaeden.access.rules import Role
from kaeden.dialogue.rules.assessments import SECTORS
from kaeden.dialogue.rules.first_act import (
    LEVEL_OF,
    FirstAct,
    Level,
    Waited,
    first_act,
)


def waited(*days):
    return [Waited(unit=unit, days=one) for unit, one in enumerate(days)]


@pytest.mark.parametrize(
    ("days", "acted", "half"),
    [
        ((3, 9, 20), 3, 9),
        ((3, 9, 20, 30), 4, 9),
        ((3, 9, None), 2, 9),
        ((3, None, None), 1, None),
        ((3, 9, None, None), 2, 9),
        ((None, None, None), 0, None),
        ((0, 0, 0), 3, 0),
    ],
)
def test_half_of_all_signals_are_waited_for_not_half_of_those_acted_on(
    days, acted, half
):
    assert first_act(waited(*days)) == FirstAct(
        signals=len(days), acted=acted, half_within=half
    )


def test_of_fewer_than_three_units_nothing_is_told():
    assert first_act(waited(3, 9)) is None
    assert first_act([Waited(unit=1, days=3)] * 9) is None
    assert first_act([]) is None


def test_leaders_and_chiefs_are_the_levels_that_act():
    chiefs = {role.value: Level.CHIEF for role in SECTORS}

    assert chiefs | {Role.LEADER.value: Level.LEADER} == LEVEL_OF
