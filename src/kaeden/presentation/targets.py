"""A target in words: what is wanted, how it stands, and what was said of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.goals.indicators import Indicator, catalogue
from kaeden.goals.rules import (
    CONFIDENCE_NAMES,
    GROUP_NAMES,
    STATE_NAMES,
    State,
    TargetKind,
    TargetState,
    judge_change,
    judge_target,
)
from kaeden.goals.targets import AcceptedDeviation, ToldState, UnitTarget
from kaeden.presentation import gap_targets
from kaeden.presentation.charts.marks import Mark, Tone
from kaeden.presentation.figures import difference_form, form_of
from kaeden.publication.gap_queries import ReleasedGap
from kaeden.publication.queries import ReleasedFigure
from kaeden.shared.periods import Period

TONES = {
    State.REACHED: Tone.GOOD,
    State.ON_THE_WAY: Tone.UNSURE,
    State.NOT_YET: Tone.BAD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """What a post said of a target, as it is read."""

    state: str
    tone: Tone
    sign: str
    confidence: str
    words: str
    note: str
    is_handed_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetView:
    """A target as a page shows it; `steps` are its three descriptions, if it has them.

    `marks` are the three answers of a target on a gap that was found, and `for_whom` the
    address where it is told of.
    """

    id: int
    href: str
    unit: str
    wanted: str
    standing: Mark
    answers: str
    newest: ToldLine | None
    earlier: tuple[ToldLine, ...]
    deviation: str
    past_deviations: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    has_ended: bool
    marks: tuple[Mark, ...] = ()
    for_whom: str = ""


def build(
    target: UnitTarget,
    figures: Sequence[ReleasedFigure],
    gaps: Sequence[ReleasedGap] = (),
) -> TargetView:
    """Return a target; `figures` and `gaps` are its unit's."""
    gap = gap_targets.gap_of(target, gaps)
    told = [_told(one) for one in target.told]
    return TargetView(
        id=target.id,
        href=href(target),
        unit=target.unit.full_name,
        wanted=wanted(target),
        standing=standing(target, figures, gaps),
        answers=target.post,
        newest=next(iter(told), None),
        earlier=tuple(told[1:]),
        deviation=next((_open(one) for one in target.deviations if one.is_open), ""),
        past_deviations=tuple(
            _past(one) for one in target.deviations if not one.is_open
        ),
        steps=_steps(target),
        has_ended=target.has_ended,
        marks=gap_targets.marks(target, gap, catalogue().get(target.indicator)),
        for_whom=gap_targets.href(gap) if gap else "",
    )


def href(target: UnitTarget) -> str:
    """Return the address of a target's page."""
    place = {"code": target.unit.municipality_code, "pk": target.id}
    return reverse("web:target", kwargs=place)


def wanted(target: UnitTarget) -> str:
    """Return what is wanted by when, as a sentence."""
    if target.kind is TargetKind.WORDS:
        words = _("By %(year)s: %(reached)s")
        reached = target.reached.rstrip(".")
        return words % {"year": target.by_period, "reached": reached}
    indicator = catalogue().get(target.indicator)
    facts = {
        "title": indicator.title if indicator else target.indicator,
        "value": _amount(target, indicator),
        "year": target.by_period,
        "since": target.since_period,
        "group": GROUP_NAMES[target.pair[0]] if target.pair else "",
        "other": GROUP_NAMES[target.pair[1]] if target.pair else "",
    }
    return _form(target) % facts


def _form(target: UnitTarget) -> str:
    if target.kind is TargetKind.GAP:
        return _(
            "%(title)s: at most %(value)s between %(group)s and %(other)s in %(year)s"
        )
    if target.kind is TargetKind.DEVELOPMENT:
        lower = _("%(title)s: %(value)s lower in %(year)s than in %(since)s")
        higher = _("%(title)s: %(value)s higher in %(year)s than in %(since)s")
        return lower if target.at_most else higher
    if target.at_most:
        return _("%(title)s: at most %(value)s in %(year)s")
    return _("%(title)s: at least %(value)s in %(year)s")


def _amount(target: UnitTarget, indicator: Indicator | None) -> str:
    value = target.value or 0.0
    if indicator is None:
        return str(value)
    if target.kind is TargetKind.LEVEL:
        return form_of(indicator).text(value)
    return difference_form(indicator).text(value)


def standing(
    target: UnitTarget,
    figures: Sequence[ReleasedFigure],
    gaps: Sequence[ReleasedGap] = (),
) -> Mark:
    """Return how a target stands: by its figures, or in words where it has none."""
    if target.kind is TargetKind.GAP:
        state = gap_targets.judged(target, gap_targets.gap_of(target, gaps))
        tone = gap_targets.FINDINGS.get(state, Tone.NEUTRAL)
        return _mark(gap_targets.said(state), tone)
    newest = target.newest
    if target.kind is TargetKind.WORDS:
        if newest is None:
            return _mark(_("Nobody has said how it goes"), Tone.NEUTRAL)
        return _mark(str(STATE_NAMES[newest.state]), TONES[newest.state])
    latest = next(
        (one for one in figures if one.indicator == target.indicator and one.is_latest),
        None,
    )
    finding, tone = {
        TargetState.MET: (_("The target is met"), Tone.GOOD),
        TargetState.NOT_MET: (_("The target is not met yet"), Tone.BAD),
        TargetState.UNCERTAIN: (_("Too close to say"), Tone.UNSURE),
    }.get(judged(target, latest), (_no_figure(target, latest), Tone.NEUTRAL))
    return _mark(finding, tone)


def judged(target: UnitTarget, latest: ReleasedFigure | None) -> TargetState:
    """Return what a unit's latest figure says of a target in numbers."""
    if latest is None or target.value is None or target.kind is TargetKind.GAP:
        return TargetState.NO_FIGURE
    if target.kind is TargetKind.DEVELOPMENT:
        since, by = Period.parse(target.since_period), Period.parse(target.by_period)
        return judge_change(
            slope=None if latest.preliminary else latest.slope,
            half=latest.slope_half,
            change=target.value,
            years=by.start - since.start,
            at_most=target.at_most,
        )
    has_interval = latest.low is not None and latest.high is not None
    return judge_target(
        low=latest.low if has_interval else latest.value,
        high=latest.high if has_interval else latest.value,
        target=target.value,
        at_most=target.at_most,
    )


def _no_figure(target: UnitTarget, latest: ReleasedFigure | None) -> str:
    if target.kind is TargetKind.DEVELOPMENT and latest is not None:
        return _("Too few years to say")
    return _("There is no released figure yet")


def _mark(finding: str, tone: Tone) -> Mark:
    symbol = "○" if tone is Tone.NEUTRAL else ""
    return Mark(label=_("Target"), finding=finding, basis="", tone=tone, symbol=symbol)


def _told(one: ToldState) -> ToldLine:
    name = str(STATE_NAMES[one.state])
    mark = _mark(name, TONES[one.state])
    return ToldLine(
        state=name,
        tone=mark.tone,
        sign=mark.sign,
        confidence=str(CONFIDENCE_NAMES[one.confidence]),
        words=one.words,
        note=f"{one.post} · {date_format(one.on)}",
        is_handed_up=one.is_handed_up,
    )


def _open(one: AcceptedDeviation) -> str:
    words = _("It is accepted until %(day)s that the target is missed: %(reason)s")
    return words % {"day": date_format(one.until), "reason": one.reason}


def _past(one: AcceptedDeviation) -> str:
    words = _("Accepted from %(since)s to %(until)s by %(post)s: %(reason)s")
    return words % {
        "since": date_format(one.since),
        "until": date_format(one.until),
        "post": one.post,
        "reason": one.reason,
    }


def _steps(target: UnitTarget) -> tuple[tuple[str, str], ...]:
    if target.kind is not TargetKind.WORDS:
        return ()
    said = (target.not_yet, target.on_the_way, target.reached)
    return tuple(
        (str(STATE_NAMES[state]), words)
        for state, words in zip(State, said, strict=True)
    )
