"""What robs leaders of time, in the words of whoever reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.conditions.queries.time_robbers import MyTimeRobbers, Offer, SeenRobber
from kaeden.conditions.rules.time_robbers import MINUTES_NOW, Outside, State, Verb
from kaeden.presentation.charts.marks import Tone
from kaeden.presentation.minutes import CHIPS, a_week

OUTSIDE: Mapping[Outside, str | Promise] = {
    Outside.NATIONAL_RULE: gettext_lazy("A rule of the state's"),
    Outside.IT_SYSTEM: gettext_lazy("An IT system"),
    Outside.OTHER_PART: gettext_lazy("Another part of the municipality"),
    Outside.UNKNOWN: gettext_lazy("I do not know"),
}
"""What could remove it, to choose from."""

DECIDED: Mapping[State, str | Promise] = {
    State.REMOVED: gettext_lazy("Is removed"),
    State.SIMPLIFIED: gettext_lazy("Is made simpler"),
    State.KEPT: gettext_lazy("Is kept"),
}
TONES: Mapping[State, Tone] = {
    State.REMOVED: Tone.GOOD,
    State.SIMPLIFIED: Tone.GOOD,
    State.KEPT: Tone.NEUTRAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """An answer that one tap gives."""

    value: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RobberView:
    """A time robber, ready to be read."""

    id: int
    title: str
    href: str
    size: str
    state: str
    tone: Tone
    passed: str
    reason: str
    mine: str
    words: tuple[str, ...]
    merged: tuple[tuple[int, str], ...]
    measure: tuple[Chip, ...]
    may_decide: bool
    may_split: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """One that sounds alike, and what is told of it before one joins."""

    id: int
    title: str
    size: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MyPage:
    """One's own: what is asked, what waits for one, what one has reported."""

    asked: tuple[RobberView, ...]
    to_decide: tuple[RobberView, ...]
    open: tuple[RobberView, ...]
    answered: tuple[RobberView, ...]


class Sized(Protocol):
    """What has a number of reporters and of minutes, where they may be told."""

    @property
    def count(self) -> int | None:
        """How many report it."""

    @property
    def minutes(self) -> int | None:
        """How many minutes it takes them in all."""


class Standing(Sized, Protocol):
    """What waits for a post, or has been decided."""

    @property
    def state(self) -> State:
        """Where it is."""


def my_page(found: MyTimeRobbers) -> MyPage:
    """Return the page of one post."""
    return MyPage(
        asked=views(found.asked),
        to_decide=views(found.to_decide),
        open=views(found.open),
        answered=views(found.answered),
    )


def views(found: Iterable[SeenRobber]) -> tuple[RobberView, ...]:
    """Return time robbers as they are read, in their order."""
    return tuple(view(one) for one in found)


def view(one: SeenRobber) -> RobberView:
    """Return one as it is read by who reported it, or who decides."""
    return RobberView(
        id=one.id,
        title=one.title,
        href=reverse("web:time_robber", args=[one.id]),
        size=size(one),
        state=_state(one),
        tone=_tone(one),
        passed=_passed(one),
        reason=one.reason,
        mine=_mine(one),
        words=one.words,
        merged=tuple((part.id, part.title) for part in one.merged),
        measure=chips_now() if one.verdicts[Verb.MEASURE] else (),
        may_decide=bool(one.verdicts[Verb.DECIDE]),
        may_split=any(part.verdict for part in one.merged),
    )


def chips_now() -> tuple[Chip, ...]:
    """Return the answers to how many minutes a week it takes now."""
    return tuple(Chip(value=one, text=str(CHIPS[one])) for one in MINUTES_NOW)


def offers(found: Iterable[Offer]) -> tuple[OfferView, ...]:
    """Return those that sound alike."""
    return tuple(
        OfferView(id=one.id, title=one.title, size=_others(one)) for one in found
    )


def size(one: Sized) -> str:
    """Return how many report it and how long it takes them; nothing where too few."""
    if one.count is None or one.minutes is None:
        return ""
    words = ngettext(
        "%(count)d leader reports it: %(minutes)s.",
        "%(count)d leaders report it: %(minutes)s in all.",
        one.count,
    )
    return words % {"count": one.count, "minutes": a_week(one.minutes)}


def _others(one: Offer) -> str:
    if one.count is None or one.minutes is None:
        return _("Somebody else has reported it.")
    said = {"count": one.count, "minutes": a_week(one.minutes)}
    return _("%(count)d others have one like that: %(minutes)s in all.") % said


def _state(one: SeenRobber) -> str:
    if one.decided_on:
        return decided(one.state, one.decided_by, date_format(one.decided_on))
    return waits(one.decider, date_format(one.decide_by), late=one.is_late)


def decided(state: State, who: str, day: str) -> str:
    """Return what was decided, by whom and when."""
    said = {"what": DECIDED[state], "who": who, "day": day}
    return _("%(what)s. %(who)s decided it %(day)s.") % said


def waits(decider: str, day: str, *, late: bool) -> str:
    """Return whom it waits for, and until when."""
    said = {"who": decider or _("nobody"), "day": day}
    if late:
        return _("Waits for %(who)s; it was to be decided by %(day)s.") % said
    return _("Waits for %(who)s, by %(day)s.") % said


def _tone(one: SeenRobber) -> Tone:
    if one.state in TONES:
        return TONES[one.state]
    return Tone.BAD if one.is_late else Tone.UNSURE


def _passed(one: SeenRobber) -> str:
    if one.passed_on is None:
        return ""
    said = {"who": one.passed_by, "day": date_format(one.passed_on)}
    return _("%(who)s passed it on %(day)s.") % said


def _mine(one: SeenRobber) -> str:
    """Return what one has said oneself."""
    if one.mine is None:
        return ""
    said = {"before": a_week(one.mine.minutes)}
    if one.mine.minutes_now is None:
        return _("You lose %(before)s.") % said
    said["now"] = a_week(one.mine.minutes_now)
    return _("You lost %(before)s, and now %(now)s.") % said
