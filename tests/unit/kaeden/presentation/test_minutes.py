import pytest

from kaeden.conditions.rules.time_robbers import MINUTES_NOW
from kaeden.presentation.minutes import CHIPS, a_week, minutes, takes


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 minutter"),
        (1, "1 minut"),
        (119, "119 minutter"),
        (120, "2 timer"),
        (150, "2,5 timer"),
        (-135, "−2 timer"),
        (2460, "41 timer"),
    ],
)
def test_minutes_are_said_as_people_say_them(count, words):
    assert minutes(count) == words


def test_they_are_those_of_a_week():
    assert a_week(45) == "45 minutter om ugen"


def test_every_answer_has_its_words():
    assert set(CHIPS) == set(MINUTES_NOW)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (5, "Tager ca. 5 sekunder."),
        (60, "Tager ca. 1 minut."),
        (90, "Tager ca. 2 minutter."),
        (600, "Tager ca. 10 minutter."),
    ],
)
def test_a_form_says_what_it_takes(seconds, words):
    assert takes(seconds, is_estimate=False) == words


def test_an_estimate_says_that_it_is_one():
    assert takes(20, is_estimate=True) == "Tager ca. 20 sekunder (anslået)."
