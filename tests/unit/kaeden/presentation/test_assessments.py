"""What is judged of results, and what the numbers did since, in words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kaeden.access.rules import Role
from kaeden.dialogue.queries.afterwards import CameAfter
from kaeden.dialogue.queries.assessments import WrittenAssessment
from kaeden.dialogue.rules.afterwards import Fate, Record, Went
from kaeden.dialogue.rules.assessments import Judgement
from kaeden.presentation import assessments as page
from kaeden.publication.since import Moved
from tests.builders.figures import a_figure

pytestmark = pytest.mark.usefixtures("english")
ONE = WrittenAssessment(
    id=1,
    unit=7,
    unit_code="999001",
    unit_name="Nordskolen",
    indicator="school-absence",
    period="2024/25",
    said=Judgement.IMPROVEMENT,
    judgement="Real improvement",
    sentence="Det er bedre.",
    next_step="Bliv ved.",
    post="Chief of schools",
    is_demo=False,
    made_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    is_leaders=False,
    release=1,
)


def after(went, moved):
    return CameAfter(
        judged=a_figure(value=7.1),
        newest=a_figure(value=6.4, period="2025/26"),
        moved=moved,
        went=went,
        fate=Fate.STANDS,
    )


@pytest.mark.parametrize(
    ("went", "moved", "told"),
    [
        (Went.BETTER, Moved.BEYOND_CHANCE, "better, and more than chance"),
        (Went.WORSE, Moved.BEYOND_CHANCE, "worse, and more than chance"),
        (Went.MOVED, Moved.BEYOND_CHANCE, "more than chance usually gives"),
        (Went.NOWHERE, Moved.WITHIN_CHANCE, "still within chance"),
        (Went.UNKNOWN, Moved.UNKNOWN, "whether it is chance cannot be said"),
        (Went.UNKNOWN, Moved.MADE_ANEW, "made in another way"),
    ],
)
def test_what_came_after_is_told_as_two_numbers_and_how_far_it_holds(went, moved, told):
    (view,) = page.judged([ONE], {1: after(went, moved)})

    assert view.since.startswith("Since then: 7.1%")
    assert "6.4%" in view.since
    assert f"in 2025/26, {told}" in view.since


def test_the_leaders_words_come_first_and_older_releases_last():
    leaders = replace(ONE, id=2, is_leaders=True)
    old = replace(ONE, id=3, release=0)

    found = page.beside([ONE, leaders, old], {}, 1)

    assert [view.one.id for view in found.now] == [2, 1]
    assert [(view.one.id, view.since) for view in found.before] == [(3, "")]


def test_a_judgement_is_a_mark_on_the_curve_without_its_sentence():
    (mark,) = page.marks([ONE])

    assert (str(mark.at), mark.words) == (
        "2026-03-01",
        "Chief of schools judged: Real improvement",
    )


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (Record(judged=0, stood=0), ""),
        (Record(judged=9, stood=7), "7 still stand."),
        (Record(judged=1, stood=1), "Of your 1 judgement with a later number, 1"),
    ],
)
def test_a_record_is_told_when_there_is_one(record, told):
    assert told in page.record_words(record)
    assert bool(page.record_words(record)) is bool(told)


def test_whoever_writes_is_told_what_happens_now():
    assert "proposed to the director" in page.thanks(Role.CHIEF_SCHOOLS)
    assert "those above you" in page.thanks(Role.LEADER)
