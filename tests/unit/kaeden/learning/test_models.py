"""A row says of itself what and when, and nobody's words."""

from datetime import date

import pytest

from kaeden.learning.models import (
    Adoption,
    CompetenceNote,
    PracticeDecision,
    WrittenPractice,
)

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (WrittenPractice(post_id=7, title="Læseklub", written_on=DAY), "7: 2026-11-24"),
        (Adoption(practice="co-teaching", started=DAY), "co-teaching: 2026-11-24"),
        (
            PracticeDecision(practice="co-teaching", choice="stop", reason="Dyrt"),
            "co-teaching: stop",
        ),
        (
            CompetenceNote(competence="co-teaching", have=2, wanted=6, plan="Kursus"),
            "co-teaching: 2 of 6",
        ),
    ],
)
def test_a_row_names_itself_without_words(row, said):
    assert str(row) == said
