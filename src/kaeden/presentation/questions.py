"""Questions on goals, in the words of whoever reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.dialogue.queries.questions import AskedQuestion
from kaeden.dialogue.queries.whereabouts import Whereabouts
from kaeden.dialogue.rules.meetings import Body
from kaeden.dialogue.rules.questions import State, Verb
from kaeden.presentation.charts.marks import Tone
from kaeden.presentation.concerns import waited


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
    may_send_down: bool
    may_withdraw: bool
    where: str = ""


COMES_UP: Mapping[tuple[Body, bool], str | Promise] = {
    (Body.DIRECTORS, True): gettext_lazy("On the directors' meeting %(day)s."),
    (Body.DIRECTORS, False): gettext_lazy(
        "Comes up at the directors' meeting %(day)s."
    ),
    (Body.CHIEFS, True): gettext_lazy("On a chief's meeting %(day)s."),
    (Body.TEAM, True): gettext_lazy("On a leader team's meeting %(day)s."),
}


def views(
    found: Iterable[AskedQuestion], where: Mapping[int, Whereabouts] | None = None
) -> tuple[QuestionView, ...]:
    """Return questions as they are read, in their order; `where` they are by id."""
    known = where or {}
    return tuple(view(one, known.get(one.id)) for one in found)


def view(one: AskedQuestion, where: Whereabouts | None = None) -> QuestionView:
    """Return one question as it is read, and the meeting it comes up at."""
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
        may_send_down=bool(one.verdicts[Verb.SEND_DOWN]),
        may_withdraw=bool(one.verdicts[Verb.WITHDRAW]),
        where=_comes_up(where) if where else "",
    )


def _comes_up(where: Whereabouts) -> str:
    words = COMES_UP[where.body, where.is_on]
    return str(words) % {"day": date_format(where.day)}


def _state(one: AskedQuestion) -> str:
    if one.answered_on:
        return _("%(who)s answered %(day)s") % {
            "who": one.answered_by,
            "day": date_format(one.answered_on),
        }
    if one.state is State.WITHDRAWN:
        return _("Taken back")
    said = {"who": one.owner or _("nobody"), "day": date_format(one.answer_by)}
    waited_for = waited(one.age)
    if one.is_sent_down:
        below = _("On its way: sent further down the chain.")
        waited_for = f"{waited_for} {below}"
    return f"{_waits(one) % said}. {waited_for}"


def _waits(one: AskedQuestion) -> str:
    if one.is_overdue:
        return _("Waits for %(who)s; it was to be answered by %(day)s")
    return _("Waits for %(who)s, by %(day)s")


def _tone(one: AskedQuestion) -> Tone:
    if one.answered_on:
        return Tone.GOOD
    return Tone.BAD if one.is_overdue else Tone.UNSURE
