"""What a chief can say of a result, and who reads it.

A number says nothing by itself. A chief judges it in one of four ways, in a sentence,
with a next step; a silence is never turned into a verdict.
"""

from datetime import date, timedelta
from itertools import product

from django.utils import translation

from kaeden.access.rules import Actor, Permission, Role, may
from kaeden.dialogue.rules.assessments import (
    JUDGEMENT_NAMES,
    LONGEST_QUEUE,
    AgendaStep,
    may_move,
    opening,
)

TOWN = "dk/999"
SCHOOL, OTHER_SCHOOL = f"{TOWN}/schools/999001", f"{TOWN}/schools/999002"
POSTS = {
    "director": (Role.DIRECTOR, TOWN),
    "chief of schools": (Role.CHIEF_SCHOOLS, f"{TOWN}/schools"),
    "chief of day care": (Role.CHIEF_DAYCARE, f"{TOWN}/daycare"),
    "leader of the school": (Role.LEADER, SCHOOL),
    "leader of the next school": (Role.LEADER, OTHER_SCHOOL),
    "committee": (Role.COMMITTEE, TOWN),
    "director of the next municipality": (Role.DIRECTOR, "dk/998"),
}


def can(permission, *, at):
    return {
        name
        for name, post in POSTS.items()
        if may(Actor(role=post[0], path=post[1]), permission, at=at)
    }


def test_the_four_judgements():
    with translation.override("en"):
        assert [str(name) for name in JUDGEMENT_NAMES.values()] == [
            "Chance variation",
            "Real improvement",
            "Real challenge",
            "Too uncertain to say",
        ]


def test_who_judges_a_schools_result():
    assert can(Permission.ASSESS_RESULT, at=SCHOOL) == {
        "chief of schools",
        "leader of the school",
    }


def test_the_leader_judges_first_and_has_two_weeks():
    released = date(2026, 11, 24)
    waits = {
        days: not opening(
            released=released,
            on=released + timedelta(days=days),
            is_led=True,
            has_written=False,
        ).is_open
        for days in (0, 13, 14)
    }

    assert waits == {0: True, 13: True, 14: False}


def test_who_reads_what_is_written_about_a_school():
    assert can(Permission.READ_ASSESSMENT, at=SCHOOL) == {
        "director",
        "chief of schools",
        "leader of the school",
    }


def test_who_decides_what_comes_on_the_agenda():
    assert can(Permission.DECIDE_AGENDA, at=TOWN) == {"director"}


def test_an_item_is_decided_once():
    steps = [(a.value, b.value) for a, b in product(AgendaStep, AgendaStep)]
    taken = [(a, b) for a, b in steps if may_move(now=AgendaStep(a), to=AgendaStep(b))]

    assert taken == [("proposed", "accepted"), ("proposed", "declined")]


def test_nobody_is_asked_about_more_than_seven_results_at_a_time():
    assert LONGEST_QUEUE == 7
