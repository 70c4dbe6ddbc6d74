"""A municipality's ledger of leaders' time: what waits, what is decided, what it gave."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.conditions.queries.form_minutes import OwnCost
from kaeden.conditions.queries.ledger import Ledger, LedgerLine
from kaeden.conditions.rules.form_minutes import ENOUGH
from kaeden.conditions.rules.returned import Returned
from kaeden.presentation.charts.marks import Tone
from kaeden.presentation.minutes import a_week, minutes
from kaeden.presentation.numbers import number
from kaeden.presentation.time_robbers import TONES, decided, size, waits


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One time robber, as the whole municipality reads it."""

    title: str
    size: str
    state: str
    tone: Tone
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """Where the minutes given back stood at the end of a month."""

    month: str
    minutes: str
    answered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """The ledger, ready to be read."""

    lead: str
    sure: str
    months: tuple[MonthView, ...]
    open: tuple[LineView, ...]
    decided: tuple[LineView, ...]
    own: LineView


def build(found: Ledger, cost: OwnCost) -> LedgerPage:
    """Return the page of a ledger, with what Kæden itself costs as one of its lines."""
    return LedgerPage(
        lead=given_back(found.returned),
        sure=_sure(found.returned),
        months=tuple(
            MonthView(
                month=date_format(one.first, "F Y"),
                minutes=a_week(one.minutes),
                answered=_answers(one.answered),
            )
            for one in found.returned.months
        ),
        open=tuple(_line(one) for one in found.open),
        decided=tuple(_line(one) for one in found.decided),
        own=_own(cost),
    )


def given_back(found: Returned) -> str:
    """Return in a sentence how many minutes are given back."""
    if not found.asked:
        return _("Nothing has been removed or made simpler long enough to be measured.")
    if not found.answered:
        return _("The minutes given back are told when enough have answered.")
    if found.minutes < 0:
        said = {"minutes": a_week(-found.minutes)}
        return _("It has cost the leaders who have answered %(minutes)s more.") % said
    said = {"minutes": a_week(found.minutes)}
    return _("Leaders have got %(minutes)s back.") % said


def _own(cost: OwnCost) -> LineView:
    """Return what Kæden's own forms have cost, where there is enough use to tell."""
    if cost.uses < ENOUGH:
        size, reason = (
            "",
            _(
                "There is too little use to tell what they cost. Each form says what it is "
                "thought to take."
            ),
        )
    else:
        size = _(
            "In the last four weeks they took all who use Kæden here about %(time)s "
            "together: %(uses)s forms and presses."
        ) % {"time": minutes(round(cost.seconds / 60)), "uses": number(cost.uses)}
        reason = _(
            "Measured from use, kept as a form, a week and a rough length; led back to "
            "nobody. Each form says what it takes."
        )
    return LineView(
        title=_("Kæden's own forms"),
        size=reason,
        state=size,
        tone=Tone.NEUTRAL,
        reason="",
    )


def _sure(found: Returned) -> str:
    """Return how many have answered, and what that leaves open."""
    if not found.answered:
        return ""
    said = _("%(answered)d of %(asked)d who were asked have answered.") % {
        "answered": found.answered,
        "asked": found.asked,
    }
    if found.high == found.low:
        return f"{said} {_their_own()}"
    between = _(
        "If the others got nothing, it is %(low)s; if they got all that they had "
        "reported, it is %(high)s."
    ) % {"low": minutes(found.low), "high": minutes(found.high)}
    return f"{said} {between} {_their_own()}"


def _their_own() -> str:
    return _("The minutes are the leaders' own estimates.")


def _answers(count: int) -> str:
    return ngettext("%(count)d answer", "%(count)d answers", count) % {"count": count}


def _line(one: LedgerLine) -> LineView:
    return LineView(
        title=one.title,
        size=size(one),
        state=_state(one),
        tone=_tone(one),
        reason=one.reason,
    )


def _state(one: LedgerLine) -> str:
    if one.decided_on:
        return decided(one.state, one.decided_by, date_format(one.decided_on))
    return waits(one.decider, date_format(one.decide_by), late=one.is_late)


def _tone(one: LedgerLine) -> Tone:
    if one.state in TONES:
        return TONES[one.state]
    return Tone.BAD if one.is_late else Tone.UNSURE
