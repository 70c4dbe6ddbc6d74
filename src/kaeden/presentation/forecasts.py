"""Will it work here: what to expect, how the place differs, and what nobody can know."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.access.rules import Actor, Permission, may
from kaeden.engine.effects.values import Refused
from kaeden.engine.synthesis import Column, Fit, Foretold, Match
from kaeden.goals.indicators import Direction, Indicator, catalogue
from kaeden.learning.practices import Practice
from kaeden.learning.queries.forecasts import (
    Ahead,
    Asked,
    Below,
    Outcome,
)
from kaeden.presentation.charts.caterpillar import (
    Caterpillar,
    CaterpillarData,
    CaterpillarRow,
    draw_caterpillar,
)
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.charts.parts import ReferenceLine
from kaeden.presentation.evidence import COUNTED
from kaeden.presentation.figures import difference_form, form_of
from kaeden.presentation.numbers import Form, number
from kaeden.presentation.places import FORM_NAMES
from kaeden.presentation.practice_card import UseView, use


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastPage:
    """What a practice can be expected to give a place.

    `said` is empty before the leader has asked; `refused` says why there is nothing.
    """

    key: str
    practice: str
    unit: str
    code: str
    indicator: str
    title: str
    tabs: tuple[ListItem, ...]
    asks: bool
    refused: str
    said: tuple[str, ...]
    chart: Caterpillar | None
    happened: tuple[str, ...]
    differs: tuple[str, ...]
    adapted: tuple[UseView, ...]
    method: str


def build(actor: Actor, practice: Practice, found: Ahead) -> ForecastPage:
    """Return the page of one place; numbers only when they are no longer guessed at."""
    indicator = catalogue()[found.indicator]
    told = found.asked.told if found.asked else found.found
    is_shown = found.asked is not None or not found.verdict
    foretold = told if isinstance(told, Foretold) else None
    shown = foretold if is_shown else None
    return ForecastPage(
        key=practice.key,
        practice=str(practice.title),
        unit=found.unit.full_name,
        code=found.unit.code,
        indicator=indicator.id,
        title=str(indicator.title),
        tabs=tuple(_tabs(practice, found)),
        asks=bool(found.verdict),
        refused=_refused(indicator, told) if isinstance(told, Refused) else "",
        said=tuple(_said(indicator, shown)) if shown else (),
        chart=_chart(indicator, shown, found.asked) if shown else None,
        happened=tuple(_happened(indicator, found.asked)),
        differs=tuple(_differs(indicator, foretold, _kind(found.unit.form))),
        adapted=tuple(use(actor, one) for one in found.uses if one.adaptations),
        method=_method(shown, found.asked) if shown else "",
    )


def href(key: str, code: str, indicator: str = "") -> str:
    """Return the address of what a practice can give a place."""
    at = reverse("web:forecast", args=[key, code])
    return f"{at}?indikator={indicator}" if indicator else at


def entry(actor: Actor, key: str) -> str:
    """Return where a post goes from a practice: its own place, or those below it."""
    if may(actor, Permission.ASK_FORECAST, at=actor.path):
        return href(key, actor.path.rpartition("/")[2])
    reads = may(actor, Permission.READ_FORECAST, at=actor.path)
    return reverse("web:forecasts", args=[key]) if reads else ""


def _tabs(practice: Practice, found: Ahead) -> Iterator[ListItem]:
    """Give the other indicators that the practice should move."""
    for name in practice.indicators:
        if name in catalogue() and name != found.indicator:
            at = href(practice.key, found.unit.code, name)
            yield ListItem(text=str(catalogue()[name].title), href=at)


# What to expect ----------------------------------------------------------------------------


def _refused(indicator: Indicator, found: Refused) -> str:
    return _(
        "We can't say whether it will work here: only %(there)s have used it long enough "
        "for us to see what came of it, and it takes %(needed)d."
    ) % {
        "there": COUNTED[indicator.sector](found.number),
        "needed": found.needed,
    }


def _said(indicator: Indicator, told: Foretold) -> Iterator[str]:
    form = difference_form(indicator)
    yield _expected(indicator, told, form)
    yield _way(indicator, told)
    yield _("The best guess is %(moved)s. It rests on %(places)s.") % {
        "moved": moved(form, told.mean),
        "places": COUNTED[indicator.sector](told.places),
    }
    if told.is_outside:
        yield _(
            "No place quite like this has tried it. The forecast is therefore less sure "
            "than it looks: see what differs."
        )


def _expected(indicator: Indicator, told: Foretold, form: Form) -> str:
    """Return the forecast in one sentence, whichever way it points."""
    near, far = sorted((abs(told.low), abs(told.high)))
    facts: dict[str, object] = {
        "title": str(indicator.title),
        "tenths": round(told.level * 10),
    }
    if told.low * told.high < 0:
        ends = {"low": moved(form, told.low), "high": moved(form, told.high)}
        words = _(
            "At %(tenths)d of 10 places like this we expect “%(title)s” to lie anywhere "
            "from %(low)s to %(high)s than it would have done."
        )
        return words % {**facts, **ends}
    lower = _(
        "At %(tenths)d of 10 places like this we expect “%(title)s” to lie %(size)s lower "
        "than it would have done."
    )
    higher = _(
        "At %(tenths)d of 10 places like this we expect “%(title)s” to lie %(size)s "
        "higher than it would have done."
    )
    facts["size"] = form.between(near, far)
    return (lower if told.mean < 0 else higher) % facts


def _way(indicator: Indicator, told: Foretold) -> str:
    if told.low * told.high < 0:
        return _("So it can also turn out to do nothing, or the opposite.")
    if not indicator.direction.judges:
        return _("Whether that is better, the number does not say.")
    is_better = (told.mean > 0) is (indicator.direction is Direction.HIGHER)
    if is_better:
        return _("That is better all the way.")
    return _("That is worse all the way: think twice.")


def moved(form: Form, value: float) -> str:
    """Return a gain in words: so much lower or higher."""
    size = form.text(abs(value))
    if size == form.text(0.0):
        return _("no different")
    words = _("%(size)s lower") if value < 0 else _("%(size)s higher")
    return words % {"size": size}


def _chart(indicator: Indicator, told: Foretold, asked: Asked | None) -> Caterpillar:
    """Draw the forecast beside the mean of such places, the guess and what happened."""
    form = difference_form(indicator)
    title = _("What to expect of “%(title)s”") % {"title": indicator.title}
    return draw_caterpillar(
        CaterpillarData(
            title=f"{title} ({form.unit})" if form.unit else title,
            form=Form(decimals=form.decimals),
            rows=tuple(_rows(told, asked)),
            summary=_(
                "The line is where 9 of 10 are expected to lie, the dot is the best guess."
            ),
            reference=ReferenceLine(label=_("no difference"), value=0.0),
            name_head=_("What"),
            signed=True,
        )
    )


def _rows(told: Foretold, asked: Asked | None) -> Iterator[CaterpillarRow]:
    yield CaterpillarRow(
        name=_("A place like this"),
        value=told.mean,
        low=told.low,
        high=told.high,
        own=True,
    )
    yield CaterpillarRow(
        name=_("Such places on average"),
        value=told.mean,
        low=told.mean_low,
        high=told.mean_high,
    )
    if asked and asked.guess is not None:
        yield CaterpillarRow(name=_("What the leader guessed"), value=asked.guess)
    if asked and asked.outcome:
        yield CaterpillarRow(name=_("What happened"), value=asked.outcome.gain)


def _happened(indicator: Indicator, asked: Asked | None) -> Iterator[str]:
    """Say what was guessed, and what happened."""
    if asked is None:
        return
    form = difference_form(indicator)
    if asked.guess is not None:
        yield _("The leader's own guess was %(moved)s.") % {
            "moved": moved(form, asked.guess)
        }
    if asked.outcome:
        yield from _held(form, asked.outcome)


def _held(form: Form, outcome: Outcome) -> Iterator[str]:
    yield _("What happened: %(moved)s. Seen %(day)s.") % {
        "moved": moved(form, outcome.gain),
        "day": date_format(outcome.held_on),
    }
    expected = {"expected": form.between(outcome.low, outcome.high)}
    if outcome.is_inside:
        yield (
            _(
                "That is within what was expected: %(expected)s, the uncertainty of the "
                "measurement counted along."
            )
            % expected
        )
    else:
        yield (
            _(
                "That is outside what was expected: %(expected)s, the uncertainty of the "
                "measurement counted along. One in ten is meant to be. What was different?"
            )
            % expected
        )


def _method(told: Foretold, asked: Asked | None) -> str:
    said = _("Foretold by %(method)s, input %(digest)s.") % {
        "method": told.method,
        "digest": told.digest[:12],
    }
    if asked is None:
        return said
    day = _("Asked %(day)s.") % {"day": date_format(asked.asked_on)}
    return f"{day} {said}"


# How the place differs ----------------------------------------------------------------------


def _differs(indicator: Indicator, told: Foretold | None, own: str) -> Iterator[str]:
    """Say how the place lies beside the others, what is outside first."""
    order = (Fit.OUTSIDE, Fit.AT_THE_EDGE, Fit.AMONG, Fit.NOT_KNOWN)
    for match in sorted(
        told.matches if told else (), key=lambda one: order.index(one.fit)
    ):
        yield _beside(indicator, match, own)


BESIDE: Mapping[Fit, str | Promise] = {
    Fit.OUTSIDE: gettext_lazy("None of those that have tried it lies there."),
    Fit.AT_THE_EDGE: gettext_lazy("That is at the edge of those that have tried it."),
    Fit.AMONG: gettext_lazy("That is like those that have tried it."),
}


def _beside(indicator: Indicator, match: Match, own: str) -> str:
    if match.fit is Fit.NOT_KNOWN:
        return str(UNKNOWN[match.column])
    if match.column is Column.FORM:
        return _form(match, own)
    assert match.here is not None, "what is known has a number"
    assert match.low is not None, "what is known has a range"
    assert match.high is not None, "what is known has a range"
    if match.column is Column.SIZE:
        said = _(
            "There are about %(here)s children here. Most of the others have %(range)s."
        ) % {
            "here": number(match.here),
            "range": Form(decimals=0).between(match.low, match.high),
        }
    else:
        form = form_of(indicator)
        said = _(
            "“%(title)s” is %(here)s here. At most of the others it was %(range)s before "
            "they began."
        ) % {
            "title": indicator.title,
            "here": form.text(match.here),
            "range": form.between(match.low, match.high),
        }
    return f"{said} {BESIDE[match.fit]}"


UNKNOWN: Mapping[Column, str | Promise] = {
    Column.SIZE: gettext_lazy(
        "How large the places are is not known of enough of them."
    ),
    Column.EARLIER: gettext_lazy(
        "Where they started from is not known of enough of the places."
    ),
    Column.FORM: gettext_lazy("What kind of places they are is not known of enough."),
}


def _kind(form: str) -> str:
    """Return what kind of place a form is, in words."""
    return str(FORM_NAMES.get(form, form))


def _form(match: Match, own: str) -> str:
    if not match.alike:
        return _(
            "None of those that have tried it is the same kind of place: %(own)s."
        ) % {"own": own}
    return ngettext(
        "One of those that have tried it is the same kind of place: %(own)s.",
        "%(count)d of those that have tried it are the same kind of place: %(own)s.",
        match.alike,
    ) % {"count": match.alike, "own": own}


# The places below a post --------------------------------------------------------------------


def places(key: str, found: list[Below]) -> tuple[ListItem, ...]:
    """Return the institutions of a post as a list, with whether they have asked."""
    return tuple(
        ListItem(
            text=one.unit.full_name, href=href(key, one.unit.code), note=_note(one)
        )
        for one in found
    )


def _note(one: Below) -> str:
    if one.uses_it:
        return _("uses it now")
    if one.asked_on:
        return _("asked %(day)s") % {"day": date_format(one.asked_on)}
    return ""
