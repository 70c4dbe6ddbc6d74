"""What background means at each unit: a fan of lines, with their slopes as a table."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaeden.presentation.charts.parts import (
    FigureTable,
    Scale,
    TableRow,
    Tick,
    alphabetical,
    interval_cell,
    scale_over,
)
from kaeden.presentation.numbers import Form

TOP, BOTTOM = 16.0, 268.0
FOOT = 44.0


@dataclass(frozen=True, kw_only=True, slots=True)
class FanLine:
    """One unit's line: its value at middling background, and what one step means.

    `own` is the reader's own unit, and `common` the line of all together.
    """

    name: str
    middle: float
    slope: float
    low: float | None = None
    high: float | None = None
    basis: str = ""
    href: str = ""
    own: bool = False
    common: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FanData:
    """What the picture is drawn from; `less`, `middling` and `more` are of background."""

    title: str
    summary: str
    form: Form
    slope_form: Form
    lines: tuple[FanLine, ...]
    less: str
    middling: str
    more: str
    slope_head: str
    name_head: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnSlope:
    """One unit's line in the picture."""

    name: str
    start: float
    end: float
    own: bool
    common: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FanPicture:
    """One size of the picture, in pixels of its own view box."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    places: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    lines: tuple[DrawnSlope, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fan:
    """The lines in words, in two sizes, and as a table."""

    title: str
    summary: str
    wide: FanPicture
    narrow: FanPicture
    table: FigureTable
    has_own: bool


def draw_fan(data: FanData) -> Fan:
    """Turn the lines into words and coordinates; one's own is drawn last, on top."""
    lines = sorted(data.lines, key=lambda one: (one.common, alphabetical(one.name)))
    drawn = sorted(lines, key=lambda one: (one.common, one.own))
    return Fan(
        title=data.title,
        summary=data.summary,
        wide=_picture(data, drawn, width=720),
        narrow=_picture(data, drawn, width=344),
        table=_table(data, lines),
        has_own=any(line.own for line in lines),
    )


def _ends(line: FanLine) -> tuple[float, float]:
    return line.middle - line.slope, line.middle + line.slope


def _picture(data: FanData, lines: list[FanLine], *, width: float) -> FanPicture:
    left, right = 64.0, width - 24
    middle = (left + right) / 2
    ends = [value for line in lines for value in _ends(line)]
    scale = scale_over(ends, BOTTOM, TOP)
    return FanPicture(
        width=width,
        height=BOTTOM + FOOT,
        left=left,
        right=right,
        top=TOP,
        bottom=BOTTOM,
        places=(
            Tick(at=left, label=data.less),
            Tick(at=middle, label=data.middling),
            Tick(at=right, label=data.more),
        ),
        ticks=scale.ticks(data.form, 5),
        lines=tuple(_drawn(line, scale) for line in lines),
    )


def _drawn(line: FanLine, scale: Scale) -> DrawnSlope:
    start, end = _ends(line)
    return DrawnSlope(
        name=line.name,
        start=scale.at(start),
        end=scale.at(end),
        own=line.own,
        common=line.common,
    )


def _table(data: FanData, lines: Iterable[FanLine]) -> FigureTable:
    return FigureTable(
        caption=data.title,
        heads=(data.name_head, data.slope_head, _("Most likely between"), _("Basis")),
        rows=tuple(
            TableRow(
                name=line.name,
                cells=(
                    data.slope_form.signed(line.slope),
                    interval_cell(line.low, line.high, data.slope_form),
                    line.basis,
                ),
                href=line.href,
            )
            for line in lines
        ),
    )
