"""A curve over time: the unit against its own history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kaeden.presentation.charts.curve_marks import (
    Axis,
    CurveMark,
    DrawnMark,
    ListedMark,
    drawn_marks,
    in_order,
    listed,
    rows_of,
)
from kaeden.presentation.charts.curve_notes import DrawnNote, drawn_breaks, limit_lines
from kaeden.presentation.charts.parts import (
    DrawnLine,
    FigureTable,
    ReferenceLine,
    Scale,
    TableRow,
    Tick,
    interval_cell,
    known,
    path,
    scale_over,
    text_width,
    value_cell,
)
from kaeden.presentation.numbers import Form, status_words
from kaeden.shared.status import ValueStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class CurvePoint:
    """One period's figure, or why there is none; `basis` such as 31 af 162 elever.

    A point of one day has its `day`; `limits` are those that the series holds there,
    and `is_outside` says that it lies beyond them.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    status: ValueStatus = ValueStatus.VALUE
    basis: str = ""
    day: date | None = None
    limits: tuple[float, float] | None = None
    is_outside: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CurveBreak:
    """From the point labelled `before` on, figures are made in another way."""

    before: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CurveData:
    """What a curve is drawn from."""

    title: str
    form: Form
    points: tuple[CurvePoint, ...]
    summary: str = ""
    target: ReferenceLine | None = None
    reference: ReferenceLine | None = None
    breaks: tuple[CurveBreak, ...] = ()
    marks: tuple[CurveMark, ...] = ()
    period_head: str = ""
    swings: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnPoint:
    """A point in the picture; `y` is none where only a word is drawn."""

    label: str
    x: float
    y: float | None
    low: float | None
    high: float | None
    words: str
    labelled: bool
    is_outside: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CurvePicture:
    """One size of the picture, in pixels of its own view box."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    keyed: bool  # labels of lines stand above the picture, as a key
    ticks: tuple[Tick, ...]
    points: tuple[DrawnPoint, ...]
    lines: tuple[str, ...]
    bands: tuple[str, ...]
    limits: tuple[str, ...]
    target: DrawnLine | None
    reference: DrawnLine | None
    marks: tuple[DrawnMark, ...]
    marks_at: float  # where the first row of the marks' numbers stands
    breaks: tuple[DrawnNote, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """The curve in words, in two sizes, and as a table."""

    title: str
    summary: str
    swings: str
    wide: CurvePicture
    narrow: CurvePicture
    marks: tuple[ListedMark, ...]
    table: FigureTable


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """The room for the picture."""

    width: float
    height: float
    left: float
    right: float
    apart: float  # least distance between two labels of periods
    keyed: bool  # no room for labels of lines to the right


WIDE = Frame(width=720, height=320, left=64, right=704, apart=66, keyed=False)
NARROW = Frame(width=344, height=300, left=52, right=338, apart=66, keyed=True)
NOTE_ROW = 18


def draw_curve(data: CurveData) -> Curve:
    """Turn the figures into words and coordinates."""
    data = replace(data, marks=in_order(data.marks, axis_of(data, WIDE)))
    return Curve(
        title=data.title,
        summary=data.summary or own_summary(data),
        swings=data.swings,
        wide=picture(data, WIDE),
        narrow=picture(data, NARROW),
        marks=listed(data.marks),
        table=table(data),
    )


def picture(data: CurveData, frame: Frame) -> CurvePicture:
    """The curve in one size."""
    lines = [line for line in (data.target, data.reference) if line]
    frame = with_room(frame, lines)
    keys = len(lines) if frame.keyed else 0
    axis = axis_of(data, frame)
    places = axis.places
    begins = {found.before for found in data.breaks}
    starts = [at for at, label in enumerate(axis.labels) if label in begins]
    marks = drawn_marks(data.marks, axis)
    notes = keys + rows_of(marks)
    top = 14.0 + NOTE_ROW * (notes + len(data.breaks))
    bottom = frame.height - 34
    scale = scale_over(drawn_values(data), bottom, top + 6)
    points = drawn_points(data, places, scale, frame)
    runs = tuple(unbroken(data, points))
    target, reference = drawn_lines(data, scale, frame)
    return CurvePicture(
        width=frame.width,
        height=frame.height,
        left=frame.left,
        right=frame.right,
        top=top,
        bottom=bottom,
        keyed=frame.keyed,
        ticks=scale.ticks(data.form, 4),
        points=points,
        lines=tuple(line for run in runs if (line := drawn_line(run))),
        bands=tuple(area for run in runs if (area := band(run))),
        limits=limit_lines([p.limits for p in data.points], places, scale, starts),
        target=target,
        reference=reference,
        marks=marks,
        marks_at=11.0 + NOTE_ROW * keys,
        breaks=drawn_breaks(
            {one.before: one.words for one in data.breaks}, axis, frame.width, row=notes
        ),
    )


def drawn_values(data: CurveData) -> list[float]:
    """Every value that the picture must have room for."""
    lines = [line.value for line in (data.target, data.reference) if line]
    shown = [p for p in data.points if p.status.has_number]
    limits = [edge for p in data.points if p.limits for edge in p.limits]
    drawn = known(v for p in shown for v in (p.value, p.low, p.high))
    return lines + limits + drawn


def across(count: int, frame: Frame) -> list[float]:
    """Where the periods stand; a lone one in the middle."""
    inset = 26.0 if frame.keyed else 34.0
    first, last = frame.left + inset, frame.right - inset
    if count == 1:
        return [round((first + last) / 2, 1)]
    step = (last - first) / max(count - 1, 1)
    return [round(first + step * place, 1) for place in range(count)]


def drawn_points(
    data: CurveData, places: Sequence[float], scale: Scale, frame: Frame
) -> tuple[DrawnPoint, ...]:
    """Each period in the picture."""
    gap = places[1] - places[0] if len(places) > 1 else frame.width
    every = max(1, -int(-frame.apart // gap))
    last = len(places) - 1
    return tuple(
        drawn_point(point, x, scale, labelled=(last - place) % every == 0)
        for place, (point, x) in enumerate(zip(data.points, places, strict=True))
    )


def drawn_point(
    point: CurvePoint, x: float, scale: Scale, *, labelled: bool
) -> DrawnPoint:
    """One period in the picture, with a word instead when there is no number."""
    if point.value is None or not point.status.has_number:
        words = status_words(point.status) or status_words(ValueStatus.MISSING)
        y = low = high = None
    else:
        words, y = "", scale.at(point.value)
        low = None if point.low is None else scale.at(point.low)
        high = None if point.high is None else scale.at(point.high)
    return DrawnPoint(
        label=point.label,
        x=x,
        y=y,
        low=low,
        high=high,
        words=words,
        labelled=labelled,
        is_outside=point.is_outside,
    )


def unbroken(
    data: CurveData, points: Iterable[DrawnPoint]
) -> Iterable[list[DrawnPoint]]:
    """Runs of points that a line may join: no break and no gap between them."""
    starts = {found.before for found in data.breaks}
    run: list[DrawnPoint] = []
    for point in points:
        if run and (point.y is None or point.label in starts):
            yield run
            run = []
        if point.y is not None:
            run.append(point)
    if run:
        yield run


def drawn_line(run: Sequence[DrawnPoint]) -> str:
    """The line through a run; nothing for a lone point."""
    places = [(point.x, point.y) for point in run if point.y is not None]
    return path(places) if len(places) > 1 else ""


def band(run: Sequence[DrawnPoint]) -> str:
    """The area between the ends of the intervals along a run."""
    lows = [(p.x, p.low) for p in run if p.low is not None]
    highs = [(p.x, p.high) for p in run if p.high is not None]
    if len(lows) < 2 or not len(lows) == len(highs) == len(run):
        return ""
    return path(highs + lows[::-1]) + "Z"


def with_room(frame: Frame, lines: Sequence[ReferenceLine]) -> Frame:
    """The frame with room to the right for the labels of its lines."""
    if frame.keyed or not lines:
        return frame
    longest = max(text_width(line.label, 14) for line in lines)
    return replace(frame, right=max(frame.right - longest, frame.width / 2))


def drawn_lines(
    data: CurveData, scale: Scale, frame: Frame
) -> tuple[DrawnLine | None, DrawnLine | None]:
    """The target and the reference, their labels apart from each other."""
    target = drawn_line_of(data.target, scale, frame, row=0)
    reference = drawn_line_of(data.reference, scale, frame, row=int(target is not None))
    if target is None or reference is None or frame.keyed:
        return target, reference
    overlap = NOTE_ROW - abs(target.text_y - reference.text_y)
    if overlap <= 0:
        return target, reference
    shift = overlap / 2 if target.at >= reference.at else -overlap / 2
    return (
        replace(target, text_y=target.text_y + shift),
        replace(reference, text_y=reference.text_y - shift),
    )


def drawn_line_of(
    line: ReferenceLine | None, scale: Scale, frame: Frame, *, row: int
) -> DrawnLine | None:
    """One line, its label at its end, or in the key above the picture."""
    if line is None:
        return None
    at = scale.at(line.value)
    x, y = (
        (frame.left + 36, 16 + NOTE_ROW * row)
        if frame.keyed
        else (frame.right + 8, at + 5)
    )
    return DrawnLine(at=at, text_x=x, text_y=y, label=line.label)


def axis_of(data: CurveData, frame: Frame) -> Axis:
    """Where the periods stand, for marks to stand among them."""
    return Axis(
        labels=tuple(point.label for point in data.points),
        places=tuple(across(len(data.points), frame)),
        left=frame.left,
        right=frame.right,
        days=tuple(one.day for one in data.points if one.day),
    )


def own_summary(data: CurveData) -> str:
    """The latest figure in a sentence."""
    shown = [p for p in data.points if p.value is not None and p.status.has_number]
    if not shown:
        return _("There is no number to show.")
    last = shown[-1]
    value = value_cell(last.value, last.status, data.form)
    if last.low is None or last.high is None:
        return _("%(period)s: %(value)s.") % {"period": last.label, "value": value}
    return _("%(period)s: %(value)s, most likely %(interval)s.") % {
        "period": last.label,
        "value": value,
        "interval": data.form.between(last.low, last.high),
    }


def table(data: CurveData) -> FigureTable:
    """The same periods as the picture."""
    heads = [data.period_head or _("Period"), _("Value"), _("Most likely between")]
    with_basis = any(point.basis for point in data.points)
    swings = any(point.limits for point in data.points)
    heads += [_("Usually between")] if swings else []
    lines = [line for line in (data.target, data.reference) if line]
    notes = [capfirst(one.label) for one in lines]
    notes += [
        f"{number}) {mark.when}: {mark.words}"
        for number, mark in enumerate(listed(data.marks), start=1)
    ]
    notes += [f"{found.before}: {found.words}" for found in data.breaks]
    return FigureTable(
        caption=data.title,
        heads=(*heads, _("Basis")) if with_basis else tuple(heads),
        rows=tuple(
            table_row(point, data.form, with_basis=with_basis, swings=swings)
            for point in data.points
        ),
        note=" ".join(f"{note.rstrip('.')}." for note in notes),
    )


def table_row(
    point: CurvePoint, form: Form, *, with_basis: bool, swings: bool
) -> TableRow:
    """One period in the table."""
    shown = point.status.has_number
    low, high = (point.low, point.high) if shown else (None, None)
    lower, upper = point.limits or (None, None)
    cells = [
        value_cell(point.value, point.status, form),
        interval_cell(low, high, form),
        *([interval_cell(lower, upper, form)] if swings else []),
    ]
    return TableRow(
        name=point.label,
        cells=(*cells, point.basis) if with_basis else tuple(cells),
    )
