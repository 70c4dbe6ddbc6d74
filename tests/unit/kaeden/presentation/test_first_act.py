"""How soon signals are acted on, in words."""

from datetime import date

import pytest

from kaeden.dialogue.queries.first_act import ReleaseActs
from kaeden.dialogue.rules.first_act import FirstAct, Level
from kaeden.organisation.models import Unit
from kaeden.presentation.first_act import build

pytestmark = pytest.mark.usefixtures("english")
TOWN = Unit(path="dk/999", code="999", kind="municipality", name="Fjordby")
SOON = FirstAct(signals=4, acted=3, half_within=9)
LATER = FirstAct(signals=1, acted=1, half_within=1)


def acts(leader, chief, month=11):
    levels = {Level.LEADER: leader, Level.CHIEF: chief}
    return ReleaseActs(released=date(2026, month, 1), levels=levels)


def test_the_newest_is_told_with_the_time_before():
    view = build(TOWN, [acts(SOON, None), acts(LATER, None, 5)])

    (words,) = view.sentences
    assert words == (
        "The institution leaders: 3 of 4 signals have had a first act, half of them "
        "within 9 days. The time before: 1 of 1 signal has had a first act, half of "
        "them within 1 day."
    )
    assert [row.cells[1] for row in view.rows] == ["Fewer than 3 units"] * 2


def test_while_fewer_than_half_have_acted_no_days_are_told():
    slow = FirstAct(signals=4, acted=1, half_within=None)

    (words,) = build(TOWN, [acts(None, slow)]).sentences

    assert words == "The chiefs: 1 of 4 signals have had a first act."


def test_where_nothing_can_be_told_there_are_no_sentences():
    assert build(TOWN, []).sentences == ()
    assert build(TOWN, [acts(None, None)]).sentences == ()
