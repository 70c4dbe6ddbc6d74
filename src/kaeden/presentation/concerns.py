"""A concern with the way it has gone, in the words of a post that it has passed."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.dialogue.queries.concerns import About, SeenConcern
from kaeden.dialogue.rules.concerns import State, Verb
from kaeden.presentation.charts.marks import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """A step of the way, and what was added there."""

    says: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernView:
    """A concern, ready to be read."""

    id: int
    words: str
    written: str
    about: str
    about_href: str
    stages: tuple[StageView, ...]
    state: str
    tone: Tone
    answer: str
    href: str
    may_answer: bool
    may_carry: bool
    may_withdraw: bool


def view(one: SeenConcern) -> ConcernView:
    """Return one concern as it is read."""
    return ConcernView(
        id=one.id,
        words=one.words,
        written=_("%(who)s wrote %(day)s")
        % {"who": one.written_by, "day": date_format(one.written_on)},
        about=one.about.words if one.about else "",
        about_href=href_of(one.about) if one.about else "",
        stages=tuple(_stages(one)),
        state=_state(one),
        tone=_tone(one),
        answer=one.answer,
        href=reverse("web:concern", args=[one.id]),
        may_answer=bool(one.verdicts[Verb.ANSWER]),
        may_carry=bool(one.verdicts[Verb.CARRY]),
        may_withdraw=bool(one.verdicts[Verb.WITHDRAW]),
    )


def href_of(about: About) -> str:
    """Return where the goal or the result stands."""
    if about.goal:
        return reverse("web:goal", args=[about.municipality, about.goal])
    return reverse("web:result", kwargs={"code": about.unit, "name": about.indicator})


def waited(days: int) -> str:
    """Return for how long something has waited."""
    if not days:
        return _("Written today.")
    words = ngettext(
        "Has waited for %(days)d day.", "Has waited for %(days)d days.", days
    )
    return words % {"days": days}


def by_day(due: date, *, is_overdue: bool) -> str:
    """Return by when an answer is to be there, or was."""
    words = (
        _("Was to be answered by %(day)s.") if is_overdue else _("Answer by %(day)s.")
    )
    return words % {"day": date_format(due)}


def _stages(one: SeenConcern) -> list[StageView]:
    carried = _("%(day)s: %(sender)s carried it further up to %(to)s")
    written = _("%(day)s: %(sender)s wrote to %(to)s")
    return [
        StageView(
            says=(carried if stage.words else written)
            % {"day": date_format(stage.on), "sender": stage.sender, "to": stage.to},
            words=stage.words,
        )
        for stage in one.stages
    ]


def _state(one: SeenConcern) -> str:
    if one.answered_on:
        words = ngettext(
            "%(who)s answered %(day)s, after %(days)d day",
            "%(who)s answered %(day)s, after %(days)d days",
            one.age,
        )
        said = {"who": one.at, "day": date_format(one.answered_on), "days": one.age}
        return words % said
    if one.state is State.WITHDRAWN:
        return _("Taken back")
    if one.is_stranded:
        return _(
            "%(post)s is no more, so nobody has it. Whoever wrote it takes it back, and "
            "writes to the post that is above now."
        ) % {"post": one.at}
    due = by_day(one.answer_by, is_overdue=one.is_overdue)
    where = _("It is with %(post)s.") % {"post": one.at}
    return f"{where} {due} {waited(one.age)}"


def _tone(one: SeenConcern) -> Tone:
    if one.answered_on:
        return Tone.GOOD
    return Tone.BAD if one.is_overdue or one.is_stranded else Tone.UNSURE
