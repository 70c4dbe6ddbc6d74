"""What goes up and down at a linking pin, with how long each thing has waited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from kaeden.dialogue.queries.waiting import Kind, Side, Waiting
from kaeden.presentation.charts.marks import Tone
from kaeden.presentation.concerns import by_day, waited

KINDS: Mapping[Kind, str | Promise] = {
    Kind.CONCERN: gettext_lazy("Concern"),
    Kind.QUESTION: gettext_lazy("Question on a goal"),
    Kind.INQUIRY: gettext_lazy("Question sent on"),
    Kind.COMMITMENT: gettext_lazy("Proposed commitment"),
}
ROUTES: Mapping[Kind, str] = {
    Kind.CONCERN: "web:concern",
    Kind.QUESTION: "web:question",
    Kind.INQUIRY: "web:question",
    Kind.COMMITMENT: "web:commitment",
}
TITLES: Mapping[Side, str | Promise] = {
    Side.FROM_BELOW: gettext_lazy("From below, waits for you"),
    Side.FROM_ABOVE: gettext_lazy("From above, waits for you"),
    Side.SENT_UP: gettext_lazy("You have sent up"),
    Side.SENT_DOWN: gettext_lazy("You have sent down"),
}
NONE: Mapping[Side, str | Promise] = {
    Side.FROM_BELOW: gettext_lazy("Nothing from below waits for you."),
    Side.FROM_ABOVE: gettext_lazy("Nothing from above waits for you."),
    Side.SENT_UP: gettext_lazy("Nothing that you have sent up waits for an answer."),
    Side.SENT_DOWN: gettext_lazy(
        "Nothing that you have sent down waits for an answer."
    ),
}
FOR_ME = (Side.FROM_BELOW, Side.FROM_ABOVE)
MOST = 3
"""How many a desk shows of what waits for the post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that waits, with its age."""

    kind: str
    who: str
    words: str
    says: str
    tone: Tone
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """One direction: how many wait and how old the oldest is, then each."""

    id: str
    title: str
    says: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDesk:
    """What a desk tells of it: each direction in a sentence, and the oldest to answer."""

    says: tuple[str, ...]
    lines: tuple[Line, ...]
    more: str


def sides(found: Sequence[Waiting]) -> tuple[SideView, ...]:
    """Return the four directions, what waits for the post first."""
    return tuple(_side(side, [o for o in found if o.side is side]) for side in Side)


def on_desk(found: Sequence[Waiting]) -> OnDesk:
    """Return the directions in sentences, and the oldest that wait for the post."""
    to_answer = [one for one in found if one.side in FOR_ME]
    beyond = len(to_answer) - MOST
    words = ngettext("and %(count)d more", "and %(count)d more", beyond)
    return OnDesk(
        says=tuple(f"{one.title}: {one.says}" for one in sides(found) if one.lines),
        lines=tuple(_line(one) for one in to_answer[:MOST]),
        more=words % {"count": beyond} if beyond > 0 else "",
    )


def _side(side: Side, found: Sequence[Waiting]) -> SideView:
    return SideView(
        id=side.value,
        title=str(TITLES[side]),
        says=_counted(found) if found else str(NONE[side]),
        lines=tuple(_line(one) for one in found),
    )


def _counted(found: Sequence[Waiting]) -> str:
    oldest = max(one.age for one in found)
    late = sum(one.is_overdue for one in found)
    count = ngettext("%(count)d thing", "%(count)d things", len(found))
    days = ngettext(
        "the oldest for %(days)d day", "the oldest for %(days)d days", oldest
    )
    said = f"{count % {'count': len(found)}}, {days % {'days': oldest}}"
    if not late:
        return f"{said}."
    past = ngettext("%(late)d past its day", "%(late)d past their day", late)
    return f"{said}, {past % {'late': late}}."


def _line(one: Waiting) -> Line:
    return Line(
        kind=str(KINDS[one.kind]),
        who=one.who,
        words=one.words,
        says=f"{waited(one.age)} {by_day(one.due, is_overdue=one.is_overdue)}",
        tone=Tone.BAD if one.is_overdue else Tone.UNSURE,
        href=reverse(ROUTES[one.kind], args=[one.id]),
    )
