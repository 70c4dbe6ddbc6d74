"""What waits for posts in the conditions for leading, for the week's e-mail."""

from collections.abc import Iterator
from datetime import date

from kaeden.conditions.models import SupportNeed, TimeRobber
from kaeden.conditions.rules.support import Step
from kaeden.shared.due import Due, DueKind


def due(_day: date) -> Iterator[Due]:
    """Give the time robbers to decide on, and the needs to answer (2 queries).

    A need for anybody who can help waits for nobody by name.
    """
    robbers = TimeRobber.objects.filter(decision="", merged_into=None)
    for post in robbers.values_list("decider_id", flat=True):
        yield Due(DueKind.TIME_ROBBER_TO_DECIDE, post)
    needs = SupportNeed.objects.filter(step=Step.ASKED.value, offer__isnull=False)
    for post in needs.values_list("offer__post_id", flat=True):
        yield Due(DueKind.NEED_TO_ANSWER, post)
