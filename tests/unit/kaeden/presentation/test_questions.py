from datetime import date

import pytest
from django.utils import translation

from kaeden.dialogue.queries.questions import AskedQuestion
from kaeden.dialogue.rules.questions import State, Verb, may_act
from kaeden.presentation.charts.marks import Tone
from kaeden.presentation.questions import view, views


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def asked(state=State.OPEN, *, is_theirs=False, **facts):
    known = {
        "id": 7,
        "municipality": "999",
        "goal": "in-school-every-day",
        "sentence": "Alle børn er i skole.",
        "words": "Hvad gør I?",
        "asked_by": "Children and youth committee",
        "asked_on": date(2026, 11, 1),
        "answer_by": date(2026, 11, 29),
        "state": state,
        "answer": "",
        "answered_by": "",
        "answered_on": None,
        "owner": "Chief of schools",
        "is_overdue": False,
        "is_sent_down": False,
        "age": 3,
        "verdicts": {verb: may_act(verb, state, is_theirs=is_theirs) for verb in Verb},
    }
    return AskedQuestion(**(known | facts))


ANSWERED = {
    "state": State.ANSWERED,
    "answer": "Sådan.",
    "answered_by": "Chief of schools",
    "answered_on": date(2026, 11, 20),
}


@pytest.mark.parametrize(
    ("facts", "state", "tone"),
    [
        (
            {},
            "Waits for Chief of schools, by Nov. 29, 2026. Has waited for 3 days.",
            Tone.UNSURE,
        ),
        (
            {"owner": ""},
            "Waits for nobody, by Nov. 29, 2026. Has waited for 3 days.",
            Tone.UNSURE,
        ),
        (
            {"is_overdue": True},
            (
                "Waits for Chief of schools; it was to be answered by Nov. 29, 2026. "
                "Has waited for 3 days."
            ),
            Tone.BAD,
        ),
        (ANSWERED, "Chief of schools answered Nov. 20, 2026", Tone.GOOD),
        ({"state": State.WITHDRAWN}, "Taken back", Tone.UNSURE),
    ],
)
def test_it_is_said_who_it_waits_for_or_who_has_answered(facts, state, tone):
    seen = view(asked(**facts))

    assert (seen.state, seen.tone) == (state, tone)
    assert seen.asked == "Children and youth committee asked Nov. 1, 2026"


def test_a_question_leads_to_its_page_and_its_goal():
    (seen,) = views([asked(is_theirs=True)])

    assert seen.href == "/spoergsmaal/7/"
    assert seen.goal_href == "/kommune/999/maal/in-school-every-day/"
    assert (seen.may_answer, seen.may_withdraw) == (True, True)
    assert not view(asked()).may_answer
