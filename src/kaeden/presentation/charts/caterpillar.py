"""Units side by side, each with its interval; by name unless asked otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaeden.presentation.charts.parts import (
    DASH,
    DrawnLine,
    FigureTable,
    ReferenceLine,
    Scale,
    TableRow,
    Tick,
    alphabetical,
    interval_cell,
    known,
    scale_over,
    shortened,
    text_width,
    value_cell,
)
from kaeden.presentation.numbers import Form, number
from kaeden.shared.status import ValueStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class CaterpillarRow:
    """One unit's figure, or why there is none; `own` for the reader's own unit.

    `beside` is another number of the unit, drawn without an interval: its raw one.
    """

    name: str
    value: float | None
    beside: float | None = None
    low: float | None = None
    high: float | None = None
    status: ValueStatus = ValueStatus.VALUE
    basis: str = ""
    href: str = ""
    own: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CaterpillarData:
    """What the picture is drawn from.

    `beside_head` names what stands beside the values; without it nothing does. `heads`
    are of the value, its interval and its basis.
    """

    title: str
    form: Form
    rows: tuple[CaterpillarRow, ...]
    summary: str = ""
    reference: ReferenceLine | None = None
    by_value: bool = False
    name_head: str = ""
    beside_head: str = ""
    heads: tuple[str, str, str] | None = None
    signed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnUnit:
    """One unit in the picture; `x` is none where only a word is drawn."""

    name: str
    label: str
    name_y: float
    y: float
    x: float | None
    beside: float | None
    low: float | None
    high: float | None
    words: str
    value: str
    own: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CaterpillarPicture:
    """One size of the picture, in pixels of its own view box."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    value_x: float
    ticks: tuple[Tick, ...]
    units: tuple[DrawnUnit, ...]
    reference: DrawnLine | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Caterpillar:
    """The comparison in words, in two sizes, and as a table."""

    title: str
    summary: str
    wide: CaterpillarPicture
    narrow: CaterpillarPicture
    table: FigureTable
    value_head: str = ""
    beside_head: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """The room for the picture; names stand `name_up` above their line."""

    width: float
    left: float
    right: float
    row: float
    name_width: float
    name_up: float
    ticks: int


WIDE = Frame(
    width=720, left=232, right=624, row=28, name_width=216, name_up=-5, ticks=5
)
NARROW = Frame(
    width=344, left=8, right=268, row=48, name_width=330, name_up=15, ticks=3
)
TOP = 48.0


def draw_caterpillar(data: CaterpillarData) -> Caterpillar:
    """Turn the figures into words and coordinates."""
    rows = in_order(data)
    return Caterpillar(
        title=data.title,
        summary=data.summary or own_summary(data),
        wide=picture(data, rows, WIDE),
        narrow=picture(data, rows, NARROW),
        table=table(data, rows),
        value_head=heads_of(data)[0],
        beside_head=data.beside_head,
    )


def heads_of(data: CaterpillarData) -> tuple[str, str, str]:
    """The heads of the value, its interval and its basis."""
    return data.heads or (_("Value"), _("Most likely between"), _("Basis"))


def in_order(data: CaterpillarData) -> list[CaterpillarRow]:
    """By name; by value when asked, with those without a number last."""
    by_name = sorted(data.rows, key=lambda row: alphabetical(row.name))
    if not data.by_value:
        return by_name
    return sorted(by_name, key=lambda row: (not has_number(row), row.value or 0.0))


def has_number(row: CaterpillarRow) -> bool:
    """Whether the row has a number to draw."""
    return row.value is not None and row.status.has_number


def picture(
    data: CaterpillarData, rows: list[CaterpillarRow], frame: Frame
) -> CaterpillarPicture:
    """The comparison in one size."""
    shown = [row for row in rows if has_number(row)]
    values = known(v for r in shown for v in (r.value, r.low, r.high, r.beside))
    reference = [data.reference.value] if data.reference else []
    scale = scale_over(values + reference, frame.left, frame.right)
    bottom = TOP + frame.row * len(rows)
    return CaterpillarPicture(
        width=frame.width,
        height=bottom + 8,
        left=frame.left,
        right=frame.right,
        top=TOP,
        bottom=bottom,
        value_x=frame.width - 6,
        ticks=scale.ticks(data.form, frame.ticks, signed=data.signed),
        units=tuple(
            drawn_unit(row, TOP + frame.row * (place + 1), scale, frame, data)
            for place, row in enumerate(rows)
        ),
        reference=drawn_reference(data.reference, scale),
    )


def drawn_unit(
    row: CaterpillarRow, foot: float, scale: Scale, frame: Frame, data: CaterpillarData
) -> DrawnUnit:
    """One unit, whose row ends at `foot`."""
    y, form = foot - 12, data.form
    shown = has_number(row)
    low, high = (row.low, row.high) if shown else (None, None)
    beside = row.beside if shown else None
    return DrawnUnit(
        name=row.name,
        label=shortened(row.name, frame.name_width, 14),
        name_y=y - frame.name_up,
        y=y,
        x=scale.at(row.value) if row.value is not None and shown else None,
        beside=None if beside is None else scale.at(beside),
        low=None if low is None else scale.at(low),
        high=None if high is None else scale.at(high),
        words="" if shown else value_cell(row.value, row.status, form),
        value=written(row.value, data) if row.value is not None and shown else "",
        own=row.own,
    )


def drawn_reference(line: ReferenceLine | None, scale: Scale) -> DrawnLine | None:
    """The line of reference with its label above it."""
    if line is None:
        return None
    at = scale.at(line.value)
    half = text_width(line.label, 14) / 2
    inside = min(max(at, scale.start + half), scale.end - half)
    return DrawnLine(at=at, text_x=round(inside, 1), text_y=18, label=line.label)


def own_summary(data: CaterpillarData) -> str:
    """How many have a number, and how many intervals miss the line of reference."""
    shown = [row for row in data.rows if has_number(row)]
    words = {"shown": number(len(shown)), "all": number(len(data.rows))}
    if data.reference is None:
        return _("%(shown)s of %(all)s have a number.") % words
    line = data.reference
    clear = sum(1 for row in shown if misses(row, line.value))
    words |= {"clear": number(clear), "line": line.label}
    return _("%(clear)s of %(shown)s differ clearly from %(line)s.") % words


def misses(row: CaterpillarRow, value: float) -> bool:
    """Whether the unit's interval does not hold the value."""
    if row.low is None or row.high is None:
        return False
    return not row.low <= value <= row.high


def written(value: float, data: CaterpillarData) -> str:
    """A number as the picture writes it: with its sign where that is its meaning."""
    return data.form.signed(value) if data.signed else data.form.text(value)


def table(data: CaterpillarData, rows: Iterable[CaterpillarRow]) -> FigureTable:
    """The same units as the picture."""
    beside = (data.beside_head,) if data.beside_head else ()
    return FigureTable(
        caption=data.title,
        heads=(data.name_head or _("Unit"), *beside, *heads_of(data)),
        rows=tuple(table_row(row, data) for row in rows),
        note=f"{data.reference.label}." if data.reference else "",
    )


def table_row(row: CaterpillarRow, data: CaterpillarData) -> TableRow:
    """One unit in the table."""
    shown, form = has_number(row), data.form
    low, high = (row.low, row.high) if shown else (None, None)
    value = value_cell(row.value, row.status, form)
    if shown and row.value is not None:
        value = written(row.value, data)
    beside = (beside_cell(row, form),) if data.beside_head else ()
    return TableRow(
        name=row.name,
        cells=(*beside, value, interval_cell(low, high, form), row.basis),
        href=row.href,
    )


def beside_cell(row: CaterpillarRow, form: Form) -> str:
    """What stands beside the value, or a dash."""
    shown = row.beside is not None and has_number(row)
    return form.text(row.beside) if shown and row.beside is not None else DASH
