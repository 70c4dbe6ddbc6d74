"""What waits for posts in tests of change, for the week's e-mail; never any words.

It goes to those who take part alone, so it tells nobody else that something is tried.
"""

from collections.abc import Iterator
from datetime import date

from kaeden.learning.models import TestPart
from kaeden.learning.queries.underway import Underway, underway
from kaeden.shared.due import Due, DueKind


def due(day: date) -> Iterator[Due]:
    """Give what waits for those who try something (2 queries)."""
    for one in underway(day):
        kind = _kind(one, day)
        if kind:
            yield Due(kind, one.post_id)
    asked = TestPart.objects.filter(joined_on=None, left_on=None)
    for post in asked.values_list("post_id", flat=True):
        yield Due(DueKind.TEST_TO_JOIN, post)


def _kind(one: Underway, day: date) -> DueKind | None:
    if one.is_undecided(day):
        return DueKind.TEST_TO_DECIDE
    return DueKind.TEST_TO_COUNT if one.is_quiet(day) else None
