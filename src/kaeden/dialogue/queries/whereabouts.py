"""Where a question is on its way through the meetings; each has its cost."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from kaeden.dialogue.models import Meeting, MeetingItem
from kaeden.dialogue.models.meetings import REACHED
from kaeden.dialogue.rules.meetings import Body, Stage
from kaeden.organisation.models import Unit
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """The meeting that a question is on, or comes up at; nothing of what is said there."""

    body: Body
    day: date
    is_on: bool


def of_questions(town: Unit, questions: Collection[int]) -> Mapping[int, Whereabouts]:
    """Return where open questions of a municipality are (at most 2 queries).

    On the agenda of the newest meeting that has it; else, if it is proposed by itself,
    the directors' next meeting.
    """
    if not questions:
        return {}
    rows = MeetingItem.objects.filter(
        question_id__in=questions, is_on=True, meeting__stage__in=REACHED
    ).exclude(meeting__body=Body.COMMITTEE.value)
    found = {
        question: Whereabouts(body=Body(body), day=day, is_on=True)
        for question, body, day in rows.order_by("meeting__day", "pk").values_list(
            "question_id", "meeting__body", "meeting__day"
        )
    }
    if len(found) == len(questions):
        return found
    coming = _next_of_directors(town)
    rest = {one: coming for one in questions if coming and one not in found}
    return found | rest


def _next_of_directors(town: Unit) -> Whereabouts | None:
    planned = Meeting.objects.filter(
        unit=town,
        body=Body.DIRECTORS.value,
        stage=Stage.CALLED.value,
        day__gte=today(),
    ).order_by("day")
    day = planned.values_list("day", flat=True).first()
    return Whereabouts(body=Body.DIRECTORS, day=day, is_on=False) if day else None
