"""Claims that a number can test, in words, beside the numbers that test them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.dialogue.queries.hypotheses import SeenHypothesis
from kaeden.dialogue.rules.hypotheses import Evidence, Expected
from kaeden.goals.indicators import Indicator, catalogue
from kaeden.presentation.charts.marks import Tone
from kaeden.presentation.figures import form_of
from kaeden.publication.queries import ReleasedFigure

SAYS: Mapping[Evidence, tuple[str | Promise, Tone]] = {
    Evidence.SPEAKS_FOR: (gettext_lazy("The number speaks for it"), Tone.GOOD),
    Evidence.SPEAKS_AGAINST: (
        gettext_lazy("The number speaks against it"),
        Tone.DIFFERS,
    ),
    Evidence.UNDECIDED: (gettext_lazy("The number cannot decide it"), Tone.UNSURE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HypothesisView:
    """A claim, ready to be read."""

    id: int
    who: str
    where: str
    words: str
    claim: str
    begins: str
    met: str
    state: str
    tone: Tone
    learnt: str
    may_close: bool
    href: str
    result_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HypothesesPage:
    """The claims in one's line: those with their number, that wait, that are closed."""

    met: tuple[HypothesisView, ...]
    waiting: tuple[HypothesisView, ...]
    closed: tuple[HypothesisView, ...]


def build(found: Iterable[SeenHypothesis]) -> HypothesesPage:
    """Return the page of all claims in one's line."""
    known = [(one, view(one)) for one in found]
    opened = [(one, shown) for one, shown in known if one.closed_on is None]
    return HypothesesPage(
        met=tuple(shown for one, shown in opened if one.met),
        waiting=tuple(shown for one, shown in opened if not one.met),
        closed=tuple(shown for one, shown in known if one.closed_on),
    )


def view(one: SeenHypothesis) -> HypothesisView:
    """Return one claim."""
    indicator = catalogue()[one.indicator]
    state, tone = _state(one)
    place = {"code": one.unit_code, "name": one.indicator}
    return HypothesisView(
        id=one.id,
        who=f"{one.who} · {date_format(one.made_on)}",
        where=f"{one.unit_name}: {indicator.title}",
        words=one.words,
        claim=_claim(one),
        begins=_number(indicator, one.begins),
        met=_number(indicator, one.met),
        state=state,
        tone=tone,
        learnt=one.learnt,
        may_close=bool(one.may_close),
        href=reverse("web:hypothesis", args=[one.id]),
        result_href=reverse("web:result", kwargs=place),
    )


def _claim(one: SeenHypothesis) -> str:
    words = {
        Expected.RISES: _("Will be seen as a number that rises by %(year)s."),
        Expected.FALLS: _("Will be seen as a number that falls by %(year)s."),
    }
    return words[one.expected] % {"year": one.by_period}


def _state(one: SeenHypothesis) -> tuple[str, Tone]:
    if one.evidence is None:
        words = _("Waits for the number of %(year)s")
        return words % {"year": one.by_period}, Tone.NEUTRAL
    says, tone = SAYS[one.evidence]
    return str(says), tone


def _number(indicator: Indicator, figure: ReleasedFigure | None) -> str:
    """Return a number with its interval and its year; empty while there is none."""
    if figure is None or figure.value is None:
        return ""
    form = form_of(indicator)
    said = {"period": figure.period, "value": form.text(figure.value)}
    if figure.low is None or figure.high is None:
        return _("%(period)s: %(value)s.") % said
    interval = form.between(figure.low, figure.high)
    return _("%(period)s: %(value)s, most likely %(interval)s.") % {
        **said,
        "interval": interval,
    }
