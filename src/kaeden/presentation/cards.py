"""A result as a card: the finding in a sentence, three marks, the curve, the basis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kaeden.goals.indicators import Indicator, Unit
from kaeden.goals.queries import MunicipalGoal
from kaeden.presentation import signals
from kaeden.presentation.charts.curve import (
    Curve,
    CurveBreak,
    CurveData,
    CurvePoint,
    draw_curve,
)
from kaeden.presentation.charts.curve_limits import is_outside, swing_words
from kaeden.presentation.charts.curve_marks import CurveMark
from kaeden.presentation.charts.marks import Mark
from kaeden.presentation.charts.parts import ReferenceLine
from kaeden.presentation.figures import (
    beside_the_raw,
    children_words,
    count_words,
    form_of,
    headline,
    origin_words,
    reliability_words,
    value_words,
)
from kaeden.presentation.marks import marks_of
from kaeden.presentation.why import why_shown
from kaeden.publication.queries import CurrentRelease, ReleasedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One result, ready to be read."""

    id: str
    title: str
    href: str
    headline: str
    value: str
    period: str
    basis: str
    fair: str
    reliability: str
    origin: str
    marks: tuple[Mark, Mark, Mark] | None
    curve: Curve | None
    selected: str
    caveat: str
    said: str
    why: tuple[str, ...]


def build(
    indicator: Indicator,
    series: Sequence[ReleasedFigure],
    *,
    release: CurrentRelease,
    goal: MunicipalGoal | None = None,
    changes: Sequence[CurveBreak] = (),
    marks: Sequence[CurveMark] = (),
) -> Card | None:
    """Return the card of one indicator at one unit; None without any figure.

    `series` is the unit's figures of this indicator, all periods, oldest first;
    `changes` are the breaks in it that the unit itself has made, and `marks` what
    happened meanwhile.
    """
    latest = next((figure for figure in series if figure.is_latest), None)
    if latest is None:
        return None
    return Card(
        id=indicator.id,
        title=str(indicator.title),
        href=reverse("web:indicator", kwargs={"name": indicator.id}),
        headline=headline(indicator, latest),
        value=value_words(indicator, latest),
        period=latest.period,
        basis=children_words(indicator, latest),
        fair=beside_the_raw(indicator, latest),
        reliability=reliability_words(latest.reliability) if latest.estimate else "",
        origin=origin_words(indicator, latest),
        marks=marks_of(indicator, latest, goal),
        curve=curve_of(indicator, series, goal, changes, marks),
        selected=str(indicator.selected_group or ""),
        caveat=str(indicator.caveats[0]),
        said=signals.said(indicator, latest, release),
        why=why_shown(indicator, latest, release),
    )


def lead_of(
    goal: MunicipalGoal, series: Sequence[ReleasedFigure], release: CurrentRelease
) -> Card | None:
    """Return the card of a goal's lead result; None without indicator or figure."""
    if goal.indicator is None:
        return None
    return build(goal.indicator, series, release=release, goal=goal)


def curve_of(
    indicator: Indicator,
    series: Sequence[ReleasedFigure],
    goal: MunicipalGoal | None = None,
    changes: Sequence[CurveBreak] = (),
    marks: Sequence[CurveMark] = (),
) -> Curve | None:
    """Return a unit's own curve; None for verdicts and where there is no number."""
    is_verdict = indicator.unit is Unit.VERDICT
    if is_verdict or not any(figure.value is not None for figure in series):
        return None
    periods = {figure.period for figure in series}
    peers = series[-1].peers_mean
    return draw_curve(
        CurveData(
            title=str(indicator.axis),
            form=form_of(indicator),
            points=tuple(_point(indicator, figure) for figure in series),
            target=_target_line(indicator, goal),
            reference=ReferenceLine(
                label=_("those like it %(value)s")
                % {"value": form_of(indicator).text(peers)},
                value=peers,
            )
            if peers is not None
            else None,
            breaks=(
                *(
                    CurveBreak(before=one.between[1], words=str(one.why))
                    for one in indicator.breaks
                    if periods >= set(one.between)
                ),
                *changes,
            ),
            marks=tuple(marks),
            swings=swing_words(series),
        )
    )


def _point(indicator: Indicator, figure: ReleasedFigure) -> CurvePoint:
    return CurvePoint(
        label=figure.period,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        status=figure.status,
        basis=_counted(indicator, figure),
        limits=_limits(figure),
        is_outside=is_outside(figure),
    )


def _counted(indicator: Indicator, figure: ReleasedFigure) -> str:
    """Return the children behind a year, as a count of them where it is one."""
    return count_words(indicator, figure) or children_words(indicator, figure)


def _limits(figure: ReleasedFigure) -> tuple[float, float] | None:
    if figure.lower is None or figure.upper is None:
        return None
    return figure.lower, figure.upper


def _target_line(
    indicator: Indicator, goal: MunicipalGoal | None
) -> ReferenceLine | None:
    if goal is None or goal.target is None or goal.lead != indicator.id:
        return None
    words = _("target %(value)s") % {
        "value": form_of(indicator).text(goal.target.value)
    }
    return ReferenceLine(label=words, value=goal.target.value)


def by_indicator(
    figures: Iterable[ReleasedFigure],
) -> dict[str, list[ReleasedFigure]]:
    """Return figures by indicator, each in the order given."""
    found: dict[str, list[ReleasedFigure]] = {}
    for figure in figures:
        found.setdefault(figure.indicator, []).append(figure)
    return found
