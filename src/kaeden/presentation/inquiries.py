"""What is asked further down on a question, in the words of whoever it is for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.dialogue.queries.inquiries import SeenInquiry
from kaeden.dialogue.rules.inquiries import State
from kaeden.presentation.charts.marks import Tone
from kaeden.presentation.concerns import by_day, waited


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryView:
    """An inquiry with its answer, ready to be read."""

    who: str
    words: str
    answer: str
    state: str
    tone: Tone
    may_answer: bool


def views(found: Iterable[SeenInquiry]) -> tuple[InquiryView, ...]:
    """Return inquiries as they are read, in their order."""
    return tuple(_view(one) for one in found)


def _view(one: SeenInquiry) -> InquiryView:
    asked = _("%(sender)s asks %(to)s") % {"sender": one.sender, "to": one.to}
    return InquiryView(
        who=asked,
        words=one.words,
        answer=one.answer,
        state=_state(one),
        tone=_tone(one),
        may_answer=one.is_to_me and bool(one.verdict),
    )


def _state(one: SeenInquiry) -> str:
    if one.answered_on:
        said = {"who": one.to, "day": date_format(one.answered_on)}
        return _("%(who)s answered %(day)s") % said
    if one.state is State.OVERTAKEN:
        return str(one.verdict.why_not)
    return f"{waited(one.age)} {by_day(one.answer_by, is_overdue=one.is_overdue)}"


def _tone(one: SeenInquiry) -> Tone:
    if one.state is State.OVERTAKEN:
        return Tone.NEUTRAL
    if one.answered_on:
        return Tone.GOOD
    return Tone.BAD if one.is_overdue else Tone.UNSURE
