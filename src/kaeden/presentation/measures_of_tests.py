"""A measure of a test: what it says, its curve, and what was counted lately."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.engine.trials import FEWEST_POINTS, Count, Moved, Trial
from kaeden.goals.indicators import catalogue
from kaeden.learning.queries.tests_of_change import SeenMeasure, SeenTest
from kaeden.learning.queries.trials import kept_back, trial_of, trial_of_all
from kaeden.learning.rules.tests_of_change import (
    KIND_NAMES,
    Better,
    Counted,
    MeasureKind,
)
from kaeden.presentation import figures
from kaeden.presentation.cards import curve_of
from kaeden.presentation.charts.curve import Curve, CurveData, CurvePoint, draw_curve
from kaeden.presentation.charts.curve_marks import CurveMark
from kaeden.presentation.charts.parts import ReferenceLine
from kaeden.presentation.numbers import Form
from kaeden.publication.queries import ReleasedFigure

Released: TypeAlias = Mapping[tuple[int, str], Sequence[ReleasedFigure]]
LATEST = 5
"""So many counts of one's own are shown, to be taken back."""

MOVED: Mapping[Moved, str | Promise] = {
    Moved.INSIDE: gettext_lazy("Since the start it swings as usual."),
    Moved.HIGHER: gettext_lazy("Since the start it lies higher than swings explain."),
    Moved.LOWER: gettext_lazy("Since the start it lies lower than swings explain."),
    Moved.SWINGS: gettext_lazy("Since the start it swings more than usual."),
}
WANTED: Mapping[tuple[Better, Moved], str | Promise] = {
    (Better.HIGHER, Moved.HIGHER): gettext_lazy("That is the way you want."),
    (Better.LOWER, Moved.LOWER): gettext_lazy("That is the way you want."),
    (Better.HIGHER, Moved.LOWER): gettext_lazy("That is not the way you want."),
    (Better.LOWER, Moved.HIGHER): gettext_lazy("That is not the way you want."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountView:
    """A count of one's own unit, that may be taken back."""

    id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCurve:
    """The curve of one unit in a joint test."""

    key: str
    unit: str
    curve: Curve


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """A measure, ready to be read; `counted` is empty where it is an indicator."""

    id: int
    key: str
    kind: str
    title: str
    finding: str
    notes: tuple[str, ...]
    curve: Curve | None
    units: tuple[UnitCurve, ...]
    counted: str
    counts: tuple[CountView, ...]


def measure_view(
    test: SeenTest,
    measure: SeenMeasure,
    marks: Sequence[CurveMark],
    released: Released,
) -> MeasureView:
    """Return one of a test's measures."""
    if measure.indicator:
        return _of_indicator(test, measure, marks, released)
    whole, units = _trials(test, measure)
    return MeasureView(
        id=measure.id,
        kind=str(KIND_NAMES[measure.kind]),
        key=measure.kind.value,
        title=title_of(measure),
        finding=finding(measure, whole),
        notes=tuple(_notes(measure, whole, units)),
        curve=_curve(test, measure, whole, marks, title_of(measure)),
        units=tuple(
            UnitCurve(key=f"{measure.kind}-{at}", unit=unit, curve=curve)
            for at, (unit, one) in enumerate(units)
            if (curve := _curve(test, measure, one, marks, unit))
        ),
        counted=measure.counted or "",
        counts=tuple(_counts(test, measure)),
    )


def _trials(
    test: SeenTest, measure: SeenMeasure
) -> tuple[Trial, Sequence[tuple[str, Trial]]]:
    """Return the one run of a measure, and each unit's where several count."""
    units = [(part.unit, trial_of(test, measure, part=part.id)) for part in test.joined]
    counting = [(unit, one) for unit, one in units if one.counts]
    if len(counting) < 2:
        return (counting[0][1] if counting else units[0][1]), ()
    return trial_of_all(test, measure), counting


def _of_indicator(
    test: SeenTest,
    measure: SeenMeasure,
    marks: Sequence[CurveMark],
    released: Released,
) -> MeasureView:
    indicator = catalogue()[measure.indicator]
    curves = [
        UnitCurve(key=f"{measure.kind}-{part.id}", unit=part.unit, curve=curve)
        for part in test.joined
        if (series := released.get((part.house_id, measure.indicator)))
        and (curve := curve_of(indicator, series, marks=marks))
    ]
    lead = curves[0].curve if curves else None
    finding = lead.summary if lead else _("There is no released number here yet.")
    return MeasureView(
        id=measure.id,
        kind=str(KIND_NAMES[measure.kind]),
        key=measure.kind.value,
        title=title_of(measure),
        finding=finding,
        notes=(_("It comes with the releases; nobody counts it here."),),
        curve=lead if len(curves) == 1 else None,
        units=tuple(curves) if len(curves) > 1 else (),
        counted="",
        counts=(),
    )


def title_of(measure: SeenMeasure) -> str:
    """Return what a measure is called."""
    if measure.indicator:
        return str(catalogue()[measure.indicator].title)
    return measure.words


def form_of(measure: SeenMeasure) -> Form:
    """Return how a measure's numbers are written; shares as percentages."""
    if measure.indicator:
        return figures.form_of(catalogue()[measure.indicator])
    if measure.counted is Counted.SHARE:
        return Form(decimals=0, unit="%")
    numbers = [one.number for one in measure.observations if one.number is not None]
    whole = all(number == int(number) for number in numbers)
    return Form(decimals=0 if whole else 1, unit=measure.unit_of_measure)


def shown(measure: SeenMeasure, value: float) -> float:
    """Return a value as it is written: a share in percent."""
    return value * 100 if measure.counted is Counted.SHARE else value


def finding(measure: SeenMeasure, one: Trial) -> str:
    """Return what a run of counts says, in a sentence or two."""
    if len(one.counts) < FEWEST_POINTS:
        words = ngettext(
            "%(count)d count. From %(fewest)d on, the curve begins to say something.",
            "%(count)d counts. From %(fewest)d on, the curve begins to say something.",
            len(one.counts),
        )
        return words % {"count": len(one.counts), "fewest": FEWEST_POINTS}
    if one.moved is Moved.TOO_FEW:
        return _("Nothing has been counted since the start.")
    said = str(MOVED[one.moved])
    return f"{said} {WANTED.get((measure.better, one.moved), '')}".strip()


def _notes(measure: SeenMeasure, one: Trial, units: Sequence[object]) -> Iterator[str]:
    if one.centre:
        if one.baseline:
            words = ngettext(
                "The limits are from the %(count)d count before the start.",
                "The limits are from the %(count)d counts before the start.",
                one.baseline,
            )
            yield words % {"count": one.baseline}
        if one.is_trial:
            yield _("Trial limits: with fewer than 12 counts they may still move.")
    if units:
        yield _("Together: the units' counts added up week by week.")
    hidden = kept_back(measure)
    if hidden:
        words = ngettext(
            "%(count)d day with very few counted is kept within the house.",
            "%(count)d days with very few counted are kept within the house.",
            hidden,
        )
        yield words % {"count": hidden}


def _curve(
    test: SeenTest,
    measure: SeenMeasure,
    one: Trial,
    marks: Sequence[CurveMark],
    title: str,
) -> Curve | None:
    if not one.counts:
        return None
    form = form_of(measure)
    return draw_curve(
        CurveData(
            title=title,
            form=form,
            points=tuple(_points(measure, one)),
            target=_aim(test, measure, form),
            reference=_middle(measure, one, form),
            marks=tuple(marks),
            period_head=_("Day"),
        )
    )


def _points(measure: SeenMeasure, one: Trial) -> Iterator[CurvePoint]:
    limits: Iterable[tuple[float, float] | None]
    limits = one.limits or (None,) * len(one.counts)
    years = len({count.day.year for count in one.counts}) > 1
    for count, pair in zip(one.counts, limits, strict=True):
        yield CurvePoint(
            label=_label(count.day, years=years),
            value=shown(measure, count.value),
            basis=_basis(measure, count),
            day=count.day,
            limits=pair and (shown(measure, pair[0]), shown(measure, pair[1])),
        )


def _label(day: date, *, years: bool) -> str:
    """Return a day as it stands under a curve: short, and like no other."""
    return date_format(day, "j/n y" if years else "j/n")


def _basis(measure: SeenMeasure, count: Count) -> str:
    if not count.of:
        return ""
    words = _("%(number)d of %(all)d %(what)s")
    said = words % {
        "number": count.number,
        "all": count.of,
        "what": measure.unit_of_measure,
    }
    return said.strip()


def _aim(test: SeenTest, measure: SeenMeasure, form: Form) -> ReferenceLine | None:
    if measure.kind is not MeasureKind.OUTCOME:
        return None
    value = shown(measure, test.aim_value)
    return ReferenceLine(
        label=_("aim %(value)s") % {"value": form.text(value)}, value=value
    )


def _middle(measure: SeenMeasure, one: Trial, form: Form) -> ReferenceLine | None:
    if not one.centre:
        return None
    value = shown(measure, one.centre[0])
    return ReferenceLine(
        label=_("the middle %(value)s") % {"value": form.text(value)}, value=value
    )


def _counts(test: SeenTest, measure: SeenMeasure) -> Iterator[CountView]:
    """Give the newest counts of one's own unit."""
    own = [one for one in measure.observations if one.part == test.part]
    form = form_of(measure)
    for one in reversed(own[-LATEST:]):
        if one.number is None:
            continue
        count = Count(day=one.day, number=one.number, of=one.of)
        said = _basis(measure, count) or form.text(one.number)
        yield CountView(id=one.id, words=f"{date_format(one.day)}: {said}")
