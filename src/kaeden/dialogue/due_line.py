"""What waits for posts along the line and in meetings, for the week's e-mail."""

from collections.abc import Iterator
from datetime import date

from kaeden.dialogue.models import Concern, Decision, Inquiry, Meeting
from kaeden.dialogue.rules.decisions import Fate
from kaeden.dialogue.rules.meetings import Stage
from kaeden.shared.due import WITHIN, Due, DueKind


def due(day: date) -> Iterator[Due]:
    """Give what is to be answered, done and minuted (4 queries)."""
    concerns = Concern.objects.filter(answered_on=None, withdrawn_on=None)
    for post in concerns.values_list("at_id", flat=True):
        yield Due(DueKind.CONCERN_TO_ANSWER, post)
    inquiries = Inquiry.objects.filter(answered_on=None, question__withdrawn_on=None)
    for post in inquiries.values_list("to_id", flat=True):
        yield Due(DueKind.INQUIRY_TO_ANSWER, post)
    decided = Decision.objects.filter(fate=Fate.OPEN.value, due__lt=day + WITHIN)
    for post in decided.values_list("owner_id", flat=True):
        yield Due(DueKind.DECISION_DUE, post)
    yield from _meetings(day)


def _meetings(day: date) -> Iterator[Due]:
    """Give the agendas to approve this week, and the minutes that are late (1 query)."""
    stages = [Stage.CALLED.value, Stage.AGREED.value]
    found = Meeting.objects.filter(stage__in=stages, day__lt=day + WITHIN)
    for post, stage, on in found.values_list("post_id", "stage", "day"):
        if stage == Stage.CALLED.value:
            yield Due(DueKind.AGENDA_TO_APPROVE, post)
        elif on < day:
            yield Due(DueKind.MINUTES_TO_APPROVE, post)
