"""A target on a gap, held against the gap that was found: three marks, never one."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kaeden.goals.indicators import Indicator
from kaeden.goals.rules import TargetState, judge_target
from kaeden.goals.targets import UnitTarget
from kaeden.presentation import gap_words
from kaeden.presentation.charts.marks import Mark, Tone
from kaeden.presentation.gap_words import forms_of
from kaeden.publication.gap_queries import ReleasedGap

FINDINGS = {
    TargetState.MET: Tone.GOOD,
    TargetState.NOT_MET: Tone.BAD,
    TargetState.UNCERTAIN: Tone.UNSURE,
}


def gap_of(target: UnitTarget, gaps: Iterable[ReleasedGap]) -> ReleasedGap | None:
    """Return the newest gap that a target is about, at its own place."""
    return next(
        (
            one
            for one in gaps
            if one.pair == target.pair
            and one.indicator == target.indicator
            and one.unit.id == target.unit.pk
            and one.is_latest
            and one.difference is not None
        ),
        None,
    )


def judged(target: UnitTarget, gap: ReleasedGap | None) -> TargetState:
    """Hold the whole interval of how wide a gap is against the widest that is wanted.

    A gap either way counts: an interval that holds 0 begins at no gap at all.
    """
    if gap is None or gap.low is None or gap.high is None or target.value is None:
        return TargetState.NO_FIGURE
    low, high = sorted((abs(gap.low), abs(gap.high)))
    if not gap_words.is_clear(gap):
        low = 0.0
    return judge_target(low=low, high=high, target=target.value, at_most=True)


def marks(
    target: UnitTarget, gap: ReleasedGap | None, indicator: Indicator | None
) -> tuple[Mark, ...]:
    """Return development, target and comparison of a gap; none without the gap."""
    if gap is None or indicator is None:
        return ()
    forms = forms_of(indicator)
    return (
        _mark(_("Development"), gap_words.moved(gap), _way(gap)),
        _mark(
            _("Target"),
            said(judged(target, gap)),
            FINDINGS[judged(target, gap)],
            gap_words.size(gap, forms),
        ),
        _mark(_("Comparison"), _nobody_else(), Tone.NEUTRAL),
    )


def said(state: TargetState) -> str:
    """Say whether the gap is as small as is wanted."""
    return {
        TargetState.MET: _("The gap is as small as is wanted"),
        TargetState.NOT_MET: _("The gap is wider than is wanted"),
        TargetState.UNCERTAIN: _("Too close to say"),
    }.get(state, _("There are no figures for the groups yet"))


def href(gap: ReleasedGap) -> str:
    """Return the address of the page where a gap is told of."""
    return reverse("web:for_whom", args=[gap.unit.municipality_code, gap.indicator])


def _way(gap: ReleasedGap) -> Tone:
    if not gap.direction or gap.preliminary or gap.difference is None:
        return Tone.NEUTRAL
    return Tone.BAD if gap.direction * gap.difference > 0 else Tone.GOOD


def _nobody_else() -> str:
    return _(
        "No other municipality has released the same gap here, so there is nothing to hold "
        "it against."
    )


def _mark(label: str, finding: str, tone: Tone, basis: str = "") -> Mark:
    symbol = "○" if tone is Tone.NEUTRAL else ""
    return Mark(label=label, finding=finding, basis=basis, tone=tone, symbol=symbol)
