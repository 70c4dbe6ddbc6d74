"""Questions on goals, in the words of whoever reads."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.dialogue.queries.questions import AskedQuestion
from kaeden.dialogue.rules.questions import State, Verb
from kaeden.presentation.charts.marks import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question with its answer, ready to be read."""

    id: int
    words: str
    asked: str
    state: str
    tone: Tone
    answer: str
    goal: str
    goal_href: str
    href: str
    may_answer: bool
    may_withdraw: bool


def views(found: Iterable[AskedQuestion]) -> tuple[QuestionView, ...]:
    """Return questions as they are read, in their order."""
    return tuple(view(one) for one in found)


def view(one: AskedQuestion) -> QuestionView:
    """Return one question as it is read."""
    return QuestionView(
        id=one.id,
        words=one.words,
        asked=_("%(who)s asked %(day)s")
        % {"who": one.asked_by, "day": date_format(one.asked_on)},
        state=_state(one),
        tone=_tone(one),
        answer=one.answer,
        goal=one.sentence,
        goal_href=reverse("web:goal", args=[one.municipality, one.goal]),
        href=reverse("web:question", args=[one.id]),
        may_answer=bool(one.verdicts[Verb.ANSWER]),
        may_withdraw=bool(one.verdicts[Verb.WITHDRAW]),
    )


def _state(one: AskedQuestion) -> str:
    if one.answered_on:
        return _("%(who)s answered %(day)s") % {
            "who": one.answered_by,
            "day": date_format(one.answered_on),
        }
    if one.state is State.WITHDRAWN:
        return _("Taken back")
    said = {"who": one.owner or _("nobody"), "day": date_format(one.answer_by)}
    if one.is_overdue:
        return _("Waits for %(who)s; it was to be answered by %(day)s") % said
    return _("Waits for %(who)s, by %(day)s") % said


def _tone(one: AskedQuestion) -> Tone:
    if one.answered_on:
        return Tone.GOOD
    return Tone.BAD if one.is_overdue else Tone.UNSURE
