"""A row says of itself when and where, and nobody's words."""

from datetime import date

import pytest

from kaeden.conditions.models import (
    PresenceNote,
    PresencePlan,
    SupportNeed,
    SupportOffer,
)

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (SupportOffer(post_id=7, what="Hjælp", begun_on=DAY), "7: 2026-11-24"),
        (
            SupportNeed(asked_by_id=7, words="Hjælp", step="asked", answer_by=DAY),
            "7 (asked, 2026-11-24)",
        ),
        (PresencePlan(month=DAY), "2026-11-24"),
        (PresenceNote(day=DAY), "2026-11-24"),
    ],
)
def test_a_row_names_itself_without_words(row, said):
    assert str(row) == said
