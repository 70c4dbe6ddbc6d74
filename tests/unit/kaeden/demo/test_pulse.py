"""A year of the pulse: enough answers to be read, and none from the visitors."""

from datetime import date

import pytest

from kaeden.demo.actions import VISITED
from kaeden.demo.pulse import _quarter_began
from kaeden.demo.scene import scene_of
from kaeden.dialogue.models import PulseAnswer, PulseRound, PulseTicket
from kaeden.dialogue.queries.pulse import invitation
from kaeden.dialogue.queries.pulse_results import results
from kaeden.dialogue.rules.pulse import TimeLevel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


@pytest.fixture
def director(told):
    return scene_of(told, 1).voices["direktoer"]


def test_four_rounds_are_closed_and_one_is_open(told):
    rounds = PulseRound.objects.order_by("opened_on")

    assert [one.quarter for one in rounds] == [
        *("2025-4", "2026-1", "2026-2", "2026-3"),
        "2026-4",
    ]
    assert [one.closed_on is None for one in rounds] == [False] * 4 + [True]


def test_every_level_has_enough_answers_to_be_read(director):
    found = results(director)

    assert 0.8 < found.answered / found.asked < 0.95
    assert len(found.levels) >= 4
    assert all(side.mean for level in found.levels[2:] for side in level.led)


def test_time_on_professional_leadership_can_be_followed(director):
    series = {one.level: one for one in results(director).time}

    assert len(series[TimeLevel.LEADERS].points) == 4
    assert all(point.share for point in series[TimeLevel.LEADERS].points)


def test_the_visitors_can_still_answer(told):
    voices = scene_of(told, 1).voices
    asked = {key: invitation(voices[key]) for key in VISITED}
    tickets = PulseTicket.objects.filter(round__closed_on=None).count()

    assert {key for key, one in asked.items() if one and one.has_answered} == set()
    assert asked["skolechef"].time is TimeLevel.TOP
    assert asked["analytiker"] is None
    assert 40 < tickets < 100


def test_an_answer_leads_to_nobody():
    columns = {field.name for field in PulseAnswer._meta.get_fields()}

    assert columns == {"id", "round", "side", "about", "level", "scores"}


@pytest.mark.parametrize(
    ("today", "before", "began"),
    [
        (date(2026, 11, 24), 0, date(2026, 10, 1)),
        (date(2027, 1, 1), 1, date(2026, 10, 1)),
        (date(2027, 2, 28), 4, date(2026, 1, 1)),
    ],
)
def test_quarters_are_counted_back_over_the_new_year(today, before, began):
    assert _quarter_began(today, before=before) == began
