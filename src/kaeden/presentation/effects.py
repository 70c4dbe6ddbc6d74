"""What a curve has done since a commitment; never what it came from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.dialogue.queries.commitments import Promised
from kaeden.goals.indicators import Indicator
from kaeden.presentation.cards import curve_of
from kaeden.presentation.charts.curve import Curve
from kaeden.presentation.charts.curve_marks import CurveMark
from kaeden.presentation.figures import form_of
from kaeden.publication.queries import ReleasedFigure
from kaeden.publication.since import Moved, Since, since

MOVED: Mapping[Moved, str | Promise] = {
    Moved.WITHIN_CHANCE: gettext_lazy("still within chance"),
    Moved.BEYOND_CHANCE: gettext_lazy("more than chance usually gives"),
    Moved.UNKNOWN: gettext_lazy("whether it is chance cannot be said"),
    Moved.MADE_ANEW: gettext_lazy("made in another way, and cannot be compared"),
}
LONGEST_MARK = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectView:
    """What came after a commitment: a sentence, how far it holds, and the curve."""

    finding: str
    notes: tuple[str, ...]
    curve: Curve | None


def marks(found: Iterable[Promised]) -> tuple[CurveMark, ...]:
    """Return commitments as marks on a curve, each on the day it was accepted."""
    return tuple(
        CurveMark(
            at=one.accepted_on,
            words=Truncator(one.words).chars(LONGEST_MARK),
            href=reverse("web:commitment", args=[one.id]),
        )
        for one in found
        if one.accepted_on
    )


def build(
    one: Promised, indicator: Indicator, series: Sequence[ReleasedFigure]
) -> EffectView | None:
    """Return what came after a commitment about a result; None before it holds."""
    if one.accepted_on is None:
        return None
    breaks = {broken.between[1] for broken in indicator.breaks}
    found = since(series, one.accepted_on, breaks=breaks)
    return EffectView(
        finding=_finding(indicator, found),
        notes=tuple(_notes(found)),
        curve=curve_of(indicator, series, marks=marks([one])),
    )


def _finding(indicator: Indicator, found: Since) -> str:
    if found.newest is None:
        return _("There is no number yet from the time after the commitment.")
    if found.before is None:
        return _("There is no number from the time before the commitment.")
    form = form_of(indicator)
    return _("Since the commitment: %(before)s → %(after)s (%(moved)s).") % {
        "before": form.text(found.before.value or 0.0),
        "after": form.text(found.newest.value or 0.0),
        "moved": MOVED[found.moved],
    }


def _notes(found: Since) -> Iterable[str]:
    if found.newest is None:
        return
    if found.is_preliminary:
        count = len(found.later)
        yield ngettext(
            "Preliminary: there is %(count)d number since.",
            "Preliminary: there are %(count)d numbers since.",
            count,
        ) % {"count": count}
    if found.is_mixed:
        yield _("%(period)s had begun when it was agreed on.") % {
            "period": found.newest.period
        }
    yield _("It does not show that the commitment is the cause.")
